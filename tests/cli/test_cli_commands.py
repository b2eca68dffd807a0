"""Every command: documented, and doing what its help says on a real graph."""

import json
import re

import click
import pytest

from graphkit.cli import COMMANDS, group


def walk(command, path=("graphkit",)):
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from walk(command.get_command(context, name), (*path, name))


def test_the_map_of_commands_and_their_own_help_agree():
    for name, lazy in COMMANDS.items():
        command = lazy.load()
        assert command.name == name
        assert command.help.splitlines()[0].strip() == lazy.help


@pytest.mark.parametrize("path", [" ".join(path) for path, _ in walk(group)])
def test_every_command_and_option_has_help(graphkit, path):
    command = {" ".join(p): c for p, c in walk(group)}[path]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
    outcome = graphkit(*path.split()[1:], "--help")
    assert outcome.code == 0
    assert "Usage: graphkit" in outcome.out


def test_readme_names_only_commands_that_exist(repository):
    readme = (repository / "README.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```bash\n(.*?)```", readme, re.DOTALL))
    named = set(re.findall(r"^graphkit (?:-g \S+ )?([a-z-]+)", code, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


def test_the_first_five_minutes(graphkit, seed_path, tmp_path):
    """README's walk, on the seed."""
    assert graphkit("add", seed_path).code == 0
    assert graphkit("add", seed_path).err.startswith("1 already there, unchanged")
    domains = {item["outlet"] for item in json.loads(graphkit("list", "outlets", "--json").out)["items"]}
    assert domains == {"naturalnews.com", "meduza.io", "foxnews.com"}
    shown = graphkit("show", "Kim Jong Un").out
    assert "pledge" in shown
    assert "chars" in shown
    assert "cited" in graphkit("show", "meduza.io").out.lower()
    assert "Reports" in graphkit("query", "--name", "cq01").out
    assert graphkit("export", "graph.ttl", "graph.graphml", "graph.csv").code == 0
    assert graphkit("view").code == 0
    page = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    assert "over 10,000 North Korean troops" in page


def test_list_filters_and_sorts(graphkit, article, seed_path):
    graphkit("add", article, "--date", "2025-06-18", "--outlet", "alpha.example.org")
    graphkit("add", seed_path)
    listed = json.loads(graphkit("list", "articles", "--since", "2025", "--json").out)["items"]
    assert [item["published"] for item in listed] == ["2025-06-18"]
    claims = json.loads(graphkit("list", "claims", "--actor", "Kim Jong Un", "--json").out)["items"]
    assert claims
    assert all("Northport" not in item["claim"] for item in claims)
    limited = json.loads(graphkit("list", "actors", "--limit", "2", "--sort", "-mentions", "--json").out)
    assert limited["truncated"]
    assert limited["items"][0]["actor"] == "North Korea"


def test_options_stand_before_or_after_the_verb(graphkit, article):
    assert graphkit("-g", "other.db", "add", article).code == 0
    before, after = (
        graphkit("--json", "-g", "other.db", "list", "claims"),
        graphkit("list", "claims", "--json", "-g", "other.db"),
    )
    assert before.out == after.out
    assert json.loads(before.out)["items"]


def test_the_graph_may_be_named_by_the_environment(graphkit, article, monkeypatch, tmp_path):
    monkeypatch.setenv("GRAPHKIT_GRAPH", str(tmp_path / "named.db"))
    assert graphkit("add", article).code == 0
    assert (tmp_path / "named.db").exists()


def test_standard_input(graphkit):
    outcome = graphkit("add", "-", stdin=b"Harbour reopens\nOfficials said the harbour may reopen on Friday.\n")
    assert outcome.code == 0, outcome.err


def test_remove_asks_and_takes_out(graphkit, article):
    graphkit("add", article)
    assert graphkit("remove", "Harbour reopens").code == 2
    assert graphkit("remove", "Harbour reopens", "--yes").code == 0
    assert json.loads(graphkit("list", "articles", "--json").out)["items"] == []


def test_extract_prints_one_object_a_line_and_stores_nothing(graphkit, article, seed_path, tmp_path):
    outcome = graphkit("extract", article, seed_path)
    lines = [json.loads(line) for line in outcome.out.splitlines()]
    assert len(lines) == 2
    assert not (tmp_path / "graph.db").exists()
    assert json.loads(graphkit("extract", "--schema").out)["$schema"].startswith("https://json-schema.org/")


def test_ask_may_answer_by_the_exit_code(graphkit, article):
    graphkit("add", article)
    assert graphkit("query", "--ask-exit", "-q", "ASK { ?a a gk:Article }").code == 0
    assert graphkit("query", "--ask-exit", "-q", "ASK { ?a a gk:Nonsense }").code == 1


def test_query_forms(graphkit, seed_path, tmp_path):
    graphkit("add", seed_path)
    select = "SELECT ?d { ?o gk:domain ?d } ORDER BY ?d"
    assert graphkit("query", "-q", select).out.splitlines()[1:] == ['"foxnews.com"', '"meduza.io"', '"naturalnews.com"']
    assert graphkit("query", "-f", "csv", "-q", select).out.splitlines() == ["d", "foxnews.com", "meduza.io", "naturalnews.com"]
    bindings = json.loads(graphkit("query", "-f", "json", "-q", select).out)["results"]["bindings"]
    assert bindings[0]["d"]["value"] == "foxnews.com"
    assert graphkit("query", "-f", "ttl", "-q", "DESCRIBE gkd:outlet-meduza.io").out.count("meduza.io")
    (tmp_path / "q.rq").write_text(select, encoding="utf-8")
    assert graphkit("query", "q.rq").out == graphkit("query", "-", stdin=select.encode()).out
    assert graphkit("query", "--names").out.count("cq") >= 12


def test_the_demo_writes_its_three_files_and_names_what_to_try(graphkit, tmp_path):
    outcome = graphkit("demo", "out", "--without-network")
    assert outcome.code == 0, outcome.err
    for name in ("graph.db", "graph.ttl", "graph.html"):
        assert (tmp_path / "out" / name).stat().st_size > 1_000
    tries = re.findall(r"^  graphkit (.+)$", outcome.err, re.MULTILINE)
    assert len(tries) == 3
    import shlex

    for line in tries[:2]:
        assert graphkit(*shlex.split(line)).code == 0
