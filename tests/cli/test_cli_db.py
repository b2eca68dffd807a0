"""Upkeep of the graph's file by command."""

import json
import sqlite3


def test_a_backup_is_a_graph_and_never_goes_over_a_file(graphkit, article):
    graphkit("add", article)
    assert graphkit("db", "backup", "copy.db").code == 0
    original, copied = graphkit("list", "claims", "--json"), graphkit("-g", "copy.db", "list", "claims", "--json")
    assert original.out == copied.out
    assert graphkit("db", "backup", "copy.db").code == 2
    assert graphkit("db", "backup", "copy.db", "--force").code == 0


def test_verify_says_what_is_wrong(graphkit, article, tmp_path):
    graphkit("add", article)
    assert graphkit("db", "verify").code == 0
    with sqlite3.connect(tmp_path / "graph.db") as database:
        database.execute("UPDATE graph SET sha256 = ?", ("0" * 64,))
    database.close()
    outcome = graphkit("db", "verify")
    assert outcome.code == 4
    assert "problem" in outcome.out


def test_rebuild_gives_the_same_hash_and_compact_loses_nothing(graphkit, article, seed_path):
    graphkit("add", article, seed_path)
    first = graphkit("db", "rebuild").err
    before = graphkit("list", "claims", "--json").out
    graphkit("remove", "Harbour reopens", "--yes")
    graphkit("add", article)
    assert graphkit("db", "compact").code == 0
    assert graphkit("db", "rebuild").err == first
    assert graphkit("list", "claims", "--json").out == before


def test_info_names_the_limits(graphkit, article):
    graphkit("add", article)
    told = json.loads(graphkit("db", "info", "--json").out)
    assert told["articles"] == 1
    assert told["limits"]["max_text"] == 500_000
