"""What a record says, as far as support is concerned: who asserts which claim where, on whose word, and how it is linked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from graphkit.errors import ShapeViolation
from graphkit.model import Comparator, Rating
from graphkit.rdf.facts import Facts
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GK, GKD, GRAPH_ASSESSMENTS, GRAPH_DECISIONS, GRAPH_LINKS

if TYPE_CHECKING:
    from graphkit.store.record import Record

NOT_ARTICLES = frozenset({*DESCRIBING_GRAPHS, GRAPH_ASSESSMENTS, GRAPH_DECISIONS, GRAPH_LINKS, "graph-calibration"})
CERTAINTY = {"certain": 1.0, "probable": 0.8, "possible": 0.5, "underspecified": 0.6}
"""What a hedged assertion counts, set by hand: a hedge says that less is claimed, not that it is false."""
UNNAMED = 0.6
"""What an assertion on the word of an unnamed source counts."""
OPINIONS = frozenset({"evaluative", "normative"})
"""Types of claims that are nobody's to support."""


class HasRatings(Protocol):
    """Where ratings are looked up by domain."""

    def of_outlet(self, domain: str) -> Iterable[Rating]:
        """Return the ratings of an outlet."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One assertion, by local names.  ``speaker`` is the outlet's domain, or the article where no outlet is known.

    ``source`` is the named actor on whose word it is said, None for the outlet's own.  ``discounts`` are factors in [0, 1] with
    the words for them.
    """

    assertion: str
    claim: str
    wording: str
    article: str
    speaker: str
    has_outlet: bool
    begin: int
    end: int
    is_denial: bool
    claim_type: str
    published: str | None
    source: str | None = None
    quantity: tuple[Decimal, Comparator, str] | None = None
    discounts: tuple[tuple[float, str], ...] = ()

    @property
    def weight(self) -> float:
        """The product of the discounts."""
        product = 1.0
        for factor, _ in self.discounts:
            product *= factor
        return product


@dataclass(frozen=True, slots=True)
class Link:
    """A scored relation that matching found between claims, assertions or articles (local names)."""

    source: str
    target: str
    relation: str
    score: float


@dataclass(frozen=True, slots=True)
class Statements:
    """What a record's articles say or deny, by assertion; the links between them; the ratings of the outlets that speak.

    What a source leaves open is not among them.  ``versions`` are the versions of each imported set of ratings: what a later one no
    longer has is withdrawn.
    """

    statements: tuple[Statement, ...]
    links: tuple[Link, ...] = ()
    ratings: dict[str, tuple[Rating, ...]] = field(default_factory=dict)
    versions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def without(self, outlets: frozenset[str]) -> "Statements":
        """Return what would be there if some outlets (domains) had published nothing."""
        kept = tuple(one for one in self.statements if one.speaker not in outlets)
        ratings = {domain: rated for domain, rated in self.ratings.items() if domain not in outlets}
        return Statements(kept, self.links, ratings, self.versions)


def read_statements(record: "Record") -> Statements:
    """Read what a record's articles assert, the links between them, and the ratings of their outlets."""
    found: list[Statement] = []
    # by name, so that the links and the last assessments, by far the largest graphs, are not even unpacked
    for name in record.graph_names():
        if name not in NOT_ARTICLES and not name.startswith("graph-ratings-"):
            found += _statements(_facts(record.graph_nquads(name) or b""))
    speakers = sorted({one.speaker for one in found if one.has_outlet})
    rated = {domain: tuple(record.ratings.of_outlet(domain)) for domain in speakers}
    return Statements(
        tuple(sorted(found, key=lambda one: one.assertion)),
        read_links(record),
        {domain: ratings for domain, ratings in rated.items() if ratings},
        _versions(record),
    )


def _versions(record: "Record") -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in record.ratings.sets():
        found[one.name] = (*found.get(one.name, ()), one.version)
    return found


def read_links(record: "Record") -> tuple[Link, ...]:
    """Read the links that matching has written, by name."""
    return parse_links(record.graph_nquads(GRAPH_LINKS) or b"")


def parse_links(nquads: bytes) -> tuple[Link, ...]:
    """Return the links that canonical N-Quads hold, by name.

    They are by far the most lines of a record, so they are read by the line: parsing each into objects takes several times as long.

    Raises:
        ShapeViolation: A link has not one of each: ends, relation and score.
    """
    found: dict[bytes, dict[bytes, bytes]] = {}
    for line in nquads.split(b"\n"):
        if line.startswith(_LINK):
            node, predicate, rest = line.split(b" ", 2)
            if predicate in _OF_LINK:
                value = rest.split(b" ", 1)[0]
                if found.setdefault(node, {}).setdefault(predicate, value) != value:
                    raise ShapeViolation(f"{node.decode()} has several values of {predicate.decode()}, not one")
    return tuple(_link(node, found[node]) for node in sorted(found))


