"""The learnt scorer of the same claim: two logistic regressions over standardised features and their squares.

The second sees, beside the features, what the first says of the other pairs of the two sentences: two sentences that are both like a
third, or whose best partners are each other, are likelier the same.  Weights, threshold and what was measured are a JSON file.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import DamagedPart
from graphkit.matching.pairs.features import best_other
from graphkit.matching.pairs.sentences import Matrices

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

TABLE: Final = "same_claim.json"
_REACH: Final = 4.0
_FAINT: Final = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """A logistic regression: means and deviations of the features, and weights of 1, each feature and each square."""

    means: "Array"
    deviations: "Array"
    weights: "Array"

    def terms(self, features: "Array") -> "Array":
        """Return the columns that the weights belong to; features are cut at four deviations."""
        import numpy as np

        standard = np.clip((features - self.means) / self.deviations, -_REACH, _REACH)
        return np.hstack([np.ones((len(standard), 1)), standard, standard**2])

    def __call__(self, features: "Array") -> "Array":
        """Return the probability of each row, rounded to six decimals so that processors agree."""
        import numpy as np

        standard = np.clip((features - self.means) / self.deviations, -_REACH, _REACH)
        count = standard.shape[1]
        # einsum, not a product of matrices: so little is not worth the threads that a library for these starts
        linear = np.einsum("ij,j->i", standard, self.weights[1 : count + 1]) + self.weights[0]
        linear += np.einsum("ij,ij,j->i", standard, standard, self.weights[count + 1 :])
        chances: Array = np.round(1.0 / (1.0 + np.exp(-linear)), 6)
        return chances


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """Both regressions, the threshold at the real rate of positives, and what was measured on topics not trained on."""

    first: Regression
    second: Regression
    threshold: float
    measured: dict[str, Any]


@cache
def scorer() -> Scorer:
    """Return the packaged scorer.

    Raises:
        DamagedPart: The file of weights is not as it was packaged.
    """
    import numpy as np

    try:
        table = json.loads((files("graphkit.matching") / "tables" / TABLE).read_bytes())
        one, two = (
            Regression(*(np.array(table[stage][key]) for key in ("means", "deviations", "weights")))
            for stage in ("first", "second")
        )
        return Scorer(one, two, float(table["threshold"]), table["measured"])
    except (OSError, ValueError, KeyError) as error:
        raise DamagedPart(
            f"the table {TABLE} of graphkit.matching cannot be read: {error}", hint="install graphkit again"
        ) from error


def score_pairs(matrices: Matrices, pairs: "tuple[Array, Array]", features: "Array", *, by: Scorer | None = None) -> "Array":
    """Return how likely each pair says the same, 0 to 1; the pairs are all the candidates there are."""
    import numpy as np

    used = by or scorer()
    first = used.first(features)
    return used.second(np.hstack([agreement(matrices, pairs, first), features]))


def agreement(matrices: Matrices, pairs: "tuple[Array, Array]", scores: "Array") -> "Array":
    """Return what the scores of other pairs say of each: shared partners, the best partner of both, and how many partners they have."""
    import numpy as np

    left, right = pairs
    count = len(matrices.sentences)
    kept = np.where(scores > _FAINT, scores, 0.0)
    graph = np.zeros((count, count))
    graph[left, right] = graph[right, left] = kept
    degree = np.round(graph.sum(axis=1), 9)
    norm = np.round(np.sqrt((graph * graph).sum(axis=1)), 9) + 1e-6
    joint, weakest = _through(graph, left, right)
    fewest, most = np.minimum(degree[left], degree[right]), np.maximum(degree[left], degree[right])
    share = joint / (degree[left] + degree[right] - joint + 1e-6)
    forth = scores - best_other(scores, left, matrices.article_of[right])
    back = scores - best_other(scores, right, matrices.article_of[left])
    logit = np.log((scores + 1e-4) / (1 - scores + 1e-4))
    columns = (
        logit,
        share,
        weakest,
        joint / (norm[left] * norm[right]),
        fewest,
        most,
        np.minimum(forth, back),
        np.maximum(forth, back),
    )
    return np.column_stack([*columns, logit * weakest, logit * share])


def _through(graph: "Array", left: "Array", right: "Array") -> "tuple[Array, Array]":
    """Return, for each pair, the sum over third sentences of the product of scores, and the best of the lesser scores."""
    import numpy as np
    from scipy import sparse

    rows = sparse.csr_matrix(graph)
    joint = np.round((rows @ rows.T).toarray(), 9)[left, right]
    weakest = np.zeros(graph.shape)
    for row in np.unique(left).tolist():
        third = np.flatnonzero(graph[row])
        if len(third):
            weakest[row] = np.minimum(graph[row, third][:, None], graph[third]).max(axis=0)
    return joint, weakest[left, right]
