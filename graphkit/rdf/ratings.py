"""Ratings ⇄ quads: each rating set in a graph of its own, so that a licence can be honoured by dropping one graph."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
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
_PART_NODES = 256
"""Half a megabyte of lines; 32 to 256 nodes cost the same."""
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
    return b"".join(ratings_to_parts(ratings, scales))


def ratings_to_parts(
    ratings: Iterable[Rating], scales: Mapping[str, Scale] | None = None, *, beside: bytes = b""
) -> Iterator[bytes]:
    """Return what ``ratings_to_nquads`` does, whose errors it raises, in parts of whole nodes that are made as they are asked for.

    A large set is 60 MB of lines: in parts they are hashed and packed while they are still in the processor's cache.  ``beside`` are the
    sorted lines of other versions, among which the new ones take their places.
    """
    made: dict[str, Rating] = {}
    limits = _Limits()
    for rating in ratings:
        limit = limits[rating.rater, rating.rated_on, rating.scale, rating.scope, rating.version]
        node = resource(identifiers.rating(identifiers.outlet(rating.outlet), *limit))
        known = made.setdefault(node, rating)
        if known is not rating and known != rating:
            what = f"{rating.rater} rates {rating.outlet} twice on {rating.rated_on} ({rating.scale})"
            raise ShapeViolation(what, hint="a later version of a set needs a version, a part of an outlet a scope")
    kinds, pages = _Kinds(), _Pages()
    endings = {node: _rating_endings(rating, kinds, pages) for node, rating in made.items()}
    return _rendered(endings | _described(made.values(), scales or {}), _by_node(beside))


def _by_node(nquads: bytes) -> dict[str, str]:
    lines = nquads.decode().split("\n")[:-1]
    return {node: "\n".join([*group, ""]) for node, group in groupby(lines, key=lambda line: line[: line.index(" ")])}


def _rendered(endings: "Mapping[str, _Endings]", beside: Mapping[str, str]) -> Iterator[bytes]:
    # the lines of a node stand together when all are sorted: nodes are sorted and not lines, for there are ten times fewer
    nodes = sorted(endings.keys() | beside.keys())
    for begin in range(0, len(nodes), _PART_NODES):
        part = nodes[begin : begin + _PART_NODES]
        if beside:
            yield "".join([_merged(node.join(endings.get(node, ())), beside.get(node, "")) for node in part]).encode()
        else:
            yield "".join([node.join(endings[node]) for node in part]).encode()


def _merged(lines: str, others: str) -> str:
    if not lines or not others or lines == others:
        return lines or others
    return "".join(sorted({f"{line}\n" for line in (lines + others).split("\n")[:-1]}))


def _described(ratings: Collection[Rating], scales: Mapping[str, Scale]) -> "dict[str, _Endings]":
    """Return the endings of the lines of the sets, raters, scales and outlets that ratings name, by node."""
    no_scale = Scale()
    found = dict(map(_outlet_endings, {one.outlet for one in ratings}))
    lines: set[tuple[str, str]] = set()
    for name in {one.rating_set for one in ratings}:
        lines.update(_set_lines(name))
    for rater, scale, dimension, family in {(one.rater, one.scale, one.dimension, one.family) for one in ratings}:
        lines.update(_reference_lines(rater, scale, dimension, family, scales.get(scale, no_scale)))
    for node, ending in sorted(lines):
        found[node] = (*found.get(node, ("",)), ending)
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


class _Limits(dict[tuple[str, str, str, str, str], tuple[str, str, str, str, str]]):
    """What a rating's name is made of beside its outlet, by rater, day, scale, scope and version."""

    def __missing__(self, key: tuple[str, str, str, str, str]) -> tuple[str, str, str, str, str]:
        rater, rated_on, scale, scope, version = key
        self[key] = identifiers.rater(rater), rated_on, identifiers.scale(scale), scope, version
        return self[key]


_Endings = tuple[str, ...]
"""Lines without their subject, in order, an empty one first: the subject's ``join`` makes lines of them."""


