"""Finding the one thing of a graph that a name means: an identifier, a URL, a domain, a label, or words of one.

Labels are read property by property, which is one pass over what a store keeps together; a query that starts from the things and asks
for the label of each takes ten times as long where the store is on disk.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import NotFound
from graphkit.graph.selecting import local_name
from graphkit.rdf.namespaces import GK, GKD, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Store

_IDENTIFIER: Final = re.compile(r"(?:art|claim|outlet|actor)-[A-Za-z0-9._-]{1,200}")
_LABELS: Final = (SCHEMA + "headline", SCHEMA + "text", GK + "domain", RDFS + "label")
_PREFERENCE: Final = ("Outlet", "Country", "Person", "Organisation", "Group", "Article", "Claim", "AnonymousSource")
"""The classes of what can be found; of several that bear a name, those of the first class are meant."""
_SHORTEST_PART: Final = 3
_SHORTEST_BEGINNING: Final = 6


class _Thing(NamedTuple):
    id: str
    kind: str
    label: str
    url: str


def find(store: "Store", name: str) -> tuple[str, str]:
    """Return the identifier and class of the one thing called ``name``.

    Args:
        store: An index of the graph.
        name: An identifier or the beginning of one, a URL, a domain, a label, or words of a label.

    Raises:
        NotFound: Nothing, or more than one thing, fits; the hint names what does.
    """
    for things in _ways(store, name):
        found = _fitting(name, sorted(set(things)))
        if found:
            return _the_one(name, found)
    raise NotFound(
        f"nothing in this graph is called {name!r}", hint="'graphkit list actors' (or claims, outlets, articles) shows what is"
    )


def _ways(store: "Store", name: str) -> Iterator[Iterable[_Thing]]:
    """Yield what a name may mean, the quickest way first: an identifier, that very label, a part of any label, a part of an identifier."""
    from pyoxigraph import Literal

    if _IDENTIFIER.fullmatch(name):
        yield _named(store, _node(GKD + name))
    yield chain.from_iterable(
        _of_label(store, quad)
        for predicate in _LABELS
        for quad in store.quads_for_pattern(None, _node(predicate), Literal(name.strip()))
    )
    yield chain(_at(store, name), _with_part(store, name.strip().casefold()))
    if _may_begin(name):
        yield chain.from_iterable(_named(store, node) for node in _beginning(store, name))


def _named(store: "Store", node: "NamedNode") -> Iterator[_Thing]:
    for predicate in _LABELS:
        for quad in store.quads_for_pattern(node, _node(predicate), None):
            yield from _of_label(store, quad)


def _of_label(store: "Store", quad: "Quad", url: str = "") -> Iterator[_Thing]:
    """Yield what a label's subject is: nothing where it is no thing that can be shown."""
    for typed in store.quads_for_pattern(quad.subject, _node(RDF + "type"), None):
        kind = local_name(str(typed.object.value))  # type: ignore[union-attr]
        if kind in _PREFERENCE:
            yield _Thing(local_name(str(quad.subject.value)), kind, str(quad.object.value), url)  # type: ignore[union-attr]


def _at(store: "Store", url: str) -> Iterator[_Thing]:
    """Yield the articles that were published at an address."""
    from pyoxigraph import NamedNode

    try:
        address = NamedNode(url)
    except ValueError:
        return
    for quad in store.quads_for_pattern(None, _node(SCHEMA + "url"), address):
        for titled in store.quads_for_pattern(quad.subject, _node(SCHEMA + "headline"), None):
            yield from _of_label(store, titled, url)


def _with_part(store: "Store", folded: str) -> Iterator[_Thing]:
    for predicate in _LABELS:
        for quad in store.quads_for_pattern(None, _node(predicate), None):
            label = str(quad.object.value).casefold()  # type: ignore[union-attr]
            if folded == label or (len(folded) >= _SHORTEST_PART and folded in label):
                yield from _of_label(store, quad)


def _beginning(store: "Store", name: str) -> "Iterator[NamedNode]":
    for kind in _PREFERENCE:
        for quad in store.quads_for_pattern(None, _node(RDF + "type"), _node(GK + kind)):
            if quad.subject.value.startswith(GKD + name):  # type: ignore[union-attr]
                yield quad.subject  # type: ignore[misc]


def _may_begin(name: str) -> bool:
    return len(name) >= _SHORTEST_BEGINNING and "-" in name


def _fitting(name: str, things: list[_Thing]) -> list[_Thing]:
    """Return those that fit best: the very identifier, the very address, the very label, else a part of them."""
    folded = name.strip().casefold()
    tests = (
        lambda thing: thing.id == name,
        lambda thing: bool(thing.url) and thing.url == name,
        lambda thing: thing.label.casefold() == folded,
        lambda thing: _may_begin(name) and thing.id.startswith(name),
        lambda thing: len(folded) >= _SHORTEST_PART and folded in thing.label.casefold(),
    )
    return next((found for fits in tests if (found := [thing for thing in things if fits(thing)])), [])


def _the_one(name: str, found: list[_Thing]) -> tuple[str, str]:
    best = min(_PREFERENCE.index(thing.kind) for thing in found)
    kept = [thing for thing in found if _PREFERENCE.index(thing.kind) == best]
    if len(kept) > 1:
        shown = "; ".join(f"{thing.id} ({thing.label[:60]})" for thing in kept[:5])
        more = f" and {len(kept) - 5} more" if len(kept) > 5 else ""
        raise NotFound(f"{name!r} fits {len(kept)} things of this graph", hint=f"name one by its id: {shown}{more}")
    return kept[0].id, kept[0].kind


def _node(iri: str) -> "NamedNode":
    from pyoxigraph import NamedNode

    return NamedNode(iri)
