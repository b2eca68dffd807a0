"""Where names and handles of outlets stand in a text, by a token index; the longest name wins.

This module only says that words name an outlet; whether the outlet is cited there is for the caller to judge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.knowledge.outlets.meanings import (
    Meaning,
    fold_name,
    listed_names,
    meanings,
    own_names,
    wide_names,
)
from graphkit.knowledge.outlets.records import outlet_kinds
from graphkit.knowledge.own_tables import read_table, split_cell

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ \u00a0.'’&!/+–-]{0,3}")
_STOP = re.compile(r"\. ?|[+&!/’'-]")
"""What stands before a single letter of a name ("A.P."); a bare space would make names of initials."""
_HANDLE = re.compile(r"(?<![\w@.])@(\w{2,30})\b")


@dataclass(frozen=True, slots=True)
class OutletName:
    """Words of a text that name an outlet.

    ``domains`` holds one domain, or the candidates where ``is_ambiguous``; ``kind`` is that of the first ("wire", "newspaper",
    "broadcaster", "organisation" …), empty where unknown; ``is_word`` marks names that are words of their own ("Time").
    """

    begin: int
    end: int
    text: str
    domains: tuple[str, ...]
    is_ambiguous: bool
    kind: str = ""
    is_word: bool = False


def find_outlet_names(text: str) -> tuple[OutletName, ...]:
    """Find names and handles ("@example") of outlets in a text; whether they are cited there is for the caller to judge.

    Returns:
        Names in text order, none overlapping; offsets are code points.
    """
    found = [*_find_names(text), *_find_handles(text)]
    return tuple(sorted(found, key=lambda name: name.begin))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name as prose may hold it: its words after the first, what it means, and what the text must look like."""

    rest: tuple[str, ...]
    meaning: Meaning
    is_capitals: bool
    needs_article: bool
    is_word: bool


@cache
def _entries(first: str) -> tuple[_Entry, ...]:
    """Return the names to look for that begin with the word ``first``, longer names first."""
    entries = []
    for listed in listed_names(first):
        name, folded = listed.name, fold_name(listed.name)
        if listed.kept and len(folded) > 1 and folded != "the" and not folded.isdigit():
            rest = tuple(folded.split()[1:])
            needs_article = name.startswith("The ")
            entries.append(_Entry(rest, meanings(first)[folded], name.isupper(), needs_article, listed.is_word))
    return tuple(sorted(entries, key=lambda entry: -len(entry.rest)))


def _find_names(text: str) -> Iterator[OutletName]:
    own, wide = own_names(), wide_names()
    words = [match.span() for match in _WORD.finditer(text)]
    number = 0
    while number < len(words):
        begin, end = words[number]
        first = _fold_word(text[begin:end]) if _may_begin_name(text[begin]) and text[begin - 1 : begin] != "@" else ""
        entries = _entries(first) if first in own or first in wide else ()
        entry = next((e for e in entries if _matches(text, words, number, e)), None)
        if entry is None:
            number += 1
            continue
        last = words[number + len(entry.rest)][1]
        yield _name(text, _with_article(text, begin), last, entry.meaning, is_word=entry.is_word)
        number += len(entry.rest) + 1


def _may_begin_name(character: str) -> bool:
    return character.isupper() or character.isdigit()


def _name(text: str, begin: int, end: int, meaning: Meaning, *, is_word: bool = False) -> OutletName:
    kind = outlet_kinds().get(meaning.domains[0], "")
    return OutletName(begin, end, text[begin:end], meaning.domains, not meaning.is_certain, kind, is_word)


def _fold_word(word: str) -> str:
    return word.casefold() if word.isascii() else fold_name(word)


def _matches(text: str, words: list[tuple[int, int]], number: int, entry: _Entry) -> bool:
    last = number + len(entry.rest)
    if last >= len(words):
        return False
    begin, before = words[number]
    if entry.needs_article and text[max(0, begin - 4) : begin].lower() != "the ":
        return False
    if entry.is_capitals and not text[begin : words[last][1]].isupper():
        return False
    if (entry.is_word or (entry.needs_article and not entry.rest)) and _goes_on(text, words[last][1]):
        return False
    for (start, end), wanted in zip(words[number + 1 : last + 1], entry.rest, strict=True):
        gap = _GAP if len(wanted) > 1 else _STOP
        if not gap.fullmatch(text, before, start) or _fold_word(text[start:end]) != wanted:
            return False
        if not (_may_begin_name(text[start]) or len(wanted) <= 3):
            return False
        before = end
    return True


def _goes_on(text: str, end: int) -> bool:
    """Say whether the words are part of a longer name ("the National Guard", "the Age of Reason")."""
    return text[end : end + 1] == " " and (text[end + 1 : end + 2].isupper() or text.startswith(" of ", end))


def _with_article(text: str, begin: int) -> int:
    return begin - 4 if text[max(0, begin - 4) : begin] == "The " else begin


@cache
def _handles() -> dict[str, tuple[str, ...]]:
    rows = (row for row in read_table("outlet_names") if row["note"] == "handle")
    return {row["name"].lower(): tuple(split_cell(row["domain"])) for row in rows}


def _find_handles(text: str) -> Iterator[OutletName]:
    for match in _HANDLE.finditer(text):
        domains = _handles().get(match.group(1).lower())
        if domains:
            yield _name(text, match.start(), match.end(), Meaning(domains, len(domains) == 1))
