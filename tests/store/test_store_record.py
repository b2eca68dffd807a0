"""The record: what goes in comes out, whole, once, and only from files that are ours."""

import json
import os
import sqlite3
import stat
import zlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from graphkit.errors import DiskFull, InputError, NotFound, StoreBusy, StoreCorrupt, StoreError, StoreTooNew
from graphkit.model import Rating
from graphkit.rdf.namespaces import GKD
from graphkit.store.record import ArticleFilter, Record, RunInfo, database
from graphkit.store.record.decisions import Decision
from graphkit.store.record.migrations import APPLICATION_ID, SCHEMA_VERSION, statements


def counts(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    try:
        tables = ("article", "source", "graph", "run", "history")
        return {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}
    finally:
        connection.close()


def test_an_article_comes_back_as_it_was_put(record: Record, synthetic: ModuleType) -> None:
    entry = synthetic.entry(1)
    put = record.put(entry)
    assert (put.outcome, put.seq) == ("added", 1)
    row = record.article(entry.article_name)
    assert (row.headline, row.url, row.outlet, row.authors) == (
        entry.article.title,
        entry.article.url,
        entry.article.outlet,
        ("A. Writer",),
    )
    assert (row.length, row.text_sha256) == (len(entry.article.text), entry.article.text_sha256)
    assert (row.source_sha256, row.run, row.quad_count) == (entry.document.sha256, "run-invented", entry.nquads.count(b"\n"))
    assert record.text(entry.article_name) == entry.article.text
    assert record.source_bytes(entry.article_name) == entry.document.body
    assert record.graph_nquads(entry.graph_name) == entry.nquads
    assert record.known(entry.input_key) == entry.article_name
    assert record.verify() == ()


def test_the_same_article_again_writes_nothing(record: Record, synthetic: ModuleType) -> None:
    entry = synthetic.entry(1)
    record.put(entry)
    before = record.database.connection.total_changes
    later = replace(entry, run=replace(synthetic.RUN, started_at="2026-01-01T00:00:00Z"))
    assert record.put(later).outcome == "unchanged"
    assert record.database.connection.total_changes == before
    assert record.state().seq == 1


def test_a_new_version_takes_the_place_of_the_old_one_everywhere(record: Record, synthetic: ModuleType) -> None:
    record.put(synthetic.entry(1))
    record.put(synthetic.entry(2))
    assert record.put(synthetic.entry(1, 1)).outcome == "replaced"
    assert record.count_articles() == 2
    assert record.text(synthetic.name_of(1)) == synthetic.text_of(1, 1)
    found = [row.name for row in record.articles(ArticleFilter(search='"version 1"'))]
    assert found == [synthetic.name_of(1)]
    assert [row.name for row in record.graphs_since(2)] == [synthetic.entry(1).graph_name]
    assert record.known("1/0") is None
    assert record.verify() == ()


def test_what_is_removed_is_gone_and_the_rest_is_as_it_was(record: Record, path: Path, synthetic: ModuleType) -> None:
    for number in range(3):
        record.put(synthetic.entry(number))
    record.put(synthetic.entry(1, 1))
    others = {row.name: row.nquads for row in record.graphs() if row.name != synthetic.entry(1).graph_name}
    assert record.remove(synthetic.name_of(1))
    assert not record.remove(synthetic.name_of(1))
    assert {row.name: row.nquads for row in record.graphs()} == others
    assert counts(path) == {"article": 2, "source": 2, "graph": 3, "run": 1, "history": 5}
    assert list(record.articles(ArticleFilter(search="day 1"))) == []
    tombstone = list(record.graphs_since(4))
    assert [(row.name, row.nquads) for row in tombstone] == [(synthetic.entry(1).graph_name, None)]
    assert record.find(synthetic.name_of(1)) == ()
    assert record.verify() == ()
    assert record.put(synthetic.entry(1)).outcome == "added"


def test_nothing_removed_can_be_read_after_compacting(record: Record, path: Path, synthetic: ModuleType) -> None:
    record.put(synthetic.entry(1))
    secret = replace(synthetic.entry(2), article=replace(synthetic.entry(2).article, text="Zebulon whispered it."))
    record.put(secret)
    record.remove(secret.article_name)
    record.compact()
    assert b"zebulon" not in path.read_bytes().lower()


def test_the_old_bytes_of_an_address_stay_as_its_history(record: Record, path: Path, synthetic: ModuleType) -> None:
    record.put(synthetic.entry(1))
    record.put(synthetic.entry(1, 1))
    assert counts(path)["source"] == 2
    record.remove(synthetic.name_of(1))
    assert counts(path)["source"] == 0


def test_a_failed_put_leaves_nothing(record: Record, path: Path, synthetic: ModuleType) -> None:
    record.put(synthetic.entry(1))
    clash = replace(synthetic.entry(2), graph_name=synthetic.entry(1).graph_name, nquads=synthetic.entry(1).nquads)
    with pytest.raises(sqlite3.IntegrityError):
        record.put(clash)
    assert counts(path) == {"article": 1, "source": 1, "graph": 1, "run": 1, "history": 1}
    assert record.put(synthetic.entry(3)).seq == 2


def test_changes_in_one_transaction_are_one(record: Record, synthetic: ModuleType) -> None:
    def interrupted() -> None:
        with record.transaction():
            record.put(synthetic.entry(1))
            record.put_graph("graph-links", b"")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert record.state().seq == 0
    with record.transaction():
        record.put(synthetic.entry(1))
        record.put(synthetic.entry(2))
    assert record.count_articles() == 2


SPOILERS = {
    "no LF at the end": (lambda text: text[:-1], "LF"),
    "backwards": (lambda text: b"".join(reversed(text.splitlines(keepends=True))), "sorted"),
    "a line twice": (lambda text: text + text.splitlines(keepends=True)[-1], "sorted"),
    "another graph": (lambda text: text.replace(b"graph-shared", b"graph-elsewhere"), "another graph"),
    "two on a line": (lambda text: text.replace(b" .\n", b" . ", 1), "graph-"),
    "no line": (lambda text: b"\n" + text, "not one N-Quad"),
    "an open string": (lambda text: text.replace(b'version 0"', b"version 0"), "graph-"),
    "a space in an IRI": (lambda text: text.replace(b"ns#Article>", b"ns#Arti cle>"), "graph-"),
    "an escape too many": (lambda text: text.replace("ü".encode(), b"\\u00FC"), "canonical"),
    "invalid UTF-8": (lambda text: text.replace(b"version 0", b"version \xff"), "graph-"),
}


@pytest.mark.parametrize("spoiled", SPOILERS)
def test_quads_that_are_not_canonical_are_refused(record: Record, synthetic: ModuleType, spoiled: str) -> None:
    spoil, said = SPOILERS[spoiled]
    entry = synthetic.entry(3)
    nquads = spoil(entry.nquads)
    assert nquads != entry.nquads
    with pytest.raises(ValueError, match=said):
        record.put(replace(entry, nquads=nquads))
    assert record.state().seq == 0


def test_a_description_of_a_node_that_is_not_named_is_refused(record: Record) -> None:
    line = f'<{GKD}actor-1> <http://www.w3.org/2000/01/rdf-schema#label> "x" <{GKD}graph-shared> .\n'
    with pytest.raises(ValueError, match="does not name"):
        record.put_graph("graph-links", line.encode())


def test_blank_nodes_are_refused(record: Record) -> None:
    with pytest.raises(ValueError, match="blank"):
        record.put_graph("graph-links", f"_:a <http://example.org/p> <{GKD}x> <{GKD}graph-links> .\n".encode())


def test_graphs_that_are_no_articles(record: Record, synthetic: ModuleType) -> None:
    line = f'<{GKD}link-1> <http://example.org/score> "1" <{GKD}graph-links> .\n'.encode()
    assert record.put_graph("graph-links", line).outcome == "added"
    assert record.put_graph("graph-links", line).outcome == "unchanged"
    assert record.put_graph("graph-links", b"").outcome == "replaced"
    record.put(synthetic.entry(1))
    assert record.graph_names(prefix="graph-l") == ("graph-links",)
    assert record.drop_graph("graph-links")
    assert not record.drop_graph("graph-links")
    assert record.put_graph("graph-links", line).outcome == "added"
    for forbidden in ("graph-shared", synthetic.entry(1).graph_name):
        with pytest.raises(ValueError, match="graph-"):
            record.put_graph(forbidden, b"")
    with pytest.raises(ValueError, match="article"):
        record.drop_graph(synthetic.entry(1).graph_name)


def test_a_graph_put_in_parts_is_the_graph_put_whole(record: Record) -> None:
    parts = [f"<{GKD}n{number}> <http://example.org/p> <{GKD}x> <{GKD}graph-links> .\n".encode() for number in range(9)]
    assert record.put_parts("graph-links", iter(parts)).outcome == "added"
    assert record.graph_nquads("graph-links") == b"".join(parts)
    assert record.count_quads() == len(parts)
    assert record.put_graph("graph-links", b"".join(parts)).outcome == "unchanged"
    assert record.put_parts("graph-links", parts[1:]).outcome == "replaced"
    assert record.verify() == ()
    with pytest.raises(ValueError, match="follows from the other graphs"):
        record.put_parts("graph-shared", parts)


def test_lists_are_filtered_and_ordered(record: Record, synthetic: ModuleType) -> None:
    for number in range(6):
        record.put(synthetic.entry(number))
    assert [row.published for row in record.articles()] == [f"2025-01-0{day}" for day in range(1, 7)]
    kept = record.articles(ArticleFilter(outlet="outlet1.example", since="2025-01-02", until="2025-01-04"))
    assert [row.url for row in kept] == ["https://outlet1.example/1"]
    assert [row.headline for row in record.articles(order="headline", limit=2)] == [
        "Article 0, version 0",
        "Article 1, version 0",
    ]
    assert [row.url for row in record.articles(ArticleFilter(search='officials "day 4"'))] == ["https://outlet1.example/4"]


@pytest.mark.parametrize(
    "search", ['"', "NEAR(", "headline:", "*", "a AND", "-", "^", "'; DROP TABLE article", "\x00", "", "Ürümqi OR"]
)
def test_no_search_is_a_syntax_error(record: Record, synthetic: ModuleType, search: str) -> None:
    record.put(synthetic.entry(1))
    assert list(record.articles(ArticleFilter(search=search))) == []


def test_an_article_is_found_by_what_people_call_it(record: Record, synthetic: ModuleType) -> None:
    for number in range(3):
        record.put(synthetic.entry(number))
    name = synthetic.name_of(2)
    for called in (
        name,
        name[4:12],
        name[:9],
        "https://outlet2.example/2",
        "article2.html",
        "article 2, VERSION 0",
        "2 Article",
    ):
        assert [row.name for row in record.find(called)] == [name], called
    assert len(record.find("article version")) == 3
    for nobody in ("art-zzzzzz", "*", "art-*", "[", "", "  ", '"', "no such words"):
        assert record.find(nobody) == ()
    with pytest.raises(NotFound, match="art-zzz"):
        record.article("art-zzz")
    with pytest.raises(NotFound):
        record.text("art-zzz")


def rating(outlet: str, value: str, version: str = "1", **more: object) -> Rating:
    base = Rating(outlet, "invented", "Desk", value, "scale-5", "reliability", "2025-01-01", version=version)
    return replace(base, normalised=Decimal(value) / 5, **more)  # type: ignore[arg-type]


def test_ratings_are_kept_whole_and_compared(record: Record) -> None:
    first = [
        rating("a.example", "1"),
        rating("b.example", "2", imputed=True, scope="sport", licence="CC0", family="F", url="https://x.test/"),
    ]
    second = [rating("b.example", "3", "2", scope="sport"), rating("c.example", "4", "2")]
    assert record.ratings.replace("invented", "1", first) == 2
    record.ratings.replace("invented", "2", second)
    record.ratings.replace("invented", "2", second)
    assert list(record.ratings.of_set("invented", "1")) == first
    assert record.ratings.of_outlet("b.example") == (first[1], second[0])
    assert [(one.version, one.count) for one in record.ratings.sets()] == [("1", 2), ("2", 2)]
    assert record.ratings.holds("invented", "1", first[::-1]) is True
    assert record.ratings.holds("invented", "1", [first[0], replace(first[1], url=None)]) is False
    assert record.ratings.holds("invented", "1", first[:1]) is False
    assert record.ratings.holds("invented", "3", first) is None
    changes = record.ratings.diff("invented", "1", "2")
    assert (changes.added, changes.removed, changes.changed) == ((second[1],), (first[0],), ((first[1], second[0]),))
    assert record.ratings.remove("invented", "1") == 2
    assert list(record.ratings.all()) == second


def test_ratings_that_contradict_each_other_are_refused_whole(record: Record) -> None:
    with pytest.raises(InputError, match="twice"):
        record.ratings.replace("invented", "1", [rating("a.example", "1"), rating("a.example", "2")])
    with pytest.raises(InputError, match="not of invented 9"):
        record.ratings.replace("invented", "9", [rating("a.example", "1")])
    assert record.ratings.sets() == ()


def test_decisions_are_only_ever_added(record: Record) -> None:
    one = Decision("claim-1", "same", "claim-2", "A. Person", "2025-01-01T00:00:00Z")
    two = replace(one, value="no", note="not the same day")
    assert [record.decisions.add(one), record.decisions.add(two)] == [1, 2]
    assert list(record.decisions.all(target="claim-1")) == [(1, one), (2, two)]
    assert record.decisions.current() == {("claim-1", "same"): two}
    for change in ("DELETE FROM decision", "UPDATE decision SET value = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            record.database.execute(change)


def test_runs_have_their_times(record: Record, synthetic: ModuleType) -> None:
    run = RunInfo("run-x", "add", "1", "2025-01-01T00:00:00Z", "ab")
    record.runs.note(run)
    record.put(replace(synthetic.entry(1), run=run))
    record.runs.end(run, ended_at="2025-01-01T00:01:00Z", outcome="1 added")
    (row,) = record.runs.all()
    assert (row.name, row.model_sha256, row.ended_at, row.outcome) == ("run-x", "ab", "2025-01-01T00:01:00Z", "1 added")


def test_totals_count_what_is_there(record: Record, synthetic: ModuleType) -> None:
    record.put(synthetic.entry(1))
    totals = record.totals()
    assert (totals.articles, totals.graphs, totals.sources, totals.seq, totals.schema_version) == (1, 1, 1, 1, SCHEMA_VERSION)
    assert totals.quads == synthetic.entry(1).nquads.count(b"\n")
    assert totals.file_bytes > 0


# files


def test_the_file_and_its_companions_are_the_owners_alone(path: Path, synthetic: ModuleType) -> None:
    mask = os.umask(0)
    try:
        with Record.open(path) as record:
            record.put(synthetic.entry(1))
            record.backup(path.with_name("copy.db"))
            files = list(path.parent.iterdir())
            assert {file.name for file in files} >= {"graph.db", "graph.db-wal", "copy.db"}
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    finally:
        os.umask(mask)
    assert not path.with_name("graph.db-wal").exists()


def test_a_file_that_is_not_there_is_named(path: Path) -> None:
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(NotFound, match=r"graph\.db"):
            Record.open(path, **options)  # type: ignore[arg-type]
    assert not path.exists()
    path.touch()
    with pytest.raises(NotFound, match="nothing"):
        Record.open(path, read_only=True)
    Record.open(path).close()
    Record.open(path, read_only=True).close()


def test_readers_change_nothing(path: Path, synthetic: ModuleType) -> None:
    with Record.open(path) as record:
        record.put(synthetic.entry(1))
    with Record.open(path, read_only=True) as reader:
        with pytest.raises(StoreError, match="reading only"):
            reader.put(synthetic.entry(2))
        with pytest.raises(StoreError):
            reader.database.execute("DELETE FROM article")
        assert reader.count_articles() == 1


def test_a_reader_sees_one_state_while_others_write(path: Path, synthetic: ModuleType) -> None:
    with Record.open(path) as writer, Record.open(path, create=False) as reader:
        with reader.reading():
            assert reader.count_articles() == 0
            writer.put(synthetic.entry(1))
            assert reader.count_articles() == 0
        assert reader.count_articles() == 1


@pytest.mark.parametrize(
    "body", [b"not a database at all, but long enough to be one" * 40, b"SQLite format 3\0" + b"\xff" * 4000, b"x"]
)
def test_what_is_no_database_is_refused_untouched(path: Path, body: bytes) -> None:
    path.write_bytes(body)
    for read_only in (False, True):
        with pytest.raises(StoreCorrupt, match=r"graph\.db") as caught:
            Record.open(path, read_only=read_only)
        assert caught.value.hint
    assert path.read_bytes() == body
    assert [file.name for file in path.parent.iterdir()] == ["graph.db"]


def test_another_programs_database_is_refused_untouched(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE mine (x); INSERT INTO mine VALUES (1);")
    connection.close()
    body = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="not a graph"):
        Record.open(path)
    assert path.read_bytes() == body


def test_a_newer_file_is_refused_untouched(path: Path, synthetic: ModuleType) -> None:
    with Record.open(path) as record:
        record.put(synthetic.entry(1))
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    body = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreTooNew, match="newer"):
            Record.open(path, read_only=read_only)
    assert path.read_bytes() == body


def test_a_folder_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        Record.open(tmp_path)
    with pytest.raises(StoreError, match="No such file"):
        Record.open(tmp_path / "missing" / "graph.db")


def test_a_damaged_file_is_named_and_verify_says_where(path: Path, synthetic: ModuleType) -> None:
    with Record.open(path) as record:
        for number in range(40):
            record.put(synthetic.entry(number, assertions=30))
        connection = record.database.connection
        connection.execute("UPDATE graph SET quads = x'00' WHERE name = ?", (synthetic.entry(1).graph_name,))
        connection.execute("UPDATE article SET text = 'changed' WHERE name = ?", (synthetic.name_of(2),))
        connection.execute("UPDATE source SET body = x'00' WHERE url = 'https://outlet0.example/3'")
        connection.execute("UPDATE counter SET chain = 'x'")
        problems = {problem.where for problem in record.verify()}
        assert problems >= {synthetic.entry(1).graph_name, synthetic.name_of(2), "https://outlet0.example/3", "file"}
        with pytest.raises(StoreCorrupt):
            record.graph_nquads(synthetic.entry(1).graph_name)
        with pytest.raises(StoreCorrupt):
            record.source_bytes(synthetic.name_of(3))
    body = bytearray(path.read_bytes())
    body[4096 : len(body) - 4096] = b"\x00" * (len(body) - 8192)
    path.write_bytes(body)
    with pytest.raises(StoreCorrupt), Record.open(path) as record:
        list(record.articles())


def test_a_stored_bomb_does_not_go_off(record: Record, synthetic: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    record.put(synthetic.entry(1))
    connection = record.database.connection
    connection.execute("UPDATE source SET body = ?", (zlib.compress(b"x" * 10_000_000),))
    with pytest.raises(StoreCorrupt, match="larger"):
        record.source_bytes(synthetic.name_of(1))
    connection.execute("UPDATE source SET body = substr(body, 1, 40)")
    with pytest.raises(StoreCorrupt, match="short"):
        record.source_bytes(synthetic.name_of(1))
    assert {problem.where for problem in record.verify()} == {"https://outlet1.example/1"}


@pytest.mark.parametrize("body", [b"", b"x", b"x" * 70_000])
def test_sources_of_any_length_come_back(record: Record, synthetic: ModuleType, body: bytes) -> None:
    entry = synthetic.entry(1)
    record.put(replace(entry, document=replace(entry.document, body=body)))
    assert record.source_bytes(entry.article_name) == body


def test_a_name_that_looks_like_an_address_is_a_name(path: Path, synthetic: ModuleType) -> None:
    odd = path.with_name("ä b?mode=memory#%41.db")
    with Record.open(odd) as record:
        record.put(synthetic.entry(1))
        record.backup(path.with_name("[x]*.db"))
    with Record.open(odd, read_only=True) as record:
        assert record.count_articles() == 1
    assert {file.name for file in path.parent.iterdir()} == {odd.name, "[x]*.db"}


def test_copies_of_processes_that_are_gone_are_swept(record: Record, path: Path) -> None:
    left = path.with_name(".backup.db.999999999.tmp")
    left.touch()
    record.backup(path.with_name("backup.db"))
    assert not left.exists()


FAULTS = {
    "UPDATE source SET sha256 = 'x' WHERE url = 'https://outlet1.example/1'": "https://outlet1.example/1: the source is not what was fetched",
    "UPDATE graph SET sha256 = 'x' WHERE seq = 2": "its quads are not those that were stored",
    "UPDATE graph SET quads = NULL, sha256 = NULL, quad_count = NULL WHERE seq = 2": "the article's graph is missing",
    "UPDATE article SET run = 99": "refers to a missing row of run",
    "INSERT INTO article_fts (article_fts) VALUES ('delete-all')": "the full-text index does not fit",
}


@pytest.mark.parametrize("statement", FAULTS)
def test_verify_names_each_fault(record: Record, synthetic: ModuleType, statement: str) -> None:
    for number in range(3):
        record.put(synthetic.entry(number))
    record.database.connection.execute("PRAGMA foreign_keys = OFF")
    record.database.connection.execute(statement)
    assert FAULTS[statement] in "\n".join(map(str, record.verify()))


def test_a_reader_verifies_too(path: Path, synthetic: ModuleType) -> None:
    with Record.open(path) as record:
        record.put(synthetic.entry(1))
    with Record.open(path, read_only=True) as reader:
        assert reader.verify() == ()


@pytest.mark.parametrize("mode", ["rw", "ro", "ro&immutable=1"])
def test_a_reader_backs_up_too_and_still_cannot_write(
    path: Path, synthetic: ModuleType, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(path) as record:
        record.put(synthetic.entry(1))
        expected = record.graph_hashes()
    copy = path.with_name("copy.db")
    monkeypatch.setattr(database, "_mode", lambda _path, *, read_only: mode if read_only else "rw")
    with Record.open(path, read_only=True) as reader:
        reader.backup(copy)
        with pytest.raises(StoreError, match="for reading only"):
            reader.put(synthetic.entry(2))
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.database.connection.execute("DELETE FROM article")
    with Record.open(copy, read_only=True) as record:
        assert record.graph_hashes() == expected
        assert record.verify() == ()


def test_a_backup_into_nowhere_is_refused(record: Record, path: Path) -> None:
    with pytest.raises(DiskFull, match="cannot be written"):
        record.backup(path.parent / "none" / "backup.db")


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 30, 0))
    with pytest.raises(StoreError, match="too old"):
        Record.open(path)


def test_a_busy_file_is_waited_for_and_then_named(path: Path, synthetic: ModuleType) -> None:
    with Record.open(path) as holder, Record.open(path, busy_seconds=0.05) as waiter, holder.transaction():
        assert list(waiter.articles()) == []
        with pytest.raises(StoreBusy, match=r"graph\.db"):
            waiter.put(synthetic.entry(1))


def test_a_backup_is_a_graph_of_its_own(record: Record, path: Path, synthetic: ModuleType) -> None:
    record.put(synthetic.entry(1))
    target = path.with_name("backup.db")
    target.write_bytes(b"an older backup")
    record.backup(target)
    with Record.open(target) as copy:
        assert copy.state() == record.state()
        assert copy.verify() == ()
        copy.put(synthetic.entry(2))
    assert record.count_articles() == 1
    assert not list(path.parent.glob("*.tmp"))


def test_the_schema_is_cut_into_whole_statements() -> None:
    script = "-- a; comment\nCREATE TABLE x (y);\nCREATE TRIGGER t AFTER INSERT ON x BEGIN\n SELECT 1;\n SELECT 2;\nEND;\n"
    assert len(statements(script)) == 2


def test_the_file_says_what_it_is(record: Record, path: Path) -> None:
    record.close()
    header = path.read_bytes()[:100]
    assert header[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"gkit"
    assert int.from_bytes(header[60:64], "big") == SCHEMA_VERSION


def test_the_chain_follows_from_what_was_written(tmp_path: Path, synthetic: ModuleType) -> None:
    states = []
    for name, numbers in (("a", (1, 2)), ("b", (1, 2)), ("c", (2, 1))):
        with Record.open(tmp_path / name) as record:
            for number in numbers:
                record.put(synthetic.entry(number))
            states.append(record.state())
            assert record.chain_at(0) == ""
            assert record.chain_at(2) == record.state().chain
            assert record.chain_at(3) is None
    assert states[0] == states[1] != states[2]


def test_authors_are_kept_as_they_are(record: Record, synthetic: ModuleType) -> None:
    entry = synthetic.entry(1)
    authors = ("Ü, Name", '"Q" [x]', "")
    record.put(replace(entry, article=replace(entry.article, authors=authors)))
    assert record.article(entry.article_name).authors == authors
    stored = record.database.one("SELECT authors FROM article")[0]
    assert tuple(json.loads(stored)) == authors
