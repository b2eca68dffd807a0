"""Sentences as small dense vectors of meaning, from a table of word vectors in the package.

The vectors are those that the sentence encoder all-MiniLM-L6-v2 (Apache-2.0) gives to single words, turned to their 64 main
directions and rounded to bytes; a sentence is their sum, rare words counting more.  This is far from what the encoder itself sees, but
costs nothing at run time and tells that "died" and "killed" are near.
"""

import gzip
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import DamagedPart
from graphkit.matching.rarity import rarity
from graphkit.matching.words import stem

if TYPE_CHECKING:
    import numpy

TABLE: Final = "word_vectors.bin.gz"
DIRECTIONS: Final = 64
_SCALE: Final = 127.0
_FINE: Final = 2.0**20


@cache
def _table() -> "tuple[dict[str, int], numpy.ndarray[Any, Any]]":
    import numpy as np

    try:
        head, _, body = gzip.decompress((files(__package__) / "tables" / TABLE).read_bytes()).partition(b"\0")
        words = {word: place for place, word in enumerate(head.decode().split("\n"))}
        vectors = np.frombuffer(body, dtype=np.int8).reshape(len(words), DIRECTIONS)
    except (OSError, ValueError) as error:
        raise DamagedPart(
            f"the table {TABLE} of graphkit.matching cannot be read: {error}", hint="install graphkit again"
        ) from error
    return words, vectors


@cache
def stem_vectors() -> "tuple[dict[str, int], numpy.ndarray[Any, Any]]":
    """Return the row number of each stem that the table knows, and the vectors of stems: rows of unit length, the sums of their words'.

    In twenty binary digits, so that their products are exact: it does not matter how processors add up.
    """
    import numpy as np

    known, vectors = _table()
    rows: dict[str, int] = {}
    row_of = [rows.setdefault(stem(word), len(rows)) for word in known]
    sums = np.zeros((len(rows), DIRECTIONS))
    np.add.at(sums, row_of, vectors)
    lengths = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    return rows, np.round(sums / np.where(lengths > 0, lengths, 1.0) * _FINE) / _FINE


def meanings_of(texts: Sequence[Sequence[str]]) -> "numpy.ndarray[Any, Any]":
    """Return the meaning of each text, given as its words in lower case, as a row of unit length; zeros where no word is known."""
    import numpy as np

    known, vectors = _table()
    rows = np.zeros((len(texts), DIRECTIONS))
    places = [[known[word] for word in words if word in known] for words in texts]
    weights = [rarity(stem(word)) for words in texts for word in words if word in known]
    counts = np.array([len(row) for row in places], dtype=np.int64)
    if weights:
        weighed = vectors[[place for row in places for place in row]] * np.array(weights)[:, None]
        starts = np.cumsum(counts) - counts
        rows[counts > 0] = np.add.reduceat(weighed, starts[counts > 0], axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    # in six decimals, so that it does not matter how processors add up
    return np.round(rows / np.where(lengths > 0, lengths, 1.0), 6)


def packed(words: Sequence[str], vectors: "numpy.ndarray[Any, Any]") -> bytes:
    """Return the table as it is stored: words, a zero byte, and a row of bytes each; equal input gives equal bytes."""
    import numpy as np

    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred.T @ centred)
    turned = centred @ directions[:DIRECTIONS].T
    rounded = np.clip(np.round(turned / np.abs(turned).max(axis=1, keepdims=True) * _SCALE), -_SCALE, _SCALE).astype(np.int8)
    return gzip.compress("\n".join(words).encode() + b"\0" + rounded.tobytes(), mtime=0)
