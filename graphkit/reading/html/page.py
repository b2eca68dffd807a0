"""One HTML page, measured, parsed and cut: the part of reading that meets hostile markup and may run in a child process."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from graphkit.errors import UnreadableInput
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
# What XML 1.0 does not allow (§2.2), as character and as reference: lxml parses it and then fails on it.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]|&#(?:0{0,5}(?:[0-8]|1[124-9]|2[0-9]|3[01]|127)|[xX]0{0,5}(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[dD][89a-fA-F][0-9a-fA-F]{2}));"
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
        UnreadableInput: There is no markup to parse.
    """
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


def measure_markup(markup: str) -> tuple[int, int]:
    """Return how deep the elements of some markup nest at most, and how many they are, in one pass without building a tree."""
    depth = deepest = elements = at = 0
    while (match := _TAG.search(markup, at)) is not None:
        at = match.end()
        if match[2] is None:
            closing = markup.find("-->", at)
            at = len(markup) if closing < 0 else closing + 3
            continue
        name = match[2].lower()
        elements += not match[1]
        if match[1]:
            depth -= name not in _FLAT and depth > 0
        elif name in _RAW_TEXT:
            closing = _find_closing(markup, name, at)
            at = len(markup) if closing < 0 else closing
        elif name not in _FLAT:
            depth += 1
            deepest = max(deepest, depth)
    return deepest, elements


def _find_closing(markup: str, name: str, at: int) -> int:
    match = re.compile(f"</{re.escape(name)}[^>]{{0,99}}>", re.IGNORECASE).search(markup, at)
    return match.end() if match else -1


def _parse_tree(markup: str, origin: str) -> HtmlElement:
    from lxml.etree import LxmlError

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=False)
    try:
        tree: HtmlElement = document_fromstring(_ILLEGAL.sub(" ", markup).encode(), parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableInput(
            f"{origin}: no HTML could be parsed from it", hint="check that the page was saved whole"
        ) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):  # libxml2 then drops the rest in silence
        raise UnreadableInput(f"{origin}: elements are nested too deep to be read", hint="save the page from a browser as text")
    return tree


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
