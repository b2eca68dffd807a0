"""Sources as users name them → Documents, lazily, one bad item never stopping the rest.

A source is a file, a folder, ``-`` (standard input), or a web address.  Each may be one article or a container: a feed, a web
archive, JSON lines, and any single one of these in one layer of gzip.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from graphkit.errors import GraphkitError, NotFound, TextTooLong, UnreadableInput
from graphkit.limits import MAX_FILE_BYTES
from graphkit.model import Document
from graphkit.reading.addresses import is_web_address
from graphkit.reading.containers.packed import GZIP_MAGIC, BoundedStream, open_packed, unpack
from graphkit.reading.formats import MEDIA_TYPES, ending_of, guess_format
from graphkit.reading.parsing import check_size
from graphkit.reading.rejection import Rejection
from graphkit.reading.web import Fetcher

STANDARD_INPUT = "-"
_HEAD_BYTES = 4_096
_STREAMED = frozenset({"warc", "jsonl"})
_STREAMED_ENDINGS = frozenset({".warc", ".jsonl", ".ndjson"})
Found = Iterator[Document | Rejection]


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Takes sources apart; ``as_format`` overrides what is guessed of each."""

    as_format: str | None = None
    stdin: BinaryIO | None = None
    fetcher: Fetcher = field(default_factory=Fetcher)

    def gather(self, sources: Sequence[str], limit: int | None) -> Found:
        """Yield the documents of all sources in order, at most ``limit`` of them, and a Rejection for each bad item."""
        count = 0
        for source in sources:
            for item in self._guard(source, self._expand(source)):
                if limit is not None and count >= limit:
                    return
                count += isinstance(item, Document)
                yield item
            if limit is not None and count >= limit:
                return

    def _guard(self, origin: str, found: Found) -> Found:
        """Turn an error that ends one source into a Rejection."""
        try:
            yield from found
        except GraphkitError as error:
            yield Rejection(origin, error)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield Rejection(
                origin,
                UnreadableInput(f"{origin}: {reason[:1].lower()}{reason[1:]}", hint="check the path and its permissions"),
            )

    def _expand(self, source: str) -> Found:
        if source == STANDARD_INPUT:
            return self._from_stdin()
        if is_web_address(source):
            return self._from_web(source)
        return self._from_path(Path(source), source)

    def _from_stdin(self) -> Found:
        stream = self.stdin or sys.stdin.buffer
        yield from self._from_stream(stream, STANDARD_INPUT)

    def _from_web(self, url: str) -> Found:
        document = self.fetcher.fetch(url)
        check_size(len(document.body), url)
        body = unpack(document.body, url) if document.body.startswith(GZIP_MAGIC) else document.body
        page = replace(document, body=body)
        name = self.as_format or guess_format(body[:_HEAD_BYTES], document.url or url, media_type=document.media_type)
        yield from self._by_format(name, page, BoundedStream(BytesIO(body), url))

    def _from_path(self, path: Path, origin: str) -> Found:
        if "\0" in origin or not path.exists():
            raise NotFound(
                f"{origin}: no file or folder of that name", hint="check the spelling; a web address begins with https://"
            )
        if path.is_dir():
            from graphkit.reading.containers.folders import find_files

            for file in find_files(path):
                yield from [file] if isinstance(file, Rejection) else self._guard(str(file), self._from_file(file, str(file)))
            return
        yield from self._from_file(path, origin)

    def _from_file(self, path: Path, origin: str) -> Found:
        is_streamed = self.as_format in _STREAMED or ending_of(origin) in _STREAMED_ENDINGS
        if path.is_file() and not is_streamed:
            check_size(path.stat().st_size, origin)
        with path.open("rb") as stream:
            yield from self._from_stream(stream, origin)

    def _from_stream(self, stream: BinaryIO, origin: str) -> Found:
        head = stream.read(_HEAD_BYTES)
        check_size(len(head), origin)
        whole = BoundedStream(stream, origin, head)
        content = open_packed(whole, origin) if head.startswith(GZIP_MAGIC) else whole
        head = content.peek(_HEAD_BYTES)
        name = self.as_format or guess_format(head, origin)
        if name in _STREAMED:
            yield from self._by_format(name, Document(b"", "", origin), content)
            return
        body = content.read(MAX_FILE_BYTES + 1)
        if len(body) > MAX_FILE_BYTES:
            raise TextTooLong(f"{origin}: more than {MAX_FILE_BYTES:,} bytes", hint="split it into articles")
        yield from self._by_format(name, Document(body, "", origin), content)

    def _by_format(self, name: str, document: Document, stream: BoundedStream) -> Found:
        """Yield the document itself, or what is in the container."""
        if name in MEDIA_TYPES:
            check_size(len(document.body), document.origin)
            return iter([replace(document, media_type=MEDIA_TYPES[name])])
        if name == "warc":
            from graphkit.reading.containers.warc import read_archive

            return read_archive(stream, document.origin)
        if name == "jsonl":
            from graphkit.reading.containers.jsonl import read_lines

            return read_lines(stream, document.origin)
        from graphkit.reading.containers.feed import read_feed

        return read_feed(document, self.fetcher if document.fetched_at else None)
