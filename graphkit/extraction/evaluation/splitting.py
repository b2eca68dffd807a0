"""Task ``splitting``: run-together source lists ("apnews.comdw.com"): gold rows have ``id``, ``text``, ``domains``, ``kind``."""

from collections.abc import Mapping, Sequence

from graphkit.extraction.evaluation.measures import Counts, Row, Score, percent

KINDS = ("one event", "mixed")
_MARGINS = (0, 2, 4, 6, 8, 12)


def predict_splitting(row: Row) -> Row:
    """Return the prediction row of one list: its parts as written, and the margin of the answer."""
    from graphkit.knowledge.splitting import split_run_together

    split = split_run_together(row["text"])
    if split is None:
        return {"id": row["id"], "domains": [row["text"]]}
    return {
        "id": row["id"],
        "domains": [row["text"][part.begin : part.end] for part in split.parts],
        "margin": round(split.margin, 3),
    }


def score_splitting(gold: Sequence[Row], predictions: Mapping[object, Row]) -> tuple[Score, ...]:
    """Return lists right as a whole, characters kept, and domains, by kind and over all; then what the margin is worth."""
    table: list[Score] = []
    for kind in (*KINDS, "all"):
        rows = [row for row in gold if kind in {"all", row["kind"]}]
        table += _kind_scores(kind, rows, predictions)
    if any("margin" in prediction for prediction in predictions.values()):
        table += _coverage(gold, predictions)
    return tuple(table)


def _kind_scores(kind: str, rows: Sequence[Row], predictions: Mapping[object, Row]) -> list[Score]:
    exact = complete = 0
    domains = Counts()
    for row in rows:
        answer: list[str] = predictions.get(row["id"], {}).get("domains") or []
        exact += answer == row["domains"]
        complete += "".join(answer) == row["text"]
        domains.add(len(set(answer) & set(row["domains"])), len(set(answer)), len(set(row["domains"])))
    total = len(rows) or 1
    return [
        Score(f"{kind}: exact", gold=len(rows), value=percent(exact / total)),
        Score(f"{kind}: complete", gold=len(rows), value=percent(complete / total)),
        domains.score(f"{kind}: domains"),
    ]


def _coverage(gold: Sequence[Row], predictions: Mapping[object, Row]) -> list[Score]:
    table: list[Score] = []
    for threshold in _MARGINS:
        answered = [row for row in gold if predictions.get(row["id"], {}).get("margin", -1) >= threshold]
        right = sum(predictions[row["id"]].get("domains") == row["domains"] for row in answered)
        table.append(Score(f"margin >= {threshold}: answered", value=percent(len(answered) / len(gold))))
        if answered:
            table.append(Score(f"margin >= {threshold}: right", value=round(100 * right / len(answered), 2)))
    return table
