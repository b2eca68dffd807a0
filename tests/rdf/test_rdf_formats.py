"""Files in and out: every format comes back, the same graph gives the same bytes, and nothing is fetched."""

import gzip
import json
import socket
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from graphkit.errors import UnreadableInput, UnsupportedFormat
from graphkit.rdf.formats import FORMATS, format_of, parse, parse_file, serialize, sorted_quads, to_canonical_nquads
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS, GKD, PREFIXES, RDF, expand
from graphkit.rdf.profiles import lean, with_reifiers, without_text

Quads = list[Quad]
PLAIN = [ending for ending, form in FORMATS.items() if not form.has_graphs]
GRAPHS = [ending for ending, form in FORMATS.items() if form.has_graphs]


@pytest.mark.parametrize("ending", GRAPHS)
def test_formats_with_graphs_come_back_whole(ending: str, whole: Quads) -> None:
    assert to_canonical_nquads(parse(serialize(whole, ending), FORMATS[ending])) == to_canonical_nquads(whole)


@pytest.mark.parametrize("ending", PLAIN)
def test_formats_without_graphs_hold_the_merged_triples(ending: str, whole: Quads) -> None:
    back = parse(serialize(whole, ending), FORMATS[ending])
    assert {quad.triple for quad in back} == {quad.triple for quad in whole}
    assert {quad.graph_name for quad in back} == {pyoxigraph.DefaultGraph()}


# rdflib's own parsers still use what it has deprecated
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("ending", FORMATS)
def test_rdflib_reads_what_is_written(ending: str, golden: Quads) -> None:
    named = {".ttl": "turtle", ".nq": "nquads", ".nt": "nt", ".jsonld": "json-ld", ".rdf": "xml", ".trig": "trig"}
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=serialize(golden, ending), format=named[ending])
    assert len({(s, p, o) for s, p, o, _ in dataset.quads()}) == len({quad.triple for quad in golden})


@pytest.mark.parametrize("ending", FORMATS)
def test_bytes_depend_on_the_graph_alone(ending: str, whole: Quads) -> None:
    assert serialize(whole, ending) == serialize(reversed([*whole, *whole]), ending)


def test_bytes_do_not_depend_on_the_process(golden: Quads) -> None:
    code = (
        "import sys; from pathlib import Path; from graphkit.rdf.formats import FORMATS, parse_file, serialize\n"
        "from graphkit.resources import folder\n"
        "quads = parse_file(folder('seeds') / 'golden.trig')\n"
        "sys.stdout.buffer.write(b''.join(serialize(quads, ending) for ending in FORMATS))"
    )
    found = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)]
    assert found[0] == found[1] == b"".join(serialize(golden, ending) for ending in FORMATS)


def test_only_prefixes_in_use_are_declared_and_in_order(golden: Quads) -> None:
    head = [line.split()[1] for line in serialize(golden, ".ttl").decode().splitlines() if line.startswith("@prefix")]
    assert head == ["cito:", "gk:", "gkd:", "nif:", "prov:", "rdf:", "rdfs:", "schema:", "wd:", "xsd:"]
    assert {name.rstrip(":") for name in head} <= set(PREFIXES)


def test_odd_characters_survive_every_format() -> None:
    text = 'a"\\\n\té—😀\u2028<&>]]>'
    quad = Quad(NamedNode(GKD + "a"), NamedNode(expand("schema:headline")), Literal(text, language="en"), NamedNode(GKD + "g"))
    for ending in FORMATS:
        assert parse(serialize([quad], ending), FORMATS[ending])[0].object == quad.object


def test_xml_gets_a_replacement_for_what_it_cannot_hold() -> None:
    quad = Quad(NamedNode(GKD + "a"), NamedNode(expand("schema:headline")), Literal("a\x00\x0b\uffffb"), NamedNode(GKD + "g"))
    written = serialize([quad], ".rdf")
    assert rdflib.Graph().parse(data=written, format="xml").value(predicate=rdflib.URIRef(expand("schema:headline"))) is None
    assert parse(written, FORMATS[".rdf"])[0].object == Literal("a\ufffd\ufffd\ufffdb")


def test_json_ld_is_compact_and_carries_its_context(golden: Quads) -> None:
    document = json.loads(serialize(golden, ".jsonld"))
    assert isinstance(document["@context"], dict)
    nodes = {node["@id"]: node for graph in document["@graph"] for node in graph["@graph"]}
    said = nodes["gkd:as-yztqhn55fhutsnfcpzzxtkij5a"]
    assert said["quote"].startswith("over 10,000 North Korean troops")
    assert (said["@type"], said["voice"], said["begin"], said["end"]) == ("gk:Assertion", "gk:attributed", 427, 515)


