"""Noun phrases and verb groups around a cue, by word classes."""

from functools import cache

from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.lexicon import word_classes
from graphkit.extraction.language.tags import FINITE

_INSIDE = frozenset({"N", "NP", "CD", "J", "D", "POS", "VN", "VG"})
_HEADS = frozenset({"N", "NP", "CD", "PO", "PS", "VG", ")", "THAT", "VN", "J", "D"})
_PRONOUNS = frozenset({"PS", "THAT"})
_AUXILIARY = frozenset({"R", "NOT", "H", "B", "DO", "M"})
_EDGES = frozenset({"P", "CC", "R", "POS", ",", "NOT", "S"})
_LONGEST_BRACKET = 8
_BEHIND_PARTICIPLE = frozenset({"N", "NP", "J", "V", "VN", "VG"})
"""Behind a participle at the head of a sentence these are its noun."""


def phrase_words(name: str) -> frozenset[str]:
    """Return one of the lists of ``phrases.txt``."""
    return word_classes("phrases")[name]


def is_time(view: View, index: int) -> bool:
    """Say whether a token names a day or month."""
    return view.tokens[index].lower in phrase_words("times")


def group_start(view: View, cue: int, first: int) -> int:
    """Return where the verb group of a cue begins: auxiliaries, adverbs and "went on to" before it belong to it."""
    tags = view.tags
    start = _auxiliaries_start(view, cue, first)
    if start - 1 > first and tags[start - 1] == "TO" and tags[start - 2] in {"V", "VN", "P"}:
        start -= 2
        if tags[start] == "P" and start > first and tags[start - 1] in {"V", "VN"}:
            start -= 1
        start = _auxiliaries_start(view, start, first)
    while start < cue and tags[start] == "R" and start > first and tags[start - 1] == ",":
        start += 1
    return start


def _auxiliaries_start(view: View, start: int, first: int) -> int:
    while start > first and view.tags[start - 1] in _AUXILIARY and not view.in_speech(start - 1):
        start -= 1
    return start


def phrase_before(view: View, end: int, first: int) -> int | None:
    """Return the first token of the noun phrase that ends just before ``end``, or None where there is none."""
    tags = view.tags
    if end <= first or tags[end - 1] not in _HEADS or view.in_speech(end - 1):
        return None
    if tags[end - 1] in _PRONOUNS or view.word(end - 1) in phrase_words("relatives"):
        return end - 1
    start = end - 1
    if tags[start] == ")":
        start = _bracket_start(view, start, first)
    while start > first and _extends_left(view, start):
        start -= 1
        if tags[start] == ")":
            start = _bracket_start(view, start, first)
    while start < end and (tags[start] in _EDGES and not (tags[start] == "R" and tags[start + 1] in {"CD", "J"})):
        start += 1
    return start if start < end and _has_noun(view, start, end) else None


@cache
def speaking_nouns() -> frozenset[str]:
    """Return the nouns that can stand for one who speaks."""
    return frozenset().union(*word_classes("speakers").values(), word_classes("titles")["organisation"])


def _has_noun(view: View, start: int, end: int) -> bool:
    return any(tag in {"N", "NP", "PO", "PS", "CD", "D", "J"} for tag in view.tags[start:end])


def _bracket_start(view: View, index: int, first: int) -> int:
    start = index
    while start > first and view.tags[start] != "(" and index - start < _LONGEST_BRACKET:
        start -= 1
    return start if view.tags[start] == "(" else index


def _extends_left(view: View, start: int) -> bool:
    """Say whether the token before ``start`` belongs to the same noun phrase."""
    tag, before, word = view.tags[start], view.tags[start - 1], view.word(start - 1)
    if view.in_speech(start - 1):
        return False
    if _is_by(view, start - 1) or _is_by(view, start):
        return True
    if tag == "D":
        return (
            (before == "P" and word in phrase_words("joints"))
            or (before == "CC" and word == "and")
            or (before == "D" and word in phrase_words("predeterminers"))
        )
    if tag == "P":
        return before in {"N", "NP", "CD", ")"} or (before == "J" and word in {"familiar", "close"})
    if tag == "CC":
        return before in {"N", "NP", "J", "VN", ")"}
    if before == "P":
        return word in phrase_words("joints") and (
            tag != "NP" or view.tags[start - 2 if start > 1 else 0] in {"N", "NP", "J", ")"}
        )
    if before == "CC":
        return word in {"and", "or"} and _joins_like(view, start)
    if before == "N" and tag == "NP":
        return (
            word.endswith(tuple(phrase_words("person_endings")))
            or word in speaking_nouns() | word_classes("titles")["person"] | word_classes("titles")["company_role"]
        )
    if before == "NP" and is_time(view, start - 1):
        return False
    if before == "R":
        return tag in {"J", "VN", "CD"}
    if before == "PO":
        return word in {"one", "another", "some"} and tag in {"N", "J"}
    return before in _INSIDE or before == ")"


