"""Ratings ⇄ quads: each rating set in a graph of its own, so that a licence can be honoured by dropping one graph."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from graphkit.errors import InputError, ShapeViolation
from graphkit.model import Rating
from graphkit.rdf import identifiers, terms
from graphkit.rdf.facts import Facts
from graphkit.rdf.namespaces import GK, GRAPH_REFERENCE, GRAPH_SHARED
from graphkit.rdf.terms import resource, term

if TYPE_CHECKING:
    from pyoxigraph import Quad

DIMENSIONS = ("reliability", "leaning", "transparency", "stateControl", "category")
"""What a scale may measure: the ontology's code list."""
_TRUE = terms.boolean(value=True)
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a rater's scale, as numbers where it has them; ``worst`` may be the larger one."""

    worst: Decimal | None = None
    best: Decimal | None = None


def ratings_to_nquads(ratings: Iterable[Rating], scales: Mapping[str, Scale] | None = None) -> bytes:
    """Map ratings to sorted canonical N-Quads: a graph for each set, and the description of outlets, raters and scales.

    A value that is a number is written as one, and beside it as printed where that differs; any other value as it is.

    Args:
        ratings: What raters say; ``dimension`` one of ``DIMENSIONS``.
        scales: The ends of the scales, by ``Rating.scale``.

    Raises:
        InputError: A dimension is unknown.
        ShapeViolation: Two different ratings have one key (outlet, rater, date, scale, scope, version).
        UnreadableInput: An outlet is no domain name.
    """
    made: dict[str, Rating] = {}
    for rating in ratings:
        node = resource(_name(rating))
        known = made.setdefault(node, rating)
        if known is not rating and known != rating:
            what = f"{rating.rater} rates {rating.outlet} twice on {rating.rated_on} ({rating.scale})"
            raise ShapeViolation(what, hint="a later version of a set needs a version, a part of an outlet a scope")
    rendered = {node: _rating_lines(node, rating).encode() for node, rating in made.items()}
    rendered |= _described(made.values(), scales or {})
    # the lines of a node stand together when all are sorted: nodes are sorted and not lines, for there are ten times fewer
    return b"".join([rendered[node] for node in sorted(rendered)])


def _described(ratings: Iterable[Rating], scales: Mapping[str, Scale]) -> dict[str, bytes]:
    """Return the lines of the sets, raters, scales and outlets that ratings name, by node."""
    no_scale = Scale()
    lines: set[str] = set()
    for name in {one.rating_set for one in ratings}:
        lines.update(_set_lines(name))
    for name in {one.outlet for one in ratings}:
        lines.update(_outlet_lines(name))
    for rater, scale, dimension, family in {(one.rater, one.scale, one.dimension, one.family) for one in ratings}:
        lines.update(_reference_lines(rater, scale, dimension, family, scales.get(scale, no_scale)))
    found: dict[str, bytes] = {}
    for line in sorted(lines):
        node = line.partition(" ")[0]
        found[node] = found.get(node, b"") + line.encode()
    return found


def ratings_to_quads(ratings: Iterable[Rating], scales: Mapping[str, Scale] | None = None) -> "list[Quad]":
    """Map ratings to quads, in the order of ``ratings_to_nquads``, whose errors it raises."""
    from pyoxigraph import RdfFormat, parse

    return list(parse(ratings_to_nquads(ratings, scales), format=RdfFormat.N_QUADS))


def ratings_from_quads(quads: "Iterable[Quad]") -> tuple[Rating, ...]:
    """Return the ratings that quads hold, by set, outlet, rater, scale, date, scope and version.

    Raises:
        ShapeViolation: Something that the shapes require is missing.
    """
    facts = Facts(quads)
    found = [_read(facts, node) for node in facts.having_object("rdf:type", GK + "Rating")]
    return tuple(
        sorted(found, key=lambda one: (one.rating_set, one.outlet, one.rater, one.scale, one.rated_on, one.scope, one.version))
    )


def _name(rating: Rating) -> str:
    outlet, rater = identifiers.outlet(rating.outlet), identifiers.rater(rating.rater)
    return identifiers.rating(outlet, rater, rating.rated_on, identifiers.scale(rating.scale), rating.scope, rating.version)


def _rating_lines(node: str, rating: Rating) -> str:
    """Return the lines of one rating, in the order of their predicates; what whole sets share is written once and kept."""
    graph = resource(identifiers.ratings_graph(rating.rating_set))
    head, version, scale, of_set = _common(
        rating.rating_set, rating.scale, rating.rater, rating.rated_on, licence=rating.licence, version=rating.version
    )
    number, printed = _value(rating.value, graph)
    address, written = _page(rating.url, graph)
    endings = (
        *head,
        number,
        *address,
        *version,
        *((_ending("gk:imputed", _TRUE, graph),) if rating.imputed else ()),
        *((_normalised(rating.normalised, graph),) if rating.normalised is not None else ()),
        scale,
        *printed,
        _rates(rating.outlet, graph),
        of_set,
        *((_ending("gk:scope", terms.text(rating.scope), graph),) if rating.scope else ()),
        *written,
    )
    return node.join(("", *endings))


def _ending(predicate: str, value: str, graph: str) -> str:
    return f" {term(predicate)} {value} {graph} .\n"


