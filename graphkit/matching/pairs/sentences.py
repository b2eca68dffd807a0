"""Sentences of several articles as sparse vectors: what the features of pairs are computed from.

A sentence is compared within its surroundings: the other sentences of its article, and the articles most like it.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.rarity import rarity
from graphkit.matching.words import STOP_WORDS, WORD, stem, word_set

if TYPE_CHECKING:
    import numpy

LEAST_LIKENESS: Final = 0.03
"""Articles less alike than this are no neighbours."""
RARE: Final = 4.0
"""Only stems at least this rare (in fewer than two of a hundred sentences) make articles alike."""
CROWD: Final = 1_000
_ROWS: Final = 1_000
NEIGHBOURS: Final = 30
"""How many articles make up the surroundings of one."""
_NAME = re.compile(r"\b[A-Z][\w’'-]*")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NUMBER_WORDS: Final = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "dozen": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100",
}  # fmt: skip
_NEGATION: Final = word_set("not no never none nobody nothing without denied denies deny cannot")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or assertion: its name, its article's name, its place among the article's (0 first), and its words."""

    name: str
    article: str
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """What one sentence is made of, read once."""

    words: tuple[str, ...]
    stems: dict[str, float]
    bigrams: frozenset[str]
    grams: dict[int, float]
    names: frozenset[str]
    numbers: frozenset[str]
    length: int
    is_negated: bool
    is_quoted: bool
    is_headline: bool


def read(sentence: Sentence) -> Read:
    """Read the words of a sentence."""
    return _read(sentence.text, sentence.place <= 1)


@lru_cache(maxsize=1 << 13)
def _read(text: str, is_first: bool) -> Read:
    # kept, because an added article has the sentences of its whole story compared again
    words = WORD.findall(text.lower())
    content = [stem(word) for word in words if word not in STOP_WORDS]
    numbers = {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)} | {
        _NUMBER_WORDS[word] for word in words if word in _NUMBER_WORDS
    }
    return Read(
        words=tuple(word for word in words if word not in STOP_WORDS),
        stems={one: rarity(one) for one in content},
        bigrams=frozenset(f"{a} {b}" for a, b in itertools.pairwise(content)),
        grams=_grams(content),
        names=_names(text),
        numbers=frozenset(numbers),
        length=len(content),
        is_negated=bool(_NEGATION.intersection(words)) or "n’t" in text or "n't" in text,
        is_quoted=any(mark in text for mark in '"“”'),
        is_headline=is_first and not text.rstrip().endswith((".", "!", '"', "”")),
    )


def _grams(content: Sequence[str]) -> dict[int, float]:
    """Return the character n-grams (4) of stems with the rarity of the stem, for near spellings ("Rait", "Raite")."""
    found: dict[int, float] = {}
    for one in set(content):
        keys, weight = _grams_of(one)
        for key in keys:
            if found.get(key, 0.0) < weight:
                found[key] = weight
    return found


@lru_cache(maxsize=1 << 14)
def _grams_of(one: str) -> tuple[tuple[int, ...], float]:
    from zlib import crc32

    padded = f" {one} "
    count = max(1, len(padded) - 3)
    return tuple(crc32(padded[start : start + 4].encode()) & 0xFFFFF for start in range(count)), rarity(one) / count**0.5


def _names(text: str) -> frozenset[str]:
    """Return the capitalised words that are not merely first in a sentence or in a headline: stems, lower case."""
    letters = [letter for letter in text if letter.isalpha()]
    words = [match for match in _NAME.finditer(text) if match.group().lower() not in STOP_WORDS]
    first = next((match.start() for match in re.finditer(r"\w", text)), 0)
    all_words = WORD.findall(text)
    is_title = bool(letters) and len(words) > 0.6 * max(1, len([w for w in all_words if w.lower() not in STOP_WORDS]))
    found: set[str] = set()
    for match in words:
        word = re.sub(r"[’']s?$", "", match.group().lower())
        if (match.start() == first or is_title) and rarity(stem(word)) < _COMMON_WORD:
            continue
        found.update(stem(part) for part in WORD.findall(word) if len(part) > 1)
    return frozenset(found)


_COMMON_WORD: Final = 6.5


@dataclass(frozen=True, slots=True, eq=False)
class Matrices:
    """Sentences as rows of sparse matrices of unit length, and articles as rows likewise, with their likeness.

    ``products`` are the cosines of all sentences with all, by measure ("stems", "grams", "meanings"); ``shared`` how many stems each two
    have in common.  The sentences are those of one story, so that all with all is little.
    """

    sentences: tuple[Sentence, ...]
    reads: tuple[Read, ...]
    articles: tuple[str, ...]
    article_of: "numpy.ndarray[Any, Any]"
    stems: Any
    grams: Any
    meanings: "numpy.ndarray[Any, Any]"
    article_stems: Any
    likeness: Any
    around: Any
    products: "dict[str, numpy.ndarray[Any, Any]]"
    shared: "numpy.ndarray[Any, Any]"


