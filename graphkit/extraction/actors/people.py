"""The people of one article: full names, the surnames and first names that stand for them, and their sex where a word tells it."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphkit.extraction.actors.names import is_title, titles
from graphkit.extraction.language.lexicon import word_classes
from graphkit.knowledge.actors import country_of, resolve_person
from graphkit.knowledge.actors.leaders import terms_of
from graphkit.knowledge.actors.people import EVERYDAY_WORDS
from graphkit.model import Actor

_SUFFIX = re.compile(r",?\s(Jr|Sr|II|III|IV)\.?$")
_FULL = 2
_SHORTEST_NICKNAME = 3
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
    relatives: set[Actor] = field(default_factory=set)
    """Those whom the article brings in as somebody's kin ("his son, Jo Bloggs")."""

    def learn(self, name: str, actor: Actor | None = None, *, at: int = 0, is_relative: bool = False) -> Actor:
        """Register a full name that stands at offset ``at``, and return its actor; a longer or shorter form means the same person."""
        bare = strip_titles(name)
        who = actor or self.by_full_name.get(bare.casefold()) or self._resolve(bare)
        if is_relative and who not in self.by_full_name.values():
            self.relatives.add(who)
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
        return found[0] if len(found) == 1 else self._by_other_form(name) or Actor("person", name)

    def _by_other_form(self, name: str) -> Actor | None:
        """Return the one person whose full name differs only in what stands between first name and surname, or behind them."""
        bearers = tuple(self.counts.get(surname_of(name).casefold(), ()))[-_FARTHEST:]
        fitting = [who for who in bearers if _is_other_form(name, who.name)]
        return fitting[0] if len(fitting) == 1 else None

    def bearer(self, name: str, at: int, *, sex: str | None = None) -> tuple[Actor, tuple[Actor, ...]] | None:
        """Return whom a bare surname or first name at offset ``at`` means, and who else it might be.

        A person named far oftener than the others of the surname is meant throughout; else the one named in full last before ``at``,
        or first behind it.  ``sex`` is what a title before the name tells.
        """
        places = self.places.get(name.casefold(), [])
        counts = self.counts.get(name.casefold(), {})
        fitting = {actor: n for actor, n in counts.items() if sex is None or self.sexes.get(actor, sex) == sex} or counts
        if not fitting:
            first = self.first_name_bearer(name)
            return (first, ()) if first is not None else None
        if self.relatives:
            fitting = {actor: n for actor, n in fitting.items() if actor not in self.relatives} or fitting
        who = _dominant(fitting) or _nearest(places, fitting, at)
        return who, tuple(sorted((actor for actor in counts if actor != who), key=lambda actor: actor.name))

    def first_name_bearer(self, name: str) -> Actor | None:
        """Return the one person of that first name, or whose first name it shortens ("Zach" of Zachary)."""
        word = name.casefold()
        bearers = self.first_names.get(word)
        if bearers is None and len(word) >= _SHORTEST_NICKNAME:
            longer = [names for first, names in self.first_names.items() if first.startswith(word)]
            bearers = longer[0] if len(longer) == 1 else []
        return bearers[0] if bearers is not None and len(bearers) == 1 else None

    def office_holder(self, surname: str) -> tuple[Actor, tuple[Actor, ...]]:
        """Return the person that a surname without a full name in the article stands for: a leader whose country is named too.

        A surname that is an everyday word ("Rice", "Ford") stands for a leader only in the years of office.
        """
        found = resolve_person(surname, date=self.date, context=self.context)
        is_sure = surname.casefold() not in EVERYDAY_WORDS or any(_holds_office(who, self.date) for who in found[:1])
        if len(found) == 1 and is_sure and country_of(found[0]) in self.context:
            return found[0], ()
        return Actor("person", surname), found

    def note_sex(self, actor: Actor, word: str) -> None:
        """Remember what a title or pronoun tells."""
        sex = sex_of(word)
        if sex is not None:
            self.sexes.setdefault(actor, sex)


def _holds_office(who: Actor, date: str | None) -> bool:
    return date is not None and any(term.holds_on(date) for term in terms_of(who))


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


def _is_other_form(name: str, other: str) -> bool:
    """Say whether "John Q. Public Jr." and "John Public" can be one: first name and surname agree, and nothing between contradicts.

    Two names that differ in "Jr." alone are father and son.
    """
    one, two = (_SUFFIX.sub("", words).casefold().replace(".", "").split() for words in (name, other))
    suffixes = {match[1] for words in (name, other) if (match := _SUFFIX.search(words))}
    if len(one) < _FULL or len(two) < _FULL or one[-1] != two[-1] or len(suffixes) > 1 or (suffixes and one == two):
        return False
    return _agree(one[0], two[0]) and _fits_between(*sorted((one[1:-1], two[1:-1]), key=len))


def _agree(one: str, two: str) -> bool:
    return one == two or (1 in (len(one), len(two)) and one[0] == two[0])


def _fits_between(fewer: Sequence[str], more: Sequence[str]) -> bool:
    """Say whether the fewer middle names stand among the others, in order, as words or initials."""
    rest = iter(more)
    return all(any(_agree(word, other) for other in rest) for word in fewer)


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
    return " ".join(words) or name


def surname_of(name: str) -> str:
    """Return the last word of a name, with a particle that belongs to it left off."""
    words = _SUFFIX.sub("", name).split()
    return words[-1] if words else name
