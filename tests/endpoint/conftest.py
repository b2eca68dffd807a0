"""One endpoint over an invented graph and the golden one, for every test that only reads."""

import http.client
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

sys.path.append(str(Path(__file__).parent))

from servers import Endpoint, news, store_articles

from graphkit import Graph, read_text
from graphkit.resources import folder

SECONDS = 2.0


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Client:
    """A plain HTTP client that adds nothing of its own."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, target: str, body: bytes | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        try:
            named = {key.replace("_", "-"): value for key, value in headers.items()}
            connection.request(method, target, body, self.headers | named)
            answer = connection.getresponse()
            return Reply(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, target: str, **headers: str) -> Reply:
        return self.send("GET", target, **headers)

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more: str) -> Reply:
        return self.get("/sparql?" + urlencode({"query": query, **more}), Accept=accept)


@pytest.fixture(scope="session")
def graph_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of 60 invented articles and the seed."""
    path = tmp_path_factory.mktemp("served") / "graph.db"
    store_articles(path, news(60))
    with Graph.open(path) as graph:
        text = (folder("seeds") / "seed.md").read_text(encoding="utf-8")
        graph.add_article(read_text(text), extractor="rules")
    return path


@pytest.fixture(scope="session")
def endpoint(graph_path: Path) -> Iterator[Endpoint]:
    """``graphkit serve`` over that graph; one query may take two seconds."""
    started = Endpoint(graph_path, "--timeout", str(SECONDS))
    yield started
    started.stop()


@pytest.fixture
def client(endpoint: Endpoint) -> Client:
    """A client of that endpoint."""
    return Client(endpoint.url)
