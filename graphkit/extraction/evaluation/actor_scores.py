"""How well actors are found, typed and linked; "place" in a reference is neither asked for nor punished."""

from collections.abc import Iterable

from graphkit.extraction.evaluation.measures import Counts, Row, fold, match_spans, overlap

_COUNTRY_NAMES = frozenset({"name", "demonym", "metonym"})


def add_actors(reference: Row, predicted: list[Row], counts: dict[str, Counts]) -> None:
    """Add one article: entities, typed entities, countries, mentions, and mentions linked to the right entity."""
    wanted = [actor for actor in reference["actors"] if actor["type"] != "place"]
    free = [m for actor in reference["actors"] for m in actor["mentions"] if actor["type"] == "place"]
    free += reference.get("citations", [])
    asked = [actor for actor in predicted if not _is_unasked(actor, free)]
    _add_entities(counts, "actor.entity", asked, wanted, typed=False)
    _add_entities(counts, "actor.typed", asked, wanted, typed=True)
    _add_entities(counts, "actor.country", _countries(asked), _countries(wanted), typed=False)
    _add_mentions(counts, asked, wanted, free)


def _countries(actors: Iterable[Row]) -> list[Row]:
    return [actor for actor in actors if actor.get("type") == "country"]


def _is_free(mention: Row, free: list[Row]) -> bool:
    return any(overlap(mention, span) for span in free)


def _is_unasked(actor: Row, free: list[Row]) -> bool:
    mentions = actor.get("mentions", [])
    return bool(mentions) and all(_is_free(mention, free) for mention in mentions)


def _names(actor: Row) -> set[str]:
    kinds = _COUNTRY_NAMES if actor["type"] == "country" else {"name"}
    return {fold(actor["name"])} | {fold(m["text"]) for m in actor["mentions"] if m["kind"] in kinds}


def _is_same(predicted: Row, reference: Row) -> bool:
    if fold(predicted["name"]) in _names(reference):
        return True
    spans = {(m["start"], m["end"]) for m in reference["mentions"]}
    return any((m["start"], m["end"]) in spans for m in predicted.get("mentions", []))


def _add_entities(counts: dict[str, Counts], name: str, predicted: list[Row], wanted: list[Row], *, typed: bool) -> None:
    used: set[int] = set()
    for actor in predicted:
        for j, reference in enumerate(wanted):
            if j not in used and (not typed or actor.get("type") == reference["type"]) and _is_same(actor, reference):
                used.add(j)
                break
    counts.setdefault(name, Counts()).add(len(used), len(predicted), len(wanted))


def _add_mentions(counts: dict[str, Counts], predicted: list[Row], wanted: list[Row], free: list[Row]) -> None:
    gold = [m | {"actor": actor} for actor in wanted for m in actor["mentions"]]
    found = [m | {"actor": actor} for actor in predicted for m in actor.get("mentions", []) if not _is_free(m, free)]
    matches = match_spans(found, gold)
    linked = sum(fold(found[i]["actor"]["name"]) in _names(gold[j]["actor"]) for i, j in matches)
    counts.setdefault("actor.mention", Counts()).add(len(matches), len(found), len(gold))
    counts.setdefault("actor.linked", Counts()).add(linked, len(found), len(gold))
