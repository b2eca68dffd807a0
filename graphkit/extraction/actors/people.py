"""The people of one article: full names, the surnames and titles that stand for them, and their sex where a word tells it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graphkit.extraction.actors.names import titles
from graphkit.extraction.language.lexicon import word_classes
from graphkit.knowledge.actors import resolve_person
from graphkit.model import Actor

_SUFFIX = re.compile(r",?\s(?:Jr|Sr|II|III|IV)\.?$")


@dataclass(slots=True)
class People:
    """Whom the article has named so far, in reading order."""

    date: str | None
    context: Sequence[Actor]
    by_full_name: dict[str, Actor] = field(default_factory=dict)
    by_surname: dict[str, list[Actor]] = field(default_factory=dict)
    sexes: dict[Actor, str] = field(default_factory=dict)
    roles: list[tuple[Actor, str]] = field(default_factory=list)

    def learn(self, name: str, actor: Actor | None = None) -> Actor:
        """Register a full name and return its actor."""
        bare = strip_titles(name)
        known = self.by_full_name.get(bare.casefold())
        if known is not None and actor is None:
            return known
        who = actor or self._resolve(bare)
        self._note_first_name(who, bare)
        self.by_full_name[bare.casefold()] = who
        for surname in {surname_of(bare), surname_of(who.name), bare.split()[0] if _is_family_first(who) else surname_of(bare)}:
            bearers = self.by_surname.setdefault(surname.casefold(), [])
            if who not in bearers:
                bearers.append(who)
        return who

    def _note_first_name(self, who: Actor, name: str) -> None:
        first, space, _ = name.partition(" ")
        for sex in ("male", "female") if space else ():
            if first.lower() in word_classes("first_names")[sex]:
                self.sexes.setdefault(who, sex)

    def _resolve(self, name: str) -> Actor:
        found = resolve_person(name, date=self.date, context=self.context) if " " in name else ()
        return found[0] if len(found) == 1 else Actor("person", name)

    def bearer(self, surname: str) -> tuple[Actor, tuple[Actor, ...]] | None:
        """Return whom a bare surname means, and who else it might be: the one named last comes first."""
        bearers = self.by_surname.get(surname.casefold(), [])
        if not bearers:
            return None
        return bearers[-1], tuple(reversed(bearers[:-1]))

    def office_holder(self, surname: str) -> tuple[Actor, tuple[Actor, ...]]:
        """Return the person that a surname without a full name in the article stands for."""
        found = resolve_person(surname, date=self.date, context=self.context)
        if len(found) == 1:
            return found[0], ()
        return Actor("person", surname), found

    def note_sex(self, actor: Actor, word: str) -> None:
        """Remember what a title or pronoun tells."""
        word = word.lower().rstrip(".")
        if word in titles("female") or word in {"she", "her"}:
            self.sexes.setdefault(actor, "female")
        elif word in titles("male") or word in {"he", "his", "him"}:
            self.sexes.setdefault(actor, "male")


def _is_family_first(actor: Actor) -> bool:
    """Say whether the family name comes first ("Kim Jong Un", "Xi Jinping"), as far as the first word tells."""
    return actor.name.split()[0].casefold() in {
        "kim",
        "xi",
        "lee",
        "park",
        "moon",
        "yoon",
        "wang",
        "li",
        "zhang",
        "chen",
        "nguyen",
        "mao",
        "hu",
        "ri",
        "choe",
        "liu",
    }


def strip_titles(name: str) -> str:
    """Return a personal name without the titles before it and without a possessive ending."""
    words = re.sub(r"['’]s?$", "", name).split()
    while len(words) > 1 and words[0].lower().rstrip(".") in titles("person"):
        words.pop(0)
    return _SUFFIX.sub("", " ".join(words)) or name


def surname_of(name: str) -> str:
    """Return the last word of a name, with a particle that belongs to it left off."""
    words = _SUFFIX.sub("", name).split()
    return words[-1] if words else name
