"""The words of a story as the learnt overlap sees them: what tells how much each counts, and how well each is found in every sentence.

A word is found in a sentence wholly where its stem stands there, and in part where a word of like meaning does ("died" and "killed").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.meanings import DIRECTIONS, stem_vectors
from graphkit.matching.pairs.sentences import Matrices, columns_of
from graphkit.matching.rarity import rarity
from graphkit.matching.words import stem

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
_FORM: Final = 8
"""How many traits a word has wherever it stands."""
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


@lru_cache(maxsize=1 << 14)
def _form(lower: str) -> tuple[float, ...]:
    """Return the traits that a word in lower case has wherever it stands."""
    one = stem(lower)
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

    reads, stem_of, article_of = matrices.reads, matrices.stem_of, matrices.article_of
    sentence_of = np.repeat(np.arange(len(reads)), [len(one.stems) for one in reads])
    article = article_of[sentence_of]
    times = np.fromiter(chain.from_iterable(one.times for one in reads), np.float64, len(stem_of))
    shape = len(matrices.articles), max(1, len(matrices.vocabulary))
    counts = sparse.csr_matrix((times, (article, stem_of)), shape=shape).toarray()
    around = matrices.likeness @ (counts > 0)
    weight = np.asarray(matrices.likeness.sum(axis=1)).ravel()[article] + _FEW
    told = np.round(around[article, stem_of] / weight, 9)
    repeated = np.minimum(3.0, counts[article, stem_of]) / 3
    traits = np.column_stack([*_own_traits(matrices, sentence_of), told, np.sqrt(told), repeated])
    rows, likeness = _stems(matrices.vocabulary)
    return Words(sentence_of, stem_of, traits, rows, _found(likeness, sentence_of, stem_of, len(reads)))


def _own_traits(matrices: Matrices, sentence_of: "Array") -> "list[Array]":
    """Return the traits of words that their sentences alone tell."""
    import numpy as np

    reads, count = matrices.reads, len(sentence_of)
    forms, form_of = columns_of((one.forms for one in reads), count)
    capital = np.fromiter(chain.from_iterable(one.is_capital for one in reads), np.float64, count)
    places = np.fromiter(chain.from_iterable(one.places for one in reads), np.float64, count)
    lengths = np.log1p([one.length for one in reads]) / 3
    is_first = np.diff(matrices.article_of, prepend=-1) > 0
    of_forms = np.array([_form(form) for form in forms]).reshape(len(forms), _FORM)
    return [of_forms[form_of], capital, places, lengths[sentence_of], is_first[sentence_of].astype(np.float64)]


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


def found_weights(words: Words, weights: "Array") -> "tuple[Array, Array]":
    """Return how much of what each sentence's words weigh is found in each sentence, and what they weigh in all.

    ``weights`` are words × ways of weighing; what is found is ways × sentences × sentences, the totals are sentences × ways.
    """
    import numpy as np
    from scipy import sparse

    (stems, count), ways = words.found.shape, weights.shape[1]
    ends = np.concatenate([[0], np.cumsum(np.bincount(words.sentence_of, minlength=count))])
    # one product for all ways: the sentences once for each
    rows = np.concatenate([[0], (np.arange(ways)[:, None] * ends[-1] + ends[1:]).ravel()])
    weighed = sparse.csr_matrix((weights.T.ravel(), np.tile(words.stem_of, ways), rows), shape=(ways * count, stems))
    totals = [np.bincount(words.sentence_of, weights=column, minlength=count) for column in weights.T]
    return (weighed @ words.found).toarray().reshape(ways, count, count), np.stack(totals, axis=1)


def found_in_articles(words: Words, weights: "Array", article_of: "Array") -> "Array":
    """Return how much of what each sentence's words weigh is found in each article (sentences × articles).

    A word is found in an article as well as in the sentence that has it best.
    """
    import numpy as np
    from scipy import sparse

    (stems, count), articles = words.found.shape, int(article_of.max(initial=-1)) + 1
    stem_of = np.repeat(np.arange(stems), np.diff(words.found.indptr))
    cell = stem_of * articles + article_of[words.found.indices]
    order = np.argsort(cell, kind="stable")
    starts = np.flatnonzero(np.diff(cell[order], prepend=-1))
    best = np.maximum.reduceat(words.found.data[order], starts)
    found = sparse.csr_matrix((best, np.divmod(cell[order][starts], articles)), shape=(stems, articles))
    ends = np.concatenate([[0], np.cumsum(np.bincount(words.sentence_of, minlength=count))])
    held: Array = (sparse.csr_matrix((weights, words.stem_of, ends), shape=(count, stems)) @ found).toarray()
    return held
