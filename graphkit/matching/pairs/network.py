"""The network that says how likely two sentences say the same: a learnt overlap of words, and the features of pairs.

Each word has a weight by its traits and its meaning, several times over ("heads"); what a sentence's words weigh that are found in the
other, over what they weigh in all, is the overlap.  It and the features go into the sum directly and through one layer of hidden units.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.meanings import DIRECTIONS
from graphkit.matching.pairs.weighing import TRAITS, Words

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

HEADS: Final = 3
HIDDEN: Final = 16
OVERLAPS: Final = 4
"""Columns a head: what is shared over all, the lesser and the greater part of a sentence that is shared, and how much is shared."""
_REACH: Final = 4.0
_MIDDLE: Final = 0.4
_SCALE: Final = 0.3
_LEAST: Final = 1e-6


def shapes(features: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the network's parameters for so many features of a pair."""
    overlaps = OVERLAPS * HEADS
    return {
        "constant": (1,),
        "from_features": (2 * features,),
        "from_hidden": (HIDDEN,),
        "from_overlap": (overlaps,),
        "hidden": (overlaps + features, HIDDEN),
        "hidden_constants": (HIDDEN,),
        "meanings": (DIRECTIONS, HEADS),
        "traits": (len(TRAITS), HEADS),
    }


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """The pairs of one story: its words, row numbers of the sentences of each pair, and their standardised features."""

    words: Words
    left: "Array"
    right: "Array"
    features: "Array"


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """What the vectors of meaning (stems × 64) and the hidden units (pairs × units) are multiplied by while the network learns."""

    meanings: "Array"
    hidden: "Array"


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """The learnt overlap of pairs: ``forth`` of what the left sentence's words weigh is found in the right, ``back`` the other way.

    All are pairs × heads; ``of_left`` and ``of_right`` are what all words of a sentence weigh.
    """

    forth: "Array"
    back: "Array"
    of_left: "Array"
    of_right: "Array"

    @property
    def shared(self) -> "Array":
        """What the two share: the mean of both directions."""
        shared: Array = (self.forth + self.back) / 2
        return shared

    @property
    def columns(self) -> "Array":
        """The columns of ``OVERLAPS``, each for all heads."""
        import numpy as np

        shared, one, two = self.shared, self.forth / self.of_left, self.back / self.of_right
        whole = self.of_left + self.of_right - shared
        return np.hstack([shared / whole, np.minimum(one, two), np.maximum(one, two), np.log1p(shared)])


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """What the network makes of a case: ``logits`` by pair, and the steps to them, which learning goes back over."""

    logits: "Array"
    inputs: "Array"
    weights: "Array"
    meanings: "Array"
    overlap: Overlap
    columns: "Array"
    hidden: "Array"
    hidden_slope: "Array"
    terms: "Array"


def standardise(features: "Array", means: "Array", deviations: "Array") -> "Array":
    """Return the features in deviations from their means, cut at four."""
    import numpy as np

    return np.clip((features - means) / deviations, -_REACH, _REACH)


def given(columns: "Array", features: "Array") -> "Array":
    """Return what the hidden units are given of overlap and features, brought to one size."""
    import numpy as np

    return np.hstack([columns - _MIDDLE, features * _SCALE])


def overlap_of(words: Words, weights: "Array", left: "Array", right: "Array") -> Overlap:
    """Return the overlap of pairs of sentences, given what each word weighs (words × heads)."""
    import numpy as np
    from scipy import sparse

    count = words.found.shape[1]
    ends = np.concatenate([[0], np.cumsum(np.bincount(words.sentence_of, minlength=count))])
    forth, back, totals = [], [], []
    for column in weights.T:
        weighed = sparse.csr_matrix((column, words.stem_of, ends), shape=(count, words.found.shape[0]))
        found = (weighed @ words.found).toarray()
        forth.append(found[left, right])
        back.append(found[right, left])
        totals.append(np.bincount(words.sentence_of, weights=column, minlength=count) + _LEAST)
    # in nine decimals, so that it does not matter how processors add up
    covers, is_covered, total = (np.round(np.stack(part, axis=1), 9) for part in (forth, back, totals))
    return Overlap(covers, is_covered, total[left], total[right])


def run(parameters: "dict[str, Array]", case: Case, noise: Noise | None = None) -> Pass:
    """Return what the network makes of the pairs of a case."""
    import numpy as np

    words = case.words
    meanings = words.meanings if noise is None else words.meanings * noise.meanings
    # einsum, not a product of matrices: so little is not worth the threads that a library for these starts
    inputs = np.einsum("ij,jk->ik", words.traits, parameters["traits"])
    inputs += np.einsum("ij,jk->ik", meanings, parameters["meanings"])[words.stem_of]
    weights = np.logaddexp(0.0, inputs)
    overlap = overlap_of(words, weights, case.left, case.right)
    columns = overlap.columns
    raw = np.einsum("ij,jk->ik", given(columns, case.features), parameters["hidden"]) + parameters["hidden_constants"]
    slope = (raw > 0).astype(np.float64)
    if noise is not None:
        slope *= noise.hidden
    hidden = raw * slope
    terms = np.hstack([case.features, case.features**2]) * _SCALE
    logits = np.einsum("ij,j->i", columns, parameters["from_overlap"]) + parameters["constant"][0]
    logits += np.einsum("ij,j->i", terms, parameters["from_features"]) + np.einsum("ij,j->i", hidden, parameters["from_hidden"])
    return Pass(logits, inputs, weights, meanings, overlap, columns, hidden, slope, terms)
