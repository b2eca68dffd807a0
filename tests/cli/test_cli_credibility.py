"""``show --why``, ``calibrate``, ``report`` and ``eval credibility``, from the command line."""

import json
import math
import xml.etree.ElementTree as ET

import pytest

STORY = "{opening} {claim} {closing}"
CLAIM = "At least 3,000 containers are waiting in the harbour of Northport."


@pytest.fixture
def graph(graphkit, tmp_path):
    """Three invented outlets on one harbour, compared and assessed."""
    openings = ("The harbour of Northport has been shut since Monday.", "Northport waits.", "A storm hit Northport on Monday.")
    closings = ("The mayor did not answer.", "Ships wait off the coast.", "Nobody was hurt, the port said.")
    for number, (opening, closing) in enumerate(zip(openings, closings, strict=True)):
        path = tmp_path / f"story{number}.txt"
        path.write_text(
            f"Harbour, story {number}\n{STORY.format(opening=opening, claim=CLAIM, closing=closing)}\n", encoding="utf-8"
        )
        url = f"https://outlet{number}.example/harbour"
        added = graphkit("add", path, "--url", url, "--outlet", f"outlet{number}.example", "--extractor", "rules",
                         "--date", "2026-03-01")  # fmt: skip
        assert added.code == 0, added.err
    assert graphkit("update").code == 0
    return graphkit


@pytest.fixture
def claim(graph):
    """The identifier of the claim that all three make."""
    rows = json.loads(graph("list", "claims", "--json").out)["items"]
    return next(row["id"] for row in rows if "3,000 containers" in row["claim"])


def why_of(graph, claim, *options):
    return json.loads(graph("show", claim, "--why", "--json", *options).out)["why"]


def test_why_shows_terms_that_add_up_with_their_quotes(graph, claim):
    why = why_of(graph, claim)
    assert len(why["reasons"]) == 3
    total = sum(one["value"] for one in why["reasons"]) + why["others"]
    assert total == pytest.approx(why["log_odds"], abs=1e-9)
    score = why["support"]["score"]
    assert total == pytest.approx(math.log(score / (1 - score)), abs=1e-6)
    assert all("3,000 containers" in one["quote"] for one in why["reasons"])
    shown = graph("show", claim, "--why").out
    assert "support: " in shown
    assert "outlet1.example" in shown
    assert "uncalibrated" in shown


