"""What the numbers of a quotation count, as intervals: the figure that answers a named quantity.

The hard part of comparing numbers is which number counts what: "four bombs were dropped but they caused no casualties" gives 0
casualties and 4 bombs.  What stands behind a number decides; where that says nothing, what stands before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from graphkit.matching.numbers.intervals import Interval, interval_of
from graphkit.matching.words import stem, word_set
from graphkit.model import Span

_CLASSES: Final = {
    "death": "kill killed killing kills dead death deaths die died dies dying fatality fatalities lives life slain murdered toll perished",
    "injury": "injured injury injuries wounded wound wounds hurt hospital hospitals hospitalized hospitalised",
    "arrest": "arrest arrests arrested detained detention detentions custody",
    "missing": "missing unaccounted",
    "displaced": "displaced evacuated evacuees homeless fled refugees",
}
_CASUALTIES: Final = frozenset({"casualty", "casualties", "victim", "victims"})
_ALSO: Final = {word: name for name, words in _CLASSES.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CUT_RIGHT = re.compile(r"[,;:.!?—–()]|\b(?:and|but|while|with|after)\b", re.IGNORECASE)
_CUT_LEFT = re.compile(r"[;.!?—()]|\b(?:but|while)\b", re.IGNORECASE)
VAGUE: Final = {
    "tens of thousands": (20_000, 199_999), "hundreds of thousands": (200_000, 1_999_999), "dozens": (24, 199), "scores": (40, 199),
    "hundreds": (200, 1_999), "thousands": (2_000, 19_999), "millions": (2_000_000, 19_999_999), "several": (3, 9),
}  # fmt: skip
# the upper ends lie past the next power of ten: who writes "thousands" of 10,400 does not contradict who counts them
_VAGUE_WORDS = re.compile(rf"\b(?:{'|'.join(VAGUE)})\b(?! of (?:thousands|millions))", re.IGNORECASE)
_NOTHING = re.compile(
    r"\b(?:(?:no|without|any)\s(?:[a-z]+\s){0,5}?(?:casualt(?:y|ies)|deaths?|fatalit(?:y|ies)|injur(?:y|ies)|victims?|arrests?|survivors?)"
    r"|(?:nobody|no one|no-one|none)\b(?:\s[a-z]+){0,3}?\s(?:killed|hurt|injured|wounded|died|dead|missing|arrested))\b",
    re.IGNORECASE,
)
_METRES: Final = re.compile(r"(?<![$£€¥₹₽₴₩₪₺₦])\b\d[\d.,]*m$")
_SPLIT: Final = re.compile(r"(?<=\d,) (?=000\b)")
_STOP: Final = word_set(
    "a an the of in on at to for by from with and or all total number kinds be is are was were sent his her"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: the interval it leaves, the stems of what it counts, and the class of event ("death", "injury")."""

    span: Span
    interval: Interval
    counts: frozenset[str]
    classes: frozenset[str]
    unit: str | None = None


