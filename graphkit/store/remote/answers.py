"""Answers of a remote server as results of a query."""

from typing import Any, Final

from graphkit.errors import NetworkError
from graphkit.rdf.namespaces import XSD
from graphkit.store.query.run import QueryResult
from graphkit.store.query.terms import Term
from graphkit.store.remote.connection import Reply

_PARTIAL: Final = 206


def is_partial(reply: Reply) -> bool:
    """Say whether a server calls its answer a part of the whole.

    Virtuoso sends X-SPARQL-MaxRows where it cut rows at its limit, and the state S1TAT where its time was over; others have the status
    206.  What a server cuts without a word, nobody can see here.
    """
    headers = reply.headers
    return reply.status == _PARTIAL or "x-sparql-maxrows" in headers or headers.get("x-sql-state", "").upper() == "S1TAT"


def result_of_json(said: dict[str, Any]) -> QueryResult:
    """Return what SPARQL 1.1 Query Results JSON says.

    Raises:
        NetworkError: It is not that format.
    """
    try:
        if "boolean" in said:
            return QueryResult(boolean=bool(said["boolean"]))
        variables = tuple(map(str, said["head"]["vars"]))
        rows = tuple(tuple(_term(row.get(name)) for name in variables) for row in said["results"]["bindings"])
    except (KeyError, TypeError, AttributeError) as error:
        raise NetworkError("the server's answer is not SPARQL's JSON") from error
    return QueryResult(variables, rows)


def result_of_triples(body: bytes) -> QueryResult:
    """Return N-Triples, or any Turtle, as sorted distinct N-Triples.

    Raises:
        NetworkError: It is neither.
    """
    import pyoxigraph

    try:
        lines = {f"{triple} .\n" for triple in pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE)}
    except (SyntaxError, ValueError) as error:
        raise NetworkError(f"the server's answer is not RDF: {' '.join(str(error).split())[:200]}") from error
    return QueryResult(triples="".join(sorted(lines)).encode())


def _term(said: dict[str, str] | None) -> Term | None:
    if said is None:
        return None
    kind, value = said["type"], said["value"]
    if kind == "uri":
        return Term("iri", value)
    if kind == "bnode":
        return Term("blank", value)
    datatype = said.get("datatype")
    return Term("literal", value, None if datatype == XSD + "string" else datatype, said.get("xml:lang"))
