"""Across articles at the prompt: update says what changed, trace leads back, match finds, check spells circles, people win."""

import json

import pytest

WIRE = (
    "Bridge of Exampleton closed\n"
    "(Example Wire) - Inspector Ann Example said on Monday that two pillars of the Sample river bridge in Exampleton had deep cracks.\n"
    "The council of Exampleton will send 6,000 engineers to repair the Sample river bridge, mayor Ben Sample said.\n"
    "Lorries must take the northern road through Testford for at least six weeks, the council said.\n"
)
COPY = WIRE + "Our reporters in Exampleton will keep an eye on the traffic.\n"
OWN = (
    "Cracks found in Exampleton bridge\n"
    "Two pillars of the Sample river bridge in Exampleton had deep cracks, inspector Ann Example said.\n"
    "Exampleton sends 1,000 welders and 5,000 engineers to repair the Sample river bridge, mayor Ben Sample said.\n"
)
SPORT = "Cup final\nExampleton United beat Sampleville by two goals in the cup final, the referee said on Sunday evening.\n"


@pytest.fixture
def filled(graphkit, tmp_path):
    """Four invented articles: a report, its copy, one in other words, and one of something else."""
    for name, text, outlet, day in (
        ("wire", WIRE, "wire.example", "2031-05-01"),
        ("copy", COPY, "copy.example", "2031-05-02"),
        ("own", OWN, "own.example", "2031-05-03"),
        ("sport", SPORT, "sport.example", "2031-05-03"),
    ):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        added = graphkit("add", path, "--extractor", "rules", "--outlet", outlet, "--date", day, "--url", f"https://{outlet}/1")
        assert added.code == 0, added.err
    return graphkit


def changes(outcome):
    assert outcome.code == 0, outcome.err
    return {(row["part"], row["kind"]): row for row in json.loads(outcome.out)["items"]}


def test_update_says_what_changed_and_a_second_time_nothing(filled):
    first = changes(filled("update", "--json"))
    assert first["links", "supports"]["added"] > 0
    assert first["links", "derivedFrom"]["now"] == first["links", "derivedFrom"]["added"]
    again = filled("update", "--json")
    assert not any(row["added"] or row["removed"] or row["changed"] for row in changes(again).values())
    assert "nothing has changed" in filled("update").err
    assert filled("remove", "https://copy.example/1", "--yes").code == 0
    assert changes(filled("update", "--json"))["links", "derivedFrom"]["removed"] > 0
    assert filled("check").code == 0


def test_the_order_of_adding_and_the_number_of_processes_do_not_matter(graphkit, tmp_path):
    lines = []
    for outlet, text in (("wire.example", WIRE), ("copy.example", COPY), ("own.example", OWN), ("sport.example", SPORT)):
        title, _, body = text.partition("\n")
        lines.append(json.dumps({"title": title, "text": body, "url": f"https://{outlet}/1", "date": "2031-05-01"}))
    printed = set()
    for name, order, jobs in (("a", lines, "1"), ("b", lines[::-1], "2")):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(order) + "\n", encoding="utf-8")
        graph = ("-g", f"{name}.db")
        added = graphkit(*graph, "add", f"{name}.jsonl", "--extractor", "rules", "--jobs", jobs)
        assert added.code == 0, added.err
        assert graphkit(*graph, "update").code == 0
        assert graphkit(*graph, "export", f"{name}.nq", "--only", "links").code == 0
        printed.add((tmp_path / f"{name}.nq").read_bytes())
    assert len(printed) == 1
    assert printed.pop()


def test_trace_leads_from_the_copy_to_who_said_it(filled):
    filled("update")
    shown = filled("trace", "https://copy.example/1")
    assert shown.code == 0
    assert "has it from" in shown.out
    assert "the same text" in shown.out
    assert "wire.example" in shown.out
    assert "first known origin" in shown.out
    traced = json.loads(filled("trace", "https://copy.example/1", "--json").out)
    chain = max(traced["chains"], key=lambda one: len(one["carriers"]))
    assert chain["carriers"][0]["outlet"] == "wire.example"
    assert {step["kind"] for step in chain["steps"]} >= {"copy"}
    assert filled("trace", chain["claim"], "--json").code == 0
    assert "has it from" not in filled("trace", "https://copy.example/1", "--depth", "0").out