def test_literals_outside_the_context_keep_their_type_in_json_ld() -> None:
    node, graph = NamedNode(GKD + "a"), NamedNode(GKD + "g")
    integer = NamedNode(expand("xsd:integer"))
    odd = [
        Quad(node, NamedNode(expand("gk:length")), Literal("007", datatype=integer), graph),
        Quad(node, NamedNode(expand("gk:length")), Literal("12345678901234567890123", datatype=integer), graph),
        Quad(node, NamedNode(expand("gk:length")), Literal("many"), graph),
        Quad(node, NamedNode(expand("gk:length")), Literal("viele", language="de"), graph),
        Quad(node, NamedNode(expand("gk:isGuess")), Literal("1", datatype=NamedNode(expand("xsd:boolean"))), graph),
        Quad(node, NamedNode(expand("gk:cue")), Literal("2025-01-01", datatype=NamedNode(expand("xsd:date"))), graph),
        Quad(node, NamedNode("https://example.org/p"), NamedNode("https://example.org/o"), graph),
        Quad(node, NamedNode(expand("gk:cue")), NamedNode("https://example.org/o"), graph),
        Quad(node, NamedNode(RDF + "type"), NamedNode(expand("gk:Claim")), pyoxigraph.DefaultGraph()),
        Quad(pyoxigraph.BlankNode("b"), NamedNode(expand("gk:about")), pyoxigraph.BlankNode("b"), graph),
    ]
    assert to_canonical_nquads(parse(serialize(odd, ".jsonld"), FORMATS[".jsonld"])) == to_canonical_nquads(odd)


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.ttl", ".ttl"), ("A.TRIG", ".trig"), ("b.nq.gz", ".nq"), (".nt", ".nt"), ("jsonld", ".jsonld"), ("x.y.rdf", ".rdf")],
)
def test_the_ending_names_the_format(name: str, ending: str) -> None:
    assert format_of(name).extension == ending


@pytest.mark.parametrize("name", ["a.csv", "a", "", "ttl.txt", ".gz"])
def test_an_unknown_ending_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        format_of(name)
    assert ".ttl .trig .nq .nt .jsonld .rdf" in str(caught.value.hint)


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_not_in_the_format_is_named(ending: str) -> None:
    with pytest.raises(UnreadableInput, match=r"^notes: not ") as caught:
        parse(b"<a> <b> { nonsense", FORMATS[ending], name="notes")
    assert "\n" not in caught.value.message


def test_compressed_files_are_read(tmp_path: Path, golden: Quads) -> None:
    path = tmp_path / "golden.nq.gz"
    path.write_bytes(gzip.compress(serialize(golden, ".nq")))
    assert set(parse_file(path)) == set(golden)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(UnreadableInput, match="damaged gzip"):
        parse_file(path)
    with pytest.raises(UnreadableInput, match="No such file"):
        parse_file(tmp_path / "none.ttl")


def test_a_gzip_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphkit.limits.MAX_RDF_BYTES", 1_000)
    with pytest.raises(UnreadableInput, match="unpacks to more than"):
        parse(gzip.compress(b"\n" * 100_000), FORMATS[".nt"], name="bomb")


def test_a_remote_context_is_never_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/context.jsonld"
        document = json.dumps({"@context": address, "@id": "https://example.org/a", "name": "x"}).encode()
        with pytest.raises(UnreadableInput):
            parse(document, FORMATS[".jsonld"], name="remote")
        with pytest.raises(TimeoutError):
            server.accept()


def test_lean_leaves_out_mentions_quotes_and_what_nothing_names_then(golden: Quads) -> None:
    kept = lean(golden)
    assert len(kept) < 0.7 * len(golden)
    predicates = {quad.predicate.value for quad in kept}
    assert not predicates & {expand(name) for name in ("nif:anchorOf", "gk:cueBegin", "gk:denotes", "schema:articleBody")}
    assert expand("nif:beginIndex") in predicates
    describing = {NamedNode(GKD + name) for name in DESCRIBING_GRAPHS}
    named = {quad.object for quad in kept if quad.graph_name not in describing}
    assert all(quad.subject in named for quad in kept if quad.graph_name in describing)
    assert lean(kept) == kept


def test_without_text_leaves_out_the_text_only(golden: Quads) -> None:
    assert set(golden) - set(without_text(golden)) == {q for q in golden if q.predicate.value == expand("schema:articleBody")}


def test_each_assertion_is_the_reifier_of_who_asserts_what(golden: Quads) -> None:
    made = with_reifiers(golden)
    view = {
        (q.subject.value.removeprefix(GKD), q.object.subject.value.removeprefix(GKD))
        for q in made
        if isinstance(q.object, pyoxigraph.Triple)
    }
    assert len(view) == 19
    assert ("as-yztqhn55fhutsnfcpzzxtkij5a", "actor-edrc6qlzo4ndwzqk3cckq625ui") in view
    assert ("as-n4no43j7vvz5m3p5wyf7ovg2ua", "art-ovsnv5ap5ymthmlsp2lkzmkx3y") in view
    for ending in (".ttl", ".trig", ".nt", ".nq"):
        back = parse(serialize(made, ending), FORMATS[ending])
        assert {quad.triple for quad in back} == {quad.triple for quad in made}


@pytest.mark.parametrize("ending", [".rdf", ".jsonld"])
def test_a_format_without_triple_terms_says_so(ending: str, golden: Quads) -> None:
    with pytest.raises(UnsupportedFormat, match=r"RDF 1\.2"):
        serialize(with_reifiers(golden), ending)


def test_quads_are_sorted_by_graph_then_node() -> None:
    node, other = NamedNode(GKD + "a"), NamedNode(GKD + "b")
    kind, label = NamedNode(RDF + "type"), NamedNode(expand("cito:cites"))
    quads = [
        Quad(other, kind, node, other),
        Quad(node, label, node, node),
        Quad(node, kind, node, node),
        Quad(node, kind, node, node),
    ]
    assert sorted_quads(quads) == [quads[2], quads[1], quads[0]]
