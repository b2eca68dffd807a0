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

WIDER_SHARE = 0.5
"""How much an assertion of "thousands" counts for "11,000": it is compatible with it, and says less."""
ACCURACY_RANGE = (0.02, 0.99)
"""One outlet past these would decide all by itself."""
TOLERANCE, MOST_ITERATIONS = 1e-4, 30
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
        return terms_between(self, 0, self.corpus.n_assertions)

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


def has_closed_answers(corpus: Corpus) -> bool:
    """Say whether the objects share a small set of answers, such as yes and no."""
    return len(np.unique(corpus.claim_value)) * CLOSED_SHARE <= corpus.n_objects


def rarity(corpus: Corpus, popularity: float) -> Numbers:
    """Return per claim log 1/q: how little likely an error is to take just this value."""
    even = (np.maximum(corpus.distinct - 1, 1) + 1.0)[corpus.object_of_claim]
    if popularity == 0 or has_closed_answers(corpus):
        logs: Numbers = np.log(even)
        return logs
    objects_with = np.bincount(corpus.claim_value)[corpus.claim_value]
    common = np.sqrt(objects_with.astype(np.float64))
    n_values = corpus.distinct[corpus.object_of_claim]
    share = common / corpus.sum_by_object(common)[corpus.object_of_claim] * n_values
    share[n_values == 1] = 1.0
    inferred: Numbers = -np.log(((1 - popularity) + popularity * share) / even)
    return inferred


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
    from scipy.special import digamma

    low, high = (np.log(end / (1 - end)) for end in ACCURACY_RANGE)
    said: Numbers = np.clip(digamma(right) - digamma(wrong), low, high)
    return said


def infer(
    corpus: Corpus,
    settings: Settings = DEFAULT,
    *,
    weight: Numbers | None = None,
    rated: Rated | None = None,
    most_iterations: int = MOST_ITERATIONS,
) -> Result:
    """Run the EM until it stands still; ``weight`` per assertion, else the corpus's own."""
    inference = _Inference(corpus, settings, corpus.weight if weight is None else weight, rated)
    inference.most_iterations = most_iterations
    return inference.run()


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
        self.effect = 1 / (1 + settings.rho * np.maximum(independent - 1, 0)).astype(kind)
        self.rarity = rarity(corpus, settings.popularity)
        self.head_start = (self.rarity * independent).astype(kind)
        self.unasserted = np.maximum(np.maximum(corpus.distinct - 1, 1) + 2.0 - corpus.distinct, 1.0).astype(kind)
        self.said = self.transposed @ np.ones(corpus.n_claims, dtype=kind)

    def run(self) -> Result:
        right, wrong = self.prior_right, self.prior_wrong
        before: NDArray[np.floating] | None = None
        for _ in range(self.most_iterations):
            probability, _none = share_out(self.corpus, self._score(right, wrong), self.unasserted)
            if before is not None and np.abs(probability - before).max() < TOLERANCE:
                break
            before = probability
            right, wrong = self._count(probability)
        found = Result(
            self.corpus, self.settings, self.head_start, self.head_start, self.effect, self.rarity, self.head_start,
            self.unasserted, right, wrong, self.prior_right, self.prior_wrong, self.weight, self.rated,
        )  # fmt: skip
        # the last pass is in double precision whatever came before, so that the terms explain the probabilities exactly
        score = _exact_score(found)
        probability, none = share_out(self.corpus, score, self.unasserted.astype(np.float64))
        return replace(found, score=score, probability=probability, none=none)

    def _score(self, right: Numbers, wrong: Numbers) -> Numbers:
        score = self.effect * (self.matrix @ say(right, wrong).astype(self.matrix.dtype) + self.head_start)
        return _with_wider(self.corpus, score)

    def _count(self, probability: Numbers) -> tuple[Numbers, Numbers]:
        held = _with_narrower(self.corpus, probability)
        right = (self.transposed @ held).astype(np.float64)
        return self.prior_right + right, self.prior_wrong + np.maximum(self.said - right, 0)


def terms_between(result: Result, begin: int, end: int) -> Numbers:
    """Return what the assertions from ``begin`` to ``end`` add to the log-odds of their claims."""
    corpus = result.corpus
    claim = corpus.claim[begin:end]
    said = say(result.right, result.wrong)[corpus.outlet[begin:end]] + result.rarity[claim]
    terms: Numbers = result.weight[begin:end] * said * result.effect[claim]
    return terms


def _exact_score(result: Result) -> Numbers:
    corpus = result.corpus
    score = np.empty(corpus.n_claims)
    for first in range(0, corpus.n_claims, _SLICE):  # in slices: memory stays bounded
        starts = corpus.claim_start[first : first + _SLICE]
        last = first + len(starts)
        end = corpus.n_assertions if last == corpus.n_claims else int(corpus.claim_start[last])
        score[first:last] = np.add.reduceat(terms_between(result, int(starts[0]), end), starts - starts[0])
    return _with_wider(corpus, score)


def _with_wider(corpus: Corpus, score: Numbers) -> Numbers:
    if corpus.wider is None:
        return score
    raised: Numbers = score + WIDER_SHARE * (corpus.wider @ score)
    return raised


def share_out(corpus: Corpus, score: Numbers, unasserted: Numbers) -> tuple[Numbers, Numbers]:
    """Return the probabilities of the claims, and per object that of "none of these": a softmax over each object."""
    if score.max() < OVERFLOWS:
        raised, rest = np.exp(score), unasserted
    else:
        highest = np.maximum(np.maximum.reduceat(score, corpus.object_start), 0)
        raised = np.exp(score - highest[corpus.object_of_claim])
        rest = unasserted * np.exp(-highest)
    total = corpus.sum_by_object(raised) + rest
    raised /= total[corpus.object_of_claim]
    return raised, rest / total


def _with_narrower(corpus: Corpus, probability: Numbers) -> Numbers:
    if corpus.wider is None:
        return probability
    held: Numbers = np.minimum(probability + corpus.wider.T @ probability, 1.0)
    return held
