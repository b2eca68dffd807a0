"""The calibration report: how good the numbers are on the user's own labels, measured on labels they were not fitted on."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import numpy as np

from graphkit import __version__
from graphkit.credibility.calibration.diagram import reliability_diagram
from graphkit.credibility.calibration.guard import ENOUGH, FOLDS, VOTING, Calibration, Candidate, Guard
from graphkit.credibility.calibration.measures import (
    Bin,
    Figure,
    Outcomes,
    brier,
    calibration_error,
    log_loss,
    measure,
    reliability_bins,
)
from graphkit.credibility.inference.corpus import Corpus, Numbers, Whole
from graphkit.credibility.intervals import OutletRecord
from graphkit.errors import InputError

MEASURES = (("Brier score", brier), ("log loss", log_loss), ("calibration error", calibration_error))
LEAST_COVERED = 0.8
"""A coverage under this is no longer called 90 %."""
LEAST_CHECKED = 5
"""Labelled assertions that an outlet needs to take part in the measurement of coverage."""
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff;margin:2rem auto;max-width:46rem;padding:0 1rem}"
    "table{border-collapse:collapse}"
    "td,th{padding:.3rem .8rem;text-align:left;border-bottom:1px solid #ccc;font-weight:normal}thead th{font-weight:bold}"
    "figure{margin:1.5rem 0}svg{max-width:100%;height:auto}figcaption{font-size:.9rem;color:#444}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of voting and of what the guard chose."""

    name: str
    voting: Figure
    chosen: Figure


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many outlets the share of labelled assertions that hold lies inside the interval; None where none can be measured."""

    n_outlets: int
    share: float | None


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """What is published: the choice, the measures, the diagram's bins, the coverage of the outlets' 90 % intervals."""

    method: str
    n_claims: int
    n_objects: int
    rows: tuple[Row, ...]
    bins: tuple[Bin, ...]
    coverage: Coverage
    candidates: tuple[Candidate, ...] = ()

    def svg(self) -> str:
        """Return the reliability diagram as an SVG document."""
        return reliability_diagram(self.bins, title=f"Support and what held, {self.n_claims} claims")

    def html(self) -> str:
        """Return the report as one page that loads nothing."""
        candidates = "".join(
            f"<tr><th scope='row'>{escape(one.name)}</th><td>{one.brier:.4f}</td><td>{one.share:.2f}</td></tr>\n"
            for one in self.candidates
        )
        body = "".join(
            f"<tr><th scope='row'>{escape(row.name)}</th><td>{_shown(row.voting)}</td><td>{_shown(row.chosen)}</td></tr>\n"
            for row in self.rows
        )
        return (
            "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>\n"
            f"<meta name='generator' content='graphkit {__version__}'>\n<meta http-equiv='Content-Security-Policy' "
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Calibration</title>\n"
            f"<style>{_STYLE}</style></head><body>\n<main>\n<h1>Calibration</h1>\n"
            f"<p>Method: {escape(self.method)}.</p>\n<p>{escape(self._basis())}</p>\n"
            f"<table><thead><tr><th scope='col'>Measure (less is better)</th><th scope='col'>{VOTING}</th>"
            f"<th scope='col'>chosen</th></tr></thead>\n<tbody>{body}</tbody></table>\n"
            f"<figure>{self.svg()}<figcaption>Dots on the dashed line are right: of claims with a support of 0.7, seven in ten "
            f"held. Bars: how many claims.</figcaption></figure>\n<p>{escape(self.covered())}</p>\n"
            "<h2>What was compared</h2>\n<table><thead><tr><th scope='col'>Method</th><th scope='col'>Brier score on all labels</th>"
            f"<th scope='col'>share in what is taken</th></tr></thead>\n<tbody>{candidates}</tbody></table>\n</main>\n</body></html>\n"
        )

    def markdown(self) -> str:
        """Return the report as Markdown, without the diagram."""
        rows = "".join(f"| {row.name} | {_shown(row.voting)} | {_shown(row.chosen)} |\n" for row in self.rows)
        head = f"<!-- graphkit {__version__} -->\n\n# Calibration\n\nMethod: {self.method}.\n\n{self._basis()}\n\n"
        return f"{head}| measure (less is better) | {VOTING} | chosen |\n|---|---|---|\n{rows}\n{self.covered()}\n"

    def _basis(self) -> str:
        return (
            f"Measured on {self.n_claims} labelled claims of {self.n_objects} questions, each by what was chosen and fitted on "
            f"the other {FOLDS - 1} of {FOLDS} parts; 95 % intervals by bootstrap over questions."
        )

    def covered(self) -> str:
        """Return in a sentence how often the outlets' intervals hold what the labels say."""
        if self.coverage.share is None:
            return "Coverage of the outlets' 90 % intervals: not measured, no outlet has enough labelled claims."
        n = self.coverage.n_outlets
        covered = f"{self.coverage.share:.2f} of {n} outlets with {LEAST_CHECKED} labels or more"
        caution = "" if self.coverage.share >= LEAST_COVERED else " Here they are too narrow: do not read them as 90 %."
        return f"Coverage of the outlets' 90 % intervals: {covered}.{caution}"


