"""Who copies whom, told from shared values that are rare or wrong, and how much of what an outlet says is its own.

Agreement alone does not tell direction: the more prolific outlet, then the more reliable, is taken as the first, unless the weights
of the corpus, which rest on texts, credit lines and dates, have settled it already.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graphkit.credibility.inference.corpus import Corpus, Numbers, Whole
from graphkit.credibility.inference.model import DEFAULT, MOST_ITERATIONS, TOLERANCE, Rated, Result, Settings, infer

COPY_RATE, COPY_PRIOR = 0.8, 0.15
"""The share of shared objects that a copier copies, and how common copying is among outlets that share enough to be asked."""
LEAST_SHARED, MOST_SUPPORTERS = 3, 60
"""Pairs need three shared values; a value with more supporters than 60 proves nothing."""
LEAST_TELLING = 5
"""Values that others say, too, that an outlet needs before anything can be told of its copying; until then the prior stands."""
LEAST_LIKELY, MOST_LIKELY = 0.1, 0.999
SHOWN = 0.5
"""How likely a pair must be, at the corpus's own rate of copying, to be shown: precision is .98 or more on invented worlds."""
RATE_ITERATIONS = 200
START_RHO, START_ITERATIONS = 0.35, 8
"""Design effect of the first few iterations.  EM can stand still where a bloc that errs together is taken to be right; begun where
blocs count little, it does not get there.  From .25 to .5 all that was tried came out the same; from .6 on the few win over the many."""
EARLY_ITERATIONS = 15
"""Iterations of the rounds that only look for copying: their last digits do not matter."""
LEAST_UNAIDED, MOST_UNAIDED = 1e-3, 0.999
"""How unlikely and how likely an outlet is taken to be to say a thing unaided: one shared value proves only so much."""


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
    one, two, shared, evidence, n_compared = _shared_values(result)
    prior = np.log(COPY_PRIOR / (1 - COPY_PRIOR))
    # objects on which both speak and differ only lower the odds: pairs that are unlikely without them are out
    promising = evidence + prior > np.log(LEAST_LIKELY / (1 - LEAST_LIKELY))
    pairs = _directed(result, *(part[promising] for part in (one, two, evidence, shared)))
    earlier, later, evidence, shared = pairs
    differing = _common_objects(result.corpus, earlier, later) - shared
    log_odds = evidence + differing * np.log(1 - COPY_RATE) + prior
    probability = 1 / (1 + np.exp(-np.clip(log_odds, -50, 50)))
    order = np.lexsort((earlier, later))
    kept = order[probability[order] > LEAST_LIKELY]
    return Copying(earlier[kept], later[kept], np.minimum(probability[kept], MOST_LIKELY), n_compared)


def _shared_values(result: Result) -> tuple[Whole, Whole, Numbers, Numbers, int]:
    """Return pairs (i, j), how many telling values they share, what these say for j having copied i, and how many pairs share any."""
    from scipy import sparse

    corpus = result.corpus
    is_telling = _is_telling(corpus)
    told = np.repeat(is_telling, corpus.supporters)
    outlet, claim = corpus.outlet[told], corpus.claim[told]
    shape = (corpus.n_claims, corpus.n_outlets)
    starts = np.append(np.int32(0), np.cumsum(np.where(is_telling, corpus.supporters, 0), dtype=np.int32))
    asserts = sparse.csr_array((np.ones(len(outlet)), outlet, starts), shape=shape).T.tocsr()
    # a multiple of a large step counts, the rest is the evidence: one product instead of two; the step is no larger than the most
    # evidence that a pair can have, twice, so that few digits are lost to it
    most = np.log(1 - COPY_RATE + COPY_RATE / LEAST_UNAIDED) * np.diff(asserts.indptr).max(initial=0)
    step = 2.0 ** np.ceil(np.log2(2 * most + 2))
    counted = sparse.csr_array((_evidence(result, outlet, claim) + step, outlet, starts), shape=shape)
    product = asserts @ counted
    n_compared = (product.nnz - int((np.diff(asserts.indptr) > 0).sum())) // 2
    at = np.flatnonzero(product.data > (LEAST_SHARED - 0.5) * step)
    one = np.searchsorted(product.indptr, at, side="right") - 1
    two = product.indices[at].astype(np.int64)
    total, other = product.data[at], one != two
    one, two, total = one[other], two[other], total[other]
    shared = np.rint(total / step)
    return one, two, shared, total - shared * step, n_compared


def _is_telling(corpus: Corpus) -> NDArray[np.bool_]:
    """Say of each claim whether sharing it can tell of copying: others assert it, but not everybody."""
    is_telling: NDArray[np.bool_] = (corpus.supporters >= 2) & (corpus.supporters <= MOST_SUPPORTERS)
    return is_telling


