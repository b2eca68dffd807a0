"""Measuring extraction on anyone's own gold: ``graphkit eval attribution|extraction|splitting GOLD``.

The measures are our own implementation of those that the project's scorers define; tests hold the figures of both together.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, get_args

from graphkit.errors import NotFound, UnreadableInput
from graphkit.extraction.evaluation.measures import Row, Score

__all__ = ["TASKS", "Score", "Task", "evaluate", "predict", "read_rows", "score", "write_rows"]

Task = Literal["attribution", "extraction", "splitting"]
TASKS: tuple[Task, ...] = get_args(Task)
_KEYS = {"attribution": "name", "extraction": "id", "splitting": "id"}
_NEEDED = {"attribution": ("name", "text"), "extraction": ("id", "text"), "splitting": ("id", "text")}
_LABELS = {"attribution": ("attrs",), "extraction": (), "splitting": ("domains", "kind")}


def evaluate(task: str, gold: Path, *, predictions: Path | None = None, extractor: str | None = None) -> tuple[Score, ...]:
    """Run graphkit over the texts of a gold file and return the table of measures.

    Args:
        task: One of ``TASKS``.
        gold: JSON lines in the form of the task.
        predictions: Where the predictions are written, in the scorer's form; nowhere when None.
        extractor: Name of the extractor; the default one when None.

    Raises:
        NotFound: No task or extractor of that name.
        UnreadableInput: The gold file is missing, or a line of it is not what the task needs.
    """
    rows = read_rows(gold, _task(task))
    predicted = predict(task, rows, extractor=extractor)
    if predictions is not None:
        write_rows(predictions, predicted)
    # rows without labels are predicted, not scored: a user's own texts, or a gold whose answers are kept elsewhere
    return score(task, [row for row in rows if all(label in row for label in _LABELS[task])], predicted)


def predict(task: str, rows: Sequence[Row], *, extractor: str | None = None) -> list[Row]:
    """Return the prediction row of each gold row."""
    from graphkit.extraction.evaluation.attribution import predict_attribution
    from graphkit.extraction.evaluation.extraction import predict_extraction
    from graphkit.extraction.evaluation.splitting import predict_splitting
    from graphkit.extraction.registry import default_extractor
    from graphkit.extraction.registry import extractor as named_extractor

    if _task(task) == "splitting":
        return [predict_splitting(row) for row in rows]
    chosen = named_extractor(extractor) if extractor else default_extractor()
    predict_one = predict_attribution if task == "attribution" else predict_extraction
    return [predict_one(row, chosen) for row in rows]


def score(task: str, rows: Sequence[Row], predicted: Iterable[Row]) -> tuple[Score, ...]:
    """Return the table of measures of prediction rows against gold rows."""
    from graphkit.extraction.evaluation.attribution import score_attribution
    from graphkit.extraction.evaluation.extraction import score_extraction
    from graphkit.extraction.evaluation.splitting import score_splitting

    key = _KEYS[_task(task)]
    by_key = {row[key]: row for row in predicted}
    if task == "attribution":
        return score_attribution(rows, by_key)
    if task == "splitting":
        return score_splitting(rows, by_key)
    return score_extraction({row["id"]: row for row in rows}, by_key)


def _task(task: str) -> Task:
    for known in TASKS:
        if task == known:
            return known
    raise NotFound(f"no task {task!r}", hint=f"known: {', '.join(TASKS)}")


def read_rows(path: Path, task: Task) -> list[Row]:
    """Read a gold or reference file, one JSON object a line.

    Raises:
        UnreadableInput: The file cannot be read, or a line is no JSON object with the keys the task needs.
    """
    try:
        # not splitlines(): it would also cut at U+2028 and U+0085, which stand unescaped in JSON
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: cannot be read as gold ({error.__class__.__name__})") from error
    rows = [_parse(line, f"{path}:{number}", task) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise UnreadableInput(f"{path}: holds no rows", hint="one JSON object a line is read")
    return rows


def _parse(line: str, place: str, task: Task) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"{place}: not JSON ({error.msg}, column {error.colno})") from error
    missing = [key for key in _NEEDED[task] if not isinstance(row, dict) or key not in row]
    if missing:
        raise UnreadableInput(
            f"{place}: {', '.join(missing)} missing", hint=f"the task {task} needs {', '.join(_NEEDED[task])}"
        )
    result: Row = row
    return result


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write prediction rows, one JSON object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
