"""The guard: with labels, set the model's design effect and calibrate it; no worse than counting votes but by chance.

Nothing is selected among candidates: of a hundred labels the best of ten settings is often the luckiest, worse on the rest.  Each
design effect is weighted by its prior and by how likely it makes the labels, once scaled, and the mean of them taken: one model, so
that explanations stay exact sums.  Its log-odds and those of the votes are then added up, each times a factor (logarithmic pooling;
Platt 1999 is the case without votes), drawn to what was good in invented worlds.  Votes alone are taken only where they beat all
this by a standard error of the paired loss (over objects).  Under ``ENOUGH`` labelled claims nothing is chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from graphkit.credibility.calibration.measures import Outcomes
from graphkit.credibility.inference.copying import assess
from graphkit.credibility.inference.corpus import Corpus, Numbers, Whole
from graphkit.credibility.inference.model import DEFAULT, Rated, Settings, count_votes, vote_odds
from graphkit.errors import InputError

ENOUGH = 100
VOTING, MODEL = "counting votes", "the model"
DESIGN_EFFECTS = {0.05: 0.1, 0.1: 0.2, 0.15: 0.35, 0.2: 0.2, 0.25: 0.1, 0.3: 0.05}
"""How likely each design effect is before labels are looked at.  None at all, which a hundred labels at times seem to prove, and .4, at
which few outlets win over many, are not among them."""
FOLDS = 5
DRAWN_TO, DRAWN_BY = (0.9, 0.2, 0.0), 20.0
"""What slope, votes and shift of the scaling are drawn to, and how firmly, in observations: 10 to 60 came out much the same."""
EDGE = 1e-4
_MOST_STEPS, _LEAST_STEP = 60, 1e-9


@dataclass(frozen=True, slots=True)
class Scaling:
    """Log-odds are multiplied by ``slope``, ``votes`` times those of the votes and ``shift`` are added; (1, 0, 0) changes nothing."""

    slope: float = 1.0
    shift: float = 0.0
    votes: float = 0.0

    def apply(self, probability: Numbers, vote_odds: Numbers) -> Numbers:
        """Return the scaled probabilities of claims, given the log-odds of their votes (``vote_odds``)."""
        if self == Scaling():
            return probability
        odds = self.slope * _log_odds(probability, 1e-12) + self.votes * vote_odds + self.shift
        scaled: Numbers = 1 / (1 + np.exp(-odds))
        return scaled


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to get probabilities, its Brier score on the labels, and its share in what is taken."""

    name: str
    settings: Settings | None
    brier: float
    share: float


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
        one, scaled = self.scaling, ""
        if one != Scaling():
            votes = f", those of the votes times {one.votes:.2f}" if one.votes else ""
            scaled = f", log-odds times {one.slope:.2f}{votes} and {one.shift:+.2f}"
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
    """What a corpus gives at each design effect, computed once; ``choose`` weighs it by any labels."""

    def __init__(self, corpus: Corpus, *, rated: Rated | None = None, settings: Settings = DEFAULT) -> None:
        self.corpus, self.rated, self.settings = corpus, rated, settings
        self.votes, self.vote_odds = count_votes(corpus), vote_odds(corpus)
        self._probability: dict[float, Numbers] = {}
        top = [_top(corpus, one) for one in (self.votes, self.probability(settings.rho))]
        self.n_disagreeing = int((top[0] != top[1]).sum())

    def probability(self, rho: float) -> Numbers:
        """Return what the model gives each claim at a design effect."""
        if rho not in self._probability:
            self._probability[rho] = assess(self.corpus, replace(self.settings, rho=rho), rated=self.rated).truth
        return self._probability[rho]

    def choose(self, labels: Mapping[int, bool], *, enough: int = ENOUGH) -> Calibration:
        """Return what labels (claims of the corpus by number) choose; nothing where there are fewer than ``enough``.

        Raises:
            InputError: A label is of no claim of the corpus.
        """
        where, outcome = self._labelled(labels)
        if len(where) < max(enough, 1):
            default = Choice(MODEL, self.settings, Scaling(), len(where), is_chosen=False)
            return Calibration(default, self.probability(self.settings.rho), self.n_disagreeing)
        shares = self._shares(where, outcome)
        rho = round(sum(rho * share for rho, share in shares.items()), 2)
        scaling = fit_scaling(self.probability(rho)[where], self.vote_odds[where], outcome)
        scaled = scaling.apply(self.probability(rho), self.vote_odds)
        errors, votes = (scaled[where] - outcome) ** 2, (self.votes[where] - outcome) ** 2
        choice = Choice(_name(rho), replace(self.settings, rho=rho), scaling, len(where), is_chosen=True)
        if _is_better(votes, errors, self.corpus.object_of_claim[where].astype(np.int64)):
            choice, scaled = Choice(VOTING, None, Scaling(), len(where), is_chosen=True), self.votes
            shares = dict.fromkeys(shares, 0.0)
        return Calibration(choice, scaled, self.n_disagreeing, self._compared(where, outcome, shares))

    def _shares(self, where: Whole, outcome: Outcomes) -> dict[float, float]:
        """Return how likely each design effect is by its prior and the labels."""
        odds = self.vote_odds[where]
        loss = [_fitted_loss(self.probability(rho)[where], odds, outcome) for rho in DESIGN_EFFECTS]
        likely = np.log(list(DESIGN_EFFECTS.values())) - np.array(loss)
        raised = np.exp(likely - likely.max())
        return dict(zip(DESIGN_EFFECTS, (raised / raised.sum()).tolist(), strict=True))

    def _compared(self, where: Whole, outcome: Outcomes, shares: Mapping[float, float]) -> tuple[Candidate, ...]:
        of_votes = float(((self.votes[where] - outcome) ** 2).mean())
        found = [Candidate(VOTING, None, of_votes, 0.0 if any(shares.values()) else 1.0)]
        for rho, share in shares.items():
            error = float(((self.probability(rho)[where] - outcome) ** 2).mean())
            found.append(Candidate(_name(rho), replace(self.settings, rho=rho), error, share))
        return tuple(found)

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


