"""Pages and resources: every IRI that a graph mints is told of, to people and to programs, and no text of an article becomes markup."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import quote

import pyoxigraph
import pytest
from servers import Endpoint

from graphkit import Graph, read_text
from graphkit.rdf.namespaces import GKD
from graphkit.rdf.ontology.questions import questions
from graphkit.store.index import open_index
from graphkit.store.record import Record

from .conftest import Client

PARSED = {
    ".ttl": ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
    ".nt": ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
    ".nq": ("application/n-quads", pyoxigraph.RdfFormat.N_QUADS),
    ".trig": ("application/trig", pyoxigraph.RdfFormat.TRIG),
    ".rdf": ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ".jsonld": ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
}


class Page(HTMLParser):
    """What a page has: links, elements, text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.links += [value for name, value in attrs if name in {"href", "src", "action"} and value]

    def handle_data(self, data):
        self.words.append(data)


def page_of(client, target: str, status: int = 200) -> Page:
    reply = client.get(target, Accept="text/html")
    assert (reply.status, reply.type) == (status, "text/html"), reply.text
    policy = reply.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", reply.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    page = Page(reply.text)
    assert not {"script", "img", "iframe", "object", "embed", "link"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on") or name == "style"]
    return page


@pytest.fixture(scope="module")
def one_of_each(graph_path) -> dict[str, str]:
    """One IRI of every kind that the graph mints, by the beginning of its local name."""
    found: dict[str, str] = {}
    with Record.open(graph_path, read_only=True) as record:
        for quad in open_index(record).store:
            for term in (quad.subject, quad.object, quad.graph_name):
                if isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(GKD):
                    name = term.value.removeprefix(GKD)
                    found.setdefault(name.partition("-")[0], name)
    return found


def test_every_iri_that_the_graph_mints_is_told_of(client, one_of_each):
    assert {"art", "as", "at", "claim", "actor", "outlet", "mn", "cit", "graph", "run"} <= set(one_of_each)
    for name in one_of_each.values():
        page = page_of(client, f"/id/{name}")
        assert f"/id/{name}.ttl" in page.links
        for ending, (media_type, form) in PARSED.items():
            by_name = client.get(f"/id/{name}{ending}")
            by_type = client.get(f"/id/{name}", Accept=media_type)
            assert (by_name.status, by_name.type) == (by_type.status, by_type.type) == (200, media_type)
            assert by_name.body == by_type.body
            quads = list(pyoxigraph.parse(by_name.body, format=form))
            assert any(
                GKD + name in {q.subject.value, getattr(q.object, "value", ""), getattr(q.graph_name, "value", "")}
                for q in quads
            )


def test_links_of_cards_lead_somewhere(client, one_of_each):
    seen = set()
    for kind in ("art", "claim", "actor", "outlet", "as"):
        for link in page_of(client, f"/id/{one_of_each[kind]}").links:
            if link.startswith("/") and link.partition("#")[0] not in seen:
                seen.add(link.partition("#")[0])
    for link in sorted(seen)[:60]:
        assert client.get(link, Accept="*/*").status == 200, link


def test_cards_say_in_words_what_the_command_line_shows(client):
    words = " ".join(page_of(client, "/id/outlet-meduza.io").words)
    assert "Cited in" in words
    assert "characters" in words
    assert client.get("/id/outlet-nowhere.example").status == 404
    assert page_of(client, "/id/outlet-nowhere.example", 404)
    for odd in ("%00", "%3Cscript%3E", "..%2F..%2Fgraph.db", "a" * 3000, "%F0%9F%98%80", "x%20y"):
        assert client.get(f"/id/{odd}").status == 404


def test_packaged_questions_run_from_the_home_page(client):
    home = page_of(client, "/")
    for one in questions():
        assert f"/questions/{one.name}" in home.links
        page = page_of(client, f"/questions/{one.name}")
        assert one.sentence in page.words
        reply = client.get(f"/questions/{one.name}", Accept="text/csv")
        assert (reply.status, reply.type) == (200, "text/csv")
    narrowed = client.get("/questions/cq01?article=art-nothing", Accept="text/csv").text
    assert narrowed.count("\n") == 1
    assert client.get("/questions/cq01?nonsense=1").status == 400
    assert client.get("/questions/cq99").status == 404


def test_the_form_shows_what_was_asked_and_what_is_wrong_with_it(client):
    page = page_of(client, "/sparql?query=" + quote("SELECT ?o ?d { ?o gk:domain ?d } ORDER BY ?d"))
    assert "meduza.io" in page.words
    assert "/id/outlet-meduza.io" in page.links
    wrong = page_of(client, "/sparql?query=" + quote("SELECT <b>hi</b> {"), 400)
    assert "b" not in wrong.tags
    assert "line 1, column" in " ".join(wrong.words)
    assert page_of(client, "/sparql?query=" + quote("SELECT * { SERVICE <urn:x> {} }"), 403)
    yes = page_of(client, "/sparql?query=" + quote("ASK {}"))
    assert "yes" in yes.words
    cut = page_of(client, "/sparql?query=" + quote("SELECT * { ?s ?p ?o }"))
    assert "1000 rows" in " ".join(cut.words)


def test_the_vocabulary(client):
    page = page_of(client, "/ns")
    assert "Assertion" in page.words
    for ending, (media_type, form) in PARSED.items():
        reply = client.get(f"/ns{ending}")
        assert (reply.status, reply.type) == (200, media_type)
        assert len(list(pyoxigraph.parse(reply.body, format=form))) > 100


def test_the_page_of_the_graph(client):
    reply = client.get("/view")
    assert (reply.status, reply.type) == (200, "text/html")
    assert "Content-Security-Policy" in reply.text
    assert client.get("/view").body == reply.body


def test_text_of_articles_never_becomes_markup(tmp_path):
    hostile = '<img src=x onerror=alert(1)> said that "><script>alert(2)</script> may be {{ 7*7 }} {% raw %} & &lt;b&gt;.'
    path = tmp_path / "graph.db"
    with Graph.open(path) as graph:
        text = f"Officials <b>warn</b>\n\nMinister Ana <i>Example</i> {hostile}\nOfficials said the harbour of Northport was closed.\n"
        added = graph.add_article(read_text(text), extractor="rules")
        names = {q.subject.value.removeprefix(GKD) for q in graph.index() if isinstance(q.subject, pyoxigraph.NamedNode)}
    endpoint = Endpoint(path)
    try:
        client = Client(endpoint.url)
        for name in sorted(names):
            page = page_of(client, f"/id/{quote(name)}")
            assert not {"b", "i", "img", "script"} & set(page.tags)
        assert page_of(client, "/sparql?query=" + quote("SELECT * { ?s nif:anchorOf ?o }"))
        assert "49" not in "".join(page_of(client, f"/id/{added.id}").words)
    finally:
        endpoint.stop()
