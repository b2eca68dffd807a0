"""Matches as RDF: one ``gk:Link`` each, with score, method, evidence and run, in ``graph-links``, which is replaced whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from graphkit.matching.accounts import Account, read_accounts
from graphkit.matching.decided import read_decided
from graphkit.matching.derivation import Edge
from graphkit.matching.matching import Matches, match
from graphkit.model import Span
from graphkit.rdf import identifiers, terms
from graphkit.rdf.namespaces import GRAPH_LINKS, GRAPH_RUNS
from graphkit.rdf.terms import resource, term

if TYPE_CHECKING:
    from graphkit.store.record import Record

PROCESS = "graphkit matching"


@dataclass(frozen=True, slots=True)
class Link:
    """One relation between two nodes by local name, with its score, how it was found, and the evidence in each one's article."""

    source: str
    target: str
    relation: str
    score: float
    method: str
    source_span: Span | None = None
    target_span: Span | None = None


def compute_links(record: "Record") -> bytes:
    """Return ``graph-links`` as sorted canonical N-Quads: a pure function of the articles and decisions of the record.

    Raises:
        ShapeViolation: A graph of the record is not as the shapes ask.
        DamagedPart: A table of the package is not as it was packaged.
    """
    accounts = tuple(read_accounts(record))
    return links_to_nquads(links_of(match(accounts, read_decided(record, accounts)), accounts))


def links_of(matches: Matches, accounts: Sequence[Account]) -> list[Link]:
    """Return the links that matches make; of several of one relation between two nodes the surest, with the methods of all."""
    by_name = {account.name: account for account in accounts}
    by_assertion = {name: account for account in accounts for name in account.assertions}
    best: dict[tuple[str, str, str], Link] = {}
    for link in (
        *_same_claims(matches, by_assertion),
        *_numbers(matches),
        *_texts(matches),
        *_derivations(matches.edges, by_name),
        *_derived_assertions(matches, by_assertion),
    ):
        key = link.source, link.target, link.relation
        best[key] = link if key not in best else _both(best[key], link)
    return [best[key] for key in sorted(best)]


def _both(one: Link, two: Link) -> Link:
    """Return the surer of two links between the same nodes, with the methods of both."""
    better, other = sorted((one, two), key=lambda link: (-link.score, link.method))
    methods = dict.fromkeys([*better.method.split("; "), *other.method.split("; ")])
    return replace(better, method="; ".join(sorted(methods)))


def _same_claims(matches: Matches, by_assertion: Mapping[str, Account]) -> Iterator[Link]:
    for (one, two), score in matches.scores.items():
        spans = [by_assertion[name].assertions[name].span for name in (one, two)]
        yield Link(one, two, "supports", score, "same claim", *spans)
        first, second = sorted(
            identifiers.claim(by_assertion[name].assertions[name].claim, by_assertion[name].annotation.article.language)
            for name in (one, two)
        )
        if first != second:
            yield Link(first, second, "sameClaim", score, "same claim")


def _numbers(matches: Matches) -> Iterator[Link]:
    scores = {"conflicts": 0.7, "undated": 0.5}
    for found in matches.numbers:
        if found.relation in scores:
            method = "numbers conflict" if found.relation == "conflicts" else "numbers differ, a date is missing"
            yield Link(found.one, found.two, "contradicts", scores[found.relation], method, found.span_one, found.span_two)
        elif found.relation == "partOf":
            yield Link(found.one, found.two, "supports", 0.9, "numbers add up", found.span_one, found.span_two)


def _texts(matches: Matches) -> Iterator[Link]:
    directed = {frozenset((edge.taker, edge.giver)) for edge in matches.edges if edge.kind in {"copy", "decision"}}
    for pair in matches.shared:
        if pair.label in {"copy", "sharesText"} and frozenset((pair.one, pair.two)) not in directed:
            yield Link(pair.one, pair.two, "sharesText", min(1.0, pair.containment), pair.label, *pair.spans)


def _derivations(edges: Iterable[Edge], by_name: Mapping[str, Account]) -> Iterator[Link]:
    for edge in edges:
        if edge.taker not in by_name or (edge.giver.startswith("art-") and edge.giver not in by_name) or edge.kind == "list":
            continue
        relation = "cites" if edge.kind == "link" else "derivedFrom"
        method = {"rewrite": "likely rewrite", "decision": "decided"}.get(edge.kind, edge.kind)
        yield Link(
            edge.taker,
            edge.giver,
            relation,
            edge.confidence,
            f"{method}, of a later text" if edge.is_later else method,
            edge.span,
            edge.giver_span,
        )


def _derived_assertions(matches: Matches, by_assertion: Mapping[str, Account]) -> Iterator[Link]:
    """Yield, for articles of which one derives from the other, the assertions of one claim."""
    derived = {
        (edge.taker, edge.giver): edge
        for edge in matches.edges
        if edge.kind in {"copy", "rewrite", "decision"} and not edge.is_later
    }
    for pair in matches.scores:
        for one, two in (pair, pair[::-1]):
            edge = derived.get((by_assertion[one].name, by_assertion[two].name))
            if edge is not None:
                method = {"rewrite": "likely rewrite", "decision": "decided"}.get(edge.kind, edge.kind)
                spans = by_assertion[one].assertions[one].span, by_assertion[two].assertions[two].span
                yield Link(one, two, "derivedFrom", edge.confidence, method, *spans)


@cache
def run() -> tuple[str, str, str]:
    """Return the name, version and options (a digest of the packaged tables) of this run; never when it ran."""
    from graphkit import __version__

    digest = sha256()
    for table in sorted((files(__package__) / "tables").iterdir(), key=lambda one: one.name):
        digest.update(table.name.encode() + b"\0" + table.read_bytes())
    options = "sha256:" + digest.hexdigest()
    return identifiers.run(PROCESS, __version__, options), __version__, options


def links_to_nquads(links: Iterable[Link]) -> bytes:
    """Return links as sorted canonical N-Quads, with the description of their run."""
    graph, (name, version, options) = resource(GRAPH_LINKS), run()
    lines: set[str] = set()
    for link in links:
        node = resource(identifiers.link(link.source, link.target, link.relation))
        ends = resource(link.source), resource(link.target)
        relation = term(f"gk:{link.relation}")
        lines.add(f"{ends[0]} {relation} {ends[1]} {graph} .\n")
        properties = [
            ("rdf:type", term("gk:Link")), ("gk:from", ends[0]), ("gk:to", ends[1]), ("gk:relation", relation),
            ("gk:score", terms.score(link.score)), ("gk:method", terms.text(link.method)), ("prov:wasGeneratedBy", resource(name)),
            *[("gk:fromRange", _range(link.source_span))][: link.source_span is not None],
            *[("gk:toRange", _range(link.target_span))][: link.target_span is not None],
        ]  # fmt: skip
        lines.update(f"{node} {term(predicate)} {value} {graph} .\n" for predicate, value in properties)
    if lines:
        described = (
            ("rdf:type", term("gk:Run")), ("rdfs:label", terms.text(PROCESS)), ("gk:softwareVersion", terms.text(version)),
            ("gk:options", terms.text(options)),
        )  # fmt: skip
        lines.update(f"{resource(name)} {term(predicate)} {value} {resource(GRAPH_RUNS)} .\n" for predicate, value in described)
    return "".join(sorted(lines)).encode()


def _range(span: Span | None) -> str:
    """Return a span of code points as a fragment identifier for plain text (RFC 5147)."""
    return terms.text("" if span is None else f"char={span.begin},{span.end}")