def _name(rho: float) -> str:
    return f"{MODEL} with a design effect of {rho:g}"


def _is_better(one: Numbers, other: Numbers, objects: Whole) -> bool:
    """Say whether the mean of ``one`` is lower by a standard error of the paired difference, claims of an object taken as one."""
    _, group = np.unique(objects, return_inverse=True)
    difference = np.bincount(group, weights=one - other)
    n = len(difference)
    error = difference.std(ddof=1) * np.sqrt(n) if n > 1 else np.inf
    return bool(difference.sum() < -error)


def fit_scaling(probability: Numbers, vote_odds: Numbers, outcome: Outcomes) -> Scaling:
    """Fit slope, votes and shift by penalised maximum likelihood; the penalty draws them to ``DRAWN_TO``, none but the shift is negative."""
    x, start = _columns(probability, vote_odds), np.array(DRAWN_TO)
    free = np.ones(len(start), dtype=bool)
    while True:
        found = np.zeros(len(start))
        found[free] = _fit(x[:, free], outcome, start[free])
        refused = free & (found < 0) & [True, True, False]
        if not refused.any():
            break
        free &= ~refused
    slope, votes, shift = (round(float(one), 9) for one in found)
    return Scaling(slope, shift, votes)


def _fit(x: Numbers, outcome: Outcomes, start: Numbers) -> Numbers:
    """Return the least penalised loss by Newton's method; steps are halved until the loss falls, or it would swing for ever."""
    found = start
    loss = _penalised(x, outcome, found, start)
    for _ in range(_MOST_STEPS):
        p = 1 / (1 + np.exp(-(x @ found)))
        gradient = x.T @ (p - outcome) + DRAWN_BY * (found - start)
        curvature = (x * (p * (1 - p))[:, None]).T @ x + DRAWN_BY * np.eye(len(start))
        step = np.linalg.solve(curvature, gradient)
        while (tried := _penalised(x, outcome, found - step, start)) > loss and np.abs(step).max() > _LEAST_STEP:
            step = step / 2
        found, loss = found - step, tried
        if np.abs(step).max() <= _LEAST_STEP:
            break
    return found


def _penalised(x: Numbers, outcome: Outcomes, at: Numbers, start: Numbers) -> float:
    odds = x @ at
    return float((np.logaddexp(0, odds) - outcome * odds).sum() + DRAWN_BY / 2 * ((at - start) ** 2).sum())


def _fitted_loss(probability: Numbers, vote_odds: Numbers, outcome: Outcomes) -> float:
    """Return the log loss, in sum and with its penalty, of probabilities scaled as fits them best."""
    scaling = fit_scaling(probability, vote_odds, outcome)
    at = np.array([scaling.slope, scaling.votes, scaling.shift])
    return _penalised(_columns(probability, vote_odds), outcome, at, np.array(DRAWN_TO))


def _columns(probability: Numbers, vote_odds: Numbers) -> Numbers:
    return np.column_stack([_log_odds(probability), vote_odds, np.ones(len(probability))])


def _log_odds(probability: Numbers, edge: float = EDGE) -> Numbers:
    inside = np.clip(probability, edge, 1 - edge)
    odds: Numbers = np.log(inside) - np.log1p(-inside)
    return odds
