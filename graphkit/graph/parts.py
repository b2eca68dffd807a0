"""The quads of a graph, whole or by part, and their way into rdflib."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graphkit.rdf.namespaces import GKD, SCHEMA

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Quad, Store

    from graphkit.store.record import Record

_PART_GRAPHS = {
    "ratings": "graph-ratings-",
    "links": "graph-links",
    "assessments": "graph-assessments",
    "decisions": "graph-decisions",
    "reviews": "graph-reviews-",
}


def quads_of(record: "Record", store: "Store | None", *, only: str | None, with_text: bool) -> Iterator["Quad"]:
    """Yield the quads of one part of the graph, or, from ``store``, of all of it, with the texts when asked for."""
    if store is not None and only is None:
        yield from store
    elif only is not None:
        yield from _part(record, only)
    if with_text and only in {None, "articles"}:
        yield from _texts(record)


def _part(record: "Record", only: str) -> Iterator["Quad"]:
    """Yield the quads of some graphs, each once, with what describes the nodes that they name."""
    from graphkit.rdf.formats import FORMATS, parse

    names = [row.graph for row in record.articles()] if only == "articles" else record.graph_names(prefix=_PART_GRAPHS[only])
    seen: set[Quad] = set()
    for name in sorted(names):
        for quad in parse(record.graph_nquads(name) or b"", FORMATS[".nq"], name=name):
            if quad not in seen:
                seen.add(quad)
                yield quad


def _texts(record: "Record") -> Iterator["Quad"]:
    from pyoxigraph import Literal, NamedNode, Quad

    for row in record.articles():
        yield Quad(
            NamedNode(GKD + row.name),
            NamedNode(SCHEMA + "articleBody"),
            Literal(record.text(row.name)),
            NamedNode(GKD + row.graph),
        )


def to_rdflib(quads: Iterable["Quad"]) -> "rdflib.Dataset":
    """Return an ``rdflib.Dataset`` of the quads, built term by term: rdflib parses nothing and fetches nothing."""
    import rdflib

    from graphkit.rdf.namespaces import PREFIXES

    dataset = rdflib.Dataset(default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    dataset.addN(
        (_term(q.subject), _term(q.predicate), _term(q.object), dataset.graph(rdflib.URIRef(q.graph_name.value)))  # type: ignore[union-attr]
        for q in quads
    )
    return dataset


def _term(term: object) -> "rdflib.term.Node":
    import rdflib
    from pyoxigraph import Literal, NamedNode

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, Literal), "graphkit writes no blank nodes"
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = rdflib.URIRef(term.datatype.value)
    # normalize=False: rdflib would rewrite 0.50 and Z, and the round trip would differ
    return rdflib.Literal(term.value, datatype=None if datatype == rdflib.XSD.string else datatype, normalize=False)
