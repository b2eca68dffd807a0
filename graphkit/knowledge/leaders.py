"""Heads of state and government since 2000: who held which office when, and whom a name means at a date.

``leaders.csv`` has a row a term: country (ISO 3166 alpha-3), role, person, first and last day (ISO 8601; an open end is a term
still running when the row was read).  Where one person leads state and government, as in the United States, both roles have rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from graphkit.knowledge.countries import country, territory
from graphkit.knowledge.gazetteer import plain, without_marks, word_set
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.model import Actor

Role = Literal["head_of_state", "head_of_government", "prime_minister"]
"""``prime_minister`` is one under a president who heads the government."""
LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Term:
    """One person's term of one office; ``end`` is None while it runs."""

    iso3: str
    role: Role
    person: Actor
    start: str
    end: str | None
    source: str

    @property
    def country(self) -> Actor | None:
        """The country in which the office is held."""
        return country(self.iso3)

    def holds_on(self, date: str) -> bool:
        """Say whether the term covers the ISO 8601 ``date``; the last day counts."""
        return self.start <= date <= (self.end or LAST_DAY)


@cache
def terms() -> tuple[Term, ...]:
    """Return all terms, in the order of the table."""
    return tuple(
        Term(row["iso3"], _role(row["role"]), person(row["qid"], row["name"]), row["start"], row["end"] or None, row["source"])
        for row in read_table("leaders")
    )


def _role(word: str) -> Role:
    roles: tuple[Role, ...] = get_args(Role)
    return roles[roles.index(word)]  # type: ignore[arg-type]


@cache
def person(qid: str, name: str) -> Actor:
    """Return the person of a Wikidata id; one object for each."""
    return Actor("person", name, qid or None)


@cache
def terms_of(actor: Actor) -> tuple[Term, ...]:
    """Return the terms of a person, the earliest first."""
    return tuple(sorted((term for term in terms() if term.person == actor), key=lambda term: term.start))


@cache
def _terms_by_office() -> dict[tuple[str, Role], tuple[Term, ...]]:
    offices: dict[tuple[str, Role], list[Term]] = {}
    for term in terms():
        offices.setdefault((term.iso3, term.role), []).append(term)
    return {office: tuple(sorted(held, key=lambda term: term.start)) for office, held in offices.items()}


def office_holders(where: str | Actor, role: Role, date: str) -> tuple[Actor, ...]:
    """Return who held an office on a date, the one longest in it first; on the day of a change the successor comes first.

    A dependent territory without a head of state of its own has its parent's.

    Args:
        where: The country, as ISO 3166 code or actor.
        role: ``head_of_state`` or ``head_of_government``.
        date: An ISO 8601 date.
    """
    place = territory(where if isinstance(where, str) else where.wikidata or "")
    if place is None:
        return ()
    held = _terms_by_office().get((place.iso3, role), ())
    if not held and role == "head_of_state" and place.kind == "territory" and place.parent:
        return office_holders(place.parent, role, date)
    holding = [term for term in held if term.holds_on(date)]
    return tuple(dict.fromkeys(term.person for term in sorted(holding, key=lambda term: term.end == date)))


# --- whom a name means


@dataclass(frozen=True, slots=True)
class PersonNames:
    """A person with every spelling of the full name, and the surname forms alone."""

    actor: Actor
    full: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def people() -> tuple[PersonNames, ...]:
    """Return everyone in the tables, with the spellings of their names."""
    aliases: dict[Actor, list[str]] = {}
    for row in read_table("leaders"):
        known = aliases.setdefault(person(row["qid"], row["name"]), [row["name"]])
        known += split_cell(row["aliases"])
    return tuple(_names(actor, dict.fromkeys(names)) for actor, names in aliases.items())


def _names(actor: Actor, names: Iterable[str]) -> PersonNames:
    full = tuple(dict.fromkeys(variant for name in names for variant in spellings(name) if " " in variant))
    return PersonNames(actor, full, tuple(dict.fromkeys(surname_of(name) for name in full)))


_SLAVIC = re.compile(r"(?:skyy|skiy|skyi|skii|sky|ski|skij)$")
_SLAVIC_ENDINGS = ("skyy", "skiy", "skyi", "skii", "sky", "ski")
_HYPHENATED = re.compile(r"^(\w+ \w+)-(\w+)$")
_SURNAME_FIRST = word_set(
    "Kim Lee Ri Pak Park Choe Choi Hong Jang Yoon Moon Roh Han Hwang Lim Chung Xi Hu Wen Li Jiang Zhu Tsai Lai Chen Ma"
)


def spellings(name: str) -> list[str]:
    """Return the ways in which news writes a name: Kim Jong-un, Kim Jong Un, Kim Jong-Un; Zelensky, Zelenskyy, Zelenskiy."""
    found = [name]
    hyphenated = _HYPHENATED.match(name)
    if hyphenated:
        first, last = hyphenated.groups()
        found += [f"{first} {last.capitalize()}", f"{first}-{last.capitalize()}", f"{first}-{last.lower()}"]
    elif name.split(maxsplit=1)[0] in _SURNAME_FIRST and len(name.split()) == 3:
        family, first, last = name.split()
        found += [f"{family} {first}-{last.lower()}", f"{family} {first}-{last}", f"{family} {first} {last}"]
    if _SLAVIC.search(name):
        stem = _SLAVIC.sub("", name)
        found += [stem + ending for ending in _SLAVIC_ENDINGS]
    return list(dict.fromkeys(found))


_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "II", "III"})
_PARTICLES = word_set(
    "al bin ibn de da do dos del van von der den le la el di du mc ben abu"
)


