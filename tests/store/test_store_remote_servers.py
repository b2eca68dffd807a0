"""Remote stores for real: what is pushed to Oxigraph and Virtuoso is what the record holds, whoever is killed on the way, and comes back."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "endpoint"))

from servers import Endpoint, Running, entry, news, oxigraph, store_articles, virtuoso

from graphkit import Graph
from graphkit.errors import BadStatus, GraphkitError
from graphkit.graph.pushing import differing, plan_push, push_graph, remote_sha256
from graphkit.rdf.namespaces import GK, GKD, RDFS, SCHEMA
from graphkit.store.remote import Credentials, Remote
from graphkit.store.remote.marks import MARKS

pytestmark = pytest.mark.server
ARTICLES, FEW = 300, 80
WHO = Credentials("dba", "dba")


def graph_of_links(count: int) -> bytes:
    """A graph that is no article's, with every sign that a careless way would lose."""
    graph = f"<{GKD}graph-links>"
    text = '"a \\"quoted\\" \\\\ \\n\\t\\u0001 \u2028 ü 😀 <b>"'
    lines = [
        f'<{GKD}link-{number}> <{GK}score> "0.{number:03}1"^^<http://www.w3.org/2001/XMLSchema#decimal> {graph} .\n'
        for number in range(count)
    ]
    lines += [f"<{GKD}link-0> <{RDFS}comment> {text}{tag} {graph} .\n" for tag in ("", "@en", "@de-AT")]
    lines += [
        f'<{GKD}link-0> <{SCHEMA}dateCreated> "2025-06-18"^^<http://www.w3.org/2001/XMLSchema#date> {graph} .\n',
        f'<{GKD}link-0> <{GK}isGuess> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> {graph} .\n',
        f"<{GKD}link-0> <{RDFS}seeAlso> <https://example.org/ü?q=a%20b&c=d#f> {graph} .\n",
    ]
    import pyoxigraph

    quads = pyoxigraph.parse("".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    return b"".join(sorted(f"{quad} .\n".encode() for quad in quads))


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def running(request: pytest.FixtureRequest) -> Running:
    return {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]()


@pytest.fixture
def remote(running: Running) -> Iterator[Remote]:
    """The server, without graphs of ours."""
    with Remote(running.url, credentials=WHO) as opened:
        for name, _ in list(opened.graphs()):
            opened.drop(name)
        assert list(opened.graphs()) == []
        yield opened


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Graph]:
    """A graph of 300 articles and one of another kind."""
    yield from graph_of(tmp_path / "large.db", ARTICLES)


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    """A graph that is small enough to be pushed often."""
    yield from graph_of(tmp_path / "graph.db", FEW)


def graph_of(path: Path, articles: int) -> Iterator[Graph]:
    store_articles(path, news(articles))
    with Graph.open(path) as opened:
        opened.record.put_graph("graph-links", graph_of_links(articles))
        yield opened


def pushed(graph: Graph, remote: Remote, **options: bool) -> tuple[int, int, int]:
    """Push, and return how many graphs were new, changed and too many there."""
    plan = graph.push(remote, **options)
    return len(plan.new), len(plan.changed), len(plan.surplus)


def test_push_change_push_is_equal(large: Graph, remote: Remote) -> None:
    """300 articles; then some added, replaced, removed; each time the canonical hashes are equal, and a push more does nothing."""
    graph = large
    assert pushed(graph, remote) == (ARTICLES + 1, 0, 0)
    assert remote_sha256(remote) == graph.canonical_sha256()
    assert plan_push(graph.record, remote).is_empty
    changed = [replace(one, assertions=one.assertions[1:], mentions=()) for one in news(ARTICLES)[10:30]]
    for annotation in (*changed, *news(10, seed=7)):
        graph.record.put(entry(annotation))
    for annotation in news(ARTICLES)[100:115]:
        graph.record.remove(entry(annotation).article_name)
    graph.record.drop_graph("graph-links")
    assert pushed(graph, remote) == (10, 20, 16)
    assert remote_sha256(remote) == graph.canonical_sha256()
    assert plan_push(graph.record, remote).is_empty


KILLED = """
import os, signal, sys
from graphkit import Graph
from graphkit.graph.pushing import plan_push, push_graph
from graphkit.store.remote import Credentials, Remote
sent = []
def report(did, name):
    sent.append(name)
    if len(sent) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
with Graph.open(sys.argv[1], is_read_only=True) as graph, Remote(sys.argv[2], credentials=Credentials("dba", "dba")) as remote:
    push_graph(graph, remote, plan_push(graph.record, remote), report=report)
"""


def test_a_push_that_is_killed_is_gone_on_with(graph: Graph, remote: Remote, running: Running) -> None:
    for after in (15, 25):
        command = [sys.executable, "-c", KILLED, str(graph.record.path), running.url, str(after)]
        assert subprocess.run(command, check=False, capture_output=True).returncode == -signal.SIGKILL
        left = plan_push(graph.record, remote)
        assert left.describes
        assert not left.is_empty
    assert pushed(graph, remote) != (FEW + 1, 0, 0)
    assert remote_sha256(remote) == graph.canonical_sha256()
    assert plan_push(graph.record, remote).is_empty


