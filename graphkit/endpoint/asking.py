"""The tasks of workers that need no more than the graph's quads: answering SPARQL, and telling of one resource or one named graph."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit import limits
from graphkit.endpoint.frames import Out
from graphkit.endpoint.worker import Answerer
from graphkit.errors import InputError, NotFound, QueryForbidden
from graphkit.rdf.namespaces import GKD, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

    from graphkit.store.index import Index

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Asking:
    """SPARQL; ``with_text`` adds the articles' texts first."""

    is_shut = True

    def __init__(self, *, with_text: bool = False) -> None:
        self.with_text = with_text

    def prepare(self, path: Path, index: "Index") -> Answerer:
        """Make ready to answer."""
        # what is imported or read when it is needed must be there before the doors are shut
        from graphkit.rdf import formats, jsonld  # noqa: F401

        jsonld.context()
        if self.with_text:
            from graphkit.store.record import Record

            with Record.open(path, read_only=True) as record:
                index.add_texts(record)
        return _Answering(index.store)


class _Answering:
    def __init__(self, store: "pyoxigraph.Store") -> None:
        self._store = store

    def __call__(self, request: dict[str, Any], out: Out) -> None:
        if "graph" in request:
            self._tell_graph(request, out)
        elif "resource" in request:
            self._tell_resource(request, out)
        else:
            self._ask(request, out)

    def _ask(self, request: dict[str, Any], out: Out) -> None:
        import pyoxigraph

        try:
            found = self._store.query(request["query"], prefixes=PREFIXES, **_dataset(request))
            if isinstance(found, pyoxigraph.QueryTriples):
                _send_found_triples(found, request["form"], out)
            elif request["form"] == "rows":
                _send_rows(found, out)
            else:
                _send_results(found, request["form"], out)
        except SyntaxError as error:
            out.head(syntax=_farthest(request["spread"]) or str(error))
        except (RuntimeError, ValueError) as error:
            raise InputError(f"the query cannot be answered: {' '.join(str(error).split())[:300]}") from error
        except OSError as error:
            # nothing can be opened here: it tried to reach out
            raise QueryForbidden("the query asks for what is not in this graph") from error

    def _tell_graph(self, request: dict[str, Any], out: Out) -> None:
        from pyoxigraph import NamedNode, Quad

        graph = request["graph"]
        if graph is None:
            quads: Iterable[Quad] = self._store
        else:
            try:
                quads = self._store.quads_for_pattern(None, None, None, NamedNode(graph))
            except ValueError as error:
                raise InputError(f"{graph[:200]!r} is not an IRI") from error
        # the protocol's answer is one graph: its triples
        triples = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        if not triples and graph is not None:
            raise NotFound("there is no such graph here", hint="SELECT DISTINCT ?g { GRAPH ?g {} } names those that are")
        _send_quads(triples, request["form"], out)

    def _tell_resource(self, request: dict[str, Any], out: Out) -> None:
        quads = list(islice(_about(self._store, request["resource"]), limits.SERVED_GRAPH_QUADS))
        if not quads:
            raise NotFound(f"this graph tells nothing of {request['resource']}")
        _send_quads(quads, request["form"], out)


def _about(store: "pyoxigraph.Store", iri: str) -> "Iterator[pyoxigraph.Quad]":
    """Yield what is said of a resource, then what says something by it; of a named graph, what it holds."""
    from pyoxigraph import NamedNode

    try:
        node = NamedNode(iri)
    except ValueError as error:
        raise NotFound(f"{iri[:200]!r} is not an IRI") from error
    parts = (
        store.quads_for_pattern(node, None, None, None),
        store.quads_for_pattern(None, None, None, node) if iri.startswith(GKD + "graph-") else (),
        store.quads_for_pattern(None, None, node, None),
    )
    return chain(*parts)


def _dataset(request: dict[str, Any]) -> dict[str, Any]:
    """Return the dataset of a query: the protocol's parameters win over FROM (SPARQL 1.1 Protocol, §2.1.4), which wins over the union."""
    from pyoxigraph import NamedNode

    try:
        default = [NamedNode(iri) for iri in request["default_graphs"]]
        named = [NamedNode(iri) for iri in request["named_graphs"]]
    except ValueError as error:
        raise InputError(f"a graph's name is not an IRI: {str(error)[:200]}") from error
    if default or named:
        return {"default_graph": default, "named_graphs": named}
    return {"use_default_graph_as_union": request["is_union"]}


def _farthest(spread: str) -> str | None:
    """Return what the parser says of the query with wide gaps between its tokens; see ``store.query.mistakes``."""
    import pyoxigraph

    try:
        pyoxigraph.Store().query(spread, prefixes=PREFIXES)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError, ValueError):
        return None
    return None


def _send_results(found: Any, form: str, out: Out) -> None:
    import pyoxigraph

    out.head(form=form)
    if form == "xml":
        # characters that XML 1.0 cannot hold would make the whole answer unreadable
        text = found.serialize(format=pyoxigraph.QueryResultsFormat.XML).decode()
        out.write(_NOT_XML.sub("\ufffd", text).encode())
        return
    found.serialize(out, format=getattr(pyoxigraph.QueryResultsFormat, form.upper()))


def _send_found_triples(found: "pyoxigraph.QueryTriples", form: str, out: Out) -> None:
    """Send what a query made, which may be any RDF: our own JSON-LD knows ours only."""
    import pyoxigraph

    triples = (pyoxigraph.Quad(*triple) for triple in found)
    if form != "jsonld":
        _send_quads(triples, form, out)
        return
    body = pyoxigraph.serialize(dict.fromkeys(triples), format=pyoxigraph.RdfFormat.JSON_LD) or b""
    out.head(form=form)
    out.write(body)


def _send_quads(quads: "Iterable[pyoxigraph.Quad]", form: str, out: Out) -> None:
    from graphkit.rdf.formats import serialize

    body = serialize(quads, f".{form}")
    out.head(form=form)
    out.write(body)


def _send_rows(found: Any, out: Out) -> None:
    """Send what a table shows: the first rows, each term as its kind, value, datatype and language."""
    import json

    import pyoxigraph

    if isinstance(found, pyoxigraph.QueryBoolean):
        out.head(boolean=bool(found))
        return
    rows = [[_cell(term) for term in row] for row in islice(found, limits.SERVED_TABLE_ROWS + 1)]
    is_cut = len(rows) > limits.SERVED_TABLE_ROWS
    out.head(variables=[variable.value for variable in found.variables], is_cut=is_cut)
    out.write(json.dumps(rows[: limits.SERVED_TABLE_ROWS]).encode())


def _cell(term: Any) -> list[str | None] | None:
    import pyoxigraph

    if term is None:
        return None
    if isinstance(term, pyoxigraph.Literal):
        return ["literal", term.value, term.language or term.datatype.value]
    return ["iri" if isinstance(term, pyoxigraph.NamedNode) else "other", getattr(term, "value", str(term)), None]
