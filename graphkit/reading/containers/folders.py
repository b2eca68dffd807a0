"""A folder of articles: which files in it are taken, and in which order.

Hidden files and files of other types (graphs, metadata, images) are passed over in silence, because folders hold such things; a
file that is *named* is never passed over.  A symbolic link is followed only to a file inside the folder: a folder that somebody
sends must not read the reader's own files into a graph.
"""

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from graphkit.errors import TextTooLong, UnreadableInput, UnsupportedFormat
from graphkit.limits import MAX_FOLDER_FILES
from graphkit.reading.formats import BY_ENDING, READ, ending_of, guess_format
from graphkit.reading.rejection import Rejection

_LEAST_WORDS = 4
_HEAD_BYTES = 65_536


def find_files(folder: Path) -> Iterator[Path | Rejection]:
    """Yield the article files of a folder and all folders below, sorted by path; a Rejection for what is refused aloud.

    Raises:
        UnreadableInput: There is no article in it.
    """
    count = 0
    for found in _walk(folder):
        if count >= MAX_FOLDER_FILES:
            error = TextTooLong(
                f"{folder}: more than {MAX_FOLDER_FILES:,} files; the rest is left out", hint="give its subfolders"
            )
            yield Rejection(str(folder), error)
            return
        if isinstance(found, Rejection) or _is_article_file(found):
            count += 1
            yield found
    if count == 0:
        raise UnreadableInput(f"{folder}: no article in this folder", hint=f"graphkit reads {READ}")


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    """Yield what may be an article file, in path order, each real file once."""
    inside = folder.resolve()
    refused: list[OSError] = []
    candidates: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=refused.append):
        pages = {Path(name).stem for name in names if ending_of(name) in {".html", ".htm"}}
        folders[:] = [name for name in folders if not name.startswith(".") and not _belongs_to_page(name, pages)]
        candidates += [Path(place, name) for name in names if not name.startswith(".") and ending_of(name) in _POSSIBLE]
    yield from (Rejection(str(error.filename), UnreadableInput(f"{error.filename}: {error.strerror}")) for error in refused)
    seen = {path.resolve() for path in candidates if not path.is_symlink()}
    for path in sorted(candidates, key=lambda path: path.parts):
        if not path.is_symlink():
            yield path
        elif not path.resolve().is_relative_to(inside):
            yield Rejection(
                str(path), UnreadableInput(f"{path}: the link leads out of the folder", hint="name its target to read it")
            )
        elif path.resolve() not in seen:
            seen.add(path.resolve())
            yield path


_POSSIBLE = frozenset({*BY_ENDING, ".xml"})


def _belongs_to_page(name: str, pages: set[str]) -> bool:
    """Say whether a folder holds the images and frames that a browser saved beside a page ("page.html", "page_files")."""
    return name.endswith("_files") and name.removesuffix("_files") in pages


def _is_article_file(path: Path) -> bool:
    """Say whether a file is taken: JSON lines only where they hold texts, XML only where it is a feed."""
    ending = ending_of(path.name)
    if ending not in {".xml", ".jsonl", ".ndjson"}:
        return path.is_file()
    try:
        head = _head_of(path)
        return guess_format(head, path.name) == "feed" if ending == ".xml" else _holds_texts(head)
    except (UnsupportedFormat, OSError, EOFError, zlib.error):
        return False


def _head_of(path: Path) -> bytes:
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    with opener(path, "rb") as stream:
        return stream.read(_HEAD_BYTES)


def _holds_texts(head: bytes) -> bool:
    """Say whether the first line is an article: a catalogue of files has a ``text`` too, but a path is no text."""
    first = head.lstrip().partition(b"\n")[0]
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return len(first) >= _HEAD_BYTES - 1 and b'"text"' in first
    text = value.get("text") if isinstance(value, dict) else None
    return isinstance(text, str) and len(text.split()) >= _LEAST_WORDS
