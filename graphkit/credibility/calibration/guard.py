"""The guard: with labels, choose between counting votes and the model, and calibrate; never worse than votes but by chance.

The model takes the place of voting only where it beats it by a standard error of the paired loss (over objects), another setting
the place of the default only likewise; the scaling (Platt 1999, drawn to the identity) only where it lowers the loss on folds it
was not fitted on.  Under ``ENOUGH`` labelled claims nothing is chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from graphkit.credibility.calibration.measures import Outcomes
from graphkit.credibility.inference.copying import assess
from graphkit.credibility.inference.corpus import Corpus, Numbers, Whole
from graphkit.credibility.inference.model import DEFAULT, Rated, Settings, count_votes
from graphkit.errors import InputError

ENOUGH = 100
VOTING, MODEL = "counting votes", "the model"
RHOS = (0.0, 0.05, 0.1, 0.25, 0.4)
FOLDS = 5
DRAWN_TO_IDENTITY = 2.0
"""How firmly the scaling is held to slope 1 and shift 0, in observations."""
EDGE = 1e-4


@dataclass(frozen=True, slots=True)
class Scaling:
    """Log-odds are multiplied by ``slope``, and ``shift`` is added; (1, 0) changes nothing."""

    slope: float = 1.0
    shift: float = 0.0

    def apply(self, probability: Numbers) -> Numbers:
        """Return the scaled probabilities."""
        if self == Scaling():
            return probability
        scaled: Numbers = 1 / (1 + np.exp(-(self.slope * _log_odds(probability, 1e-12) + self.shift)))
        return scaled


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to get probabilities, and its Brier score on the labels."""

    name: str
    settings: Settings | None
    brier: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The method that labels chose: ``settings`` None means voting.

    ``is_chosen`` is False where there were too few labels: the default model stands, uncalibrated.
    """

    name: str
    settings: Settings | None
    scaling: Scaling
    n_labels: int
    is_chosen: bool

    @property
    def method(self) -> str:
        """The method in words, as an assessment states it."""
        if not self.is_chosen:
            return f"{self.name}; uncalibrated on this material"
        scaled = "" if self.scaling == Scaling() else f", log-odds times {self.scaling.slope:.2f} and {self.scaling.shift:+.2f}"
        return f"{self.name}, chosen by {self.n_labels} labels{scaled}"


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What labels gave: the ``choice``, and by it the ``probability`` of each claim of the corpus, calibrated.

    ``n_disagreeing`` questions, on which voting and the model disagree, are what to label first.
    """

    choice: Choice
    probability: Numbers
    n_disagreeing: int
    candidates: tuple[Candidate, ...] = ()


class Guard:
    """The candidates of a corpus, computed once; ``choose`` picks among them for any labels."""

    def __init__(self, corpus: Corpus, *, rated: Rated | None = None, settings: Settings = DEFAULT) -> None:
        self.corpus = corpus
        self.settings: dict[str, Settings | None] = {VOTING: None, MODEL: settings}
        for rho in RHOS:
            self.settings[f"{MODEL} with a design effect of {rho:g}"] = replace(settings, rho=rho)
        self.settings[f"{MODEL} without copying"] = replace(settings, copy_rounds=0)
        self.settings[f"{MODEL} without copying and design effect"] = replace(settings, copy_rounds=0, rho=0.0)
        self.settings[f"{MODEL} without popularity"] = replace(settings, popularity=0.0)
        self.probability = {
            name: count_votes(corpus) if one is None else assess(corpus, one, rated=rated).truth
            for name, one in self.settings.items()
        }
        top = [_top(corpus, self.probability[name]) for name in (VOTING, MODEL)]
        self.n_disagreeing = int((top[0] != top[1]).sum())

    def choose(self, labels: Mapping[int, bool], *, enough: int = ENOUGH) -> Calibration:
        """Return what labels (claims of the corpus by number) choose; nothing where there are fewer than ``enough``.

        Raises:
            InputError: A label is of no claim of the corpus.
        """
        where, outcome = self._labelled(labels)
        if len(where) < max(enough, 1):
            unscaled = self.probability[MODEL]
            default = Choice(MODEL, self.settings[MODEL], Scaling(), len(where), is_chosen=False)
            return Calibration(default, unscaled, self.n_disagreeing)
        objects = self.corpus.object_of_claim[where].astype(np.int64)
        errors = {name: (p[where] - outcome) ** 2 for name, p in self.probability.items()}
        name = _chosen(errors, objects)
        scaling = _scaling(self.probability[name][where], outcome, objects)
        candidates = tuple(Candidate(one, self.settings[one], float(error.mean())) for one, error in errors.items())
        scaled = scaling.apply(self.probability[name])
        choice = Choice(name, self.settings[name], scaling, len(where), is_chosen=True)
        return Calibration(choice, scaled, self.n_disagreeing, candidates)

    def _labelled(self, labels: Mapping[int, bool]) -> tuple[Whole, Outcomes]:
        where = np.array(sorted(labels), dtype=np.int64)
        if len(where) and not 0 <= where[0] <= where[-1] < self.corpus.n_claims:
            raise InputError("a label is of no claim of this corpus")
        return where, np.array([labels[int(claim)] for claim in where], dtype=bool)


