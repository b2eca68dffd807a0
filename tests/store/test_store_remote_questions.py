"""The packaged questions at real servers: the same rows in the same order as pyoxigraph gives, over invented and real graphs."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
import pytest

sys.path.append(str(Path(__file__).parents[1] / "endpoint"))
sys.path.append(str(Path(__file__).parents[1] / "rdf"))

from servers import Running, oxigraph, virtuoso

from graphkit.rdf.namespaces import GKD
from graphkit.rdf.ontology.questions import questions
from graphkit.resources import folder
from graphkit.store.remote import Credentials, Remote
from graphkit.store.remote.asking import query_endpoint

pytestmark = pytest.mark.server
Rows = list[tuple[str, ...]]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest) -> Iterator[Remote]:
    running: Running = {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]()
    with Remote(running.url, credentials=Credentials("dba", "dba")) as opened:
        yield opened


def put(quads: Iterable[pyoxigraph.Quad], remote: Remote) -> pyoxigraph.Store:
    """Put a graph at the server and into a store here."""
    store = pyoxigraph.Store()
    store.extend(quads)
    for name, _ in list(remote.graphs()):
        remote.drop(name)
    for graph in store.named_graphs():
        lines = [f"{quad.triple} .\n".encode() for quad in store.quads_for_pattern(None, None, None, graph)]
        remote.put(graph.value.removeprefix(GKD), [b"".join(lines)])
    return store


def differences(store: pyoxigraph.Store, remote: Remote) -> list[str]:
    """Name the questions whose rows, or their order, differ; Virtuoso, as Debian ships it, gives long answers in pages only."""
    found = []
    for one in questions():
        answer = store.query(one.sparql, use_default_graph_as_union=True)
        here = [tuple("" if term is None else term.value for term in row) for row in answer]
        asked = query_endpoint(remote.server.query, one.sparql, seconds=60)
        there = [tuple("" if term is None else term.value for term in row) for row in asked.rows]
        if here != there or asked.is_truncated:
            found.append(
                f"{one.name}: {'order' if sorted(here) == sorted(there) else f'{len(here)} rows here, {len(there)} there'}"
            )
    return found


def test_on_the_golden_and_the_invented_graph(remote: Remote) -> None:
    from invented_graph import quads

    golden = pyoxigraph.parse(path=str(folder("seeds") / "golden.trig"))
    assert differences(put([*golden, *quads()], remote), remote) == []


@pytest.fixture(scope="module")
def real(shared_data: Path) -> list[pyoxigraph.Quad]:
    """Three hundred real articles with ratings and links, made once for both servers."""
    from real_graph import real_quads

    return real_quads(shared_data, articles=300)


@pytest.mark.slow
def test_on_three_hundred_real_articles(remote: Remote, real: list[pyoxigraph.Quad]) -> None:
    assert differences(put(real, remote), remote) == []