def test_show_tells_of_links(filled):
    filled("update")
    assert "Has it from" in filled("show", "https://copy.example/1").out
    assert "Passed on by" in filled("show", "https://wire.example/1").out
    traced = json.loads(filled("trace", "https://copy.example/1", "--json").out)
    claim = max(traced["chains"], key=lambda one: len(one["carriers"]))["claim"]
    assert "Said elsewhere" in filled("show", claim).out


def test_adding_says_that_links_are_to_be_made(filled, tmp_path):
    more = tmp_path / "more.txt"
    more.write_text("Late news\nThe ferry to Testford sails again, its captain said.\n", encoding="utf-8")
    assert "graphkit update" in filled("add", more, "--extractor", "rules").err
    assert "graphkit update" not in filled("add", more, "--extractor", "rules").err


def test_trace_of_what_nobody_else_carries_and_of_what_is_not_there(filled):
    filled("update")
    assert "no other article" in filled("trace", "https://sport.example/1").out
    missing = filled("trace", "no such thing")
    assert missing.code == 3
    assert "no such thing" in missing.err
    wrong = filled("trace", "wire.example")
    assert wrong.code == 3
    assert "no claim and no article" in wrong.err


def test_match_finds_what_a_text_repeats(filled, tmp_path):
    found = json.loads(filled("match", "Deep cracks in two pillars of a river bridge!", "--json").out)["items"]
    assert "pillars" in found[0]["claim"]
    assert found[0]["articles"]
    assert [one["rank"] for one in found] == list(range(1, len(found) + 1))
    post = tmp_path / "post.txt"
    post.write_text("Did you hear? Two pillars of the Sample river bridge had deep cracks.", encoding="utf-8")
    assert "pillars" in filled("match", post).out
    nothing = filled("match", "Zebras quarrel under violet umbrellas")
    assert nothing.code == 1
    assert "no claim" in nothing.err
    assert filled("match", " ").code == 3


def test_what_people_decide_outranks_the_machine_and_is_taken_back(filled):
    before = filled("update", "--json") and filled("export", "before.nq", "--only", "links")
    assert before.code == 0
    wire, copy = "https://wire.example/1", "https://copy.example/1"
    assert filled("derived", wire, copy, "--by", "A. Tester").code == 0
    assert filled("derived", copy, wire).code == 3
    filled("update")
    traced = json.loads(filled("trace", wire, "--json").out)
    assert {step["kind"] for chain in traced["chains"] for step in chain["steps"] if step["taker"] == traced["start"]} >= {
        "decision"
    }
    assert filled("undo").code == 0
    filled("update")
    filled("export", "after.nq", "--only", "links", "--force")
    assert filled("split", wire, copy).code == 0
    filled("update")
    relations = {step["kind"] for chain in json.loads(filled("trace", copy, "--json").out)["chains"] for step in chain["steps"]}
    assert not relations & {"copy", "decision"}


def test_a_decision_on_something_gone_is_dormant(filled):
    filled("derived", "https://wire.example/1", "https://copy.example/1")
    filled("remove", "https://copy.example/1", "--yes")
    rows = json.loads(filled("check", "--json").out)["items"]
    assert [row["message"] for row in rows if row["rule"] == "dormant"]


PAGE = """<html><head><title>Tower of Sampleton</title></head><body><article><h1>Tower of Sampleton</h1>
<p>The tower of Sampleton leans by 900 centimetres towards the river, <a href="https://{there}.example/1">{there}.example</a> reports.
The tower of Sampleton was built in 1371 of sandstone and oak, and it has stood through two floods and one great fire.</p>
<p>{own} Visitors climb 311 steps to the bell chamber of the tower, from where the hills of Testford are seen on a clear day.</p>
</article></body></html>"""


