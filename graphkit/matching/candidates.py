"""Which pairs of sentences are compared at all: those of articles that are alike, when they share a word that is not common.

Cost grows with the number of sentences, not with its square: each article is compared with the thirty most like it, and alike are
only articles that share rare words.
"""

from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.sentences import Matrices

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

LEAST_COSINE: Final = 0.02
LEAST_SHARED: Final = 2
"""How many stems a pair must share: one name alone does not make two sentences alike."""
LIKE_ENOUGH: Final = 0.2
MOST_CANDIDATES: Final = 200


def find_candidates(matrices: Matrices, *, least: float = LEAST_COSINE) -> "tuple[Array, Array]":
    """Return the pairs to compare, as two arrays of row numbers, left before right; both of different, neighbouring articles."""
    import numpy as np
    from scipy import sparse

    near = sparse.csr_matrix(matrices.likeness + matrices.likeness.T)
    rows = _rows_of_articles(matrices)
    present = matrices.stems.sign()
    lefts: list[Array] = []
    rights: list[Array] = []
    for article in range(near.shape[0]):
        others = near.indices[near.indptr[article] : near.indptr[article + 1]]
        others = np.sort(others[others > article])
        if not len(others):
            continue
        own, their = np.arange(*rows[article]), np.concatenate([np.arange(*rows[other]) for other in others])
        cosines = (matrices.stems[own] @ matrices.stems[their].T).toarray()
        shared = (present[own] @ present[their].T).toarray()
        keep = np.argwhere(_strongest(cosines, least) & ((shared >= LEAST_SHARED) | (cosines >= LIKE_ENOUGH)))
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


def _strongest(cosines: "Array", least: float) -> "Array":
    """Return which cells count: at least ``least``, and at most 200 a row, the highest."""
    import numpy as np

    keep = cosines >= least
    if cosines.shape[1] > MOST_CANDIDATES:
        floor = np.sort(cosines, axis=1)[:, -MOST_CANDIDATES]
        keep &= cosines >= floor[:, None]
    return keep
