"""The model: how reliable an outlet is from how well its claims are supported, and back, until both stand still.

ACCU-style Bayesian EM (Dong, Berti-Équille & Srivastava 2009).  For a claim *c* of an object, with outlets *s* that assert it::

    term  = weight * ( E[log a_s / (1 - a_s)] + log 1/q_c ) / (1 + rho * max(W_c - 1, 0))          W_c: sum of the weights
    score = sum of the terms,  plus ``WIDER_SHARE`` times the terms of the claims that say less (``wider``)
    p     = exp(score) / (sum over the object's claims + u)                                        u: "none of these"
    a_s   ~ Beta(prior + expected right, prior + expected wrong)

``q_c`` is how likely an outlet that errs is to say just this.  Common values are common mistakes: half of it is shared evenly,
the rest follows the values' popularity over all objects (after POPACCU, Dong+ 2013), unless few values serve every object, when
popularity only tells which label is frequent.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.credibility.inference.corpus import Corpus, Numbers
from graphkit.credibility.inference.expected_odds import expected_log_odds

WIDER_SHARE = 0.5
"""How much an assertion of "thousands" counts for "11,000": it is compatible with it, and says less."""
ACCURACY_RANGE = (0.02, 0.99)
"""One outlet past these would decide all by itself."""
TOLERANCE, MEAN_TOLERANCE, MOST_ITERATIONS = 1e-4, 2e-5, 30
"""The EM stands still when no claim moves by ``TOLERANCE`` any more, or the average one by ``MEAN_TOLERANCE``: of millions of claims
a few swing for ever."""
OVERFLOWS = 60.0
"""Scores from which on exponentials are taken relative to the highest of the object."""
_SLICE = 200_000
CLOSED_SHARE = 20
"""An answer set is closed (yes or no, a list of labels) where each value serves at least this many objects on average."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The constants of the model, the same for all users unless labels (``guard``) say otherwise.

    ``rho`` is the correlation that is left between separate outlets; ``prior`` the Beta parameters of an unknown outlet; ``rated``
    the number of assertions that a rating is worth; ``copy_rounds`` how often copying is looked for; ``popularity`` the share of
    errors that follow the values' popularity.
    """

    rho: float = 0.15
    prior: tuple[float, float] = (3.2, 1.5)
    rated: float = 10.0
    copy_rounds: int = 2
    popularity: float = 0.6

    def written(self) -> str:
        """Return the settings as one line, the options of a run."""
        right, wrong = self.prior
        return f"rho={self.rho:g} prior={right:g},{wrong:g} copy_rounds={self.copy_rounds} popularity={self.popularity:g}"


DEFAULT = Settings()


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """Per outlet: the ``mean`` of the prior that its ratings give (NaN where there are none), worth ``strength`` assertions."""

    mean: Numbers
    strength: Numbers


def rated_priors(mean: Numbers, settings: Settings = DEFAULT) -> Rated:
    """Return the priors of rated outlets, NaN for the others, all of the usual strength."""
    return Rated(mean, np.full(len(mean), settings.rated))


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What was inferred.

    Per claim: ``probability`` (that it is the answer), ``score``, ``effect`` (design effect), ``rarity`` (log 1/q).  Per object:
    ``none`` (probability of "none of these") and ``unasserted`` (how many unsaid values compete).  Per outlet: ``right`` and
    ``wrong``, the parameters of its Beta posterior, and ``prior_right``, ``prior_wrong``, what of them was there before.  Per
    assertion: ``weight``; ``term`` is computed from all this when it is asked for.
    """

    corpus: Corpus
    settings: Settings
    probability: Numbers
    score: Numbers
    effect: Numbers
    rarity: Numbers
    none: Numbers
    unasserted: Numbers
    right: Numbers
    wrong: Numbers
    prior_right: Numbers
    prior_wrong: Numbers
    weight: Numbers
    rated: Rated | None = None

    @property
    def term(self) -> Numbers:
        """Per assertion: what it adds to the log-odds of its claim."""
        claim = self.corpus.claim
        terms: Numbers = say(self.right, self.wrong)[self.corpus.outlet] + self.rarity[claim]
        terms *= self.weight
        terms *= self.effect[claim]
        return terms

    @property
    def accuracy(self) -> Numbers:
        """Per outlet: the mean of its posterior."""
        return self.right / (self.right + self.wrong)

    @property
    def truth(self) -> Numbers:
        """Per claim: the probability that it holds: that it, or a claim that says more and implies it, is the answer."""
        return _with_narrower(self.corpus, self.probability)


def count_votes(corpus: Corpus) -> Numbers:
    """Return per claim the share of its object's outlets that assert it: what any model has to beat."""
    votes = corpus.supporters.astype(np.float64)
    shares: Numbers = votes / corpus.sum_by_object(votes)[corpus.object_of_claim]
    return shares


def vote_odds(corpus: Corpus) -> Numbers:
    """Return per claim the log-odds of its votes, half a vote added on either side so that one voice alone is not certain."""
    votes = corpus.supporters.astype(np.float64)
    others = corpus.sum_by_object(votes)[corpus.object_of_claim] - votes
    odds: Numbers = np.log(2 * votes + 1) - np.log(2 * others + 1)
    return odds


