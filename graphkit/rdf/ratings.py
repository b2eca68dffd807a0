"""Ratings ⇄ quads: each rating set in a graph of its own, so that a licence can be honoured by dropping one graph."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
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
    for rating in ratings:
        name = _name(rating)
        if made.setdefault(name, rating) != rating:
            what = f"{rating.rater} rates {rating.outlet} twice on {rating.rated_on} ({rating.scale})"
            raise ShapeViolation(what, hint="a later version of a set needs a version, a part of an outlet a scope")
        lines.update(_rating_lines(resource(name), rating))
        lines.update(_reference_lines(rating, (scales or {}).get(rating.scale, Scale())))
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
    graph = resource(identifiers.ratings_graph(rating.rating_set))
    address = None if rating.url is None else terms.address(rating.url)
    optional = (
        ("schema:license", terms.text(rating.licence), rating.licence),
        ("schema:version", terms.text(rating.version), rating.version),
        ("gk:scope", terms.text(rating.scope), rating.scope),
        ("gk:imputed", terms.boolean(value=True), rating.imputed),
        ("gk:normalised", terms.decimal(rating.normalised or Decimal()), rating.normalised is not None),
        ("schema:url", address or "", address),
        ("gk:writtenAddress", terms.text(rating.url or ""), rating.url and address != f"<{rating.url}>"),
    )
    pairs = [
        ("rdf:type", term("gk:Rating")),
        ("gk:rates", resource(identifiers.outlet(rating.outlet))),
        ("gk:ratingSet", graph),
        ("gk:onScale", resource(identifiers.scale(rating.scale))),
        ("schema:author", resource(identifiers.rater(rating.rater))),
        ("schema:dateCreated", terms.day(rating.rated_on)),
        *_value(rating.value),
        *((predicate, value) for predicate, value, is_given in optional if is_given),
    ]
    about_set = [(graph, "rdf:type", term("gk:RatingSet")), (graph, "rdfs:label", terms.text(rating.rating_set))]
    triples = [*about_set, *((node, predicate, value) for predicate, value in pairs)]
    return [f"{subject} {term(predicate)} {value} {graph} .\n" for subject, predicate, value in triples]


def _value(printed: str) -> list[tuple[str, str]]:
    if not _NUMBER.fullmatch(printed):
        return [("schema:ratingValue", terms.text(printed))]
    number = terms.decimal(Decimal(printed))
    shown = [] if number.startswith(f'"{printed}"') else [("gk:printedValue", terms.text(printed))]
    return [("schema:ratingValue", number), *shown]


def _reference_lines(rating: Rating, scale: Scale) -> list[str]:
    if rating.dimension not in DIMENSIONS:
        raise InputError(f"{rating.dimension!r} is no dimension of a rating", hint=f"one of {', '.join(DIMENSIONS)}")
    outlet, rater = identifiers.outlet(rating.outlet), resource(identifiers.rater(rating.rater))
    measure = resource(identifiers.scale(rating.scale))
    triples = [
        (rater, "rdf:type", term("gk:Rater")),
        (rater, "rdfs:label", terms.text(rating.rater)),
        (measure, "rdf:type", term("gk:Scale")),
        (measure, "rdfs:label", terms.text(rating.scale)),
        (measure, "gk:dimension", term("gk:" + rating.dimension)),
    ]
    if rating.family:
        triples.append((rater, "gk:family", terms.text(rating.family)))
    ends = (("schema:worstRating", scale.worst), ("schema:bestRating", scale.best))
    triples += [(measure, predicate, terms.decimal(end)) for predicate, end in ends if end is not None]
    shared, domain = resource(GRAPH_SHARED), terms.text(outlet.removeprefix("outlet-"))
    return [
        *(f"{subject} {term(predicate)} {value} {resource(GRAPH_REFERENCE)} .\n" for subject, predicate, value in triples),
        f"{resource(outlet)} {term('rdf:type')} {term('gk:Outlet')} {shared} .\n",
        f"{resource(outlet)} {term('gk:domain')} {domain} {shared} .\n",
    ]


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
