"""Reading: bytes → Article.

Decisions that cost something to reverse:

- An article's ``text`` is what all offsets count in: NFC, LF, no byte-order mark, no NUL, no lone surrogate.  Of a plain or Markdown
  file it is the whole file, front matter and marks included; of an HTML page it is the headline, a line feed, and the body with one
  paragraph a line.
- Reading is a pure function of bytes and of what is stated about them (`parse`); only `graphkit.reading.web` opens a socket, and only
  for an address the user named or one in a feed that came from the web.
- What the user states wins over what the container states (a feed's item), and that over the page.  A page's canonical address counts
  only within the registrable domain it was fetched from: a copy on another site is an article of that site.
- One bad item never ends a batch: `gather` yields a `Rejection` for it.
- HTML over 1 MiB is parsed in a child process that may be killed; every limit is in `graphkit.limits`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graphkit.errors import UsageError
from graphkit.model import Article, Document, Overrides
from graphkit.reading.rejection import Rejection

if TYPE_CHECKING:
    from graphkit.reading.web import Fetcher

__all__ = ["Rejection", "gather", "parse", "read", "read_text"]


def read(
    source: str | Path, *, overrides: Overrides = Overrides(), as_format: str | None = None, fetcher: "Fetcher | None" = None
) -> Article:
    """Read one article from a path, a web address or ``-`` (standard input).

    Args:
        source: The path, an http(s) address, or "-".
        overrides: What is known about the article; wins over what the page says.
        as_format: One of ``graphkit.reading.formats.FORMATS``, instead of guessing.
        fetcher: Fetches web pages, by default within the limits of ``graphkit.limits``.

    Raises:
        UsageError: The source holds several articles.
        InputError: It is missing, unreadable, too long, or in a format that is not read.
        NetworkError: A web page could not be had, or may not be.
        TimedOut: A web page took too long.
    """
    found = gather([str(source)], as_format=as_format, fetcher=fetcher)
    first = next(found, None)
    if isinstance(first, Rejection):
        raise first.error
    if first is None or next(found, None) is not None:
        raise UsageError(f"{source}: it holds several articles, not one", hint="take it apart with graphkit.reading.gather")
    return parse(first, overrides)


def read_text(
    text: str, *, title: str | None = None, url: str | None = None, outlet: str | None = None, published: str | None = None
) -> Article:
    r"""Read an article from its text, plain or Markdown.

    Args:
        text: The whole text; it is normalised and otherwise kept.
        title: The headline, if it is not the text's first line.
        url: Where it was published.
        outlet: Who published it, by default the registrable domain of ``url``.
        published: The day, ISO 8601.

    Raises:
        UsageError: ``url`` is no http(s) address, or ``published`` no day.
        UnreadableInput: Nothing but white space.
        TextTooLong: More than ``limits.MAX_TEXT`` code points.

    Example:
        >>> article = read_text("**Bridge reopens**\nThe mayor said it is safe.")
        >>> article.title, article.title_span.of(article.text)
        ('Bridge reopens', 'Bridge reopens')
    """
    from graphkit.reading.parsing import check_overrides
    from graphkit.reading.text import read_plain

    stated = Overrides(title=title, url=url, outlet=outlet, published=published)
    check_overrides(stated)
    return read_plain(text, origin="the text", stated=stated)


def gather(
    sources: Sequence[str],
    *,
    as_format: str | None = None,
    limit: int | None = None,
    stdin: BinaryIO | None = None,
    fetcher: "Fetcher | None" = None,
) -> Iterator[Document | Rejection]:
    """Find every document of files, folders, web addresses, feeds, web archives and JSON lines, one after the other.

    Args:
        sources: Paths, http(s) addresses, or "-" for standard input.
        as_format: One of ``graphkit.reading.formats.FORMATS``, instead of guessing, for all of them.
        limit: At most so many documents.
        stdin: What "-" reads, by default the process's standard input.
        fetcher: Fetches web pages, by default within the limits of ``graphkit.limits``.

    Returns:
        Documents in order, lazily, and a Rejection in the place of each item that could not be had.

    Raises:
        UnsupportedFormat: ``as_format`` is no format.
    """
    from graphkit.reading.formats import check_format_name
    from graphkit.reading.gathering import Gatherer
    from graphkit.reading.web import Fetcher

    check_format_name(as_format)
    return Gatherer(as_format, stdin, fetcher or Fetcher()).gather(sources, limit)


def parse(document: Document, overrides: Overrides = Overrides()) -> Article:
    """Read the article in a document: a pure function of its bytes and of what is stated.

    Raises:
        UsageError: What is stated is no address or no date.
        UnreadableInput: The document is empty, binary, undecodable, or holds no article.
        UnsupportedFormat: Its format is not read.
        TextTooLong: It is past a limit.
    """
    from graphkit.reading.parsing import parse_document

    return parse_document(document, overrides)
