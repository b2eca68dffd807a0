"""Looking after the file: counts, checks, copies."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from graphkit.errors import GraphkitError
from graphkit.store import blobs
from graphkit.store.record.database import Database
from graphkit.store.record.migrations import SCHEMA_VERSION
from graphkit.store.record.rows import Totals


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the file: where (a name, or "file") and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def totals(database: Database) -> Totals:
    """Count what the record holds."""
    articles, graphs, quads, sources, ratings, decisions, seq = database.one(
        "SELECT (SELECT COUNT(*) FROM article), COUNT(*), COALESCE(SUM(quad_count), 0), (SELECT COUNT(*) FROM source), "
        "(SELECT COUNT(*) FROM rating), (SELECT COUNT(*) FROM decision), (SELECT seq FROM counter) "
        "FROM graph WHERE quads IS NOT NULL"
    )
    pages = int(database.one("PRAGMA page_count")[0]) * int(database.one("PRAGMA page_size")[0])
    return Totals(articles, graphs, quads, sources, ratings, decisions, pages, SCHEMA_VERSION, seq)


def verify(database: Database) -> Iterator[Problem]:
    """Yield what is wrong with the file, part after part: pages, references, graphs, sources, texts, full-text index."""
    try:
        yield from _verify_file(database)
        yield from _verify_graphs(database)
        yield from _verify_sources(database)
        yield from _verify_texts(database)
        yield from _verify_search(database)
    except GraphkitError as error:
        yield Problem("file", error.message)


def compact(database: Database) -> int:
    """Give back the room that removed articles left, and return how many bytes that were; nothing removed can be read after it."""
    before = totals(database).file_bytes
    database.execute("INSERT INTO article_fts (article_fts) VALUES ('optimize')")
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchall()
    return before - totals(database).file_bytes


def _verify_file(database: Database) -> Iterator[Problem]:
    for (line,) in database.rows("PRAGMA integrity_check (20)"):
        if line != "ok":
            yield Problem("file", line)
    for table, row, parent, _ in database.rows("PRAGMA foreign_key_check"):
        yield Problem("file", f"row {row} of {table} refers to a missing row of {parent}")
    seq, chain = database.one("SELECT seq, chain FROM counter")
    last = database.one("SELECT seq, chain FROM history ORDER BY seq DESC LIMIT 1") or (0, "")
    if tuple(last) != (seq, chain):
        yield Problem("file", "the number of the last write is not that of its history")


def _verify_graphs(database: Database) -> Iterator[Problem]:
    for name, quads, sha256, count in database.rows(
        "SELECT name, quads, sha256, quad_count FROM graph WHERE quads IS NOT NULL ORDER BY name"
    ):
        try:
            nquads = blobs.unpack(quads)
            if hashlib.sha256(nquads).hexdigest() != sha256 or nquads.count(b"\n") != count:
                yield Problem(name, "its quads are not those that were stored (SHA-256)")
            blobs.check(name, nquads)
        except (GraphkitError, ValueError) as error:
            yield Problem(name, str(error))
    for (name,) in database.rows("SELECT a.name FROM article a JOIN graph g ON g.name = a.graph WHERE g.quads IS NULL"):
        yield Problem(name, "the article's graph is missing")


def _verify_sources(database: Database) -> Iterator[Problem]:
    for url, origin, sha256, length, body in database.rows("SELECT url, origin, sha256, length, body FROM source ORDER BY id"):
        try:
            digest = hashlib.sha256(blobs.unpack(body, most=length)).hexdigest()
        except GraphkitError as error:
            yield Problem(url or origin, error.message)
            continue
        if digest != sha256:
            yield Problem(url or origin, "the source is not what was fetched (SHA-256)")


def _verify_texts(database: Database) -> Iterator[Problem]:
    for name, text, sha256 in database.rows("SELECT name, text, text_sha256 FROM article ORDER BY name"):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Problem(name, "the text is not what was stored (SHA-256)")


def _verify_search(database: Database) -> Iterator[Problem]:
    if database.is_read_only:
        return
    import sqlite3

    try:
        database.connection.execute("INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield Problem("file", f"the full-text index does not fit the texts ({error})")