def _rating_endings(rating: Rating, kinds: "_Kinds", pages: "_Pages") -> _Endings:
    """Return the endings of one rating, in the order of their predicates; what many ratings share is written once and kept."""
    head, middle = kinds[
        rating.rating_set, rating.scale, rating.rater, rating.rated_on, rating.licence, rating.version,
        rating.value, rating.normalised, rating.imputed,
    ]  # fmt: skip
    address, rates, written = pages[rating.rating_set, rating.outlet, rating.url]
    scope = (_ending("gk:scope", terms.text(rating.scope), _graph(rating.rating_set)),) if rating.scope else ()
    return head + address + middle + rates + scope + written


def _graph(rating_set: str) -> str:
    return resource(identifiers.ratings_graph(rating_set))


def _ending(predicate: str, value: str, graph: str) -> str:
    return f" {term(predicate)} {value} {graph} .\n"


_Kind = tuple[str, str, str, str, str, str, str, Decimal | None, bool]


class _Kinds(dict[_Kind, tuple[_Endings, _Endings]]):
    """The endings that ratings of one set, scale, rater, day, licence, version and value share: those before the address, and those after."""

    def __missing__(self, key: _Kind) -> tuple[_Endings, _Endings]:
        rating_set, scale, rater, rated_on, licence, version, value, normalised, imputed = key
        graph = _graph(rating_set)
        head, of_version, on_scale = _common(graph, scale, rater, rated_on, licence=licence, version=version)
        number, printed = _value(value, graph)
        middle = (
            *of_version,
            *((_ending("gk:imputed", _TRUE, graph),) if imputed else ()),
            *((_normalised(normalised, graph),) if normalised is not None else ()),
            on_scale,
            *printed,
        )
        self[key] = ("", *head, number), middle
        return self[key]


class _Pages(dict[tuple[str, str, str | None], tuple[_Endings, _Endings, _Endings]]):
    """The endings that ratings of one set, outlet and page share: the address, the outlet and set, the address as it was written."""

    def __missing__(self, key: tuple[str, str, str | None]) -> tuple[_Endings, _Endings, _Endings]:
        rating_set, outlet, url = key
        graph = _graph(rating_set)
        address = terms.address(url) if url else None
        rates = _ending("gk:rates", resource(identifiers.outlet(outlet)), graph)
        self[key] = (
            () if address is None else (_ending("schema:url", address, graph),),
            (rates, _ending("gk:ratingSet", graph, graph)),
            (_ending("gk:writtenAddress", terms.text(url), graph),) if url and address != f"<{url}>" else (),
        )
        return self[key]


@lru_cache(maxsize=1024)
def _common(graph: str, scale: str, rater: str, rated_on: str, *, licence: str, version: str) -> tuple[_Endings, _Endings, str]:
    """Return the endings that ratings of one set, scale, rater, day and version have in common, in three places."""
    head = (
        _ending("rdf:type", term("gk:Rating"), graph),
        _ending("schema:author", resource(identifiers.rater(rater)), graph),
        _ending("schema:dateCreated", terms.day(rated_on), graph),
        *((_ending("schema:license", terms.text(licence), graph),) if licence else ()),
    )
    of_version = (_ending("schema:version", terms.text(version), graph),) if version else ()
    return head, of_version, _ending("gk:onScale", resource(identifiers.scale(scale)), graph)


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


def _set_lines(rating_set: str) -> tuple[tuple[str, str], ...]:
    graph = _graph(rating_set)
    about = (("rdf:type", term("gk:RatingSet")), ("rdfs:label", terms.text(rating_set)))
    return tuple((graph, _ending(predicate, value, graph)) for predicate, value in about)


def _reference_lines(
    rater_name: str, scale_name: str, dimension: str, family: str, scale: Scale
) -> tuple[tuple[str, str], ...]:
    """Return the description of a rater and a scale: nodes, each with the ending of a line."""
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
    return tuple((node, _ending(predicate, value, graph)) for node, predicate, value in triples)


def _outlet_endings(domain: str) -> tuple[str, _Endings]:
    """Return the node of an outlet and the endings that describe it."""
    outlet, shared = identifiers.outlet(domain), resource(GRAPH_SHARED)
    address = terms.text(outlet.removeprefix("outlet-"))
    return resource(outlet), ("", _ending("rdf:type", term("gk:Outlet"), shared), _ending("gk:domain", address, shared))


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
