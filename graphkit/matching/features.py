"""What tells that two sentences of different articles say the same: features of pairs, as one matrix.

Words, rare words, spellings, meanings, names and numbers; then structure: how alike the articles are, how near each sentence is to what
the articles around it are about, whether another sentence of the same two articles fits better, and where the sentences stand.
"""

from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.ranks import ranks
from graphkit.matching.sentences import Matrices

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

FEATURES: Final = (
    "jaccard", "rare_cosine", "gram_cosine", "meaning_cosine", "contained", "bigrams",
    "same_numbers", "other_numbers", "one_has_numbers", "same_names", "other_names", "names_share", "rarest_shared", "shared_count",
    "article_likeness", "likeness_rank", "central_least", "central_most", "shared_central", "specific_cosine",
    "best_margin", "best_margin_back", "meaning_margin", "is_mutual",
    "rare_rank", "gram_rank", "meaning_rank",
    "length_ratio", "length_least", "negation_differs", "headlines", "first_least", "first_most", "quoted",
)  # fmt: skip
_BATCH: Final = 100_000
_ROWS: Final = 2_000


def pair_features(matrices: Matrices, left: "Array", right: "Array") -> "Array":
    """Return the features of the pairs (``left[i]``, ``right[i]``), one row a pair, columns as in ``FEATURES``.

    The pairs given are taken as all the candidates: margins compare each with the others of the same sentence and article.
    """
    import numpy as np

    if not len(left):
        return np.zeros((0, len(FEATURES)))
    weighted = _by_surroundings(matrices)
    blocks = [_words(matrices, left[at : at + _BATCH], right[at : at + _BATCH], weighted) for at in range(0, len(left), _BATCH)]
    columns: dict[str, Array] = (
        {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]} if blocks else {}
    )
    if not blocks:
        return np.zeros((0, len(FEATURES)))
    columns |= _surroundings(matrices, left, right, weighted[0])
    columns |= _margins(matrices, left, right, columns)
    columns |= _places(matrices, left, right)
    measures = {"stems": "rare_cosine", "grams": "gram_cosine", "meanings": "meaning_cosine"}
    found = ranks(matrices, (left, right), {name: columns[measure] for name, measure in measures.items()})
    columns |= {measure.replace("cosine", "rank"): found[name] for name, measure in measures.items()}
    return np.column_stack([columns[name] for name in FEATURES]).astype(np.float64)


def _dot(one: Any, two: Any) -> "Array":
    import numpy as np

    return np.asarray(one.multiply(two).sum(axis=1)).ravel()


def _words(matrices: Matrices, left: "Array", right: "Array", weighted: tuple[Any, Any]) -> "dict[str, Array]":
    import numpy as np

    reads = matrices.reads
    table = np.array([_overlap(reads[a], reads[b]) for a, b in zip(left.tolist(), right.tolist(), strict=True)])
    a, b = matrices.stems[left], matrices.stems[right]
    central, damped = weighted
    meanings = matrices.meanings
    columns = {
        "rare_cosine": _dot(a, b),
        "gram_cosine": _dot(matrices.grams[left], matrices.grams[right]),
        "meaning_cosine": np.einsum("ij,ij->i", meanings[left], meanings[right]),
        "shared_central": (_dot(central[left], b) + _dot(a, central[right])) / 2,
    }
    # what the articles around are all about says little of which of their sentences are alike
    columns["specific_cosine"] = columns["rare_cosine"] - (_dot(damped[left], b) + _dot(a, damped[right])) / 2
    names = (
        "jaccard", "contained", "bigrams", "same_numbers", "other_numbers", "one_has_numbers", "same_names", "other_names",
        "names_share", "rarest_shared", "shared_count",
    )  # fmt: skip
    return columns | {name: table[:, place] for place, name in enumerate(names)}


def _by_surroundings(matrices: Matrices) -> tuple[Any, Any]:
    """Return the stems of each sentence times what its surroundings are about, and times twice that, at most 1.

    In batches: the rows of the surroundings are long.
    """
    import numpy as np
    from scipy import sparse

    parts = []
    for start in range(0, len(matrices.sentences), _ROWS):
        rows = matrices.around[matrices.article_of[start : start + _ROWS]]
        parts.append(sparse.csr_matrix(matrices.stems[start : start + _ROWS].sign().multiply(rows)))
    about = sparse.vstack(parts).tocsr()
    damp = about.copy()
    damp.data = np.minimum(1.0, 2.0 * damp.data)
    return sparse.csr_matrix(about.multiply(matrices.stems)), sparse.csr_matrix(damp.multiply(matrices.stems))


