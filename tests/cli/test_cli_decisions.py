"""What people decide is kept with who and when, holds over a new extraction, and can be taken back."""

import json


def actors(graphkit):
    return {item["actor"]: item for item in json.loads(graphkit("list", "actors", "--json").out)["items"]}


def test_a_merge_makes_one_of_two_and_is_undone(graphkit, seed_path):
    graphkit("add", seed_path)
    before = actors(graphkit)
    assert graphkit("merge", "Kim Jong Un", "Biden administration", "--by", "A. Tester", "--because", "a test").code == 0
    merged = actors(graphkit)
    assert "Biden administration" not in merged
    assert merged["Kim Jong Un"]["mentions"] == before["Kim Jong Un"]["mentions"] + before["Biden administration"]["mentions"]
    assert "A. Tester" in graphkit("show", "Kim Jong Un").out
    assert graphkit("undo").code == 0
    assert actors(graphkit) == before


def test_decisions_survive_a_new_extraction(graphkit, article, tmp_path):
    graphkit("add", article, "--url", "https://alpha.example.org/a")
    graphkit("rename", "Maria Examplova", "Mayor of Northport")
    article.write_text(article.read_text(encoding="utf-8") + "\nOfficials said nothing more.\n", encoding="utf-8")
    assert "replaced" in graphkit("add", article, "--url", "https://alpha.example.org/a").out
    assert "Mayor of Northport" in actors(graphkit)


def test_a_split_wins_over_a_merge_and_is_not_overwritten(graphkit, seed_path):
    graphkit("add", seed_path)
    assert graphkit("split", "Russia", "Ukraine").code == 0
    outcome = graphkit("merge", "Russia", "Ukraine")
    assert outcome.code == 3
    assert "apart" in outcome.err


def test_notes_and_their_makers_are_listed(graphkit, seed_path):
    graphkit("add", seed_path)
    graphkit("note", "meduza.io", "asked the editors on Monday", "--by", "B. Tester")
    rows = json.loads(graphkit("decisions", "--json").out)["items"]
    assert [(row["kind"], row["by"], row["value"]) for row in rows] == [("note", "B. Tester", "asked the editors on Monday")]
    assert "asked the editors" in graphkit("show", "meduza.io").out


def test_things_of_two_kinds_are_never_one(graphkit, seed_path):
    graphkit("add", seed_path)
    outcome = graphkit("merge", "Kim Jong Un", "meduza.io")
    assert outcome.code == 3
    assert "kind" in outcome.err
