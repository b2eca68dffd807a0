"""Measuring matching on anyone's own gold: ``graphkit eval matching|figures|retrieval GOLD``.

The figures are those of pairs at the rate at which they occur: every two sentences of one topic and different documents are in play.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from graphkit.errors import NotFound, UnreadableInput
from graphkit.extraction.evaluation.measures import Counts, Score, percent

Row = dict[str, Any]
Evaluation = tuple[Score, ...]
MOST_FOUND: Final = 5


def evaluate(task: str, gold: Path, *, predictions: Path | None = None) -> Evaluation:
    """Run one task of matching and return its table of measures, empty where the gold holds no answers.

    Args:
        task: "matching" (sentences as JSON lines with ``id``, ``topic``, ``doc``, ``sentence``, ``text``; the pairs that are the
            same are read from the file whose name has "positives" for "sentences"), "figures" (pairs as JSON lines with
            ``a_text``, ``b_text``, ``quantity`` and, to be scored, ``label``), or "retrieval" (a folder with ``*.docs.tsv``,
            ``*.queries.tsv`` and, to be scored, ``*.qrels``).
        gold: The file, or the folder.
        predictions: Where the predictions are written, in the scorer's form; nowhere when None.

    Raises:
        NotFound: There is no task of that name.
        UnreadableInput: The gold is missing, or a line of it is not what the task needs.
    """
    if task not in _TASKS:
        raise NotFound(f"no task {task!r}", hint=f"known: {', '.join(_TASKS)}")
    return _TASKS[task](gold, predictions)


def _evaluate_matching(gold: Path, predictions: Path | None) -> Evaluation:
    from graphkit.matching.pairs.same_claim import predict_same_claims

    rows = _rows(gold, ("id", "topic", "doc", "sentence", "text"))
    predicted = predict_same_claims(rows)
    _write_rows(predictions, predicted)
    positives = gold.with_name(gold.name.replace("sentences", "positives"))
    if positives == gold or not positives.is_file():
        return ()
    same = {_key(row) for row in _rows(positives, ("a", "b"))}
    return score_pairs(rows, same, {_key(row) for row in predicted if row["link"]})


def score_pairs(rows: Iterable[Row], same: set[tuple[str, str]], linked: set[tuple[str, str]]) -> Evaluation:
    """Return precision, recall and F1 over all pairs of one topic and different documents, in all and of the lowest topic."""
    topics: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        topics[str(row["topic"])].append(row)
    total, lowest = Counts(), None
    for topic in sorted(topics):
        pairs = {_pair(one["id"], two["id"]) for one, two in combinations(topics[topic], 2) if one["doc"] != two["doc"]}
        hits, predicted, gold = len(pairs & same & linked), len(pairs & linked), len(pairs & same)
        total.add(hits, predicted, gold)
        counts = Counts(hits, predicted, gold)
        score = counts.score(f"same claim, lowest topic ({topic})")
        if gold and (lowest is None or (score.f1 or 0.0) < (lowest.f1 or 0.0)):
            lowest = score
    return (total.score("same claim"), *([lowest] if lowest is not None else []))


def _evaluate_figures(gold: Path, predictions: Path | None) -> Evaluation:
    from graphkit.matching.numbers.quantities import predict_figures

    rows = _rows(gold, ("a_text", "b_text", "quantity"))
    predicted = predict_figures(rows)
    _write_rows(predictions, predicted)
    if not all("label" in row for row in rows):
        return ()
    labels = [row["label"] for row in predicted]
    conflict = Counts()
    for row, label in zip(rows, labels, strict=True):
        is_told, is_one = label == "conflict", row["label"] == "conflict"
        conflict.add(is_told and is_one, is_told, is_one)
    unknown = labels.count("unknown")
    return conflict.score("numeric conflict"), Score("not told", value=percent(unknown / len(rows)), predicted=unknown)


def _evaluate_retrieval(gold: Path, predictions: Path | None) -> Evaluation:
    from graphkit.matching.retrieval import mean_average_precision, predict_retrieval, predictions_tsv

    predicted = predict_retrieval(gold, most=MOST_FOUND)
    if predictions is not None:
        predictions.write_text(predictions_tsv(predicted), encoding="utf-8")
    paths = sorted(gold.glob("*.qrels"))
    if not paths:
        return ()
    relevant: dict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(_text(paths[0]).splitlines(), 1):
        cells = line.split()
        if len(cells) != 4:
            raise UnreadableInput(f"{paths[0]}:{number}: is not query, 0, claim and 1")
        if cells[3] != "0":
            relevant[cells[0]].add(cells[2])
    return tuple(
        Score(f"MAP@{most}", value=percent(mean_average_precision(predicted, relevant, most=most)), gold=len(relevant))
        for most in (MOST_FOUND, 1)
    )


_TASKS: Final[dict[str, Callable[[Path, Path | None], Evaluation]]] = {
    "matching": _evaluate_matching,
    "figures": _evaluate_figures,
    "retrieval": _evaluate_retrieval,
}


def _key(row: Row) -> tuple[str, str]:
    return _pair(row["a"], row["b"])


def _pair(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one <= two else (two, one)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: cannot be read as gold ({error.__class__.__name__})") from error


def _rows(path: Path, needed: Sequence[str]) -> list[Row]:
    # not splitlines(): it would also cut at U+2028 and U+0085, which stand unescaped in JSON
    lines = enumerate(_text(path).split("\n"), 1)
    rows = [_row(line, f"{path}:{number}", needed) for number, line in lines if line.strip()]
    if not rows:
        raise UnreadableInput(f"{path}: holds no rows", hint="one JSON object a line is read")
    return rows


def _row(line: str, place: str, needed: Sequence[str]) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"{place}: not JSON ({error.msg}, column {error.colno})") from error
    missing = [key for key in needed if not isinstance(row, dict) or key not in row]
    if missing:
        raise UnreadableInput(f"{place}: {', '.join(missing)} missing", hint=f"a line needs {', '.join(needed)}")
    found: Row = row
    return found


def _write_rows(path: Path | None, rows: Iterable[Row]) -> None:
    if path is not None:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