def _overlap(one: Any, two: Any) -> tuple[float, ...]:
    shared = one.stems.keys() & two.stems.keys()
    weight = sum(one.stems[key] for key in sorted(shared))
    least = min(sum(one.stems.values()), sum(two.stems.values()))
    bigrams = one.bigrams & two.bigrams
    numbers, names = one.numbers & two.numbers, one.names & two.names
    fewest_names = min(len(one.names), len(two.names))
    return (
        len(shared) / max(1, len(one.stems.keys() | two.stems.keys())),
        weight / least if least else 0.0,
        len(bigrams) / max(1, min(len(one.bigrams), len(two.bigrams))),
        min(len(numbers), 3) / 3,
        float(bool(one.numbers and two.numbers and not numbers)),
        float(bool(one.numbers) != bool(two.numbers)),
        min(len(names), 4) / 4,
        float(bool(one.names and two.names and not names)),
        len(names) / fewest_names if fewest_names else 0.5,
        max((one.stems[key] for key in shared), default=0.0) / 10,
        min(len(shared), 8) / 8,
    )


def _surroundings(matrices: Matrices, left: "Array", right: "Array", about: Any) -> "dict[str, Array]":
    import numpy as np

    of_left, of_right = matrices.article_of[left], matrices.article_of[right]
    central = np.asarray(about.sum(axis=1)).ravel()
    likeness = np.asarray(matrices.likeness[of_left, of_right]).ravel()
    best = np.asarray(matrices.likeness.max(axis=1).todense()).ravel()
    top = np.maximum(1e-9, np.minimum(best[of_left], best[of_right]))
    return {
        "article_likeness": likeness,
        "likeness_rank": likeness / top,
        "central_least": np.minimum(central[left], central[right]),
        "central_most": np.maximum(central[left], central[right]),
    }


def _margins(matrices: Matrices, left: "Array", right: "Array", columns: "dict[str, Array]") -> "dict[str, Array]":
    import numpy as np

    score, meaning = columns["rare_cosine"], columns["meaning_cosine"]
    forth = score - best_other(score, left, matrices.article_of[right])
    back = score - best_other(score, right, matrices.article_of[left])
    meant = np.minimum(
        meaning - best_other(meaning, left, matrices.article_of[right]),
        meaning - best_other(meaning, right, matrices.article_of[left]),
    )
    return {
        "best_margin": np.maximum(forth, back),
        "best_margin_back": np.minimum(forth, back),
        "meaning_margin": meant,
        "is_mutual": ((forth >= 0) & (back >= 0)).astype(float),
    }


def best_other(score: "Array", sentence: "Array", article: "Array") -> "Array":
    """Return, for each pair, the best score that its sentence has with another sentence of the same other article; 0 for none."""
    import numpy as np

    if not len(score):
        return score
    key = sentence.astype(np.int64) * (int(article.max()) + 1) + article
    order = np.lexsort((-score, key))
    ordered = key[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sizes = np.diff(np.concatenate([starts, [len(ordered)]]))
    best = score[order[starts]]
    second = np.where(sizes > 1, score[order[np.minimum(starts + 1, len(order) - 1)]], 0.0)
    group = np.repeat(np.arange(len(starts)), sizes)
    others = np.where(np.arange(len(ordered)) == starts[group], second[group], best[group])
    result = np.empty_like(score)
    result[order] = others
    return result


def _places(matrices: Matrices, left: "Array", right: "Array") -> "dict[str, Array]":
    import numpy as np

    reads, sentences = matrices.reads, matrices.sentences
    lengths = np.array([max(1, one.length) for one in reads], dtype=np.float64)
    first = np.array([1.0 / (1.0 + one.place) for one in sentences])
    negated, quoted, headline = (
        np.array([getattr(one, name) for one in reads], dtype=np.float64) for name in ("is_negated", "is_quoted", "is_headline")
    )
    a, b = lengths[left], lengths[right]
    return {
        "length_ratio": np.minimum(a, b) / np.maximum(a, b),
        "length_least": np.log(np.minimum(a, b)),
        "negation_differs": np.abs(negated[left] - negated[right]),
        "headlines": (headline[left] + headline[right]) / 2,
        "first_least": np.minimum(first[left], first[right]),
        "first_most": np.maximum(first[left], first[right]),
        "quoted": quoted[left] * quoted[right],
    }
