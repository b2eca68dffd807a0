"""What asking over HTTP costs beside asking pyoxigraph in the same process: every packaged question but the one about texts, and a look-up.

    python tests/benchmarks/bench_endpoint.py [GRAPH.db]

Without a graph, 300 articles of an invented news world are served.  Times are wall clock, the best of the rounds; the answers are whole
SPARQL JSON on both sides.
"""

import http.client
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph

sys.path.append(str(Path(__file__).resolve().parents[1] / "endpoint"))

from servers import Endpoint, news, store_articles

from graphkit.rdf.namespaces import PREFIXES
from graphkit.rdf.ontology.questions import questions
from graphkit.store.index import open_index
from graphkit.store.query import run_query
from graphkit.store.record import Record

ROUNDS = 7
LOOK_UP = "SELECT ?p ?o { gkd:outlet-meduza.io ?p ?o }"


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the best time of a call: what else runs on the machine can only lengthen it."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def bench(path: Path) -> None:
    """Print the table."""
    began = time.perf_counter()
    endpoint = Endpoint(path)
    print(f"started in {time.perf_counter() - began:.2f} s")
    with Record.open(path, read_only=True) as record:
        store = open_index(record).store
    print(f"{len(store):,} quads")
    connection = http.client.HTTPConnection(urlsplit(endpoint.url).netloc)

    def over_http(query: str) -> bytes:
        connection.request(
            "POST", "/sparql", urlencode({"query": query}), {"Content-Type": "application/x-www-form-urlencoded"}
        )
        return connection.getresponse().read()

    def raw(query: str) -> object:
        found = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
        return found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)

    print(f"{'':<28}{'endpoint':>12}{'raw':>12}{'more':>10}   milliseconds")
    for name, query in [
        ("look-up", LOOK_UP),
        *((f"{one.name} {one.slug}", one.sparql) for one in questions() if "articleBody" not in one.sparql),
    ]:
        connection.close()  # the server has closed one that was idle for a while; it is opened again when it is used
        over_http(query)
        there, here = milliseconds(lambda query=query: over_http(query)), milliseconds(lambda query=query: raw(query))
        print(f"{name:<28}{there:>12.2f}{here:>12.2f}{there - here:>10.2f}")
    alone = milliseconds(lambda: run_query(path, LOOK_UP), rounds=3)
    print(f"look-up by `graphkit query`, a process for each: {alone:.0f} ms")

    def burst(_: int) -> int:
        own = http.client.HTTPConnection(urlsplit(endpoint.url).netloc)
        for _ in range(100):
            own.request("GET", "/sparql?" + urlencode({"query": LOOK_UP}))
            reply = own.getresponse()
            reply.read()
        own.close()
        return reply.status

    began = time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(burst, range(4)))
    print(f"look-ups by four clients at once: {400 / (time.perf_counter() - began):,.0f} a second")
    connection.close()
    endpoint.stop()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        bench(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            store_articles(Path(temporary) / "graph.db", news(300))
            bench(Path(temporary) / "graph.db")
