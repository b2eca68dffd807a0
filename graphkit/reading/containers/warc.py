"""Web archives (WARC, ISO 28500): the HTML pages that servers answered with, in the order of the archive.

Each record is read whole and bounded first, and its HTTP envelope is opened in a second step, so that a damaged or packed body
spoils its own record only.  fastwarc says nothing of a record that is cut off: its length is checked here.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, cast

from graphkit.errors import InputError, TextTooLong, UnreadableInput
from graphkit.limits import MAX_WARC_RECORD_BYTES
from graphkit.model import Document
from graphkit.reading.addresses import article_url
from graphkit.reading.containers.packed import BoundedStream
from graphkit.reading.formats import guess_format
from graphkit.reading.rejection import Rejection

_MOST_RECORD_BYTES = 100 * MAX_WARC_RECORD_BYTES
"""A record that states more than this is passed over no more: the archive is given up."""
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_HINT = "get the archive again, or unpack it with a WARC tool"
_ENVELOPE = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"


def read_archive(stream: BoundedStream, origin: str) -> Iterator[Document | Rejection]:
    """Yield each HTML page of an archive, packed or not; ``origin#n`` counts its response records from 1.

    Raises:
        UnreadableInput: It is no web archive, is damaged, or holds no HTML page.
        TextTooLong: A record is so long that passing over it would take for ever.
    """
    pages = 0
    for number, record in enumerate(_responses(stream, origin), start=1):
        place = f"{origin}#{number}"
        if record.content_length > _MOST_RECORD_BYTES:
            raise TextTooLong(f"{place}: a record of {record.content_length:,} bytes; the rest is not read", hint=_HINT)
        try:
            document = _read_record(record, place)
        except InputError as error:
            pages += 1
            yield Rejection(place, error)
            continue
        if document is not None:
            pages += 1
            yield document
    if not pages:
        raise UnreadableInput(f"{origin}: no HTML page in this web archive", hint="it holds only other records")


def _responses(stream: BoundedStream, origin: str) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    try:
        yield from ArchiveIterator(cast("BinaryIO", stream), record_types=WarcRecordType.response, parse_http=False)
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"{origin}: the web archive is damaged ({_line(error)})", hint=_HINT) from error


def _read_record(record: Any, place: str) -> Document | None:
    """Return the page of a response record; None where it is no page (an image, an error, a redirect)."""
    raw = record.reader.read(MAX_WARC_RECORD_BYTES + 1)
    if len(raw) > MAX_WARC_RECORD_BYTES:
        raise TextTooLong(f"{place}: a record of more than {MAX_WARC_RECORD_BYTES:,} bytes", hint="save the page alone")
    if len(raw) < record.content_length:
        raise UnreadableInput(
            f"{place}: the record is cut off after {len(raw):,} of {record.content_length:,} bytes", hint=_HINT
        )
    response = _open_envelope(raw, place)
    if response is None or response.http_headers.status_code != 200:
        return None
    if response.http_content_type not in _HTML:
        return None
    body = _read_payload(response, place)
    return Document(
        body=body,
        media_type="text/html",
        origin=place,
        url=article_url(record.headers.get("WARC-Target-URI", "").strip("<>")),
        encoding=response.http_charset,
        fetched_at=record.headers.get("WARC-Date"),
    )


def _open_envelope(raw: bytes, place: str) -> Any:
    from fastwarc.warc import ArchiveIterator

    wrapped = _ENVELOPE.format(len(raw)).encode() + raw
    try:
        response = next(iter(ArchiveIterator(BytesIO(wrapped), parse_http=True, auto_decode="all")), None)
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"{place}: the HTTP headers are damaged ({_line(error)})", hint=_HINT) from error
    return response if response is not None and response.http_headers is not None else None


def _read_payload(response: Any, place: str) -> bytes:
    try:
        body: bytes = response.reader.read(MAX_WARC_RECORD_BYTES + 1)
    except OSError as error:
        raise UnreadableInput(f"{place}: the packed body is damaged ({_line(error)})", hint=_HINT) from error
    if len(body) > MAX_WARC_RECORD_BYTES:
        raise TextTooLong(f"{place}: more than {MAX_WARC_RECORD_BYTES:,} bytes when unpacked", hint="save the page alone")
    guess_format(body[:4_096], place, media_type="text/html")
    return body


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:100]
