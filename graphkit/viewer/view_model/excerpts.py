"""Which stretches of a text a page holds, and how offsets are counted in it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

_BOUNDARY = re.compile(r"[.!?…][\"'”’)\]]{0,3}\s|\n")
_NEAR = 40
_REACH = 400
"""Code points looked at on either side: a text without full stops must not be taken whole."""


def astral_offsets(text: str) -> tuple[int, ...]:
    """Return the offsets of characters that take two UTF-16 units; empty for nearly every text."""
    if text.isascii() or not text or max(text) <= "\uffff":
        return ()
    return tuple(at for at, character in enumerate(text) if character > "\uffff")


def to_utf16(offset: int, astral: Sequence[int]) -> int:
    """Return a code-point offset counted in UTF-16 units, as JavaScript counts."""
    return offset + bisect_left(astral, offset)


def excerpts(text: str, spans: Iterable[tuple[int, int]], *, sentences: int = 1) -> tuple[tuple[int, str], ...]:
    """Return the parts of ``text`` around ``spans`` with whole sentences on either side, those that touch joined.

    Each part comes with the code-point offset it begins at; a span lies wholly inside one part.
    """
    near = _join(sorted(spans), gap=_NEAR)
    joined = _join([_widen(text, begin, end, sentences) for begin, end in near], gap=1)
    return tuple((begin, text[begin:end]) for begin, end in joined)


def _join(spans: Iterable[tuple[int, int]], *, gap: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1] + gap:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined


def _widen(text: str, begin: int, end: int, sentences: int) -> tuple[int, int]:
    low, high = max(0, begin - _REACH), min(len(text), end + _REACH)
    starts = [0] if low == 0 else []
    starts += [match.end() for match in _BOUNDARY.finditer(text, low, begin)]
    ends = [match.end() for match in _BOUNDARY.finditer(text, max(0, end - 1), high)]
    start = starts[max(0, len(starts) - 1 - sentences)] if starts else _word_start(text, low, begin)
    return start, max(end, ends[sentences] if len(ends) > sentences else _word_end(text, end, high))


def _word_start(text: str, low: int, begin: int) -> int:
    space = text.find(" ", low, begin)
    return begin if space < 0 else space + 1


def _word_end(text: str, end: int, high: int) -> int:
    if high == len(text):
        return high
    space = text.rfind(" ", end, high)
    return end if space < 0 else space
