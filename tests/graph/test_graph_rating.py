"""Ratings in the record: what our own writer renders is packed unread, so this test reads it."""

import subprocess
import sys
from collections import defaultdict

import pytest

from graphkit.graph import Graph
from graphkit.graph.rating import ImportOptions, graph_name, import_ratings, nquads_of_set
from graphkit.knowledge.ratings import RATING_SETS, shipped_ratings
from graphkit.model import Rating
from graphkit.store.blobs import check


def test_what_is_packed_unread_would_pass_the_check():
    by_set: defaultdict[str, list[Rating]] = defaultdict(list)
    for rating in shipped_ratings():
        by_set[rating.rating_set].append(rating)
    assert by_set
    for rating_set, rows in by_set.items():
        check(graph_name(rating_set), nquads_of_set(rating_set, rows))


@pytest.mark.parametrize(
    ("name", "header", "row"),
    [
        ("cred1", "domain,category,credibility_score", "example.org,unreliable,0.105"),
        ("lin2023", "domain,pc1,afm,fc,mbfc,lewandowsky_acc", "example.org,0.5,,,,"),
    ],
)
def test_what_a_reader_should_know_of_a_set_is_said_once(tmp_path, name, header, row):
    file = tmp_path / "set.csv"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    with Graph.open(tmp_path / "graph.db") as graph:
        report = import_ratings(graph.record, name, file, ImportOptions(force=True))
    assert [line for line in report.warnings if line == RATING_SETS[name].caution] == [RATING_SETS[name].caution]


def test_each_version_takes_its_place_in_the_graph_and_none_is_written_twice(tmp_path):
    file = tmp_path / "house.csv"
    with Graph.open(tmp_path / "graph.db") as graph:
        for day, scores in (("2025-01-01", (10, 20, 30)), ("2024-01-01", (10, 25)), ("2025-01-01", (10, 20, 35))):
            rows = "".join(f"o{number}.example,{score}\n" for number, score in enumerate(scores))
            file.write_text(f"site,score\n{rows}", encoding="utf-8")
            options = ImportOptions(columns=f"domain=site,score=score,scale=0..100,date={day}")
            assert import_ratings(graph.record, "house", file, options).sets[0].outcome != "unchanged"
            state = graph.record.state()
            assert import_ratings(graph.record, "house", file, options).sets[0].outcome == "unchanged"
            assert graph.record.state() == state
            kept = list(graph.record.ratings.of_set("house"))
            assert graph.record.graph_nquads(graph_name("house")) == nquads_of_set("house", kept)
        assert [one.value for one in kept if one.version == "2025-01-01"] == ["10", "20", "35"]
        assert graph.record.verify() == ()


def test_importing_ratings_loads_no_gazetteer_and_starts_no_processes():
    program = "import sys, graphkit.cli.ratings, graphkit.graph.opened, graphkit.graph.rating, graphkit.rdf.ratings; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.split()
    assert "graphkit.knowledge.ratings.mbfc" in loaded
    assert not {"graphkit.knowledge.actors.countries", "multiprocessing", "pyoxigraph"} & set(loaded)