def build(sentences: Sequence[Sentence], *, neighbours: int = NEIGHBOURS) -> Matrices:
    """Build the matrices of sentences, which are put in the order of article and place first."""
    import numpy as np

    from graphkit.matching.meanings import meanings_of

    ordered = tuple(sorted(sentences, key=lambda one: (one.article, one.place, one.name)))
    reads = tuple(read(one) for one in ordered)
    articles = tuple(sorted({one.article for one in ordered}))
    number = {name: place for place, name in enumerate(articles)}
    article_of = np.array([number[one.article] for one in ordered], dtype=np.int64)
    stems = _unit_rows([one.stems for one in reads])
    rows = _sums(stems, article_of, len(articles))
    rare = _unit_rows([{key: weight for key, weight in one.stems.items() if weight >= RARE} for one in reads])
    likeness = _likeness(_without_crowds(_sums(rare, article_of, len(articles))), neighbours)
    around = _unit(likeness @ rows)
    grams, meanings = _unit_rows([one.grams for one in reads]), meanings_of([one.words for one in reads])
    # einsum, not a product of matrices: so little is not worth the threads that a library for these starts
    products = {
        "stems": (stems @ stems.T).toarray(),
        "grams": (grams @ grams.T).toarray(),
        "meanings": np.einsum("ik,jk->ij", meanings, meanings),
    }
    present = stems.sign()
    return Matrices(
        ordered,
        reads,
        articles,
        article_of,
        stems,
        grams,
        meanings,
        rows,
        likeness,
        around,
        # in nine decimals, so that it does not matter how processors add up
        {name: np.round(product.astype(np.float64), 9) for name, product in products.items()},
        (present @ present.T).toarray(),
    )


def _unit_rows(rows: Sequence[dict[Any, float]]) -> Any:
    """Return rows of weights as a sparse matrix with rows of unit length."""
    import numpy as np
    from scipy import sparse

    column: dict[Any, int] = {}
    indptr = np.cumsum([0, *map(len, rows)])
    places = (column.setdefault(key, len(column)) for row in rows for key in row)
    indices = np.fromiter(places, dtype=np.int64, count=int(indptr[-1]))
    data = np.fromiter((value for row in rows for value in row.values()), dtype=np.float64, count=int(indptr[-1]))
    return _unit(sparse.csr_matrix((data, indices, indptr), shape=(len(rows), max(1, len(column)))))


def _unit(matrix: Any) -> Any:
    import numpy as np
    from scipy import sparse

    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1.0 / np.where(lengths > 0, lengths, 1.0)) @ matrix)


def _sums(rows: Any, groups: "numpy.ndarray[Any, Any]", count: int) -> Any:
    import numpy as np
    from scipy import sparse

    member = sparse.csr_matrix((np.ones(len(groups)), (groups, np.arange(len(groups)))), shape=(count, len(groups)))
    return _unit(member @ rows)


def _without_crowds(articles: Any) -> Any:
    """Return the rows without the columns that more than a thousand have: their number of pairs would grow with its square."""
    import numpy as np
    from scipy import sparse

    crowded = np.bincount(articles.indices, minlength=articles.shape[1]) > CROWD
    return _unit(articles @ sparse.diags((~crowded).astype(np.float64))) if crowded.any() else articles


def _likeness(articles: Any, neighbours: int) -> Any:
    """Return how alike articles are (cosine), the most alike of each only, itself left out."""
    from scipy import sparse

    turned = articles.T.tocsr()
    parts = [
        _nearest(sparse.csr_matrix(articles[start : start + _ROWS] @ turned), start, neighbours)
        for start in range(0, articles.shape[0], _ROWS)
    ]
    return sparse.vstack(parts).tocsr() if parts else sparse.csr_matrix((0, 0))


def _nearest(product: Any, first: int, neighbours: int) -> Any:
    """Return rows with the highest values only; row ``i`` is article ``first + i``, whose likeness with itself is left out."""
    import numpy as np

    data, indices, indptr = product.data, product.indices, product.indptr
    row_of = np.repeat(np.arange(product.shape[0]), np.diff(indptr))
    data[(indices == row_of + first) | (data < LEAST_LIKENESS)] = 0.0
    # by row, likeness, then number: ties do not depend on how the product was made
    order = np.lexsort((indices, -np.round(data, 9), row_of))
    rank = np.arange(len(order)) - indptr[row_of[order]]
    data[order[rank >= neighbours]] = 0.0
    product.eliminate_zeros()
    product.sort_indices()
    return product
