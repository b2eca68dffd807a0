"""The words of a story as the learnt overlap sees them: what tells how much each counts, and how well each is found in every sentence.

A word is found in a sentence wholly where its stem stands there, and in part where a word of like meaning does ("died" and "killed").
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.matching.meanings import DIRECTIONS, stem_vectors
from graphkit.matching.pairs.sentences import Matrices
from graphkit.matching.rarity import rarity
from graphkit.matching.words import STOP_WORDS, WORD, stem

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

TRAITS: Final = (
    "constant", "rarity", "rarity_squared", "number", "ends_ed", "ends_ing", "ends_noun", "no_meaning",
    "capital", "place", "sentence_length", "first_sentence", "told_around", "told_around_root", "repeated",
)  # fmt: skip
"""What is told of a word beside its vector of meaning: its form and place, and how many around tell it."""
_STEEPNESS, _HALF = 12.0, 0.65
"""A cosine of .65 counts as half found, .9 as nearly whole."""
_LEAST_COSINE: Final = 0.5
"""Words less alike than this are not found in each other; it would be 14 % at most."""
_FEW: Final = 1.0
"""What is told around is told by few where the likeness of the articles around sums up to less than this."""
_ROWS, _PIECE = 64, 32
_NOUN_ENDINGS: Final = ("tion", "ment", "er")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The distinct stems of each sentence, sentence after sentence, and how well each stem is found in every sentence.

    ``sentence_of`` and ``stem_of`` are by word, ``traits`` words × ``TRAITS``; ``meanings`` are by stem, rows of unit length or zeros;
    ``found`` is stems × sentences, sparse, 0 to 1.
    """

    sentence_of: "Array"
    stem_of: "Array"
    traits: "Array"
    meanings: "Array"
    found: Any


class _Token(NamedTuple):
    stem: str
    times: int
    traits: tuple[float, ...]


@lru_cache(maxsize=1 << 13)
def _tokens(text: str, is_first: bool) -> tuple[_Token, ...]:
    """Return the distinct stems of a sentence in their order, each with the traits that the sentence alone tells."""
    words = WORD.findall(text)
    kept = [(place, word, lower) for place, word in enumerate(words) if (lower := word.lower()) not in STOP_WORDS]
    stems = [stem(lower) for _, _, lower in kept]
    counts, first = Counter(stems), dict(zip(reversed(stems), reversed(kept), strict=True))
    reach, length = max(1, len(words) - 1), math.log1p(len(kept)) / 3
    found = []
    for one, times in counts.items():
        place, word, lower = first[one]
        traits = (*_form(one, lower), float(word[0].isupper()), place / reach, length, float(is_first))
        found.append(_Token(one, times, traits))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _form(one: str, lower: str) -> tuple[float, ...]:
    """Return the traits that a word and its stem have wherever they stand."""
    rare = rarity(one) / 8
    return (
        1.0,
        rare,
        rare**2,
        float(any(letter.isdigit() for letter in lower)),
        float(lower.endswith("ed")),
        float(lower.endswith("ing")),
        float(lower.endswith(_NOUN_ENDINGS)),
        float(one not in stem_vectors()[0]),
    )


def words_of_story(matrices: Matrices) -> Words:
    """Read the words of all sentences of a story."""
    import numpy as np
    from scipy import sparse

    articles = matrices.article_of.tolist()
    firsts = [place == 0 or articles[place - 1] != article for place, article in enumerate(articles)]
    tokens = [_tokens(one.text, is_first) for one, is_first in zip(matrices.sentences, firsts, strict=True)]
    column = {one: place for place, one in enumerate(sorted({token.stem for row in tokens for token in row}))}
    sentence_of = np.repeat(np.arange(len(tokens)), [len(row) for row in tokens])
    stem_of = np.fromiter((column[token.stem] for row in tokens for token in row), dtype=np.int64, count=len(sentence_of))
    own = np.array([token.traits for row in tokens for token in row]).reshape(len(sentence_of), len(TRAITS) - 3)
    times = np.fromiter((token.times for row in tokens for token in row), dtype=np.float64, count=len(sentence_of))
    shape = len(matrices.articles), max(1, len(column))
    counts = sparse.csr_matrix((times, (matrices.article_of[sentence_of], stem_of)), shape=shape)
    article = matrices.article_of[sentence_of]
    around = sparse.csr_matrix(matrices.likeness @ counts.sign())
    weight = np.asarray(matrices.likeness.sum(axis=1)).ravel()[article] + _FEW
    told = np.round(np.asarray(around[article, stem_of]).ravel() / weight, 9)
    repeated = np.minimum(3.0, np.asarray(counts[article, stem_of]).ravel()) / 3
    traits = np.column_stack([own, told, np.sqrt(told), repeated])
    rows, likeness = _stems(tuple(column))
    return Words(sentence_of, stem_of, traits, rows, _found(likeness, sentence_of, stem_of, len(tokens)))