def test_a_server_that_is_killed_is_gone_on_with(graph: Graph, remote: Remote, running: Running) -> None:
    sent = []

    def report(_did: str, name: str) -> None:
        sent.append(name)
        if len(sent) == 60:
            # in the middle of a batch
            running.kill()

    plan = plan_push(graph.record, remote)
    with pytest.raises(GraphkitError):
        push_graph(graph, remote, plan, report=report)
    running.restart()
    left = plan_push(graph.record, remote)
    assert left.describes
    push_graph(graph, remote, left)
    assert remote_sha256(remote) == graph.canonical_sha256()
    assert plan_push(graph.record, remote).is_empty


def test_what_others_did_there_is_found_and_mended(graph: Graph, remote: Remote) -> None:
    for annotation in news(FEW)[20:]:
        graph.record.remove(entry(annotation).article_name)
    pushed(graph, remote)
    names = graph.record.graph_names()
    remote.update(f"INSERT DATA {{ GRAPH <{GKD}{names[0]}> {{ <urn:x> <urn:y> <urn:z> }} }}")
    remote.drop(names[1])
    plan = plan_push(graph.record, remote)
    assert set(plan.changed) == {names[0], names[1]}  # by count
    push_graph(graph, remote, plan)
    assert remote_sha256(remote) == graph.canonical_sha256()
    own = remote.get(names[2]).splitlines(keepends=True)
    remote.put(names[2], [b"".join(own[1:]) + b"<urn:x> <urn:y> <urn:z> .\n"])
    assert plan_push(graph.record, remote).is_empty  # the count is the same
    assert differing(graph, remote) == [names[2]]
    assert pushed(graph, remote) == (0, 1, 0)
    assert remote_sha256(remote) == graph.canonical_sha256()


def test_graphs_of_others_may_be_kept(
    graph: Graph, remote: Remote, tmp_path: Path, monkeypatch, capsys, running: Running
) -> None:
    from graphkit.cli import group
    from graphkit.cli.failures import run

    first, second = tmp_path / "first.db", tmp_path / "second.db"
    store_articles(first, news(5))
    store_articles(second, news(5, seed=9))
    monkeypatch.setenv("GRAPHKIT_REMOTE_PASSWORD", "dba")
    monkeypatch.setattr(sys, "stdin", open(os.devnull, encoding="utf-8"))  # noqa: SIM115, PTH123 - closed with the test's process
    push = ["push", running.url, "--user", "dba"]
    assert run(group, ["-g", str(first), *push]) == 0
    assert run(group, ["-g", str(second), *push]) == 2
    assert "--yes removes them" in capsys.readouterr().err
    assert run(group, ["-g", str(second), *push, "--dry-run"]) == 0
    assert "would be: 5 new, 0 changed, 5 removed" in capsys.readouterr().err
    assert run(group, ["-g", str(second), *push, "--keep"]) == 0
    assert sum(1 for name, _ in remote.graphs() if name.startswith("graph-") and len(name) == 32) == 10
    assert run(group, ["-g", str(second), *push, "--yes", "--json"]) == 0
    assert '{"new": 0, "changed": 0, "removed": 5}' in capsys.readouterr().out
    with Graph.open(second, is_read_only=True) as graph_there:
        assert remote_sha256(remote) == graph_there.canonical_sha256()
    sys.stdin.close()


def test_what_was_pushed_is_pulled(graph: Graph, remote: Remote, tmp_path: Path) -> None:
    for annotation in news(FEW)[20:]:
        graph.record.remove(entry(annotation).article_name)
    pushed(graph, remote, with_text=True)
    assert plan_push(graph.record, remote, with_text=True).is_empty
    with Graph.open(tmp_path / "pulled.db") as pulled:
        assert {one.outcome for one in pulled.pull(remote)} == {"added"}
        assert pulled.canonical_sha256() == graph.canonical_sha256()
        assert pulled.texts() == graph.texts()
        assert {one.outcome for one in pulled.pull(remote)} == {"unchanged"}
        assert pulled.verify() == []
    # without texts: the quads are there, and a later push of the same says that nothing is to be done
    assert pushed(graph, remote) == (0, 20, 0)
    with Graph.open(tmp_path / "bare.db") as bare:
        assert [one.outcome for one in bare.pull(remote)].count("without_text") == 20
        assert bare.canonical_sha256() == graph.canonical_sha256()
        assert plan_push(bare.record, remote).is_empty
        assert len(bare.rows("articles")) == 20


def test_an_endpoint_of_graphkit_is_pulled_with_its_texts(graph: Graph, tmp_path: Path) -> None:
    for annotation in news(FEW)[15:]:
        graph.record.remove(entry(annotation).article_name)
    endpoint = Endpoint(graph.record.path)
    try:
        with Remote(endpoint.url) as remote, Graph.open(tmp_path / "pulled.db") as pulled:
            assert remote.server.kind == "graphkit"
            assert {one.outcome for one in pulled.pull(remote)} == {"added"}
            assert pulled.canonical_sha256() == graph.canonical_sha256()
            assert pulled.texts() == graph.texts()
            with pytest.raises(GraphkitError, match="only reads"):
                plan_push(graph.record, remote)
    finally:
        endpoint.stop()


def test_the_password_is_needed_where_the_server_asks() -> None:
    with Remote(virtuoso().url) as remote, pytest.raises(BadStatus, match="401"):
        remote.update(f"DROP SILENT GRAPH <{GKD}{MARKS}>")
    with Remote(virtuoso().url, credentials=Credentials("dba", "wrong")) as remote, pytest.raises(BadStatus, match="401"):
        remote.update(f"DROP SILENT GRAPH <{GKD}{MARKS}>")
