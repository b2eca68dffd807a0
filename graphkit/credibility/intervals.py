"""How sure a number is: 90 % intervals of outlets' reliability, and of the support of a claim.

An outlet's reliability is the share of all that it asserts that holds, copied or not: that is what a reader meets.  Its interval is a
Beta with the posterior's mean and a variance made of four parts: the count; ``MODEL_ERROR``, by which claims' probabilities were off in
sets with known answers; topics, since an outlet that says much is not equally good at all of it (``TOPICS``, for what goes beyond
``ONE_TOPIC`` assertions); and how far the result hangs on the prior.  Where it hangs on it by ``UNDETERMINED`` or more, the interval
is all of [0, 1] and says so: the record tells nothing.

The four constants were chosen on eight public sets and invented worlds, see the room's docstring; ``measure_coverage`` measures the
coverage on labels of the user's own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graphkit.credibility.inference.corpus import Corpus, Numbers
from graphkit.credibility.inference.expected_odds import expected_log_odds
from graphkit.credibility.inference.model import Result, count_votes, infer

LEVEL = 0.9
MODEL_ERROR = 0.055
TOPICS, ONE_TOPIC = 0.15, 50
PRIOR_SHIFTED = (0.9, 0.5)
"""The prior means under which the result is computed again."""
PRIOR_WEIGHT = 2.0
UNDETERMINED = 0.06
END_INCLUDED = 2.0
"""A Beta whose parameter at one end is at most this is highest so near it that the end itself belongs to the interval."""


@dataclass(frozen=True, slots=True, eq=False)
class OutletRecord:
    """Per outlet: ``score``, the ends of its interval, and whether the record determines it at all."""

    score: Numbers
    low: Numbers
    high: Numbers
    is_determined: NDArray[np.bool_]


def assess_outlets(result: Result, *, level: float = LEVEL) -> OutletRecord:
    """Return how reliable each outlet proved, with intervals at ``level``."""
    right, wrong = record_of(result, result.truth)
    mean, count = right / (right + wrong), right + wrong
    said = np.maximum(result.corpus.said, 1)
    hangs = _hangs_on_prior(result, mean)
    topics = TOPICS * np.maximum(said - ONE_TOPIC, 0) / said
    variance = mean * (1 - mean) * (1 / (count + 1) + topics) + MODEL_ERROR**2 + (PRIOR_WEIGHT * hangs) ** 2
    low, high = beta_interval(mean, variance, level)
    unknown = hangs >= UNDETERMINED
    return OutletRecord(mean, np.where(unknown, 0.0, low), np.where(unknown, 1.0, high), ~unknown)


def record_of(result: Result, held: Numbers) -> tuple[Numbers, Numbers]:
    """Return per outlet the Beta parameters of its record: the prior, and each of its assertions by how well it is supported."""
    corpus = result.corpus
    right = np.bincount(corpus.outlet, weights=held[corpus.claim], minlength=corpus.n_outlets)
    return result.prior_right + right, result.prior_wrong + corpus.said - right


def _hangs_on_prior(result: Result, mean: Numbers) -> Numbers:
    """Return how far the claims' probabilities, and with them each outlet's record, move with the prior of unknown outlets."""
    strength = sum(result.settings.prior)
    moved = np.zeros(result.corpus.n_outlets)
    for shifted in PRIOR_SHIFTED:
        settings = replace(result.settings, prior=(strength * shifted, strength * (1 - shifted)))
        again = infer(result.corpus, settings, weight=result.weight, rated=result.rated)
        right, wrong = record_of(result, again.truth)
        moved = np.maximum(moved, np.abs(right / (right + wrong) - mean))
    return moved


def beta_interval(mean: Numbers, variance: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Return the ends of Beta intervals of given mean and variance; one that piles up at an end includes the end."""
    from scipy.stats import beta

    count = np.maximum(mean * (1 - mean) / variance - 1, 0.2)
    right, wrong = mean * count, (1 - mean) * count
    tail = (1 - level) / 2
    low, high = beta.ppf(tail, right, wrong), beta.ppf(1 - tail, right, wrong)
    at_one, at_zero = (wrong <= END_INCLUDED) & (right > wrong), (right <= END_INCLUDED) & (wrong > right)
    low = np.where(at_one, beta.ppf(1 - level, right, wrong), np.where(at_zero, 0.0, low))
    high = np.where(at_zero, beta.ppf(level, right, wrong), np.where(at_one, 1.0, high))
    return np.minimum(low, mean), np.maximum(high, mean)