def calibrate(
    corpus: Corpus, labels: Mapping[int, bool], *, rated: Rated | None = None, settings: Settings = DEFAULT
) -> Calibration:
    """Choose and calibrate by labels of the corpus's claims; see ``Guard``."""
    return Guard(corpus, rated=rated, settings=settings).choose(labels)


def _top(corpus: Corpus, probability: Numbers) -> Whole:
    """Return per object its most probable claim, the first of equals."""
    highest = np.maximum.reduceat(probability, corpus.object_start)[corpus.object_of_claim]
    best = np.flatnonzero(probability >= highest - 1e-12)
    return best[np.unique(corpus.object_of_claim[best], return_index=True)[1]]


def _chosen(errors: dict[str, Numbers], objects: Whole) -> str:
    best = MODEL
    for name, error in errors.items():
        if name not in {VOTING, MODEL} and _is_better(error, errors[MODEL], objects) and error.mean() < errors[best].mean():
            best = name
    return best if _is_better(errors[best], errors[VOTING], objects) else VOTING


def _is_better(one: Numbers, other: Numbers, objects: Whole) -> bool:
    """Say whether the mean of ``one`` is lower by a standard error of the paired difference, claims of an object taken as one."""
    _, group = np.unique(objects, return_inverse=True)
    difference = np.bincount(group, weights=one - other)
    n = len(difference)
    error = difference.std(ddof=1) * np.sqrt(n) if n > 1 else np.inf
    return bool(difference.sum() < -error)


def _scaling(probability: Numbers, outcome: Outcomes, objects: Whole) -> Scaling:
    groups, group = np.unique(objects, return_inverse=True)
    fold = np.arange(len(groups)) % FOLDS
    scaled = np.empty(len(probability))
    for k in range(FOLDS):
        test = fold[group] == k
        scaled[test] = fit_scaling(probability[~test], outcome[~test]).apply(probability[test])
    improves = ((scaled - outcome) ** 2).mean() < ((probability - outcome) ** 2).mean()
    return fit_scaling(probability, outcome) if improves else Scaling()


def fit_scaling(probability: Numbers, outcome: Outcomes) -> Scaling:
    """Fit slope and shift by penalised maximum likelihood (Newton); the penalty draws them to 1 and 0."""
    x = np.column_stack([_log_odds(probability), np.ones(len(probability))])
    start = np.array([1.0, 0.0])
    found = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ found)))
        gradient = x.T @ (p - outcome) + DRAWN_TO_IDENTITY * (found - start)
        curvature = (x * (p * (1 - p))[:, None]).T @ x + DRAWN_TO_IDENTITY * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        found = found - np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return Scaling(max(round(float(found[0]), 9), 0.0), round(float(found[1]), 9))


def _log_odds(probability: Numbers, edge: float = EDGE) -> Numbers:
    inside = np.clip(probability, edge, 1 - edge)
    odds: Numbers = np.log(inside) - np.log1p(-inside)
    return odds
