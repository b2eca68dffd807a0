"""The people of one article: full names, the surnames and first names that stand for them, and their sex where a word tells it."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphkit.extraction.actors.names import is_title, titles
from graphkit.extraction.language.lexicon import word_classes
from graphkit.knowledge.actors import country_of, resolve_person
from graphkit.model import Actor

_SUFFIX = re.compile(r",?\s(?:Jr|Sr|II|III|IV)\.?$")
_DOMINANCE = 2
"""How many times oftener than any other of the same surname somebody must be named to be meant by the bare surname everywhere."""

_FARTHEST = 64
"""Full names before and behind a bare surname that are looked at."""


@dataclass(slots=True)
class People:
    """Whom the article names in full, and where."""

    date: str | None
    context: Sequence[Actor]
    by_full_name: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, list[tuple[int, Actor]]] = field(default_factory=dict)
    """For each surname in lower case: where a full name with it stands, in text order."""
    counts: dict[str, dict[Actor, int]] = field(default_factory=dict)
    """For each surname: how often each bearer is named in full."""
    first_names: dict[str, list[Actor]] = field(default_factory=dict)
    sexes: dict[Actor, str] = field(default_factory=dict)

    def learn(self, name: str, actor: Actor | None = None, *, at: int = 0) -> Actor:
        """Register a full name that stands at offset ``at``, and return its actor."""
        bare = strip_titles(name)
        who = actor or self.by_full_name.get(bare.casefold()) or self._resolve(bare)
        self.by_full_name[bare.casefold()] = who
        for surname in _surnames(bare, who):
            places = self.places.setdefault(surname, [])
            places.insert(bisect_right(places, at, key=lambda place: place[0]), (at, who))
            counts = self.counts.setdefault(surname, {})
            counts[who] = counts.get(who, 0) + 1
        self._note_first_name(who, bare)
        return who

    def _note_first_name(self, who: Actor, name: str) -> None:
        first, space, _ = name.partition(" ")
        if not space or _is_family_first(who):
            return
        bearers = self.first_names.setdefault(first.casefold(), [])
        if who not in bearers:
            bearers.append(who)
        for sex in ("male", "female"):
            if first.lower() in word_classes("first_names")[sex]:
                self.sexes.setdefault(who, sex)

    def _resolve(self, name: str) -> Actor:
        found = resolve_person(name, date=self.date, context=self.context) if " " in name else ()
        return found[0] if len(found) == 1 else Actor("person", name)

    def bearer(self, name: str, at: int, *, sex: str | None = None) -> tuple[Actor, tuple[Actor, ...]] | None:
        """Return whom a bare surname or first name at offset ``at`` means, and who else it might be.

        A person named far oftener than the others of the surname is meant throughout; else the one named in full last before ``at``,
        or first behind it.  ``sex`` is what a title before the name tells.
        """
        places = self.places.get(name.casefold(), [])
        counts = self.counts.get(name.casefold(), {})
        fitting = {actor: n for actor, n in counts.items() if sex is None or self.sexes.get(actor, sex) == sex} or counts
        if not fitting:
            bearers = self.first_names.get(name.casefold(), [])
            return (bearers[0], ()) if len(bearers) == 1 else None
        who = _dominant(fitting) or _nearest(places, fitting, at)
        return who, tuple(sorted((actor for actor in counts if actor != who), key=lambda actor: actor.name))

    def office_holder(self, surname: str) -> tuple[Actor, tuple[Actor, ...]]:
        """Return the person that a surname without a full name in the article stands for: a leader whose country is named too."""
        found = resolve_person(surname, date=self.date, context=self.context)
        if len(found) == 1 and country_of(found[0]) in self.context:
            return found[0], ()
        return Actor("person", surname), found

    def note_sex(self, actor: Actor, word: str) -> None:
        """Remember what a title or pronoun tells."""
        sex = sex_of(word)
        if sex is not None:
            self.sexes.setdefault(actor, sex)


def _dominant(counts: Mapping[Actor, int]) -> Actor | None:
    """Return who is named far oftener than the rest, if anybody is."""
    first, *rest = sorted(counts, key=lambda actor: -counts[actor])
    return first if not rest or counts[first] >= _DOMINANCE * counts[rest[0]] else None


def _nearest(places: Sequence[tuple[int, Actor]], fitting: Mapping[Actor, int], at: int) -> Actor:
    """Return who of those that fit was named in full last before ``at``, or first behind it."""
    place = bisect_right(places, at, key=lambda p: p[0])
    before = (actor for _, actor in reversed(places[max(0, place - _FARTHEST) : place]) if actor in fitting)
    behind = (actor for _, actor in places[place : place + _FARTHEST] if actor in fitting)
    return next(before, None) or next(behind, None) or next(iter(fitting))


def sex_of(word: str) -> str | None:
    """Return the sex that a title or pronoun tells, if it does."""
    word = word.lower().rstrip(".")
    if word in titles("female") or word in {"she", "her", "hers"}:
        return "female"
    return "male" if word in titles("male") or word in {"he", "his", "him"} else None


def _surnames(name: str, who: Actor) -> set[str]:
    """Return in lower case the words that may stand for a person alone."""
    words = {surname_of(name), surname_of(who.name)}
    if _is_family_first(who):
        words.add(who.name.split()[0])
    return {word.casefold() for word in words}


def _is_family_first(actor: Actor) -> bool:
    """Say whether the family name comes first ("Kim Jong Un", "Xi Jinping"), as far as the first word tells."""
    return actor.name.split()[0].casefold() in titles("family_first")


def strip_titles(name: str) -> str:
    """Return a personal name without the titles before it and without a possessive ending."""
    words = re.sub(r"['’]s?$", "", name).split()
    while len(words) > 1 and is_title(words[0], words[1]):
        words.pop(0)
    return _SUFFIX.sub("", " ".join(words)) or name


def surname_of(name: str) -> str:
    """Return the last word of a name, with a particle that belongs to it left off."""
    words = _SUFFIX.sub("", name).split()
    return words[-1] if words else name
