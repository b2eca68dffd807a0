"""The transactions: an article put or removed, a graph put or dropped.

Rows are looked up before anything is written, inside the same transaction, so that a put of what is there already moves nothing.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from graphkit.store import blobs
from graphkit.store.blobs import Blob
from graphkit.store.record.database import Database
from graphkit.store.record.rows import Entry, Put
from graphkit.store.record.runs import note_run

if TYPE_CHECKING:
    from graphkit.model import Document


def put_article(database: Database, entry: Entry) -> Put:
    """Store one article in one transaction; see ``Record.put``."""
    digest = hashlib.sha256(entry.nquads).hexdigest()
    if _is_same(_article_before(database, entry.article_name), entry, digest):
        return Put(entry.article_name, "unchanged", _seq(database))
    # checked and packed before the lock is taken
    blob = blobs.pack(entry.graph_name, entry.nquads)
    body = None if entry.document is None else zlib.compress(entry.document.body, 6)
    with database.transaction():
        before = _article_before(database, entry.article_name)
        if _is_same(before, entry, digest):
            return Put(entry.article_name, "unchanged", _seq(database))
        seq = _write_graph(database, entry.graph_name, blob)
        source = None if entry.document is None or body is None else _note_source(database, entry.document, body)
        _write_article(database, entry, source, before)
        if before is not None and before["source"] != source:
            _drop_unused_source(database, before["source"], keep_url=True)
    return Put(entry.article_name, "added" if before is None else "replaced", seq)


def remove_article(database: Database, name: str) -> bool:
    """Take one article out in one transaction; see ``Record.remove``."""
    with database.transaction():
        row = database.one("SELECT id, graph, source, url FROM article WHERE name = ?", (name,))
        if row is None:
            return False
        number, graph, source, url = row
        _unindex_text(database, number)
        database.execute("DELETE FROM article WHERE id = ?", (number,))
        _write_graph(database, graph, None)
        _drop_unused_source(database, source, keep_url=False)
        if url is not None:
            unused = "DELETE FROM source WHERE url = ? AND id NOT IN (SELECT source FROM article WHERE source IS NOT NULL)"
            database.execute(unused, (url,))
    return True


def put_graph(database: Database, name: str, nquads: bytes, *, is_canonical: bool = False) -> Put:
    """Store one graph in one transaction; see ``Record.put_graph``."""
    return _put_blob(database, name, blobs.pack(name, nquads, is_canonical=is_canonical))


def put_parts(database: Database, name: str, parts: Iterable[bytes]) -> Put:
    """Store one graph in one transaction; see ``Record.put_parts``."""
    return _put_blob(database, name, blobs.pack_parts(parts))


def _put_blob(database: Database, name: str, blob: Blob) -> Put:
    with database.transaction():
        if database.one("SELECT 1 FROM article WHERE graph = ?", (name,)):
            raise ValueError(f"{name} is an article's graph and goes in with its article")
        row = database.one("SELECT sha256 FROM graph WHERE name = ?", (name,))
        if row is not None and row[0] == blob.sha256:
            return Put(name, "unchanged", _seq(database))
        seq = _write_graph(database, name, blob)
    return Put(name, "added" if row is None or row[0] is None else "replaced", seq)


def drop_graph(database: Database, name: str) -> bool:
    """Drop one graph in one transaction; see ``Record.drop_graph``."""
    with database.transaction():
        if database.one("SELECT 1 FROM article WHERE graph = ?", (name,)):
            raise ValueError(f"{name} is an article's graph and goes out with its article")
        if database.one("SELECT 1 FROM graph WHERE name = ? AND quads IS NOT NULL", (name,)) is None:
            return False
        _write_graph(database, name, None)
    return True


def _seq(database: Database) -> int:
    return int(database.one("SELECT seq FROM counter")[0])


def _write_graph(database: Database, name: str, blob: Blob | None) -> int:
    """Write or (None) drop a graph under the next number; the chain goes on from the write before."""
    seq, chain = database.one("SELECT seq, chain FROM counter")
    seq += 1
    link = f"{chain} {name} {'-' if blob is None else blob.sha256}"
    chain = hashlib.sha256(link.encode()).hexdigest()[:32]
    database.execute("UPDATE counter SET seq = ?, chain = ?", (seq, chain))
    database.execute("INSERT INTO history (seq, chain) VALUES (?, ?)", (seq, chain))
    packed = (None, None, None) if blob is None else (blob.quad_count, blob.sha256, blob.packed)
    database.execute(
        "INSERT INTO graph (name, seq, quad_count, sha256, quads) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
        "seq = excluded.seq, quad_count = excluded.quad_count, sha256 = excluded.sha256, quads = excluded.quads",
        (name, seq, *packed),
    )
    return int(seq)


def _article_before(database: Database, name: str) -> dict[str, Any] | None:
    columns = ("id", "source", "graph", "headline", "text_sha256", "quads_sha256", "source_sha256")
    row = database.one(
        "SELECT a.id, a.source, a.graph, a.headline, a.text_sha256, g.sha256, s.sha256 FROM article a "
        "JOIN graph g ON g.name = a.graph LEFT JOIN source s ON s.id = a.source WHERE a.name = ?",
        (name,),
    )
    return None if row is None else dict(zip(columns, row, strict=True))


def _is_same(before: dict[str, Any] | None, entry: Entry, digest: str) -> bool:
    """Say whether what is stored says the same; the page around an article may differ, and often does at each fetch."""
    if before is None:
        return False
    stored = (before["graph"], before["quads_sha256"], before["text_sha256"], before["headline"])
    return stored == (entry.graph_name, digest, entry.article.text_sha256, entry.article.title)


def _note_source(database: Database, document: "Document", body: bytes) -> int:
    """Keep the bytes once for each address they came from, and return their row."""
    url, digest = document.url or "", document.sha256
    row = database.one("SELECT id FROM source WHERE url = ? AND sha256 = ?", (url, digest))
    if row is not None:
        return int(row[0])
    cursor = database.execute(
        "INSERT INTO source (url, sha256, origin, media_type, encoding, fetched_at, etag, last_modified, length, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            url,
            digest,
            document.origin,
            document.media_type,
            document.encoding,
            document.fetched_at,
            document.etag,
            document.last_modified,
            len(document.body),
            body,
        ),
    )
    return int(cursor.lastrowid or 0)


def _write_article(database: Database, entry: Entry, source: int | None, before: dict[str, Any] | None) -> None:
    values = _article_values(entry) | {"source": source, "run": note_run(database, entry.run)}
    if before is None:
        marks = ", ".join(f":{key}" for key in values)
        cursor = database.execute(f"INSERT INTO article ({', '.join(values)}) VALUES ({marks})", values)  # noqa: S608 - names of our own columns
        row = cursor.lastrowid
    else:
        row = before["id"]
        _unindex_text(database, row)
        changes = ", ".join(f"{key} = :{key}" for key in values)
        database.execute(f"UPDATE article SET {changes} WHERE id = :id", {**values, "id": row})  # noqa: S608 - as above
    index = "INSERT INTO article_fts (rowid, headline, text) SELECT id, headline, text FROM article WHERE id = ?"
    database.execute(index, (row,))


def _article_values(entry: Entry) -> dict[str, object]:
    article = entry.article
    return {
        "name": entry.article_name,
        "graph": entry.graph_name,
        "input_key": entry.input_key,
        "url": article.url,
        "outlet": article.outlet,
        "headline": article.title,
        "published": article.published,
        "language": article.language,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "length": len(article.text),
        "text_sha256": article.text_sha256,
        "text": article.text,
    }


def _unindex_text(database: Database, row: int) -> None:
    """Take an article's words out of the full-text index, which needs to be told the words that it holds."""
    database.execute(
        "INSERT INTO article_fts (article_fts, rowid, headline, text) SELECT 'delete', id, headline, text FROM article WHERE id = ?",
        (row,),
    )


def _drop_unused_source(database: Database, source: int | None, *, keep_url: bool) -> None:
    """Delete bytes that no article rests on; those of an address are its history and stay while the article does."""
    database.execute(
        "DELETE FROM source WHERE id = ? AND (url = '' OR NOT ?) AND id NOT IN (SELECT source FROM article WHERE source IS NOT NULL)",
        (source, keep_url),
    )
