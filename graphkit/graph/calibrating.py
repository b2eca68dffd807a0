"""Calibration by labels: what ``graphkit calibrate`` chooses, keeps and publishes."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit import __version__
from graphkit.credibility.assessing import assess_record
from graphkit.credibility.assessments import compute_assessments
from graphkit.credibility.calibration.guard import Choice
from graphkit.credibility.calibration.keeping import forget_choice, keep_choice
from graphkit.credibility.calibration.labels import read_labels
from graphkit.credibility.calibration.report import CalibrationReport
from graphkit.errors import UnsupportedFormat
from graphkit.rdf.namespaces import GRAPH_ASSESSMENTS

if TYPE_CHECKING:
    from graphkit.store.record import Record


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What labels chose (``choice``), how many of them are of claims that are assessed, and the report to publish."""

    choice: Choice
    n_labels: int
    n_used: int
    report: CalibrationReport


def calibrate(record: "Record", labels: Path) -> Calibrated:
    """Choose and calibrate by labels, keep the choice, assess all anew by it, and report how good it is.

    Args:
        record: The record; its assessments are replaced.
        labels: A CSV file with the columns ``claim`` and ``holds``.

    Raises:
        UnreadableInput: The labels cannot be read.
        InputError: Fewer than 100 of them are of claims that are assessed, or two of claims that say the same differ.
        NotFound: The record asserts nothing.
    """
    given = read_labels(labels)
    found, report = assess_record(record).calibrate(given)
    with record.transaction():
        keep_choice(record, found.choice)
        _assess_anew(record)
    return Calibrated(found.choice, len(given), found.choice.n_labels, report)


def forget(record: "Record") -> bool:
    """Forget what labels chose and assess all anew; say whether there was a choice."""
    with record.transaction():
        was_kept = forget_choice(record)
        if was_kept:
            _assess_anew(record)
    return was_kept


def _assess_anew(record: "Record") -> None:
    written = compute_assessments(record)
    if written:
        record.put_graph(GRAPH_ASSESSMENTS, written, is_canonical=True)
    else:
        record.drop_graph(GRAPH_ASSESSMENTS)


def written(report: CalibrationReport, path: Path) -> bytes:
    """Return the report in the format of a file's ending.

    Raises:
        UnsupportedFormat: The ending is none of .html, .md, .json and .svg.
    """
    if path.suffix.lower() not in WRITERS:
        raise UnsupportedFormat(f"{path}: a calibration report has no such ending", hint=f"known: {', '.join(WRITERS)}")
    return WRITERS[path.suffix.lower()](report).encode()


def as_json(report: CalibrationReport) -> dict[str, Any]:
    """Return the report as plain data."""
    return {"generator": f"graphkit {__version__}", **asdict(report)}


def _json_text(report: CalibrationReport) -> str:
    import json

    return json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n"


WRITERS: dict[str, Callable[[CalibrationReport], str]] = {
    ".html": CalibrationReport.html,
    ".md": CalibrationReport.markdown,
    ".json": _json_text,
    ".svg": CalibrationReport.svg,
}
