"""The record as the rest of graphkit holds it: open, put, remove, read."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graphkit.errors import NotFound
from graphkit.rdf.namespaces import DESCRIBING_GRAPHS
from graphkit.store import blobs
from graphkit.store.record import articles, upkeep, writing
from graphkit.store.record.database import Database
from graphkit.store.record.rows import ArticleFilter, ArticleRow, Entry, GraphRow, Order, Put, State, Totals
from graphkit.store.record.runs import Runs
from graphkit.store.record.upkeep import Problem

if TYPE_CHECKING:
    from graphkit.store.record.decisions import Decisions
    from graphkit.store.record.ratings import Ratings


class Record:
    """A graph's file, opened.

    Every change is one transaction that is on disk when the call returns; ``transaction()`` makes several changes one.
    Processes may write at once: each waits for the other.  ``ratings``, ``decisions`` and ``runs`` are the tables beside the
    graphs.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.runs = Runs(database)

    @cached_property
    def ratings(self) -> "Ratings":
        """The imported ratings."""
        from graphkit.store.record.ratings import Ratings

        return Ratings(self.database)

    @cached_property
    def decisions(self) -> "Decisions":
        """What people decided."""
        from graphkit.store.record.decisions import Decisions

        return Decisions(self.database)

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False, busy_seconds: float | None = None) -> Self:
        """Open the file at ``path``, making it (mode 0600) where ``create`` allows.

        Raises:
            NotFound: There is no such file and it may not be made.
            StoreTooNew: A newer graphkit wrote it; it is not touched.
            StoreCorrupt: It is damaged, or no graph file.
            StoreBusy: Another process kept it locked for ``busy_seconds`` (default ``limits.BUSY_SECONDS``).
            DiskFull: There is no room, or no right, to write.
        """
        return cls(Database(Path(path), create=create, read_only=read_only, busy_seconds=busy_seconds))

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.database.path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self.database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Make the changes inside the block one: all of them are on disk when it ends, or none."""
        return self.database.transaction()

    def reading(self) -> AbstractContextManager[None]:
        """See the record at one state throughout the block, whatever others write meanwhile."""
        return self.database.reading()

    def state(self) -> State:
        """Return how far the record has come; equal states mean equal graphs."""
        return State(*self.database.one("SELECT seq, chain FROM counter"))

    # writing

    def put(self, entry: Entry) -> Put:
        """Store one article with its source, text and quads, in place of what was there under its name.

        The same text, headline and quads again change nothing.

        Raises:
            ValueError: The N-Quads are not what ``blobs.pack`` asks for.
            StoreBusy, DiskFull: See ``open``; nothing is stored then.
        """
        return writing.put_article(self.database, entry)

    def remove(self, article_name: str) -> bool:
        """Take one article out, with its text, sources and graph; say whether it was there."""
        return writing.remove_article(self.database, article_name)

    def put_graph(self, name: str, nquads: bytes, *, is_canonical: bool = False) -> Put:
        """Store a graph that is not an article's (``graph-ratings-<set>``, ``graph-links``, ...), replacing it whole.

        Args:
            name: The graph's local name.
            nquads: Its quads, canonical: sorted, distinct, of this graph.
            is_canonical: They come from a writer of ours whose bytes a test holds to that; looking again takes as long as writing.

        Raises:
            ValueError: As ``put``; also for an article's graph and for the describing graphs, which follow from the others.
        """
        _refuse_describing(name)
        return writing.put_graph(self.database, name, nquads, is_canonical=is_canonical)

    def put_parts(self, name: str, parts: Iterable[bytes]) -> Put:
        """Store a graph as ``put_graph`` does with ``is_canonical``, from parts of whole lines: a large one is never whole in memory."""
        _refuse_describing(name)
        return writing.put_parts(self.database, name, parts)

    def drop_graph(self, name: str) -> bool:
        """Drop a graph that is not an article's; say whether it was there."""
        return writing.drop_graph(self.database, name)

    # reading

    def known(self, input_key: str) -> str | None:
        """Return the name of the article that the input of this key gave, or None."""
        row = self.database.one("SELECT name FROM article WHERE input_key = ? AND input_key <> ''", (input_key,))
        return None if row is None else str(row[0])

    def articles(
        self, wanted: ArticleFilter | None = None, *, order: Order = "published", limit: int | None = None
    ) -> Iterator[ArticleRow]:
        """Yield the articles that ``wanted`` lets through, without their texts; best match first when there is a search."""
        return articles.select(self.database, wanted or ArticleFilter(), order=order, limit=limit)

    def article(self, name: str) -> ArticleRow:
        """Return one article.

        Raises:
            NotFound: There is none of that name.
        """
        found = articles.by_name(self.database, name)
        if found is None:
            raise NotFound(f"{self.path}: there is no article {name!r}", hint="'graphkit list articles' shows what there is")
        return found

    def find(self, identifier: str) -> tuple[ArticleRow, ...]:
        """Return the articles meant by a name, URL, origin (path), beginning of a name, or headline; none or several are possible."""
        return articles.find(self.database, identifier)

    def count_articles(self) -> int:
        """Return how many articles there are."""
        return int(self.database.one("SELECT COUNT(*) FROM article")[0])

    def text(self, name: str) -> str:
        """Return the normalised text of an article.

        Raises:
            NotFound: There is no article of that name.
        """
        row = self.database.one("SELECT text FROM article WHERE name = ?", (name,))
        if row is None:
            raise NotFound(f"{self.path}: there is no article {name!r}")
        return str(row[0])

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Yield (article name, graph name, text) of all articles, by name."""
        yield from self.database.rows("SELECT name, graph, text FROM article ORDER BY name")

    def source_bytes(self, name: str) -> bytes | None:
        """Return the bytes that an article was read from, or None where it was given as a text."""
        return articles.source_bytes(self.database, name)

    def graph_names(self, *, prefix: str = "graph-") -> tuple[str, ...]:
        """Return the names of the graphs that are there now, sorted."""
        sql = "SELECT name FROM graph WHERE quads IS NOT NULL AND substr(name, 1, ?) = ? ORDER BY name"
        return tuple(name for (name,) in self.database.rows(sql, (len(prefix), prefix)))

    def graph_hashes(self) -> dict[str, str]:
        """Return the SHA-256 (hexadecimal) of what each graph that is there now holds, by name."""
        return dict(self.database.rows("SELECT name, sha256 FROM graph WHERE quads IS NOT NULL ORDER BY name"))

    def graph_nquads(self, name: str) -> bytes | None:
        """Return the N-Quads of a graph and of the descriptions it carries, or None where there is no such graph."""
        row = self.database.one("SELECT quads FROM graph WHERE name = ?", (name,))
        return None if row is None or row[0] is None else blobs.unpack(row[0])

    def count_quads(self) -> int:
        """Return how many quads the graphs hold, a shared description counted once for each graph that carries it."""
        return int(self.database.one("SELECT COALESCE(SUM(quad_count), 0) FROM graph")[0])

    def count_graphs(self) -> int:
        """Return how many named graphs there are now."""
        return int(self.database.one("SELECT COUNT(*) FROM graph WHERE quad_count IS NOT NULL")[0])

    def count_since(self, seq: int) -> int:
        """Return how many graphs were put or dropped after write number ``seq``."""
        return int(self.database.one("SELECT COUNT(*) FROM graph WHERE seq > ?", (seq,))[0])

    def graphs(self) -> Iterator[GraphRow]:
        """Yield every graph that is there now, by name."""
        sql = "SELECT name, seq, quads FROM graph WHERE quads IS NOT NULL ORDER BY name"
        return (GraphRow(name, seq, blobs.unpack(quads)) for name, seq, quads in self.database.rows(sql))

    def graphs_since(self, seq: int) -> Iterator[GraphRow]:
        """Yield the graphs put or dropped after write number ``seq``, in the order of their last write."""
        sql = "SELECT name, seq, quads FROM graph WHERE seq > ? ORDER BY seq"
        for name, number, quads in self.database.rows(sql, (seq,)):
            yield GraphRow(name, number, None if quads is None else blobs.unpack(quads))

    def chain_at(self, seq: int) -> str | None:
        """Return the chain value of write number ``seq``, "" for 0, None for a write that never was."""
        if seq == 0:
            return ""
        row = self.database.one("SELECT chain FROM history WHERE seq = ?", (seq,))
        return None if row is None else str(row[0])

    # looking after

    def totals(self) -> Totals:
        """Return the counts of articles, graphs, quads, sources, ratings, decisions and bytes."""
        return upkeep.totals(self.database)

    def verify(self) -> tuple[Problem, ...]:
        """Return what is wrong with the file, empty when it is sound; it reads everything."""
        return tuple(upkeep.verify(self.database))

    def backup(self, target: Path) -> None:
        """Write a compact copy to ``target`` (mode 0600), whole or not at all, in place of a file that is there; others may write meanwhile.

        Raises:
            DiskFull: There is no room, or no right, to write it.
        """
        self.database.copy_to(target)

    def compact(self) -> int:
        """Give back the room that removed articles left and return how many bytes; what was removed cannot be read after it.

        Raises:
            StoreBusy: Another process uses the file.
        """
        return upkeep.compact(self.database)


def _refuse_describing(name: str) -> None:
    if name in DESCRIBING_GRAPHS:
        raise ValueError(f"{name} follows from the other graphs and is not put")
