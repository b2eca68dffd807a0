"""The W3C's SPARQL 1.1 Protocol at the endpoint: each way to ask, each form of answer, each kind of refusal.

Cases follow the W3C's test suite (data-sparql11/protocol); what updates would do there is refused here.
"""

import json
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest

from graphkit.rdf.namespaces import GK, GKD
from graphkit.store.record import Record

ASK = "ASK {}"
SELECT = "SELECT ?x WHERE { VALUES ?x { 1 } }"
CONSTRUCT = "CONSTRUCT { <urn:s> <urn:p> 1 } WHERE {}"
DESCRIBE = f"DESCRIBE <{GKD}outlet-meduza.io>"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


@pytest.fixture(scope="module")
def two_graphs(graph_path) -> list[str]:
    with Record.open(graph_path, read_only=True) as record:
        return [GKD + name for name in record.graph_names()[:2]]


def test_query_by_get(client):
    reply = client.get("/sparql?" + urlencode({"query": ASK}))
    assert (reply.status, reply.type) == (200, "application/sparql-results+json")
    assert json.loads(reply.body)["boolean"] is True


def test_query_by_post_of_a_form(client):
    reply = client.send("POST", "/sparql", urlencode({"query": ASK}).encode(), Content_Type=FORM)
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)


def test_query_by_direct_post(client):
    reply = client.send("POST", "/sparql", ASK.encode(), Content_Type=DIRECT)
    assert (reply.status, json.loads(reply.body)["boolean"]) == (200, True)
    reply = client.send("POST", "/sparql", 'ASK { FILTER("ü" = "\\u00FC") }'.encode(), Content_Type=f"{DIRECT}; charset=UTF-8")
    assert json.loads(reply.body)["boolean"] is True


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_dataset_is_what_the_request_says(client, two_graphs, way):
    first, second = two_graphs

    def count(pattern: str, *dataset: tuple[str, str]) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        if way == "get":
            reply = client.get("/sparql?" + urlencode([("query", query), *dataset]))
        elif way == "form":
            reply = client.send("POST", "/sparql", urlencode([("query", query), *dataset]).encode(), Content_Type=FORM)
        else:
            reply = client.send("POST", "/sparql?" + urlencode(dataset), query.encode(), Content_Type=DIRECT)
        assert reply.status == 200, reply.text
        return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])

    in_first = count("?s ?p ?o", ("default-graph-uri", first))
    in_both = count("?s ?p ?o", ("default-graph-uri", first), ("default-graph-uri", second))
    assert 0 < in_first < in_both < count("?s ?p ?o")
    assert count("GRAPH ?g { ?s ?p ?o }", ("named-graph-uri", first)) == in_first
    assert count("GRAPH ?g { ?s ?p ?o }", ("named-graph-uri", first), ("named-graph-uri", second)) == in_both
    assert count("?s ?p ?o", ("named-graph-uri", first)) == 0
    assert count("GRAPH ?g { ?s ?p ?o }", ("default-graph-uri", first)) == 0
    assert count("?s ?p ?o . GRAPH ?g { ?a ?b ?s }", ("default-graph-uri", first), ("named-graph-uri", first)) > 0


def test_the_dataset_of_the_request_wins_over_the_one_of_the_query(client, two_graphs):
    query = f"SELECT (COUNT(*) AS ?n) FROM <{two_graphs[1]}> {{ ?s ?p ?o }}"
    plain = client.ask(query)
    first = client.ask(query, **{"default-graph-uri": two_graphs[0]})
    alone = client.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", **{"default-graph-uri": two_graphs[0]})
    assert first.body == alone.body != plain.body


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "application/sparql-results+json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "application/json", "application/sparql-results+json"),
        (SELECT, "text/html;q=0.1, text/csv;q=0.9, */*;q=0.2", "text/csv"),
        (SELECT, "application/*", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ASK, "text/csv", "text/csv"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "text/html", "text/html"),
        (DESCRIBE, "text/turtle;q=0.5, application/n-triples", "application/n-triples"),
    ],
)
def test_the_client_chooses_the_form(client, query, accept, expected):
    reply = client.ask(query, accept)
    assert (reply.status, reply.type) == (200, expected), reply.text
    assert "Accept" in reply.headers["vary"]


