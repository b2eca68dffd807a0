"""The commands of this room as a user meets them: import, export of reviews, validate, and query's forms and values."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from invented_graph import RATINGS, annotations

from graphkit import Graph
from graphkit.cli import group
from graphkit.cli.failures import run
from graphkit.graph.importing import Contents, write_contents

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://check.example/1",
    "claimReviewed": "Examplia sent 6,000 engineers to Samplestan",
    "reviewRating": {"@type": "Rating", "alternateName": "Misleading"},
}


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def graphkit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Call the command line in a folder that holds an invented graph and a fact-check."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRAPHKIT_GRAPH", raising=False)
    with Graph.open(tmp_path / "graph.db") as graph:
        write_contents(graph.record, Contents(annotations(), RATINGS), replace=False)
    Path("factcheck.json").write_text(json.dumps(REVIEW))

    def call(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = run(group, arguments)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


def test_an_export_is_imported_elsewhere(graphkit: Callable[..., Outcome]) -> None:
    assert graphkit("export", "mine.trig", "--with-text", "-q").code == 0
    done = graphkit("import", "mine.trig", "-g", "other.db", "--json")
    assert done.code == 0
    items = json.loads(done.out)["items"]
    assert [(one["file"], one["added"], one["ratings"]) for one in items] == [("mine.trig", 4, 4)]
    assert "4" in graphkit("import", "mine.trig", "-g", "other.db").out.splitlines()[1].split("\t")[3]


def test_a_bad_file_is_told_and_the_others_go_in(graphkit: Callable[..., Outcome]) -> None:
    Path("bad.ttl").write_text("<urn:a> <urn:b>")
    done = graphkit("import", "bad.ttl", "factcheck.json", "none.nq")
    assert done.code == 3
    assert [line for line in done.err.splitlines() if line.startswith("graphkit: ")] == [
        "graphkit: bad.ttl: not Turtle: Parser error at line 1 column 16: Unexpected end (line 1)",
        "graphkit: none.nq: cannot be read (No such file or directory)",
    ]
    assert done.out.splitlines()[1].split("\t") == ["factcheck.json", *"0000000", "1"]


def test_fact_checks_go_in_and_out_and_can_be_asked_for(graphkit: Callable[..., Outcome]) -> None:
    graphkit("import", "factcheck.json")
    assert graphkit("export", "reviews.json", "--format", "claimreview").code == 0
    feed = json.loads(Path("reviews.json").read_text())
    assert [one["item"]["url"] for one in feed["dataFeedElement"]] == ["https://check.example/1"]
    graphkit("import", "reviews.json", "-g", "other.db")
    graphkit("export", "again.json", "--format", "claimreview", "-g", "other.db")
    assert Path("again.json").read_bytes() == Path("reviews.json").read_bytes()
    asked = graphkit("query", "--name", "reviews", "--set", "checker=check.example", "-f", "csv")
    row = '"Examplia sent 6,000 engineers to Samplestan",check.example,Misleading,,,https://check.example/1,3'
    assert asked.out.splitlines()[1] == row


def test_a_format_may_be_named_where_the_ending_says_another(graphkit: Callable[..., Outcome]) -> None:
    graphkit("export", "graph.txt", "--format", "nq", "-q")
    graphkit("export", "graph.nq", "-q")
    assert Path("graph.txt").read_bytes() == Path("graph.nq").read_bytes()
    assert graphkit("export", "graph.doc").code == 3


def test_validate_says_which_rule_a_file_breaks(graphkit: Callable[..., Outcome]) -> None:
    graphkit("export", "graph.nq", "--only", "ratings", "-q")
    assert graphkit("validate", "graph.nq").code == 0
    lines = [line for line in Path("graph.nq").read_text().splitlines(keepends=True) if "ns#dimension>" not in line]
    Path("graph.nq").write_text("".join(lines))
    done = graphkit("validate", "graph.nq", "--json")
    assert done.code == 1
    assert {one["rule"] for one in json.loads(done.out)["items"]} >= {"Scale.dimension"}


@pytest.mark.parametrize("form", ["ttl", "trig", "nt", "nq", "jsonld", "rdf"])
def test_triples_come_in_every_form(form: str, graphkit: Callable[..., Outcome]) -> None:
    from graphkit.rdf.formats import format_of, parse

    done = graphkit("query", "-q", "CONSTRUCT WHERE { ?o gk:domain ?d }", "-f", form)
    assert len(parse(done.out.encode(), format_of(form))) == 4


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("outlet=alpha.example.org", 2),
        ("outlet=gkd:outlet-alpha.example.org", 2),
        ("?outlet=outlet-alpha.example.org", 2),
        ("outlet=<https://w3id.org/graphkit/id/outlet-alpha.example.org>", 2),
        ("outlet=none.example", 0),
        ("kind=gk:sourceList", 2),
    ],
)
def test_a_value_in_a_query_of_ones_own_names_a_node(value: str, count: int, graphkit: Callable[..., Outcome]) -> None:
    done = graphkit("query", "-q", "SELECT ?c { ?c gk:citedOutlet ?outlet ; gk:citationKind ?kind }", "--set", value)
    assert (done.code, len(done.out.splitlines()) - 1) == (0, count), done.err
