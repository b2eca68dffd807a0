"""Reading articles: lists with filters, full-text search, and finding the one that a user means."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from graphkit.store import blobs
from graphkit.store.record.database import Database
from graphkit.store.record.rows import ArticleFilter, ArticleRow, Order

_SELECT: Final = """
SELECT a.name, a.graph, a.url, a.outlet, a.headline, a.published, a.language, a.authors, a.length, a.text_sha256,
  s.sha256, s.origin, s.media_type, s.fetched_at, r.name, g.quad_count, g.seq
FROM article a JOIN graph g ON g.name = a.graph JOIN run r ON r.id = a.run LEFT JOIN source s ON s.id = a.source
"""
_ORDERS: Final[dict[Order, str]] = {
    "published": "a.published IS NULL, a.published, a.name",
    "added": "a.id",
    "headline": "a.headline, a.name",
    "outlet": "a.outlet IS NULL, a.outlet, a.published, a.name",
}
_WORDS: Final = re.compile(r'"([^"]*)"|(\S+)')
_SHORTEST_PREFIX: Final = 4
_LIMIT_FOUND: Final = 50


def select(database: Database, wanted: ArticleFilter, *, order: Order, limit: int | None) -> Iterator[ArticleRow]:
    """Yield the articles that ``wanted`` lets through; see ``Record.articles``."""
    conditions, values = _conditions(wanted)
    sort = _ORDERS[order]
    sql = _SELECT
    if wanted.search is not None:
        match = _match_of(wanted.search)
        if not match:
            return
        sql += "JOIN article_fts f ON f.rowid = a.id "
        conditions.append("article_fts MATCH ?")
        values.append(match)
        sort = "f.rank, a.name"
    if conditions:
        sql += "WHERE " + " AND ".join(conditions)
    sql += f" ORDER BY {sort} LIMIT ?"
    values.append(-1 if limit is None else limit)
    yield from map(_article, database.rows(sql, tuple(values)))


def by_name(database: Database, name: str) -> ArticleRow | None:
    """Return the article of exactly this name."""
    row = database.one(f"{_SELECT} WHERE a.name = ?", (name,))
    return None if row is None else _article(row)


def find(database: Database, identifier: str) -> tuple[ArticleRow, ...]:
    """Return the articles that ``identifier`` may mean, by the first of these that gives any.

    Its name, its URL, the origin of its source (a path, as it was given); the beginning of its name; its headline, without case;
    words in its headline.
    """
    wanted = identifier.strip()
    if not wanted:
        return ()
    for condition, value in _readings(wanted):
        rows = tuple(
            map(_article, database.rows(f"{_SELECT} WHERE {condition} ORDER BY a.name LIMIT {_LIMIT_FOUND}", (value,)))
        )
        if rows:
            return rows
    return ()


def source_bytes(database: Database, name: str) -> bytes | None:
    """Return the bytes an article was read from, or None."""
    row = database.one("SELECT s.body, s.length FROM article a JOIN source s ON s.id = a.source WHERE a.name = ?", (name,))
    return None if row is None else blobs.unpack(row[0], most=row[1])


def _readings(wanted: str) -> Iterator[tuple[str, str]]:
    yield "a.name = ?", wanted
    yield "a.url = ?", wanted
    yield "s.origin = ?", wanted
    local = wanted if wanted.startswith("art-") else f"art-{wanted}"
    if len(local) >= len("art-") + _SHORTEST_PREFIX:
        yield "a.name GLOB ?", re.sub(r"[*?\[]", r"[\g<0>]", local) + "*"
    yield "a.headline = ? COLLATE NOCASE", wanted
    match = _match_of(wanted)
    if match:
        yield "a.id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)", f"headline : ({match})"


def _conditions(wanted: ArticleFilter) -> tuple[list[str], list[object]]:
    given = {
        "a.outlet = ?": wanted.outlet,
        "a.published >= ?": wanted.since,
        # a day includes its hours: "2025-01-31T10:00" is on or before "2025-01-31"
        "substr(a.published, 1, 10) <= ?": wanted.until,
        "a.language = ?": wanted.language,
    }
    present = {condition: value for condition, value in given.items() if value is not None}
    return list(present), list(present.values())


def _match_of(search: str) -> str:
    """Return words and "phrases" as an FTS5 expression that asks for all of them; no sign in them is an operator."""
    parts = [phrase or word for phrase, word in _WORDS.findall(search)]
    wanted = [part for part in parts if any(sign.isalnum() for sign in part)]
    return " AND ".join('"' + part.replace('"', '""') + '"' for part in wanted)


def _article(row: tuple[Any, ...]) -> ArticleRow:
    fields: list[Any] = list(row)
    fields[7] = tuple(json.loads(fields[7]))
    return ArticleRow(*fields)
