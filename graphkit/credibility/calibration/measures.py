"""Proper scores of probabilities, the error of their calibration, and intervals for both by bootstrap over objects."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.credibility.inference.corpus import Numbers, Whole

N_BINS = 10
LEAST_PROBABILITY = 1e-6
REPEATS, SEED = 500, 20_240_501
Outcomes = NDArray[np.bool_]


def brier(probability: Numbers, outcome: Outcomes) -> float:
    """Return the mean squared error of probabilities (Brier 1950); 0 is best."""
    return float(((probability - outcome) ** 2).mean())


def log_loss(probability: Numbers, outcome: Outcomes) -> float:
    """Return the mean of -log of what was given to what turned out, clipped to [1e-6, 1 - 1e-6]."""
    given = np.clip(np.where(outcome, probability, 1 - probability), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    return float(-np.log(given).mean())


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of one tenth: how many, their mean, and the share that turned out right."""

    count: int
    predicted: float
    observed: float


def reliability_bins(probability: Numbers, outcome: Outcomes) -> tuple[Bin, ...]:
    """Return what a reliability diagram draws: ten bins of equal width, empty ones left out."""
    number = np.minimum((probability * N_BINS).astype(np.int64), N_BINS - 1)
    members = ((number == k) for k in range(N_BINS))
    return tuple(
        Bin(int(inside.sum()), float(probability[inside].mean()), float(outcome[inside].mean()))
        for inside in members
        if inside.any()
    )


def calibration_error(probability: Numbers, outcome: Outcomes) -> float:
    """Return the expected calibration error: the mean distance of predicted from observed over the bins, by their counts."""
    bins = reliability_bins(probability, outcome)
    return sum(one.count * abs(one.predicted - one.observed) for one in bins) / len(probability)


Measure = Callable[[Numbers, Outcomes], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure with the ends of its 95 % interval and the number of things it was measured on."""

    value: float
    low: float
    high: float
    n: int


def measure(function: Measure, probability: Numbers, outcome: Outcomes, groups: Whole) -> Figure:
    """Measure with a bootstrap over ``groups`` (objects, whose claims depend on one another); the seed is fixed."""
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    random = np.random.default_rng(SEED)
    drawn = []
    for _ in range(REPEATS):
        chosen = np.concatenate([members[k] for k in random.integers(0, len(members), len(members))])
        drawn.append(function(probability[chosen], outcome[chosen]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Figure(function(probability, outcome), float(low), float(high), len(probability))
