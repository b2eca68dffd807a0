"""A remote store as graphkit uses it: list, get, put, drop graphs; load N-Quads; ask; change a few triples."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from graphkit import limits
from graphkit.errors import BadStatus, NetworkError, NotAllowed
from graphkit.rdf.namespaces import GKD
from graphkit.store.remote.connection import Connection, Credentials, Reply
from graphkit.store.remote.servers import Kind, Server, server_at

if TYPE_CHECKING:
    from graphkit.store.query import QueryResult

OURS: Final = GKD + "graph-"
"""What the IRI of each of our graphs begins with."""
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_RESULTS: Final = {"Accept": "application/sparql-results+json"}
_TRIPLES: Final = {"Accept": "application/n-triples, text/plain;q=0.5"}
_ALL: Final = "GRAPH ?g { ?s ?p ?o }"
_ROUND: Final = 1_000
_PAGE: Final = 999
"""Rows of one page: under what any server cuts answers at."""


class Remote:
    """A SPARQL 1.1 server; use it as a context manager.

    Args:
        url: The server's base address ("http://127.0.0.1:8890"), a dataset's or a repository's.
        kind: What it is; None asks it.
        credentials: Used when it asks for them, by digest or basic authentication.
        seconds: The longest silence of the server.

    Raises:
        BlockedAddress, NetworkError, InputError: It is not to be used, cannot be reached, or does not say what it is.
    """

    def __init__(
        self,
        url: str,
        *,
        kind: Kind | None = None,
        credentials: Credentials | None = None,
        seconds: float = limits.REMOTE_SECONDS,
    ) -> None:
        self._connection = Connection(url, credentials, seconds=seconds)
        self.server: Server = server_at(url, kind, self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    # asking

    def select(self, sparql: str) -> list[dict[str, dict[str, str]]]:
        """Return the bindings of a SELECT, as SPARQL 1.1 Query Results JSON has them."""
        found: list[dict[str, dict[str, str]]] = self._json(sparql)["results"]["bindings"]
        return found

    def query(self, sparql: str, *, is_graph: bool) -> "QueryResult":
        """Answer any query: CONSTRUCT and DESCRIBE (``is_graph``) as sorted distinct N-Triples, SELECT and ASK as terms.

        ``is_truncated`` says that the server calls its answer a part.
        """
        from graphkit.store.remote.answers import is_partial, result_of_json, result_of_triples

        reply = self._asked(sparql, _TRIPLES if is_graph else _RESULTS)
        result = result_of_triples(reply.body) if is_graph else result_of_json(self._said(reply))
        return replace(result, is_truncated=is_partial(reply))

    def _json(self, sparql: str) -> dict[str, Any]:
        return self._said(self._asked(sparql, _RESULTS))

    def _said(self, reply: Reply) -> dict[str, Any]:
        try:
            said = json.loads(reply.body)
            if "boolean" not in said:
                _ = said["results"]["bindings"], said["head"]["vars"]
        except (ValueError, KeyError, TypeError) as error:
            raise NetworkError(f"{self.server.query}: the answer is not SPARQL's JSON") from error
        found: dict[str, Any] = said
        return found

    def _asked(self, sparql: str, headers: dict[str, str]) -> Reply:
        body = urlencode({"query": sparql}).encode()
        return self._done("POST", self.server.query, body, {**_FORM, **headers})

    # graphs

    def graphs(self) -> Iterator[tuple[str, int]]:
        """Yield the local name and the number of triples of each of our graphs, by name."""
        rows = self.select(f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ {_ALL} }} GROUP BY ?g")
        # some servers cut long answers without a word, and always at a round number of rows (Debian's Virtuoso at 10,000)
        found = self._graphs_by_page() if rows and len(rows) % _ROUND == 0 else rows
        counts = {row["g"]["value"]: int(row["n"]["value"]) for row in found}
        yield from ((iri.removeprefix(GKD), counts[iri]) for iri in sorted(counts) if iri.startswith(OURS))

    def _graphs_by_page(self) -> Iterator[dict[str, dict[str, str]]]:
        """Ask for our graphs in pages; each costs the server as much as the whole."""
        last = OURS
        while True:
            inner = f"{{ SELECT ?g (COUNT(*) AS ?n) WHERE {{ {_ALL} }} GROUP BY ?g }}"
            condition = f'FILTER(STRSTARTS(STR(?g), "{OURS}") && STR(?g) > "{last}")'
            rows = self.select(f"SELECT ?g ?n WHERE {{ {inner} {condition} }} ORDER BY STR(?g) LIMIT {_PAGE}")
            yield from rows
            if len(rows) < _PAGE:
                return
            last = rows[-1]["g"]["value"]

    def get(self, name: str) -> bytes:
        """Return a named graph's triples as N-Triples, empty where there is none."""
        url = self.server.graph(GKD + name)
        reply = self._connection.request("GET", url, headers=_TRIPLES)
        return b"" if reply.status == 404 else self._checked(reply, "GET", url).body

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Replace a named graph by N-Triples, in as many requests as there are pieces."""
        url = self.server.graph(GKD + name)
        for number, piece in enumerate(pieces):
            self._done("POST" if number else "PUT", url, piece, {"Content-Type": "text/turtle; charset=utf-8"})

    def drop(self, name: str) -> None:
        """Take a named graph away; it need not be there."""
        url = self.server.graph(GKD + name)
        reply = self._connection.request("DELETE", url)
        if reply.status != 404:
            self._checked(reply, "DELETE", url)

    @property
    def takes_nquads(self) -> bool:
        """Say whether many graphs can be loaded in one request."""
        return self.server.bulk is not None

    def load(self, nquads: bytes) -> None:
        """Add N-Quads."""
        assert self.server.bulk is not None
        self._done("POST", self.server.bulk, nquads, {"Content-Type": "application/n-quads"})

    def update(self, sparql: str) -> None:
        """Make a change.

        Raises:
            NotAllowed: The server is only read.
        """
        self.check_writable()
        assert self.server.update is not None
        self._done("POST", self.server.update, urlencode({"update": sparql}).encode(), dict(_FORM))

    def check_writable(self) -> None:
        """See that the server can be written to.

        Raises:
            NotAllowed: It cannot.
        """
        if self.server.update is None:
            raise NotAllowed(
                f"{self.server.query}: this endpoint only reads", hint="'graphkit pull' reads from one of graphkit's"
            )

    def _done(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        return self._checked(self._connection.request(method, url, body=body, headers=headers), method, url)

    @staticmethod
    def _checked(reply: Reply, method: str, url: str) -> Reply:
        if not 200 <= reply.status < 300:
            said = " ".join(reply.body[:2000].decode("utf-8", errors="replace").split())[:300]
            raise BadStatus(f"{method} {url.partition('?')[0]}: the server answered {reply.status}: {said}")
        return reply