def test_check_spells_out_a_circle_with_no_way_out(graphkit, tmp_path):
    for here, there, own in (("one", "two", "Pigeons nest there."), ("two", "one", "A cafe sells cakes.")):
        path = tmp_path / f"{here}.html"
        path.write_text(PAGE.format(there=there, own=own), encoding="utf-8")
        added = graphkit(
            "add", path, "--extractor", "rules", "--url", f"https://{here}.example/1", "--outlet", f"{here}.example"
        )
        assert added.code == 0, added.err
    assert graphkit("update").code == 0
    found = [row["message"] for row in json.loads(graphkit("check", "--json").out)["items"] if row["rule"] == "circle"]
    assert any("go in a circle" in message and "has it from" in message for message in found), found


def test_eval_of_matching_figures_and_retrieval(graphkit, tmp_path):
    rows = [
        {"id": f"{doc}-{place}", "topic": "1", "doc": doc, "sentence": place, "text": text}
        for doc, article in (("a", WIRE), ("b", OWN))
        for place, text in enumerate(article.splitlines())
    ]
    (tmp_path / "sentences.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "positives.jsonl").write_text(json.dumps({"a": "a-1", "b": "b-1"}) + "\n", encoding="utf-8")
    outcome = graphkit("eval", "matching", "sentences.jsonl", "--predictions", "out.jsonl", "--json")
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["items"][0]["gold"] == 1
    pairs = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {"a", "b", "score", "link"} <= set(pairs[0])

    figures = [
        {"a_text": "at least 3 people died", "b_text": "11 people died", "quantity": "people died", "label": "compatible"},
        {"a_text": "exactly 3 bridges fell", "b_text": "11 bridges fell", "quantity": "bridges", "label": "conflict"},
    ]
    (tmp_path / "figures.jsonl").write_text("".join(json.dumps(row) + "\n" for row in figures), encoding="utf-8")
    scored = json.loads(graphkit("eval", "figures", "figures.jsonl", "--json").out)["items"]
    assert scored[0]["precision"] == scored[0]["recall"] == 100.0

    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "x.docs.tsv").write_text(
        "id\tvclaim\ttitle\n0\tThe moon is made of cheese\tMoon\n1\tFish can climb\tFish\n", encoding="utf-8"
    )
    (folder / "x.queries.tsv").write_text("id\ttext\n7\tso the moon is cheese?\n", encoding="utf-8")
    (folder / "x.qrels").write_text("7\t0\t0\t1\n", encoding="utf-8")
    scored = json.loads(graphkit("eval", "retrieval", "claims", "--predictions", "out.tsv", "--json").out)["items"]
    assert scored[0] == {**scored[0], "measure": "MAP@5", "value": 100.0}
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()[0] == "query\tclaim\trank\tscore"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("eval", "matching", "missing.jsonl"), "missing.jsonl"),
        (("eval", "figures", "bad.jsonl"), "bad.jsonl:1"),
        (("eval", "retrieval", "empty"), "docs.tsv"),
        (("trace", "x"), "graph.db"),
        (("update",), "graph.db"),
        (("match", "x"), "graph.db"),
        (("derived", "a", "b"), "graph.db"),
    ],
)
def test_errors_are_one_line(graphkit, tmp_path, arguments, words):
    (tmp_path / "bad.jsonl").write_text('{"a_text": "x"}\n', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    outcome = graphkit(*arguments)
    assert outcome.code == 3
    assert words in outcome.err
    assert len([line for line in outcome.err.splitlines() if line.startswith("graphkit: ")]) == 1


def test_an_extractor_is_no_option_of_matching(graphkit):
    assert graphkit("eval", "matching", "x.jsonl", "--extractor", "rules").code == 2
