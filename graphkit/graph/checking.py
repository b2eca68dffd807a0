"""``graphkit check``: integrity and quality of a graph, as findings grouped by what they mean for a reader.

A *violation* means that the graph breaks its own rules; a *warning* that a reader should look before relying on something; an *info*
that something is not known.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphkit.graph.selecting import local_name, select

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graphkit.graph import Graph
    from graphkit.matching.circles import Circle
    from graphkit.store.record import Record

Severity = Literal["info", "warning", "violation"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "violation")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: how grave, by which rule, on what, in words, and the fact with its source it rests on."""

    severity: Severity
    rule: str
    subject: str
    message: str
    fact: str | None = None
    article: str | None = None


_NOTES = """
SELECT ?note ?kind ?question ?fact ?source ?article ?headline WHERE {
  ?note a gk:Note ; gk:noteKind ?kind ; gk:question ?question ; gk:fact ?fact ; gk:factSource ?source ; gk:inArticle ?article .
  ?article schema:headline ?headline }"""
_QUOTES = """
SELECT ?node ?article ?begin ?end ?quote WHERE {
  { ?node gk:inArticle|cito:hasCitingEntity ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?quote }
  UNION { ?node gk:cue ?quote ; gk:cueBegin ?begin ; gk:cueEnd ?end . ?as gk:attribution ?node ; gk:inArticle ?article }
  UNION { ?node gk:sourceText ?quote ; gk:sourceBegin ?begin ; gk:sourceEnd ?end . ?as gk:attribution ?node ; gk:inArticle ?article } }"""
_EDGES = "SELECT ?from ?to WHERE { ?f gk:citesOutlet ?t . ?f gk:domain ?from . ?t gk:domain ?to }"
_IDENTIFIERS = """
SELECT DISTINCT ?id WHERE { ?id a ?kind . VALUES ?kind {
  gk:Article gk:Claim gk:Assertion gk:Outlet gk:Person gk:Country gk:Organisation gk:Group gk:AnonymousSource } }"""
_UNRATED = """
SELECT ?domain WHERE {
  ?o a gk:Outlet ; gk:domain ?domain . { ?c gk:citedOutlet ?o } UNION { ?a schema:publisher ?o }
  FILTER NOT EXISTS { ?r gk:rates ?o } }"""
_GUESSES = """
SELECT ?c ?quote ?article ?headline WHERE {
  ?c gk:isGuess true ; nif:anchorOf ?quote ; cito:hasCitingEntity ?article . ?article schema:headline ?headline }"""


def check(graph: "Graph") -> list[Finding]:
    """Return all findings: gravest first, then by rule and subject."""
    store = graph.index()
    broken = [*_broken_rules(store), *_shifted_quotes(store, graph.texts())]
    # derivations are read from links and articles, which must be whole for it: what is broken is told first, and mended first
    is_whole = all(one.severity != "violation" for one in broken)
    found = [
        *broken,
        *_notes(store),
        *(_circles(store, graph.record) if is_whole else ()),
        *(_single_origins(store, graph.record) if is_whole else ()),
        *_dormant(store, graph.record),
        *_unrated(store),
        *_guesses(store),
    ]
    return sorted(set(found), key=lambda f: (-SEVERITIES.index(f.severity), f.rule, f.article or "", f.subject, f.message))


def _broken_rules(store: "Store") -> Iterator[Finding]:
    from graphkit.rdf.ontology.rules import check as check_rules

    for violation in check_rules(store):
        value = f" ({local_name(violation.value)})" if violation.value else ""
        severity: Severity = violation.severity  # type: ignore[assignment]
        yield Finding(severity, f"shape {violation.rule}", local_name(violation.node), violation.message + value)


def _shifted_quotes(store: "Store", texts: dict[str, str]) -> Iterator[Finding]:
    for row in select(store, _QUOTES):
        text = texts.get(row["article"] or "")
        begin, end = int(row["begin"] or 0), int(row["end"] or 0)
        if text is not None and text[begin:end] != row["quote"]:
            message = f"the quote is not what stands at {begin}–{end} of the text"
            yield Finding("violation", "span", row["node"] or "", message, article=row["article"])


