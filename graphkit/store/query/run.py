"""Asking: the gate reads the query, then a child process answers it and is ended at its limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graphkit import limits
from graphkit.errors import QueryForbidden, QueryTimeout
from graphkit.rdf.namespaces import PREFIXES
from graphkit.store.query.gate import read_query
from graphkit.store.query.mistakes import Spread, spread, syntax_error
from graphkit.store.query.process import ChildEnded, QueryProcess
from graphkit.store.query.substitution import bound_query
from graphkit.store.query.terms import Row, read_rows


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave.

    SELECT fills ``variables`` and ``rows``; ASK ``boolean``; CONSTRUCT and DESCRIBE ``triples``, sorted distinct N-Triples.
    ``is_truncated`` says that this is not all, ``note`` what cut the answer where that was no limit of who asked, ``behind`` how many
    graphs written lately are not in it yet.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    triples: bytes | None = None
    is_truncated: bool = False
    behind: int = 0
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds of time, rows or triples of answer (None: all), bytes of memory."""

    seconds: float = limits.QUERY_SECONDS
    rows: int | None = None
    memory_bytes: int = limits.QUERY_MEMORY_BYTES


def run_query(
    path: Path,
    sparql: str,
    *,
    bounds: Limits | None = None,
    substitutions: Mapping[str, str] | None = None,
    with_text: bool | None = None,
    allow_network: bool = False,
) -> QueryResult:
    """Answer one SPARQL query over the graph at ``path``; every graph together is the default graph.

    The prefixes of ``namespaces.PREFIXES`` need not be declared.  Preparing the index is not timed, answering is.

    Args:
        path: The graph's file.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bounds: What the query may use.
        substitutions: Values of variables, each one term in Turtle (``gkd:actor-Q159``).
        with_text: Whether ``schema:articleBody`` is there to be asked for; None: when the query mentions it.
        allow_network: Let SERVICE through, which sends parts of the question to another machine.

    Raises:
        QuerySyntax: The query does not parse; the message names line and column, the hint shows the line.
        QueryForbidden: It has SERVICE or an update, or is too long or nested too deep.
        QueryTimeout: It was ended at its time or memory.
        InputError: A substitution is not one term, or a variable is not in the query.
        NotFound, StoreError: See ``Record.open``.
    """
    reading = read_query(sparql, allow_network=allow_network)
    query = bound_query(sparql, reading, substitutions or {})
    asked = spread(sparql, reading.tokens)
    bounds = bounds or Limits()
    request = {
        "path": str(Path(path).absolute()),
        "query": query,
        "asked": [sparql, asked.text],
        "prefixes": PREFIXES,
        # the engine would let the union win over FROM
        "is_union": not reading.names_graphs,
        "limit": bounds.rows,
        "memory_bytes": bounds.memory_bytes,
        "with_text": reading.mentions_text if with_text is None else with_text,
        "allow_network": allow_network,
    }
    with QueryProcess(request, seconds=bounds.seconds) as process:
        try:
            return _collect(process, asked)
        except ChildEnded as end:
            raise _ended(end, bounds) from end


def _collect(process: QueryProcess, asked: Spread) -> QueryResult:
    variables: tuple[str, ...] = ()
    rows: list[Row] = []
    for message in process.messages():
        if "variables" in message:
            variables = tuple(message["variables"])
        elif "rows" in message:
            rows.extend(read_rows(message["rows"], len(variables)))
        elif "end" in message:
            return QueryResult(variables, tuple(rows), is_truncated=message["is_truncated"], behind=process.behind)
        elif "boolean" in message:
            return QueryResult(boolean=message["boolean"], behind=process.behind)
        elif "triples" in message:
            triples = "".join(message["triples"]).encode()
            return QueryResult(triples=triples, is_truncated=message["is_truncated"], behind=process.behind)
        elif "syntax" in message:
            raise syntax_error(message["syntax"], asked)
        else:
            raise ChildEnded("memory")
    raise ChildEnded("crash")


def _ended(end: ChildEnded, bounds: Limits) -> QueryTimeout | QueryForbidden:
    if end.why == "timeout":
        return QueryTimeout(
            f"the query was ended after {bounds.seconds:g} s",
            hint="ask for less (LIMIT, a narrower pattern), or raise --timeout",
        )
    if end.why == "crash":
        return QueryForbidden(
            "the query ended the process that answered it",
            hint="it nests or chains more than the engine can read: make it simpler",
        )
    most = limits.MAX_ANSWER_BYTES if end.why == "answer" else bounds.memory_bytes
    what = "of answer" if end.why == "answer" else "of memory"
    return QueryTimeout(
        f"the query was ended at {most // limits.MIB} MiB {what}",
        hint="ask for less: LIMIT, fewer columns, no ORDER BY over everything",
    )
