"""Sentences of an article, with offsets, in order and without overlap; only list and heading markers lie in none.

A line break ends a sentence, unless the line was merely wrapped (the next one goes on in lower case).  Within a line a full stop,
exclamation or question mark ends one when what follows can begin a sentence and what stands before is no abbreviation, initial,
number or address.  Run-on joints ("was.He said") are cut; web addresses are not.  A dateline ("PORT EXAMPLE (Example Wire) —") or an
hour ("14:05") at the head of a paragraph is a sentence of its own, which states nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.extraction.language.lexicon import word_classes
from graphkit.extraction.language.lines import find_items, find_paragraphs, stamp_length
from graphkit.limits import MAX_SENTENCE
from graphkit.model import Span

_STOP = re.compile(r"(?:\.(?:\s\.){1,3}|[.!?…。！？]+)[\"”’'»)\]*_]*")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]?$|[^\W_]+(?:['’-][^\W_]+)*$")
_OPENERS = "\"“„«‘'([*_¿¡—–-"
_QUOTES = "\"”’'»"
_LONGEST_WORD = 40
_HEAD = 40
_SHORT_LEAD = 3
"""Words before "5 p.m." up to which the sentence cannot be over ("At 5 p.m. Mr. X left")."""
_FULL_WORD = re.compile(r"[A-Z][a-z]+[\s,]")
_ADDRESS_AHEAD = re.compile(r"[\w.-]{1,64}@")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands, and the number of its paragraph (line)."""

    begin: int
    end: int
    paragraph: int

    @property
    def span(self) -> Span:
        """The sentence's span."""
        return Span(self.begin, self.end)


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split a text into sentences, in order; offsets are code points of ``text``.

    A sentence longer than ``limits.MAX_SENTENCE`` is cut at a space.
    """
    found: list[Sentence] = []
    for number, paragraph in enumerate(find_paragraphs(text)):
        for item in find_items(text, *paragraph):
            for part in _split_item(text, *item):
                for piece in _bounded(text, *part):
                    trimmed = _trim(text, *piece)
                    if trimmed:
                        found.append(Sentence(*trimmed, number))
    return tuple(found)


def _split_item(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    stamp = stamp_length(text, begin, end)
    if stamp:
        yield begin, begin + stamp
    yield from _split_line(text, begin + stamp, end)


def _split_line(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = begin
    for stop in _STOP.finditer(text, begin, end):
        cut = _cut_at(text, start, stop, end)
        if cut is not None:
            yield start, cut
            start = cut
    if start < end:
        yield start, end


def _cut_at(text: str, start: int, stop: re.Match[str], end: int) -> int | None:
    """Return where the sentence that ``stop`` may close ends, or None when it goes on."""
    after = stop.end()
    if after >= end:
        return None
    if not text[after].isspace():
        return _run_on_cut(text, start, stop)
    head = text[after : min(end, after + _HEAD)].lstrip()
    following = head.lstrip(_OPENERS + " ")[:1]
    if not following:
        return after if head else None
    if following.islower() or (head[0] == "(" and stop.group()[-1] in _QUOTES):
        return None
    if stop.group()[0] in ".…" and not _can_end(text, start, stop, head):
        return None
    return after


def _run_on_cut(text: str, start: int, stop: re.Match[str]) -> int | None:
    """Cut "was.He said" after the stop; leave "naturalnews.com", "U.S.A", "3.5" and "Node.js" whole."""
    after, mark = stop.end(), stop.group()
    following = text[after]
    if not following.isupper() and following not in '"“':
        return None
    if mark != ".":
        return after if mark[0] != "." or len(mark) == 1 or mark[-1] in _QUOTES else None
    before = text[stop.start() - 1] if stop.start() > start else " "
    if following in '"“' or _ADDRESS_AHEAD.match(text, after):
        return after if following == "“" else None
    if before.isdigit():
        return after if _FULL_WORD.match(text, after) else None
    if not before.islower() or not (text[after + 1 : after + 2].isalpha() or following in "AI"):
        return None
    word = _WORD_BEFORE.search(text, max(start, stop.start() - _LONGEST_WORD), stop.start())
    return None if word and len(word.group()) == 1 else after


def _can_end(text: str, start: int, stop: re.Match[str], head: str) -> bool:
    """Say whether the full stop may be more than the mark of an abbreviation, initial or number."""
    mark = stop.group()
    if mark[0] == "…" or mark.startswith((". .", "..")):
        return head.lstrip(_OPENERS + " ")[:1].isupper()
    word = _WORD_BEFORE.search(text, max(start, stop.start() - _LONGEST_WORD), stop.start())
    if word is None:
        return not (text[stop.start() - 1 : stop.start()] in {"°", "º"} and head[:1].isdigit())
    if len(mark) > 1:
        return True
    return _word_can_end(word.group(), head, text[start : word.start()])


def _word_can_end(word: str, head: str, lead: str) -> bool:
    """Say whether a sentence may end with ``word`` and a full stop, given what follows and what the sentence has before it."""
    lower, classes = word.lower(), word_classes("abbreviations")
    words = head.lstrip(_OPENERS + " ").split(None, 1)
    follower = words[0] if words else ""
    if lower in classes["never_final"]:
        return False
    if lower in classes["before_number"]:
        return not follower[:1].isdigit() and follower[:1] not in "XVI#§"
    if lower in {"a.m", "p.m"} and len(lead.split()) < _SHORT_LEAD:
        return False
    if "." in word or lower in classes["may_be_final"]:
        return follower.strip("\"“”‘’',.;:()") in _openers()
    if len(word) == 1 and word.isupper():
        return word == "I" and follower.strip("\"“”‘’',.;:()") in _openers()
    return not (not lead and word.isdigit() and len(word) < 4)


@cache
def _openers() -> frozenset[str]:
    """Return words that rather open a sentence after an abbreviation ("the U.S. The") than go on ("U.S. Army")."""
    return frozenset(word.capitalize() for word in word_classes("abbreviations")["openers"]) | {"I"}


def _bounded(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end - begin > MAX_SENTENCE:
        space = text.rfind(" ", begin + MAX_SENTENCE // 2, begin + MAX_SENTENCE)
        cut = space if space > begin else begin + MAX_SENTENCE
        yield begin, cut
        begin = cut
    yield begin, end


def _trim(text: str, begin: int, end: int) -> tuple[int, int] | None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return (begin, end) if begin < end else None
