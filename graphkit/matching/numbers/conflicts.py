"""Where accounts differ: numbers of one quantity that cannot both hold, and what must not be one claim."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from graphkit.matching.numbers.comparable import is_told
from graphkit.matching.numbers.figures import Figure, find_figures
from graphkit.matching.numbers.intervals import Interval
from graphkit.matching.numbers.quantities import Relation, Statement, compare_quantities, is_sum
from graphkit.model import Span

_LEAST_SHARED: Final = 0.5
TELLING: Final = 100
"""A figure from this size on, given alike by two accounts of one story, is one figure."""


@dataclass(frozen=True, slots=True)
class Said:
    """One assertion as compared: its words, where they stand in the article, when and by which outlet they were published."""

    name: str
    article: str
    text: str
    begin: int
    when: str | None = None
    outlet: str | None = None
    is_negative: bool = False


@dataclass(frozen=True, slots=True, order=True)
class NumberRelation:
    """How the numbers of two assertions stand to each other, and where in their articles they are.

    ``is_exact`` marks one large figure that both give, with the same bound: hardly a coincidence inside one story.
    """

    one: str
    two: str
    relation: Relation
    span_one: Span
    span_two: Span
    is_exact: bool = False


_FIRST: Final[tuple[Relation, ...]] = ("agrees", "refines", "partOf", "updated", "conflicts", "undated", "differs")


def compare_numbers(one: Said, two: Said, read: "_Read") -> NumberRelation | None:
    """Compare the first quantity that both assertions state, conflicts before agreements; None where they share none."""
    first, second = read.figures(one), read.figures(two)
    found: dict[Relation, tuple[Figure, Figure]] = {}
    for a in first:
        for b in second:
            if _is_same_quantity(a, b):
                found.setdefault(_relation((one, a, first), (two, b, second), read), (a, b))
    # a conflict is told only where no other reading of the same numbers agrees
    relation = next((wanted for wanted in _FIRST if wanted in found), None)
    if relation is None:
        return None
    a, b = found[relation]
    return NumberRelation(one.name, two.name, relation, _moved(a.span, one.begin), _moved(b.span, two.begin), _is_telling(a, b))


def _relation(
    left: tuple[Said, Figure, tuple[Figure, ...]], right: tuple[Said, Figure, tuple[Figure, ...]], read: "_Read"
) -> Relation:
    (one, a, first), (two, b, second) = left, right
    relation = compare_quantities(Statement(a, one.when, one.outlet), Statement(b, two.when, two.outlet))
    if relation in {"conflicts", "undated"} and (is_sum(a, second) or is_sum(b, first)):
        return "partOf"
    if relation in {"conflicts", "undated"} and (
        not is_told((one.text, a), (two.text, b)) or read.gives(two.article, a) or read.gives(one.article, b)
    ):
        return "differs"
    return relation


def _is_telling(one: Figure, two: Figure) -> bool:
    return one.interval == two.interval and one.interval.low >= TELLING


def _moved(span: Span, by: int) -> Span:
    return Span(span.begin + by, span.end + by)


def _is_same_quantity(one: Figure, two: Figure) -> bool:
    """Say whether two figures count the same: one class of event, or most words of what is counted."""
    if not (_is_counted(one) and _is_counted(two)):
        return False
    if one.classes or two.classes:
        return bool(one.classes & two.classes) and (
            not one.counts or not two.counts or bool(one.counts & two.counts) or _is_zero(one, two)
        )
    fewest = min(len(one.counts), len(two.counts))
    return fewest > 0 and len(one.counts & two.counts) / fewest >= _LEAST_SHARED


def _is_counted(figure: Figure) -> bool:
    """Say whether a figure says what it counts: an age, a time or a calibre between two signs does not."""
    return (
        bool(figure.unit) or (bool(figure.classes) and figure.interval.low != figure.interval.high) or figure.interval.high == 0
    )


def _is_within(one: Interval, two: Interval) -> bool:
    """Say whether one of two intervals, neither of them open, lies inside the other ("about 20 percent" and 19.4)."""
    return one.high.is_finite() and two.high.is_finite() and (one.holds(two) or two.holds(one))


def _is_zero(one: Figure, two: Figure) -> bool:
    return Decimal(0) in {one.interval.high, two.interval.high}


def find_conflicts(pairs: Iterable[tuple[Said, Said]], all_said: Iterable[Said] = ()) -> list[NumberRelation]:
    """Return how the numbers of pairs of assertions stand to each other, where both state one quantity; pairs are of one story.

    A conflict is told where the two are shown to count one thing; it "differs" where that is not shown.

    Args:
        pairs: The pairs.
        all_said: All assertions of the articles: no two accounts conflict in what one of them says both of.
    """
    read = _Read(all_said)
    compared = (
        compare_numbers(one, two, read) for one, two in pairs if read.is_numbered(one.text) and read.is_numbered(two.text)
    )
    return sorted(relation for relation in compared if relation is not None)


class _Read:
    """The figures of assertions, and of articles, read when first asked for."""

    def __init__(self, all_said: Iterable[Said]) -> None:
        self._of_article: dict[str, list[Said]] = defaultdict(list)
        for said in all_said:
            self._of_article[said.article].append(said)
        self._numbered: dict[str, bool] = {}
        self._figures: dict[str, tuple[Figure, ...]] = {}
        self._given: dict[str, tuple[Figure, ...]] = {}

    def is_numbered(self, text: str) -> bool:
        if text not in self._numbered:
            self._numbered[text] = _has_number(text)
        return self._numbered[text]

    def figures(self, said: Said) -> tuple[Figure, ...]:
        if said.name not in self._figures:
            self._figures[said.name] = find_figures(said.text) if self.is_numbered(said.text) else ()
        return self._figures[said.name]

    def gives(self, article: str, figure: Figure) -> bool:
        """Say whether some assertion of an article gives the very figure, so that it is no other account's."""
        if article not in self._given:
            self._given[article] = tuple(one for said in self._of_article[article] for one in self.figures(said))
        return any(
            _is_same_quantity(one, figure) and (one.interval == figure.interval or _is_within(one.interval, figure.interval))
            for one in self._given[article]
        )


_NUMBER_WORD: Final = re.compile(
    r" (?:(?:no|none|nobody) |dozen|hundred|thousand|million"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twent|thirt|fort|fift)"
)


def _has_number(text: str) -> bool:
    return any(map(str.isdigit, text)) or _NUMBER_WORD.search(f" {text.lower()} ") is not None


_APART: Final = frozenset({"conflicts", "undated", "updated", "differs"})


def must_be_apart(pairs: Iterable[tuple[Said, Said]], conflicts: Iterable[NumberRelation]) -> set[tuple[str, str]]:
    """Return the pairs that cannot be one claim: other polarity, or numbers that conflict."""
    apart = {(conflict.one, conflict.two) for conflict in conflicts if conflict.relation in _APART}
    return apart | {(one.name, two.name) for one, two in pairs if one.is_negative != two.is_negative}
