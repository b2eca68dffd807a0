"""HTML → Article: the headline as first line, then the body, one paragraph a line.

Decision: ``text`` is title, line feed, body, so that what a headline claims is extracted like anything else; ``title_span`` is set.
The page's own statements give way to what the user or the container states (title, address, outlet, day).
"""

import re
from itertools import islice

from graphkit.errors import UnreadableInput
from graphkit.limits import ISOLATED_HTML_BYTES, ISOLATED_HTML_ELEMENTS, MAX_HTML_DEPTH, MAX_LINKS
from graphkit.model import Article, Hyperlink, Overrides, Span
from graphkit.reading.addresses import article_url
from graphkit.reading.dates import read_date
from graphkit.reading.encoding import normalise
from graphkit.reading.headlines import cut_title
from graphkit.reading.html.isolation import parse_isolated
from graphkit.reading.html.page import Page, measure_markup, parse_page
from graphkit.reading.languages import choose_language
from graphkit.reading.text import check_text, choose_outlet

LEAST_BODY = 200
"""Code points of prose below which a page is no article, unless it says that it is one."""
LEAST_STATED_BODY = 60
"""Code points of prose that suffice where the page states that it is an article."""

_SENTENCE = re.compile(r"\S[.!?…。！？।][\"'”’»)\]]{0,3}$")


def read_page(
    markup: str, *, origin: str, found_at: str | None, stated: Overrides, source_sha256: str | None = None
) -> Article:
    """Read one decoded HTML page.

    Args:
        markup: The page.
        origin: What the user named, for messages.
        found_at: The address the page was fetched from, if it was.
        stated: Facts that win over those of the page.
        source_sha256: The digest of the bytes the page came in.

    Raises:
        UnreadableInput: The page has no article, or is nested or built so that it cannot be read.
        TextTooLong: Its text is past the limit.
    """
    parse = parse_isolated if is_heavy(markup, origin) else parse_page
    url = stated.url or found_at
    page = parse(markup, url, origin=origin)
    check_article(page, origin)
    return _compose(page, origin, stated, source_sha256)


def is_heavy(markup: str, origin: str) -> bool:
    """Say whether a page must be read in a child process, by its length and its number of elements.

    Raises:
        UnreadableInput: The nesting is deeper than ``limits.MAX_HTML_DEPTH``.
    """
    depth, elements = measure_markup(markup)
    if depth > MAX_HTML_DEPTH:
        raise UnreadableInput(
            f"{origin}: elements are nested {depth:,} deep; {MAX_HTML_DEPTH:,} are read",
            hint="save the page from a browser as text",
        )
    return len(markup) > ISOLATED_HTML_BYTES or elements > ISOLATED_HTML_ELEMENTS


def check_article(page: Page, origin: str) -> None:
    """Refuse a page without an article: a front page, a log-in form, a teaser.

    Raises:
        UnreadableInput: Too little running text was found.
    """
    prose = sum(len(block.text) for block in page.blocks if block.link_share < 0.6 and _SENTENCE.search(block.text))
    needed = LEAST_STATED_BODY if page.facts.is_article else LEAST_BODY
    if prose >= needed or (page.is_fragment and page.blocks):
        return
    found = f"{prose} characters of running text" if prose else "no running text"
    raise UnreadableInput(
        f"{origin}: no article on this HTML page ({found})",
        hint="a front page, log-in or script-only page? give the article's page",
    )


def _compose(page: Page, origin: str, stated: Overrides, source_sha256: str | None) -> Article:
    facts = page.facts
    title = normalise(" ".join((stated.title or facts.title or "").split()))
    lines = [title] if title else []
    links: list[Hyperlink] = []
    at = len(title) + 1 if title else 0
    for block in page.blocks:
        links += (Hyperlink(Span(at + begin, at + end), url) for begin, end, url in block.links)
        lines.append(block.text)
        at += len(block.text) + 1
    text = "\n".join(lines)
    check_text(text, origin)
    url = article_url(stated.url) if stated.url else facts.url
    return Article(
        text=text,
        title=title or cut_title(text),
        url=url,
        outlet=choose_outlet(stated.outlet, url),
        published=read_date(stated.published) or facts.published,
        language=choose_language(facts.language, text),
        authors=facts.authors,
        title_span=Span(0, len(title)) if title else None,
        links=tuple(islice(links, MAX_LINKS)),
        source_sha256=source_sha256,
    )


__all__ = ["check_article", "is_heavy", "read_page"]
