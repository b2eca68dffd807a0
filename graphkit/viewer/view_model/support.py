"""Words for what stands behind a claim and how an outlet is rated: counted here only where no assessment says more.

Families of raters are counted, not raters, and their values are never averaged across families: a band is given when the families
agree, else the page says that they disagree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

HIGH_FROM = 2 / 3
LOW_BELOW = 1 / 3
CONTESTED_FROM = 0.5
OPINIONS = frozenset({"interpretive", "evaluative", "predictive", "normative"})
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the families of raters see an outlet, and the interval their values span."""

    band: str = "unrated"
    word: str = "unrated"
    families: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One assertion of a claim, as far as its origin matters."""

    assertion: str
    origin: str
    is_denial: bool
    is_derived: bool
    is_disputed: bool
    type: str


def band(value: float) -> str:
    """Return the third of the normalised scale a value lies in."""
    if value >= HIGH_FROM - _SLACK:
        return "high"
    return "low" if value < LOW_BELOW - _SLACK else "mixed"


def judge(ratings: Iterable[tuple[str, str, float]]) -> Verdict:
    """Return the verdict of ``(family, date, normalised value)`` rows: per family the mean of its rows of the latest date."""
    latest: dict[str, tuple[str, list[float]]] = {}
    for family, date, value in sorted(ratings):
        if family not in latest or latest[family][0] < date:
            latest[family] = (date, [])
        latest[family][1].append(value)
    values = [sum(found) / len(found) for _, found in latest.values()]
    if not values:
        return Verdict()
    low, high = min(values), max(values)
    if len(values) == 1:
        return Verdict(band(low), "single", 1, low, high)
    if high - low >= CONTESTED_FROM - _SLACK:
        return Verdict("mixed", "contested", len(values), low, high)
    one = band(low) if band(low) == band(high) else "mixed"
    return Verdict(one, "consistent", len(values), low, high)


def support(voices: Sequence[Voice], *, counted: int | None = None) -> tuple[str, int]:
    """Return the word for a claim's support and the number of its independent origins: ``counted`` ones, where they were counted.

    Copies and denials are no origins; a speaker who is named is one origin however many articles carry the words; an unnamed one
    counts for the outlet that has it.
    """
    origins = {voice.origin for voice in voices if not voice.is_denial and not voice.is_derived}
    count = len(origins) if counted is None else counted
    opinions = sum(voice.type in OPINIONS for voice in voices)
    denials = sum(voice.is_denial for voice in voices)
    if any(voice.is_disputed for voice in voices) or 0 < denials < len(voices):
        return "conflict", count
    if 2 * opinions > len(voices):
        return "opinion", count
    if count == 0:
        return "none", 0
    return ("supported" if count > 1 else "single"), count


def join(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return, for everything that ``pairs`` hold together, its smallest companion (union-find)."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, right in pairs:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    return {one: root(one) for one in sorted(parent)}
