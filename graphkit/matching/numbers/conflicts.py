"""Where accounts differ: numbers of one quantity that cannot both hold, and what must not be one claim."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from graphkit.matching.numbers.figures import Figure, find_figures
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


def compare_numbers(one: Said, two: Said, figures: Mapping[str, tuple[Figure, ...]]) -> NumberRelation | None:
    """Compare the first quantity that both assertions state, conflicts before agreements; None where they share none."""
    first, second = figures[one.name], figures[two.name]
    found = [
        NumberRelation(one.name, two.name, relation, _moved(a.span, one.begin), _moved(b.span, two.begin), _is_telling(a, b))
        for a in first
        for b in second
        if _is_same_quantity(a, b)
        for relation in [_relation((one, a, first), (two, b, second))]
    ]
    # a conflict is told only where no other reading of the same numbers agrees
    for wanted in ("agrees", "refines", "partOf", "updated", "conflicts", "undated"):
        match = next((one for one in found if one.relation == wanted), None)
        if match is not None:
            return match
    return None


def _relation(left: tuple[Said, Figure, tuple[Figure, ...]], right: tuple[Said, Figure, tuple[Figure, ...]]) -> Relation:
    (one, a, first), (two, b, second) = left, right
    relation = compare_quantities(Statement(a, one.when, one.outlet), Statement(b, two.when, two.outlet))
    if relation in {"conflicts", "undated"} and (is_sum(a, second) or is_sum(b, first)):
        return "partOf"
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


def _is_zero(one: Figure, two: Figure) -> bool:
    return Decimal(0) in {one.interval.high, two.interval.high}


def find_conflicts(pairs: Iterable[tuple[Said, Said]]) -> list[NumberRelation]:
    """Return how the numbers of pairs of assertions stand to each other, where both state one quantity; pairs are of one story."""
    figures: dict[str, tuple[Figure, ...]] = {}
    has_number: dict[str, bool] = {}

    def numbered(said: Said) -> bool:
        if said.name not in has_number:
            has_number[said.name] = _has_number(said.text)
        return has_number[said.name]

    found = []
    for one, two in pairs:
        if not (numbered(one) and numbered(two)):
            continue
        for said in (one, two):
            if said.name not in figures:
                figures[said.name] = find_figures(said.text)
        relation = compare_numbers(one, two, figures)
        if relation is not None:
            found.append(relation)
    return sorted(found)


def _has_number(text: str) -> bool:
    lowered = f" {text.lower()} "
    return any(letter.isdigit() for letter in text) or any(
        f" {word}" in lowered for word in ("no ", "none ", "nobody ", "dozen", "hundred", "thousand", "million", *_SMALL)
    )


_SMALL: Final = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twent",
    "thirt",
    "fort",
    "fift",
)


def must_be_apart(pairs: Iterable[tuple[Said, Said]], conflicts: Iterable[NumberRelation]) -> set[tuple[str, str]]:
    """Return the pairs that cannot be one claim: other polarity, or numbers that conflict."""
    apart = {(conflict.one, conflict.two) for conflict in conflicts if conflict.relation in {"conflicts", "undated", "updated"}}
    return apart | {(one.name, two.name) for one, two in pairs if one.is_negative != two.is_negative}
