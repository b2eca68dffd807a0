"""The network that says how likely two sentences say the same: a learnt overlap of words, and the features of pairs.

Each word has a weight by its traits and its meaning, several times over ("heads"); what a sentence's words weigh that are found in the
other, over what they weigh in all, is the overlap.  It and the features go into the sum directly and through one layer of hidden units.
What ships is the mean of several that learnt in other orders, as one network (Breiman, "Bagging predictors", 1996, without the resampling).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.meanings import DIRECTIONS
from graphkit.matching.pairs.weighing import TRAITS, Words, found_weights

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

HEADS: Final = 3
HIDDEN: Final = 16
MEMBERS: Final = 2
"""How many networks are learnt, whose mean ships."""
OVERLAPS: Final = 4
"""Columns a head: what is shared over all, the lesser and the greater part of a sentence that is shared, and how much is shared."""
_REACH: Final = 4.0
_MIDDLE: Final = 0.4
_SCALE: Final = 0.3
_LEAST: Final = 1e-6
_PIECE, _ROWS = 64, 1_024


def shapes(features: int, members: int = 1) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the parameters for so many features of a pair, of one network or of the mean of several."""
    heads, hidden = HEADS * members, HIDDEN * members
    return {
        "constant": (1,),
        "from_features": (2 * features,),
        "from_hidden": (hidden,),
        "from_overlap": (OVERLAPS * heads,),
        "hidden": (OVERLAPS * heads + features, hidden),
        "hidden_constants": (hidden,),
        "meanings": (DIRECTIONS, heads),
        "traits": (len(TRAITS), heads),
    }


def mean_of(members: "Sequence[dict[str, Array]]") -> "dict[str, Array]":
    """Return one network whose logits are the means of those of several: their heads and hidden units side by side."""
    import numpy as np

    count, overlaps = len(members), OVERLAPS * HEADS
    of_overlap = np.zeros((OVERLAPS, count, HEADS, count, HIDDEN))
    for place, one in enumerate(members):
        # no hidden unit is given the overlap of another member
        of_overlap[:, place, :, place] = one["hidden"][:overlaps].reshape(OVERLAPS, HEADS, HIDDEN)
    of_features = np.hstack([one["hidden"][overlaps:] for one in members])
    found = {
        name: np.concatenate([one[name] for one in members], axis=-1) for name in ("hidden_constants", "meanings", "traits")
    }
    found |= {name: np.mean([one[name] for one in members], axis=0) for name in ("constant", "from_features")}
    found["from_hidden"] = np.concatenate([one["from_hidden"] for one in members]) / count
    found["from_overlap"] = np.hstack([one["from_overlap"].reshape(OVERLAPS, HEADS) for one in members]).ravel() / count
    found["hidden"] = np.vstack([of_overlap.reshape(overlaps * count, HIDDEN * count), of_features])
    return found


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


def product(rows: "Array", by: "Array") -> "Array":
    """Return the product of many rows with a small matrix, in pieces.

    As one it would be shared out to threads, which cost more than it does.
    """
    import numpy as np

    whole = len(rows) // _PIECE * _PIECE
    if whole == len(rows):
        pieces: Array = np.matmul(rows.reshape(len(rows) // _PIECE, _PIECE, len(by)), by).reshape(len(rows), by.shape[1])
        return pieces
    return np.concatenate([product(rows[:whole], by), rows[whole:] @ by])


def overlap_of(words: Words, weights: "Array", left: "Array", right: "Array") -> Overlap:
    """Return the overlap of pairs of sentences, given what each word weighs (words × heads)."""
    return _overlap(_found(words, weights), left, right)


def _found(words: Words, weights: "Array") -> "tuple[Array, Array]":
    import numpy as np

    found, totals = found_weights(words, weights)
    return found.reshape(len(found), -1), np.round(totals + _LEAST, 9)


def _overlap(found: "tuple[Array, Array]", left: "Array", right: "Array") -> Overlap:
    import numpy as np

    weights, totals = found
    count = len(totals)
    # in nine decimals, so that it does not matter how processors add up
    forth, back = (np.round(weights.take(cells, axis=1).T, 9) for cells in (left * count + right, right * count + left))
    return Overlap(forth, back, totals[left], totals[right])


def run(parameters: "dict[str, Array]", case: Case, noise: Noise | None = None) -> Pass:
    """Return what the network makes of the pairs of a case."""
    meanings = case.words.meanings if noise is None else case.words.meanings * noise.meanings
    inputs, weights = _weigh(parameters, case.words, meanings)
    overlap = overlap_of(case.words, weights, case.left, case.right)
    columns = overlap.columns
    raw = product(given(columns, case.features), parameters["hidden"]) + parameters["hidden_constants"]
    slope = (raw > 0).astype(float)
    if noise is not None:
        slope *= noise.hidden
    hidden, terms = raw * slope, _terms(case.features)
    return Pass(_sum(parameters, columns, terms, hidden), inputs, weights, meanings, overlap, columns, hidden, slope, terms)


def logits(parameters: "dict[str, Array]", case: Case, means: "Array", deviations: "Array") -> "Array":
    """Return the logits of the pairs of a case whose features are not yet standardised.

    Some thousand at a time: what is so little stays near the processor.
    """
    import numpy as np

    found = _found(case.words, _weigh(parameters, case.words, case.words.meanings)[1])
    parts = []
    for start in range(0, len(case.left), _ROWS):
        part = slice(start, start + _ROWS)
        columns = _overlap(found, case.left[part], case.right[part]).columns
        features = standardise(case.features[part], means, deviations)
        raw = product(given(columns, features), parameters["hidden"]) + parameters["hidden_constants"]
        parts.append(_sum(parameters, columns, _terms(features), np.maximum(raw, 0.0)))
    return np.concatenate(parts) if parts else np.zeros(0)


def _weigh(parameters: "dict[str, Array]", words: Words, meanings: "Array") -> "tuple[Array, Array]":
    """Return what goes into the weight of each word, and the weight (words × heads)."""
    import numpy as np

    inputs = product(words.traits, parameters["traits"]) + product(meanings, parameters["meanings"])[words.stem_of]
    return inputs, np.logaddexp(0.0, inputs)


def _terms(features: "Array") -> "Array":
    import numpy as np

    return np.hstack([features, features**2]) * _SCALE


def _sum(parameters: "dict[str, Array]", columns: "Array", terms: "Array", hidden: "Array") -> "Array":
    parts = (columns, "from_overlap"), (terms, "from_features"), (hidden, "from_hidden")
    total: Array = sum(product(values, parameters[name][:, None])[:, 0] for values, name in parts) + parameters["constant"][0]
    return total
