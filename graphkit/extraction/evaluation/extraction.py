"""Task ``extraction``: cited outlets, actors, claims and numbers of articles against reference annotations.

A reference row has ``id``, ``text``, ``domain`` and any of ``citations``, ``actors``, ``sentences``, ``numbers``; a prediction row
``id`` and any of ``citations``, ``actors``, ``claims``, ``numbers``.  A section that an article's reference lacks is not scored for
it; a section that no prediction has is left out of the table.
"""

from collections.abc import Mapping
from typing import Any

from graphkit.extraction.evaluation.actor_scores import add_actors
from graphkit.extraction.evaluation.claim_scores import add_claims, average_precision
from graphkit.extraction.evaluation.measures import Counts, Row, Score, fold, match_spans, overlap
from graphkit.extraction.json_form import quantities_of
from graphkit.extraction.protocol import Extractor
from graphkit.model import Actor, Annotation, Article, Assertion

CHECKWORTHY = 0.5
"""Score from which an assertion counts as worth checking."""
SECTIONS = ("citations", "actors", "claims", "numbers")
_TYPES = {"country": "country", "person": "person", "organisation": "org", "group": "person"}
_UNSCORED_ROLES = frozenset({"dateline", "mention"})
_HOST_PREFIXES = ("m.", "en.", "edition.", "amp.")


def predict_extraction(reference: Row, extractor: Extractor) -> Row:
    """Return the prediction row of one reference article."""
    from graphkit.extraction.pipeline import annotate

    article = Article(
        text=reference["text"],
        title=reference.get("title", ""),
        outlet=reference.get("domain"),
        published=reference.get("date"),
    )
    return {"id": reference["id"], **annotation_row(annotate(article, extractor))}


def annotation_row(annotation: Annotation) -> Row:
    """Return an annotation in the form that this task scores."""
    text = annotation.article.text
    return {
        "citations": [
            {"start": c.span.begin, "end": c.span.end, "domain": c.outlet.domain}
            for c in annotation.citations
            if c.outlet is not None
        ],
        "actors": _actor_rows(annotation, text),
        "claims": [_claim_row(assertion, text) for assertion in annotation.assertions],
        "numbers": [
            {"start": q.span.begin, "end": q.span.end, "value": float(q.value), "unit": q.unit, "bound": q.comparator}
            for q in quantities_of(annotation.assertions)
        ],
    }


def _actor_rows(annotation: Annotation, text: str) -> list[Row]:
    mentions: dict[Actor, list[Row]] = {}
    for mention in annotation.mentions:
        if mention.actor.kind in _TYPES:
            row = {"start": mention.span.begin, "end": mention.span.end, "text": mention.span.of(text), "kind": mention.kind}
            mentions.setdefault(mention.actor, []).append(row)
    return [{"name": actor.name, "type": _TYPES[actor.kind], "mentions": rows} for actor, rows in mentions.items()]


def _claim_row(assertion: Assertion, text: str) -> Row:
    """Return one claim; its source is the outermost of the chain, whom the article itself quotes."""
    outermost = max((link.depth for link in assertion.attributions), default=0)
    sources = [
        {"start": link.source_span.begin, "end": link.source_span.end, "name": link.source_span.of(text)}
        for link in assertion.attributions
        if link.source_span is not None and link.depth == outermost
    ]
    score = assertion.checkworthiness or 0.0
    return {
        "start": assertion.span.begin,
        "end": assertion.span.end,
        "checkworthy": score >= CHECKWORTHY,
        "hedged": bool(assertion.hedges),
        "score": score,
        "sources": sources,
        "attributed": assertion.voice != "author",
    }


