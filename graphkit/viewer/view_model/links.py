"""Records of links → rows: what supports, contradicts, derives from what, with the words that show it; and circles."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from graphkit.viewer.view_model.records import Record, char_range, first, optional
from graphkit.viewer.view_model.rows import NO_REF, AssertionRow, Circle, CircleRow, LinkRow, Range, Ref
from graphkit.viewer.view_model.weights import between

RELATIONS = ("contradicts", "supports", "derivedFrom", "sameClaim", "sharesText")
_LATER = ", of a later text"
"""What matching ends a method with where the giver is dated after the taker."""
_LONGEST_EVIDENCE = 300
"""Code points shown of what a link rests on: of a copied text its beginning is enough."""

ToRef = Callable[[str | None], Ref]


def read_links(records: Mapping[str, Record], linked: Iterable[str], links: Iterable[str], ref: ToRef) -> tuple[LinkRow, ...]:
    """Return the relations between the things ``linked``, by both ends; a scored one of ``links`` hides the bare triple."""
    found: dict[tuple[Ref, Ref, str], LinkRow] = {}
    for name in linked:
        for relation in RELATIONS:
            for other in records[name].get(relation, ()):
                key = (ref(name), ref(other), relation)
                found[key] = LinkRow(*key)
    for name in links:
        record = records[name]
        key = (ref(optional(record, "from")), ref(optional(record, "to")), first(record, "relation"))
        if key[2] not in RELATIONS:
            continue
        method = first(record, "method")
        found[key] = LinkRow(
            *key,
            score=between(record, "score"),
            method=method.removesuffix(_LATER),
            source_ranges=_ranges(record, "fromRange"),
            target_ranges=_ranges(record, "toRange"),
            is_later=method.endswith(_LATER),
        )
    return tuple(found[key] for key in sorted(found) if NO_REF not in key[:2] and key[0] != key[1])


def _ranges(record: Record, name: str) -> tuple[Range, ...]:
    found = sorted(span for one in record.get(name, ()) if (span := char_range(one)))
    return tuple((begin, min(end, begin + _LONGEST_EVIDENCE)) for begin, end in found[:1])


def evidence_by_article(
    links: Iterable[LinkRow], articles: range, assertions: Sequence[AssertionRow], first_assertion: Ref
) -> Iterable[tuple[Ref, Range]]:
    """Yield which stretches of which article the links rest on."""
    for link in links:
        for ref, ranges in ((link.source, link.source_ranges), (link.target, link.target_ranges)):
            article = assertions[ref - first_assertion].article if ref >= first_assertion else ref
            if article in articles:
                yield from ((article, one) for one in ranges)


def circles(given: Iterable[Circle], assertions: Sequence[AssertionRow], numbers: Mapping[str, Ref]) -> tuple[CircleRow, ...]:
    """Return the circles whose members are shown, by members; ``numbers`` are those of all things by their identifiers."""
    first_assertion = len(numbers) - len(assertions)
    found: dict[tuple[tuple[Ref, ...], tuple[Ref, ...], bool], set[Ref]] = {}
    for one in given:
        members, loop = (tuple(numbers.get(name, NO_REF) for name in names) for names in (one.members, one.loop))
        if NO_REF in members:
            continue
        told = (numbers.get(name, NO_REF) for name in one.assertions)
        claims = {assertions[ref - first_assertion].claim for ref in told if ref >= first_assertion}
        found.setdefault((members, loop, one.is_closed), set()).update(claims)
    return tuple(CircleRow(*key, tuple(sorted(found[key]))) for key in sorted(found))
