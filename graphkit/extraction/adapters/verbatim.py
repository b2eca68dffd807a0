"""Where words that a language model returned stand in the text; what stands nowhere is dropped."""

from collections.abc import Iterator, Sequence

from graphkit.model import Span

_MOST_PLACES = 200
"""Places of one wording that are looked at: more belong to a word like "said", of which the nearest is among the first anyway."""


def find_nearest(text: str, words: str, within: Span, near: Span | None) -> Span | None:
    """Return where ``words`` stand in ``text[within]``: at their one place, or at the one nearest to ``near``.

    White space counts as equal whatever its length, nothing else does.  None where the words do not stand there, or stand at
    several places and nothing tells which is meant.
    """
    places = list(_places(text, words, within))
    if near is None:
        return places[0] if len(places) == 1 else None
    return min(places, key=lambda place: (_gap(place, near), place.begin), default=None)


def _places(text: str, words: str, within: Span) -> Iterator[Span]:
    parts = words.split()
    if not parts:
        return
    begin = within.begin
    for _ in range(_MOST_PLACES):
        begin = text.find(parts[0], begin, within.end)
        if begin < 0:
            return
        end = _end_of(text, parts, begin, within.end)
        if end is not None and _is_whole(text, begin, end):
            yield Span(begin, end)
        begin += 1


def _end_of(text: str, parts: Sequence[str], begin: int, limit: int) -> int | None:
    """Return where the parts, one after the other with white space between, end; None where they do not follow each other."""
    at = begin
    for number, part in enumerate(parts):
        if number:
            start = at
            while at < limit and text[at].isspace():
                at += 1
            if at == start:
                return None
        if not text.startswith(part, at) or at + len(part) > limit:
            return None
        at += len(part)
    return at


def _is_whole(text: str, begin: int, end: int) -> bool:
    """Say whether a place cuts no word: "he" is not found in "the"."""
    cuts_head = begin > 0 and text[begin - 1].isalnum() and text[begin].isalnum()
    cuts_tail = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (cuts_head or cuts_tail)


def _gap(one: Span, other: Span) -> int:
    return max(0, one.begin - other.end, other.begin - one.end)