def score_extraction(references: Mapping[str, Row], predictions: Mapping[str, Row]) -> tuple[Score, ...]:
    """Return the table over all ``references``; an article without a prediction counts as predicted empty."""
    present = [section for section in SECTIONS if any(section in row for row in predictions.values())]
    counts: dict[str, Counts] = {}
    ranked: list[tuple[float, bool]] = []
    for identifier, reference in references.items():
        prediction = predictions.get(identifier, {})
        for section in present:
            if ("sentences" if section == "claims" else section) in reference:
                found = prediction.get(section) or []
                _add_section(section, reference, found, counts, ranked)
    table = [counts[name].score(name) for name in sorted(counts)]
    if len({score for score, _ in ranked}) > 2:
        table.append(Score("claim.ap", value=average_precision(ranked)))
    return tuple(table)


def _add_section(
    section: str, reference: Row, found: list[Row], counts: dict[str, Counts], ranked: list[tuple[float, bool]]
) -> None:
    if section == "citations":
        _add_citations(reference, found, counts)
    elif section == "actors":
        add_actors(reference, found, counts)
    elif section == "claims":
        add_claims(reference, found, counts, ranked)
    else:
        _add_numbers(reference, found, counts)


def _host(domain: str | None) -> str:
    """Return a host without scheme, path and the usual prefixes (www., m., en.)."""
    bare = (domain or "").lower().strip()
    bare = bare.removeprefix("https://").removeprefix("http://").split("/")[0]
    label, dot, rest = bare.partition(".")
    if dot and (label == "www" or (len(label) == 4 and label.startswith("www") and label[3].isdigit())):
        return rest
    return next((bare.removeprefix(prefix) for prefix in _HOST_PREFIXES if bare.startswith(prefix)), bare)


def _add_citations(reference: Row, predicted: list[Row], counts: dict[str, Counts]) -> None:
    own = _host(reference.get("domain"))
    wanted = [c for c in reference["citations"] if c["role"] not in _UNSCORED_ROLES]
    unscored = [c for c in reference["citations"] if c["role"] in _UNSCORED_ROLES]
    accepted = {c["domain"]: {c["domain"], *c.get("alt", [])} for c in wanted}
    hosts = {_host(c.get("domain")) for c in predicted} - {own, ""}
    targets = [next((key for key, names in accepted.items() if host in names), None) for host in hosts]
    found = {target for target in targets if target is not None}
    _add(counts, "cite.domain", len(found), len(found) + targets.count(None), len(accepted))
    spans = [
        c
        for c in predicted
        if "start" in c and _host(c.get("domain")) != own and not any(overlap(c, other) for other in unscored)
    ]
    right = match_spans(spans, wanted, lambda p, r: _host(p.get("domain")) in accepted[r["domain"]])
    _add(counts, "cite.span", len(right), len(spans), len(wanted))
    _add(counts, "cite.find", len(match_spans(spans, wanted)), len(spans), len(wanted))


def _add_numbers(reference: Row, predicted: list[Row], counts: dict[str, Counts]) -> None:
    wanted = reference["numbers"]

    def same_unit(p: Row, r: Row) -> bool:
        return _same_value(p, r) and bool(_stems(p.get("unit")) & _stems(r["unit"]))

    def same_bound(p: Row, r: Row) -> bool:
        return _same_value(p, r) and bool(p.get("bound", "exactly") == r.get("bound", "exactly"))

    for name, accept in (("num.span", _same_value), ("num.unit", same_unit), ("num.bound", same_bound)):
        _add(counts, name, len(match_spans(predicted, wanted, accept)), len(predicted), len(wanted))


def _same_value(p: Row, r: Row) -> bool:
    try:
        left, right = float(p["value"]), float(r["value"])
    except (KeyError, TypeError, ValueError):
        return False
    return abs(left - right) <= 1e-6 * max(1.0, abs(right))


def _stems(unit: Any) -> set[str]:
    words = {word[:4] for word in fold(unit).split() if len(word) > 1}
    return words | ({"perc"} if "%" in (unit or "") else set())


def _add(counts: dict[str, Counts], name: str, hits: int, predicted: int, gold: int) -> None:
    counts.setdefault(name, Counts()).add(hits, predicted, gold)
