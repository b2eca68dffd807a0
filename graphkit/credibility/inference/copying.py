"""Who copies whom, told from shared values that are rare or wrong, and how much of what an outlet says is its own.

Agreement alone does not tell direction: the more prolific outlet, then the more reliable, is taken as the first, unless the weights
of the corpus, which rest on texts, credit lines and dates, have settled it already.
"""

from dataclasses import dataclass, replace

import numpy as np

from graphkit.credibility.inference.corpus import Corpus, Numbers, Whole
from graphkit.credibility.inference.model import DEFAULT, MOST_ITERATIONS, TOLERANCE, Rated, Result, Settings, infer

COPY_RATE, COPY_PRIOR = 0.8, 0.15
"""The share of shared objects that a copier copies, and how common copying is among outlets that share enough to be asked."""
LEAST_SHARED, MOST_SUPPORTERS = 3, 60
"""Pairs need three shared values; a value with more supporters than 60 proves nothing."""
LEAST_LIKELY, MOST_LIKELY = 0.1, 0.999
SHOWN = 0.5
"""How likely a pair must be, at the corpus's own rate of copying, to be shown: precision is .98 or more on invented worlds."""
RATE_ITERATIONS = 200
START_RHO, START_ITERATIONS = 0.35, 8
"""Design effect of the first few iterations.  EM can stand still where a bloc that errs together is taken to be right; begun where
blocs count little, it does not get there.  From .25 to .5 all that was tried came out the same; from .6 on the few win over the many."""
EARLY_ITERATIONS = 15
"""Iterations of the rounds that only look for copying: their last digits do not matter."""
_STEP = float(1 << 22)
_SLICE = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Copying:
    """Pairs of outlets: ``later`` copied from ``earlier`` with ``probability``; sorted by later, then earlier.

    ``probability`` has the prior ``COPY_PRIOR`` and is what is weighed by.  ``n_compared`` counts the pairs of outlets that share
    any telling value: of so many, some share several by chance.
    """

    earlier: Whole
    later: Whole
    probability: Numbers
    n_compared: int = 0

    def __len__(self) -> int:
        return len(self.earlier)

    def sure(self) -> "Copying":
        """Return the pairs that may be shown as copying, by ``at_own_rate``: others are weighed, but accuse nobody."""
        probability = self.at_own_rate()
        kept = probability > SHOWN
        return Copying(self.earlier[kept], self.later[kept], probability[kept], self.n_compared)

    def earlier_than(self, outlet: int, corpus: Corpus) -> list[str]:
        """Return the names of the outlets that an outlet copied from, likeliest first."""
        begin, end = np.searchsorted(self.later, [outlet, outlet + 1])
        found = sorted(range(begin, end), key=lambda at: (-self.probability[at], self.earlier[at]))
        return [corpus.outlets[int(self.earlier[at])] for at in found]

    def at_own_rate(self) -> Numbers:
        """Return the probabilities under the rate of copying that the corpus itself shows (empirical Bayes, by EM)."""
        if not len(self):
            return self.probability
        likelihood = np.log(self.probability) - np.log1p(-self.probability) - np.log(COPY_PRIOR / (1 - COPY_PRIOR))
        n_compared = max(self.n_compared, len(self))
        rate, found = COPY_PRIOR, self.probability
        for _ in range(RATE_ITERATIONS):
            found = 1 / (1 + np.exp(-(likelihood + np.log(rate / (1 - rate)))))
            before, rate = rate, min(max(float(found.sum()), 1.0) / n_compared, COPY_PRIOR)
            if abs(rate - before) < TOLERANCE * before:
                break
        return found


def assess(
    corpus: Corpus, settings: Settings = DEFAULT, *, rated: Rated | None = None, copying: list[Copying] | None = None
) -> Result:
    """Infer with copies discounted: begin cautiously, look for copying, weigh, infer again, ``settings.copy_rounds`` times.

    Args:
        corpus: The assertions; what is known of derivation without statistics is in its weights.
        settings: The constants.
        rated: The priors that ratings give.
        copying: A list to put the pairs of the last round in.
    """
    rounds = settings.copy_rounds
    cautious = replace(settings, rho=max(settings.rho, START_RHO))
    begun = infer(corpus, cautious, rated=rated, most_iterations=START_ITERATIONS)
    iterations = EARLY_ITERATIONS if rounds else MOST_ITERATIONS
    result = infer(corpus, settings, rated=rated, most_iterations=iterations, start=(begun.right, begun.wrong))
    for left in reversed(range(rounds)):
        pairs = find_copying(result)
        if copying is not None:
            copying[:] = [pairs]
        weight = corpus.weight * independence(corpus, pairs)
        iterations = EARLY_ITERATIONS if left else MOST_ITERATIONS
        result = infer(corpus, settings, weight=weight, rated=rated, most_iterations=iterations)
    return result


