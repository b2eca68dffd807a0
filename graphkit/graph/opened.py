"""An open graph: its file, its index, and its articles by name."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from graphkit import limits
from graphkit.errors import NotFound
from graphkit.store.record import Record

if TYPE_CHECKING:
    from pyoxigraph import Store

    from graphkit.store.index import Index
    from graphkit.store.record import State
    from graphkit.store.record.rows import ArticleRow as StoredArticle


class OpenGraph:
    """A graph's open file, with the index that follows it; ``Graph`` is what can be done with it."""

    def __init__(
        self, record: Record, *, is_rehearsal: bool = False, folder: "tempfile.TemporaryDirectory[str] | None" = None
    ) -> None:
        self.record = record
        self._is_rehearsal = is_rehearsal
        self._folder = folder
        self._index: Index | None = None
        self._decided: tuple[State, Store] | None = None
        self.started_at = _now()

    @classmethod
    def open(
        cls, path: str | Path = "graph.db", *, create: bool = True, is_read_only: bool = False, is_rehearsal: bool = False
    ) -> Self:
        """Open the graph in the file at ``path``.

        Args:
            path: The graph's file.
            create: Make the file when it is not there.
            is_read_only: Open without the right to change anything.
            is_rehearsal: Keep everything in a temporary file that goes away when the graph is closed.

        Raises:
            NotFound: There is no such file, and it was not to be made.
            StoreError: The file is damaged, newer, busy, or not a graph.
        """
        if is_rehearsal:
            return cls.temporary(is_rehearsal=True)
        return cls(Record.open(Path(path), create=create and not is_read_only, read_only=is_read_only))

    @classmethod
    def temporary(cls, *, is_rehearsal: bool = False) -> Self:
        """Open an empty graph that goes away when it is closed."""
        folder = tempfile.TemporaryDirectory(prefix="graphkit-")
        return cls(Record.open(Path(folder.name) / "graph.db"), is_rehearsal=is_rehearsal, folder=folder)

    def close(self) -> None:
        """Close the file."""
        self._index = self._decided = None
        self.record.close()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def index(self) -> "Store":
        """Return an Oxigraph store that holds the whole graph as of now; for reading only."""
        from graphkit.store.index import open_index

        if self._index is None:
            self._index = open_index(self.record)
        else:
            self._index.apply(self.record)
        return self._index.store

    def whole(self) -> "Store":
        """Return a store with the whole graph, all of which will be read: from memory, for quads come ten times as slowly from the disk."""
        if self._index is None and self.record.count_quads() <= limits.SERVED_MEMORY_QUADS:
            from graphkit.store.index import Index

            return Index.in_memory(self.record).store
        return self.index()

    def decided_index(self, *, is_for_all: bool = False) -> "Store":
        """Return the index as people see it: with what was decided about it (merges and names).

        Args:
            is_for_all: All of it will be read: from memory then, for quads come ten times as slowly from the index on disk.
        """
        from graphkit.graph.deciding import change_by, standing_of

        standing = standing_of(self.record)
        is_decided = bool(standing.merged or standing.names)
        if not is_decided and not (is_for_all and self._is_better_loaded()):
            return self.index()
        if self._decided is None or self._decided[0] != self.record.state():
            from graphkit.store.index import Index

            index = Index.in_memory(self.record)
            change_by(index.store, standing)
            self._decided = index.state, index.store
        return self._decided[1]

    def _is_better_loaded(self) -> bool:
        self.index()
        assert self._index is not None
        return self._index.is_on_disk and self.record.count_quads() <= limits.SERVED_MEMORY_QUADS

    def article_by_file(self, path: str) -> str | None:
        """Return the identifier of the one article that was read from ``path`` as it was given, None where there is none."""
        found = [row.name for row in self.record.find(path) if row.origin == path]
        return found[0] if len(found) == 1 else None

    def find_article(self, name: str) -> "StoredArticle":
        """Return the stored article called ``name``: identifier, the beginning of one, URL or title.

        Raises:
            NotFound: No article, or more than one, is called that.
        """
        found = self.record.find(name)
        if not found:
            raise NotFound(f"no article in this graph is called {name!r}", hint="'graphkit list articles' shows what there is")
        if len(found) > 1:
            shown = "; ".join(f"{row.name} ({row.headline[:60]})" for row in found[:5])
            raise NotFound(f"{name!r} fits {len(found)} articles", hint=f"name one by its id: {shown}")
        return found[0]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
