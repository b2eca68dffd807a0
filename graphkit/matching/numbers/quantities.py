"""Two statements of one quantity: do they agree, refine, make up a sum, follow each other, or conflict?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Literal

from graphkit.matching.numbers.figures import Figure, figure_for, find_figures
from graphkit.matching.numbers.intervals import Interval, fit
from graphkit.matching.words import stems_of

Relation = Literal["agrees", "refines", "partOf", "updated", "conflicts", "undated", "differs", "unknown"]
Label = Literal["conflict", "compatible", "unknown"]
RUNNING: Final = frozenset({"death", "injury", "arrest", "missing", "displaced"})
"""Counts that only time makes final: a later, other figure of these is an update."""
_MOST_PARTS: Final = 4
_LABELS: Final[dict[Relation, Label]] = {"conflicts": "conflict", "undated": "conflict", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure as stated: when (ISO 8601 date or time, None where unknown) and by which origin (None where unknown)."""

    figure: Figure
    when: str | None = None
    origin: str | None = None


def compare_quantities(one: Statement, two: Statement) -> Relation:
    """Tell how two statements of one quantity stand to each other.

    "updated" is a running count (dead, injured, arrested) that differs at a later time; "undated" a difference of which a time is
    missing, so that it may be an update.
    """
    first, second = one.figure, two.figure
    if _is_other_unit(first.unit, second.unit):
        return "unknown"
    how = fit(first.interval, second.interval)
    if how in {"equal", "meets"}:
        return "agrees"
    if how == "inside":
        return "refines"
    if _is_part(first, second) or _is_part(second, first):
        return "partOf"
    if not (first.classes | second.classes) & RUNNING:
        return "conflicts"
    if one.when is None or two.when is None:
        return "undated"
    return "updated" if _has_grown(one, two) else "conflicts"


def _is_part(part: Figure, whole: Figure) -> bool:
    """Say whether one figure counts some of what the other counts together ("workers" of "engineers and workers")."""
    if " and " not in (whole.unit or "") or " and " in (part.unit or "") or part.interval.high >= whole.interval.low:
        return False
    some, all_of_them = stems_of(part.unit or ""), stems_of(whole.unit or "")
    shared = len({*some} & {*all_of_them})
    return {*some} != {*all_of_them} and 2 * shared >= len(some) > 0


def _has_grown(one: Statement, two: Statement) -> bool:
    """Say whether the later statement may follow from the earlier: another time, and no two origins that differ at one time."""
    if one.when == two.when or (one.when or "")[:10] == (two.when or "")[:10]:
        return False
    earlier, later = sorted((one, two), key=lambda statement: statement.when or "")
    return earlier.figure.interval.low < later.figure.interval.low or one.origin == two.origin


_MEASURES: Final = frozenset({"percent", "percentage points"})


def _is_other_unit(one: str | None, two: str | None) -> bool:
    """Say whether two numbers cannot be of one quantity by their units: a share is no count, and no sum of money."""
    return one != two and _kind_of(one) != _kind_of(two)


def _kind_of(unit: str | None) -> str:
    if unit in _MEASURES:
        return "share"
    money = ("dollars", "pounds", "euros", "yen", "rupees", "roubles", "hryvnias", "won", "liras")
    return unit if unit is not None and unit.endswith(money) else "count"


def compare_quotes(one: str, two: str, quantity: str) -> Relation:
    """Tell how two quotations stand to each other in what they say of a named quantity, without knowing when they were said."""
    first, second = find_figures(one), find_figures(two)
    left, right = figure_for(quantity, first), figure_for(quantity, second)
    if left is None or right is None:
        is_total = (left is not None and is_sum(left, second)) or (right is not None and is_sum(right, first))
        return "partOf" if is_total else "unknown"
    relation = compare_quantities(Statement(left), Statement(right))
    if relation in {"conflicts", "undated"} and (is_sum(left, second) or is_sum(right, first)):
        return "partOf"
    return relation


def is_sum(total: Figure, parts: Iterable[Figure]) -> bool:
    """Say whether two or more of ``parts`` add up to ``total`` ("1,000 sappers and 5,000 builders" to "6,000 personnel").

    An open total ("at least 59") is no sum of anything, and the dead and the injured are not parts of one of the two.
    """
    if not total.interval.high.is_finite():
        return False
    listed = [one for one in parts if one.interval.low > 0 and one.interval.high.is_finite() and one.classes <= total.classes]
    for size in range(2, min(_MOST_PARTS, len(listed)) + 1):
        for chosen in combinations(listed[:8], size):
            if fit(_sum(chosen), total.interval) != "apart":
                return True
    return False


def _sum(figures: tuple[Figure, ...]) -> Interval:
    total = figures[0].interval
    for figure in figures[1:]:
        total += figure.interval
    return total


def predict_figures(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Label pairs of quotations: ``{"row": i, "label": "conflict" | "compatible" | "unknown"}``.

    Args:
        rows: Mappings with ``a_text``, ``b_text`` and ``quantity``; nothing else is read.
    """
    labelled = []
    for number, row in enumerate(rows):
        relation = compare_quotes(row["a_text"], row["b_text"], row["quantity"])
        labelled.append({"row": number, "label": _LABELS.get(relation, "compatible")})
    return labelled
