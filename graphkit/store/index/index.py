"""One index over one record: in memory for small graphs, a snapshot of the folder beside the file for large ones."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, Self

from graphkit import limits
from graphkit.rdf.namespaces import GKD, SCHEMA
from graphkit.store.index.folder import IndexFolder
from graphkit.store.index.following import apply_rows, load_all
from graphkit.store.record import Record, State

if TYPE_CHECKING:
    import pyoxigraph

_MEMORY_QUADS: Final = 500 * limits.MEMORY_INDEX_ARTICLES
"""An article gives some 475 quads; graphs of ratings or links count as much as the articles they are as large as."""


class Index:
    """An Oxigraph store with the quads of a record at one state; for reading.

    ``behind`` is how many graphs written since are not in it, because another process holds the folder; ``table_files`` is how many
    files the store may still open while it answers.
    """

    def __init__(self, store: "pyoxigraph.Store", state: State, *, behind: int = 0, table_files: int = 0) -> None:
        self.store = store
        self.state = state
        self.behind = behind
        self.table_files = table_files

    is_on_disk = False
    """Whether quads are read from files: some ten times as slowly where all of them are."""

    @classmethod
    def in_memory(cls, record: Record) -> Self:
        """Build the index of all that is in the record now."""
        import pyoxigraph

        store = pyoxigraph.Store()
        with record.reading():
            state = record.state()
            load_all(store, (row.nquads for row in record.graphs() if row.nquads))
        return cls(store, state)

    def apply(self, record: Record) -> int:
        """Apply what was written to the record since, and return how many graphs that were."""
        with record.reading():
            state = record.state()
            if state == self.state:
                return 0
            if record.chain_at(self.state.seq) != self.state.chain:
                self.store = Index.in_memory(record).store
            count = apply_rows(self.store, record, record.graphs_since(self.state.seq))
        self.state = state
        return count

    def add_texts(self, record: Record) -> None:
        """Add the text of each article as ``schema:articleBody`` in the article's graph."""
        self.store.extend(text_quads(record))

    def dump(self) -> bytes:
        """Return all quads as canonical N-Quads: sorted, distinct."""
        return b"".join(sorted(_lines(self.store)))

    def sha256(self) -> str:
        """Return the SHA-256 of ``dump()``."""
        return canonical_sha256(_lines(self.store))


class FolderIndex(Index):
    """An index that reads a snapshot of the folder beside the record."""

    is_on_disk = True

    @classmethod
    def of(cls, folder: IndexFolder, record: Record, *, wait_seconds: float | None = None) -> Self:
        """Bring the folder up to the record if it can be had, and read from the newest snapshot."""
        snapshot = folder.current(record, wait_seconds=wait_seconds)
        return cls(snapshot.store, snapshot.state, behind=snapshot.behind, table_files=snapshot.table_files)

    def apply(self, record: Record) -> int:
        """Read from a newer snapshot, and return how many graphs were written since."""
        with record.reading():
            if record.state() == self.state:
                return 0
            count = record.count_since(self.state.seq)
        newer = FolderIndex.of(IndexFolder(record.path), record)
        self.store, self.state, self.behind = newer.store, newer.state, newer.behind
        return count

    def add_texts(self, record: Record) -> None:
        """Go over to a private copy of the snapshot that also holds the texts."""
        self.store = IndexFolder(record.path).copy_with(self.store, text_quads(record))


def open_index(record: Record, *, with_text: bool = False) -> Index:
    """Return the index that suits the record's size, brought up to it.

    Args:
        record: The record, which may be open for reading only.
        with_text: Also hold ``schema:articleBody`` of each article, in the article's graph.
    """
    index = _open_folder(record) if _is_large(record) else None
    if index is None:
        index = Index.in_memory(record)
    if with_text:
        index.add_texts(record)
    return index


def _open_folder(record: Record) -> Index | None:
    """Return the index of the folder; None where the folder cannot be written or read, which memory does without."""
    try:
        return FolderIndex.of(IndexFolder(record.path), record)
    except OSError:
        return None


def check_index(record: Record) -> str | None:
    """Return what is wrong with the index on disk, or None: it must hold what building it anew would give."""
    if not _is_large(record):
        return None
    index = _open_folder(record)
    if index is not None and index.behind == 0 and index.sha256() == Index.in_memory(record).sha256():
        return None
    return "the index does not hold what the record does; 'graphkit db rebuild' builds it anew"


def rebuild_index(record: Record) -> str:
    """Throw the index away, build it anew from the record, and return the SHA-256 of its sorted N-Quads."""
    if not _is_large(record):
        return Index.in_memory(record).sha256()
    folder = IndexFolder(record.path)
    folder.rebuild(record)
    return FolderIndex.of(folder, record).sha256()


def canonical_sha256(lines: Iterable[bytes]) -> str:
    """Return the SHA-256 of quads, one N-Quads line each with its LF, whatever their order and however often each comes."""
    digest = hashlib.sha256()
    for line in sorted(set(lines)):
        digest.update(line)
    return digest.hexdigest()


def text_quads(record: Record) -> "Iterator[pyoxigraph.Quad]":
    """Yield the text of each article as a quad of the article's graph."""
    import pyoxigraph

    body = pyoxigraph.NamedNode(SCHEMA + "articleBody")
    for name, graph, text in record.texts():
        yield pyoxigraph.Quad(
            pyoxigraph.NamedNode(GKD + name), body, pyoxigraph.Literal(text), pyoxigraph.NamedNode(GKD + graph)
        )


def _is_large(record: Record) -> bool:
    """Say whether the record is past what an index in memory is built from at each question."""
    articles = record.count_articles()
    return IndexFolder.is_possible(record.path) and (
        articles > limits.MEMORY_INDEX_ARTICLES or record.count_quads() > _MEMORY_QUADS
    )


def _lines(store: "pyoxigraph.Store") -> list[bytes]:
    import pyoxigraph

    dumped = store.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert dumped is not None
    return [line + b"\n" for line in dumped.split(b"\n")[:-1]]
