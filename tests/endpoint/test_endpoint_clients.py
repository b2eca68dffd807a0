"""Clients that people use, as they are: SPARQLWrapper, rdflib's SPARQLStore, curl, and graphkit's own."""

import json
import shutil
import subprocess

import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from graphkit.rdf.namespaces import GK, GKD
from graphkit.store.remote.asking import query_endpoint

COUNT = f"SELECT (COUNT(?a) AS ?n) {{ ?a a <{GK}Article> }}"
OUTLETS = f"SELECT ?o ?d {{ ?o <{GK}domain> ?d }} ORDER BY ?d LIMIT 5"
# both libraries warn of their own insides
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning", "ignore::RuntimeWarning", "ignore::UserWarning")  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("posting", ["urlencoded", "postdirectly"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_select(client, method, posting, form):
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{client.url}/sparql")
    wrapper.setQuery(COUNT)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(posting)
    wrapper.setReturnFormat(form)
    found = wrapper.query().convert()
    if form == "json":
        assert found["results"]["bindings"][0]["n"]["value"] == "61"
    elif form == "xml":
        assert found.getElementsByTagName("literal")[0].firstChild.data == "61"
    else:
        assert found.split() in ([b"n", b"61"], [b"?n", b"61"])


def test_sparqlwrapper_other_forms(client):
    wrapper = SPARQLWrapper.SPARQLWrapper(f"{client.url}/sparql")
    wrapper.setReturnFormat("json")
    wrapper.setQuery("ASK {}")
    assert wrapper.query().convert()["boolean"] is True
    for form in ("turtle", "xml", "n3"):
        wrapper.setReturnFormat(form)
        wrapper.setQuery("CONSTRUCT { <urn:s> <urn:p> 1 } {}")
        found = wrapper.query().convert()
        graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
        assert [(str(s), str(p), int(o)) for s, p, o in graph] == [("urn:s", "urn:p", 1)]
    wrapper.setReturnFormat("json")
    wrapper.setQuery("SELECT {")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json"])
def test_rdflib_sparqlstore(client, method, form):
    store = SPARQLStore(f"{client.url}/sparql", method=method, returnFormat=form)
    found = list(store.query(OUTLETS))
    assert len(found) == 5
    assert all(str(iri) == f"{GKD}outlet-{domain}" for iri, domain in found)
    graph = rdflib.Graph(store)
    article = next(graph.subjects(rdflib.RDF.type, rdflib.URIRef(GK + "Article")))
    assert str(article).startswith(GKD + "art-")
    assert len(graph) > 1000
    assert bool(store.query("ASK {}"))
    with pytest.raises(TypeError, match="read only"):
        store.add((article, rdflib.RDF.type, rdflib.RDFS.Class))


def test_rdflib_service_may_be_answered_by_it(client):
    query = f"SELECT ?n {{ SERVICE <{client.url}/sparql> {{ {COUNT} }} }}"
    assert [int(row.n) for row in rdflib.Graph().query(query)] == [61]


@pytest.mark.server
def test_curl(client):
    if shutil.which("curl") is None:
        from servers import refuse

        refuse("curl is not installed")

    def curl(*arguments: str) -> str:
        command = ["curl", "-sS", "--noproxy", "*", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout

    url = f"{client.url}/sparql"
    assert curl("-G", url, "--data-urlencode", f"query={COUNT}", "-H", "Accept: text/csv").split() == ["n", "61"]
    assert curl(url, "--data-urlencode", f"query={COUNT}", "-H", "Accept: text/csv").split() == ["n", "61"]
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", COUNT, "-H", "Accept: text/csv")
    assert curl(url, *direct).split() == ["n", "61"]
    assert curl("-o", "/dev/null", "-w", "%{http_code}", url, "--data-urlencode", "query=SELECT {") == "400"
    assert curl("-H", "Accept: text/turtle", f"{client.url}/id/outlet-meduza.io").startswith("@prefix ")


def test_graphkit_query_endpoint(client, monkeypatch, capsys):
    from graphkit.cli import group
    from graphkit.cli.failures import run

    url = f"{client.url}/sparql"
    result = query_endpoint(url, "SELECT (COUNT(?a) AS ?n) { ?a a gk:Article }", seconds=20)
    assert (result.variables, result.rows[0][0].value) == (("n",), "61")
    found = query_endpoint(
        url, "SELECT ?o { ?o gk:domain ?d } ORDER BY ?o", seconds=20, rows=2, substitutions={"d": '"meduza.io"'}
    )
    assert [row[0].value for row in found.rows] == [GKD + "outlet-meduza.io"]
    assert query_endpoint(url, "ASK { ?a a gk:Nothing }", seconds=20).boolean is False
    triples = query_endpoint(url, "CONSTRUCT WHERE { ?o gk:domain ?d }", seconds=20, rows=3)
    assert (triples.triples.count(b"\n"), triples.is_truncated) == (3, True)
    for arguments, code in (
        (["query", "--endpoint", url, "--name", "cq01", "-f", "json"], 0),
        (["query", "--endpoint", url, "-q", "SELECT {"], 5),
        (["query", "--endpoint", url, "-q", "CLEAR ALL"], 3),
        (["query", "--endpoint", "ftp://127.0.0.1/", "-q", "ASK {}"], 5),
    ):
        capsys.readouterr()
        assert run(group, arguments) == code
        said = capsys.readouterr()
        assert not code or said.err.startswith("graphkit: ")
        if not code:
            assert json.loads(said.out)["results"]["bindings"]
