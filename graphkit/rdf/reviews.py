"""Reviews ⇄ quads: what fact-checkers say of claims, each fact-checker in a graph of its own.

A review is named by its address and its claim, because one page may review several claims.  The claim is a claim like any other:
where an article says exactly the same, it is the same node; in other words, matching links the two.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from graphkit.errors import ShapeViolation
from graphkit.rdf import identifiers, terms
from graphkit.rdf.facts import Facts
from graphkit.rdf.namespaces import GK, GRAPH_SHARED
from graphkit.rdf.terms import resource, term

if TYPE_CHECKING:
    from pyoxigraph import Quad

NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class Review:
    """One fact-checker's word on one claim.

    ``publisher`` is a registrable domain, ``language`` a primary subtag (BCP 47), dates are ISO 8601 days.  ``verdict`` is what the
    rating is called ("Misleading"), ``value`` its number as printed, between ``worst`` and ``best``: words, numbers, or both.
    """

    url: str
    claim: str
    publisher: str
    language: str = "en"
    verdict: str | None = None
    value: str | None = None
    worst: str | None = None
    best: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    claimant: str | None = None
    claimed_on: str | None = None
    appearances: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The local name of the review."""
        return identifiers.review(self.url, identifiers.claim(self.claim, self.language))


def reviews_to_nquads(reviews: Iterable[Review]) -> dict[str, bytes]:
    """Map reviews to sorted canonical N-Quads by the local name of their graph, one graph a fact-checker.

    Raises:
        ShapeViolation: Two different reviews have one address and claim, or an address makes no IRI.
        UnreadableInput: A publisher is no domain name.
    """
    made: dict[str, Review] = {}
    lines: defaultdict[str, set[str]] = defaultdict(set)
    for one in reviews:
        if made.setdefault(one.name, one) != one:
            raise ShapeViolation(f"{one.url} says two things of one claim: {one.claim[:80]!r}")
        graph = identifiers.reviews_graph(one.publisher)
        lines[graph].update(_lines(one, graph))
    return {graph: "".join(sorted(found)).encode() for graph, found in sorted(lines.items())}


def _lines(one: Review, graph: str) -> Iterable[str]:
    node, claim, outlet = resource(one.name), identifiers.claim(one.claim, one.language), identifiers.outlet(one.publisher)
    address = terms.address(one.url)
    if address is None:
        raise ShapeViolation(f"{one.url[:200]!r} is no address of a review")
    own = [
        ("rdf:type", term("gk:Review")),
        ("gk:reviews", resource(claim)),
        ("gk:reviewedBy", resource(outlet)),
        ("schema:url", address),
        ("schema:inLanguage", terms.text(one.language)),
        *([] if address == f"<{one.url}>" else [("gk:writtenAddress", terms.text(one.url))]),
        *((predicate, terms.text(words)) for predicate, words in (("gk:verdict", one.verdict), ("gk:claimant", one.claimant)) if words),
        *_number("schema:ratingValue", one.value),
        *_number("schema:worstRating", one.worst),
        *_number("schema:bestRating", one.best),
        *(("schema:author", terms.text(name)) for name in one.authors),
        *((predicate, terms.day(day)) for predicate, day in (("schema:datePublished", one.published), ("gk:claimDate", one.claimed_on)) if day),
        *(("gk:appearance", found) for found in map(terms.address, one.appearances) if found),
    ]  # fmt: skip
    for predicate, value in own:
        yield f"{node} {term(predicate)} {value} {resource(graph)} .\n"
    language = terms.language_tag(one.language)
    described = (
        (claim, "rdf:type", term("gk:Claim")),
        (claim, "schema:text", terms.text(identifiers.canonical_wording(one.claim), language)),
        (outlet, "rdf:type", term("gk:Outlet")),
        (outlet, "gk:domain", terms.text(outlet.removeprefix("outlet-"))),
    )
    for name, predicate, value in described:
        yield f"{resource(name)} {term(predicate)} {value} {resource(GRAPH_SHARED)} .\n"


def _number(predicate: str, printed: str | None) -> list[tuple[str, str]]:
    if printed is None or not NUMBER.fullmatch(printed):
        return []
    return [(predicate, terms.decimal(Decimal(printed)))]


def reviews_from_quads(quads: "Iterable[Quad]") -> tuple[Review, ...]:
    """Return the reviews that quads hold, by publisher, address and claim.

    Raises:
        ShapeViolation: Something that the shapes require is missing.
    """
    facts = Facts(quads)
    found = [_read(facts, node) for node in facts.having_object("rdf:type", GK + "Review")]
    return tuple(sorted(found, key=lambda one: (one.publisher, one.url, one.claim)))


def _read(facts: Facts, node: str) -> Review:
    claim = facts.one(node, "gk:reviews")
    return Review(
        url=facts.maybe(node, "gk:writtenAddress") or facts.one(node, "schema:url"),
        claim=facts.one(claim, "schema:text"),
        publisher=facts.one(facts.one(node, "gk:reviewedBy"), "gk:domain"),
        language=facts.one(node, "schema:inLanguage"),
        verdict=facts.maybe(node, "gk:verdict"),
        value=facts.maybe(node, "schema:ratingValue"),
        worst=facts.maybe(node, "schema:worstRating"),
        best=facts.maybe(node, "schema:bestRating"),
        authors=tuple(facts.all(node, "schema:author")),
        published=facts.maybe(node, "schema:datePublished"),
        claimant=facts.maybe(node, "gk:claimant"),
        claimed_on=facts.maybe(node, "gk:claimDate"),
        appearances=tuple(facts.all(node, "gk:appearance")),
    )
