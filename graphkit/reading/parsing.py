"""Document → Article: a pure function of the bytes and of what is stated about them."""

from dataclasses import fields

from graphkit.errors import TextTooLong, UnreadableInput, UnsupportedFormat, UsageError
from graphkit.limits import MAX_FILE_BYTES, MAX_HTML_BYTES
from graphkit.model import Article, Document, Overrides
from graphkit.reading.addresses import article_url
from graphkit.reading.dates import read_date
from graphkit.reading.encoding import decode
from graphkit.reading.formats import FORMATS, MEDIA_TYPES, guess_format

_BY_TYPE = {media_type: name for name, media_type in MEDIA_TYPES.items()}
_HEAD_BYTES = 4_096


def parse_document(document: Document, overrides: Overrides) -> Article:
    """Read the article in a document.

    Facts win in this order: what the user states, what the container states, what the page states.

    Raises:
        UsageError: What the user states is no address or no date.
        UnreadableInput: The document is empty, binary, undecodable, or holds no article.
        UnsupportedFormat: Its format is not read, or holds several articles (`graphkit.reading.gather` takes those apart).
        TextTooLong: It is past a limit.
    """
    check_overrides(overrides)
    check_size(len(document.body), document.origin)
    name = _format_of(document)
    if name == "html":
        check_size(len(document.body), document.origin, most=MAX_HTML_BYTES, what="an HTML page")
    text = decode(document.body, origin=document.origin, stated=document.encoding, is_html=name == "html")
    stated = merge(overrides, document.defaults)
    if name == "html":
        from graphkit.reading.html import read_page

        return read_page(text, origin=document.origin, found_at=document.url, stated=stated, source_sha256=document.sha256)
    from graphkit.reading.text import read_plain

    stated = merge(stated, Overrides(url=document.url))
    return read_plain(text, origin=document.origin, stated=stated, source_sha256=document.sha256)


def check_size(size: int, origin: str, *, most: int = MAX_FILE_BYTES, what: str = "one file") -> None:
    """Refuse what is empty or past the limit of one file, by its size alone.

    Raises:
        UnreadableInput: There are no bytes.
        TextTooLong: More than ``most`` bytes.
    """
    if size == 0:
        raise UnreadableInput(f"{origin}: it is empty", hint="check that the file was saved whole")
    if size > most:
        raise TextTooLong(f"{origin}: {size:,} bytes; {what} may have {most:,}", hint="split it into articles")


def check_overrides(overrides: Overrides) -> None:
    """Refuse what a user states and graphkit could only drop in silence.

    Raises:
        UsageError: The address is no http(s) URL, or the date no day.
    """
    if overrides.url and article_url(overrides.url) is None:
        raise UsageError(
            f"{overrides.url!r} is no http or https address", hint="give it as a browser shows it, https:// included"
        )
    if overrides.published and read_date(overrides.published) is None:
        raise UsageError(f"{overrides.published!r} is no complete date", hint="write year-month-day, such as 2024-02-20")


def merge(first: Overrides, second: Overrides | None) -> Overrides:
    """Return what is stated by either, the first winning field by field; an empty statement is none."""
    if second is None:
        return first
    return Overrides(**{field.name: getattr(first, field.name) or getattr(second, field.name) for field in fields(Overrides)})


def _format_of(document: Document) -> str:
    known = _BY_TYPE.get(document.media_type)
    name = known or guess_format(document.body[:_HEAD_BYTES], document.origin, media_type=document.media_type)
    if name not in MEDIA_TYPES:
        raise UnsupportedFormat(
            f"{document.origin}: a {name} holds several articles", hint=f"one article is one of {', '.join(FORMATS[:3])}"
        )
    if known:
        guess_format(document.body[:_HEAD_BYTES], document.origin, media_type=document.media_type)
    return name
