"""Ratings in the record: what our own writer renders is packed unread, so this test reads it."""

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
