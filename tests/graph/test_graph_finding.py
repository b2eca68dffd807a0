"""What a name means: found in memory and on disk alike, with everything that fits told where it is not one thing."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

sys.path.append(str(Path(__file__).parents[1] / "rdf"))

from invented_graph import RATINGS, annotations

from graphkit import Graph, limits
from graphkit.errors import NotFound
from graphkit.graph.deciding import Maker, rename
from graphkit.graph.finding import find
from graphkit.graph.importing import Contents, write_contents
from graphkit.rdf import identifiers


@pytest.fixture(params=["memory", "disk"])
def graph(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graph]:
    if request.param == "disk":
        monkeypatch.setattr(limits, "MEMORY_INDEX_ARTICLES", 0)
    with Graph.open(tmp_path / "graph.db") as opened:
        write_contents(opened.record, Contents(annotations(), RATINGS), replace=False)
        opened.index()
        assert opened._index is not None
        assert opened._index.is_on_disk == (request.param == "disk")
        yield opened


@pytest.fixture
def store(graph: Graph) -> Store:
    return graph.index()


ARTICLE = identifiers.article("https://alpha.example.org/1", "")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("https://alpha.example.org/1", (ARTICLE, "Article")),
        (ARTICLE, (ARTICLE, "Article")),
        (ARTICLE[:12], (ARTICLE, "Article")),
        ("Engineers sent to Samplestan", (ARTICLE, "Article")),
        ("  engineers SENT to ", (ARTICLE, "Article")),
        ("alpha.example.org", ("outlet-alpha.example.org", "Outlet")),
        ("ALPHA.EXAMPLE.ORG", ("outlet-alpha.example.org", "Outlet")),
        ("outlet-alpha.example.org", ("outlet-alpha.example.org", "Outlet")),
        ("Examplia hat 6.000 Ingenieure", (identifiers.claim("Examplia hat 6.000 Ingenieure geschickt", "de"), "Claim")),
    ],
)
def test_a_name_is_found(store: Store, name: str, found: tuple[str, str]) -> None:
    assert find(store, name) == found


@pytest.mark.parametrize(
    "name", ["", "x", "zz", "nobody here", "art-", "claim-22", "https://nowhere.example/", "a b<>", "urn:x", '"']
)
def test_what_names_nothing_is_told(store: Store, name: str) -> None:
    with pytest.raises(NotFound, match="nothing in this graph is called"):
        find(store, name)


def test_what_fits_several_is_told_with_all_of_them(store: Store) -> None:
    with pytest.raises(NotFound, match=r"'example' fits \d+ things") as caught:
        find(store, "example")
    assert "outlet-alpha.example.org (alpha.example.org)" in str(caught.value.hint)


def test_what_was_decided_shows_and_the_index_stays_as_it_is(graph: Graph) -> None:
    before = graph.canonical_sha256()
    rename(graph.record, graph.index(), "outlet-alpha.example.org", "the-alpha.example", Maker("Ann"))
    for _ in range(2):
        assert find(graph.decided_index(), "the-alpha.example") == ("outlet-alpha.example.org", "Outlet")
        assert find(graph.decided_index(is_for_all=True), "the-alpha.example") == ("outlet-alpha.example.org", "Outlet")
    with pytest.raises(NotFound):
        find(graph.index(), "the-alpha.example")
    graph.record.drop_graph("graph-decisions")
    assert graph.canonical_sha256() == before


def test_all_of_a_graph_is_read_from_memory(graph: Graph) -> None:
    assert set(graph.decided_index(is_for_all=True)) == set(graph.index())
    assert graph.decided_index(is_for_all=True) is graph.decided_index(is_for_all=True)
    assert graph._index is not None
    assert (graph.decided_index(is_for_all=True) is graph.index()) == (not graph._index.is_on_disk)