def claim_intervals(result: Result, *, level: float = LEVEL) -> tuple[Numbers, Numbers]:
    """Return per claim the ends of its support: what the outlets' uncertainty leaves open, every leave-one-outlet-out, ratings off.

    The first part moves the claim's log-odds by the standard error of its terms; the second is exact with accuracies held fixed; the
    third is there where ratings were used, for what a rating says of a claim is not measured.  The interval is the widest of them,
    so it never hides that one outlet, or one rating, carries a claim.
    """
    from scipy.special import polygamma
    from scipy.stats import norm

    corpus = result.corpus
    spread = (polygamma(1, result.right) + polygamma(1, result.wrong))[corpus.outlet]
    factor = result.weight * result.effect[corpus.claim]
    error = float(norm.ppf((1 + level) / 2)) * np.sqrt(corpus.sum_by_claim(factor**2 * spread))
    held = np.clip(result.truth, 1e-12, 1 - 1e-12)
    middle = np.log(held) - np.log1p(-held)
    low, high = 1 / (1 + np.exp(error - middle)), 1 / (1 + np.exp(-error - middle))
    lowest, highest = _left_out_range(result)
    unrated = result.truth if result.rated is None else infer(corpus, result.settings, weight=result.weight).truth
    return np.minimum.reduce([low, lowest, unrated, result.truth]), np.maximum.reduce([high, highest, unrated, result.truth])


def voting_numbers(
    result: Result, apply: Callable[[Numbers], Numbers], *, level: float = LEVEL
) -> tuple[Numbers, Numbers, Numbers]:
    """Return per claim the scaled share of votes, with the interval of a share of so many separate voices (Wilson 1927)."""
    from scipy.stats import norm

    corpus = result.corpus
    share = count_votes(corpus)
    voices = np.maximum(corpus.sum_by_object(corpus.sum_by_claim(result.weight)), 1e-9)[corpus.object_of_claim]
    z = float(norm.ppf((1 + level) / 2))
    middle = (share + z**2 / (2 * voices)) / (1 + z**2 / voices)
    half = z / (1 + z**2 / voices) * np.sqrt(share * (1 - share) / voices + z**2 / (4 * voices**2))
    low, high = np.clip(middle - half, 0, share), np.clip(middle + half, share, 1)
    return apply(share), apply(low), apply(high)


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """What explaining any claim needs.

    Per assertion its ``term`` and the claim's probability ``without`` it; per claim the log of its ``rivals``; per outlet the
    log-odds that its ``prior`` alone says.
    """

    term: Numbers
    without: Numbers
    rivals: Numbers
    prior: Numbers


def margins_of(result: Result) -> Margins:
    """Return the margins of all claims at once."""
    prior = expected_log_odds(result.prior_right, result.prior_wrong)
    return Margins(result.term, without_each(result), log_rivals(result), prior)


def _left_out_range(result: Result) -> tuple[Numbers, Numbers]:
    corpus = result.corpus
    left_out = without_each(result)
    starts = corpus.claim_start
    return np.minimum.reduceat(left_out, starts), np.maximum.reduceat(left_out, starts)


def without_each(result: Result) -> Numbers:
    """Return per assertion the probability of its claim without it, accuracies and the rivals' scores held fixed."""
    corpus = result.corpus
    claim = corpus.claim
    weight = corpus.sum_by_claim(result.weight)
    rest = weight[claim] - result.weight
    # taking one away also lets the others count more: the design effect is that of what is left
    effect = 1 / (1 + result.settings.rho * np.maximum(rest - 1, 0))
    term = result.term
    raw = term / result.effect[claim]
    score = result.score[claim] + effect * (corpus.sum_by_claim(raw)[claim] - raw) - corpus.sum_by_claim(term)[claim]
    rivals = log_rivals(result)[claim]
    alone: Numbers = 1 / (1 + np.exp(np.clip(rivals - score, -500, 500)))
    return alone


def log_rivals(result: Result) -> Numbers:
    """Return per claim the log of what competes with it: the object's other claims and "none of these"."""
    corpus = result.corpus
    obj = corpus.object_of_claim
    highest = np.maximum(np.maximum.reduceat(result.score, corpus.object_start), 0)
    raised = np.exp(result.score - highest[obj])
    # the others are added up one object at a time: taking a claim away from the total would lose digits where it has nearly all
    others = _sum_of_others(corpus, raised)
    rivals: Numbers = np.log(others + (result.unasserted * np.exp(-highest))[obj]) + highest[obj]
    return rivals


def _sum_of_others(corpus: Corpus, raised: Numbers) -> Numbers:
    before, after = np.zeros(len(raised)), np.zeros(len(raised))
    for n_values, _, claims in corpus.tables:
        table = raised[claims].reshape(-1, n_values)
        np.cumsum(table[:, :-1], axis=1, out=before[claims].reshape(-1, n_values)[:, 1:])
        np.cumsum(table[:, :0:-1], axis=1, out=after[claims].reshape(-1, n_values)[:, -2::-1])
    return before + after
