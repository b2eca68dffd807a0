"""The limits of graphkit in one table: name, value, and why; printed by ``graphkit db info``.

Lengths are code points, sizes bytes, times seconds.  Reaching a limit is always reported, never silent.
"""

from dataclasses import dataclass
from typing import Final

MIB: Final = 1 << 20

MAX_TEXT: Final = 500_000
MAX_SENTENCE: Final = 5_000
MAX_ASSERTIONS: Final = 2_000
MAX_LINKS: Final = 2_000
MAX_FILE_BYTES: Final = 10 * MIB
MAX_HTML_BYTES: Final = 5 * MIB
ISOLATED_HTML_BYTES: Final = 1 * MIB
ISOLATED_HTML_ELEMENTS: Final = 10_000
ISOLATED_HTML_SECONDS: Final = 20.0
MAX_HTML_DEPTH: Final = 5_000
MAX_FOLDER_FILES: Final = 100_000
MAX_FEED_ITEMS: Final = 1_000
MAX_WARC_RECORD_BYTES: Final = 10 * MIB
FETCH_SECONDS: Final = 20.0
MAX_REDIRECTS: Final = 5
QUERY_SECONDS: Final = 30.0
QUERY_MEMORY_BYTES: Final = 4096 * MIB
MAX_ANSWER_BYTES: Final = 256 * MIB
MAX_QUERY_LENGTH: Final = 20_000
MAX_QUERY_DEPTH: Final = 40
BUSY_SECONDS: Final = 30.0
MEMORY_INDEX_ARTICLES: Final = 1_000
MAX_RDF_BYTES: Final = 2048 * MIB
MAX_GRAPH_BYTES: Final = 1024 * MIB
MAX_JSON_DEPTH: Final = 64
SERVED_AT_ONCE: Final = 4
SERVED_BODY_BYTES: Final = 64 * 1024
SERVED_ANSWER_BYTES: Final = 64 * MIB
SERVED_TABLE_ROWS: Final = 1_000
SERVED_PAGE_SECONDS: Final = 120.0
SERVED_MEMORY_QUADS: Final = 3_000_000
SERVED_GRAPH_QUADS: Final = 10_000
REMOTE_SECONDS: Final = 300.0
REMOTE_BATCH_BYTES: Final = 8 * MIB

_WHY: Final = {
    "MAX_TEXT": "code points of one article: longer ones are books or dumps, and their annotation would fill a screen for ever",
    "MAX_SENTENCE": "code points of one sentence: a longer one is a table or a list and is cut at a space",
    "MAX_ASSERTIONS": "assertions kept of one article",
    "MAX_LINKS": "links kept of one article",
    "MAX_FILE_BYTES": "bytes of one input file or decoded response",
    "MAX_HTML_BYTES": "bytes of one HTML page: the reader's time grows faster than the page",
    "ISOLATED_HTML_BYTES": "bytes of HTML from which on it is read in a child process that may be killed",
    "ISOLATED_HTML_ELEMENTS": "elements of HTML from which on it is, too: the extractor's time grows with their square",
    "ISOLATED_HTML_SECONDS": "time of that child",
    "MAX_HTML_DEPTH": "nesting of elements: deeper pages are attacks",
    "MAX_FOLDER_FILES": "files taken from one folder",
    "MAX_FEED_ITEMS": "items taken from one feed",
    "MAX_WARC_RECORD_BYTES": "bytes of one record of a web archive",
    "FETCH_SECONDS": "deadline of one fetch over all its redirects",
    "MAX_REDIRECTS": "redirects followed, each checked like a new address",
    "QUERY_SECONDS": "default time of one query",
    "QUERY_MEMORY_BYTES": "address space of the process that answers queries",
    "MAX_ANSWER_BYTES": "bytes of one answer on its way from that process: rows are held until the last has come",
    "MAX_QUERY_LENGTH": "characters of one query",
    "MAX_QUERY_DEPTH": "nesting of brackets in one query: the engine's parser recurses",
    "BUSY_SECONDS": "how long a writer waits for another one",
    "MAX_RDF_BYTES": "unpacked bytes of an RDF file that others made",
    "MEMORY_INDEX_ARTICLES": "articles up to which the index is built in memory for each command instead of kept on disk",
    "MAX_JSON_DEPTH": "nesting of JSON that others made: deeper files are attacks on the reader",
    "MAX_GRAPH_BYTES": "bytes of one named graph as N-Quads: a stored one that unpacks to more is a bomb",
    "SERVED_AT_ONCE": "questions that `serve` answers at once: each is a process of its own; the next one is told to come again",
    "SERVED_BODY_BYTES": "bytes of one request to `serve`",
    "SERVED_ANSWER_BYTES": "bytes of one answer of `serve`, which is held until it is whole, so that its status is right",
    "SERVED_TABLE_ROWS": "rows of one answer that `serve` draws as a table; the other formats hold all",
    "SERVED_PAGE_SECONDS": "time to build the page of the whole graph for `serve`",
    "SERVED_MEMORY_QUADS": "quads up to which `serve` keeps the graph in memory (some 330 bytes each); above, it reads the index on disk",
    "SERVED_GRAPH_QUADS": "quads about one resource that `serve` tells of, those in which it is the object included",
    "REMOTE_SECONDS": "time of one request to a remote store, a bulk load included",
    "REMOTE_BATCH_BYTES": "bytes of N-Quads or N-Triples sent to a remote store in one request",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit as it is shown."""

    name: str
    value: int | float
    why: str


def table() -> tuple[Limit, ...]:
    """Return every limit with the reason for it, in the order of this file."""
    return tuple(Limit(name.lower(), globals()[name], why) for name, why in _WHY.items())
