"""Plain text and Markdown → Article: the text stays whole, and what can be told of it is told.

Decision: the article's text is the whole normalised file, front matter, heading marks and link targets included, so that every
offset can be checked against the file itself.
"""

import re

from graphkit.errors import TextTooLong, UnreadableInput
from graphkit.limits import MAX_LINKS, MAX_TEXT
from graphkit.model import Article, Hyperlink, Overrides, Span
from graphkit.reading.addresses import absolute_url, article_url, domain_of_url, registrable_domain
from graphkit.reading.dates import read_date
from graphkit.reading.encoding import normalise
from graphkit.reading.front_matter import read_front_matter
from graphkit.reading.headlines import find_headline, find_title_line
from graphkit.reading.languages import choose_language

_MARKDOWN_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]\n]{1,500})\]\((?P<url>https?://[^\s()<>]{1,2000})(?:[ ]\"[^\"\n]{0,200}\")?\)"
)
_AUTOLINK = re.compile(r"<(?P<url>https?://[^\s<>]{1,2000})>")


def read_plain(raw: str, *, origin: str, stated: Overrides, source_sha256: str | None = None) -> Article:
    """Read a plain or Markdown text, which may begin with front matter.

    Args:
        raw: The decoded text.
        origin: What the user named, for messages.
        stated: Facts that win over those of the text.
        source_sha256: The digest of the bytes the text came from.

    Raises:
        UnreadableInput: Nothing but white space.
        TextTooLong: More than ``limits.MAX_TEXT`` code points.
    """
    text = normalise(raw)
    check_text(text, origin)
    front = read_front_matter(text)
    check_text(text[front.end :], origin)
    found = find_headline(text, front)
    title = _one_line(stated.title)
    url = stated.url or front.get("url")
    address = article_url(url) if url else None
    return Article(
        text=text,
        title=title or found.words,
        url=address,
        outlet=choose_outlet(stated.outlet or front.get("outlet"), address),
        published=read_date(stated.published) or read_date(front.get("published")) or found.day,
        language=choose_language(front.get("language"), text[front.end :]),
        authors=front.authors,
        title_span=find_title_line(text, title) if title else found.span,
        links=_find_links(text),
        source_sha256=source_sha256,
    )


def check_text(text: str, origin: str) -> None:
    """Refuse a text that says nothing or is past the limit.

    Raises:
        UnreadableInput: Nothing but white space.
        TextTooLong: More than ``limits.MAX_TEXT`` code points.
    """
    if not text or text.isspace():
        raise UnreadableInput(f"{origin}: there is no text in it", hint="check that the file was saved whole")
    if len(text) > MAX_TEXT:
        raise TextTooLong(
            f"{origin}: {len(text):,} characters; one article may have {MAX_TEXT:,}", hint="split it into articles"
        )


def choose_outlet(stated: str | None, url: str | None) -> str | None:
    """Return the outlet of an article: the stated domain (or name, as it stands), else the registrable domain of its URL."""
    if stated and stated.strip():
        name = _one_line(stated) or ""
        host = name.split("://", 1)[-1].partition("/")[0].partition(":")[0]
        return registrable_domain(host) if " " not in name and registrable_domain(host) else normalise(name)
    return domain_of_url(url)


def _one_line(words: str | None) -> str | None:
    """Collapse white space; a title or name that is empty then counts as not stated."""
    return normalise(" ".join(words.split())) or None if words else None


def _find_links(text: str) -> tuple[Hyperlink, ...]:
    """Find ``[words](https://…)`` and ``<https://…>``; bare addresses are left to extraction, which reads them as words."""
    found = [(match.span("words"), match["url"]) for match in _MARKDOWN_LINK.finditer(text)]
    found += [(match.span("url"), match["url"]) for match in _AUTOLINK.finditer(text)]
    resolved = ((Span(*place), absolute_url(url)) for place, url in sorted(found))
    links = tuple(Hyperlink(span, url) for span, url in resolved if url is not None)
    return links[:MAX_LINKS]