def _evidence(result: Result, outlet: NDArray[np.int32], claim: NDArray[np.int32]) -> Numbers:
    """Return how much it speaks for an outlet's having copied that it asserts a claim which others assert, too."""
    corpus = result.corpus
    obj = corpus.object_of_claim
    n_values = corpus.distinct[obj]
    n_outlets = corpus.sum_by_object(corpus.supporters.astype(np.float64))[obj]
    popularity = (corpus.supporters - 0.5) / (n_outlets - 1 + 0.5 * (n_values + 1))
    right = result.probability.astype(np.float64)
    wrong = (1 - right) / np.maximum(n_values - 1, 1)
    accuracy = result.accuracy[outlet]
    # how likely the outlet was to say it unaided: half by its accuracy, half by the value's popularity
    unaided = (right - wrong)[claim]
    unaided *= accuracy
    unaided += (wrong + popularity)[claim]
    unaided *= 0.5
    np.clip(unaided, LEAST_UNAIDED, MOST_UNAIDED, out=unaided)
    np.divide(COPY_RATE, unaided, out=unaided)
    unaided += 1 - COPY_RATE
    return np.log(unaided, out=unaided)


def _common_objects(corpus: Corpus, one: Whole, two: Whole) -> Numbers:
    """Return for each pair of outlets, sorted by the first, on how many objects both say something."""
    begin, assertion = corpus.by_outlet
    obj = corpus.object_of_claim[corpus.claim[assertion]]
    # an outlet that gives one object two answers is counted once
    is_first = np.ones(len(obj), dtype=bool)
    is_first[1:] = obj[1:] != obj[:-1]
    is_first[begin[:-1][begin[:-1] < len(obj)]] = True
    obj = obj[is_first]
    begin = np.append(0, np.cumsum(is_first))[begin]
    marked = np.zeros(corpus.n_objects, dtype=bool)
    common = np.empty(len(one))
    for first, last in _runs(one):
        spoken = obj[begin[one[first]] : begin[one[first] + 1]]
        marked[spoken] = True
        for at in range(first, last):
            common[at] = np.count_nonzero(marked[obj[begin[two[at]] : begin[two[at] + 1]]])
        marked[spoken] = False
    return common


def _runs(column: Whole) -> Iterator[tuple[int, int]]:
    """Yield where equal numbers that follow one another begin and end."""
    edges = np.flatnonzero(np.diff(column, prepend=-1, append=-1)).tolist()
    return pairwise(edges)


def _directed(
    result: Result, one: Whole, two: Whole, evidence: Numbers, shared: Numbers
) -> tuple[Whole, Whole, Numbers, Numbers]:
    """Turn pairs so that the more prolific, then the more reliable, then the first by name comes first, and sort by it.

    Of the two that a pair of outlets may be in, the one with more evidence is kept.
    """
    corpus = result.corpus
    rank = np.empty(corpus.n_outlets, dtype=np.int64)
    rank[np.lexsort((-result.accuracy.round(9), -corpus.said))] = np.arange(corpus.n_outlets)
    forward = rank[one] < rank[two]
    earlier, later = np.where(forward, one, two), np.where(forward, two, one)
    order = np.lexsort((-evidence, later, earlier))
    earlier, later = earlier[order], later[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (earlier[1:] != earlier[:-1]) | (later[1:] != later[:-1])
    return earlier[first], later[first], evidence[order][first], shared[order][first]


def independence(corpus: Corpus, pairs: Copying) -> Numbers:
    """Return per assertion the product of (1 - c P) over the outlets before it that say the same: 1 where none does.

    P is what was found, or the prior for an outlet that says too little to be asked.
    """
    begin, assertion = corpus.by_outlet
    claim = corpus.claim[assertion]
    log_weight = np.zeros(corpus.n_assertions)
    discount = np.log1p(-COPY_RATE * pairs.probability)
    marked = np.zeros(corpus.n_claims, dtype=bool)
    order = np.lexsort((pairs.later, pairs.earlier))
    earlier, later = pairs.earlier[order], pairs.later[order]
    for first, last in _runs(earlier):
        said = claim[begin[earlier[first]] : begin[earlier[first] + 1]]
        marked[said] = True
        for at in range(first, last):
            own = slice(begin[later[at]], begin[later[at] + 1])
            log_weight[own] += discount[order[at]] * marked[claim[own]]
        marked[said] = False
    weight = np.empty(corpus.n_assertions)
    weight[assertion] = np.exp(log_weight)
    return _with_prior_of_copying(corpus, weight)


def _with_prior_of_copying(corpus: Corpus, weight: Numbers) -> Numbers:
    """Discount what outlets say that share too little with others: that no copying of theirs was found clears them of nothing.

    Of the outlets that say the same, those that share enough come first, then these, by name.
    """
    told = np.repeat(_is_telling(corpus), corpus.supporters)
    is_unasked = (np.bincount(corpus.outlet[told], minlength=corpus.n_outlets) < LEAST_TELLING)[corpus.outlet]
    at = np.flatnonzero(is_unasked)
    claim = corpus.claim[at]
    n_unasked = np.bincount(claim, minlength=corpus.n_claims)
    before = np.arange(len(at)) - (np.cumsum(n_unasked) - n_unasked)[claim] + (corpus.supporters - n_unasked)[claim]
    weight[at] *= (1 - COPY_RATE * COPY_PRIOR) ** before
    return weight
