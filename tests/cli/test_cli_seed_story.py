"""The seed among the accounts of what it tells, by the real command line: what is one, what adds up, who rewrote whom, where it began."""

import json

import pytest

pytestmark = pytest.mark.slow
CLUSTER = "seed-kursk-2025-06"
REWRITTEN = "2025-07-14"


@pytest.fixture
def story(graphkit, shared_data, seed_path):
    """A graph of the packaged seed and the other accounts of the cluster, linked."""
    rows = [json.loads(line) for line in (shared_data / "clusters" / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    accounts = [row for row in rows if row["cluster"] == CLUSTER and not row["id"].endswith("/01")]
    assert len(accounts) == 12
    assert graphkit("add", seed_path).code == 0
    for row in accounts:
        stated = ["--url", row["url"], "--outlet", row["domain"]]
        if len(row["date"]) == len("2025-06-17"):
            stated += ["--date", row["date"]]
        added = graphkit("add", shared_data / "clusters" / row["text"], *stated)
        assert added.code == 0, added.err
    assert graphkit("update").code == 0
    return graphkit


def test_the_seed_is_traced_to_the_account_it_rewrites_and_to_the_earliest_statement(story):
    articles = {row["id"]: row for row in json.loads(story("list", "articles", "--json").out)["items"]}
    seed = next(name for name, row in articles.items() if row["title"].startswith("Threats loom"))
    traced = json.loads(story("trace", seed, "--json").out)
    steps = [step for chain in traced["chains"] for step in chain["steps"] if step["taker"] == seed]
    rewritten = {step["giver"] for step in steps if step["kind"] == "rewrite"}
    assert [(articles[name]["outlet"], articles[name]["published"]) for name in rewritten] == [("naturalnews.com", REWRITTEN)]

    figure = next(chain for chain in traced["chains"] if any("6,000" in carrier["quote"] for carrier in chain["carriers"]))
    assert {carrier["outlet"] for carrier in figure["carriers"]} >= {"naturalnews.com"}
    earliest = figure["before"][0]
    assert earliest["published"] == "2025-06-17"
    assert earliest["speakers"] == ["Sergei Shoigu"]
    shown = story("trace", seed).out
    assert "a likely rewrite" in shown
    assert "earliest known statement" in shown

    # the whole is linked with its parts
    links = story("query", "--json", "-q", ADD_UP)
    pairs = [(row["one"], row["two"]) for row in json.loads(links.out)["items"]]
    assert any("6,000" in one + two and "1,000" in one + two and "5,000" in one + two for one, two in pairs), pairs


ADD_UP = """SELECT ?one ?two WHERE { ?link gk:method ?method ; gk:from ?a ; gk:to ?b . ?a nif:anchorOf ?one . ?b nif:anchorOf ?two .
  FILTER(CONTAINS(?method, "numbers add up")) }"""
