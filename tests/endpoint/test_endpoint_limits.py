"""What a question may cost, and that the next one is answered: time, memory, size, number, and nothing outside."""

import json
import os
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from servers import Endpoint, entry, news, store_articles

from graphkit import limits
from graphkit.store.record import Record

from .conftest import SECONDS, Client

RUNAWAYS = {
    "join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 1",
    "group": "SELECT ?c ?f ?i (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?c ?f ?i",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)+ ?b . ?b (!<urn:x>|^!<urn:x>)+ ?c }",
    "construct": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
COUNT = "SELECT (COUNT(?a) AS ?n) { ?a a gk:Article }"


def children(pid: int) -> list[int]:
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    if not listing.exists():
        pytest.skip("this system does not list the children of a process")
    return [int(child) for child in listing.read_text(encoding="ascii").split()]


def counted(client: Client) -> int:
    reply = client.ask(COUNT)
    assert reply.status == 200, reply.text
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("kind", sorted(RUNAWAYS))
def test_a_runaway_query_ends_and_the_next_is_answered(client, kind):
    began = time.monotonic()
    reply = client.ask(RUNAWAYS[kind], "*/*")
    took = time.monotonic() - began
    assert reply.status == 504, reply.text
    assert "ended" in reply.text
    assert took < SECONDS + 1 + 1.5  # the last for a fork on a busy machine
    assert counted(client) == 61


def test_a_client_may_ask_for_less_time_but_not_for_more(client):
    assert "after 0.3 s" in client.ask(RUNAWAYS["join"], timeout="0.3").text
    assert f"after {SECONDS:g} s" in client.ask(RUNAWAYS["join"], timeout="1000").text


def test_an_answer_has_a_size(client):
    width = limits.MAX_QUERY_LENGTH - 500
    query = f"SELECT ?a ('{'x' * width}' AS ?x) {{ ?a ?b ?c }}"
    reply = client.send(
        "POST", "/sparql", urlencode({"query": query}).encode(), Content_Type="application/x-www-form-urlencoded"
    )
    assert reply.status == 504
    assert "MiB" in reply.text or "ended" in reply.text
    assert counted(client) == 61


def test_a_crash_of_the_engine_is_survived(client):
    reply = client.ask("SELECT * { " + "{" * 30 + "?a ?b ?c" + "}" * 30 + " }")
    assert reply.status in {200, 403, 504}
    deep = "ASK { FILTER(" + "!" * 15_000 + "true) }"
    assert client.send("POST", "/sparql", deep.encode(), Content_Type="application/sparql-query").status in {200, 400, 403, 504}
    assert counted(client) == 61


def test_as_many_as_may_be_at_once_and_the_rest_come_again(client):
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda _: client.ask(RUNAWAYS["join"], timeout="1"), range(12)))
    statuses = [reply.status for reply in replies]
    assert statuses.count(504) >= limits.SERVED_AT_ONCE
    assert set(statuses) == {503, 504}
    assert {reply.headers["retry-after"] for reply in replies if reply.status == 503} == {"1"}
    assert counted(client) == 61


