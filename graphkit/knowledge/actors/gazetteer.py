"""A gazetteer: forms of names, each with what it may mean, and a scan that finds the longest ones in a text.

The scan looks at each word once, takes the forms that begin with it (longest first) and compares them in place, so that it is
linear in the text and needs no library.  Typographic apostrophes, hyphens and spaces are compared as their plain forms; each
replacement is one code point for one, so that spans stay exact.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from graphkit.model import Actor, MentionKind

FormKind = Literal["name", "abbreviation", "adjective", "demonym", "capital", "seat", "person", "decoy"]
"""What sort of form a name is; a ``decoy`` ("Persian Gulf") holds the name of an actor and means none."""

_PLAIN = (
    *((mark, "'") for mark in "’‘ʼ`´ʻ"),
    *((dash, "-") for dash in "‐‑‒–"),
    *((gap, " ") for gap in "\n\t\u00a0\u2009\u202f"),
)
_WORD = re.compile(r"\w+")
_STROKES = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "ŧ": "t", "æ": "ae", "ə": "e"}
)

MENTION_KINDS: dict[FormKind, MentionKind] = {
    "name": "name",
    "abbreviation": "name",
    "person": "name",
    "adjective": "demonym",
    "demonym": "demonym",
    "capital": "metonym",
    "seat": "metonym",
    "decoy": "reference",
}


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a form: the actor, the sort of form, and what the text must bear out for it to count.

    A guarded sense needs support: the actor is named otherwise too, or the text is mostly about its ``home`` country.
    ``needs_the`` asks for the article ("the North").
    """

    actor: Actor
    form_kind: FormKind
    is_guarded: bool = False
    home: Actor | None = None
    needs_the: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found in a text, ``begin`` to ``end`` (code points, exclusive), with all that it may mean."""

    begin: int
    end: int
    senses: tuple[Sense, ...]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(words.split())


def plain(text: str) -> str:
    """Return ``text`` with typographic apostrophes, hyphens and spaces made plain, code point for code point."""
    for written, meant in _PLAIN:  # twenty searches for one character each take a tenth of the time of str.translate
        if written in text:
            text = text.replace(written, meant)
    return text


def without_marks(text: str) -> str:
    """Return ``text`` without diacritics ("Erdoğan" as "Erdogan")."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class Gazetteer:
    """Forms by their first word.

    Forms are case-sensitive.  Forms of four letters or more are also found in capitals throughout, as headlines and datelines
    have them; people's names are made ready for that when the first such headline comes, since they are most of all forms.
    """

    def __init__(self) -> None:
        self._by_word: dict[str, dict[str, list[Sense]]] = {}
        self._people: list[tuple[str, Sense]] = []
        self._sorted: dict[str, tuple[tuple[str, tuple[Sense, ...]], ...]] = {}

    def add(self, form: str, sense: Sense) -> None:
        """Add one meaning of ``form``, and of its spelling without diacritics."""
        for spelling in dict.fromkeys((plain(form), plain(without_marks(form)))):
            self._add_spelling(spelling, sense)
            if sense.form_kind == "person":
                self._people.append((spelling, sense))
            elif len(spelling) >= _SHORTEST_IN_CAPITALS and not spelling.isupper():
                self._add_spelling(spelling.upper(), sense)

    def _add_spelling(self, spelling: str, sense: Sense) -> None:
        first = _WORD.search(spelling)
        if first is None or first.start() != 0:
            return
        senses = self._by_word.setdefault(first[0], {}).setdefault(spelling, [])
        place = next((place for place, known in enumerate(senses) if known.actor == sense.actor), None)
        if place is None:
            senses.append(sense)
        elif senses[place].needs_the and not sense.needs_the:
            senses[place] = sense

    def add_all(self, forms: Iterable[str], sense: Sense) -> None:
        """Add one meaning of several forms."""
        for form in forms:
            self.add(form, sense)

    def senses(self, form: str) -> tuple[Sense, ...]:
        """Return what exactly this form may mean."""
        spelling = plain(form)
        first = _WORD.match(spelling)
        return tuple(self._by_word.get(first[0], {}).get(spelling, ())) if first else ()

    def scan(self, text: str) -> Iterator[Hit]:
        """Yield the longest forms in ``text`` from left to right, none overlapping another."""
        spelling = plain(text)
        if self._people and _TWO_IN_CAPITALS.search(spelling):
            self._add_people_in_capitals()
        end = 0
        for word in _WORD.finditer(spelling):
            if word.start() < end or word[0] not in self._by_word:
                continue
            hit = self._longest(spelling, word)
            if hit is not None:
                end = hit.end
                yield hit

    def _add_people_in_capitals(self) -> None:
        for spelling, sense in self._people:
            self._add_spelling(spelling.upper(), sense)
        self._people.clear()
        self._sorted.clear()

    def _longest(self, spelling: str, word: re.Match[str]) -> Hit | None:
        begin = word.start()
        for form, senses in self._bucket(word[0]):
            end = begin + len(form)
            if spelling.startswith(form, begin) and _is_boundary(spelling, end):
                return Hit(begin, end, senses)
        return None

    def _bucket(self, first: str) -> tuple[tuple[str, tuple[Sense, ...]], ...]:
        bucket = self._sorted.get(first)
        if bucket is None:
            forms = sorted(self._by_word[first].items(), key=lambda item: (-len(item[0]), item[0]))
            bucket = self._sorted[first] = tuple((form, tuple(senses)) for form, senses in forms)
        return bucket


_SHORTEST_IN_CAPITALS = 4
_TWO_IN_CAPITALS = re.compile(r"\b[A-Z]{2,} [A-Z]{2,}\b")


def _is_boundary(text: str, end: int) -> bool:
    """Say whether a form that ends at ``end`` ends a word; "U.S" does not when a full stop and a letter follow."""
    if end >= len(text):
        return True
    after = text[end]
    return not (after.isalnum() or after == "_" or (text[end - 1].isupper() and re.match(r"\.\w\.", text[end : end + 3])))