def surname_of(name: str) -> str:
    """Return the part of a full name by which news calls its bearer: "Kim" of Kim Jong Un, "von der Leyen"."""
    words = name.split()
    if words[0] in _SURNAME_FIRST and len(words) >= 2 and "-" not in words[0]:
        return words[0]
    begin = len(words) - 1
    if words[begin] in _SUFFIXES and begin > 1:
        begin -= 1
        words = words[: begin + 1]
    while begin > 1 and words[begin - 1].lower() in _PARTICLES:
        begin -= 1
    return " ".join(words[begin:])


@cache
def by_name() -> dict[str, tuple[Actor, ...]]:
    """Return the people by full name and by surname, keys as :func:`name_key` makes them."""
    index: dict[str, dict[Actor, None]] = {}
    for names in people():
        for name in (*names.full, *names.surnames, *(n for n in (names.actor.name,) if " " not in n)):
            index.setdefault(name_key(name), {})[names.actor] = None
    return {key: tuple(actors) for key, actors in index.items()}


def name_key(name: str) -> str:
    """Return a name as it is compared: plain, without diacritics, case, hyphens, possessive."""
    return " ".join(without_marks(plain(name)).casefold().replace("-", " ").replace(".", " ").removesuffix("'s").split())


TITLES: dict[str, tuple[Role, ...]] = {
    "president": ("head_of_state", "head_of_government"),
    "prime minister": ("head_of_government", "prime_minister"),
    "premier": ("head_of_government", "prime_minister"),
    "chancellor": ("head_of_government",),
    "taoiseach": ("head_of_government",),
    "king": ("head_of_state",),
    "queen": ("head_of_state",),
    "emperor": ("head_of_state",),
    "pope": ("head_of_state",),
    "emir": ("head_of_state",),
    "sultan": ("head_of_state",),
    "supreme leader": ("head_of_state",),
    "leader": ("head_of_state", "head_of_government"),
}
"""Titles and the roles they stand for."""


def resolve_person(
    name: str, *, date: str | None = None, context: Sequence[Actor] = (), title: str | None = None
) -> tuple[Actor, ...]:
    """Return whom a full name or surname may mean, best first; empty when nobody in the tables is called so.

    One candidate stands alone when the name is somebody's full name, when ``context`` holds exactly one bearer, or when exactly
    one fits best: an office at the date, one that the title can mean, a country of ``context``.  Otherwise all are returned in the
    order of fit, so that a caller sees that the name is open ("Kim", "Lee").  A surname that is an everyday word ("May", "Brown")
    and that nothing supports gives nothing.

    Args:
        name: "Kim", "Kim Jong-un", "Zelenskiy".
        date: The article's date, ISO 8601.
        context: Actors named nearby or in the article: countries and people.
        title: A title beside the name ("President").
    """
    candidates = by_name().get(name_key(name), ())
    if not candidates or (len(candidates) == 1 and " " in name.strip()):
        return candidates
    named = [actor for actor in candidates if actor in context]
    if len(named) == 1:
        return tuple(named)
    fits = {actor: _fit(actor, date, context, title) for actor in candidates}
    ordered = sorted(candidates, key=lambda actor: fits[actor], reverse=True)
    best = fits[ordered[0]][0]
    if best == 0 and name.strip().casefold() in EVERYDAY_WORDS:
        return ()
    stands_alone = best >= 2 and (len(ordered) == 1 or fits[ordered[1]][0] < best)
    return (ordered[0],) if stands_alone else tuple(ordered)


EVERYDAY_WORDS = word_set(
    "may brown bush king queen major park lee rice young day may rose stone white black green long short kings bell hall rice "
    "church banks cook carter ford grant baker mason martin wade sharp price carney li ali"
)
"""Surnames of leaders that English uses for other things, or that thousands bear."""


def _fit(actor: Actor, date: str | None, context: Sequence[Actor], title: str | None) -> tuple[int, int, int]:
    """Return how well a person fits: points of evidence, whether head of state at the date, year of the latest term."""
    held = terms_of(actor)
    roles = TITLES.get((title or "").lower())
    fitting = [term for term in held if roles is None or term.role in roles]
    in_office = [term for term in fitting if date is not None and term.holds_on(date)]
    in_context = any(term.country in context for term in held)
    is_head = any(term.role == "head_of_state" for term in in_office)
    return (
        bool(in_office) + in_context + bool(roles and fitting),
        int(is_head),
        max((int(term.start[:4]) for term in held), default=0),
    )


def fits_office(actor: Actor, title: str, date: str | None, context: Sequence[Actor] = ()) -> bool:
    """Say whether a person held an office of that title on the date, or ever in a country of ``context``."""
    roles = TITLES.get(title.lower(), ())
    held = [term for term in terms_of(actor) if term.role in roles]
    return any((date is not None and term.holds_on(date)) or term.country in context for term in held)


_ADMINISTRATION = re.compile(
    r"^(?:the )?(?P<name>.{2,40}?)(?:'s|’s)? (?P<word>administration|presidency|government|cabinet)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Administration:
    """A government named after its head: the organisation, the head, the country, and the head's terms."""

    actor: Actor
    head: Actor
    country: Actor | None
    terms: tuple[Term, ...]


def administration(phrase: str, *, date: str | None = None, context: Sequence[Actor] = ()) -> Administration | None:
    """Return the government that "the Biden administration" names, which is an organisation and not its head.

    None when the phrase has another form, or the name is nobody's or could be several people's.
    """
    match = _ADMINISTRATION.match(plain(phrase.strip()))
    if match is None:
        return None
    heads = resolve_person(match["name"], date=date, context=context, title="president" if " " not in match["name"] else None)
    if not heads:
        return None
    held = terms_of(heads[0])
    actor = Actor("organisation", f"{surname_of(heads[0].name)} {match['word'].lower()}")
    return Administration(actor, heads[0], held[0].country if held else None, held)