def find_copying(result: Result) -> Copying:
    """Return the pairs that share more rare or wrong values than two that work alone would.

    If *j* copies at rate c, a shared value speaks for it by log(1 - c + c / pi), where pi is how likely *j* was to say it unaided:
    it depends on (j, value) only, so one sparse product sums it, and the number of shared values, over all pairs.
    """
    corpus = result.corpus
    one, two, shared, evidence, n_compared = _shared_values(corpus, _evidence(result))
    prior = np.log(COPY_PRIOR / (1 - COPY_PRIOR))
    # objects on which both speak and differ only lower the odds: pairs that are unlikely without them are out
    promising = evidence + prior > np.log(LEAST_LIKELY / (1 - LEAST_LIKELY))
    one, two, shared, evidence = (part[promising] for part in (one, two, shared, evidence))
    differing = _common_objects(corpus, one, two) - shared
    log_odds = evidence + differing * np.log(1 - COPY_RATE) + prior
    probability = 1 / (1 + np.exp(-np.clip(log_odds, -50, 50)))
    likely = probability > LEAST_LIKELY
    return replace(_directed(result, one[likely], two[likely], probability[likely]), n_compared=n_compared)


def _evidence(result: Result) -> Numbers:
    corpus = result.corpus
    claim, obj = corpus.claim, corpus.object_of_claim
    n_values = corpus.distinct[obj]
    n_outlets = corpus.sum_by_object(corpus.supporters.astype(np.float64))[obj]
    popularity = (corpus.supporters - 0.5) / (n_outlets - 1 + 0.5 * (n_values + 1))
    p, a = result.probability.astype(np.float64), result.accuracy[corpus.outlet]
    right, wrong = p[claim], ((1 - p) / np.maximum(n_values - 1, 1))[claim]
    unaided = 0.5 * (right * a + wrong * (1 - a)) + 0.5 * popularity[claim]
    summed: Numbers = np.log(1 - COPY_RATE + COPY_RATE / np.clip(unaided, 1e-3, 0.999))
    return summed


def _shared_values(corpus: Corpus, evidence: Numbers) -> tuple[Whole, Whole, Numbers, Numbers, int]:
    """Return pairs (i, j), how many telling values they share, what these say for j having copied i, and how many pairs share any."""
    from scipy import sparse

    telling = ((corpus.supporters >= 2) & (corpus.supporters <= MOST_SUPPORTERS))[corpus.claim]
    where = (corpus.outlet[telling], corpus.claim[telling])
    shape = (corpus.n_outlets, corpus.n_claims)
    asserts = sparse.csr_array((np.ones(int(telling.sum())), where), shape=shape)
    # a multiple of a large step counts, the rest is the evidence: one product instead of two
    counted = sparse.csr_array((evidence[telling] + _STEP, where), shape=shape)
    product = (asserts @ counted.T).tocoo()
    enough = (product.data > (LEAST_SHARED - 0.5) * _STEP) & (product.row != product.col)
    one, two, total = product.row[enough].astype(np.int64), product.col[enough].astype(np.int64), product.data[enough]
    shared = np.rint(total / _STEP)
    n_compared = (product.nnz - int((product.row == product.col).sum())) // 2
    return one, two, shared, total - shared * _STEP, n_compared


def _common_objects(corpus: Corpus, one: Whole, two: Whole) -> Numbers:
    from scipy import sparse

    where = (corpus.outlet, corpus.object_of_claim[corpus.claim])
    shape = (corpus.n_outlets, corpus.n_objects)
    covers = sparse.csr_array((np.ones(corpus.n_assertions, dtype=np.float32), where), shape=shape)
    covers.sum_duplicates()
    covers.data[:] = 1
    common = np.empty(len(one))
    for begin in range(0, len(one), _SLICE):  # in slices: memory stays bounded
        part = slice(begin, begin + _SLICE)
        common[part] = covers[one[part]].multiply(covers[two[part]]).sum(axis=1)
    return common


def _directed(result: Result, one: Whole, two: Whole, probability: Numbers) -> Copying:
    """Turn pairs so that the more prolific, then the more reliable, then the first by name comes first; keep the likelier."""
    corpus = result.corpus
    rank = np.empty(corpus.n_outlets, dtype=np.int64)
    rank[np.lexsort((-result.accuracy.round(9), -corpus.said))] = np.arange(corpus.n_outlets)
    forward = rank[one] < rank[two]
    earlier, later = np.where(forward, one, two), np.where(forward, two, one)
    order = np.lexsort((-probability, earlier, later))
    earlier, later, probability = earlier[order], later[order], probability[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (earlier[1:] != earlier[:-1]) | (later[1:] != later[:-1])
    return Copying(earlier[first], later[first], np.minimum(probability[first], MOST_LIKELY))


def independence(corpus: Corpus, pairs: Copying) -> Numbers:
    """Return per assertion the product of (1 - c P) over the outlets before it that say the same: 1 where none does."""
    from scipy import sparse

    weight = np.ones(corpus.n_assertions)
    if not len(pairs):
        return weight
    discount = sparse.csr_array(
        (np.log1p(-COPY_RATE * pairs.probability), (pairs.later, pairs.earlier)), shape=(corpus.n_outlets, corpus.n_outlets)
    )
    # each assertion's number plus one, by outlet and claim: where both matrices have an entry, it says whose weight that is
    numbered = sparse.csr_array(
        (np.arange(1.0, corpus.n_assertions + 1), (corpus.outlet, corpus.claim)), shape=(corpus.n_outlets, corpus.n_claims)
    )
    asserts = sparse.csr_array((np.ones(corpus.n_assertions), numbered.indices, numbered.indptr), shape=numbered.shape)
    repeated: sparse.csr_array = discount @ asserts
    repeated.sort_indices()
    where = numbered.multiply(repeated < 0).tocsr().data.astype(np.int64) - 1
    weight[where] = np.exp(asserts.multiply(repeated).tocsr().data)
    return weight
