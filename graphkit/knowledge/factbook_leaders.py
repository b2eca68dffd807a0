"""Reading leaders as the CIA World Factbook prints them: "President Vladimir Vladimirovich PUTIN", "KIM Jong Un"."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphkit.knowledge.actors.countries import territories
from graphkit.knowledge.actors.gazetteer import without_marks

_CAPITALS = re.compile(r"\b[A-Z][A-Z'’-]+(?:[ -][A-Z][A-Z'’-]+)*\b")
_TITLE = re.compile(
    r"^.*?\b(?:President|Premier|Prime Minister|Chancellor|King|Queen|Emperor|Emir|Amir|Sultan|Leader|Chief Minister|Taoiseach|"
    r"Chairperson|Chairman)\b[^A-Z]*"
)
_DEPUTY = re.compile(r"\b(?:Vice|Deputy|First|Second|Governor General|represented)\b")
CLOSE_ENOUGH = 78
"""Likeness (0..100) from which two spellings are one surname: Zelenskyy and Zelenski have 82, Poroshenko and Yushchenko 60."""


@dataclass(frozen=True, slots=True)
class FactbookTerm:
    """A leader as one edition of the Factbook names them."""

    iso3: str
    role: str
    since: str
    text: str
    first_seen: str
    last_seen: str

    @property
    def surnames(self) -> tuple[str, ...]:
        """The words printed in capitals."""
        return tuple(_CAPITALS.findall(without_marks(self.text)))

    @property
    def name(self) -> str:
        """The full name in ordinary letters, without title."""
        return " ".join(word.capitalize() if word.isupper() else word for word in _TITLE.sub("", self.text).split())

    def is_named_like(self, name: str) -> bool:
        """Say whether ``name`` holds the surname printed here, in whatever transliteration."""
        words = without_marks(name).replace("-", " ").casefold().split()
        return any(
            _is_like(part, word)
            for surname in self.surnames
            for part in surname.casefold().replace("-", " ").split()
            for word in words
        )


@cache
def _is_like(first: str, second: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return first == second or (len(first) > 2 and len(second) > 2 and ratio(first, second) >= CLOSE_ENOUGH)


def read_factbook(path: Path) -> list[FactbookTerm]:
    """Read the terms, those of deputies and governors-general and those without a day left out."""
    codes = {alias: place.iso3 for place in territories() for alias in (place.actor.name, *(form.text for form in place.forms))}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        FactbookTerm(codes[row["country"]], _role(row["role"]), row["since"], row["text"], row["first"], row["last"])
        for row in rows
        if row["country"] in codes
        and len(row["since"]) == len("2000-01-01")
        and row["text"]
        and not _DEPUTY.search(row["text"])
    ]


def _role(words: str) -> str:
    return "head_of_state" if words == "chief of state" else "head_of_government"
