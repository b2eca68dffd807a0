"""Dates as publishers write them, to ISO 8601 days.

Machine forms (ISO 8601, RFC 2822, HTTP) are read exactly, in the day that is printed: a time zone is never applied, because the
day a reader saw on the page is the day of publication.  Dates in words go through dateparser, and only strings of at most 64
characters do: it takes seconds on long ones.
"""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

LONGEST = 64
"""Characters of a string that may be a date."""
EARLIEST, LATEST = date(1600, 1, 1), date(2199, 12, 31)
"""Days outside are misreadings: the first newspaper is of 1605."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ]\s{0,3}\d{1,2}:?\d{2}.{0,30}|Z)")
_COMPACT = re.compile(r"(\d{4})[/.]?(\d{2})[/.]?(\d{2})")
_HAS_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|2[01])\d{2}(?!\d)")


def read_date(stated: str | None) -> str | None:
    """Return a stated date as an ISO 8601 day, or None where it is no complete date.

    Example:
        >>> read_date("Tue, 20 Feb 2024 23:59:00 -0500"), read_date("March 3rd"), read_date("2024-02-20T01:00:00Z")
        ('2024-02-20', None, '2024-02-20')
    """
    text = " ".join((stated or "").split())
    if not 8 <= len(text) <= LONGEST:
        return None
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return _read_mail_date(text) or _read_words(text)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if EARLIEST <= found <= LATEST else None


def _read_mail_date(text: str) -> str | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _day(found.year, found.month, found.day)


def _read_words(text: str) -> str | None:
    """Read "3 March 2024" and the like; without a year in it a string is no date, since today must not complete it."""
    if not _HAS_YEAR.search(text):
        return None
    from dateparser import parse

    settings = {
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": False,
        "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001
    }
    found = parse(text, languages=["en", "de", "fr", "es", "it", "pt", "nl"], settings=settings)
    return _day(found.year, found.month, found.day) if found is not None else None
