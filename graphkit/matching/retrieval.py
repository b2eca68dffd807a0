"""Which known claims a text repeats: words (BM25), rare words, spellings and meanings, added up.

A post quotes a claim in other words, with handles, hashtags and links around it: these are taken apart or off first.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import UnreadableInput
from graphkit.matching.meanings import meanings_of
from graphkit.matching.words import STOP_WORDS, stem, words_of

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

WEIGHTS: Final = {"words": 1.0, "wording": 0.5, "rare": 1.0, "grams": 1.0, "gram_wording": 0.5, "meaning": 0.25}
"""How much each measure counts, each divided by its highest value for the text first."""
_K, _B = 1.2, 0.5
_LINK = re.compile(r"https?://\S+|pic\.twitter\.com/\S+")
_SIGNED = re.compile(r"—[^—]{0,60}\(@\w{1,40}\)[^—]{0,40}$")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BATCH: Final = 256


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim to be found: its name, its wording, and a headline or title that goes with it."""

    name: str
    wording: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A claim that a text may repeat: rank from 1, score 0 to 1 (1: best of all claims by every measure).

    ``likeness``, 0 to 1, does not depend on the other claims' scores: the cosine of rare words.
    """

    claim: str
    rank: int
    score: float
    likeness: float = 0.0


class ClaimIndex:
    """Known claims, read once for many texts; the order they are given in does not matter."""

    def __init__(self, claims: Iterable[KnownClaim]) -> None:
        self.claims = sorted(claims, key=lambda claim: claim.name)
        whole = [f"{claim.wording} {claim.title}" for claim in self.claims]
        wordings = [claim.wording for claim in self.claims]
        self._words, self._wording = _Bm25(map(_stems, whole)), _Bm25(map(_stems, wordings))
        self._rare, self._grams, self._gram_wording = (
            _Cosine(map(_stems, whole)),
            _Cosine(map(_grams, whole)),
            _Cosine(map(_grams, wordings)),
        )
        self._meanings = meanings_of([words_of(text) for text in whole])

    def find(self, texts: Sequence[str], *, most: int = 5) -> list[list[Found]]:
        """Return the best claims for each text, best first; claims that share nothing with it are left out."""
        found: list[list[Found]] = []
        for start in range(0, len(texts), _BATCH):
            found += self._find([cleaned(text) for text in texts[start : start + _BATCH]], most)
        return found

    def _find(self, texts: Sequence[str], most: int) -> list[list[Found]]:
        import numpy as np

        if not self.claims:
            return [[] for _ in texts]
        words, grams = [_stems(text) for text in texts], [_grams(text) for text in texts]
        measures = {
            "words": self._words.scores(words),
            "wording": self._wording.scores(words),
            "rare": self._rare.scores(words),
            "grams": self._grams.scores(grams),
            "gram_wording": self._gram_wording.scores(grams),
            "meaning": meanings_of([words_of(text) for text in texts]) @ self._meanings.T,
        }
        weighted = [WEIGHTS[name] * _by_best(scores) for name, scores in measures.items()]
        total: Array = np.sum(weighted, axis=0) / sum(WEIGHTS.values())
        total = np.round(np.where(measures["grams"] > 0, total, 0.0), 6)
        return [_best(row, alike, self.claims, most) for row, alike in zip(total, measures["rare"], strict=True)]


def _by_best(scores: "Array") -> "Array":
    import numpy as np

    best = scores.max(axis=1, keepdims=True)
    return np.maximum(scores, 0.0) / np.where(best > 0, best, 1.0)


def _best(row: "Array", alike: "Array", claims: Sequence[KnownClaim], most: int) -> list[Found]:
    import numpy as np

    order = np.argsort(-row, kind="stable")[:most].tolist()
    return [
        Found(claims[place].name, rank, float(row[place]), round(float(alike[place]), 6))
        for rank, place in enumerate(order, 1)
        if row[place] > 0
    ]


def best_claims(text: str, claims: Iterable[KnownClaim], *, most: int = 5) -> list[Found]:
    """Return the claims that ``text`` repeats, best first."""
    return ClaimIndex(claims).find([text], most=most)[0]


def cleaned(text: str) -> str:
    """Return a post without links and signature, glued words of hashtags apart."""
    return _GLUED.sub(" ", _SIGNED.sub("", _LINK.sub(" ", text).rstrip()))


def _stems(text: str) -> Counter[str]:
    return Counter(stem(word) for word in words_of(text) if word not in STOP_WORDS)


def _grams(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in words_of(text):
        padded = f" {word} "
        for length in (3, 4, 5):
            found.update(padded[start : start + length] for start in range(max(1, len(padded) - length + 1)))
    return found


class _Rows:
    """Counts of rows as a sparse matrix, with the columns that the rows at hand gave."""

    def __init__(self, rows: Iterable[Counter[str]]) -> None:
        import numpy as np

        self.column: dict[str, int] = {}
        listed = list(rows)
        for row in listed:
            for key in row:
                self.column.setdefault(key, len(self.column))
        self.matrix = self.of(listed)
        self.count = len(listed)
        self.frequency = np.bincount(self.matrix.indices, minlength=self.matrix.shape[1])

    def of(self, rows: Sequence[Counter[str]]) -> Any:
        """Return rows as a matrix with these columns; what has no column is left out."""
        import numpy as np
        from scipy import sparse

        kept = [{self.column[key]: count for key, count in row.items() if key in self.column} for row in rows]
        indptr = np.cumsum([0, *map(len, kept)])
        indices = np.fromiter((key for row in kept for key in row), dtype=np.int64, count=int(indptr[-1]))
        data = np.fromiter((count for row in kept for count in row.values()), dtype=np.float64, count=int(indptr[-1]))
        return sparse.csr_matrix((data, indices, indptr), shape=(len(rows), max(1, len(self.column))))


class _Bm25:
    """Okapi BM25 (Robertson and Zaragoza, 2009) over counts."""

    def __init__(self, rows: Iterable[Counter[str]]) -> None:
        import numpy as np

        self.rows = _Rows(rows)
        matrix = self.rows.matrix
        lengths = np.asarray(matrix.sum(axis=1)).ravel()
        share = np.repeat(lengths / max(1e-9, lengths.mean() if len(lengths) else 1.0), np.diff(matrix.indptr))
        rarity = np.log(1 + (self.rows.count - self.rows.frequency + 0.5) / (self.rows.frequency + 0.5))
        matrix.data = matrix.data * (_K + 1) / (matrix.data + _K * (1 - _B + _B * share)) * rarity[matrix.indices]
        self.turned = matrix.T.tocsr()

    def scores(self, rows: Sequence[Counter[str]]) -> "Array":
        """Return the score of each row with each of ours."""
        asked = self.rows.of(rows)
        asked.data[:] = 1.0
        return (asked @ self.turned).toarray()  # type: ignore[no-any-return]


class _Cosine:
    """Cosine of counts weighted by their logarithm and by rarity."""

    def __init__(self, rows: Iterable[Counter[str]]) -> None:
        import numpy as np

        self.rows = _Rows(rows)
        self.rarity = np.log((self.rows.count + 1) / (self.rows.frequency + 0.5))
        self.turned = self._weighted(self.rows.matrix).T.tocsr()

    def _weighted(self, matrix: Any) -> Any:
        import numpy as np
        from scipy import sparse

        matrix.data = (1 + np.log(matrix.data)) * self.rarity[matrix.indices]
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        return sparse.csr_matrix(sparse.diags(1 / np.where(lengths > 0, lengths, 1.0)) @ matrix)

    def scores(self, rows: Sequence[Counter[str]]) -> "Array":
        """Return the score of each row with each of ours."""
        return (self._weighted(self.rows.of(rows)) @ self.turned).toarray()  # type: ignore[no-any-return]


Predictions = list[tuple[str, Found]]


def predict_retrieval(folder: Path, *, most: int = 5) -> Predictions:
    """Return (query, claim found) for every query of a folder in the layout of CLEF CheckThat! 2020 task 2.

    Args:
        folder: Holds ``*.docs.tsv`` (id, claim, title) and ``*.queries.tsv`` (id, text), each with a header.
        most: How many claims are returned for a query.

    Raises:
        UnreadableInput: One of the files is missing.
    """
    claims = [KnownClaim(*row[:3]) for row in _table(folder, "*.docs.tsv") if len(row) > 1]
    queries = [row for row in _table(folder, "*.queries.tsv") if len(row) > 1]
    found = ClaimIndex(claims).find([row[1] for row in queries], most=most)
    return [(row[0], one) for row, ones in zip(queries, found, strict=True) for one in ones]


def predictions_tsv(predictions: Predictions) -> str:
    """Return predictions as lines of query, claim, rank and score, separated by tabs, with a header."""
    lines = [f"{query}\t{one.claim}\t{one.rank}\t{one.score:.6f}" for query, one in predictions]
    return "\n".join(["query\tclaim\trank\tscore", *lines]) + "\n"


def _table(folder: Path, pattern: str) -> list[list[str]]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise UnreadableInput(
            f"{folder}: there is no file {pattern}", hint="give a folder in the layout of CheckThat! 2020, task 2"
        )
    text = paths[0].read_text(encoding="utf-8")
    return list(csv.reader(StringIO(text, newline=""), delimiter="\t"))[1:]


def mean_average_precision(predictions: Predictions, relevant: Mapping[str, set[str]], *, most: int = 5) -> float:
    """Return MAP@``most`` over the queries that have relevant claims."""
    ranked: dict[str, list[str]] = {}
    for query, one in predictions:
        ranked.setdefault(query, []).append(one.claim)
    total = 0.0
    for query, wanted in relevant.items():
        hits, precision = 0, 0.0
        for rank, claim in enumerate(ranked.get(query, ())[:most], 1):
            hits += claim in wanted
            precision += (claim in wanted) * hits / rank
        total += precision / min(most, len(wanted))
    return total / max(1, len(relevant))
