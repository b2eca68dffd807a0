"""The addresses of a server's query, update and Graph Store protocols, by the kind of server.

Oxigraph and Virtuoso are tested against the real servers, graphkit's own endpoint too; the layouts of Fuseki and RDF4J (GraphDB) are
those of their documentation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from graphkit.errors import InputError
from graphkit.store.remote.connection import Connection

Kind = Literal["oxigraph", "virtuoso", "fuseki", "rdf4j", "graphkit", "query"]


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server answers.

    ``bulk`` takes N-Quads of many graphs in one POST where the server has such an address; ``update`` and ``bulk`` are None on one
    that is only read.
    """

    kind: Kind
    query: str
    graphs: str
    update: str | None = None
    bulk: str | None = None

    def graph(self, iri: str) -> str:
        """Return the address of one named graph (Graph Store HTTP Protocol, indirect identification)."""
        return f"{self.graphs}?graph={quote(iri, safe='')}"


def _oxigraph(base: str) -> Server:
    return Server("oxigraph", f"{base}/query", f"{base}/store", f"{base}/update", f"{base}/store")


def _virtuoso(base: str) -> Server:
    return Server("virtuoso", f"{base}/sparql", f"{base}/sparql-graph-crud-auth", f"{base}/sparql-auth")


def _fuseki(base: str) -> Server:
    return Server("fuseki", f"{base}/query", f"{base}/data", f"{base}/update", f"{base}/data")


def _rdf4j(base: str) -> Server:
    return Server("rdf4j", base, f"{base}/rdf-graphs/service", f"{base}/statements", f"{base}/statements")


def _graphkit(base: str) -> Server:
    return Server("graphkit", f"{base}/sparql", f"{base}/graphs")


KINDS: Final[dict[Kind, Callable[[str], Server]]] = {
    "oxigraph": _oxigraph,
    "virtuoso": _virtuoso,
    "fuseki": _fuseki,
    "rdf4j": _rdf4j,
    "graphkit": _graphkit,
    "query": lambda url: Server("query", url, url),
}
"""By kind, how addresses follow from a base URL; "query" is a query endpoint's own address, for asking only."""
_SIGNS: Final[tuple[tuple[str, Kind], ...]] = (("oxigraph", "oxigraph"), ("virtuoso", "virtuoso"), ("graphkit", "graphkit"))


def server_at(url: str, kind: Kind | None, connection: Connection) -> Server:
    """Return the addresses of the server at a base URL, asking it what it is where ``kind`` is not given.

    Raises:
        InputError: It does not say what it is.
        NetworkError: It cannot be reached.
    """
    if kind == "query":
        return KINDS[kind](url)
    base = url.rstrip("/")
    return KINDS[kind or _said(base, connection)](base)


def _said(base: str, connection: Connection) -> Kind:
    reply = connection.request("GET", f"{base}/", headers={"Accept": "text/html, */*;q=0.1"})
    name = reply.headers.get("server", "").lower()
    for sign, kind in _SIGNS:
        if sign in name:
            return kind
    raise InputError(f"{base}: the server does not say what kind of store it is", hint="name it by --kind")
