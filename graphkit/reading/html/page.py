"""One HTML page, parsed and cut: the part of reading that meets hostile markup and may run in a child process.

The depth of nesting is counted on the raw markup before any parser sees it, in one pass.
"""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from graphkit.errors import UnreadableInput
from graphkit.limits import MAX_HTML_DEPTH
from graphkit.reading.addresses import absolute_url
from graphkit.reading.html.body import Block, extract_blocks, read_blocks
from graphkit.reading.html.boilerplate import drop_boilerplate
from graphkit.reading.html.completion import complete
from graphkit.reading.html.facts import PageFacts, read_facts

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})|<!--")
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "noscript", "template", "iframe", "xmp"})
# Elements that hold nothing, or that end by themselves where the next one begins: they do not nest by being left open.
_FLAT = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "optgroup",
        "option",
        "p",
        "param",
    }
    | {"source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr"}
)
_HEAD_TAGS = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_FRAGMENT_NOISE = ("script", "style", "noscript", "template", "nav", "form", "button", "iframe", "svg")


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of one page: its facts and the blocks of its body, headline excluded.

    ``is_fragment`` tells markup without ``html``, ``head`` or ``body``: it is nothing but body.
    """

    facts: PageFacts
    blocks: tuple[Block, ...]
    is_fragment: bool = False


def parse_page(markup: str, url: str | None, *, origin: str) -> Page:
    """Parse a page and find facts and body; a fragment without ``html``, ``head`` or ``body`` is all body.

    Raises:
        UnreadableInput: The nesting is deeper than ``limits.MAX_HTML_DEPTH``, or there is no markup to parse.
    """
    depth = measure_depth(markup)
    if depth > MAX_HTML_DEPTH:
        raise UnreadableInput(
            f"{origin}: elements are nested {depth:,} deep; {MAX_HTML_DEPTH:,} are read",
            hint="save the page from a browser as text",
        )
    tree = _parse_tree(markup, origin)
    facts = read_facts(tree, url)
    base = _base_of(tree, facts.url or url)
    if _HEAD_TAGS.search(markup) is None:
        return Page(facts, tuple(_read_fragment(tree, base)), is_fragment=True)
    _resolve_links(tree, base)
    blocks = extract_blocks(tree, base)
    blocks = complete(blocks, tree, base) if blocks else []
    headlines = (*facts.headlines, *((facts.title,) if facts.title else ()), *_shown_headlines(tree))
    return Page(facts, tuple(drop_boilerplate(blocks, headlines)))


def measure_depth(markup: str) -> int:
    """Return how deep the elements of some markup nest at most, in one pass and without building a tree."""
    depth = deepest = at = 0
    while (match := _TAG.search(markup, at)) is not None:
        at = match.end()
        if match[2] is None:
            closing = markup.find("-->", at)
            at = len(markup) if closing < 0 else closing + 3
            continue
        name = match[2].lower()
        if match[1]:
            depth -= name not in _FLAT and depth > 0
        elif name in _RAW_TEXT:
            closing = _find_closing(markup, name, at)
            at = len(markup) if closing < 0 else closing
        elif name not in _FLAT:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _find_closing(markup: str, name: str, at: int) -> int:
    match = re.compile(f"</{re.escape(name)}[^>]{{0,99}}>", re.IGNORECASE).search(markup, at)
    return match.end() if match else -1


def _parse_tree(markup: str, origin: str) -> HtmlElement:
    from lxml.etree import LxmlError

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=False)
    try:
        return document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableInput(
            f"{origin}: no HTML could be parsed from it", hint="check that the page was saved whole"
        ) from error


def _resolve_links(tree: HtmlElement, base: str | None) -> None:
    """Make the links of a page absolute: trafilatura knows neither ``base`` elements nor paths relative to the page."""
    for anchor in tree.iter("a"):
        url = absolute_url(anchor.get("href") or "", base)
        if url is not None:
            anchor.set("href", url)


def _base_of(tree: HtmlElement, url: str | None) -> str | None:
    stated = tree.find(".//base[@href]")
    return (absolute_url(stated.get("href") or "", url) if stated is not None else None) or url


def _shown_headlines(tree: HtmlElement) -> list[str]:
    shown = [" ".join("".join(element.itertext()).split()) for element in tree.iter("h1")]
    return [words for words in shown if len(words.split()) >= 4]


def _read_fragment(tree: HtmlElement, base: str | None) -> list[Block]:
    from lxml.etree import strip_elements

    strip_elements(tree, *_FRAGMENT_NOISE, with_tail=False)
    return list(read_blocks(tree, base))
