"""A digest of the code and tables of this package: what was found by other code than today's is not used again."""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_SUFFIXES: Final = (".py", ".txt", ".csv", ".json", ".gz")
_ELSEWHERE: Final = frozenset({"__pycache__", "model", "assets"})
"""Folders of which matching reads nothing: compiled code, the tagger's weights (articles come tagged), what the page is made of."""


@cache
def sources_digest() -> str:
    """Return a digest of all sources and tables that matching may read, and of the versions of Python and numpy; some 15 ms, once.

    Not only of this room: figures are read by the rules of extraction, credits by the tables of knowledge.
    """
    import numpy as np

    digest = sha256(repr((sys.version_info[:3], np.__version__)).encode())
    for name, file in sources():
        body = file.read_bytes()
        digest.update(f"{name}\0{len(body)}\0".encode() + body)
    return digest.hexdigest()


def sources(folder: Traversable | None = None, name: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield the files of the package that are digested, each with its path inside it, in the order of their names."""
    inside = files(__package__.partition(".")[0]) if folder is None else folder
    for one in sorted(inside.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            if one.name not in _ELSEWHERE:
                yield from sources(one, f"{name}{one.name}/")
        elif one.name.endswith(_SUFFIXES):
            yield name + one.name, one
