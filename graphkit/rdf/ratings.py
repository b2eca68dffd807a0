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
    lines: set[str] = set()
    made: dict[str, Rating] = {}
    no_scale = Scale()
    for rating in ratings:
        name = _name(rating)
        if made.setdefault(name, rating) != rating:
            what = f"{rating.rater} rates {rating.outlet} twice on {rating.rated_on} ({rating.scale})"
            raise ShapeViolation(what, hint="a later version of a set needs a version, a part of an outlet a scope")
        scale = (scales or {}).get(rating.scale, no_scale)
        lines.update(_rating_lines(resource(name), rating))
        lines.update(_set_lines(rating.rating_set))
        lines.update(_reference_lines(rating.rater, rating.scale, rating.dimension, rating.family, scale))
        lines.update(_outlet_lines(rating.outlet))
    return "".join(sorted(lines)).encode()


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


def _rating_lines(node: str, rating: Rating) -> list[str]:
    """Return the lines of one rating; what whole sets share is written once and kept."""
    graph = resource(identifiers.ratings_graph(rating.rating_set))
    address = None if rating.url is None else terms.address(rating.url)
    optional = (
        ("gk:scope", terms.text(rating.scope), rating.scope),
        ("gk:imputed", terms.boolean(value=True), rating.imputed),
        ("gk:normalised", terms.decimal(rating.normalised or Decimal()), rating.normalised is not None),
        ("schema:url", address or "", address),
        ("gk:writtenAddress", terms.text(rating.url or ""), rating.url and address != f"<{rating.url}>"),
    )
    own = [
        ("gk:rates", resource(identifiers.outlet(rating.outlet))),
        *_value(rating.value),
        *((predicate, value) for predicate, value, is_given in optional if is_given),
    ]
    common = _common(
        rating.rating_set, rating.scale, rating.rater, rating.rated_on, licence=rating.licence, version=rating.version
    )
    return [
        *(node + ending for ending in common),
        *(f"{node} {term(predicate)} {value} {graph} .\n" for predicate, value in own),
    ]


@lru_cache(maxsize=1024)
def _common(rating_set: str, scale: str, rater: str, rated_on: str, *, licence: str, version: str) -> tuple[str, ...]:
    """Return the endings of the lines that ratings of one set, scale, rater, day and version have in common."""
    graph = resource(identifiers.ratings_graph(rating_set))
    pairs = [
        ("rdf:type", term("gk:Rating")),
        ("gk:ratingSet", graph),
        ("gk:onScale", resource(identifiers.scale(scale))),
        ("schema:author", resource(identifiers.rater(rater))),
        ("schema:dateCreated", terms.day(rated_on)),
        *([("schema:license", terms.text(licence))] if licence else []),
        *([("schema:version", terms.text(version))] if version else []),
    ]
    return tuple(f" {term(predicate)} {value} {graph} .\n" for predicate, value in pairs)


@lru_cache(maxsize=256)
def _set_lines(rating_set: str) -> tuple[str, ...]:
    graph = resource(identifiers.ratings_graph(rating_set))
    about = ((term("rdf:type"), term("gk:RatingSet")), (term("rdfs:label"), terms.text(rating_set)))
    return tuple(f"{graph} {predicate} {value} {graph} .\n" for predicate, value in about)


def _value(printed: str) -> list[tuple[str, str]]:
    if not _NUMBER.fullmatch(printed):
        return [("schema:ratingValue", terms.text(printed))]
    number = terms.decimal(Decimal(printed))
    shown = [] if number.startswith(f'"{printed}"') else [("gk:printedValue", terms.text(printed))]
    return [("schema:ratingValue", number), *shown]


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
