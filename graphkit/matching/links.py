"""Matches as RDF: one ``gk:Link`` each, with score, method, evidence and run, in ``graph-links``, which is replaced whole."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from graphkit.matching import meanings, rarity
from graphkit.matching.accounts import Account, read_account
from graphkit.matching.copies import SharedText
from graphkit.matching.decided import read_decided
from graphkit.matching.derivation import Edge
from graphkit.matching.matching import StoryMatches
from graphkit.matching.pairs import scoring
from graphkit.model import Span
from graphkit.rdf import identifiers, terms
from graphkit.rdf.namespaces import GRAPH_LINKS, GRAPH_RUNS
from graphkit.rdf.terms import resource, term

if TYPE_CHECKING:
    from graphkit.store.record import Record

PROCESS = "graphkit matching"
CONFLICT_PRECISION = 0.31
"""Of the conflicts of numbers told on texts that no rule was written with, 4 of 13 were ones (the model card says which texts)."""
KEPT_SUFFIX = ".matching"
"""The end of the name of the file beside a record in which is kept what matching found."""
HELD_ARTICLES = 5_000
"""How many articles are held in memory while a record is matched: some 200 MB."""


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


def compute_links(record: "Record", *, without: Collection[str] = ()) -> bytes:
    """Return ``graph-links`` as sorted canonical N-Quads: a pure function of the articles and decisions of the record.

    What an earlier call found is kept in a file beside the record, and used where nothing that decides it has changed.

    Args:
        record: The record.
        without: Outlets (domains) whose articles are left out, as if they had never been added.

    Raises:
        ShapeViolation: A graph of the record is not as the shapes ask.
        DamagedPart: A table of the package is not as it was packaged.
    """
    from graphkit.matching.kept import Kept
    from graphkit.matching.matcher import Matcher
    from graphkit.matching.traits import Traits, traits_of

    kept = Kept(record.path.with_name(record.path.name + KEPT_SUFFIX))
    held: dict[str, Account] = {}

    def load(names: Collection[str]) -> Iterator[Account]:
        for name in names:
            yield held[name] if name in held else read_account(record, name)

    def articles() -> Iterator[Traits]:
        for name in sorted(row.name for row in record.articles()):
            digest = sha256(
                repr((run(), name)).encode() + (record.graph_nquads(identifiers.article_graph(name)) or b"")
            ).hexdigest()
            traits = kept.traits(digest)
            if traits is None:
                account = read_account(record, name)
                traits = traits_of(account, digest)
                kept.keep_traits(digest, traits)
                if len(held) < HELD_ARTICLES:
                    held[name] = account
            if traits.imprint.outlet not in without:
                yield traits

    matcher = Matcher(load, read_decided(record), kept)
    matcher.fill(articles())
    # what stays away now is there again next time, and is not to be forgotten
    kept.close(is_whole=not without)
    return links_to_nquads(matcher.links())


def article_links(shared: Iterable[SharedText], edges: Sequence[Edge], known: Collection[str]) -> Iterator[Link]:
    """Yield the links between articles: shared text, and who has it from whom."""
    yield from _texts(shared, edges)
    yield from _derivations(edges, known)


def story_links(matches: StoryMatches, accounts: Sequence[Account]) -> Iterator[Link]:
    """Yield the links between the assertions of one story, and its rewrites."""
    by_assertion = {name: account for account in accounts for name in account.assertions}
    yield from _same_claims(matches, by_assertion)
    yield from _numbers(matches)
    yield from _derivations((edge for edge in matches.edges if edge.kind == "rewrite"), {account.name for account in accounts})
    yield from _derived_assertions(matches, by_assertion)


def joined(links: Iterable[Link]) -> list[Link]:
    """Return the links sorted, of several of one relation between two nodes the surest, with the methods of all."""
    best: dict[tuple[str, str, str], Link] = {}
    for link in links:
        key = link.source, link.target, link.relation
        best[key] = link if key not in best else _both(best[key], link)
    return [best[key] for key in sorted(best)]


def _both(one: Link, two: Link) -> Link:
    """Return the surer of two links between the same nodes, with the methods of both."""
    better, other = sorted(
        (one, two), key=lambda link: (-link.score, _place(link.source_span), _place(link.target_span), link.method)
    )
    methods = dict.fromkeys([*better.method.split("; "), *other.method.split("; ")])
    return replace(better, method="; ".join(sorted(methods)))


def _place(span: Span | None) -> tuple[int, int]:
    return (-1, -1) if span is None else (span.begin, span.end)


def _same_claims(matches: StoryMatches, by_assertion: Mapping[str, Account]) -> Iterator[Link]:
    claims = {
        name: identifiers.claim(by_assertion[name].assertions[name].claim, by_assertion[name].annotation.article.language)
        for name in {name for pair in matches.scores for name in pair}
    }
    for (one, two), score in matches.scores.items():
        spans = [by_assertion[name].assertions[name].span for name in (one, two)]
        yield Link(one, two, "supports", score, "same claim", *spans)
        first, second = sorted((claims[one], claims[two]))
        if first != second:
            yield Link(first, second, "sameClaim", score, "same claim")


def _numbers(matches: StoryMatches) -> Iterator[Link]:
    for found in matches.numbers:
        if found.relation in {"conflicts", "undated"}:
            method = (
                "numbers conflict, possibly"
                if found.relation == "conflicts"
                else "numbers conflict, possibly: a date is missing"
            )
            yield Link(found.one, found.two, "contradicts", CONFLICT_PRECISION, method, found.span_one, found.span_two)
        elif found.relation == "agrees" and found.is_exact:
            yield Link(found.one, found.two, "supports", 0.8, "same figure", found.span_one, found.span_two)
        elif found.relation == "partOf":
            yield Link(found.one, found.two, "supports", 0.9, "numbers add up", found.span_one, found.span_two)


def _texts(shared: Iterable[SharedText], edges: Iterable[Edge]) -> Iterator[Link]:
    directed = {frozenset((edge.taker, edge.giver)) for edge in edges if edge.kind in {"copy", "decision"}}
    for pair in shared:
        if pair.label in {"copy", "sharesText"} and frozenset((pair.one, pair.two)) not in directed:
            yield Link(pair.one, pair.two, "sharesText", min(1.0, pair.containment), pair.label, *pair.spans)


def _derivations(edges: Iterable[Edge], known: Collection[str]) -> Iterator[Link]:
    for edge in edges:
        if edge.taker not in known or (edge.giver.startswith("art-") and edge.giver not in known) or edge.kind == "list":
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


def _derived_assertions(matches: StoryMatches, by_assertion: Mapping[str, Account]) -> Iterator[Link]:
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
    for table in sorted((meanings.TABLE, rarity.TABLE, scoring.TABLE)):
        digest.update(table.encode() + b"\0" + (files(__package__) / "tables" / table).read_bytes())
    options = "sha256:" + digest.hexdigest()
    return identifiers.run(PROCESS, __version__, options), __version__, options


def links_to_nquads(links: Iterable[Link]) -> bytes:
    """Return links as sorted canonical N-Quads, with the description of their run."""
    graph, (name, version, options) = resource(GRAPH_LINKS), run()
    # all lines of one subject are one block: to sort blocks takes half the memory that sorting lines does
    blocks: set[bytes] = set()
    for link in links:
        node = resource(identifiers.link(link.source, link.target, link.relation))
        ends = resource(link.source), resource(link.target)
        relation = term(f"gk:{link.relation}")
        blocks.add(f"{ends[0]} {relation} {ends[1]} {graph} .\n".encode())
        properties = [
            ("rdf:type", term("gk:Link")), ("gk:from", ends[0]), ("gk:to", ends[1]), ("gk:relation", relation),
            ("gk:score", terms.score(link.score)), ("gk:method", terms.text(link.method)), ("prov:wasGeneratedBy", resource(name)),
            *[("gk:fromRange", _range(link.source_span))][: link.source_span is not None],
            *[("gk:toRange", _range(link.target_span))][: link.target_span is not None],
        ]  # fmt: skip
        blocks.add(_block(node, properties, graph))
    if blocks:
        described = [
            ("rdf:type", term("gk:Run")), ("rdfs:label", terms.text(PROCESS)), ("gk:softwareVersion", terms.text(version)),
            ("gk:options", terms.text(options)),
        ]  # fmt: skip
        blocks.add(_block(resource(name), described, resource(GRAPH_RUNS)))
    return b"".join(sorted(blocks))


def _block(subject: str, properties: Iterable[tuple[str, str]], graph: str) -> bytes:
    return "".join(sorted(f"{subject} {term(predicate)} {value} {graph} .\n" for predicate, value in properties)).encode()


def _range(span: Span | None) -> str:
    """Return a span of code points as a fragment identifier for plain text (RFC 5147)."""
    return terms.text("" if span is None else f"char={span.begin},{span.end}")
