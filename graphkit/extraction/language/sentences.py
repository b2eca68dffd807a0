"""Sentences of an article, with offsets: every character that is not white space lies in exactly one.

A line break ends a sentence, unless the line was merely wrapped (the next one goes on in lower case).  Within a line a full stop,
exclamation or question mark ends one when what follows can begin a sentence and what stands before is no abbreviation, initial,
number or address.  Run-on joints ("was.He said") are cut; web addresses are not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.extraction.language.lexicon import word_classes
from graphkit.limits import MAX_SENTENCE
from graphkit.model import Span

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?…。！？]+[\"”’'»)\]*_]*|(?<=[:;])(?=\n)")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]?$|[^\W_]+(?:['’-][^\W_]+)*$")
_OPENERS = "\"“„«‘'([*_¿¡—–-"
_MARKER = re.compile(r"(?:[-*•·◦▪‣–]|\(?[0-9]{1,3}[.)]|\(?[a-zA-Z][.)])\s+")
_HEADING = re.compile(r"#{1,6}\s+")
_URL_TAIL = re.compile(r"[a-z0-9]{2,24}(?:[/:?#]|\b)")


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
    for number, (begin, end) in enumerate(_paragraphs(text)):
        start = begin + _marker_length(text, begin, end)
        for left, right in _split_line(text, start, end):
            for first, last in _bounded(text, left, right):
                trimmed = _trim(text, first, last)
                if trimmed:
                    found.append(Sentence(*trimmed, number))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield lines; a line that a narrow column wrapped is joined to the next."""
    begin = end = -1
    for match in _LINE.finditer(text):
        if begin >= 0 and not _is_wrapped(text, begin, end, match.start()):
            yield begin, end
            begin = -1
        if begin < 0:
            begin = match.start()
        end = match.end()
    if begin >= 0:
        yield begin, end


def _is_wrapped(text: str, begin: int, end: int, following: int) -> bool:
    """Say whether the line that ends at ``end`` goes on at ``following``: one break, no stop before it, lower case after it."""
    if following - end != 1 or end - begin < 20:
        return False
    tail = text[begin:end].rstrip()[-1:]
    return text[following].islower() and tail not in ".!?:;…"


def _marker_length(text: str, begin: int, end: int) -> int:
    """Return the length of a list or heading marker at the head of a line."""
    start = begin
    while start < end and text[start].isspace():
        start += 1
    match = _HEADING.match(text, start, end) or _MARKER.match(text, start, end)
    return match.end() - begin if match and match.end() < end else 0


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
    mark = stop.group()
    if not text[after].isspace():
        return _run_on_cut(text, start, stop)
    head = text[after:end].lstrip()
    position = end - len(head)
    if not head:
        return None
    bare = head.lstrip(_OPENERS + " ")
    following = bare[:1]
    if "(" in mark or not following:
        return after
    if mark[0] in ".…" and not _can_end(text, start, stop, text[position : position + 40]):
        return None
    return None if following.islower() else after


def _run_on_cut(text: str, start: int, stop: re.Match[str]) -> int | None:
    """Cut "was.He said" after the stop; leave "naturalnews.com", "U.S.A", "3.5" and "Node.js" whole."""
    after, mark = stop.end(), stop.group()
    following = text[after]
    before = text[stop.start() - 1] if stop.start() > start else " "
    if not following.isupper() and following not in '"“':
        return None
    if mark[0] == "." and len(mark) == 1:
        tail = text[after : after + 2]
        if not before.islower() or (len(tail) == 2 and not tail[1].isalpha() and tail[0] not in 'AI"“'):
            return None
        word = _WORD_BEFORE.search(text, max(start, stop.start() - 30), stop.start())
        return None if word and len(word.group()) < 2 else after
    if following in '"“' and len(mark) == 1:
        return None if following == '"' else after
    return after


def _can_end(text: str, start: int, stop: re.Match[str], head: str) -> bool:
    """Say whether the full stop may be more than the mark of an abbreviation, initial or number."""
    if stop.group()[0] == "…" or stop.group().startswith(".."):
        return head.lstrip(_OPENERS + " ")[:1].isupper()
    word = _WORD_BEFORE.search(text, max(start, stop.start() - 40), stop.start())
    if word is None:
        return True
    return _word_can_end(word.group(), head, closes=len(stop.group()) > 1, is_first=word.start() == start)


def _word_can_end(word: str, head: str, *, closes: bool, is_first: bool) -> bool:
    lower = word.lower()
    follower = head.lstrip(_OPENERS + " ").split(None, 1)[0] if head.strip(_OPENERS + " ") else ""
    classes = word_classes("abbreviations")
    if closes:
        return True
    if lower in classes["never_final"]:
        return False
    if lower in classes["before_number"]:
        return not follower[:1].isdigit() and follower[:1] not in "XVI#§"
    if "." in word or lower in classes["may_be_final"]:
        return _starts_sentence(follower)
    if len(word) == 1 and word.isupper():
        return word == "I" and _starts_sentence(follower)
    return not (is_first and word.isdigit() and len(word) <= 3)


def _starts_sentence(follower: str) -> bool:
    """Say whether a word after an abbreviation rather opens a sentence ("the U.S. The") than goes on ("U.S. Army")."""
    bare = follower.strip("\"“”‘’',.;:()")
    return bare in _openers()


@cache
def _openers() -> frozenset[str]:
    words = word_classes("abbreviations")["openers"]
    return frozenset(word.capitalize() for word in words) | {"I"}


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
