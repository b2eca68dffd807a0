"""Queries end at their limits, leave no child behind, and reach no network."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from graphkit import limits
from graphkit.errors import (
    NetworkError,
    QueryForbidden,
    QuerySyntax,
    QueryTimeout,
    StoreError,
)
from graphkit.store.query import Limits, process, read_query, run, run_query

RUNAWAY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(STR(?c)) + STRLEN(STR(?l)) > 5000) }"
)
RUNAWAYS = {
    "join": RUNAWAY,
    "path": "SELECT (COUNT(*) AS ?n) { ?a (gk:about|^gk:about|gk:inArticle|^gk:inArticle)+ ?b . ?c (gk:about|^gk:about)+ ?d . "
    "?e (gk:about|^gk:about|!gk:x)+ ?f . ?g (gk:about|!gk:x)+ ?h FILTER(STRLEN(STR(?b)) + STRLEN(STR(?h)) > 5000) }",
    "ask": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(STR(?c)) + STRLEN(STR(?l)) > 5000) }",
    "rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "before any data": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(60)))} }}" for i in range(6))
    + " }",
}


# limits


FAST = {"join", "before any data"}
IN_TIME = 0.3 + 1 + 1.5
"""The limit, the second that a query may take to end, and the start of a process."""


@pytest.mark.parametrize("kind", [kind if kind in FAST else pytest.param(kind, marks=pytest.mark.slow) for kind in RUNAWAYS])
def test_a_runaway_query_ends_at_its_time_and_leaves_no_child(graph: Path, children: list[int], kind: str) -> None:
    took: list[float] = []
    while len(took) < 3 and not (took and took[-1] < IN_TIME):  # again, should a busy machine have kept the process waiting
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match=r"ended (after 0\.3 s|at)"):
            run_query(graph, RUNAWAYS[kind], bounds=Limits(seconds=0.3, memory_bytes=600 * limits.MIB))
        took.append(time.monotonic() - began)
    assert min(took) < IN_TIME
    assert len(children) == len(took)
    assert run_query(graph, "ASK { }").boolean is True


def test_a_query_that_fills_memory_ends_there(graph: Path, children: list[int]) -> None:
    query = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i"
    with pytest.raises(QueryTimeout, match="200 MiB of memory") as caught:
        run_query(graph, query, bounds=Limits(seconds=60, memory_bytes=200 * limits.MIB))
    assert caught.value.exit_code == 6


def test_an_answer_too_large_to_hold_ends_there(graph: Path, children: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ANSWER_BYTES", 2 * limits.MIB)
    with pytest.raises(QueryTimeout, match="2 MiB of answer"):
        run_query(graph, RUNAWAYS["rows"], bounds=Limits(seconds=60))


@pytest.mark.parametrize("chain", ["!", "1+"])
def test_a_query_that_ends_its_process_ends_nothing_else(graph: Path, children: list[int], chain: str) -> None:
    query = f"SELECT * {{ ?s ?p ?o FILTER({chain * (19_000 // len(chain))}1) }}"
    with pytest.raises(QueryForbidden, match="ended the process"):
        run_query(graph, query)


def test_stopping_the_parent_by_hand_stops_the_child(graph: Path, children: list[int]) -> None:
    # a shell that starts the tests in the background has them ignore the signal
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.7, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_query(graph, RUNAWAY, bounds=Limits(seconds=20))
        timer.join()
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.slow
def test_a_child_whose_parent_was_killed_ends_by_itself(graph: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from graphkit.store.query import Limits, process, run_query\n"
        "start = process.subprocess.Popen\n"
        "def noting(*a, **k):\n    child = start(*a, **k); print(child.pid, flush=True); return child\n"
        "process.subprocess.Popen = noting\n"
        f"run_query(Path(sys.argv[1]), {RUNAWAY!r}, bounds=Limits(seconds=1.5))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(graph)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.5)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and Path(f"/proc/{child}/cmdline").exists() and _is_running(child):
        time.sleep(0.1)
    assert not _is_running(child)


def _is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_child_that_cannot_start_is_told(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_CODE", "raise SystemExit('no such module')")
    with pytest.raises(StoreError, match="no such module"):
        run_query(graph, "ASK {}")


def test_nothing_in_the_working_folder_is_imported(graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sqlite3", "json", "pyoxigraph", "zlib", "signal"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the working folder')")
    monkeypatch.chdir(tmp_path)
    assert run_query(graph, "ASK { ?s a gk:Article }").boolean is True


# the network


@pytest.fixture
def listener() -> Iterator[tuple[str, list[int]]]:
    """A server on loopback: its address and the connections that it saw."""
    seen: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                seen.append(1)
                connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", seen
        done.set()
        thread.join()


CALLS = [
    "ASK {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "PREFIX : <{0}> ASK {{ SERVICE:x{{ ?s ?p ?o }} }}",
    "ASK {{ ?s ?p ?a FILTER(?a<'a>'||1=1)SERVICE<{0}>{{ ?s ?p ?o }} }} #'",
    "LOAD <{0}>",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE <{0}>",
]


@pytest.mark.parametrize("call", CALLS)
def test_no_query_reaches_the_network(graph: Path, listener: tuple[str, list[int]], call: str) -> None:
    address, seen = listener
    with suppress(QueryForbidden, QuerySyntax):
        run_query(graph, call.format(address))
    assert seen == []


@pytest.mark.parametrize("call", CALLS[:5])
def test_the_second_lock_holds_without_the_gate(
    graph: Path, listener: tuple[str, list[int]], call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = listener
    plain = read_query("ASK { }")
    monkeypatch.setattr(run, "read_query", lambda _query, **_: plain)
    with suppress(QuerySyntax, StoreError):  # SILENT says nothing
        run_query(graph, call.format(address))
    assert seen == []


def test_the_network_is_reached_only_where_it_is_allowed(graph: Path, listener: tuple[str, list[int]]) -> None:
    address, seen = listener
    with pytest.raises(NetworkError):
        run_query(graph, CALLS[0].format(address), allow_network=True)
    assert len(seen) == 1
    with pytest.raises(QuerySyntax, match="line 1, column 10"):
        run_query(graph, "SELECT * SERVICE", allow_network=True)
