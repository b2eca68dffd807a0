"""What tells that two sentences of different articles say the same: features of pairs, as one matrix.

Words, rare words, spellings, meanings, names and numbers; then structure: how alike the articles are, how near each sentence is to what
the articles around it are about, whether another sentence of the same two articles fits better, and where the sentences stand.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from graphkit.matching.pairs.coverage import COVERED, coverage
from graphkit.matching.pairs.ranks import ranks
from graphkit.matching.pairs.sentences import Matrices, columns_of
from graphkit.matching.pairs.weighing import Words

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

FEATURES: Final = (
    "jaccard", "rare_cosine", "gram_cosine", "meaning_cosine", "contained", "bigrams",
    "same_numbers", "other_numbers", "one_has_numbers", "same_names", "other_names", "names_share", "rarest_shared", "shared_count",
    "article_likeness", "likeness_rank", "central_least", "central_most", "shared_central", "specific_cosine",
    "best_margin", "best_margin_back", "meaning_margin", "is_mutual",
    "rare_rank", "gram_rank", "meaning_rank",
    "length_ratio", "length_least", "negation_differs", "headlines", "first_least", "first_most", "quoted", *COVERED,
)  # fmt: skip
_ROWS: Final = 2_048


def pair_features(matrices: Matrices, words: Words, left: "Array", right: "Array") -> "Array":
    """Return the features of the pairs (``left[i]``, ``right[i]``), one row a pair, columns as in ``FEATURES``.

    The pairs given are taken as all the candidates: margins compare each with the others of the same sentence and article.
    """
    import numpy as np

    if not len(left):
        return np.zeros((0, len(FEATURES)))
    weighted = _by_surroundings(matrices)
    columns = _words(matrices, left, right, weighted) | _surroundings(matrices, left, right, weighted[0])
    columns |= _margins(matrices, left, right, columns)
    columns |= _places(matrices, left, right) | coverage(matrices, words, left, right)
    measures = {"stems": "rare_cosine", "grams": "gram_cosine", "meanings": "meaning_cosine"}
    found = ranks(matrices, (left, right), {name: columns[measure] for name, measure in measures.items()})
    columns |= {measure.replace("cosine", "rank"): found[name] for name, measure in measures.items()}
    return np.column_stack([columns[name] for name in FEATURES]).astype(np.float64, copy=False)


def _words(matrices: Matrices, left: "Array", right: "Array", weighted: tuple[Any, Any]) -> "dict[str, Array]":
    import numpy as np

    central, damped = (np.round((rows @ matrices.stems.T).toarray(), 9) for rows in weighted)
    columns = {
        "rare_cosine": matrices.products["stems"][left, right],
        "gram_cosine": matrices.products["grams"][left, right],
        "meaning_cosine": matrices.products["meanings"][left, right],
        "shared_central": (central[left, right] + central[right, left]) / 2,
    }
    # what the articles around are all about says little of which of their sentences are alike
    columns["specific_cosine"] = columns["rare_cosine"] - (damped[left, right] + damped[right, left]) / 2
    return columns | _overlaps(matrices, left, right)


def _overlaps(matrices: Matrices, left: "Array", right: "Array") -> "dict[str, Array]":
    """Return what two sentences have in common: stems, pairs of stems, numbers and names."""
    import numpy as np

    reads = matrices.reads
    shared, sizes = matrices.shared[left, right], np.diff(matrices.stems.indptr)
    weights = np.bincount(
        np.repeat(np.arange(len(reads)), sizes), weights=matrices.rarities[matrices.stem_of], minlength=len(reads)
    )
    weight, rarest = _shared_weight(matrices, left, right)
    least = np.minimum(weights[left], weights[right])
    bigrams, numbers, names = (_Sets(*held, (left, right), len(reads)) for held in (_bigrams(matrices), *_held(matrices)))
    return {
        "jaccard": shared / np.maximum(1, sizes[left] + sizes[right] - shared),
        "contained": np.where(least > 0, weight / np.where(least > 0, least, 1.0), 0.0),
        "bigrams": bigrams.shared / np.maximum(1, bigrams.fewest),
        "same_numbers": np.minimum(numbers.shared, 3) / 3,
        "other_numbers": ((numbers.fewest > 0) & (numbers.shared == 0)).astype(np.float64),
        "one_has_numbers": ((numbers.fewest == 0) & (numbers.most > 0)).astype(np.float64),
        "same_names": np.minimum(names.shared, 4) / 4,
        "other_names": ((names.fewest > 0) & (names.shared == 0)).astype(np.float64),
        "names_share": np.where(names.fewest > 0, names.shared / np.maximum(1, names.fewest), 0.5),
        "rarest_shared": rarest / 10,
        "shared_count": np.minimum(shared, 8) / 8,
    }


class _Sets:
    """Sets of things by sentence: for each pair how many both hold, and the fewer and the more that one holds.

    Given are the sentence and the number of each thing that one holds, each once.
    """

    def __init__(self, row_of: "Array", column_of: "Array", pairs: "tuple[Array, Array]", rows: int) -> None:
        import numpy as np
        from scipy import sparse

        left, right = pairs
        shape = rows, int(column_of.max(initial=0)) + 1
        held = sparse.csr_matrix((np.ones(len(row_of)), (row_of, column_of)), shape=shape)
        sizes = np.diff(held.indptr)
        self.shared = (held @ held.T).toarray()[left, right]
        self.fewest, self.most = np.minimum(sizes[left], sizes[right]), np.maximum(sizes[left], sizes[right])


def _held(matrices: Matrices) -> "Iterator[tuple[Array, Array]]":
    """Yield the sentences and the numbers of the numbers that they hold, and of the names."""
    import numpy as np

    for sets in ([one.numbers for one in matrices.reads], [one.names for one in matrices.reads]):
        sizes = [len(words) for words in sets]
        yield np.repeat(np.arange(len(sets)), sizes), columns_of(sets, sum(sizes))[1]


def _bigrams(matrices: Matrices) -> "tuple[Array, Array]":
    """Return the sentences and the numbers of the pairs of neighbouring stems that they hold."""
    import numpy as np

    sizes = [len(one.content) for one in matrices.reads]
    words, column = columns_of((one.content for one in matrices.reads), sum(sizes))
    row_of = np.repeat(np.arange(len(sizes)), sizes)
    is_pair = row_of[1:] == row_of[:-1]
    pair, row = (column[:-1] * len(words) + column[1:])[is_pair], row_of[1:][is_pair]
    distinct, number = np.unique(pair, return_inverse=True)
    cells = np.unique(row * max(1, len(distinct)) + number)
    return np.divmod(cells, max(1, len(distinct)))


def _shared_weight(matrices: Matrices, left: "Array", right: "Array") -> "tuple[Array, Array]":
    """Return, for each pair, the sum of the rarities of the stems both have, and the highest of them."""
    import numpy as np
    from scipy import sparse

    stems, rarities = matrices.stems, matrices.rarities.astype(np.float32).astype(np.float64)
    present = sparse.csr_matrix((np.ones(len(stems.data)), stems.indices, stems.indptr), shape=stems.shape)
    weighed = sparse.csr_matrix((rarities[stems.indices], stems.indices, stems.indptr), shape=stems.shape)
    weight = np.round((weighed @ present.T).toarray(), 5)
    highest = np.zeros(weight.shape)
    turned = present.tocsc()
    ends, is_shared = turned.indptr, np.diff(turned.indptr)[: len(rarities)] > 1
    # from the commonest stem to the rarest, so that the rarest is what stays
    for column in np.flatnonzero(is_shared)[np.argsort(rarities[is_shared], kind="stable")].tolist():
        rows = turned.indices[ends[column] : ends[column + 1]]
        highest[rows[:, None], rows] = rarities[column]
    return weight[left, right], highest[left, right]


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
    order = np.argsort(key, kind="stable")
    ordered, sorted_scores = key[order], score[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    group = np.repeat(np.arange(len(starts)), np.diff(np.concatenate([starts, [len(ordered)]])))
    best = np.maximum.reduceat(sorted_scores, starts)
    is_best = sorted_scores == best[group]
    is_alone = np.add.reduceat(is_best, starts, dtype=np.int64) == 1
    second = np.maximum.reduceat(np.where(is_best, -np.inf, sorted_scores), starts)
    runner_up = np.where(is_alone, np.where(np.isinf(second), 0.0, second), best)
    result = np.empty_like(score)
    result[order] = np.where(is_best, runner_up[group], best[group])
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
