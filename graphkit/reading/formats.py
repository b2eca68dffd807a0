"""Which format some bytes are in, by what was said, by name and by their beginning; and which formats are known not to be read."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from graphkit.errors import UnsupportedFormat

FORMATS = ("text", "markdown", "html", "feed", "warc", "jsonl")
"""The names that ``as_format`` takes."""

MEDIA_TYPES = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}
"""The media type that a Document of each format carries."""

_BY_MEDIA_TYPE = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/warc": "warc",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/x-jsonlines": "jsonl",
}
BY_ENDING = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""The endings that name a format; ``.gz`` may follow each."""

READ = ".txt, .md, .html, .rss, .atom, .jsonl, .warc, each also with .gz"


@dataclass(frozen=True, slots=True)
class _Refused:
    name: str
    hint: str


_AS_TEXT = "export it as text or HTML first"
_UNPACK = "unpack it and give the files"
_TABLE = "save one article a line as JSON lines (.jsonl) with the keys text, title, url, outlet, date"
_MEDIA = "give the text of the article"
_PDF, _OFFICE, _IMAGE = _Refused("PDF", _AS_TEXT), _Refused("an office document", _AS_TEXT), _Refused("an image", _MEDIA)
_ARCHIVE, _FILM, _PROGRAM = _Refused("an archive", _UNPACK), _Refused("audio or video", _MEDIA), _Refused("a program", _MEDIA)
_BOOK, _SHEET = _Refused("an e-book", _AS_TEXT), _Refused("a table", _TABLE)
_RDF = _Refused("RDF", "RDF is what graphkit writes; give articles")
_JSON, _XML = _Refused("a JSON file", _TABLE), _Refused("an XML file that is no feed", _AS_TEXT)
_DATABASE = _Refused("a database file", "open a graph with --graph")
_MAIL = _Refused("an e-mail", "save its text as .txt or .html")

