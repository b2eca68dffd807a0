"""Exports open in the tools of their kind, are the same bytes twice, and never go over somebody's file."""

import csv
import gzip
import io
import json

import networkx
import pyoxigraph
import pytest
import rdflib

from graphkit import Graph
from graphkit.errors import NotAllowed, UnsupportedFormat
from graphkit.graph.exporting import ENDINGS, ExportOptions


@pytest.fixture(scope="module")
def graph(seed_path):
    with Graph.temporary() as opened:
        opened.add(seed_path)
        yield opened


def canonical(quads):
    return sorted(str(quad) for quad in quads)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_graph_gives_the_same_bytes(graph, tmp_path, ending):
    graph.export(tmp_path / f"a{ending}")
    graph.export(tmp_path / f"b{ending}.gz")
    assert (tmp_path / f"a{ending}").read_bytes() == gzip.decompress((tmp_path / f"b{ending}.gz").read_bytes())


@pytest.mark.parametrize("ending", [".trig", ".nq", ".jsonld"])
def test_quad_formats_round_trip(graph, tmp_path, ending):
    path = tmp_path / f"graph{ending}"
    graph.export(path)
    formats = {".trig": pyoxigraph.RdfFormat.TRIG, ".nq": pyoxigraph.RdfFormat.N_QUADS, ".jsonld": pyoxigraph.RdfFormat.JSON_LD}
    assert canonical(pyoxigraph.parse(path.read_bytes(), format=formats[ending])) == canonical(graph.quads())


@pytest.mark.parametrize(("ending", "name"), [(".ttl", "turtle"), (".nt", "nt"), (".rdf", "xml")])
def test_triple_formats_open_in_rdflib(graph, tmp_path, ending, name):
    path = tmp_path / f"graph{ending}"
    graph.export(path)
    triples = {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in graph.quads()}
    assert len(rdflib.Graph().parse(path, format=name)) == len(triples)


def test_the_dataset_holds_the_same_quads(graph):
    dataset = graph.to_rdflib()
    assert sum(1 for _ in dataset.quads()) == sum(1 for _ in graph.quads())
    question = "SELECT ?d { ?c gk:citedOutlet/gk:domain ?d } ORDER BY ?d"
    assert [str(row.d) for row in dataset.query(question)] == ["foxnews.com", "meduza.io", "naturalnews.com"]


def test_networks_open_in_networkx_and_say_what_they_rest_on(graph, tmp_path):
    graph.export(tmp_path / "g.graphml")
    graph.export(tmp_path / "g.gexf")
    graph.export(tmp_path / "g.json")
    network = graph.to_networkx()
    assert {data["relation"] for *_, data in network.edges(data=True)} >= {"asserts", "says", "about", "cites"}
    assert all("quote" in data for *_, data in network.edges(data=True) if data["relation"] in {"asserts", "says", "cites"})
    for read in (
        networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True),
        networkx.read_gexf(tmp_path / "g.gexf"),
        networkx.node_link_graph(json.loads((tmp_path / "g.json").read_text(encoding="utf-8")), edges="links"),
    ):
        assert (read.number_of_nodes(), read.number_of_edges()) == (network.number_of_nodes(), network.number_of_edges())


def test_the_table_has_a_line_an_assertion(graph, tmp_path):
    graph.export(tmp_path / "g.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "g.csv").read_text(encoding="utf-8-sig"))))
    assert [row["quote"] for row in rows] == [row.quote for row in graph.assertions()]


def test_texts_are_left_out_unless_asked_for(graph, tmp_path, seed_path):
    graph.export(tmp_path / "without.nq")
    graph.export(tmp_path / "with.nq", options=ExportOptions(with_text=True))
    assert b"articleBody" not in (tmp_path / "without.nq").read_bytes()
    assert b"articleBody" in (tmp_path / "with.nq").read_bytes()


def test_lean_is_smaller_and_reifiers_are_written(graph, tmp_path):
    whole = graph.export(tmp_path / "whole.nq")
    assert graph.export(tmp_path / "lean.nq", options=ExportOptions(is_lean=True)) < 0.75 * whole
    graph.export(tmp_path / "twelve.ttl", options=ExportOptions(has_reifiers=True))
    parsed = pyoxigraph.parse((tmp_path / "twelve.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    assert any(isinstance(item.object, pyoxigraph.Triple) for item in parsed)


def test_an_unknown_ending_is_refused_before_anything_is_written(graph, tmp_path):
    with pytest.raises(UnsupportedFormat, match=r"\.docx"):
        graph.export(tmp_path / "graph.docx")
    assert not list(tmp_path.iterdir())


def test_a_foreign_file_and_a_link_are_left_alone(graph, tmp_path):
    foreign = tmp_path / "notes.csv"
    foreign.write_text("my,own,table\n", encoding="utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "elsewhere.csv")
    for path in (foreign, link):
        with pytest.raises(NotAllowed):
            graph.export(path)
    assert foreign.read_text(encoding="utf-8") == "my,own,table\n"
    graph.export(foreign, force=True)
    graph.export(foreign)  # now it is ours


def test_an_own_file_of_each_kind_may_be_written_again(graph, tmp_path):
    for ending in ENDINGS:
        graph.export(tmp_path / f"again{ending}")
        graph.export(tmp_path / f"again{ending}")


def test_an_export_equals_the_index_and_builds_none(tmp_path, seed_path):
    with Graph.open(tmp_path / "g.db") as opened:
        opened.add(seed_path)
    before = {path.name for path in tmp_path.iterdir()}
    with Graph.open(tmp_path / "g.db") as opened:
        from_memory = canonical(opened.quads())
        links = canonical(opened.quads(only="articles"))
        assert {path.name for path in tmp_path.iterdir() if path.suffix not in {".db-wal", ".db-shm"}} == before
        assert canonical(opened.index()) == from_memory
        assert canonical(opened.quads()) == from_memory
        assert canonical(opened.quads(only="articles")) == links