def _is_by(view: View, index: int) -> bool:
    """Say whether a token is the "by" of "emails seen by the paper": behind a participle that stands behind its noun."""
    return view.word(index) == "by" and view.tag(index - 1) == "VN" and view.tag(index - 2) in {"N", "NP"}


def _joins_like(view: View, start: int) -> bool:
    """Say whether "and" before ``start`` joins two nouns of one phrase rather than two clauses ("a photo and Clinton said")."""
    left, right = view.tags[start - 2] if start > 1 else "", view.tags[start]
    if right == "NP":
        return left in {"NP", ")"} or (left == "N" and view.word(start - 2).endswith("s"))
    return left in {"N", "NP", "J", ")"}


def phrase_after(view: View, start: int, last: int) -> int:
    """Return the end of the noun phrase that begins at ``start``; ``start`` itself when none does."""
    tags = view.tags
    if (
        start < last
        and tags[start] in {"PS", "PO"}
        and not (view.word(start) in {"one", "those", "this"} and view.tag(start + 1) in _INSIDE | {"P"})
    ):
        return start + 1
    end = start + (start < last and tags[start] == "PO")
    while end < last and _extends_right(view, end, start):
        end += 1
    while end > start and tags[end - 1] in {"P", "CC", "D", "R", "POS"}:
        end -= 1
    while end > start + 1 and is_time(view, end - 1):
        end -= 1
        if tags[end - 1] == "P":
            end -= 1
    return end if _has_noun(view, start, end) else start


def _extends_right(view: View, index: int, start: int) -> bool:
    tag, word = view.tags[index], view.word(index)
    if view.in_speech(index):
        return False
    if index > start and (_is_by(view, index) or (tag == "D" and _is_by(view, index - 1))):
        return True
    if tag == "P":
        return index > start and word in phrase_words("right_joints") and not opens_adjunct(view, index)
    if tag == "CC":
        return index > start and word == "and" and view.tag(index + 1) in {"N", "NP", "D", "J"}
    if tag == "D":
        return (
            index == start
            or view.tags[index - 1] in {"P", "CC"}
            or (view.tags[index - 1] == "D" and view.word(index - 1) in phrase_words("predeterminers"))
        )
    if tag == "NP":
        return not is_time(view, index)
    return tag in _INSIDE or tag in {"(", ")"} or (tag == "-" and view.tokens[index].text == "-")


def opens_adjunct(view: View, index: int) -> bool:
    """Say whether a preposition opens a time or occasion rather than part of a name ("in an interview")."""
    if view.word(index + 1) in phrase_words("times"):
        return True
    return any(view.word(i) in phrase_words("occasions") for i in range(index + 1, index + 5))


def is_loose_participle(view: View, index: int) -> bool:
    """Say whether a participle waits for a subject behind it: "*Armed* with a list, the clerk …", not "*Armed* police stormed it"."""
    return view.tags[index] == "V" and view.word(index).endswith("ed") and view.tag(index + 1) not in _BEHIND_PARTICIPLE


def has_finite(view: View, start: int, end: int) -> bool:
    """Say whether a finite verb stands in a token range."""
    return any(tag in FINITE for tag in view.tags[start:end])


def skip_adjuncts(view: View, start: int, last: int) -> int:
    """Skip days, "in a statement", "to reporters", adverbs after a cue; return the next token that is none of these."""
    index = start
    for _ in range(3):
        while index < last and (view.tags[index] == "R" or is_time(view, index)) and view.tag(index + 1) != "CD":
            index += 1
        if index >= last or view.tags[index] != "P" or view.word(index) not in phrase_words("adjunct_openers"):
            break
        if view.tag(index + 1) == "CD" or view.word(index + 1) in {"least", "most"}:
            break
        if index + 1 < last and is_time(view, index + 1):
            index += 2
            index += index < last and view.word(index) in phrase_words("time_nouns")
            continue
        end = phrase_after(view, index + 1, last)
        if end == index + 1:
            break
        index = end
    if index + 1 < last and view.tags[index] == "D" and view.word(index + 1) in phrase_words("time_nouns"):
        index += 2
    return index