_SIGNATURES: tuple[tuple[int, bytes, _Refused], ...] = (
    (0, b"%PDF-", _PDF),
    (0, b"%!PS", _Refused("PostScript", _AS_TEXT)),
    (0, b"{\\rtf", _Refused("RTF", _AS_TEXT)),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (30, b"mimetypeapplication/epub", _BOOK),
    (30, b"mimetypeapplication/vnd.oasis", _OFFICE),
    (30, b"[Content_Types].xml", _OFFICE),
    (0, b"PK\x03\x04", _ARCHIVE),
    (0, b"PK\x05\x06", _ARCHIVE),
    (0, b"BZh", _ARCHIVE),
    (0, b"\xfd7zXZ\0", _ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (0, b"Rar!\x1a\x07", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (257, b"ustar", _ARCHIVE),
    (0, b"\x89PNG\r\n\x1a\n", _IMAGE),
    (0, b"\xff\xd8\xff", _IMAGE),
    (0, b"GIF87a", _IMAGE),
    (0, b"GIF89a", _IMAGE),
    (8, b"WEBP", _IMAGE),
    (0, b"II*\0", _IMAGE),
    (0, b"MM\0*", _IMAGE),
    (0, b"8BPS", _IMAGE),
    (4, b"ftyp", _FILM),
    (0, b"OggS", _FILM),
    (0, b"ID3", _FILM),
    (0, b"fLaC", _FILM),
    (8, b"WAVE", _FILM),
    (8, b"AVI ", _FILM),
    (0, b"\x1aE\xdf\xa3", _FILM),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"MZ\x90\0", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"SQLite format 3\0", _DATABASE),
)
_REFUSED_ENDINGS: dict[str, _Refused] = {
    **dict.fromkeys((".pdf",), _PDF),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".pages", ".ppt", ".pptx", ".odp"), _OFFICE),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".csv", ".tsv", ".parquet"), _SHEET),
    **dict.fromkeys((".epub", ".mobi", ".azw3"), _BOOK),
    **dict.fromkeys((".zip", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst", ".br", ".wacz"), _ARCHIVE),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".tif", ".tiff", ".bmp", ".heic", ".avif", ".ico"), _IMAGE
    ),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".flac", ".avi", ".mkv", ".mov", ".webm"), _FILM),
    **dict.fromkeys((".ttl", ".trig", ".nt", ".nq", ".n3", ".jsonld", ".rdf", ".owl"), _RDF),
    **dict.fromkeys((".json", ".geojson", ".har"), _JSON),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), _DATABASE),
    **dict.fromkeys((".eml", ".msg", ".mbox"), _MAIL),
    **dict.fromkeys((".exe", ".dll", ".so", ".bin", ".py", ".js", ".css", ".sh"), _PROGRAM),
}
_REFUSED_MEDIA: tuple[tuple[str, _Refused], ...] = (
    ("application/pdf", _PDF),
    ("image/", _IMAGE),
    ("audio/", _FILM),
    ("video/", _FILM),
    ("application/zip", _ARCHIVE),
    ("application/x-tar", _ARCHIVE),
    ("application/msword", _OFFICE),
    ("application/vnd.", _OFFICE),
    ("application/epub", _BOOK),
    ("application/json", _JSON),
    ("application/ld+json", _RDF),
    ("text/turtle", _RDF),
    ("text/csv", _SHEET),
)
_SNIFFED_BYTES = 4_096
_ELEMENT = re.compile(rb"<(!doctype\s{1,9}[a-z]{1,20}|[a-z][a-z0-9:]{0,30})", re.IGNORECASE)
_MOST_PREAMBLES = 20
_IS_JSON_LINE = re.compile(rb"\{\s{0,9}\"[^\"\n]{1,99}\"\s{0,9}:")
_HTML_BEGINS = frozenset({b"!doctype html", b"html", b"head", b"body"})
_FEED_BEGINS = frozenset({b"rss", b"feed", b"rdf:rdf"})
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def ending_of(name: str) -> str:
    """Return the last ending of a path or URL path in lower case, ``.gz`` aside ("page.html.gz" gives ".html")."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def check_format_name(as_format: str | None) -> None:
    """Refuse a format name that graphkit does not know.

    Raises:
        UnsupportedFormat: The name is none of ``FORMATS``.
    """
    if as_format is not None and as_format not in FORMATS:
        raise UnsupportedFormat(f"no format {as_format!r}", hint=f"known: {', '.join(FORMATS)}")


def refuse_ending(origin: str) -> None:
    """Refuse a file whose ending says that it is not read, before anything is opened.

    Raises:
        UnsupportedFormat: The ending is that of a known other format.
    """
    refused = _REFUSED_ENDINGS.get(ending_of(origin))
    if refused is not None:
        raise _refusal(refused, origin)


def guess_format(head: bytes, origin: str, *, media_type: str | None = None) -> str:
    """Return the format of ``head``, the beginning of some content, as one of ``FORMATS``.

    First bytes win over the stated media type, that over the ending: servers send feeds as ``text/html``, and a PDF named
    ``.txt`` is a PDF.

    Raises:
        UnsupportedFormat: The content is in a format that is known and not read, or in none that is known.
    """
    _refuse_signature(head, origin)
    sniffed = _sniff(head)
    if sniffed is not None:
        return sniffed
    stated = (media_type or "").partition(";")[0].strip().lower()
    for prefix, refused in _REFUSED_MEDIA:
        if stated.startswith(prefix):
            raise _refusal(refused, origin)
    by_ending = BY_ENDING.get(ending_of(origin))
    if stated in _BY_MEDIA_TYPE and not (stated == "text/plain" and by_ending):
        return _BY_MEDIA_TYPE[stated]
    if by_ending is None:
        refuse_ending(origin)
        _refuse_structured(head, origin)
    return by_ending or "text"


def _refuse_signature(head: bytes, origin: str) -> None:
    for offset, signature, refused in _SIGNATURES:
        if head.startswith(signature, offset):
            raise _refusal(refused, origin)
    if _first_element(_plain(head[:_SNIFFED_BYTES])) == b"svg":
        raise _refusal(_IMAGE, origin)


def _sniff(head: bytes) -> str | None:
    text = _plain(head[:_SNIFFED_BYTES])
    if text.startswith(b"WARC/1."):
        return "warc"
    element = _first_element(text)
    if element in _HTML_BEGINS:
        return "html"
    return "feed" if element in _FEED_BEGINS else None


def _first_element(text: bytes) -> bytes:
    """Return what markup begins with, in lower case, comments and declarations passed over; a doctype of HTML is itself."""
    for _ in range(_MOST_PREAMBLES):
        text = text.lstrip()
        match = _ELEMENT.match(text)
        name = b" ".join(match[1].lower().split()) if match else b""
        if match and (not name.startswith(b"!") or name == b"!doctype html"):
            return name
        ending = b"-->" if text.startswith(b"<!--") else b">"
        if not text.startswith((b"<!", b"<?")) or ending not in text:
            return b""
        text = text.partition(ending)[2]
    return b""


def _plain(head: bytes) -> bytes:
    """Drop a byte-order mark and, for UTF-16, the NUL bytes, so that markup can be seen."""
    for mark in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].replace(b"\0", b"")
    return head


def _refuse_structured(head: bytes, origin: str) -> None:
    text = _plain(head[:_SNIFFED_BYTES])
    if text.lstrip().startswith(b"<?xml"):
        raise _refusal(_XML, origin)
    if _IS_JSON_LINE.match(text.lstrip()):
        raise UnsupportedFormat(f"{origin}: JSON without a name that says what it is", hint="name it .jsonl, or say --as jsonl")


def _refusal(refused: _Refused, origin: str) -> UnsupportedFormat:
    verb = "is not read"
    return UnsupportedFormat(f"{origin}: {refused.name} {verb}; {refused.hint}", hint=f"graphkit reads {READ}")
