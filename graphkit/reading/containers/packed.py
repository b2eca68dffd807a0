"""One layer of gzip, unpacked within bounds: a bomb costs as much as the limit and no more."""

import gzip
import zlib
from typing import BinaryIO, cast

from graphkit.errors import TextTooLong, UnreadableInput
from graphkit.limits import MAX_FILE_BYTES

GZIP_MAGIC = b"\x1f\x8b"
"""The first bytes of a gzip member (RFC 1952)."""

_DAMAGED = (OSError, EOFError, zlib.error)


class BoundedStream:
    """A binary stream with a look ahead, whose damage is told as an error of ours."""

    def __init__(self, stream: BinaryIO, origin: str, head: bytes = b"") -> None:
        self._stream = stream
        self._origin = origin
        self._head = head
        self._given = 0

    def tell(self) -> int:
        """Return how many bytes were given out: fastwarc asks for it."""
        return self._given

    def peek(self, size: int) -> bytes:
        """Return up to ``size`` bytes from the beginning without consuming them."""
        if len(self._head) < size:
            self._head += self._read(size - len(self._head))
        return self._head[:size]

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes (all if negative)."""
        taken, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        wanted = size - len(taken)
        found = taken + self._read(wanted) if size < 0 or wanted > 0 else taken
        self._given += len(found)
        return found

    def readline(self, size: int) -> bytes:
        """Return the next line, or its first ``size`` bytes."""
        end = self._head.find(b"\n", 0, size)
        if end >= 0 or len(self._head) >= size:
            return self.read(size if end < 0 else end + 1)
        taken, self._head = self._head, b""
        found = taken + self._call("readline", size - len(taken))
        self._given += len(found)
        return found

    def _read(self, size: int) -> bytes:
        return self._call("read", size)

    def _call(self, method: str, size: int) -> bytes:
        try:
            return cast("bytes", getattr(self._stream, method)(size))
        except _DAMAGED as error:
            raise UnreadableInput(f"{self._origin}: the gzip data is damaged ({error})", hint="get the file again") from error


def open_packed(stream: "BinaryIO | BoundedStream", origin: str) -> BoundedStream:
    """Return what is inside a gzip stream.

    Raises:
        UnreadableInput: The data is damaged, or packed a second time.
    """
    inside = BoundedStream(cast("BinaryIO", gzip.GzipFile(fileobj=cast("BinaryIO", stream), mode="rb")), origin)
    if inside.peek(2) == GZIP_MAGIC:
        raise UnreadableInput(f"{origin}: it is packed with gzip twice; one layer is unpacked", hint="unpack it first")
    return inside


def unpack(body: bytes, origin: str) -> bytes:
    """Return what is inside gzip bytes, at most ``limits.MAX_FILE_BYTES``.

    Raises:
        UnreadableInput: The data is damaged, or packed a second time.
        TextTooLong: There is more inside.
    """
    from io import BytesIO

    content = open_packed(BytesIO(body), origin).read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise TextTooLong(f"{origin}: more than {MAX_FILE_BYTES:,} bytes when unpacked", hint="split it into articles")
    return content