@lru_cache(maxsize=1 << 17)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text, in text order; a range is one figure."""
    # kept, because an added article has the sentences of its whole story compared again, and this costs most of that
    raw = sorted(_raw(text), key=lambda item: (item[0], -len(item[0])))
    kept: list[tuple[Span, Interval, str | None]] = []
    for item in raw:
        if kept and kept[-1][0].overlaps(item[0]):
            continue
        if kept and _is_range(text, kept[-1], item):
            span, lower, unit = kept.pop()
            kept.append((Span(span.begin, item[0].end), Interval(lower.low, item[1].high), item[2] or unit))
            continue
        kept.append(item)
    return tuple(_figure(text, kept, place) for place in range(len(kept)))


def _raw(text: str) -> Iterator[tuple[Span, Interval, str | None]]:
    from graphkit.extraction.attribution.rules import paragraph_views
    from graphkit.extraction.labels.numbers import find_quantities

    for match in _NOTHING.finditer(text):
        if not match.group().lower().startswith("any") or re.search(r"\b(?:not|n't|never)\b", text[: match.start()]):
            yield Span(match.start(), match.end()), Interval(Decimal(0), Decimal(0)), None
    for match in _VAGUE_WORDS.finditer(text):
        low, high = VAGUE[match.group().lower()]
        yield Span(match.start(), match.end()), Interval(Decimal(low), Decimal(high)), None
    joined, spaces = _joined(text)
    for view in paragraph_views(joined):
        for quantity in find_quantities(joined, view):
            span = Span(_moved(quantity.span.begin, spaces), _moved(quantity.span.end, spaces))
            value, unit = quantity.value, quantity.unit
            if unit is None and _METRES.search(span.of(text)):
                # "60m" that counts nothing is a length, no number of millions
                value, unit = value / 1_000_000, "metres"
            yield span, interval_of(value, quantity.comparator), unit


def _joined(text: str) -> tuple[str, list[int]]:
    """Return a text without the space inside "24, 000", and where such spaces were."""
    spaces = [match.start() for match in _SPLIT.finditer(text)]
    return _SPLIT.sub("", text), spaces


def _moved(place: int, spaces: list[int]) -> int:
    """Return the place in the text of a place in the text without these spaces."""
    for space in spaces:
        place += place >= space
    return place


def _is_range(text: str, one: tuple[Span, Interval, str | None], two: tuple[Span, Interval, str | None]) -> bool:
    """Say whether two numbers are the ends of one range ("from 7,000 to as many as 14,000")."""
    gap = text[one[0].end : two[0].begin].strip().lower()
    lead = text[max(0, one[0].begin - 12) : one[0].begin].lower()
    is_joined = gap in {"to", "-", "–", "—"} or (gap == "and" and lead.endswith("between "))
    is_open = one[1].high == two[1].high == Decimal("Infinity")
    is_led = lead.endswith(("from ", "between ", "range ", "of ")) or not one[1].high.is_finite()
    return is_joined and is_led and not is_open and one[1].low < two[1].high and two[1].high.is_finite()


def _figure(text: str, items: list[tuple[Span, Interval, str | None]], place: int) -> Figure:
    span, interval, unit = items[place]
    left_end = items[place - 1][0].end if place else 0
    right_end = items[place + 1][0].begin if place + 1 < len(items) else len(text)
    right = _until(_CUT_RIGHT, text[span.end : right_end])
    left = _after(_CUT_LEFT, text[left_end : span.begin])
    own = text[span.begin : span.end]
    near = classes_of(f"{own} {right}")
    counts = {*_stems(unit or ""), *_stems(right[:60])}
    return Figure(span, interval, frozenset(counts or _stems(left[-60:])), near or classes_of(left), unit)


def _until(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return text if match is None else text[: match.start()]


def _after(pattern: re.Pattern[str], text: str) -> str:
    end = max((match.end() for match in pattern.finditer(text)), default=0)
    return text[end:]


@cache
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP)


def classes_of(text: str) -> frozenset[str]:
    """Return the classes of event that words name; "casualties" may be dead or injured."""
    words = _WORD.findall(text.lower())
    found = {_ALSO[word] for word in words if word in _ALSO}
    if not found and _CASUALTIES.intersection(words):
        found = {"death", "injury"}
    return frozenset(found)


def figure_for(quantity: str, figures: tuple[Figure, ...]) -> Figure | None:
    """Return the figure that answers a named quantity ("police officers killed"), or None where none or several do."""
    wanted, classes = _stems(quantity.lower()), classes_of(quantity)
    scored = sorted(((_suits(figure, wanted, classes), -place, figure) for place, figure in enumerate(figures)), reverse=True)
    if not scored or scored[0][0] < 0:
        return None
    best = [figure for score, _, figure in scored if score == scored[0][0]]
    return best[0] if len({figure.interval for figure in best}) == 1 else None


def _suits(figure: Figure, wanted: frozenset[str], classes: frozenset[str]) -> float:
    shared = len(wanted & figure.counts)
    if classes and figure.classes:
        return (2.0 if classes & figure.classes else -2.0) + shared
    return shared - (0.5 if classes and not figure.classes else 0.0) + (0.6 if not shared else 0.0)
