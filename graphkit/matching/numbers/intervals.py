"""Numbers as intervals: what "at least 12", "about 7,000" or "dozens" leave open."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from graphkit.model import Comparator

INFINITE: Final = Decimal("Infinity")
ABOUT: Final = Decimal("0.1")
"""How far "about" reaches to either side, as a share of the value."""

Fit = Literal["equal", "inside", "meets", "apart"]


@dataclass(frozen=True, slots=True)
class Interval:
    """The values a number may stand for; an open end is not one of them."""

    low: Decimal
    high: Decimal
    is_low_open: bool = False
    is_high_open: bool = False

    def meets(self, other: "Interval") -> bool:
        """Say whether some value fits both."""
        return not (self.is_below(other) or other.is_below(self))

    def is_below(self, other: "Interval") -> bool:
        """Say whether every value of this one is less than every value of ``other``."""
        if self.high == other.low:
            return self.is_high_open or other.is_low_open
        return self.high < other.low

    def holds(self, other: "Interval") -> bool:
        """Say whether every value of ``other`` fits this one."""
        low = self.low < other.low or (self.low == other.low and (not self.is_low_open or other.is_low_open))
        high = other.high < self.high or (self.high == other.high and (not self.is_high_open or other.is_high_open))
        return low and high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.is_low_open or other.is_low_open,
            self.is_high_open or other.is_high_open,
        )


def interval_of(value: Decimal, comparator: Comparator) -> Interval:
    """Return the interval of a value with its bound."""
    if comparator == "atLeast":
        return Interval(value, INFINITE)
    if comparator == "moreThan":
        return Interval(value, INFINITE, is_low_open=True)
    if comparator == "atMost":
        return Interval(Decimal(0), value)
    if comparator == "lessThan":
        return Interval(Decimal(0), value, is_high_open=True)
    if comparator == "approximately":
        return Interval(value * (1 - ABOUT), value * (1 + ABOUT))
    return Interval(value, value)


def fit(one: Interval, two: Interval) -> Fit:
    """Tell how two intervals stand to each other."""
    if one == two:
        return "equal"
    if one.holds(two) or two.holds(one):
        return "inside"
    return "meets" if one.meets(two) else "apart"
