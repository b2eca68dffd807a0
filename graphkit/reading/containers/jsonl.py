"""JSON lines: one article a line, an object with ``text`` and, if known, ``title``, ``url``, ``outlet``, ``date``."""

import json
from collections.abc import Iterator

from graphkit.errors import TextTooLong, UnreadableInput
from graphkit.limits import MAX_FILE_BYTES
from graphkit.model import Document, Overrides
from graphkit.reading.containers.packed import BoundedStream
from graphkit.reading.encoding import normalise
from graphkit.reading.rejection import Rejection

_HINT = "each line is an object with text, and title, url, outlet, date where known"
_NAMES = {"title": ("title",), "url": ("url",), "outlet": ("outlet", "publisher"), "published": ("date", "published")}


def read_lines(stream: BoundedStream, origin: str) -> Iterator[Document | Rejection]:
    """Yield an article for each line that is not blank; the file may be of any size, a line is at most ``MAX_FILE_BYTES``.

    Raises:
        UnreadableInput: There is no line in the file.
        TextTooLong: A line is past the limit; where it ends cannot be told, so the rest is not read.
    """
    number = found = 0
    while line := stream.readline(MAX_FILE_BYTES + 1):
        number += 1
        place = f"{origin}#{number}"
        if len(line) > MAX_FILE_BYTES:
            raise TextTooLong(f"{place}: a line of more than {MAX_FILE_BYTES:,} bytes", hint="one line is one article")
        if line.strip():
            found += 1
            yield _read_line(line, place)
    if not found:
        raise UnreadableInput(f"{origin}: there is no line in it", hint=_HINT)


def _read_line(line: bytes, place: str) -> Document | Rejection:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Rejection(place, UnreadableInput(f"{place}: not UTF-8 (byte {error.start})", hint="convert the file to UTF-8"))
    except ValueError as error:
        return Rejection(place, UnreadableInput(f"{place}: not JSON ({error})", hint=_HINT))
    except RecursionError:
        return Rejection(place, UnreadableInput(f"{place}: JSON nested too deep", hint=_HINT))
    text = value.get("text") if isinstance(value, dict) else None
    if not isinstance(text, str) or not text.strip():
        return Rejection(place, UnreadableInput(f"{place}: there is no text in it", hint=_HINT))
    stated = {
        name: next((_string(value.get(key)) for key in keys if _string(value.get(key))), None) for name, keys in _NAMES.items()
    }
    return Document(normalise(text).encode(), "text/plain", place, encoding="utf-8", defaults=Overrides(**stated))


def _string(value: object) -> str | None:
    return normalise(value).strip() or None if isinstance(value, str) else None
