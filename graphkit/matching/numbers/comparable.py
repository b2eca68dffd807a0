"""What it takes to tell a conflict: two figures that differ must count the same, of the same, over the same time.

Most numbers of one story that differ are of two quantities: two months, two parts of one thing, a price and a turnover.  What cannot be
shown to be one quantity is kept apart as claims, and not told as a conflict.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from graphkit.matching.numbers.around import (
    MEASURES,
    are_other,
    clause_of,
    content_of,
    given_for_each,
    is_label,
    is_part,
    likeness,
    measures_of_many,
    names_before,
    names_behind,
    names_class,
    names_of,
    ways_of,
)
from graphkit.matching.numbers.figures import VAGUE, Figure
from graphkit.matching.numbers.times import are_of_one_place, are_of_one_time
from graphkit.matching.words import stem, stems_of, word_set

LEAST_ALIKE: Final = 0.4
"""How much of the rarer words of the shorter statement, numbers aside, the other one must hold."""
LEAST_ALIKE_MEASURED: Final = 0.5
"""The same for the clause around a measure, whose unit does not say what is measured."""
LARGEST_RATIO: Final = 10
"""Figures farther apart than this hardly count one thing, the dead and the injured aside."""
_ROUND: Final = 100
_ANYONE: Final = frozenset(
    stem(word)
    for word in word_set(
        "people persons person individuals others victims casualties fatalities deaths death dead lives killed died wounded injured injuries "
        "hurt missing arrests arrested detained human humans"
    )
)
_MONEY: Final = frozenset(
    stem(word) for word in word_set("dollars pounds euros yen rupees roubles hryvnias won liras cents pence")
)
_MARKET = re.compile(
    r"\b(?:shares?|stocks?|index|nasdaq|dow|futures|exchange|trading|traders|bourse|barrel|crude|currency|bonds?|treasur(?:y|ies)|yields?|ounce)\b",
    re.IGNORECASE,
)


def is_told(one: tuple[str, Figure], two: tuple[str, Figure]) -> bool:
    """Say whether two figures, each with the text it stands in, are shown to count the same thing over the same time.

    Args:
        one: The text and its figure.
        two: The other text and its figure.
    """
    (text, figure), (other_text, other) = one, two
    # what is quickest to see comes first: most figures that differ count other things
    return (
        _count_alike(figure, other)
        and (bool(figure.classes & other.classes) or not _is_of_other_size(figure, other))
        and likeness(content_of(text), content_of(other_text)) >= LEAST_ALIKE
        and not (_is_only_vague(one, other) or _is_only_vague(two, figure) or _is_rounded(figure, other))
        and not any(is_label(*each) or is_part(*each) for each in (one, two))
        and names_class(text, figure, other)
        and names_class(other_text, other, figure)
        and are_of_one_time(text, other_text)
        and are_of_one_place(text, other_text)
        and not any(are_other(names(*one), names(*two)) for names in (names_before, names_behind))
        and given_for_each(*one) == given_for_each(*two)
        and measures_of_many(text) == measures_of_many(other_text)
        and (not (is_measured(figure) or is_measured(other)) or _measure_alike(one, two))
    )


def _measure_alike(one: tuple[str, Figure], two: tuple[str, Figure]) -> bool:
    """Say whether two measures are in one unit, of alike clauses, that go one way and name no other things, and of no market."""
    (text, figure), (other_text, other) = one, two
    units = [stems_of((each.unit or "").lower()) for each in (figure, other)]
    if {*units[0]} & MEASURES != {*units[1]} & MEASURES or _is_quoted(text, figure) or _is_quoted(other_text, other):
        return False
    clause, other_clause = clause_of(text, figure), clause_of(other_text, other)
    names, other_names = names_of(clause), names_of(other_clause)
    around, others = content_of(clause), content_of(other_clause)
    if (names - other_names and other_names - names) or not (around & others) - {stem(name) for name in names & other_names}:
        return False
    return ways_of(clause) == ways_of(other_clause) and likeness(around, others) >= LEAST_ALIKE_MEASURED


def _is_quoted(text: str, figure: Figure) -> bool:
    """Say whether a figure is a price or a move on a market, which is another by the minute."""
    unit = figure.unit or ""
    is_price = unit.startswith(("percent", "point", "cent", "pence")) or any(
        stem(word) in _MONEY for word in unit.lower().split()
    )
    return is_price and _MARKET.search(text) is not None


def _is_of_other_size(one: Figure, two: Figure) -> bool:
    """Say whether one figure is so many times the other that they hardly count one thing."""
    low, high = sorted((one.interval, two.interval), key=lambda interval: interval.low)
    return low.high * LARGEST_RATIO < high.low


def _is_only_vague(said: tuple[str, Figure], other: Figure) -> bool:
    """Say whether a figure is a word like "thousands", which does not deny that they were more."""
    text, figure = said
    return text[figure.span.begin : figure.span.end].lower() in VAGUE and figure.interval.is_below(other.interval)


def is_measured(figure: Figure) -> bool:
    """Say whether a figure has a unit of measure, which does not say what is measured."""
    words = [stem(word) for word in (figure.unit or "").lower().split()]
    return bool(words) and (words[0] in MEASURES or words[-1] in MEASURES)


def _count_alike(one: Figure, two: Figure) -> bool:
    """Say whether two figures name one thing that they count: a word of it is shared, or both count just people."""
    units = [_unit_stems(figure) for figure in (one, two)]
    if all(units):
        return bool(units[0] & units[1])
    return not any(units) and bool(one.classes & two.classes)


def _unit_stems(figure: Figure) -> frozenset[str]:
    if figure.unit is None and figure.interval.high > 0:
        named = frozenset(figure.counts) if not figure.classes else frozenset()
    else:
        named = _stems(figure.unit or "")
    return named - _ANYONE if figure.classes else named


@lru_cache(maxsize=1 << 12)
def _stems(unit: str) -> frozenset[str]:
    return frozenset(stems_of(unit))


def _is_rounded(one: Figure, two: Figure) -> bool:
    """Say whether two figures differ by no more than rounding: by half of the last digit that one of them gives ("13 billion" of 13.2)."""
    low, high = sorted((one.interval, two.interval), key=lambda interval: interval.low)
    return 2 * (high.low - low.high) <= max(_last_digit(low.high), _last_digit(high.low))


def _last_digit(value: Decimal) -> Decimal:
    """Return the worth of the last digit given; the zeros of tens are given, those of hundreds and more are not."""
    digits = value.normalize() if value >= _ROUND else value
    exponent = digits.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
