"""Hashed runs of eight words: what two texts share, word for word."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.words import WORD
from graphkit.model import Span

if TYPE_CHECKING:
    import numpy

RUN: Final = 8
_ODD: Final = 0x9E3779B97F4A7C15
_MASK: Final = (1 << 64) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """The runs of eight words of one text: hashes in text order, where each run begins and ends, and the distinct hashes, sorted."""

    name: str
    hashes: "numpy.ndarray[Any, Any]"
    begins: "numpy.ndarray[Any, Any]"
    ends: "numpy.ndarray[Any, Any]"
    distinct: "numpy.ndarray[Any, Any]"

    def span(self, first: int, last: int) -> Span:
        """Return the span from run ``first`` to run ``last``, inclusive."""
        return Span(int(self.begins[first]), int(self.ends[last]))


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def shingle(name: str, text: str) -> Shingles:
    r"""Hash the runs of eight words (``\w+``, lower case) of a text to 64 bits each; the same on any machine."""
    import numpy as np

    found = [(match.group().lower(), match.start(), match.end()) for match in WORD.finditer(text)]
    words = np.array([_word_hash(word) for word, _, _ in found], dtype=np.uint64)
    count = max(0, len(found) - RUN + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    factor = 1
    for place in range(RUN if count else 0):
        hashes += words[place : place + count] * np.uint64(factor)
        factor = factor * _ODD & _MASK
    # the high bits of a sum of products depend on all words, the low ones on few: fold them together
    hashes ^= hashes >> np.uint64(31)
    begins = np.array([begin for _, begin, _ in found[:count]], dtype=np.int64)
    ends = np.array([end for _, _, end in found[RUN - 1 :]][:count], dtype=np.int64)
    return Shingles(name, hashes, begins, ends, np.unique(hashes))
