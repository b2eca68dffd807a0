"""The headline of a plain or Markdown text: which line it is, and where its words stand without their marks.

The title is what front matter states, else the first line where that reads as a headline, else the beginning of the text, cut.
Lines that hold nothing but a date or a byline are passed over, since many files begin with them; the date is kept.  So is that of a
dateline ("PORT EXAMPLE, 3 March 2026 (Example Wire) — …"), where it gives the year: the day on which the text was filed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from graphkit.model import Span
from graphkit.reading.dates import LONGEST, read_date
from graphkit.reading.front_matter import FrontMatter

LONGEST_TITLE = 200
"""Code points of a first line that still counts as a headline."""
CUT_TITLE = 80
"""Code points of a title that is made of the beginning of a text."""

_LINES_AHEAD = 4
_TITLE_REACH = 2_000
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]{1,9}(?P<title>.*\S)")
_BOLD = re.compile(r"(?P<mark>\*\*\*?|__)(?P<title>[^*_\s](?:.*\S)?)(?P=mark)")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={3,200}|-{3,200})[ \t]{0,99}")
_SENTENCE_END = (".", ":", ";", ",", "…")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.){2,9}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|No|etc)\.$")
_BYLINE_WORDS = frozenset({"and", "&", "de", "van", "von", "of", "for", "at", "the", "with"})
_LONGEST_BYLINE = 120
_HAS_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_DATE_WORDS = 8
_DATELINE = re.compile(
    r"[*_]{0,3}[A-Z][^\W\d_]+(?:[ .'’/-]{1,2}[^\W\d_]+){0,5}, (?:[A-Z][\w.]{2,20}, ){0,2}?"
    r"(?P<day>\d{1,2}\.? [^\W\d_]{3,10}\.?,? \d{4}|[^\W\d_]{3,10}\.? \d{1,2}, \d{4})"
    r"[*_]{0,3}(?: ?\([^()]{2,40}\))?[*_]{0,3} ?(?:[—–:]|-{1,2}(?= ))"
)
"""A place, perhaps its region or a weekday, and a day, before a dash or colon; a wire's name may stand between."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A title, where it stands in the text if it does, and the day that a line above or below it states."""

    words: str
    span: Span | None = None
    day: str | None = None


def find_headline(text: str, front: FrontMatter) -> Headline:
    """Find the headline of a normalised text whose front matter is ``front``."""
    if front.title_span is not None:
        return Headline(front.title_span.of(text), front.title_span)
    day: str | None = None
    for begin, end in islice(_lines(text, front.end), _LINES_AHEAD):
        line = text[begin:end].strip()
        stated = _read_day(line)
        day = day or stated
        if stated is None and not _is_byline(line):
            return _read_line(text, begin, end, day)
    return Headline(cut_title(text[front.end :]), None, day)


def find_title_line(text: str, title: str) -> Span | None:
    """Find a stated title where it stands as a line of its own at the head of the text, marks aside."""
    for begin, end in _lines(text, 0):
        if begin > _TITLE_REACH:
            return None
        at = text.find(title, begin, end)
        if at >= 0 and not (text[begin:at] + text[at + len(title) : end]).strip(" \t#*_"):
            return Span(at, at + len(title))
    return None


def cut_title(text: str) -> str:
    """Return the beginning of a text as a title: its first line up to a word's end within ``CUT_TITLE`` code points."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    words = " ".join(line.split())
    return words if len(words) <= CUT_TITLE else f"{words[:CUT_TITLE].rsplit(' ', 1)[0]}…"


def _lines(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield where each line with something on it begins and ends."""
    while begin < len(text):
        found = text.find("\n", begin)
        end = len(text) if found < 0 else found
        if text[begin:end].strip():
            yield begin, end
        begin = end + 1


def _read_line(text: str, begin: int, end: int, day: str | None) -> Headline:
    """Read a line as a headline if it is one, else call the text by it."""
    line, following = text[begin:end], text[end:]
    for pattern in (_HEADING, _BOLD):
        match = pattern.fullmatch(line.rstrip())
        if match:
            span = _trim_heading(text, begin + match.start("title"), begin + match.end("title"))
            return Headline(span.of(text), span, day or _day_below(following))
    span = Span(begin + len(line) - len(line.lstrip()), begin + len(line.rstrip()))
    is_underlined = bool(_UNDERLINE.fullmatch(following[1:].partition("\n")[0]))
    if is_underlined or (following.strip() and _reads_as_headline(span.of(text))):
        return Headline(span.of(text), span, day or _day_below(following))
    return Headline(cut_title(line), None, day or _dateline_day(line.strip()))


def _day_below(following: str) -> str | None:
    place = next(_lines(following, 0), None)
    if place is None:
        return None
    line = following[place[0] : place[1]].strip()
    return _read_day(line) or _dateline_day(line)


def _dateline_day(line: str) -> str | None:
    match = _DATELINE.match(line)
    return _read_day(match["day"]) if match else None


def _is_byline(line: str) -> bool:
    """Say whether a line is "By" and names: every further word with a capital, but for a few small ones."""
    first, *names = line.split()
    is_named = bool(names) and names[0][:1].isupper() and all(word[:1].isupper() or word in _BYLINE_WORDS for word in names)
    return first in {"By", "BY"} and len(line) <= _LONGEST_BYLINE and is_named


def _read_day(line: str) -> str | None:
    """Return the day where a line is nothing but a date; most lines are told apart before any is parsed."""
    is_short = len(line) <= LONGEST and len(line.split()) <= _DATE_WORDS and not line.endswith("?")
    return read_date(line) if is_short and _HAS_DAY.search(line) else None


def _trim_heading(text: str, begin: int, end: int) -> Span:
    """Drop closing hashes ("# Title #") and bold marks inside a heading ("# **Title**")."""
    words = text[begin:end]
    unclosed = words.rstrip("#")
    words = unclosed.rstrip() if unclosed.endswith((" ", "\t")) and unclosed.strip() else words
    bold = _BOLD.fullmatch(words)
    return Span(begin + bold.start("title"), begin + bold.end("title")) if bold else Span(begin, begin + len(words))


def _reads_as_headline(line: str) -> bool:
    is_sentence = line.endswith(_SENTENCE_END) and not _ABBREVIATION_END.search(line)
    return len(line) <= LONGEST_TITLE and not is_sentence and any(character.isalpha() for character in line)
