"""When and where a text says something held: what shows that two figures are of two times or places."""

import re
from functools import lru_cache
from typing import Final

from graphkit.matching.words import word_set

_WORD = re.compile(r"[^\W\d_]+")
_MONTH: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = re.compile(rf"\b({_MONTH})\b\.?(?:\s(\d{{1,2}})\b)?|\b(\d{{1,2}})\s({_MONTH})\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_LENGTH: Final = "year|month|week|quarter|half|decade|season|night|weekend|century"
_PERIOD = re.compile(
    r"\b(?:(?:last|this|next|previous|past|prior|preceding|current|same|full|year-ago|first|second|third|fourth|final|each|every)"
    rf"\s(?:fiscal\s)?(?:{_LENGTH})|(?:a|one)\s(?:{_LENGTH})\s(?:ago|earlier|before)|year[- ]to[- ]date|so far"
    r"|annual(?:ly)?|yearly|monthly|weekly|daily|quarterly|overnight|to date|in total|\d+(?:st|nd|rd|th)\scentury|(?:19|20)\d0s"
    r"|since|fiscal|year-ago|quarter|forecast|expected|expects|planned|target|estimates?|guidance|previously|initially|originally"
    r"|earlier|now|already)\b",
    re.IGNORECASE,
)
_REACH: Final = word_set(
    "national nationally nationwide local locally statewide worldwide global globally internationally regional citywide"
)


@lru_cache(maxsize=1 << 12)
def _times(text: str) -> tuple[frozenset[str], ...]:
    days = {(m[1] or m[4])[:3] + (m[2] or m[3] or "") for m in _DAY.finditer(text.lower())}
    return (
        frozenset(_YEAR.findall(text)),
        frozenset(days),
        frozenset(match.group().lower() for match in _WEEKDAY.finditer(text)),
        frozenset(_CLOCK.findall(text)),
        frozenset(re.sub(r"\s+", " ", match.group().lower()) for match in _PERIOD.finditer(text)),
    )


def are_of_one_time(one: str, two: str) -> bool:
    """Say whether nothing shows that two texts speak of different times: no other year, day, weekday or time of day, and the same periods."""
    *first, periods = _times(one)
    *second, other_periods = _times(two)
    return periods == other_periods and not any(a and b and not a & b for a, b in zip(first, second, strict=True))


def are_of_one_place(one: str, two: str) -> bool:
    """Say whether two texts reach as far: both "nationally", or neither."""
    first, second = (frozenset(_WORD.findall(text.lower())) & _REACH for text in (one, two))
    return first == second