def has_closed_answers(corpus: Corpus) -> bool:
    """Say whether the objects share a small set of answers, such as yes and no."""
    return int(np.count_nonzero(np.bincount(corpus.claim_value))) * CLOSED_SHARE <= corpus.n_objects


def rarity(corpus: Corpus, popularity: float) -> Numbers:
    """Return per claim log 1/q: how little likely an error is to take just this value."""
    even = np.maximum(corpus.distinct - 1, 1) + 1.0
    if popularity == 0 or has_closed_answers(corpus):
        return np.log(even)[corpus.object_of_claim]
    common = np.sqrt(np.bincount(corpus.claim_value).astype(np.float64))[corpus.claim_value]
    corpus.divide_by_object(common, corpus.sum_by_object(common) / corpus.distinct)
    common *= popularity
    common += 1 - popularity
    corpus.divide_by_object(common, even)
    np.log(common, out=common)
    return np.negative(common, out=common)


def priors(corpus: Corpus, settings: Settings, rated: Rated | None = None) -> tuple[Numbers, Numbers]:
    """Return the Beta parameters of each outlet before anything it said is looked at."""
    right, wrong = (np.full(corpus.n_outlets, one) for one in settings.prior)
    if rated is not None:
        known = ~np.isnan(rated.mean)
        right[known] = (rated.strength * rated.mean)[known]
        wrong[known] = (rated.strength * (1 - rated.mean))[known]
    return right, wrong


def say(right: Numbers, wrong: Numbers) -> Numbers:
    """Return E[log a / (1 - a)] of Beta posteriors: an outlet of which little is known says less."""
    low, high = (np.log(end / (1 - end)) for end in ACCURACY_RANGE)
    said = expected_log_odds(right, wrong)
    return np.clip(said, low, high, out=said)


def infer(
    corpus: Corpus,
    settings: Settings = DEFAULT,
    *,
    weight: Numbers | None = None,
    rated: Rated | None = None,
    most_iterations: int = MOST_ITERATIONS,
    start: tuple[Numbers, Numbers] | None = None,
) -> Result:
    """Run the EM until it stands still.

    Args:
        corpus: The assertions.
        settings: The constants.
        weight: Per assertion what it counts, in [0, 1]; else the corpus's own.
        rated: The priors that ratings give.
        most_iterations: When to stop at the latest.
        start: Per outlet the Beta parameters to begin with, else the prior's.
    """
    inference = _Inference(corpus, settings, corpus.weight if weight is None else weight, rated)
    inference.most_iterations = most_iterations
    return inference.run(*(start if start is not None else (inference.prior_right, inference.prior_wrong)))


class _Inference:
    """The state of one run: everything that does not change from one iteration to the next."""

    def __init__(self, corpus: Corpus, settings: Settings, weight: Numbers, rated: Rated | None) -> None:
        self.corpus, self.settings, self.weight, self.rated = corpus, settings, weight, rated
        self.most_iterations = MOST_ITERATIONS
        self.matrix = corpus.matrix(weight)
        self.transposed = self.matrix.T
        self.prior_right, self.prior_wrong = priors(corpus, settings, rated)
        kind = self.matrix.dtype
        independent = self.matrix @ np.ones(corpus.n_outlets, dtype=kind)
        # not kept, but computed again at the end: it would double what an iteration of millions of claims holds
        self.head_start = np.multiply(rarity(corpus, settings.popularity), independent, dtype=kind, casting="unsafe")
        self.effect = _design_effect(independent, settings.rho)
        self.unasserted = np.maximum(np.maximum(corpus.distinct - 1, 1) + 2 - corpus.distinct, 1).astype(kind)
        self.said = self.transposed @ np.ones(corpus.n_claims, dtype=kind)

    def run(self, right: Numbers, wrong: Numbers) -> Result:
        before: NDArray[np.floating] | None = None
        islands = None if self.corpus.is_large else Islands(self.corpus)
        for _ in range(self.most_iterations):
            probability, _none = share_out(self.corpus, self._score(right, wrong), self.unasserted, is_spent=True)
            if before is not None:
                moved = _moved(probability, before)
                if islands.stand_still(moved) if islands is not None else _stands_still(moved):
                    break
            before = probability
            counted = self._count(probability)
            right, wrong = counted if islands is None else islands.only_moving(counted, (right, wrong))
        # what only the iterations need makes room for the last pass
        del before, probability, self.matrix, self.transposed, self.head_start
        logs, later = rarity(self.corpus, self.settings.popularity), self.effect
        found = Result(
            self.corpus, self.settings, later, later, self.effect, logs, later, self.unasserted, right, wrong,
            self.prior_right, self.prior_wrong, self.weight, self.rated,
        )  # fmt: skip
        # the last pass is in double precision whatever came before, so that the terms explain the probabilities exactly
        score = _exact_score(found)
        probability, none = share_out(self.corpus, score, self.unasserted.astype(np.float64))
        return replace(found, score=score, probability=probability, none=none)

    def _score(self, right: Numbers, wrong: Numbers) -> Numbers:
        score: Numbers = self.matrix @ say(right, wrong).astype(self.matrix.dtype)
        score += self.head_start
        score *= self.effect
        return _with_wider(self.corpus, score)

    def _count(self, probability: Numbers) -> tuple[Numbers, Numbers]:
        held = _with_narrower(self.corpus, probability)
        right = (self.transposed @ held).astype(np.float64)
        return self.prior_right + right, self.prior_wrong + np.maximum(self.said - right, 0)


