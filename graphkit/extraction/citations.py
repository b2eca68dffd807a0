"""Where an article points to other outlets: source lists, links, addresses, names in the text, credit lines.

Kinds: ``sourceList`` (a list under a heading such as "Sources:", or lines of nothing but hosts at the end), ``link`` (a hyperlink or
an address in the text) and ``mention`` (an outlet's name or domain where the article takes something from it).
"""

import re
from collections.abc import Iterable, Iterator

from graphkit.extraction.citing_contexts import is_cited
from graphkit.extraction.source_lists import find_source_lists
from graphkit.knowledge.outlet_names import find_outlet_names
from graphkit.knowledge.outlets import known_domains
from graphkit.model import Article, Citation, Outlet, Span
from graphkit.reading.addresses import domain_of_url, registrable_domain

_URL = re.compile(r"https?://[^\s<>\"'“”‘’()\[\]{}|\\^`]+", re.IGNORECASE)
_HOST = re.compile(r"(?<![\w@./-])(?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,24}(?![\w@-]|\.\w)")
_TRAILING = ".,;:!?…"
_PRIORITY = {"sourceList": 0, "link": 1, "mention": 2}


def find_citations(article: Article) -> tuple[Citation, ...]:
    """Find the outlets an article cites.

    Args:
        article: The article; its own outlet is never a citation.

    Returns:
        Citations in text order, none overlapping another; ``article.text[c.span.begin : c.span.end]`` is the wording found.
    """
    found = [
        *find_source_lists(article.text),
        *_find_links(article),
        *_find_addresses(article.text),
        *_find_names(article.text),
    ]
    own = {article.outlet, domain_of_url(article.url)}
    return tuple(_without_overlaps(c for c in found if c.outlet is None or c.outlet.domain not in own))


def _find_links(article: Article) -> Iterator[Citation]:
    for link in article.links:
        domain = domain_of_url(link.url)
        if domain is not None:
            yield Citation(link.span, "link", Outlet(domain), url=link.url)


def _find_addresses(text: str) -> Iterator[Citation]:
    for match in _URL.finditer(text):
        url = match.group().rstrip(_TRAILING)
        domain = domain_of_url(url)
        if domain is not None:
            yield Citation(Span(match.start(), match.start() + len(url)), "link", Outlet(domain), url=url)
    for match in _HOST.finditer(text):
        domain = registrable_domain(match.group())
        if domain in known_domains():
            yield Citation(Span(*match.span()), "mention", Outlet(domain))


def _find_names(text: str) -> Iterator[Citation]:
    for name in find_outlet_names(text):
        if is_cited(text, name.begin, name.end):
            span = Span(name.begin, name.end)
            if name.is_ambiguous:
                yield Citation(span, "mention", name=name.text, candidates=name.domains)
            else:
                yield Citation(span, "mention", Outlet(name.domains[0]), name=name.text)


def _without_overlaps(citations: Iterable[Citation]) -> Iterator[Citation]:
    ranked = sorted(citations, key=lambda c: (_PRIORITY[c.kind], -len(c.span), c.span.begin))
    kept: list[Citation] = []
    for citation in ranked:
        if not any(citation.span.overlaps(other.span) for other in kept):
            kept.append(citation)
    return iter(sorted(kept, key=lambda c: c.span))
