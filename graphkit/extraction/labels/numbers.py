"""Quantities: what is counted or measured, how many, and whether that is a bound.

Read are digits and words, scale words, currencies, percentages and ranges; a range gives two quantities, its lower and its upper
bound.  Dates, years, clock times, ordinals, ages, scores, addresses, model and road numbers are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest
from typing import get_args

from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.numerals import UNITS, Numeral, find_numerals
from graphkit.extraction.labels.units import counted_noun, number_words
from graphkit.extraction.language.lexicon import read_lines
from graphkit.model import Comparator, Quantity, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s(?:\d{{1,2}}(?:\s?[-–]\s?|,?\s))?$", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"\s?(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:\s|$|[.,;])", re.IGNORECASE)
_NOT_AFTER = re.compile(
    r"(?i:(?:st|nd|rd|th)\b|\s?(?:[ap]\.?m\b|o['’]clock|(?:GMT|BST|UTC|CET|CEST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|IST|hrs|hours\s(?:local|on|yesterday))\b)|[-‑]years?[-‑]olds?\b|\s?years?[\s-]old\b)"
    r"|:\d|s\b|['’]s\b|[-‑](?=[A-Z])|/\d|\.\d|\s(?:[A-Z][a-z]+\s){1,3}(?i:street|road|avenue|lane|drive|boulevard|square)\b"
)
_WORD_BEFORE = re.compile(r"([A-Za-z#]+)\.?[\s-]?$")
_NAME_GLUED = re.compile(r"(?:[A-Za-z]\d{0,3}|[A-Z]{1,4})[-‑/]?$|#$")
_TIE_BREAK = re.compile(r"\d[-–]\d{1,2}\s\($")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d$")
_MANY_AFTER = re.compile(r"\s(?:[a-z-]+\s)?(?:[a-z]{2,}s|people|men|women|children|police|staff)\b")
"""Words behind four digits that they may count: "2016 *guests*" and no "2016 campaign"."""
_YEAR_RANGE = re.compile(r"\s?[-–/]\s?(?:\d\d|\d{4})\b")
_RANGE = re.compile(r"\s?(?:-|–|—|to|and|or)\s?$", re.IGNORECASE)
_PHONE = re.compile(r"\d{3}[-–]\d{4}\b")
_AFTER = re.compile(
    r"\s?(\+|-plus\b|plus\b|or more\b|and more\b|or so\b|or (?:less|fewer)\b|at least\b|at most\b)", re.IGNORECASE
)
_AFTER_COMPARATORS: dict[str, Comparator] = {
    "+": "atLeast", "-plus": "atLeast", "plus": "atLeast", "or more": "atLeast", "and more": "atLeast", "or so": "approximately",
    "or less": "atMost", "or fewer": "atMost", "at least": "atLeast", "at most": "atMost",
}  # fmt: skip
_APPOSED_AGE = re.compile(r"[A-Z][\w’'-]+,\s$")
_PERSON_WAS = re.compile(r"\b(?:[Hh]e|[Ss]he|who)\s(?:was|is|turned)\s$")
_LONGEST_QUALIFIER = 24
_PARTICLES = frozenset({"about", "above", "around", "below", "over", "under"})
_MEASURED_TIME = re.compile(
    r"[-‑]((?:second|minute|hour|day|week|month|year|decade|mile|metre|meter|kilometre|kilometer|foot)s?)\b(?![-‑\s]old)"
)
"""A measure behind a number in words: "a *six-year* term"."""
_PART_AFTER = re.compile(r"\sof\s(?:the|these|those|its|his|her|their|our)\s")
_TIME_AFTER = re.compile(r"\s(?:second|minute|hour|day|week|month|year|decade)s\b")
_TOLD_BEFORE = re.compile(r"\b(?:(death\stoll|toll)|(magnitude|population))\s(?:\w+\s){0,6}$", re.IGNORECASE)
"""What a bare number behind it counts: "the death toll rose to 45"."""
_SMALL_FOLLOW = re.compile(
    r"\s(?:and|or|of|to|in|is|are|were|was|have|had|has|by|years?[\s-]old)\b|[-‑]|[^\s]|$|\s(?:o['’]clock|[ap]\.?m\b)",
    re.IGNORECASE,
)
_ONE_FOLLOW = re.compile(
    r"\s(?:of|another|day|thing|way|who|that|time|side|hand|point|more|and|or|by|in|is|to|can|has|was|such|month|year|week|on|for)\b|[^\w\s]|$",
    re.IGNORECASE,
)


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
    for first, last in view.sentences:
        begin, end = view.tokens[first].begin, view.tokens[last - 1].end
        counted = _paired(text, list(_counted(text, begin, end, view)))
        found += [Quantity(Span(f.begin, f.end), f.numeral.value, f.comparator, f.unit) for f in counted]
    found += _nothing(view)
    return sorted(found, key=lambda quantity: quantity.span)


def _nothing(view: View) -> Iterator[Quantity]:
    """Yield "no casualties" as zero."""
    for i, token in enumerate(view.tokens):
        if token.lower == "no":
            stop = next((k for k in (i + 1, i + 2, i + 3) if view.word(k) in number_words("event")), None)
            if stop is not None:
                yield Quantity(Span(token.begin, token.end), Decimal(0), "exactly", view.words(i + 1, stop + 1))


def _counted(text: str, begin: int, end: int, view: View) -> Iterator[_Found]:
    unit: str | None = None
    previous, rejected = begin, -2
    for numeral in find_numerals(text, begin, end):
        before, after = text[max(begin, numeral.begin - 40) : numeral.begin], text[numeral.end : min(end, numeral.end + 32)]
        if rejected == numeral.begin - 1 or not _counts(numeral, before, after):
            rejected = numeral.end
            continue
        comparator, first, last = _bound(text, numeral, previous, end)
        unit_here = numeral.unit or _glued_unit(after) or counted_noun(view, last, unit) or _told_unit(before)
        if numeral.unit is None and unit_here is None and not numeral.has_scale and _is_named(before):
            rejected = numeral.end
            continue
        unit = unit if numeral.unit else unit_here
        yield _Found(numeral, first, last, comparator, unit_here)
        previous = last


def _glued_unit(after: str) -> str | None:
    """Return the unit that stands right behind the number ("120km", "six-year")."""
    measured = _MEASURED_TIME.match(after)
    if measured is not None:
        return measured[1]
    match = re.match(r"[A-Za-z°/]{1,4}\b", after)
    return match.group() if match and match.group().lower() in number_words("measure") else None


def _told_unit(before: str) -> str | None:
    """Return what a number counts that stands behind its measure ("a magnitude of 5.5")."""
    told = _TOLD_BEFORE.search(before)
    return told and ("deaths" if told[1] else told[2].lower())


def _is_named(before: str) -> bool:
    """Say whether a capitalised word stands before a number without a unit ("Windows 11")."""
    match = _WORD_BEFORE.search(before)
    return match is not None and match[1][0].isupper() and match.start() > 0


def _counts(numeral: Numeral, before: str, after: str) -> bool:
    """Say whether a numeral counts or measures something."""
    if numeral.unit is not None:
        return True
    if numeral.words is not None:
        return _words_count(numeral.words, before, after)
    if (
        _NAME_GLUED.search(before)
        or _TIE_BREAK.search(before)
        or before[-1:] in {"_", "@", "/"}
        or after[:1] == "_"
        or _is_part_of_name(before)
    ):
        return False
    if numeral.has_scale:
        return True
    if (
        _NOT_AFTER.match(after)
        or _DATE_BEFORE.search(before)
        or _DATE_AFTER.match(after)
        or (after[:1].isalpha() and not _glued_unit(after))
    ):
        return False
    return not _is_year(numeral.digits or "", before, after) and not _is_age(numeral.value, before, after)


def _is_part_of_name(before: str) -> bool:
    match = _WORD_BEFORE.search(before)
    word = match[1].lower() if match else ""
    return word in number_words("name_before") or word in number_words("age_before") or word == "#"


def _is_year(digits: str, before: str, after: str) -> bool:
    if not _YEAR.match(digits):
        return False
    if _YEAR_RANGE.match(after) or before[-1:] in {"-", "–", "/"}:
        return True
    match = _WORD_BEFORE.search(before)
    if re.match(r"\s[a-z]", after) is None or (match is not None and match[1].lower() in number_words("year_before")):
        return True
    following = re.match(r"\s([a-z]+)", after)
    is_measure = following is not None and following[1] in number_words("measure")
    return not is_measure and _MANY_AFTER.match(after) is None


def _is_age(value: Decimal, before: str, after: str) -> bool:
    """Tell "John Doe, 45, said" and "he was 79" from a count."""
    is_told = _APPOSED_AGE.search(before) is not None or _PERSON_WAS.search(before) is not None
    return value < 120 and is_told and after[:1] in {",", ".", ";", ")"}


def _words_count(words: str, before: str, after: str) -> bool:
    match = _WORD_BEFORE.search(before)
    word = match[1].lower() if match else ""
    if word in number_words("age_before"):
        return False
    if words == "one":
        return word not in number_words("definite") and not _ONE_FOLLOW.match(after)
    if words in {"zero", "a", "an"}:
        return words == "zero" and after[:1] == " " and word != "net"
    if _MEASURED_TIME.match(after):
        return True
    if after[:1] in {"-", "‑"} or re.match(r"\s?years?[\s-]old", after):
        return False
    if words != "one" and _PART_AFTER.match(after):
        return True
    if words in UNITS and word in number_words("sequence") and _TIME_AFTER.match(after):
        return True
    if words in UNITS:
        return word not in number_words("definite") and not _SMALL_FOLLOW.match(after)
    return True


def _bound(text: str, numeral: Numeral, begin: int, end: int) -> tuple[Comparator, int, int]:
    """Return the bound that words before or behind make, and the span with them."""
    pattern, table = _qualifiers()
    window = max(begin, numeral.begin - _LONGEST_QUALIFIER)
    before = pattern.search(text[window : numeral.begin])
    if before and not _is_particle(text, before["words"], window + before.start("words")):
        return table[re.sub(r"\s", " ", before["words"].lower())], window + before.start("words"), numeral.end
    after = _AFTER.match(text, numeral.end, min(end, numeral.end + 12))
    if after:
        return _AFTER_COMPARATORS[after[1].lower()], numeral.begin, after.end()
    return "exactly", numeral.begin, numeral.end


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
            yield replace(two, begin=two.numeral.begin, comparator="atMost", unit=unit)
        elif relation == "change" and two is not None:
            yield replace(one, unit=one.unit or two.unit)
            yield two
        elif relation == "none":
            yield one


def _relation(text: str, one: _Found, two: _Found) -> str:
    """Tell whether two numbers are the ends of a range, a score or telephone number, or have nothing to do with each other."""
    gap = text[one.numeral.end : two.numeral.begin]
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
    lead = text[max(0, one.begin - 9) : one.begin].lower()
    if "and" in gap.lower():
        return "range" if lead.endswith("between ") else "none"
    return "change" if lead.endswith("from ") and not is_glued else "range"


def _scaled(lower: Numeral, upper: Numeral) -> Decimal:
    """Give "2 to 3 million" its scale on both ends."""
    if upper.has_scale and not lower.has_scale and lower.value < 1000:
        for scale in (10**12, 10**9, 10**6, 10**3):
            if upper.value >= scale and (upper.value / scale) >= lower.value:
                return lower.value * scale
    return lower.value
