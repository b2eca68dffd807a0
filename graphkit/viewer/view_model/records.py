"""Quads → records: for each subject the values of the properties that a page shows, whatever graph they stand in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkit.rdf.namespaces import GK, GKD, expand

if TYPE_CHECKING:
    from pyoxigraph import Quad

Record = dict[str, list[str]]

READ = [
    "rdf:type",
    "rdfs:label",
    "schema:text",
    "schema:headline",
    "schema:url",
    "schema:publisher",
    "schema:datePublished",
    "schema:inLanguage",
    "schema:author",
    "schema:ratingValue",
    "schema:license",
    "schema:version",
    "gk:printedValue",
    "gk:ratingSet",
    "schema:dateCreated",
    "schema:worstRating",
    "schema:bestRating",
    "schema:sameAs",
    "nif:beginIndex",
    "nif:endIndex",
    "nif:anchorOf",
    "cito:hasCitingEntity",
    "cito:hasCitedEntity",
    "prov:wasAttributedTo",
    "prov:used",
    "dqv:computedOn",
    "dqv:isMeasurementOf",
    "gk:domain",
    "gk:length",
    "gk:byline",
    "gk:writtenAddress",
    "gk:inArticle",
    "gk:claim",
    "gk:claimType",
    "gk:voice",
    "gk:certainty",
    "gk:polarity",
    "gk:tense",
    "gk:about",
    "gk:attribution",
    "gk:quantity",
    "gk:hedge",
    "gk:hedgeRange",
    "gk:loaded",
    "gk:loadedRange",
    "gk:confidence",
    "gk:checkworthiness",
    "gk:source",
    "gk:mode",
    "gk:depth",
    "gk:sourceText",
    "gk:sourceBegin",
    "gk:sourceEnd",
    "gk:cue",
    "gk:cueBegin",
    "gk:cueEnd",
    "gk:value",
    "gk:comparator",
    "gk:unit",
    "gk:denotes",
    "gk:mentionKind",
    "gk:anonymousType",
    "gk:citedOutlet",
    "gk:citationKind",
    "gk:candidate",
    "gk:isGuess",
    "gk:citesOutlet",
    "gk:rates",
    "gk:onScale",
    "gk:normalised",
    "gk:scope",
    "gk:imputed",
    "gk:family",
    "gk:dimension",
    "gk:from",
    "gk:to",
    "gk:relation",
    "gk:fromRange",
    "gk:toRange",
    "gk:score",
    "gk:low",
    "gk:high",
    "gk:level",
    "gk:method",
    "gk:origins",
    "gk:contribution",
    "gk:outlet",
    "gk:assertion",
    "gk:reason",
    "gk:contradicts",
    "gk:supports",
    "gk:derivedFrom",
    "gk:sameClaim",
    "gk:sharesText",
    "gk:cites",
    "gk:noteKind",
    "gk:question",
    "gk:fact",
    "gk:factSource",
    "gk:noteRange",
]
"""The properties that are kept.  Others, among them whole texts, runs and hashes, are passed over."""

_BASE = len(GKD)
_NAMES = {expand(name): name.removeprefix("gk:") for name in READ}


def collect(quads: Iterable["Quad"]) -> dict[str, Record]:
    """Gather the values of each subject by property.

    Subjects and resources of ours lose their base ("art-…", "certain"); other IRIs stay whole.  A literal is its text.  Values are
    sorted and free of doubles, so that neither the order of the quads nor the number of graphs a triple stands in shows.
    """
    from pyoxigraph import Literal

    records: dict[str, Record] = {}
    known: dict[str, str] = {}
    subject, record = "", Record()
    for quad in quads:
        name = _NAMES.get(quad.predicate.value)
        if name is None:
            continue
        node: str = quad.subject.value  # type: ignore[union-attr]
        # quads of one subject mostly come together
        if node != subject:
            subject = node
            record = records.setdefault(known.get(node) or known.setdefault(node, _strip(node)), {})
        term = quad.object
        # a quoted triple (RDF 1.2) has no value: it becomes a name that nothing has, and is passed over
        value: str = getattr(term, "value", "")
        if type(term) is not Literal:
            value = known.get(value) or known.setdefault(value, _strip(value))
        values = record.get(name)
        if values is None:
            record[name] = [value]
        elif value not in values:
            values.append(value)
    for record in records.values():
        for values in record.values():
            if len(values) > 1:
                values.sort()
    return records


def _strip(iri: str) -> str:
    if iri.startswith(GKD):
        return iri[_BASE:]
    return iri.removeprefix(GK)


def first(record: Record, name: str, default: str = "") -> str:
    """Return the first value of a property, or ``default``."""
    values = record.get(name)
    return values[0] if values else default


def optional(record: Record, name: str) -> str | None:
    """Return the first value of a property, or None."""
    values = record.get(name)
    return values[0] if values else None


def number(record: Record, name: str) -> float | None:
    """Return the first value of a property as a number, or None where it is none."""
    try:
        return float(record[name][0])
    except (KeyError, ValueError):
        return None


def offset(record: Record, name: str) -> int:
    """Return the first value of a property as an offset, -1 where it is none."""
    value = first(record, name)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


def char_range(value: str) -> tuple[int, int] | None:
    """Return "char=3,8" (RFC 5147) as (3, 8), None where it is something else."""
    begin, comma, end = value.removeprefix("char=").partition(",")
    if comma and value.startswith("char=") and begin.isascii() and begin.isdigit() and end.isascii() and end.isdigit():
        return (int(begin), int(end)) if int(begin) < int(end) else None
    return None
