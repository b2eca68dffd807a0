"""RSS and Atom: each item is a Document with what the feed states of it.

Decision: linked pages are fetched only where the feed itself came from the web; a feed in a file must not make graphkit connect
anywhere, so there the item's own content is the text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from io import BytesIO
from itertools import islice
from typing import Any

from graphkit.errors import GraphkitError, TextTooLong, UnreadableInput
from graphkit.limits import MAX_FEED_ITEMS
from graphkit.model import Document, Overrides
from graphkit.reading.addresses import article_url, domain_of_url
from graphkit.reading.dates import read_date
from graphkit.reading.encoding import decode
from graphkit.reading.rejection import Rejection
from graphkit.reading.web import Fetcher

_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_DECLARATION_REACH = 65_536
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]{0,2000}>")
_XML_DECLARATION = re.compile(r"^\s{0,99}<\?xml[^>]{0,200}\?>")


def read_feed(document: Document, fetcher: Fetcher | None) -> Iterator[Document | Rejection]:
    """Yield the items of a feed in its order, at most ``limits.MAX_FEED_ITEMS``.

    Args:
        document: The feed's bytes; ``url`` is where it was fetched.
        fetcher: Fetches the linked pages; None takes the items' own content.

    Raises:
        UnreadableInput: It is no feed, has no items, or declares a document type or entities.
    """
    entries = _parse(document)
    for number, entry in enumerate(islice(entries, MAX_FEED_ITEMS), start=1):
        place = f"{document.origin}#{number}"
        try:
            yield _fetch_item(entry, document, fetcher) if fetcher else _take_item(entry, document, place)
        except GraphkitError as error:
            yield Rejection(entry.get("link") or place, error)
    if len(entries) > MAX_FEED_ITEMS:
        message = f"{document.origin}: {len(entries):,} items; the first {MAX_FEED_ITEMS:,} were taken"
        yield Rejection(document.origin, TextTooLong(message, hint="split the feed"))


def _parse(document: Document) -> list[Any]:
    import feedparser

    text = decode(document.body, origin=document.origin, stated=document.encoding, is_html=True)
    if _DECLARATION.search(text[:_DECLARATION_REACH]):
        raise UnreadableInput(
            f"{document.origin}: a feed that declares a document type or entities", hint="give the articles themselves"
        )
    # Bytes in a stream and nothing else: feedparser opens a str, or bare bytes, as address or path.
    body = BytesIO(_XML_DECLARATION.sub("", text).encode("utf-8", errors="replace"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": document.url or ""}
    entries = feedparser.parse(body, response_headers=headers).entries
    if not entries:
        raise UnreadableInput(f"{document.origin}: there is no item in this feed", hint="is it RSS or Atom?")
    return list(entries)


def _stated(entry: Any) -> Overrides:
    """Return what the feed says of an item; its outlet only where the item names another source (aggregators do)."""
    source = entry.get("source") or {}
    return Overrides(
        title=_plain(entry.get("title")),
        outlet=domain_of_url(source.get("href")),
        published=read_date(entry.get("published")) or read_date(entry.get("updated")),
    )


def _plain(words: str | None) -> str | None:
    from html import unescape

    return " ".join(unescape(_MARKUP.sub("", words)).split()) or None if words else None


def _fetch_item(entry: Any, feed: Document, fetcher: Fetcher) -> Document:
    link = article_url(entry.get("link") or "", feed.url)
    if link is None:
        raise UnreadableInput(f"{feed.origin}: the item {_plain(entry.get('title')) or '?'!r} has no web address")
    return replace(fetcher.fetch(link), defaults=_stated(entry))


def _take_item(entry: Any, feed: Document, place: str) -> Document:
    contents = [part.get("value") or "" for part in entry.get("content") or []]
    content = max([*contents, entry.get("summary") or ""], key=len)
    if not _plain(content):
        raise UnreadableInput(f"{place}: there is no text in this item", hint="give the feed's web address to fetch its pages")
    markup = content if _MARKUP.search(content) else _as_markup(content)
    return Document(
        body=f"<div>{markup}</div>".encode("utf-8", errors="replace"),
        media_type="text/html",
        origin=place,
        url=article_url(entry.get("link") or "", feed.url),
        encoding="utf-8",
        defaults=_stated(entry),
    )


def _as_markup(content: str) -> str:
    """Give plain lines the form of paragraphs; character references in them stand as they are."""
    lines = (line.strip() for line in content.splitlines())
    return "".join(f"<p>{escape(line, quote=False).replace('&amp;', '&')}</p>" for line in lines if line)