def test_every_form_says_the_same(client):
    query = 'SELECT ?a ?b { VALUES (?a ?b) { (<urn:x> "a\\"b,c\\td"@en) (UNDEF 2.5) } }'
    bindings = json.loads(client.ask(query).body)["results"]["bindings"]
    assert bindings[0]["b"] == {"type": "literal", "value": 'a"b,c\td', "xml:lang": "en"}
    for accept, form in (
        ("application/sparql-results+json", pyoxigraph.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", pyoxigraph.QueryResultsFormat.XML),
        ("text/tab-separated-values", pyoxigraph.QueryResultsFormat.TSV),
    ):
        found = pyoxigraph.parse_query_results(client.ask(query, accept).body, format=form)
        assert [[None if term is None else str(term) for term in row] for row in found] == [
            ["<urn:x>", '"a\\"b,c\\td"@en'],
            [None, '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'],
        ]
    assert client.ask(query, "text/csv").text == 'a,b\r\nurn:x,"a""b,c\td"\r\n,2.5\r\n'


def test_no_form_that_the_client_takes(client):
    reply = client.ask(SELECT, "image/png")
    assert reply.status == 406
    assert "text/csv" in reply.text


@pytest.mark.parametrize(
    ("status", "method", "target", "body", "headers"),
    [
        (405, "PUT", f"/sparql?query={quote(ASK)}", None, {}),
        (405, "DELETE", "/sparql", None, {}),
        (400, "GET", f"/sparql?query={quote(ASK)}&query={quote(ASK)}", None, {}),
        (400, "POST", f"/sparql?query={quote(ASK)}", urlencode({"query": ASK}).encode(), {"Content-Type": FORM}),
        (415, "POST", "/sparql", ASK.encode(), {"Content-Type": "text/plain"}),
        (415, "POST", "/sparql", urlencode({"query": ASK}).encode(), {}),
        (415, "POST", "/sparql", ASK.encode(), {"Content-Type": f"{DIRECT}; charset=UTF-16"}),
        (400, "POST", "/sparql", ASK.encode("utf-16"), {"Content-Type": DIRECT}),
        (400, "POST", "/sparql", b"query=%FF%FE", {"Content-Type": FORM}),
        (400, "POST", "/sparql", b"", {"Content-Type": FORM}),
        (400, "GET", "/sparql?query=%FF", None, {}),
        (400, "GET", f"/sparql?query={quote('ASK {')}", None, {}),
        (400, "GET", "/sparql?query=", None, {}),
        (400, "GET", f"/sparql?query={quote('SELECT (<urn:f>(1) AS ?x) {}')}", None, {}),
        (400, "GET", f"/sparql?query={quote(ASK)}&default-graph-uri=no%20iri", None, {}),
        (400, "GET", f"/sparql?query={quote(ASK)}&timeout=never", None, {}),
        (403, "POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}),
        (403, "POST", "/sparql", urlencode({"update": "CLEAR ALL"}).encode(), {"Content-Type": FORM}),
        (403, "GET", f"/sparql?update={quote('CLEAR ALL')}", None, {}),
        (403, "GET", f"/sparql?query={quote('CLEAR ALL')}", None, {}),
        (413, "POST", "/sparql", b"query=" + b"x" * 70_000, {"Content-Type": FORM}),
        (404, "GET", "/nothing", None, {}),
    ],
)  # fmt: skip
def test_what_is_no_request_of_the_protocol(client, status, method, target, body, headers):
    reply = client.send(method, target, body, **headers)
    assert reply.status == status, reply.text
    assert reply.type == "text/plain"


def test_a_mistake_is_shown_where_it_is(client):
    reply = client.ask("SELECT ?x {\n  ?x a gk:Article .\n  ?x ?y\n}", accept="*/*")
    assert reply.status == 400
    assert reply.text.startswith("line 4, column 1: ")


def test_head_gives_the_headers_alone(client):
    reply = client.send("HEAD", "/sparql?query=" + quote(ASK))
    assert (reply.status, reply.body, reply.type) == (200, b"", "application/sparql-results+json")


def test_without_a_query_the_service_describes_itself(client):
    reply = client.get("/sparql", Accept="text/turtle")
    assert (reply.status, reply.type) == (200, "text/turtle")
    said = {
        (t.subject.value, t.predicate.value.partition("#")[2], getattr(t.object, "value", ""))
        for t in pyoxigraph.parse(reply.body, format=pyoxigraph.RdfFormat.TURTLE)
    }
    service = f"{client.url}/sparql"
    assert (service, "endpoint", service) in said
    assert (service, "feature", "http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph") in said
    assert client.get("/sparql", Accept="text/html").status == 303


def test_prefixes_of_graphkit_need_no_declaration(client):
    found = json.loads(client.ask("SELECT (COUNT(?a) AS ?n) { ?a a gk:Article }").body)
    assert found["results"]["bindings"][0]["n"]["value"] == "61"
    assert GK not in client.ask("SELECT * { ?a a gk:Nothing }").text


def test_texts_are_there_for_those_who_ask(client):
    found = json.loads(client.ask("SELECT ?t { ?a schema:articleBody ?t }").body)
    assert len(found["results"]["bindings"]) == 61
    counted = json.loads(client.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o . FILTER(STRENDS(STR(?p), 'articleBody')) }").body)
    assert counted["results"]["bindings"][0]["n"]["value"] == "0"


def test_characters_that_xml_cannot_hold_do_not_spoil_an_answer(client):
    from xml.etree import ElementTree as Tree

    reply = client.ask('SELECT ("a\\u0001b\\uFFFEc" AS ?x) {}', "application/sparql-results+xml")
    assert "".join(Tree.fromstring(reply.text).itertext()).strip() == "a\ufffdb\ufffdc"


def test_a_named_graph_is_read_as_the_graph_store_protocol_says(client, two_graphs):
    reply = client.get("/graphs?graph=" + quote(two_graphs[0], safe=""), Accept="application/n-triples")
    assert (reply.status, reply.type) == (200, "application/n-triples")
    asked = client.ask(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{two_graphs[0]}> {{ ?s ?p ?o }} }}", "application/n-triples")
    assert reply.body == asked.body
    assert client.get("/graphs?graph=urn:nothing").status == 404
    assert client.get("/graphs").status == 400
    assert client.get("/graphs?graph=no%20iri").status == 400
    everything = client.get("/graphs?default", Accept="application/n-triples")
    assert everything.body.count(b"\n") > reply.body.count(b"\n")
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        assert client.send(method, "/graphs?default", b"").status == 405
