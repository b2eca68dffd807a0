"""Whom a name means: leaders and other often-named people, by full name, transliteration, surname, title, date and context.

``leaders.csv`` and ``figures.csv`` give the people; a surname alone is a candidate list unless the context settles it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from graphkit.knowledge.actors.countries import country
from graphkit.knowledge.actors.gazetteer import plain, without_marks, word_set
from graphkit.knowledge.actors.leaders import TITLES, Term, person, terms_of
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.model import Actor


@dataclass(frozen=True, slots=True)
class PersonNames:
    """A person with every spelling of the full name, and the surname forms alone."""

    actor: Actor
    full: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def people() -> tuple[PersonNames, ...]:
    """Return everyone in the tables, leaders first, with the spellings of their names."""
    aliases: dict[Actor, list[str]] = {}
    for row in (*read_table("leaders"), *read_table("figures")):
        known = aliases.setdefault(person(row["qid"], row["name"]), [row["name"]])
        known += split_cell(row["aliases"])
    return tuple(_names(actor, dict.fromkeys(names)) for actor, names in aliases.items())


def _names(actor: Actor, names: Iterable[str]) -> PersonNames:
    full = tuple(dict.fromkeys(variant for name in names for variant in spellings(name) if " " in variant))
    return PersonNames(actor, full, tuple(dict.fromkeys(surname_of(name) for name in full)))


@cache
def figure_countries() -> dict[Actor, Actor | None]:
    """Return the often-named people who led no country (``figures.csv``), and the country of each."""
    return {
        person(row["qid"], row["name"]): country(row["country"]) if row["country"] else None for row in read_table("figures")
    }


def countries_of(actor: Actor) -> set[Actor | None]:
    """Return the countries in which a person held or is known for an office."""
    return {*(term.country for term in terms_of(actor)), figure_countries().get(actor)} - {None}


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
_PARTICLES = word_set("al bin ibn de da do dos del van von der den le la el di du mc ben abu")


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


def resolve_person(
    name: str, *, date: str | None = None, context: Sequence[Actor] = (), title: str | None = None
) -> tuple[Actor, ...]:
    """Return whom a full name or surname may mean, best first; empty when nobody in the tables is called so.

    One candidate stands alone when the name is somebody's full name, when ``context`` holds exactly one bearer, when exactly one
    bearer ever held an office of that title, or when exactly one fits best: an office at the date, a country of ``context``.
    Otherwise all are returned in the order of fit, so that a caller sees that the name is open ("Kim", "Lee").  A surname that is
    an everyday word ("May", "Brown") and that nothing supports gives nothing.

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
    titled = [actor for actor in candidates if title and fits_office(actor, title)]
    if len(titled) == 1:
        return tuple(titled)
    fits = {actor: _fit(actor, date, context, title) for actor in titled or candidates}
    ordered = sorted(fits, key=lambda actor: fits[actor], reverse=True)
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
    in_context = not countries_of(actor).isdisjoint(context)
    is_head = any(term.role == "head_of_state" for term in in_office)
    return (
        bool(in_office) + in_context + bool(roles and fitting),
        int(is_head),
        max((int(term.start[:4]) for term in held), default=0),
    )


def fits_office(actor: Actor, title: str, date: str | None = None, context: Sequence[Actor] | None = None) -> bool:
    """Say whether a person ever held an office of that title: on the date or in a country of ``context``, where those are given."""
    roles = TITLES.get(title.lower(), ())
    held = [term for term in terms_of(actor) if term.role in roles]
    if date is None and context is None:
        return bool(held)
    return any((date is not None and term.holds_on(date)) or (context is not None and term.country in context) for term in held)


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
