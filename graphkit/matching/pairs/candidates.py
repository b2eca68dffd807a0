"""Which pairs of sentences are compared at all: those of articles that are alike, when they share a word that is not common.

Cost grows with the number of sentences, not with its square: each article is compared with the thirty most like it, and alike are
only articles that share rare words.
"""

from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.pairs.sentences import Matrices

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

LEAST_COSINE: Final = 0.02
LEAST_SHARED: Final = 2
"""How many stems a pair must share: one name alone does not make two sentences alike."""
LIKE_ENOUGH: Final = 0.2
RARE_ENOUGH: Final = 0.05
"""The cosine from which one shared stem is enough: a rare one, or one of few."""
MEANT_ALIKE: Final = 0.3
"""The cosine of meanings from which no word need be shared."""
MOST_CANDIDATES: Final = 200


def find_candidates(matrices: Matrices, *, least: float = LEAST_COSINE) -> "tuple[Array, Array]":
    """Return the pairs to compare, as two arrays of row numbers, left before right; both of different, neighbouring articles."""
    import numpy as np
    from scipy import sparse

    near = sparse.csr_matrix(matrices.likeness + matrices.likeness.T)
    rows = _rows_of_articles(matrices)
    lefts: list[Array] = []
    rights: list[Array] = []
    for article in range(near.shape[0]):
        others = near.indices[near.indptr[article] : near.indptr[article + 1]]
        others = np.sort(others[others > article])
        if not len(others):
            continue
        own, their = np.arange(*rows[article]), np.concatenate([np.arange(*rows[other]) for other in others])
        cells = np.ix_(own, their)
        cosines, shared, meanings = (
            matrices.products["stems"][cells],
            matrices.shared[cells],
            matrices.products["meanings"][cells],
        )
        by_words = (cosines >= least) & ((shared >= LEAST_SHARED) | (cosines >= LIKE_ENOUGH))
        by_one_word = (cosines >= RARE_ENOUGH) & (shared >= 1)
        keep = np.argwhere(_strongest(cosines + meanings, by_words | by_one_word | (meanings >= MEANT_ALIKE)))
        lefts.append(own[keep[:, 0]])
        rights.append(their[keep[:, 1]])
    if not lefts:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty
    return np.concatenate(lefts), np.concatenate(rights)


def _rows_of_articles(matrices: Matrices) -> list[tuple[int, int]]:
    import numpy as np

    ends = np.searchsorted(matrices.article_of, np.arange(len(matrices.articles)), side="right").tolist()
    return list(zip([0, *ends], ends, strict=False))


def _strongest(scores: "Array", keep: "Array") -> "Array":
    """Return which cells count: those of ``keep``, at most 200 a row, the highest."""
    import numpy as np

    if scores.shape[1] > MOST_CANDIDATES:
        floor = np.sort(np.where(keep, scores, -1.0), axis=1)[:, -MOST_CANDIDATES]
        keep = keep & (scores >= floor[:, None])
    return keep
