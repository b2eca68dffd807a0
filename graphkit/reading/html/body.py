"""The body of a page as blocks of text with the links inside them.

trafilatura finds the article (precision mode: a stray sentence of a side bar would become a false assertion).  Two of its
systematic losses are made good here, with no rule for any site:

- a body that a page splits into several containers, or a paragraph that precision mode drops because it is mostly links, stands
  in the DOM at the very same place (path of tags and classes) as the paragraphs that were kept: `complete` puts it back;
- headlines, "Read more" lines and teasers at the end are no body: `graphkit.reading.html.boilerplate` takes them out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml.etree import _Element
from lxml.html import HtmlElement

from graphkit.reading.addresses import absolute_url

_BREAKS = frozenset(
    {"p", "head", "item", "quote", "row", "list", "table", "code", "lb", "div", "ab", "fw", "br", "li", "blockquote"}
)
_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
Pieces = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, item or row: a line of normalised text, and its links as (begin, end, URL) inside it.

    ``is_main`` says that it stands in the page where most of the article stands.
    """

    text: str
    links: tuple[tuple[int, int, str], ...] = ()
    is_heading: bool = False
    is_main: bool = False

    @property
    def link_share(self) -> float:
        """The share of the text that stands in links."""
        return sum(end - begin for begin, end, _ in self.links) / max(1, len(self.text))


def extract_blocks(tree: HtmlElement, url: str | None) -> list[Block]:
    """Let trafilatura find the article in a parsed page, and return its blocks in order; empty where it finds none."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, url=url, favor_precision=True, include_comments=False, include_links=True)
    body = getattr(found, "body", None)
    return [] if body is None else list(read_blocks(cast("_Element", body), url))


def read_blocks(root: _Element, url: str | None, *, base: str | None = None) -> Iterator[Block]:
    """Cut a tree (trafilatura's or HTML) into blocks at every element that starts a line."""
    pieces: Pieces = []
    is_heading = False
    for kind, text, href in _walk(root):
        if kind == "text":
            pieces.append((text, href))
            continue
        block = make_block(pieces, base or url, is_heading=is_heading)
        if block is not None:
            yield block
        pieces, is_heading = [], kind == "heading"
    block = make_block(pieces, base or url, is_heading=is_heading)
    if block is not None:
        yield block


def make_block(pieces: Pieces, base: str | None, *, is_heading: bool = False) -> Block | None:
    """Join pieces of text into one line, white space collapsed, and keep where the links stand; None where nothing is left."""
    line = ""
    places: list[tuple[int, int, str]] = []
    for text, href in pieces:
        words = _SPACE.sub(" ", text.translate(_INVISIBLE))
        if not line or line.endswith(" "):
            words = words.lstrip()
        if href is not None and words.strip():
            begin = len(line) + len(words) - len(words.lstrip())
            places.append((begin, len(line) + len(words.rstrip()), href))
        line += words
    line = line.rstrip()
    return Block(*_compose(line, _merge(places, base)), is_heading) if line else None


def _merge(places: list[tuple[int, int, str]], base: str | None) -> Iterator[tuple[int, int, str]]:
    """Resolve the links and join the parts of one anchor that markup inside it had cut."""
    waiting: tuple[int, int, str] | None = None
    for begin, end, href in places:
        if waiting is not None and waiting[2] == href and begin - waiting[1] <= 1:
            waiting = (waiting[0], end, href)
            continue
        yield from _resolve(waiting, base)
        waiting = (begin, end, href)
    yield from _resolve(waiting, base)


def _resolve(place: tuple[int, int, str] | None, base: str | None) -> Iterator[tuple[int, int, str]]:
    if place is not None and (url := absolute_url(place[2], base)) is not None:
        yield place[0], place[1], url


def _compose(line: str, places: Iterator[tuple[int, int, str]]) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Bring a line to NFC, and move the links along."""
    if unicodedata.is_normalized("NFC", line):
        return line, tuple(places)
    composed = unicodedata.normalize("NFC", line)

    def moved(offset: int) -> int:
        return min(len(unicodedata.normalize("NFC", line[:offset])), len(composed))

    shifted = ((moved(begin), moved(end), url) for begin, end, url in places)
    return composed, tuple((begin, end, url) for begin, end, url in shifted if begin < end)


def _walk(root: _Element) -> Iterator[tuple[str, str, str | None]]:
    """Yield ("break" | "heading" | "text", text, href) of a tree in reading order, without recursion."""
    stack: list[tuple[_Element, str | None, bool]] = [(root, None, False)]
    while stack:
        element, href, is_closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if is_closing:
            yield from _leave(element, tag, href)
            continue
        yield from _enter(element, tag)
        inner = _href_of(element, tag) or href
        if element.text and tag not in {"script", "style", "graphic", ""}:
            yield "text", element.text, inner
        stack.append((element, href, True))
        if tag not in {"script", "style"}:
            stack.extend((child, inner, False) for child in reversed(element))


def _enter(element: _Element, tag: str) -> Iterator[tuple[str, str, str | None]]:
    if tag in {"head", "h1", "h2", "h3", "h4", "h5", "h6"}:
        yield "heading", "", None
    elif tag in _BREAKS:
        yield "break", "", None
    elif tag in {"cell", "td", "th"} and element.getprevious() is not None:
        yield "text", " | ", None


def _leave(element: _Element, tag: str, href: str | None) -> Iterator[tuple[str, str, str | None]]:
    if tag in _BREAKS or tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        yield "break", "", None
    if element.tail:
        yield "text", element.tail, href


def _href_of(element: _Element, tag: str) -> str | None:
    return element.get("target") if tag == "ref" else element.get("href") if tag == "a" else None
