"""How high a likeness stands among all those of the same surroundings: what is alike by the measure of one story.

Two sentences with a cosine of .3 are near in a story told in many words and far in one where every sentence repeats the names.
"""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy

    from graphkit.matching.pairs.sentences import Matrices

    Array = numpy.ndarray[Any, Any]

_POWER: Final = 4
"""Ranks are raised to this power: only the top of a story matters."""


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
    found = {name: np.zeros(len(pairs[0])) for name in scores}
    ordered: dict[tuple[int, str], Array] = {}
    for side in pairs:
        article = matrices.article_of[side]
        order = np.argsort(article, kind="stable")
        bounds = np.searchsorted(article[order], np.arange(len(matrices.articles) + 1))
        for number in np.unique(article).tolist():
            chosen = order[bounds[number] : bounds[number + 1]]
            others = np.sort(near.indices[near.indptr[number] : near.indptr[number + 1]])
            own = np.arange(starts[number], ends[number])
            their = np.concatenate([np.arange(starts[other], ends[other]) for other in others])
            for name, values in scores.items():
                if (number, name) not in ordered:
                    ordered[number, name] = np.sort(matrices.products[name][np.ix_(own, their)], axis=None)
                all_of_them = ordered[number, name]
                place = np.searchsorted(all_of_them, values[chosen] - 1e-9) / len(all_of_them)
                found[name][chosen] += 0.5 * place**_POWER
    return found
