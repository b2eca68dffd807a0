"""The support of every claim of a record, and the record of every outlet, or the words for why there is no number."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graphkit.credibility.calibration.guard import Calibration, Choice, Guard, Scaling
from graphkit.credibility.calibration.keeping import kept_choice
from graphkit.credibility.calibration.labels import Label
from graphkit.credibility.calibration.report import CalibrationReport, report_calibration
from graphkit.credibility.evidence import Evidence, weigh
from graphkit.credibility.explanation import Explanation, Pooled, explain_claim
from graphkit.credibility.inference.copying import Copying, assess
from graphkit.credibility.inference.corpus import Corpus, Numbers
from graphkit.credibility.inference.model import DEFAULT, Rated, Result, Settings, vote_odds
from graphkit.credibility.intervals import Margins, assess_outlets, claim_intervals, margins_of, voting_numbers
from graphkit.credibility.statements import Statements, read_statements
from graphkit.errors import InputError, NotFound
from graphkit.knowledge.ratings import explain

if TYPE_CHECKING:
    from graphkit.store.record import Record

Refusal = Literal["single origin", "no rated source", "no independent support", "no record"]
LEAST_WEIGHT = 0.05
LEAST_RECORD = 10
"""Assertions on questions that others answer, too, that an outlet needs before its record is a number: a rating is no record."""
LOWEST, HIGHEST = 0.5, 0.9
"""What the worst and the best rating are worth as the chance that a claim of the outlet holds: no rating says so itself."""


@dataclass(frozen=True, slots=True)
class Support:
    """What is said of one claim or outlet: a number with its ends and the separate origins behind it, or a refusal instead."""

    score: float
    low: float
    high: float
    origins: int
    refusal: Refusal | None = None


class Assessed:
    """A record, assessed.

    ``supports`` is by claim, ``outlets`` by domain; ``evidence`` and ``result`` are what they come from, None where the record
    asserts nothing.
    """

    def __init__(
        self,
        statements: Statements,
        settings: Settings,
        *,
        use_ratings: bool,
        choice: Choice | None = None,
        as_of: str | None = None,
    ) -> None:
        self.statements, self.settings, self.use_ratings = statements, settings, use_ratings
        self.choice, self.as_of = choice, as_of
        self.copying: list[Copying] = []
        self.evidence: Evidence | None = weigh(statements)
        self.result: Result | None = None
        if self.evidence is not None:
            rated = ratings_as_priors(self.evidence.corpus, statements, settings, as_of=as_of) if use_ratings else None
            self.result = assess(self.evidence.corpus, settings, rated=rated, copying=self.copying)

    @cached_property
    def supports(self) -> dict[str, Support]:
        """The support of each claim (local name) that is no opinion."""
        if self.evidence is None or self.result is None:
            return {}
        corpus = self.evidence.corpus
        truth, low, high = self._numbers(self.result)
        weight = corpus.sum_by_claim(self.result.weight)
        is_rated = self._is_rated(corpus)
        founded = np.maximum.reduceat(is_rated[corpus.outlet], corpus.claim_start)
        found = {}
        for name, claim in sorted(self.evidence.number.items()):
            origins = self.evidence.origins[claim]
            refusal = _refusal(origins, float(weight[claim]), is_rated=bool(founded[claim]))
            found[name] = Support(float(truth[claim]), float(low[claim]), float(high[claim]), origins, refusal)
        return found

    def _numbers(self, result: Result) -> tuple[Numbers, Numbers, Numbers]:
        """Return per claim its support and the ends of its interval, as calibrated."""
        scaling = self.choice.scaling if self.choice is not None else Scaling()
        odds = vote_odds(result.corpus)
        if not self.is_sum:
            return voting_numbers(result, lambda share: scaling.apply(share, odds))
        low, high = claim_intervals(result)
        return scaling.apply(result.truth, odds), scaling.apply(low, odds), scaling.apply(high, odds)

    @property
    def is_sum(self) -> bool:
        """Whether the numbers are sums of log-odds: they are not where labels chose voting."""
        return self.choice is None or not self.choice.is_chosen or self.choice.settings is not None

    @property
    def method(self) -> str:
        """How the numbers were chosen, in words."""
        return "uncalibrated on this material" if self.choice is None else self.choice.method

    @property
    def scaled_by(self) -> str:
        """The scaling as part of a run's options, "" where there is none."""
        if self.choice is None or not self.choice.is_chosen:
            return ""
        scaling = self.choice.scaling
        votes = f" votes={scaling.votes:g}" if scaling.votes else ""
        return f" method={'model' if self.is_sum else 'votes'} slope={scaling.slope:g}{votes} shift={scaling.shift:g}"

    def labelled(self, labels: Sequence[Label]) -> dict[int, bool]:
        """Return the labels of claims that are assessed, by their number; those of other claims are left out.

        Raises:
            InputError: Two labels of claims that say the same differ.
        """
        number = self.evidence.number if self.evidence is not None else {}
        found: dict[int, bool] = {}
        for label in labels:
            claim = number.get(label.claim)
            if claim is not None and found.setdefault(claim, label.holds) != label.holds:
                raise InputError(
                    f"{label.claim}: labelled {label.holds}, a claim that says the same is labelled {not label.holds}"
                )
        return found

    def guard(self) -> Guard:
        """Return the guard over this record's claims.

        Raises:
            NotFound: The record asserts nothing.
        """
        if self.evidence is None or self.result is None:
            raise NotFound("there are no claims to calibrate on", hint="add articles first")
        return Guard(self.evidence.corpus, rated=self.result.rated, settings=DEFAULT)

    def calibrated(self, labels: Sequence[Label]) -> "Assessed":
        """Return what would be assessed with the method that labels choose, calibrated by them."""
        return self._chosen(self.guard().choose(self.labelled(labels)).choice)

    def _chosen(self, choice: Choice) -> "Assessed":
        settings = choice.settings if choice.settings is not None else self.settings
        return Assessed(self.statements, settings, use_ratings=self.use_ratings, choice=choice, as_of=self.as_of)

    def calibrate(self, labels: Sequence[Label]) -> tuple[Calibration, CalibrationReport]:
        """Return what labels choose, and the report of how good it is on labels that it was not fitted on.

        Raises:
            InputError: Fewer than 100 labels are of claims that are assessed.
            NotFound: The record asserts nothing.
        """
        guard, known = self.guard(), self.labelled(labels)
        found = guard.choose(known)
        outlets = self._chosen(found.choice).result
        assert outlets is not None
        return found, report_calibration(guard, found, known, assess_outlets(outlets))

    @cached_property
    def outlets(self) -> dict[str, Support]:
        """The record of each outlet (domain) in this graph; refused where it is too small, or hangs on where it starts.

        ``origins`` is how many of its assertions are on questions that another outlet answers, too.
        """
        if self.evidence is None or self.result is None:
            return {}
        corpus, record = self.evidence.corpus, assess_outlets(self.result)
        is_rated, checked = self._is_rated(corpus), self._checked(corpus)
        real = {one.speaker for one in self.statements.statements if one.has_outlet}
        found = {}
        for number, name in enumerate(corpus.outlets):
            if name in real:
                is_founded = checked[number] >= LEAST_RECORD and record.is_determined[number]
                refusal: Refusal = "no record" if is_rated[number] else "no rated source"
                ends = float(record.score[number]), float(record.low[number]), float(record.high[number])
                found[name] = Support(*ends, int(checked[number]), None if is_founded else refusal)
        return found

    @cached_property
    def _sure_copying(self) -> Copying | None:
        return self.copying[0].sure() if self.copying else None

    @cached_property
    def _margins(self) -> Margins:
        assert self.result is not None
        return margins_of(self.result)

    def _is_rated(self, corpus: Corpus) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        rated = self.result.rated if self.result is not None else None
        return np.zeros(corpus.n_outlets, dtype=bool) if rated is None else ~np.isnan(rated.mean)

    def _checked(self, corpus: Corpus) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Return per outlet how many of its assertions are on questions that another outlet answers, too."""
        answers = corpus.sum_by_object(corpus.supporters.astype(np.float64))[corpus.object_of_claim]
        return np.bincount(corpus.outlet[(answers >= 2)[corpus.claim]], minlength=corpus.n_outlets)

    def explain(self, claim: str) -> Explanation:
        """Return the terms behind the support of a claim (local name); they are there where the number is refused, too.

        Raises:
            NotFound: No article asserts it, or it is an opinion.
        """
        if self.evidence is None or self.result is None or claim not in self.evidence.number:
            raise NotFound(f"{claim}: no support is computed for it", hint="it is an opinion, or no article asserts it")
        found = explain_claim(self.result, self.evidence.number[claim], self._margins, copying=self._sure_copying)
        if self.choice is None or not self.is_sum:
            return found
        scaling = self.choice.scaling
        pooled = Pooled.of_claim(self.evidence.corpus, self.evidence.number[claim], scaling.votes)
        return found.scaled(scaling.slope, scaling.shift, pooled)

    def without(self, outlets: frozenset[str]) -> "Assessed":
        """Return what would be computed if some outlets (domains) had published nothing: all of it, from the beginning."""
        return self.instead(self.statements.without(outlets))

    def instead(self, statements: Statements) -> "Assessed":
        """Return what would be computed from other statements in the same way."""
        return Assessed(statements, self.settings, use_ratings=self.use_ratings, choice=self.choice, as_of=self.as_of)


def assess_record(
    record: "Record", *, settings: Settings | None = None, use_ratings: bool = True, as_of: str | None = None
) -> Assessed:
    """Assess all claims and outlets of a record.

    ``settings`` are those that labels once chose for this record, or the default, unless they are given; ``as_of`` (ISO 8601) is the
    day at which the ratings are read, the newest where it is None.
    """
    choice = kept_choice(record) if settings is None else None
    if settings is None:
        settings = choice.settings if choice is not None and choice.settings is not None else DEFAULT
    return Assessed(read_statements(record), settings, use_ratings=use_ratings, choice=choice, as_of=as_of)


def _refusal(origins: int, weight: float, *, is_rated: bool) -> Refusal | None:
    if weight < LEAST_WEIGHT:
        return "no independent support"
    return "single origin" if origins < 2 and not is_rated else None


def ratings_as_priors(corpus: Corpus, statements: Statements, settings: Settings, *, as_of: str | None = None) -> Rated | None:
    """Return what the ratings of outlets are worth before they are read: a shrunk chance, half as firm where families contradict.

    A rating of credibility is no probability that a claim holds, so the span of the families' voices is brought into
    [``LOWEST``, ``HIGHEST``] and its middle taken; imputed ratings count nothing.
    """
    mean, strength = np.full(corpus.n_outlets, np.nan), np.zeros(corpus.n_outlets)
    for number, name in enumerate(corpus.outlets):
        given = [one for one in statements.ratings.get(name, ()) if not one.imputed]
        explained = explain(given, outlet=name, as_of=as_of, versions=statements.versions)
        if explained.interval is not None:
            middle = float(sum(explained.interval)) / 2
            mean[number] = LOWEST + (HIGHEST - LOWEST) * middle
            strength[number] = settings.rated * (0.5 if explained.word == "contested" else 1.0)
    return None if np.isnan(mean).all() else Rated(mean, strength)