@lru_cache(maxsize=1024)
def _common(
    rating_set: str, scale: str, rater: str, rated_on: str, *, licence: str, version: str
) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    """Return the endings of the lines that ratings of one set, scale, rater, day and version have in common, in four places."""
    graph = resource(identifiers.ratings_graph(rating_set))
    head = (
        _ending("rdf:type", term("gk:Rating"), graph),
        _ending("schema:author", resource(identifiers.rater(rater)), graph),
        _ending("schema:dateCreated", terms.day(rated_on), graph),
        *((_ending("schema:license", terms.text(licence), graph),) if licence else ()),
    )
    of_version = (_ending("schema:version", terms.text(version), graph),) if version else ()
    on_scale = _ending("gk:onScale", resource(identifiers.scale(scale)), graph)
    return head, of_version, on_scale, _ending("gk:ratingSet", graph, graph)


@lru_cache(maxsize=1024)
def _value(printed: str, graph: str) -> tuple[str, tuple[str, ...]]:
    """Return the line of a value, and, where it is a number that is printed otherwise, the line of how."""
    if not _NUMBER.fullmatch(printed):
        return _ending("schema:ratingValue", terms.text(printed), graph), ()
    number = terms.decimal(Decimal(printed))
    shown = () if number.startswith(f'"{printed}"') else (_ending("gk:printedValue", terms.text(printed), graph),)
    return _ending("schema:ratingValue", number, graph), shown


@lru_cache(maxsize=1024)
def _normalised(value: Decimal, graph: str) -> str:
    return _ending("gk:normalised", terms.decimal(value), graph)


# one outlet has some ratings of a set, one after the other, and one page speaks for all of them
@lru_cache(maxsize=64)
def _rates(outlet: str, graph: str) -> str:
    return _ending("gk:rates", resource(identifiers.outlet(outlet)), graph)


@lru_cache(maxsize=64)
def _page(url: str | None, graph: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the line of an address, and the line of how it was written, where there is one and where it differs."""
    if not url:
        return (), ()
    address = terms.address(url)
    written = () if address == f"<{url}>" else (_ending("gk:writtenAddress", terms.text(url), graph),)
    return () if address is None else (_ending("schema:url", address, graph),), written


@lru_cache(maxsize=256)
def _set_lines(rating_set: str) -> tuple[str, ...]:
    graph = resource(identifiers.ratings_graph(rating_set))
    about = ((term("rdf:type"), term("gk:RatingSet")), (term("rdfs:label"), terms.text(rating_set)))
    return tuple(f"{graph} {predicate} {value} {graph} .\n" for predicate, value in about)


@lru_cache(maxsize=1024)
def _reference_lines(rater_name: str, scale_name: str, dimension: str, family: str, scale: Scale) -> tuple[str, ...]:
    """Return the description of a rater and a scale."""
    if dimension not in DIMENSIONS:
        raise InputError(f"{dimension!r} is no dimension of a rating", hint=f"one of {', '.join(DIMENSIONS)}")
    rater, measure = resource(identifiers.rater(rater_name)), resource(identifiers.scale(scale_name))
    triples = [
        (rater, "rdf:type", term("gk:Rater")),
        (rater, "rdfs:label", terms.text(rater_name)),
        (measure, "rdf:type", term("gk:Scale")),
        (measure, "rdfs:label", terms.text(scale_name)),
        (measure, "gk:dimension", term("gk:" + dimension)),
    ]
    if family:
        triples.append((rater, "gk:family", terms.text(family)))
    ends = (("schema:worstRating", scale.worst), ("schema:bestRating", scale.best))
    triples += [(measure, predicate, terms.decimal(end)) for predicate, end in ends if end is not None]
    graph = resource(GRAPH_REFERENCE)
    return tuple(f"{subject} {term(predicate)} {value} {graph} .\n" for subject, predicate, value in triples)


def _outlet_lines(domain: str) -> tuple[str, ...]:
    outlet, shared = identifiers.outlet(domain), resource(GRAPH_SHARED)
    node = resource(outlet)
    return (
        f"{node} {term('rdf:type')} {term('gk:Outlet')} {shared} .\n",
        f"{node} {term('gk:domain')} {terms.text(outlet.removeprefix('outlet-'))} {shared} .\n",
    )


def _read(facts: Facts, node: str) -> Rating:
    scale, rater = facts.one(node, "gk:onScale"), facts.one(node, "schema:author")
    normalised = facts.maybe(node, "gk:normalised")
    return Rating(
        outlet=facts.one(facts.one(node, "gk:rates"), "gk:domain"),
        rating_set=facts.one(facts.one(node, "gk:ratingSet"), "rdfs:label"),
        rater=facts.one(rater, "rdfs:label"),
        value=facts.maybe(node, "gk:printedValue") or facts.one(node, "schema:ratingValue"),
        scale=facts.one(scale, "rdfs:label"),
        dimension=facts.one(scale, "gk:dimension").removeprefix(GK),
        rated_on=facts.one(node, "schema:dateCreated"),
        scope=facts.maybe(node, "gk:scope") or "",
        normalised=None if normalised is None else Decimal(normalised),
        imputed=facts.maybe(node, "gk:imputed") == "true",
        version=facts.maybe(node, "schema:version") or "",
        licence=facts.maybe(node, "schema:license") or "",
        family=facts.maybe(rater, "gk:family") or "",
        url=facts.maybe(node, "gk:writtenAddress") or facts.maybe(node, "schema:url"),
    )
