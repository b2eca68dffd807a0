"""Counting and matching that all tasks share, and the row in which a result is reported."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Row = dict[str, Any]
Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)
_NO_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Score:
    """One line of a result table, in percent with one decimal; ``value`` stands where precision and recall make no sense."""

    name: str
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    predicted: int | None = None
    gold: int | None = None
    value: float | None = None


@dataclass(slots=True)
class Counts:
    """Hits, predictions and gold items of one measure."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hits: int, predicted: int, gold: int) -> None:
        """Add the counts of one document."""
        self.hits += hits
        self.predicted += predicted
        self.gold += gold

    def score(self, name: str) -> Score:
        """Return precision, recall and F1; each is 0 where nothing was predicted or nothing is there."""
        precision = self.hits / self.predicted if self.predicted else 0.0
        recall = self.hits / self.gold if self.gold else 0.0
        total = precision + recall
        f1 = 2 * precision * recall / total if total else 0.0
        return Score(name, percent(precision), percent(recall), percent(f1), self.predicted, self.gold)


def percent(share: float) -> float:
    """Return a share in percent with one decimal."""
    return round(100 * share, 1)


def match_one_to_one(candidates: Iterable[tuple[float, Left, Right]]) -> list[tuple[Left, Right]]:
    """Match greedily, best score first, each side once; ties go by the sides' own order."""
    used_left: set[Left] = set()
    used_right: set[Right] = set()
    matches: list[tuple[Left, Right]] = []
    for _, left, right in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            matches.append((left, right))
    return matches


def fold(text: str | None) -> str:
    """Return a name without case and signs, for comparison."""
    return _NO_WORD.sub(" ", (text or "").casefold()).strip()


def overlap(left: Row, right: Row) -> int:
    """Return how many characters two ``{"start", "end"}`` rows share."""
    return max(0, int(min(left["end"], right["end"])) - int(max(left["start"], right["start"])))


def match_spans(
    predicted: Sequence[Row], reference: Sequence[Row], accept: Callable[[Row, Row], bool] = lambda _p, _r: True
) -> list[tuple[int, int]]:
    """Match overlapping rows one to one, most shared characters first."""
    return match_one_to_one(
        (float(overlap(p, r)), i, j)
        for i, p in enumerate(predicted)
        for j, r in enumerate(reference)
        if overlap(p, r) > 0 and accept(p, r)
    )