def _shown(figure: Figure) -> str:
    return f"{figure.value:.4f} ({figure.low:.4f} to {figure.high:.4f})"


def report_calibration(
    guard: Guard, calibration: Calibration, labels: Mapping[int, bool], outlets: OutletRecord
) -> CalibrationReport:
    """Measure what the guard chooses, on parts of the labels that each choice has not seen.

    Raises:
        InputError: There are fewer than ``ENOUGH`` labels, so that nothing was chosen.
    """
    if not calibration.choice.is_chosen:
        raise InputError(
            f"{calibration.choice.n_labels} of the labels are of claims here, a report needs {ENOUGH}",
            hint=f"voting and the model disagree on {calibration.n_disagreeing} questions: label those first",
        )
    where = np.array(sorted(labels), dtype=np.int64)
    outcome = np.array([labels[int(claim)] for claim in where], dtype=bool)
    groups = guard.corpus.object_of_claim[where].astype(np.int64)
    chosen, voting = _held_out(guard, where, outcome, groups), guard.votes[where]
    rows = tuple(Row(name, measure(f, voting, outcome, groups), measure(f, chosen, outcome, groups)) for name, f in MEASURES)
    n_objects = len(np.unique(groups))
    covered = measure_coverage(guard.corpus, labels, outlets)
    return CalibrationReport(
        calibration.choice.method, len(where), n_objects, rows, reliability_bins(chosen, outcome), covered,
        calibration.candidates,
    )  # fmt: skip


def _held_out(guard: Guard, where: Whole, outcome: Outcomes, groups: Whole) -> Numbers:
    _, group = np.unique(groups, return_inverse=True)
    predicted = np.empty(len(where))
    for k in range(FOLDS):
        test = group % FOLDS == k
        train = {int(claim): bool(held) for claim, held in zip(where[~test], outcome[~test], strict=True)}
        predicted[test] = guard.choose(train, enough=0).probability[where[test]]
    return predicted


def measure_coverage(corpus: Corpus, labels: Mapping[int, bool], outlets: OutletRecord) -> Coverage:
    """Return how often the share of an outlet's labelled assertions that hold lies inside its interval."""
    state = np.full(corpus.n_claims, -1)
    for claim, holds in labels.items():
        state[claim] = int(holds)
    labelled = state[corpus.claim] >= 0
    said = np.bincount(corpus.outlet[labelled], minlength=corpus.n_outlets)
    held = np.bincount(corpus.outlet[labelled], weights=state[corpus.claim[labelled]], minlength=corpus.n_outlets)
    known = said >= LEAST_CHECKED
    if not known.any():
        return Coverage(0, None)
    share = held[known] / said[known]
    inside = (outlets.low[known] <= share) & (share <= outlets.high[known])
    return Coverage(int(known.sum()), float(inside.mean()))
