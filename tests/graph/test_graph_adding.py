"""Adding: what is said to be in is in, the same bytes change nothing, one bad article harms no other, order and processes do not matter."""

import pytest

from graphkit import Graph, GraphkitError, read_text
from graphkit.graph.adding import Added, Refused
from graphkit.model import Overrides

TEXT = "Harbour reopens\nOfficials said on Tuesday that the harbour of Northport may reopen on Friday.\n"


@pytest.fixture
def folder(tmp_path):
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(TEXT.replace("Tuesday", f"the {number + 2}th of May"), encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return tmp_path


def test_the_same_bytes_are_a_no_op_that_says_so(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    with Graph.open(tmp_path / "graph.db") as graph:
        assert graph.add(path).outcome == "added"
        state = graph.record.state()
        again = graph.add(path)
        assert (again.outcome, again.counts) == ("unchanged", None)
        assert graph.record.state() == state


def test_an_article_with_an_address_is_replaced(tmp_path):
    address = Overrides(url="https://alpha.example.org/a")
    path = tmp_path / "a.txt"
    with Graph.temporary() as graph:
        path.write_text(TEXT, encoding="utf-8")
        first = graph.add(path, overrides=address)
        path.write_text(TEXT.replace("may reopen", "will reopen"), encoding="utf-8")
        second = graph.add(path, overrides=address)
        assert (second.outcome, second.id) == ("replaced", first.id)
        assert [row.id for row in graph.rows("articles")] == [first.id]
        assert not any("may reopen" in row.quote for row in graph.assertions())


def test_bad_items_are_named_and_the_rest_goes_in(folder, tmp_path_factory):
    with Graph.open(tmp_path_factory.mktemp("g") / "graph.db") as graph:
        results = list(graph.add_all([str(folder)]))
        refused = [result for result in results if isinstance(result, Refused)]
        assert len(refused) == 2
        assert all(isinstance(result.error, GraphkitError) and result.error.exit_code == 3 for result in refused)
        assert all(result.origin in result.error.message for result in refused)
        assert len(graph.rows("articles")) == 6


@pytest.mark.slow
def test_processes_and_order_do_not_matter(folder):
    hashes = set()
    names = sorted(str(path) for path in folder.iterdir())
    for sources, processes in ((names, 1), (names[::-1], 1), (names, 2)):
        with Graph.temporary() as graph:
            list(graph.add_all(sources, processes=processes))
            hashes.add(graph.canonical_sha256())
    assert len(hashes) == 1


def test_removing_leaves_nothing_of_the_article_and_all_of_the_others(tmp_path):
    with Graph.temporary() as graph:
        graph.add_article(read_text(TEXT))
        alone = graph.canonical_sha256()
        other = graph.add_article(read_text(TEXT.replace("harbour", "airport").replace("Harbour", "Airport")))
        assert graph.canonical_sha256() != alone
        assert graph.remove(other.id) == other.id
        assert graph.canonical_sha256() == alone


def test_a_rehearsal_stores_nothing(tmp_path):
    path = tmp_path / "graph.db"
    with Graph.open(path, is_rehearsal=True) as graph:
        assert graph.add_article(read_text(TEXT)).outcome == "added"
    assert not path.exists()


def test_every_quote_stands_at_its_span(seed_path):
    with Graph.temporary() as graph:
        added = graph.add(seed_path)
        assert isinstance(added, Added)
        text = graph.texts()[added.id]
        rows = graph.assertions()
        assert rows
        assert all(text[row.begin : row.end] == row.quote for row in rows)
        assert all(text[row.begin : row.end] == row.quote for row in graph.rows("citations"))
