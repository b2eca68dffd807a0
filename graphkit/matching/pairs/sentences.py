"""Sentences of several articles as sparse vectors: what the features of pairs are computed from.

A sentence is compared within its surroundings: the other sentences of its article, and the articles most like it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.rarity import rarity
from graphkit.matching.words import STOP_WORDS, WORD, stem, word_set

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

LEAST_LIKENESS: Final = 0.03
"""Articles less alike than this are no neighbours."""
RARE: Final = 4.0
"""Only stems at least this rare (in fewer than two of a hundred sentences) make articles alike."""
CROWD: Final = 1_000
_ROWS: Final = 1_000
NEIGHBOURS: Final = 30
"""How many articles make up the surroundings of one."""
_NAME = re.compile(r"\b[A-Z][\w’'-]*")
_LETTER = re.compile(r"\w")
_POSSESSIVE = re.compile(r"[’']s?$")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NUMBER_WORDS: Final = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "dozen": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100",
}  # fmt: skip
_PERSONAL: Final = word_set("he she him her his hers")
_DAYS: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december"
)
"""Weekdays and months, but for those that are other words too."""
_REPORTING: Final = word_set("said says told according say")
_OPEN: Final = word_set("will would could may might expected plans plan likely set shall if whether")
_NEGATION: Final = word_set("not no never none nobody nothing without denied denies deny cannot")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or assertion: its name, its article's name, its place among the article's (0 first), and its words."""

    name: str
    article: str
    place: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What one sentence is made of, read once.

    ``content`` are the stems of its words without stop words, ``words`` these words in lower case, in order; ``stems`` the distinct stems,
    each with how often it stands there in ``times``, and in ``forms``, ``places`` and ``is_capital`` what is told of its first word.
    ``pronouns`` are those of persons, two at most; ``days`` weekdays and months; it ``is_reported`` where it says that one says it, and
    ``is_open`` where it tells what will, may or should be.
    """

    words: tuple[str, ...]
    content: tuple[str, ...]
    stems: tuple[str, ...]
    forms: tuple[str, ...]
    times: tuple[int, ...]
    places: tuple[float, ...]
    is_capital: tuple[bool, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    is_negated: bool
    is_quoted: bool
    is_headline: bool
    pronouns: int
    days: frozenset[str]
    is_reported: bool
    is_open: bool

    @property
    def length(self) -> int:
        """How many words it has, without stop words."""
        return len(self.words)


def read(sentence: Sentence) -> Read:
    """Read the words of a sentence."""
    return _read(sentence.text, sentence.place <= 1)


@lru_cache(maxsize=1 << 14)
def _read(text: str, is_first: bool) -> Read:
    # kept, because an added article has the sentences of its whole story compared again
    found = WORD.findall(text)
    lowered = [word.lower() for word in found]
    at = [place for place, word in enumerate(lowered) if word not in STOP_WORDS]
    words = [intern(lowered[place]) for place in at]
    content = tuple(map(stem, words))
    times = Counter(content)
    first = dict(zip(reversed(content), reversed(range(len(at))), strict=True))
    firsts = [first[one] for one in times]
    reach = max(1, len(found) - 1)
    numbers = {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(text)} | {
        _NUMBER_WORDS[word] for word in words if word in _NUMBER_WORDS
    }
    return Read(
        words=tuple(words),
        content=content,
        stems=tuple(times),
        forms=tuple(words[place] for place in firsts),
        times=tuple(times.values()),
        places=tuple(at[place] / reach for place in firsts),
        is_capital=tuple(found[at[place]][0].isupper() for place in firsts),
        names=_names(text, len(at)),
        numbers=frozenset(numbers),
        is_negated=not _NEGATION.isdisjoint(lowered) or "n’t" in text or "n't" in text,
        is_quoted=any(mark in text for mark in '"“”'),
        is_headline=is_first and not text.rstrip().endswith((".", "!", '"', "”")),
        pronouns=min(2, sum(word in _PERSONAL for word in lowered)),
        days=_DAYS.intersection(lowered),
        is_reported=not _REPORTING.isdisjoint(lowered),
        is_open=not _OPEN.isdisjoint(lowered),
    )


def _names(text: str, count: int) -> frozenset[str]:
    """Return the capitalised words that are not merely first in a sentence or in a headline: stems, lower case.

    ``count`` is how many words there are, without stop words.
    """
    words = [match for match in _NAME.finditer(text) if match.group().lower() not in STOP_WORDS]
    if not words:
        return frozenset()
    first = _LETTER.search(text)
    start = first.start() if first else 0
    is_title = len(words) > 0.6 * max(1, count)
    found: set[str] = set()
    for match in words:
        word = _POSSESSIVE.sub("", match.group().lower())
        if (match.start() == start or is_title) and rarity(stem(word)) < _COMMON_WORD:
            continue
        found.update(stem(part) for part in WORD.findall(word) if len(part) > 1)
    return frozenset(found)


_COMMON_WORD: Final = 6.5


@dataclass(frozen=True, slots=True, eq=False)
class Matrices:
    """Sentences as rows of sparse matrices of unit length, and articles as rows likewise, with their likeness.

    ``vocabulary`` are the stems by column, with their ``rarities``; ``stem_of`` the columns of the stems of all reads, one after the
    other.  ``products`` are the cosines of all sentences with all, by measure ("stems", "grams", "meanings"); ``shared`` how many stems
    each two have in common.  The sentences are those of one story, so that all with all is little.
    """

    sentences: tuple[Sentence, ...]
    reads: tuple[Read, ...]
    articles: tuple[str, ...]
    article_of: "Array"
    vocabulary: tuple[str, ...]
    rarities: "Array"
    stem_of: "Array"
    stems: Any
    meanings: "Array"
    likeness: Any
    around: Any
    products: "dict[str, Array]"
    shared: "Array"


def build(sentences: Sequence[Sentence], *, neighbours: int = NEIGHBOURS) -> Matrices:
    """Build the matrices of sentences, which are put in the order of article and place first."""
    import numpy as np
    from scipy import sparse

    from graphkit.matching.meanings import meanings_of

    ordered = tuple(sorted(sentences, key=lambda one: (one.article, one.place, one.name)))
    reads = tuple(read(one) for one in ordered)
    articles = tuple(sorted({one.article for one in ordered}))
    number = {name: place for place, name in enumerate(articles)}
    article_of = np.array([number[one.article] for one in ordered], dtype=np.int64)
    sizes = np.array([len(one.stems) for one in reads], dtype=np.int64)
    vocabulary, stem_of = columns_of((one.stems for one in reads), int(sizes.sum()))
    rarities = np.array([rarity(one) for one in vocabulary], dtype=np.float64)
    row_of, shape = np.repeat(np.arange(len(reads)), sizes), (len(reads), max(1, len(vocabulary)))
    stems = _unit_rows(row_of, stem_of, rarities[stem_of], shape)
    is_rare = rarities[stem_of] >= RARE
    rare = _unit_rows(row_of[is_rare], stem_of[is_rare], rarities[stem_of[is_rare]], shape)
    likeness = _likeness(_without_crowds(_sums(rare, article_of, len(articles))), neighbours)
    grams, meanings = _grams(vocabulary, row_of, stem_of, len(reads)), meanings_of([one.words for one in reads])
    present = sparse.csr_matrix((np.ones(len(stems.data)), stems.indices, stems.indptr), shape=shape)
    # einsum, not a product of matrices: so little is not worth the threads that a library for these starts
    products = {
        "stems": (stems @ stems.T).toarray(),
        "grams": (grams @ grams.T).toarray(),
        "meanings": np.einsum("ik,jk->ij", meanings, meanings),
    }
    return Matrices(
        ordered,
        reads,
        articles,
        article_of,
        vocabulary,
        rarities,
        stem_of,
        stems,
        meanings,
        likeness,
        _unit(likeness @ _sums(stems, article_of, len(articles))),
        # in nine decimals, so that it does not matter how processors add up
        {name: np.round(product, 9) for name, product in products.items()},
        (present @ present.T).toarray(),
    )


def columns_of(rows: Iterable[Iterable[str]], count: int) -> "tuple[tuple[str, ...], Array]":
    """Return the distinct words of rows in the order of their first places, and the number of each of the ``count`` words among them."""
    import numpy as np

    column: dict[str, int] = {}
    places = np.fromiter((column.setdefault(word, len(column)) for word in chain.from_iterable(rows)), np.int64, count)
    return tuple(column), places


def _grams(vocabulary: Sequence[str], row_of: "Array", stem_of: "Array", rows: int) -> Any:
    """Return the character n-grams (4) of stems with the rarity of the stem, for near spellings ("Rait", "Raite").

    An n-gram that several stems of a sentence have weighs there what it does in the rarest.
    """
    import numpy as np

    found = [_grams_of(one) for one in vocabulary]
    weights, counts = np.array([weight for _, weight in found]), np.array([len(keys) for keys, _ in found], dtype=np.int64)
    keys = np.fromiter(chain.from_iterable(keys for keys, _ in found), np.int64, int(counts.sum()))
    distinct, column = np.unique(keys, return_inverse=True)
    # the lightest stem first, so that of one n-gram in one sentence the last is the heaviest
    order = np.argsort(weights[stem_of], kind="stable")
    row_of, stem_of = row_of[order], stem_of[order]
    each = counts[stem_of]
    row, weight = np.repeat(row_of, each), np.repeat(weights[stem_of], each)
    places = (
        np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each) + np.repeat((np.cumsum(counts) - counts)[stem_of], each)
    )
    cell = row * max(1, len(distinct)) + column[places]
    order = np.argsort(cell, kind="stable")
    last = order[np.flatnonzero(np.diff(cell[order], append=-1))]
    return _unit_rows(row[last], column[places[last]], weight[last], (rows, max(1, len(distinct))))


@lru_cache(maxsize=1 << 14)
def _grams_of(one: str) -> tuple[tuple[int, ...], float]:
    from zlib import crc32

    padded = f" {one} "
    count = max(1, len(padded) - 3)
    grams = {crc32(padded[start : start + 4].encode()) & 0xFFFFF for start in range(count)}
    return tuple(sorted(grams)), rarity(one) / count**0.5


def _unit_rows(row_of: "Array", columns: "Array", weights: "Array", shape: tuple[int, int]) -> Any:
    """Return weights as a sparse matrix with rows of unit length, given the row of each, ascending."""
    import numpy as np
    from scipy import sparse

    lengths = np.sqrt(np.bincount(row_of, weights=weights * weights, minlength=shape[0]))
    ends = np.concatenate([[0], np.cumsum(np.bincount(row_of, minlength=shape[0]))])
    matrix = sparse.csr_matrix((weights / np.where(lengths > 0, lengths, 1.0)[row_of], columns, ends), shape=shape)
    matrix.sort_indices()
    return matrix


def _unit(matrix: Any) -> Any:
    """Return a sparse matrix with its rows brought to unit length."""
    import numpy as np

    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return _unit_rows(row_of, matrix.indices, matrix.data, matrix.shape)


def _sums(rows: Any, groups: "Array", count: int) -> Any:
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
