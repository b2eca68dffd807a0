"""How much of what a sentence says the other one says too, how much of the rest stands elsewhere in the other's article, and how it is told.

What one account says and the other does not say at all tells the two apart less than what it says in another place.
"""

from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.pairs.sentences import Matrices
from graphkit.matching.pairs.weighing import TRAITS, Words, found_in_articles, found_weights

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

COVERED: Final = (
    "in_article_least", "in_article_most", "here_least", "here_most", "own_least", "own_most", "scarce_least", "scarce_most",
    "common_least", "common_most",
    "pronouns_least", "pronouns_most", "same_days", "other_days", "reported_least", "reported_most", "open_differs", "both_open",
    "place_least", "place_most",
)  # fmt: skip
_LEAST: Final = 0.05
"""So much is taken to stand in every article."""
_NOTHING: Final = 1e-6
_RARITY: Final = TRAITS.index("rarity")


def coverage(matrices: Matrices, words: Words, left: "Array", right: "Array") -> "dict[str, Array]":
    """Return the features ``COVERED`` of the pairs (``left[i]``, ``right[i]``), by name."""
    import numpy as np

    count, article_of = len(matrices.article_of), matrices.article_of
    weights = _weights(matrices, words)
    found, totals = found_weights(words, np.column_stack(list(weights.values())))
    totals = np.maximum(totals, _NOTHING)
    in_articles = found_in_articles(words, weights["here"], article_of) / totals[:, :1]
    anywhere = np.round([in_articles[left, article_of[right]], in_articles[right, article_of[left]]], 9)
    columns = _both("in_article", *anywhere)
    for name, cells, total in zip(weights, found.reshape(len(weights), -1), totals.T, strict=True):
        ways = cells.take(left * count + right) / total[left], cells.take(right * count + left) / total[right]
        # of what the other's article says anywhere, as far as all words count
        of = anywhere + _LEAST if name == "here" else np.ones((2, 1))
        columns |= _both(name, *(np.round(ways, 9) / of))
    return columns | _telling(matrices, left, right)


def _weights(matrices: Matrices, words: Words) -> "dict[str, Array]":
    """Return what each word weighs by its rarity, and by that and how many around have it too."""
    import numpy as np
    from scipy import sparse

    rarity, article = words.traits[:, _RARITY], matrices.article_of[words.sentence_of]
    shape = len(matrices.articles), words.found.shape[0]
    # how many sentences of an article have a stem (what stands in all of them is not what one says), and how many articles
    held = sparse.csr_matrix((np.ones(len(article)), (article, words.stem_of)), shape=shape).toarray()
    having = (held > 0).sum(axis=0)[words.stem_of]
    return {
        "here": rarity,
        "own": rarity / held[article, words.stem_of],
        "scarce": rarity * np.log((shape[0] + 1) / (having + 0.5)),
        "common": rarity * having / shape[0],
    }


def _telling(matrices: Matrices, left: "Array", right: "Array") -> "dict[str, Array]":
    import numpy as np

    reads, article_of = matrices.reads, matrices.article_of
    pronouns, reported, is_open = (
        np.array([getattr(one, name) for one in reads], dtype=np.float64) for name in ("pronouns", "is_reported", "is_open")
    )
    places = np.array([one.place for one in matrices.sentences], dtype=np.float64)
    last = np.zeros(len(matrices.articles))
    np.maximum.at(last, article_of, places)
    places /= last[article_of] + 1
    columns = {"open_differs": np.abs(is_open[left] - is_open[right]), "both_open": is_open[left] * is_open[right]}
    for name, values in {"pronouns": pronouns, "reported": reported, "place": places}.items():
        columns |= _both(name, values[left], values[right])
    number: dict[str, int] = {}
    bits = np.array(
        [sum(1 << number.setdefault(day, len(number)) for day in sorted(one.days)) for one in reads], dtype=np.int64
    )
    shared = (bits[left] & bits[right]) > 0
    columns["same_days"] = shared.astype(np.float64)
    columns["other_days"] = ((bits[left] > 0) & (bits[right] > 0) & ~shared).astype(np.float64)
    return columns


def _both(name: str, one: "Array", two: "Array") -> "dict[str, Array]":
    import numpy as np

    return {f"{name}_least": np.minimum(one, two), f"{name}_most": np.maximum(one, two)}