def _notes(store: "Store") -> Iterator[Finding]:
    for row in select(store, _NOTES):
        fact = f"{row['fact']} (source: {row['source']})"
        yield Finding("warning", row["kind"] or "", row["headline"] or "", row["question"] or "", fact, row["article"])


def _circles(store: "Store", record: "Record") -> Iterator[Finding]:
    """Find what leans on itself with no way out: outlets that cite each other, and claims that go round among articles.

    A circle with a way out to an origin is a mutual citation, and harmless.
    """
    from graphkit.matching.circles import find_circles
    from graphkit.matching.circular import find_circular

    for circle in find_circles((row["from"] or "", row["to"] or "") for row in select(store, _EDGES)):
        subject, loop = ", ".join(circle.members), " cites ".join(circle.loop)
        if circle.is_closed:
            yield Finding("warning", "circle", subject, f"the outlets lean on each other, and on nobody else: {loop}")
        else:
            yield Finding("info", "mutual", subject, f"the outlets cite each other, and others too: {loop}")
    headlines = {row.name: row.headline for row in record.articles()}
    claims: defaultdict[Circle, int] = defaultdict(int)
    for one in find_circular(record):
        claims[one.circle] += 1
    for circle, number in claims.items():
        named = [_named(name, headlines) for name in circle.loop]
        subject, loop = ", ".join(_named(name, headlines) for name in circle.members), " has it from ".join(named)
        counted = f"{number} claim{'s' if number > 1 else ''}"
        if circle.is_closed:
            yield Finding("warning", "circle", subject, f"{counted} go in a circle, with no origin outside: {loop}")
        else:
            yield Finding("info", "mutual", subject, f"{counted} are passed both ways, and come from outside too: {loop}")


def _single_origins(store: "Store", record: "Record") -> Iterator[Finding]:
    """Find claims that many outlets carry and one origin stands behind; a person who spoke to many is less of a worry."""
    from graphkit.graph.single_origins import find_single_origins

    for one in find_single_origins(store, record):
        severity: Severity = "info" if one.origin.kind == "speaker" else "warning"
        message = f"{len(one.outlets)} outlets carry this, and all go back to one origin: {one.origin.label}"
        yield Finding(severity, "singleOrigin", one.wording, message, f"carried by {', '.join(one.outlets)}")


def _named(name: str, headlines: dict[str, str]) -> str:
    return f"“{headlines[name]}”" if name in headlines else name.removeprefix("outlet-")


def _dormant(store: "Store", record: "Record") -> Iterator[Finding]:
    """Find decisions about things that are no longer in the graph: they are kept, and hold again when the things come back."""
    from graphkit.graph.deciding import decisions_in_force

    known = {row["id"] for row in select(store, _IDENTIFIERS)}
    for number, decision in decisions_in_force(record):
        ends = [decision.target, *([decision.value] if decision.kind in {"merge", "split", "derivedFrom"} else [])]
        for name in ends:
            if name not in known:
                yield Finding(
                    "info", "dormant", name, f"decision {number} ({decision.kind}) is of something that is not in the graph"
                )


def _unrated(store: "Store") -> Iterator[Finding]:
    for row in select(store, _UNRATED):
        yield Finding("info", "unrated", row["domain"] or "", "no rating of this outlet is in this graph")


def _guesses(store: "Store") -> Iterator[Finding]:
    for row in select(store, _GUESSES):
        message = "this reading of a list of sources is a guess: another one is nearly as likely"
        yield Finding("warning", "guess", row["quote"] or "", message, article=row["article"])


def grouped(findings: list[Finding]) -> dict[tuple[Severity, str], list[Finding]]:
    """Return findings by severity and rule, in their order."""
    groups: defaultdict[tuple[Severity, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.severity, finding.rule].append(finding)
    return dict(groups)
