"""The quads of a graph, whole or by part, and their way into rdflib."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD, SCHEMA

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Quad, Store

    from graphkit.store.record import Record

_PART_GRAPHS = {
    "ratings": "graph-ratings-",
    "links": "graph-links",
    "assessments": "graph-assessments",
    "decisions": "graph-decisions",
}


def quads_of(record: "Record", store: "Store", *, only: str | None, with_text: bool) -> Iterator["Quad"]:
    """Yield the quads of one part of the graph, or of all of it, with the texts when asked for."""
    names = _graph_names(record, store, only)
    if names is None:
        yield from store
    else:
        from pyoxigraph import NamedNode

        for name in names:
            yield from store.quads_for_pattern(None, None, None, NamedNode(GKD + name))
    if with_text and only in {None, "articles"}:
        yield from _texts(record)


def _graph_names(record: "Record", store: "Store", only: str | None) -> list[str] | None:
    if only is None:
        return None
    if only == "articles":
        return [*sorted(row.graph for row in record.articles()), *DESCRIBING_GRAPHS]
    known = sorted(graph.value.removeprefix(GKD) for graph in store.named_graphs())
    return [name for name in known if name.startswith(_PART_GRAPHS[only])]


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
