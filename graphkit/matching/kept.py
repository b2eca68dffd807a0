"""What an earlier pass over a record found out, kept beside it, so that an update does again only what changed.

Everything is kept under a digest of all that decides it: the traits of an article under its content, the links of a story under its
articles' contents, their edges and people's decisions, and both under the code that found them.  The file is no part of the record:
what is in it, and whether it is there at all, changes how long an update takes and nothing else.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from graphkit.matching.derivation import Edge, Imprint
from graphkit.matching.links import Link
from graphkit.matching.sources import sources_digest
from graphkit.matching.stories import Key
from graphkit.matching.traits import Traits
from graphkit.model import Span

_ODD = (sqlite3.Error, OSError, zlib.error, ValueError, TypeError, KeyError, IndexError)
"""What a file that is damaged, locked, read-only or not ours gives: then nothing is kept."""


class Kept:
    """Traits and links by digest, in a file beside a record; nothing where there is no such file and none can be made."""

    def __init__(self, path: Path) -> None:
        self._used: set[str] = set()
        self._fresh: list[tuple[str, bytes]] = []
        self._database: sqlite3.Connection | None = None
        with suppress(*_ODD):
            if not path.exists():
                os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            database = sqlite3.connect(path, timeout=1.0)
            database.execute("CREATE TABLE IF NOT EXISTS kept (digest TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID")
            self._database = database

    def traits(self, digest: str) -> Traits | None:
        """Return the traits kept under a digest, if any."""
        with suppress(*_ODD):
            body = self._body(digest)
            if body is not None:
                return _traits(body, digest)
        return None

    def links(self, digest: str) -> tuple[Link, ...] | None:
        """Return the links kept under a digest, if any."""
        with suppress(*_ODD):
            body = self._body(digest)
            if body is not None:
                return tuple(_link(row) for row in body)
        return None

    def keep_traits(self, digest: str, traits: Traits) -> None:
        """Keep traits."""
        one = traits.imprint
        runs = traits.runs.astype("<u8").tobytes().hex()
        declared = [[e.taker, e.giver, e.kind, e.confidence, _pair(e.span), e.assertions] for e in one.declared]
        links = [[url, _pair(span), carried] for url, span, carried in one.links]
        self._keep(
            digest, [one.name, one.outlet, one.url, one.published, declared, links, traits.key.weights, traits.key.day, runs]
        )

    def keep_links(self, digest: str, links: Iterable[Link]) -> None:
        """Keep links."""
        rows = [
            [one.source, one.target, one.relation, one.score, one.method, _pair(one.source_span), _pair(one.target_span)]
            for one in links
        ]
        self._keep(digest, rows)

    def close(self, *, is_whole: bool = True) -> None:
        """Write what was found and forget what was not asked for, or, where only a part was asked for, leave all as it is."""
        if self._database is None:
            return
        with suppress(*_ODD), self._database as database:
            if not is_whole:
                self._fresh, self._used = [], {digest for (digest,) in database.execute("SELECT digest FROM kept")}
            there = {digest for (digest,) in database.execute("SELECT digest FROM kept")}
            database.executemany("DELETE FROM kept WHERE digest = ?", [(digest,) for digest in sorted(there - self._used)])
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", self._fresh)
        self._database.close()

    def _body(self, digest: str) -> Any:
        key = _key(digest)
        self._used.add(key)
        if self._database is None:
            return None
        row = self._database.execute("SELECT body FROM kept WHERE digest = ?", (key,)).fetchone()
        return None if row is None else json.loads(zlib.decompress(row[0]))

    def _keep(self, digest: str, body: Any) -> None:
        key = _key(digest)
        self._used.add(key)
        self._fresh.append((key, zlib.compress(json.dumps(body, separators=(",", ":")).encode(), 1)))


def _key(digest: str) -> str:
    """Return the digest of what decides something together with the code that decides."""
    return f"{sources_digest()[:32]}-{digest}"


def _link(row: list[Any]) -> Link:
    source, target, relation, score, method, one, two = row
    return Link(source, target, relation, score, method, _span(one), _span(two))


def _traits(body: Any, digest: str) -> Traits:
    import numpy as np

    name, outlet, url, published, declared, links, weights, day, runs = body
    edges = tuple(
        Edge(taker, giver, kind, confidence, _span(span), assertions=tuple(carried))
        for taker, giver, kind, confidence, span, carried in declared
    )
    linked = tuple((address, Span(*span), tuple(carried)) for address, span, carried in links)
    key = Key(name, tuple((stem, weight) for stem, weight in weights), day)
    found = np.frombuffer(bytes.fromhex(runs), dtype="<u8").astype(np.uint64)
    return Traits(Imprint(name, outlet, url, published, edges, linked), key, found, digest)


def _pair(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.begin, span.end)


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)
