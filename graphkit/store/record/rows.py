"""What goes into the record and what comes out of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from graphkit.model import Article, Document

Outcome = Literal["added", "replaced", "unchanged"]
Order = Literal["published", "added", "headline", "outlet"]


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run of a command: what it was (``name`` is its local name in RDF) and when it began (ISO 8601, UTC)."""

    name: str
    command: str
    version: str
    started_at: str
    model_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article ready to be stored.

    ``nquads`` are the sorted, distinct N-Quads of the article's graph and of the describing graphs, one LF after each line.
    ``document`` is None where a text came without bytes.  ``input_key`` is the caller's digest of all that decided the outcome
    (bytes, URL, what the user stated, extractor); ``Record.known`` looks it up before the work is done again.
    """

    article: "Article"
    article_name: str
    graph_name: str
    nquads: bytes
    run: RunInfo
    document: "Document | None" = None
    input_key: str = ""


@dataclass(frozen=True, slots=True)
class Put:
    """What became of a put: the number of the record's last write, and whether it was this one."""

    name: str
    outcome: Outcome
    seq: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One stored article without its text; ``length`` is in code points, ``run`` the local name of the run that made it."""

    name: str
    graph: str
    url: str | None
    outlet: str | None
    headline: str
    published: str | None
    language: str
    authors: tuple[str, ...]
    length: int
    text_sha256: str
    source_sha256: str | None
    origin: str | None
    media_type: str | None
    fetched_at: str | None
    run: str
    quad_count: int
    seq: int


@dataclass(frozen=True, slots=True)
class GraphRow:
    """One named graph at one write; ``nquads`` is None for a graph that was dropped."""

    name: str
    seq: int
    nquads: bytes | None


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles are wanted: all conditions hold; dates are ISO 8601 and inclusive; ``search`` is words and "phrases"."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run as recorded; ``ended_at`` and ``outcome`` are None while it is under way or when it was cut off."""

    name: str
    command: str
    version: str
    model_sha256: str | None
    started_at: str
    ended_at: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class State:
    """How far the record has come: number and chain value of its last write."""

    seq: int
    chain: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of the record: articles, named graphs, quads (shared descriptions once a graph), bytes on disk."""

    articles: int
    graphs: int
    quads: int
    sources: int
    ratings: int
    decisions: int
    file_bytes: int
    schema_version: int
    seq: int