def _design_effect(independent: Numbers, rho: float) -> Numbers:
    """Return 1 / (1 + rho * max(W - 1, 0)) in place of the weights W."""
    independent -= 1
    np.maximum(independent, 0, out=independent)
    independent *= rho
    independent += 1
    return np.reciprocal(independent, out=independent)


def _moved(probability: NDArray[np.floating], before: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return how far each claim moved; what was ``before`` is used up."""
    np.subtract(probability, before, out=before)
    np.abs(before, out=before)
    return before


def _stands_still(moved: NDArray[np.floating]) -> bool:
    return bool(moved.max() < TOLERANCE or moved.mean(dtype=np.float64) < MEAN_TOLERANCE)


class Islands:
    """Which parts of a corpus stand still: outlets that no chain of common objects joins tell each other nothing.

    Each island stops when it would if it were all there is, so that what is added to one changes no digit of another.
    """

    def __init__(self, corpus: Corpus) -> None:
        of_claim = corpus.island[corpus.outlet[corpus.claim_start]]
        # an outlet that says nothing never moves, wherever it is counted
        self._of_outlet = np.minimum(corpus.island, of_claim.max())
        self._order = np.argsort(of_claim, kind="stable")
        self._n_claims = np.bincount(of_claim)
        self._starts = np.cumsum(self._n_claims) - self._n_claims
        self._is_still = np.zeros(len(self._starts), dtype=bool)

    def stand_still(self, moved: NDArray[np.floating]) -> bool:
        """Take in how far each claim moved, and say whether every island stands still; one that once did stays as it was."""
        if len(self._starts) == 1:
            return _stands_still(moved)
        moved = moved[self._order]
        most, mean = np.maximum.reduceat(moved, self._starts), np.add.reduceat(moved, self._starts) / self._n_claims
        self._is_still |= (most < TOLERANCE) | (mean < MEAN_TOLERANCE)
        return bool(self._is_still.all())

    def only_moving(self, counted: tuple[Numbers, Numbers], before: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
        """Return what was counted anew of the outlets that still move, and what was there before of the others."""
        if not self._is_still.any():
            return counted
        is_still = self._is_still[self._of_outlet]
        right, wrong = (np.where(is_still, old, new) for old, new in zip(before, counted, strict=True))
        return right, wrong


def _exact_score(result: Result) -> Numbers:
    from scipy import sparse

    corpus = result.corpus
    score = np.empty(corpus.n_claims)
    said = np.column_stack([say(result.right, result.wrong), np.ones(corpus.n_outlets)])
    bounds = np.append(corpus.claim_start, np.int32(corpus.n_assertions))
    for first in range(0, corpus.n_claims, _SLICE):  # in slices: memory stays bounded
        part = slice(first, min(first + _SLICE, corpus.n_claims))
        starts = bounds[first : part.stop + 1]
        inside = slice(int(starts[0]), int(starts[-1]))
        rows = (result.weight[inside], corpus.outlet[inside], starts - starts[0])
        summed = sparse.csr_array(rows, shape=(len(starts) - 1, corpus.n_outlets)) @ said
        score[part] = (summed[:, 0] + result.rarity[part] * summed[:, 1]) * result.effect[part]
    return _with_wider(corpus, score)


def _with_wider(corpus: Corpus, score: Numbers) -> Numbers:
    if corpus.wider is None:
        return score
    raised: Numbers = score + WIDER_SHARE * (corpus.wider @ score)
    return raised


def share_out(corpus: Corpus, score: Numbers, unasserted: Numbers, *, is_spent: bool = False) -> tuple[Numbers, Numbers]:
    """Return the probabilities of the claims, and per object that of "none of these": a softmax over each object.

    With ``is_spent`` the probabilities take the room of the score.
    """
    if score.max() < OVERFLOWS:
        raised, rest = np.exp(score, out=score if is_spent else None), unasserted
    else:
        highest = np.maximum(np.maximum.reduceat(score, corpus.object_start), 0)
        raised = np.exp(score - highest[corpus.object_of_claim])
        rest = unasserted * np.exp(-highest)
    total = corpus.sum_by_object(raised) + rest
    corpus.divide_by_object(raised, total)
    return raised, rest / total


def _with_narrower(corpus: Corpus, probability: Numbers) -> Numbers:
    if corpus.wider is None:
        return probability
    held: Numbers = np.minimum(probability + corpus.wider.T @ probability, 1.0)
    return held