_LINK = f"<{GKD}link-".encode()
_OF_LINK = tuple(f"<{GK}{name}>".encode() for name in ("from", "to", "relation", "score"))


def _link(node: bytes, values: dict[bytes, bytes]) -> Link:
    if len(values) < len(_OF_LINK):
        raise ShapeViolation(f"{node.decode()} has not both ends, a relation and a score")
    source, target, relation, score = (values[predicate].decode() for predicate in _OF_LINK)
    ends = _local(source.strip("<>")), _local(target.strip("<>"))
    return Link(*ends, relation.strip("<>").removeprefix(GK), float(score.split('"')[1]))


def _facts(nquads: bytes) -> Facts:
    from graphkit.rdf.formats import FORMATS, parse

    return Facts(parse(nquads, FORMATS[".nq"], name="the record"))


def _local(iri: str) -> str:
    return iri.removeprefix(GKD)


def _statements(facts: Facts) -> Iterator[Statement]:
    for node in facts.having_object("rdf:type", GK + "Assertion"):
        if _is_left_open(facts, node):
            continue
        article = facts.one(node, "gk:inArticle")
        publisher = facts.maybe(article, "schema:publisher")
        source, is_unnamed = _source(facts, node)
        yield Statement(
            assertion=_local(node),
            claim=_local(facts.one(node, "gk:claim")),
            wording=facts.maybe(facts.one(node, "gk:claim"), "schema:text") or "",
            article=_local(article),
            speaker=_local(article) if publisher is None else facts.one(publisher, "gk:domain"),
            has_outlet=publisher is not None,
            begin=int(facts.one(node, "nif:beginIndex")),
            end=int(facts.one(node, "nif:endIndex")),
            is_denial=facts.maybe(node, "gk:polarity") == GK + "negative",
            claim_type=(facts.maybe(node, "gk:claimType") or "").removeprefix(GK),
            published=facts.maybe(article, "schema:datePublished"),
            source=source,
            quantity=_quantity(facts, node),
            discounts=tuple(_discounts(facts, node, is_unnamed=is_unnamed)),
        )


def _is_left_open(facts: Facts, node: str) -> bool:
    """Say whether a source doubts, asks or does not confirm it (``Assertion.is_left_open``): that speaks neither for nor against."""
    if facts.maybe(node, "gk:certainty") != GK + "underspecified" or facts.all(node, "gk:hedge"):
        return False
    nearest = (one for one in facts.all(node, "gk:attribution") if (facts.maybe(one, "gk:depth") or "1") == "1")
    return any(facts.all(one, "gk:sourceText") for one in nearest)


def _source(facts: Facts, node: str) -> tuple[str | None, bool]:
    """Return the one named source farthest from the author, and whether there are sources but none of them has a name."""
    depths: dict[str, int] = {}
    for attribution in facts.all(node, "gk:attribution"):
        who = facts.one(attribution, "gk:source")
        depths[who] = max(depths.get(who, 0), int(facts.maybe(attribution, "gk:depth") or 1))
    unnamed = GK + "AnonymousSource"
    named = sorted((-depth, who) for who, depth in depths.items() if unnamed not in facts.all(who, "rdf:type"))
    return (_local(named[0][1]) if named else None), bool(depths) and not named


def _quantity(facts: Facts, node: str) -> tuple[Decimal, Comparator, str] | None:
    quantities = facts.all(node, "gk:quantity")
    if len(quantities) != 1:
        return None
    comparator: Comparator = (facts.maybe(quantities[0], "gk:comparator") or "exactly").removeprefix(GK)  # type: ignore[assignment]
    return Decimal(facts.one(quantities[0], "gk:value")), comparator, facts.maybe(quantities[0], "gk:unit") or ""


def _discounts(facts: Facts, node: str, *, is_unnamed: bool) -> Iterator[tuple[float, str]]:
    certainty = CERTAINTY.get((facts.maybe(node, "gk:certainty") or "certain").removeprefix(GK), 1.0)
    if certainty < 1:
        yield certainty, "hedged"
    if is_unnamed:
        yield UNNAMED, "on the word of an unnamed source"
    confidence = facts.maybe(node, "gk:confidence")
    if confidence is not None and float(confidence) < 1:
        yield min(max(float(confidence), 0.0), 1.0), "extracted with some doubt"
