"""How high a likeness stands among all those of the same surroundings: what is alike by the measure of one story.

Two sentences with a cosine of .3 are near in a story told in many words and far in one where every sentence repeats the names.
"""

import itertools
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy

    from graphkit.matching.pairs.sentences import Matrices

    Array = numpy.ndarray[Any, Any]

_POWER: Final = 4
"""Ranks are raised to this power: only the top of a story matters."""
_STEPS: Final = 4_000
"""Likenesses that differ by less than this part of 1 may count as equal: so the ranks of a story are counted, and nothing is sorted."""


def ranks(matrices: "Matrices", pairs: "tuple[Array, Array]", scores: "dict[str, Array]") -> "dict[str, Array]":
    """Return for each pair and each measure its rank, 0 to 1, in the surroundings of the two articles, the mean of both.

    Args:
        matrices: The sentences.
        pairs: Row numbers of the pairs.
        scores: By measure ("stems", "grams", "meanings": the matrices' names) the scores of the pairs.
    """
    import numpy as np
    from scipy import sparse

    near = sparse.csr_matrix(matrices.likeness + matrices.likeness.T)
    ends = np.searchsorted(matrices.article_of, np.arange(len(matrices.articles)), side="right")
    starts = np.concatenate([[0], ends[:-1]])
    steps = {name: _steps(matrices.products[name]) for name in scores}
    of_pairs = {name: np.tile(_steps(values), 2) for name, values in scores.items()}
    found = {name: np.zeros(2 * len(pairs[0])) for name in scores}
    article = matrices.article_of[np.concatenate(pairs)]
    order = np.argsort(article, kind="stable")
    bounds = np.searchsorted(article[order], np.arange(len(matrices.articles) + 1)).tolist()
    for number, (begin, end) in enumerate(itertools.pairwise(bounds)):
        if begin == end:
            continue
        chosen = order[begin:end]
        others = np.sort(near.indices[near.indptr[number] : near.indptr[number + 1]])
        their = np.concatenate([np.arange(starts[other], ends[other]) for other in others])
        for name, values in of_pairs.items():
            around = steps[name][starts[number] : ends[number]].take(their, axis=1).ravel()
            below = np.concatenate([[0], np.cumsum(np.bincount(around, minlength=2 * _STEPS + 1))])
            found[name][chosen] = (below[values[chosen]] / len(around)) ** _POWER
    return {name: (both[: len(pairs[0])] + both[len(pairs[0]) :]) / 2 for name, both in found.items()}


def _steps(likeness: "Array") -> "Array":
    """Return likenesses, -1 to 1, as whole numbers from 0."""
    import numpy as np

    return np.rint((likeness + 1.0) * _STEPS).astype(np.intp)
