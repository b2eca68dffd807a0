"""Who may ask: this machine by its own names, pages of this server, and others only where a flag says so."""

import socket

import pytest
from servers import Endpoint, news, store_articles

from graphkit.cli import group
from graphkit.cli.failures import run
from graphkit.endpoint.guarding import Rules
from graphkit.endpoint.negotiation import GRAPHS, RESULTS, chosen

from .conftest import Client


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:80", "[::1]:7878", "127.8.9.1:1", "localhost."])
def test_its_own_names_are_answered(client, host):
    assert client.get("/sparql?query=ASK%7B%7D", Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7878",
        "127.0.0.1.evil.example",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "",
        "[",
        "a@127.0.0.1.x",
    ],
)
def test_a_name_pointed_here_is_not_answered(client, host):
    """DNS rebinding: the page's name stays in the Host header."""
    reply = client.get("/sparql?query=ASK%7B%7D", Host=host)
    assert reply.status in {400, 421}
    assert b"true" not in reply.body


def test_two_hosts_are_none(client):
    host, port = client.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
        assert connection.recv(100).split()[1] in {b"400", b"421"}


def test_pages_of_other_places_may_not_ask(client):
    assert client.get("/sparql?query=ASK%7B%7D", Origin="https://evil.example").status == 403
    assert client.get("/sparql?query=ASK%7B%7D", Origin="null").status == 403
    own = client.get("/sparql?query=ASK%7B%7D", Origin=client.url)
    assert own.status == 200
    assert not [key for key in own.headers if key.startswith("access-control")]
    assert client.send("OPTIONS", "/sparql", Origin="https://evil.example").status == 403


def test_one_may_be_allowed(tmp_path):
    path = tmp_path / "graph.db"
    store_articles(path, news(3))
    endpoint = Endpoint(path, "--allow-origin", "https://good.example", "--host", "graph.example")
    try:
        client = Client(endpoint.url)
        reply = client.get("/sparql?query=ASK%7B%7D", Origin="https://good.example")
        assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "https://good.example")
        asked = client.send("OPTIONS", "/sparql", Origin="https://good.example", Access_Control_Request_Method="POST")
        assert (asked.status, "POST" in asked.headers["access-control-allow-methods"]) == (204, True)
        assert client.get("/", Origin="https://evil.example").status == 403
        assert client.get("/", Host="graph.example").status == 200
    finally:
        endpoint.stop()


def test_rules_of_a_server_for_others():
    rules = Rules(frozenset({"graph.example"}), any_address=True)
    assert rules.is_host("192.168.1.5:7878")
    assert rules.is_host("graph.example")
    assert not rules.is_host("evil.example")


def test_another_address_needs_a_flag(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for arguments, code, word in (
        (["serve", "--bind", "0.0.0.0", "--port", "0"], 2, "--allow-remote"),
        (["serve", "--bind", "::", "--port", "0"], 2, "--allow-remote"),
        (["serve", "--bind", "localhost", "--port", "0"], 2, "numeric"),
        (["serve", "--port", "0"], 3, "graph.db"),
    ):
        assert run(group, arguments) == code
        assert word in capsys.readouterr().err


def test_with_the_flag_there_is_a_warning(tmp_path):
    path = tmp_path / "graph.db"
    store_articles(path, news(3))
    endpoint = Endpoint(path, "--bind", "0.0.0.0", "--allow-remote")
    endpoint.process.terminate()
    _, said = endpoint.process.communicate(timeout=20)
    assert "whoever can reach 0.0.0.0" in said.decode()


def test_a_port_that_is_taken(tmp_path, monkeypatch, capsys):
    path = tmp_path / "graph.db"
    store_articles(path, news(3))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run(group, ["-g", str(path), "serve", "--port", str(taken.getsockname()[1])]) == 5
    assert "--port 0" in capsys.readouterr().err


def test_every_answer_says_how_it_may_be_used(client):
    for target in ("/", "/sparql?query=ASK%7B%7D", "/nothing", "/ns"):
        headers = client.get(target).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "json"),
        ("text/csv;q=0.5, text/html;q=0.4", "csv"),
        ("text/csv;q=0", None),
        ("text/*", "csv"),
        ("text/*;q=0.3, text/html", "html"),
        ("*/*, application/sparql-results+json;q=0", "xml"),
        ("garbage", None),
        ("text/csv;q=nonsense", None),
        ("TEXT/CSV", "csv"),
    ],
)
def test_the_accept_header_is_read_as_its_standard_says(accept, form):
    assert chosen(accept, RESULTS) == form


def test_the_first_of_equals_is_taken():
    assert chosen("application/n-triples, text/turtle", GRAPHS) == "ttl"
