"""What an export leaves out or adds: without texts, lean, or with RDF 1.2 reifiers."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD, RDF, expand

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad

_TEXT = expand("schema:articleBody")
_LEFT_OUT = frozenset(
    map(
        expand,
        (
            "gk:byline",
            "gk:cueBegin",
            "gk:cueEnd",
            "gk:hedgeRange",
            "gk:loadedRange",
            "gk:noteRange",
            "gk:sourceBegin",
            "gk:sourceEnd",
            "gk:sourceText",
            "nif:anchorOf",
            "schema:articleBody",
        ),
    )
)


def without_text(quads: "Iterable[Quad]") -> "Iterator[Quad]":
    """Leave out the texts of the articles, which are somebody's work and most of the bytes."""
    return (quad for quad in quads if quad.predicate.value != _TEXT)


def lean(quads: "Iterable[Quad]") -> "list[Quad]":
    """Leave out mentions, quotes and the offsets of cues and sources: about half of the quads.

    Assertions keep begin and end, so that each is still found in its text.  Descriptions of actors that are then named nowhere
    go too.
    """
    from pyoxigraph import NamedNode

    given = list(quads)
    is_a, mention = NamedNode(RDF + "type"), NamedNode(expand("gk:Mention"))
    mentions = {quad.subject for quad in given if quad.predicate == is_a and quad.object == mention}
    kept = [quad for quad in given if quad.subject not in mentions and quad.predicate.value not in _LEFT_OUT]
    describing = {NamedNode(GKD + name) for name in DESCRIBING_GRAPHS}
    named = {quad.object for quad in kept if quad.graph_name not in describing}
    return [quad for quad in kept if quad.graph_name not in describing or quad.subject in named]


def with_reifiers(quads: "Iterable[Quad]") -> "list[Quad]":
    """Add the RDF 1.2 view: each assertion is the reifier of "who asserts which claim".

    Who asserts is the source nearest the claim, or the article where nobody else is named.  rdflib cannot read the result.
    """
    from pyoxigraph import NamedNode, Quad, Triple

    given = list(quads)
    claims, articles, sources = (_objects(given, name) for name in ("gk:claim", "gk:inArticle", "prov:wasAttributedTo"))
    reifies, asserts = NamedNode(RDF + "reifies"), NamedNode(expand("gk:asserts"))
    added = [
        Quad(assertion, reifies, Triple(speaker, asserts, claim), graph)
        for assertion, claimed in claims.items()
        for claim, graph in claimed
        for speaker, _ in sources.get(assertion) or articles.get(assertion) or []
    ]
    return given + added


def _objects(quads: "list[Quad]", prefixed: str) -> "dict[NamedNode, list[tuple[NamedNode, NamedNode]]]":
    """Return the objects of a property by subject, each with the graph that says so; only what is named by IRI."""
    from pyoxigraph import NamedNode

    wanted = NamedNode(expand(prefixed))
    found: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = {}
    for quad in quads:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        is_named = isinstance(subject, NamedNode) and isinstance(value, NamedNode) and isinstance(graph, NamedNode)
        if quad.predicate == wanted and is_named:
            found.setdefault(subject, []).append((value, graph))  # type: ignore[arg-type]
    return found
