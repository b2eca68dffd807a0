"""Quantities: what is counted or measured, how many, and whether that is a bound.

Read are digits and words, scale words, currencies, percentages and ranges; a range gives two quantities, its lower and its upper
bound.  Dates, years, clock times, ordinals, ages, scores, addresses, model and road numbers are none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from typing import get_args

from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.counting import counts, glued_unit, is_of_people, is_small_word, opens_range
from graphkit.extraction.labels.numerals import CURRENCY_CODES, Numeral, find_numerals
from graphkit.extraction.labels.units import counted_noun, number_words
from graphkit.extraction.language.lexicon import read_lines
from graphkit.model import Comparator, Quantity, Span

_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or)\s?$|-(?:to|or)-$", re.IGNORECASE)
_RANGING = re.compile(
    r"\b(?:rang(?:es?|ed|ing)|pric(?:es?|ed|ing)|var(?:y|ies|ied|ying)|anywhere|somewhere)\s(?:\w+\s)?from\s$"
)
_PHONE = re.compile(r"\d{3}[-–]\d{4}\b")
_AFTER = re.compile(
    r"\s?(\+|[-‑]plus\b|plus\b|or more\b|and more\b|and counting\b|(?:and|or) (?:over|above|up|older)\b(?!\s\w)"
    r"|or so\b|or thereabouts\b|[-‑]odd\b"
    r"|or (?:less|fewer)\b|(?:and|or) (?:under|below|younger)\b(?!\s\w)|at least\b|at most\b)",
    re.IGNORECASE,
)
_AFTER_COMPARATORS: dict[str, Comparator] = {
    "+": "atLeast", "plus": "atLeast", "more": "atLeast", "counting": "atLeast", "over": "atLeast", "above": "atLeast", "up": "atLeast",
    "older": "atLeast", "least": "atLeast", "so": "approximately", "thereabouts": "approximately", "odd": "approximately",
    "less": "atMost", "fewer": "atMost", "under": "atMost", "below": "atMost", "younger": "atMost", "most": "atMost",
}  # fmt: skip
"""The bound that words behind a number make, by the last of them."""
_WORD_BEFORE = re.compile(r"([A-Za-z#]+)\.?[\s-]?$")
_IN_SENTENCE = re.compile(r"[a-z,;]\s$")
"""Before a word with a capital that is a name: "the *Six* Nations"."""
_LONGEST_QUALIFIER = 24
_LONGEST_SUFFIX = 18
_LONGEST_NONE = 6
"""Words from "no" to what there was none of."""
_MARK = re.compile(r"[\s-]+(?:\w+[\s-])?(?:mark|threshold|level|limit|barrier|line|ceiling)\b", re.IGNORECASE)
_PARTICLES = frozenset({"about", "above", "around", "below", "over", "under"})
_TOLD_BEFORE = re.compile(
    r"\b(?:(death\stoll|toll)|(crowd|audience|attendance|congregation)(?=\sof\s)|(magnitude|population))\s(?:\w+\s){0,6}$",
    re.IGNORECASE,
)
"""What a bare number behind it counts: "the death toll rose to 45"."""


@cache
def _qualifiers() -> tuple[re.Pattern[str], dict[str, Comparator]]:
    table: dict[str, Comparator] = {}
    for line in read_lines("qualifiers"):
        label, _, phrases = line.partition(":")
        comparator = next(c for c in get_args(Comparator) if c == label)
        table |= dict.fromkeys((phrase.strip() for phrase in phrases.split("|")), comparator)
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[\s(“\"‘—–,;-]))(?P<words>{words})\s?(?:(?:a|the|another)\s)?$", re.IGNORECASE), table


@dataclass(frozen=True, slots=True)
class _Found:
    """A numeral in its context: bound, unit, and the span with its qualifier."""

    numeral: Numeral
    begin: int
    end: int
    comparator: Comparator
    unit: str | None


def find_quantities(text: str, view: View) -> list[Quantity]:
    """Return the quantities of one paragraph, in text order; spans include the qualifier ("over 10,000")."""
    found: list[Quantity] = []
    told: str | None = None
    for first, last in view.sentences:
        begin, end = view.tokens[first].begin, view.tokens[last - 1].end
        counted = list(_paired(text, list(_counted(text, begin, end, view, told))))
        units = {f.unit for f in counted if f.numeral.unit is None}
        told = next((unit for unit in units if unit is not None and len(units) == 1 and not _is_length_of_time(unit)), None)
        found += [Quantity(Span(f.begin, f.end), f.numeral.value, f.comparator, f.unit) for f in counted]
    found += _nothing(view)
    return sorted(found, key=lambda quantity: quantity.span)


def _nothing(view: View) -> Iterator[Quantity]:
    """Yield "no casualties", "no reports of any casualties" and "nobody was hurt" as zero."""
    for i, token in enumerate(view.tokens):
        if token.lower in {"nobody", "no"}:
            after = i + 1 + (view.word(i + 1) == "one")
            if token.lower == "nobody" or after > i + 1:
                after += view.tag(after) == "B"
                if view.word(after) in number_words("casualty"):
                    yield Quantity(view.span((i, i + 1)), Decimal(0), "exactly", f"{view.word(after)} people")
                continue
            stop = next((k for k in range(after, after + _LONGEST_NONE) if view.word(k) in number_words("event")), None)
            if stop is not None and (stop <= i + 3 or all(view.tag(k) in {"J", "N", "P", "D"} for k in range(after, stop))):
                yield Quantity(view.span((i, i + 1)), Decimal(0), "exactly", view.words(after, stop + 1))


def _counted(text: str, begin: int, end: int, view: View, told: str | None) -> Iterator[_Found]:
    """Yield the numbers of one sentence that count; ``told`` is what the sentence before it counted, where that was one thing."""
    unit = told
    previous, rejected = begin, -2
    for numeral in find_numerals(text, begin, end):
        before, after = text[max(begin, numeral.begin - 40) : numeral.begin], text[numeral.end : min(end, numeral.end + 32)]
        is_name = numeral.words is not None and text[numeral.begin].isupper() and _IN_SENTENCE.search(before) is not None
        if is_name or rejected == numeral.begin - 1 or not counts(numeral, before, after):
            rejected = numeral.end
            continue
        comparator, first, last = _bound(text, numeral, previous, end, view)
        is_carried = numeral.value == numeral.value.to_integral_value() and not is_of_people(before)
        carried = unit if is_carried else None
        unit_here = numeral.unit or glued_unit(after) or counted_noun(view, last, carried) or _told_unit(before)
        unit_here = CURRENCY_CODES.get(unit_here or "", unit_here)
        if unit_here is None and _is_nothing(numeral, before, after):
            rejected = numeral.end
            continue
        if numeral.unit is None and unit_here is not None and not _is_length_of_time(unit_here):
            unit = unit_here
        yield _Found(numeral, first, last, comparator, unit_here)
        previous = last


def _is_length_of_time(unit: str) -> bool:
    """Say whether a unit measures time, which no bare number after it is likely to count again."""
    return unit.removesuffix("s").lower() in number_words("period")


def _is_nothing(numeral: Numeral, before: str, after: str) -> bool:
    """Say whether a number that no unit goes with counts nothing: a small one in words, or part of a name."""
    if is_small_word(numeral):
        return not opens_range(numeral, after)
    return not numeral.has_scale and _is_named(before)


def _told_unit(before: str) -> str | None:
    """Return what a number counts that stands behind its measure ("a magnitude of 5.5")."""
    if is_of_people(before):
        return "people"
    told = _TOLD_BEFORE.search(before)
    return told and ("deaths" if told[1] else "people" if told[2] else told[3].lower())


def _is_named(before: str) -> bool:
    """Say whether a capitalised word stands before a number without a unit ("Windows 11")."""
    match = _WORD_BEFORE.search(before)
    return match is not None and match[1][0].isupper() and match.start() > 0


def _bound(text: str, numeral: Numeral, begin: int, end: int, view: View) -> tuple[Comparator, int, int]:
    """Return the bound that words before or behind make, and the span with them."""
    pattern, table = _qualifiers()
    window = max(begin, numeral.begin - _LONGEST_QUALIFIER)
    before = pattern.search(text[window : numeral.begin])
    if before:
        words, first = re.sub(r"\s", " ", before["words"].lower()), window + before.start("words")
        comparator = table[words]
        if comparator in {"moreThan", "lessThan"} and _is_known(text, window + before.end("words"), numeral):
            return "exactly", numeral.begin, numeral.end
        if not (_is_particle(text, words, first) or _is_place_or_stretch(view, words, first, numeral)):
            return comparator, first, numeral.end
    after = _AFTER.match(text, numeral.end, min(end, numeral.end + _LONGEST_SUFFIX))
    if after:
        return _AFTER_COMPARATORS[re.split(r"[\s‑-]", after[1].lower())[-1]], numeral.begin, after.end()
    return "exactly", numeral.begin, numeral.end


def _is_known(text: str, begin: int, numeral: Numeral) -> bool:
    """Say whether a number is a known figure that another is held against ("below *the 260,000* of 2014"), and no mark passed."""
    return text[begin : numeral.begin].strip().lower() == "the" and _MARK.match(text, numeral.end) is None


def _is_place_or_stretch(view: View, qualifier: str, begin: int, numeral: Numeral) -> bool:
    """Say whether "over" tells how long ("three titles *over two seasons*") or "near" where ("*near two schools*")."""
    if qualifier == "near":
        return numeral.unit is None and not numeral.has_scale
    if qualifier != "over":
        return False
    before = bisect_left(view.tokens, begin, key=lambda token: token.begin) - 1
    behind = bisect_left(view.tokens, numeral.end, key=lambda token: token.begin)
    is_period = view.word(behind).removesuffix("s") in number_words("period")
    return is_period and view.tag(before) in {"N", "NP"} and view.word(behind + 1) not in {"ago", "old", "later", "late"}


def _is_particle(text: str, qualifier: str, begin: int) -> bool:
    """Say whether "over" or "about" belongs to the verb before it ("handed over 14 lorries")."""
    match = _WORD_BEFORE.search(text, max(0, begin - 20), begin)
    return qualifier.lower() in _PARTICLES and match is not None and match[1].lower() in number_words("particle_verb")


def _paired(text: str, found: list[_Found]) -> Iterator[_Found]:
    """Turn "4,000 to 6,000" into a lower and an upper bound; leave out scores and telephone numbers."""
    skip = False
    for one, two in zip_longest(found, found[1:]):
        if skip:
            skip = False
            continue
        relation = _relation(text, one, two) if two is not None else "none"
        skip = relation != "none"
        if relation == "range" and two is not None:
            lower = replace(one.numeral, value=_scaled(one.numeral, two.numeral))
            unit = one.numeral.unit or two.unit
            yield replace(one, numeral=lower, comparator="atLeast", unit=unit, end=one.numeral.end)
            is_open = two.comparator in {"moreThan", "atLeast", "lessThan"}
            yield replace(two, unit=unit) if is_open else replace(two, begin=two.numeral.begin, comparator="atMost", unit=unit)
        elif relation == "change" and two is not None:
            yield replace(one, unit=one.unit or two.unit)
            yield two
        elif relation == "none":
            yield one


def _relation(text: str, one: _Found, two: _Found) -> str:
    """Tell whether two numbers are the ends of a range, a score or telephone number, or have nothing to do with each other."""
    gap = text[one.numeral.end : two.numeral.begin]
    lead = text[max(0, one.begin - 24) : one.begin].lower()
    is_ranging = _RANGING.search(lead) is not None
    if two.begin < two.numeral.begin and is_ranging:
        gap = text[one.numeral.end : two.begin]
    if not _RANGE.match(gap) or len(gap) > 5:
        return "none"
    is_glued = gap in {"-", "–"}
    if is_glued and (one.numeral.value >= two.numeral.value or _PHONE.match(text, one.numeral.begin)):
        return "score"
    if (
        is_glued
        and re.match(r"\s(\w+)", text[two.end : two.end + 20])
        and text[two.end :].split(None, 1)[0].lower().strip(".,") in number_words("result")
    ):
        return "score"
    if one.numeral.value >= two.numeral.value or (
        one.numeral.unit and two.numeral.unit and one.numeral.unit != two.numeral.unit
    ):
        return "none"
    if one.numeral.unit in {"percent", "percentage points"} and two.numeral.unit is None:
        return "none"
    if "and" in gap.lower():
        return "range" if lead.endswith("between ") else "none"
    is_change = lead.endswith("from ") and not is_glued and not is_ranging
    return "change" if is_change else "range"


def _scaled(lower: Numeral, upper: Numeral) -> Decimal:
    """Give "2 to 3 million" its scale on both ends."""
    if upper.has_scale and not lower.has_scale and lower.value < 1000:
        for scale in (10**12, 10**9, 10**6, 10**3):
            if upper.value >= scale and (upper.value / scale) >= lower.value:
                return lower.value * scale
    return lower.value
