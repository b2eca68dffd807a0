"""Ratings and decisions pulled from real servers: rows again, with all that they carried, and beside what is here already."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "endpoint"))
sys.path.append(str(Path(__file__).parents[1] / "rdf"))

from invented_graph import DESK, RATINGS, decisions
from servers import Running, oxigraph, virtuoso

from graphkit import Graph
from graphkit.cli import group
from graphkit.cli.failures import run
from graphkit.graph.decisions_graph import add_decided
from graphkit.graph.exporting import ExportOptions
from graphkit.graph.importing import import_file
from graphkit.graph.merging import add_ratings
from graphkit.graph.pushing import remote_sha256
from graphkit.graph.rating import ImportOptions, graph_name, import_ratings
from graphkit.model import Rating
from graphkit.rdf.namespaces import GK, GKD, GRAPH_DECISIONS
from graphkit.store.remote import Credentials, Remote

pytestmark = pytest.mark.server
RIVAL = replace(DESK, value="1", normalised=RATINGS[1].normalised)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest) -> Iterator[Remote]:
    running: Running = {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]()
    with Remote(running.url, credentials=Credentials("dba", "dba")) as opened:
        for name, _ in list(opened.graphs()):
            opened.drop(name)
        yield opened


def rated(path: Path, *ratings: Rating) -> Graph:
    graph = Graph.open(path)
    add_ratings(graph.record, ratings)
    return graph


def told(path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the commands say of ratings."""
    said = []
    for arguments in (["ratings", "list"], ["ratings", "explain", "alpha.example.org"], ["ratings", "explain", "tass.com"]):
        assert run(group, ["-g", str(path), "--json", *arguments]) == 0
        said.append(capsys.readouterr().out)
    return said


def test_ratings_and_decisions_make_the_round_trip(remote: Remote, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with rated(tmp_path / "one.db", *RATINGS, RIVAL) as one, Graph.open(tmp_path / "two.db") as two:
        import_ratings(one.record, "shipped", None, ImportOptions())
        add_decided(one.record, decisions())
        one.push(remote)
        assert {pulled.outcome for pulled in two.pull(remote)} == {"added"}
        assert list(two.record.ratings.all()) == list(one.record.ratings.all())
        assert two.record.ratings.sets() == one.record.ratings.sets()
        assert [row for _, row in two.record.decisions.all()] == [row for _, row in one.record.decisions.all()]
        assert two.canonical_sha256() == one.canonical_sha256() == remote_sha256(remote)
        assert {pulled.outcome for pulled in two.pull(remote)} == {"unchanged"}
        assert two.verify() == []
        file = tmp_path / "two.nq"
        two.export(file, options=ExportOptions(with_text=True))
    assert told(tmp_path / "two.db", capsys) == told(tmp_path / "one.db", capsys)
    with Graph.open(tmp_path / "two.db") as two, Graph.open(tmp_path / "three.db") as three:
        import_file(three, file)
        assert three.canonical_sha256() == two.canonical_sha256()
        assert set(three.record.ratings.all()) == set(two.record.ratings.all())
        before = sum(item.count for item in two.record.ratings.sets())
        assert run(group, ["-g", str(tmp_path / "two.db"), "ratings", "remove", DESK.rating_set]) == 0
        assert sum(item.count for item in two.record.ratings.sets()) < before
        assert two.record.graph_nquads(graph_name(DESK.rating_set)) is None


def test_ratings_that_contradict_stand_beside_those_that_are_here(remote: Remote, tmp_path: Path) -> None:
    with rated(tmp_path / "one.db", DESK) as one, rated(tmp_path / "two.db", RIVAL) as two:
        one.push(remote)
        (pulled,) = two.pull(remote)
        assert (pulled.outcome, pulled.why) == (
            "replaced",
            "1 ratings contradict others and are kept beside them, in sets of their own",
        )
        found = {(row.rating_set, row.value) for row in two.record.ratings.all()}
        assert found == {("example", "1"), ("example (2)", DESK.value)}
        before = two.record.state()
        assert [again.outcome for again in two.pull(remote)] == ["unchanged"]
        assert two.record.state() == before
    with rated(tmp_path / "three.db", RIVAL, DESK) as three, Graph.open(tmp_path / "two.db") as two:
        assert three.canonical_sha256() == two.canonical_sha256()


def test_a_graph_of_ratings_without_rows_gets_them(remote: Remote, tmp_path: Path) -> None:
    """As an earlier version pulled it: the hash is the right one, and nobody knows the ratings."""
    with rated(tmp_path / "one.db", *RATINGS) as one, Graph.open(tmp_path / "two.db") as two:
        add_decided(one.record, decisions())
        one.push(remote)
        for name in one.record.graph_hashes():
            two.record.put_graph(name, one.record.graph_nquads(name) or b"")
        assert two.canonical_sha256() == one.canonical_sha256()
        assert list(two.record.ratings.all()) == []
        assert {pulled.outcome for pulled in two.pull(remote)} == {"replaced"}
        assert list(two.record.ratings.all()) == list(one.record.ratings.all())
        assert two.canonical_sha256() == one.canonical_sha256()


def test_what_rows_cannot_hold_is_left_there(remote: Remote, tmp_path: Path) -> None:
    with rated(tmp_path / "one.db", DESK) as one, Graph.open(tmp_path / "two.db") as two:
        one.push(remote)
        graph = graph_name(DESK.rating_set)
        remote.update(f'INSERT DATA {{ GRAPH <{GKD}{graph}> {{ <{GKD}{graph}> <{GK}mood> "sunny" }} }}')
        (pulled,) = two.pull(remote)
        assert pulled.outcome == "kept"
        assert pulled.why is not None
        assert pulled.why.startswith("it says what would be lost: ")
        assert "sunny" in pulled.why
        assert list(two.record.ratings.all()) == []
        assert two.record.graph_names() == ()


def test_decisions_of_both_hold(remote: Remote, tmp_path: Path) -> None:
    with Graph.open(tmp_path / "one.db") as one, Graph.open(tmp_path / "two.db") as two:
        add_decided(one.record, decisions()[:2])
        add_decided(two.record, decisions()[1:])
        one.push(remote)
        assert [pulled.outcome for pulled in two.pull(remote)] == ["replaced"]
        assert len(list(two.record.decisions.all())) == len(decisions())
        two.push(remote)
        assert [pulled.outcome for pulled in one.pull(remote)] == ["replaced"]
        assert one.record.graph_nquads(GRAPH_DECISIONS) == two.record.graph_nquads(GRAPH_DECISIONS)