def test_a_client_that_goes_away_frees_its_place(client):
    host, port = client.url.removeprefix("http://").split(":")
    request = f"GET /sparql?query={quote(RUNAWAYS['join'])}&timeout=2 HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
    for _ in range(2 * limits.SERVED_AT_ONCE):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(request)
            time.sleep(0.1)
    deadline = time.monotonic() + 5
    while client.ask(COUNT).status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_nothing_is_connected_to(client):
    """SERVICE, FROM and LOAD name a socket that counts who comes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        queries = (
            f"SELECT * {{ SERVICE <{url}> {{ ?a ?b ?c }} }}",
            f"SELECT * {{ SERVICE SILENT <{url}> {{ ?a ?b ?c }} }}",
            f"SELECT * {{ VALUES ?u {{ <{url}> }} SERVICE ?u {{ ?a ?b ?c }} }}",
            f"SELECT * {{ s\\u0065rvice <{url}> {{ ?a ?b ?c }} }}",
            f"PREFIX SERVICE: <{url}> SELECT * {{ SERVICE:x {{ ?a ?b ?c }} }}",
            f"SELECT * {{ FILTER(?a<?b)SERVICE<{url}#>{{}} }}",
            f"ASK {{ FILTER(trueSERVICE<{url}>{{}}) }}",
            f"SELECT * FROM <{url}> {{ ?a ?b ?c }}",
            f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?a ?b ?c }} }}",
            f"LOAD <{url}>",
            f"DESCRIBE <{url}>",
            f"CONSTRUCT {{ ?a ?b ?c }} FROM <{url}> {{ ?a ?b ?c }}",
        )
        for query in queries:
            for accept in ("*/*", "text/html", "application/ld+json"):
                assert client.ask(query, accept).status < 500
            client.send(
                "POST", "/sparql", urlencode({"update": query}).encode(), Content_Type="application/x-www-form-urlencoded"
            )
        for more in ({"default-graph-uri": url}, {"named-graph-uri": url}):
            assert client.ask("SELECT * { ?a ?b ?c }", **more).status == 200
        client.get("/graphs?graph=" + quote(url, safe=""))
        client.get("/id/" + quote(url, safe=""))
        with pytest.raises(TimeoutError):
            listening.accept()


def test_answers_follow_the_record_and_never_stop_while_it_is_written(tmp_path):
    """A writer adds, replaces and removes; every answer meanwhile is whole and of one state."""
    path = tmp_path / "graph.db"
    articles = news(60, seed=2)
    store_articles(path, articles[:10])
    endpoint = Endpoint(path)
    try:
        client = Client(endpoint.url)
        assert counted(client) == 10
        done = threading.Event()

        def write() -> None:
            with Record.open(path) as record:
                for annotation in articles[10:]:
                    record.put(entry(annotation))
                record.remove(entry(articles[0]).article_name)
            done.set()

        writer = threading.Thread(target=write)
        writer.start()
        seen = []
        while not done.is_set():
            seen.append(counted(client))
        writer.join()
        assert seen == sorted(seen)
        deadline = time.monotonic() + 20
        while counted(client) != 59:
            assert time.monotonic() < deadline, "the endpoint does not follow the record"
            time.sleep(0.1)
        shared = client.ask("SELECT (COUNT(*) AS ?n) { GRAPH gkd:graph-shared { ?s ?p ?o } }")
        with Record.open(path, read_only=True) as record:
            from graphkit.store.index import open_index

            store = open_index(record).store
            expected = sum(1 for quad in store if quad.graph_name.value.endswith("/graph-shared"))
        assert int(json.loads(shared.body)["results"]["bindings"][0]["n"]["value"]) == expected
        assert client.get("/id/" + entry(articles[0]).article_name).status == 404
    finally:
        endpoint.stop()


def test_the_keeper_may_die_and_is_started_again(tmp_path):
    path = tmp_path / "graph.db"
    store_articles(path, news(3))
    endpoint = Endpoint(path)
    try:
        client = Client(endpoint.url)
        assert counted(client) == 3
        (keeper,) = children(endpoint.process.pid)
        os.kill(keeper, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while client.ask(RUNAWAYS["join"], timeout="0.3").status != 504 or client.ask(COUNT).status != 200:
            assert time.monotonic() < deadline, "no keeper took the place of the dead one"
            time.sleep(0.2)
        assert counted(client) == 3
    finally:
        endpoint.stop()


def test_no_process_is_left_behind(tmp_path):
    path = tmp_path / "graph.db"
    store_articles(path, news(3))
    endpoint = Endpoint(path)
    counted(Client(endpoint.url))
    (keeper,) = children(endpoint.process.pid)
    workers = children(keeper)
    assert workers
    endpoint.stop()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in (keeper, *workers)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
