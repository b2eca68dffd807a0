"""The child process that answers one query: it parses it, opens the graph, shuts its doors behind it, and answers.

It speaks JSON lines: one request on standard input; "checked", "ready" and the parts of the answer on standard output, or what went
wrong.  A line with "bytes" is followed by so many bytes of rows, whole lines of SPARQL's TSV; see ``terms``.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graphkit.errors import GraphkitError, InputError, NetworkError, StoreError

try:
    import resource
except ImportError:  # Windows: gate, time and the separate process remain
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    import pyoxigraph

_BATCH_BYTES = 1 << 16
_GRACE_SECONDS = 1.0


def main() -> None:
    """Answer the one question on standard input."""
    request = json.loads(sys.stdin.readline())
    limit_memory(request["memory_bytes"])
    message = _failure_of(_answer, request)
    if message is not None:
        _send(message)


def _failure_of(step: Callable[[dict[str, Any]], None], request: dict[str, Any]) -> dict[str, Any] | None:
    """Take one step of answering, and return what went wrong in it, for the parent to raise."""
    try:
        step(request)
    except SyntaxError as error:
        # a mistake in the query itself was told before: this one is in what the values make of it
        return _failure(
            InputError(
                "the query cannot take these values", hint=f"a variable that the query binds itself cannot be set ({error})"
            )
        )
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
        return _failure(error)
    return None


def _mistake(request: dict[str, Any]) -> str | None:
    """Parse the query, over nothing: a mistake in it is told before a large graph is loaded."""
    set_alarm(request["seconds"] + _GRACE_SECONDS)
    written, spread = request["asked"]
    # where the doors cannot be shut, a SERVICE that is allowed would be called twice
    said = None if request["allow_network"] and resource is None else _parse(written, request["prefixes"])
    if said is not None:
        said = _parse(spread, request["prefixes"]) or said
    set_alarm(0)
    return said


def _parse(query: str, prefixes: dict[str, str]) -> str | None:
    import pyoxigraph

    # what goes wrong over nothing, but for the parsing, will be told by the answer
    with _doors_shut(), suppress(OSError, RuntimeError, ValueError):
        try:
            pyoxigraph.Store().query(query, prefixes=prefixes)
        except SyntaxError as error:
            return str(error)
    return None


def _answer(request: dict[str, Any]) -> None:
    said = _mistake(request)
    if said is not None:
        _send({"syntax": said})
        return
    _send({"checked": True})
    store, behind, table_files = _open(request)
    if not request["allow_network"]:
        shut_doors(table_files)
    _send({"ready": True, "behind": behind})
    # native code heeds no Python signal handler; the default one ends the process even when the parent is gone
    set_alarm(request["seconds"] + _GRACE_SECONDS)
    try:
        answer(store, request, _send)
    except OSError as error:
        if request["allow_network"]:
            raise NetworkError(f"the query's SERVICE could not be asked: {error}") from error
        raise StoreError(f"the query could not be answered: {error}") from error


def _send(message: dict[str, Any], body: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(message, ensure_ascii=False).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def _failure(error: Exception) -> dict[str, Any]:
    """Describe an error for the parent: graphkit's own as they are, others by their type."""
    if isinstance(error, GraphkitError):
        return {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    return {"error": "bug", "message": f"{type(error).__name__}: {error}", "hint": None}


def _open(request: dict[str, Any]) -> "tuple[pyoxigraph.Store, int, int]":
    from graphkit.store.index import open_index
    from graphkit.store.record import Record

    with Record.open(Path(request["path"]), read_only=True) as record:
        index = open_index(record, with_text=request["with_text"])
    return index.store, index.behind, index.table_files


def limit_memory(memory_bytes: int) -> None:
    """Cap the address space and write no core file, where the system can: not on Windows, and macOS ignores the first."""
    if resource is None:
        return
    for what, value in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))


def shut_doors(table_files: int = 0) -> None:
    """Let no further file or socket be opened: the second lock behind the gate, should a federated call have got past it.

    The store of a very large graph opens ``table_files`` more of its files while it answers; there the gate stands alone.
    """
    if resource is not None:
        most = _next_descriptor() + 2 * table_files
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def _doors_shut() -> Iterator[None]:
    """Shut the doors for a while."""
    if resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_next_descriptor(), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _next_descriptor() -> int:
    descriptor = os.open(os.devnull, os.O_RDONLY)
    os.close(descriptor)
    return descriptor


def set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds, whatever it is doing; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


class Send(Protocol):
    """What a part of an answer is handed to: a message, and the bytes that follow it."""

    def __call__(self, message: dict[str, Any], body: bytes = b"", /) -> None:
        """Send it on."""


def answer(store: "pyoxigraph.Store", request: dict[str, Any], send: Send) -> None:
    """Answer a query, part by part."""
    import pyoxigraph

    found = store.query(request["query"], prefixes=request["prefixes"], use_default_graph_as_union=request["is_union"])
    if isinstance(found, pyoxigraph.QueryBoolean):
        send({"boolean": bool(found)})
    elif isinstance(found, pyoxigraph.QueryTriples):
        send(_triples(found, request["limit"]))
    else:
        send({"variables": [variable.value for variable in found.variables]})
        send({"end": True, "is_truncated": _send_rows(found, request["limit"], send)})


def _send_rows(found: "pyoxigraph.QuerySolutions", limit: int | None, send: Send) -> bool:
    """Send the rows, and say whether there are more than ``limit``."""
    import pyoxigraph

    if limit is None:
        lines = _Lines(send, skipped=1)  # the heading: the variables are sent already
        found.serialize(lines, format=pyoxigraph.QueryResultsFormat.TSV)  # type: ignore[arg-type] # it only writes
        lines.send_rest()
        return False
    lines = _Lines(send)
    # row by row, for the engine would find some hundred of them before it writes the first
    for row in islice(found, limit):
        lines.write(("\t".join("" if term is None else str(term) for term in row) + "\n").encode())
    lines.send_rest()
    return next(found, None) is not None


class _Lines:
    """A file that sends what is written to it on in batches of whole lines, but for the first ``skipped``."""

    def __init__(self, send: Send, *, skipped: int = 0) -> None:
        self._skipped = skipped
        self._send = send
        self._kept = bytearray()

    def write(self, piece: bytes) -> int:
        self._kept += piece
        while self._skipped and b"\n" in self._kept:
            del self._kept[: self._kept.index(b"\n") + 1]
            self._skipped -= 1
        if len(self._kept) >= _BATCH_BYTES and not self._skipped:
            self._send_lines(self._kept.rfind(b"\n") + 1)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: the engine asks for it now and then, the rows go out in batches."""

    def send_rest(self) -> None:
        self._send_lines(len(self._kept))

    def _send_lines(self, end: int) -> None:
        if end:
            self._send({"bytes": end}, bytes(self._kept[:end]))
            del self._kept[:end]


def _triples(found: "pyoxigraph.QueryTriples", limit: int | None) -> dict[str, Any]:
    lines: set[str] = set()
    is_truncated = False
    for triple in found:
        if limit is not None and len(lines) >= limit and f"{triple} .\n" not in lines:
            is_truncated = True
            break
        lines.add(f"{triple} .\n")
    return {"triples": sorted(lines), "is_truncated": is_truncated}
