"""Asking a query endpoint that the user named, as ``store.query`` asks the graph: same prefixes, same bound values, for reading only."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphkit.rdf.namespaces import PREFIXES
from graphkit.store.query.gate import Reading, read_query
from graphkit.store.query.substitution import bound_query
from graphkit.store.remote.client import Remote
from graphkit.store.remote.connection import Credentials
from graphkit.store.remote.paging import whole_answer

if TYPE_CHECKING:
    from graphkit.store.query import QueryResult

_ROUND: Final = 1_000
"""Virtuoso ends what CONSTRUCT makes one triple after a multiple of this, and says nothing of it."""


def query_endpoint(
    url: str,
    sparql: str,
    *,
    substitutions: Mapping[str, str] | None = None,
    credentials: Credentials | None = None,
    seconds: float,
    rows: int | None = None,
) -> "QueryResult":
    """Answer one query by the endpoint at ``url``; what the default graph is there, the endpoint decides.

    Where the endpoint cuts its answer and the query is a SELECT that can be asked in pages, the rest is asked for; else the answer is
    ``is_truncated``, and its ``note`` says so.

    Args:
        url: The address of the query endpoint itself ("https://query.wikidata.org/sparql").
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes of ``namespaces.PREFIXES`` need not be declared.
        substitutions: Values of variables, each one term in Turtle.
        credentials: Used when the endpoint asks for them.
        seconds: The longest silence of the endpoint.
        rows: At most so many rows or triples of its answer.

    Raises:
        QueryForbidden, QuerySyntax: The gate does not let the query through; see ``store.query.gate``.
        BlockedAddress, NetworkError: The endpoint is not to be used, cannot be reached, or answers with an error.
    """
    # SERVICE is the endpoint's matter: it is its network that is used
    reading = read_query(sparql, allow_network=True)
    query = _prologue(reading) + bound_query(sparql, reading, substitutions or {})
    is_graph = _is_graph(reading)
    with Remote(url, kind="query", credentials=credentials, seconds=seconds) as remote:

        def ask(sparql: str) -> "QueryResult":
            return remote.query(sparql, is_graph=is_graph)

        result = ask(query)
        if not is_graph:
            result = whole_answer(query, result, ask, most=rows)
    return _cut(replace(result, note=_note(result)), rows)


def _note(result: "QueryResult") -> str | None:
    """Say what is known of an answer that is not, or may not be, all."""
    if result.is_truncated:
        count, what = (len(result.rows), "rows") if result.triples is None else (result.triples.count(b"\n"), "triples")
        return f"the server cut its answer at {count:,} {what}; ask for the rest with ORDER BY, LIMIT and OFFSET, or for less"
    count = 0 if result.triples is None else result.triples.count(b"\n")
    if count > 1 and count % _ROUND == 1:
        return f"the server may have cut its answer: it has exactly {count:,} triples; ask for less, or with LIMIT and OFFSET"
    return None


def _prologue(reading: Reading) -> str:
    """Declare, on one line, the prefixes of ours that the query uses; its own declarations come later and win."""
    used = {token.text.partition(":")[0] for token in reading.tokens if token.kind == "name"}
    line = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items() if prefix in used)
    return f"{line}\n" if line else ""


def _is_graph(reading: Reading) -> bool:
    words = (token.text.casefold() for token in reading.tokens if token.kind == "word")
    return next(
        (word in {"construct", "describe"} for word in words if word in {"select", "ask", "construct", "describe"}), False
    )


def _cut(result: "QueryResult", rows: int | None) -> "QueryResult":
    """Keep so many rows or triples; whoever asked for no more need not hear that the server has no more either."""
    if rows is None:
        return result
    if len(result.rows) > rows:
        return replace(result, rows=result.rows[:rows], is_truncated=True, note=None)
    if result.triples is not None and result.triples.count(b"\n") > rows:
        kept = result.triples.split(b"\n")[:rows]
        return replace(result, triples=b"".join(line + b"\n" for line in kept), is_truncated=True, note=None)
    return result