def test_without_an_outlet_is_the_graph_without_its_articles(graph, claim):
    left = why_of(graph, claim, "--without", "outlet0.example")["without"][0]["support"]
    assert left != why_of(graph, claim)["support"]
    assert graph("remove", "https://outlet0.example/harbour", "--yes").code == 0
    assert graph("update").code == 0
    assert why_of(graph, claim)["support"] == left


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "outlet0.example", "--why"), 3, "no claim"),
        (("show", CLAIM[:-1], "--without", "nobody.example"), 3, "no article of nobody.example"),
        (("calibrate",), 2, "LABELS.csv"),
        (("calibrate", "missing.csv"), 3, "missing.csv"),
        (("report", "Harbour, story 0", "-o", "page.docx"), 3, ".docx"),
        (("report", "nothing of that name"), 3, "no article"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(graph, arguments, code, words):
    done = graph(*arguments)
    assert done.code == code
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_report_is_written_in_three_forms(graph, tmp_path):
    for ending in ("html", "md", "json"):
        assert graph("report", "Harbour, story 0", "-o", f"page.{ending}").code == 0
        assert "3,000 containers" in (tmp_path / f"page.{ending}").read_text(encoding="utf-8")
    printed = graph("report", "Harbour, story 0").out
    assert printed == (tmp_path / "page.md").read_text(encoding="utf-8")
    (tmp_path / "mine.html").write_text("my own page")
    assert graph("report", "Harbour, story 0", "-o", "mine.html").code == 2
    assert graph("report", "Harbour, story 0", "-o", "mine.html", "--force").code == 0


def contradict(tmp_path, claims):
    """Store that claims on one pier contradict one another, as matching would find where it compares them."""
    from graphkit import Graph
    from graphkit.rdf.terms import resource, term, text

    graph, run = resource("graph-links"), resource("run-invented")
    lines = {f"{run} {term('rdf:type')} {term('gk:Run')} {graph} .", f"{run} {term('rdfs:label')} {text('invented')} {graph} ."}
    for number, (one, other) in enumerate(claims):
        node = resource(f"link-{number}")
        pairs = (("rdf:type", term("gk:Link")), ("gk:from", resource(one)), ("gk:to", resource(other)),
                 ("gk:relation", term("gk:contradicts")), ("gk:score", '"0.9"'))  # fmt: skip
        lines |= {f"{node} {term(name)} {value} {graph} ." for name, value in pairs}
    with Graph.open(tmp_path / "graph.db") as opened:
        opened.record.put_graph("graph-links", "".join(f"{line}\n" for line in sorted(lines)).encode())


def test_labels_choose_are_kept_and_can_be_forgotten(graphkit, tmp_path):
    outlets, n_questions = 6, 55
    for outlet in range(outlets):
        lines = [
            f"Pier {k} of Northport has {99 if not outlet or (outlet * 7 + k * 5) % 11 < 3 else 20} berths."
            for k in range(n_questions)
        ]
        path = tmp_path / f"piers{outlet}.txt"
        path.write_text(f"Piers by outlet {outlet}\n" + "\n".join(lines) + "\n", encoding="utf-8")
        url = f"https://outlet{outlet}.example/piers"
        done = graphkit("add", path, "--url", url, "--outlet", f"outlet{outlet}.example", "--extractor", "rules",
                        "--date", "2026-03-01")  # fmt: skip
        assert done.code == 0, done.err
    claims = json.loads(graphkit("list", "claims", "--limit", "0", "--json").out)["items"]
    said = {row["claim"]: row["id"] for row in claims if "berths" in row["claim"]}
    pairs = [(name, said[claim.replace(" has 20 ", " has 99 ")]) for claim, name in said.items() if " has 20 " in claim]
    contradict(tmp_path, pairs)
    rows = [f"{name},{'no' if ' has 99 ' in claim else 'yes'}" for claim, name in said.items()]
    assert {row.rpartition(",")[2] for row in rows} == {"yes", "no"}
    (tmp_path / "labels.csv").write_text("claim,holds\n" + "\n".join(rows) + "\n")
    (tmp_path / "few.csv").write_text("claim,holds\n" + "\n".join(rows[:20]) + "\n")
    assert "needs 100" in graphkit("calibrate", "few.csv").err
    done = graphkit("calibrate", "labels.csv", "-o", "report.html")
    assert done.code == 0, done.err
    assert done.out.splitlines()[1].startswith("Brier score\t")
    assert f"{len(rows)} of {len(rows)} labels" in done.err
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "bootstrap" in page
    for ending in ("svg", "md", "json"):
        assert graphkit("calibrate", "labels.csv", "-o", f"report.{ending}").code == 0
    ET.parse(tmp_path / "report.svg")
    assert len(json.loads((tmp_path / "report.json").read_text())["rows"]) == 3
    some = rows[0].partition(",")[0]
    assert "chosen by" in why_of(graphkit, some)["method"]
    assert graphkit("calibrate", "--forget").code == 0
    assert "uncalibrated" in why_of(graphkit, some)["method"]


def test_eval_writes_beliefs_and_scores_them_where_answers_are_at_hand(graphkit, tmp_path):
    rows = [f"s{k % 5}\to{k // 5}\t{'a' if k % 5 < 3 else 'b'}" for k in range(100)]
    for name in ("one", "two"):
        (tmp_path / "sets" / name).mkdir(parents=True)
        (tmp_path / "sets" / name / "claims.tsv").write_text("source\tobject\tvalue\n" + "\n".join(rows) + "\n")
    (tmp_path / "sets/one/gold.tsv").write_text("object\tvalue\n" + "".join(f"o{k}\ta\n" for k in range(20)))
    done = graphkit("eval", "credibility", "sets", "--predictions", "out", "--json")
    assert done.code == 0, done.err
    found = {row["measure"]: row["value"] for row in json.loads(done.out)["items"]}
    assert found["one accuracy"] == 100
    assert not [name for name in found if name.startswith("two")]
    assert (tmp_path / "out/two/beliefs.tsv").read_text().startswith("object\tvalue\tprobability\n")
    assert (tmp_path / "out/one/outlets.tsv").is_file()


def test_estimates_abstain_where_too_few_rated_outlets_point_to_one(graph):
    done = graph("estimate")
    assert done.code == 0
    assert done.out.splitlines() == ["outlet\testimate\tlow\thigh\tneighbours\tfamilies"]
    assert "no unrated outlet" in done.err
