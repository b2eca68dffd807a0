"""Plain text and Markdown → Article: the text stays whole, and what can be told of it is told.

Decision: the article's text is the whole normalised file, front matter, heading marks and link targets included, so that every
offset can be checked against the file itself.  The title is what the file states (front matter), else its first line where that
reads as a headline, else the beginning of the text, cut; ``title_span`` covers the words without their marks.
"""

import re
from dataclasses import dataclass

from graphkit.errors import TextTooLong, UnreadableInput
from graphkit.limits import MAX_LINKS, MAX_TEXT
from graphkit.model import Article, Hyperlink, Overrides, Span
from graphkit.reading.addresses import absolute_url, article_url, domain_of_url, registrable_domain
from graphkit.reading.dates import read_date
from graphkit.reading.encoding import normalise
from graphkit.reading.front_matter import FrontMatter, read_front_matter
from graphkit.reading.languages import choose_language

LONGEST_TITLE = 200
"""Code points of a first line that still counts as a headline."""
CUT_TITLE = 80
"""Code points of a title that is made of the beginning of a text."""

_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]{1,9}(?P<title>.*\S)")
_BOLD = re.compile(r"(?P<mark>\*\*\*?|__)(?P<title>[^*_\s](?:.*\S)?)(?P=mark)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={3,200}|-{3,200})[ \t]{0,99}")
_MARKDOWN_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]\n]{1,500})\]\((?P<url>https?://[^\s()<>]{1,2000})(?:[ ]\"[^\"\n]{0,200}\")?\)"
)
_AUTOLINK = re.compile(r"<(?P<url>https?://[^\s<>]{1,2000})>")
_SENTENCE_END = (".", ":", ";", ",", "…")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.){2,9}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|No|etc)\.$")


@dataclass(frozen=True, slots=True)
class _Title:
    words: str
    span: Span | None


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
    title = _find_title(text, front)
    url = stated.url or front.get("url")
    address = article_url(url) if url else None
    return Article(
        text=text,
        title=_one_line(stated.title) or title.words,
        url=address,
        outlet=choose_outlet(stated.outlet or front.get("outlet"), address),
        published=read_date(stated.published) or read_date(front.get("published")),
        language=choose_language(front.get("language"), text[front.end :]),
        authors=front.authors,
        title_span=title.span
        if stated.title is None or _one_line(stated.title) == title.words
        else _find_line(text, stated.title),
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


def cut_title(text: str) -> str:
    """Return the beginning of a text as a title: its first line up to a word's end within ``CUT_TITLE`` code points."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    words = " ".join(line.split())
    return words if len(words) <= CUT_TITLE else f"{words[:CUT_TITLE].rsplit(' ', 1)[0]}…"


def _one_line(words: str | None) -> str | None:
    """Collapse white space; a title or name that is empty then counts as not stated."""
    return normalise(" ".join(words.split())) or None if words else None


def _find_title(text: str, front: FrontMatter) -> _Title:
    if front.title_span is not None:
        return _Title(front.title_span.of(text), front.title_span)
    begin, end = _first_line(text, front.end)
    line, following = text[begin:end], text[end:]
    for pattern in (_HEADING, _BOLD):
        match = pattern.fullmatch(line.rstrip())
        if match:
            return _trim_heading(text, begin + match.start("title"), begin + match.end("title"))
    stripped = Span(begin + len(line) - len(line.lstrip()), begin + len(line.rstrip()))
    is_underlined = bool(_UNDERLINE.fullmatch(following[1:].partition("\n")[0]))
    if is_underlined or (following.strip() and _reads_as_headline(stripped.of(text))):
        return _Title(stripped.of(text), stripped)
    return _Title(cut_title(text[front.end :]), None)


def _first_line(text: str, begin: int) -> tuple[int, int]:
    """Return where the first line with something on it begins and ends."""
    while text[begin] == "\n" or not text[begin : _line_end(text, begin)].strip():
        begin = _line_end(text, begin) + 1
    return begin, _line_end(text, begin)


def _line_end(text: str, begin: int) -> int:
    found = text.find("\n", begin)
    return len(text) if found < 0 else found


def _trim_heading(text: str, begin: int, end: int) -> _Title:
    """Drop closing hashes ("# Title #") and bold marks inside a heading ("# **Title**")."""
    words = text[begin:end]
    unclosed = words.rstrip("#")
    words = unclosed.rstrip() if unclosed.endswith((" ", "\t")) and unclosed.strip() else words
    bold = _BOLD.fullmatch(words)
    span = Span(begin + bold.start("title"), begin + bold.end("title")) if bold else Span(begin, begin + len(words))
    return _Title(span.of(text), span)


def _reads_as_headline(line: str) -> bool:
    is_sentence = line.endswith(_SENTENCE_END) and not _ABBREVIATION_END.search(line)
    return len(line) <= LONGEST_TITLE and not is_sentence and any(character.isalpha() for character in line)


def _find_line(text: str, words: str) -> Span | None:
    """Find a stated title where it stands in the text, if it does."""
    wanted = _one_line(words)
    at = text.find(wanted) if wanted else -1
    return Span(at, at + len(wanted)) if wanted and at >= 0 else None


def _find_links(text: str) -> tuple[Hyperlink, ...]:
    """Find ``[words](https://…)`` and ``<https://…>``; bare addresses are left to extraction, which reads them as words."""
    found = [(match.span("words"), match["url"]) for match in _MARKDOWN_LINK.finditer(text)]
    found += [(match.span("url"), match["url"]) for match in _AUTOLINK.finditer(text)]
    resolved = ((Span(*place), absolute_url(url)) for place, url in sorted(found))
    links = tuple(Hyperlink(span, url) for span, url in resolved if url is not None)
    return links[:MAX_LINKS]
