"""``check``: what it finds of a graph's quality, and that what ``add`` makes keeps every rule."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented_graph import annotations, computed, decisions
from real_graph import add_real, article_files

from graphkit import Graph, read_text
from graphkit.cli import group
from graphkit.graph.checking import Finding, check, grouped
from graphkit.graph.importing import Contents, write_contents
from graphkit.graph.single_origins import find_single_origins
from graphkit.graph.updating import update


@pytest.fixture
def invented() -> Iterator[Graph]:
    """An invented graph with its links."""
    with Graph.temporary() as graph:
        write_contents(graph.record, Contents(annotations(), decisions=decisions()), replace=False)
        yield graph


def rules(found: list[Finding]) -> set[str]:
    return {one.rule for one in found}


def test_a_sound_graph_raises_questions_and_no_violation(invented: Graph) -> None:
    found = check(invented)
    assert {one.severity for one in found} == {"info", "warning"}
    assert rules(found) >= {"circle", "guess", "officeDate", "unrated"}
    assert [one.severity for one in found] == sorted((one.severity for one in found), reverse=True)
    assert all(one.message and one.subject for one in found)


def test_findings_are_grouped_gravest_first(invented: Graph) -> None:
    groups = grouped(check(invented))
    assert sum(map(len, groups.values())) == len(check(invented))
    assert [severity for severity, _ in groups] == sorted((severity for severity, _ in groups), reverse=True)


def test_a_quote_that_no_longer_stands_in_its_text_is_found(invented: Graph) -> None:
    name, graph, text = next(iter(invented.record.texts()))
    # nothing of ours writes a text alone: this is a file that somebody changed
    invented.record.database.execute("UPDATE article SET text = ? WHERE name = ?", ("x" + text, name))
    found = [one for one in check(invented) if one.rule == "span"]
    assert found
    assert {one.severity for one in found} == {"violation"}
    assert {one.article for one in found} == {name}
    assert graph.startswith("graph-")


def test_a_link_that_breaks_a_rule_is_found_by_name(invented: Graph) -> None:
    lines = sorted(line for line in computed().splitlines(keepends=True) if line.endswith(b"/graph-links> .\n"))
    kept = [line for line in lines if b"ns#relation>" not in line]
    invented.record.put_graph("graph-links", b"".join(kept))
    found = [one for one in check(invented) if one.severity == "violation"]
    assert "shape Link.relation" in rules(found)


STORY = (
    "Harbour of Northport closed\n\n"
    "The harbour of Northport was closed on Monday after 3,000 containers of grain fell into the water. "
    "Divers found the cargo at a depth of 40 metres, and the shipping line Exampleline stopped all its ferries. "
    "The council of Northport will meet on Friday to decide whether the pier can be used again this year.\n"
)


@pytest.fixture
def copied() -> Iterator[Graph]:
    """One report that three outlets carry word for word, two of them with a credit to the first."""
    with Graph.temporary() as graph:
        for number, outlet in enumerate(("alpha.example", "beta.example", "gamma.example"), start=1):
            credit = "" if number == 1 else "\nThis article was originally published by alpha.example.\n"
            article = read_text(STORY + credit, url=f"https://{outlet}/1", outlet=outlet, published=f"2025-06-{17 + number}")
            graph.add_article(article, extractor="rules")
        update(graph.record)
        yield graph


def test_a_claim_that_many_carry_from_one_origin_is_found(copied: Graph) -> None:
    found = list(find_single_origins(copied.index(), copied.record))
    assert found
    assert {one.outlets for one in found} == {("alpha.example", "beta.example", "gamma.example")}
    told = [one for one in check(copied) if one.rule == "singleOrigin"]
    assert len(told) == len(found)
    assert all(one.message.startswith("3 outlets carry this, and all go back to one origin: ") for one in told)
    assert all("gamma.example" in str(one.fact) for one in told)


def test_two_outlets_are_not_many(copied: Graph) -> None:
    copied.remove("https://gamma.example/1")
    update(copied.record)
    assert list(find_single_origins(copied.index(), copied.record)) == []


def test_the_command_groups_explains_and_exits_by_severity(invented: Graph) -> None:
    path = str(invented.record.path)
    run = CliRunner().invoke(group, ["check", "-g", path, "--json"], standalone_mode=False)
    items = json.loads(run.output)["items"]
    assert run.return_value == 0
    assert {"severity", "rule", "subject", "message", "fact", "article"} == set(items[0])
    for least, code in (("violation", 0), ("warning", 1), ("info", 1)):
        again = CliRunner().invoke(group, ["check", "-g", path, "--fail-on", least, "-q"], standalone_mode=False)
        assert again.return_value == code


@pytest.mark.slow
def test_every_graph_that_add_makes_keeps_every_rule(shared_data: Path) -> None:
    files = article_files(shared_data)
    with Graph.temporary() as graph:
        add_real(graph, files[:: max(1, len(files) // 40)])
        assert graph.record.count_articles() >= 30
        found = check(graph)
        assert [one for one in found if one.severity == "violation"] == []
        assert "unrated" in rules(found)