def _stems(stems: Sequence[str]) -> "tuple[Array, Any]":
    """Return the vectors of stems, of unit length, and how well each is found in each (sparse, symmetric, 1 on the diagonal)."""
    import numpy as np
    from scipy import sparse

    known, vectors = stem_vectors()
    count = max(1, len(stems))
    at = np.array([place for place, one in enumerate(stems) if one in known], dtype=np.int64)
    row_of = np.array([known[stems[place]] for place in at.tolist()], dtype=np.int64)
    rows = np.zeros((count, DIRECTIONS))
    rows[at] = vectors[row_of]
    ones, twos, values = np.arange(count), np.arange(count), np.ones(count)
    if near := _near(row_of.tolist()):
        place_of = np.full(len(vectors), -1)
        place_of[row_of] = at
        one = np.repeat(at, [len(others) for others, _ in near])
        two = place_of[np.concatenate([others for others, _ in near])]
        is_here = two >= 0
        ones, twos = np.concatenate([ones, one[is_here]]), np.concatenate([twos, two[is_here]])
        values = np.concatenate([values, np.concatenate([strengths for _, strengths in near])[is_here]])
    return rows, sparse.csr_matrix((values, (ones, twos)), shape=(count, count))


@cache
def _pieces() -> "Array":
    """Return the vectors of all stems, turned, in pieces of 32, the last filled up with zeros.

    A product of more at once would be shared out to threads, which cost more than it does.
    """
    import numpy as np

    _, vectors = stem_vectors()
    filled = np.zeros((-(-len(vectors) // _PIECE) * _PIECE, DIRECTIONS))
    filled[: len(vectors)] = vectors
    return np.ascontiguousarray(filled.reshape(-1, _PIECE, DIRECTIONS).transpose(0, 2, 1))


_NEAR: "Final[dict[int, tuple[Array, Array]]]" = {}
"""Of each stem of the table that was asked for: the others like it, and how well it is found in them."""


def _near(rows: Sequence[int]) -> "list[tuple[Array, Array]]":
    """Return, for each stem by its row in the table, the rows of the others that are like it, and how well it is found in them.

    Kept, because the table does not change: comparing all words of a story with each other anew would cost most of the score.
    """
    import numpy as np

    _, vectors = stem_vectors()
    new = sorted({row for row in rows if row not in _NEAR})
    for start in range(0, len(new), _ROWS):
        block = np.array(new[start : start + _ROWS])
        cosines = np.matmul(vectors[block], _pieces()).transpose(1, 0, 2).reshape(len(block), -1)
        cosines[np.arange(len(block)), block] = 0.0
        one, two = np.nonzero(cosines >= _LEAST_COSINE)
        strengths = np.round(1 / (1 + np.exp(-_STEEPNESS * (cosines[one, two] - _HALF))), 9)
        ends = np.cumsum(np.bincount(one, minlength=len(block)))[:-1]
        parts = zip(np.split(two.astype(np.int32), ends), np.split(strengths, ends), strict=True)
        # copies, so that a part does not hold the whole
        _NEAR.update((row, (others.copy(), found.copy())) for row, (others, found) in zip(block.tolist(), parts, strict=True))
    return [_NEAR[row] for row in rows]


def _found(likeness: Any, sentence_of: "Array", stem_of: "Array", sentences: int) -> Any:
    """Return how well each stem is found in each sentence: as well as in the word there that is most like it."""
    import numpy as np
    from scipy import sparse

    near = likeness[stem_of]
    sentence = np.repeat(sentence_of, np.diff(near.indptr)).astype(np.int64)
    key = near.indices.astype(np.int64) * sentences + sentence
    order = np.lexsort((near.data, key))
    last = order[np.flatnonzero(np.diff(key[order], append=-1))]
    return sparse.csr_matrix((near.data[last], (near.indices[last], sentence[last])), shape=(likeness.shape[0], sentences))
