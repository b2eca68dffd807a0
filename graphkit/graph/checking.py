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
    found = [
        *_broken_rules(store),
        *_shifted_quotes(store, graph.texts()),
        *_notes(store),
        *_circles(store),
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


def _circles(store: "Store") -> Iterator[Finding]:
    """Find outlets that cite themselves through others: strongly connected components of the citation graph."""
    import networkx

    edges = networkx.DiGraph((row["from"], row["to"]) for row in select(store, _EDGES))
    for component in networkx.strongly_connected_components(edges):
        if len(component) > 1:
            loop = networkx.find_cycle(edges.subgraph(sorted(component)))
            spelled = " cites ".join([*(step[0] for step in loop), loop[0][0]])
            yield Finding("warning", "circle", ", ".join(sorted(component)), f"the outlets lean on each other: {spelled}")


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
