"""Ratings at the command line: imported with their problems named, read as of a date, never shown without set, date and family."""

import json

import pytest


@pytest.fixture
def house_list(tmp_path):
    """An invented house list with three good rows and three bad ones."""
    path = tmp_path / "house.csv"
    path.write_text(
        "Site,Score,Day\nalpha.example.org,80,2024-03-01\nbeta.example.net,20,2024-03-01\ngamma.example.com,50,2024-03-01\n"
        "not a domain,10,2024-03-01\ndelta.example,900,2024-03-01\nepsilon.example,10,\n",
        encoding="utf-8",
    )
    return path


MAP = "domain=Site,score=Score,scale=0..100,date=Day"


def test_a_mapped_list_goes_in_and_bad_rows_are_named(graphkit, house_list):
    outcome = graphkit("ratings", "import", "house", house_list, "--map", MAP)
    assert outcome.code == 0, outcome.err
    assert [line.split(":")[1] for line in outcome.err.splitlines() if line.startswith("skipped")] == [
        " line 5",
        " line 6",
        " line 7",
    ]
    assert graphkit("ratings", "import", "house", house_list, "--map", MAP).out.splitlines()[1].startswith("unchanged")


def test_importing_twice_changes_nothing(graphkit, house_list):
    from graphkit import Graph

    graphkit("ratings", "import", "house", house_list, "--map", MAP)
    with Graph.open("graph.db") as graph:
        before = graph.record.state()
    graphkit("ratings", "import", "house", house_list, "--map", MAP)
    with Graph.open("graph.db") as graph:
        assert graph.record.state() == before


def test_explain_reads_as_of_a_date(graphkit, house_list):
    graphkit("ratings", "import", "house", house_list, "--map", MAP)
    now = json.loads(graphkit("ratings", "explain", "alpha.example.org", "--json").out)
    then = json.loads(graphkit("ratings", "explain", "alpha.example.org", "--as-of", "2023-01-01", "--json").out)
    assert (now["word"], now["thin"]) == ("single", True)
    assert then["word"] == "unrated"
    assert then["interval"] is None
    assert then["ratings"][0]["counts"] == "no: made after the date"


def test_every_shown_rating_carries_set_version_date_family_and_licence(graphkit):
    graphkit("ratings", "import", "shipped")
    for item in json.loads(graphkit("ratings", "explain", "meduza.io", "--json").out)["ratings"]:
        assert all(
            item[key] for key in ("rater", "value", "scale", "dimension", "rated_on", "family", "set", "version", "licence")
        )


def test_the_card_of_an_outlet_shows_its_ratings_whole(graphkit, seed_path):
    graphkit("add", seed_path)
    assert "unrated" in graphkit("show", "meduza.io").out
    graphkit("ratings", "import", "shipped")
    lines = [line for line in graphkit("show", "meduza.io").out.splitlines() if "Wikipedia editors" in line]
    assert lines
    assert all(word in line for line in lines for word in ("rated on", "set rsp, version", "family wikipedia", "licence"))


def test_what_is_in_the_record_is_in_the_rdf_and_conforms(graphkit, seed_path):
    graphkit("add", seed_path)
    graphkit("ratings", "import", "shipped")
    assert graphkit("query", "--ask-exit", "-q", "ASK { ?r a gk:Rating ; schema:dateCreated ?d ; gk:ratingSet ?s }").code == 0
    graphkit("export", "ratings.ttl", "--only", "ratings")
    assert graphkit("check").code == 0
    assert graphkit("ratings", "remove", "rsp").code == 0
    assert "rsp" not in graphkit("ratings", "list").out
    assert graphkit("query", "--ask-exit", "-q", 'ASK { ?s a gk:RatingSet ; rdfs:label "rsp" }').code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ratings", "import", "nonsense", "house.csv"), 3),
        (("ratings", "import", "mbfc"), 2),
        (("ratings", "import", "mbfc", "missing.json"), 3),
        (("ratings", "import", "house", "house.csv", "--map", "domain=Site"), 2),
        (("ratings", "remove", "nothing"), 3),
        (("ratings", "explain", "no domain"), 3),
        (("ratings", "diff", "house", "a", "b"), 3),
    ],
)
def test_mistakes(graphkit, house_list, article, arguments, code):
    graphkit("add", article)
    outcome = graphkit(*arguments)
    assert outcome.code == code, outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.slow
def test_ratings_are_read_as_of_the_date_in_all_vintages(graphkit, shared_data):
    """Media Bias/Fact Check rated TASS high in 2017 and mixed in 2020, Fox News mixed before its downgrade and low after."""
    folder = shared_data / "ratings"
    for path in sorted((folder / "mbfc_vintages").glob("mbfc_*.json")):
        assert graphkit("ratings", "import", "mbfc", path, "--date", path.stem.removeprefix("mbfc_")).code == 0
    assert graphkit("ratings", "import", "mbfc", folder / "mbfc_2026-08-19.json", "--date", "2026-08-19").code == 0

    def level(outlet, day):
        found = json.loads(graphkit("ratings", "explain", outlet, "--as-of", day, "--json").out)
        return [r["value"] for r in found["ratings"] if r["counts"] == "yes" and r["scale"] == "mbfc-factual"]

    assert level("tass.com", "2018-01-01") == ["high"]
    assert level("tass.com", "2021-06-01") == ["mixed"]
    assert level("foxnews.com", "2025-10-01") == ["mixed"]
    assert level("foxnews.com", "2026-09-01") == ["low"]
