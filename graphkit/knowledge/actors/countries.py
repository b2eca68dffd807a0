"""Countries and territories: their names, adjectives, peoples, capitals, and which of them a form means.

``territories.csv`` has a row for each state, dependent territory, part of a state that news treats as an actor (Scotland,
Somaliland) and former state.  A form marked ``?`` there counts in running text only where the text supports it (a second name of the same
actor); ``other_forms`` (local names, codes) answer a direct question but are never looked for in prose, where "CH" or "Island"
mean other things.  Former names ("Upper Volta") mean today's state; former states (the Soviet Union) keep their own id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.knowledge.actors.gazetteer import FormKind, plain, without_marks
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.model import Actor

GUARD = "?"
"""Marks a form that needs support from the text."""

_FORM_COLUMNS: tuple[tuple[str, FormKind], ...] = (
    ("names", "name"),
    ("abbreviations", "abbreviation"),
    ("old_names", "name"),
    ("adjectives", "adjective"),
    ("demonyms", "demonym"),
    ("capitals", "capital"),
)
_RANKS = {"state": 0, "territory": 1, "part": 2, "former": 3}
_NO_PLURAL = (
    "s",
    "ese",
    "ish",
    "men",
    "women",
    "ch",
    "Swiss",
    "Thai",
    "Batswana",
    "Basotho",
    "Malagasy",
    "Burkinabe",
    "Burkinabè",
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a territory's name; ``is_guarded`` as in the table."""

    text: str
    kind: FormKind
    is_guarded: bool = False


@dataclass(frozen=True, slots=True)
class Territory:
    """A state, territory, part of a state or former state, with every form of its name."""

    code: str
    iso3: str
    actor: Actor
    kind: str
    parent: str
    forms: tuple[Form, ...]
    other_forms: tuple[str, ...]

    @property
    def capitals(self) -> tuple[str, ...]:
        """The capitals and seats of government, the first one first."""
        return tuple(form.text for form in self.forms if form.kind == "capital")


@cache
def territories() -> tuple[Territory, ...]:
    """Return all territories, in the order of the table."""
    return tuple(_territory(row) for row in read_table("territories"))


def _territory(row: dict[str, str]) -> Territory:
    actor = Actor("country", row["name"], row["qid"] or None)
    forms = (Form(row["name"], "name"), *_forms(row))
    if row["name"] + GUARD in split_cell(row["names"]):
        forms = forms[1:]
    others = split_cell(row["other_forms"])
    return Territory(row["code"], row["iso3"], actor, row["kind"], row["parent"], forms, tuple(others))


def _forms(row: dict[str, str]) -> Iterator[Form]:
    for column, kind in _FORM_COLUMNS:
        for cell in split_cell(row[column]):
            text, is_guarded = cell.removesuffix(GUARD), cell.endswith(GUARD)
            yield Form(text, kind, is_guarded)
            if kind == "demonym" and not text.endswith(_NO_PLURAL):
                yield Form(text + "s", kind, is_guarded)


@cache
def _by_code() -> dict[str, Territory]:
    codes = {territory.code: territory for territory in territories()}
    codes.update((territory.iso3, territory) for territory in territories() if territory.iso3)
    return codes


@cache
def _by_qid() -> dict[str, Territory]:
    return {territory.actor.wikidata: territory for territory in territories() if territory.actor.wikidata}


def territory(code: str) -> Territory | None:
    """Return the territory of an ISO 3166 code, two or three letters, or a Wikidata id."""
    return _by_code().get(code) or _by_code().get(code.upper()) or _by_qid().get(code)


def country(code: str) -> Actor | None:
    """Return the country of an ISO 3166 code, two or three letters."""
    found = territory(code)
    return found.actor if found else None


def key_of(form: str) -> str:
    """Return a form as it is compared: plain, without diacritics, case, leading article, possessive or doubled space."""
    words = without_marks(plain(form)).casefold().replace(".", "").replace("&", "and").split()
    if words[:1] == ["the"]:
        del words[0]
    return " ".join(words).removesuffix("'s").strip(" ',;:")


@cache
def _index() -> dict[str, tuple[Territory, ...]]:
    index: dict[str, dict[str, Territory]] = {}
    for place in sorted(territories(), key=lambda place: _RANKS[place.kind]):
        for form in (*(form.text for form in place.forms), *place.other_forms):
            index.setdefault(key_of(form), {})[place.code] = place
    return {key: tuple(places.values()) for key, places in index.items()}


def country_candidates(text: str) -> tuple[Actor, ...]:
    """Return the countries that ``text`` may mean, best first; empty when it means none that is known.

    Names, abbreviations, ISO codes, adjectives, words for people, capitals and seats of government, local and former names are
    known.  A state comes before a dependent territory of the same name, and that before a former state.
    """
    stripped = text.strip()
    by_code = _by_code().get(stripped)
    places = _index().get(key_of(stripped), ())
    if by_code is not None and by_code not in places:
        places = (*places, by_code)
    return tuple(place.actor for place in places) or _seat(stripped)


def resolve_country(text: str) -> Actor | None:
    """Return the one country that ``text`` means, or None when it means none or several.

    Several candidates of different rank ("Kingston" in Jamaica and on Norfolk Island) resolve to the state.
    """
    candidates = country_candidates(text)
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    ranks = [_rank(actor) for actor in candidates]
    return candidates[0] if ranks.count(min(ranks)) == 1 else None


def _rank(actor: Actor) -> int:
    place = _by_qid().get(actor.wikidata or "")
    return _RANKS[place.kind] if place else len(_RANKS)


def _seat(text: str) -> tuple[Actor, ...]:
    key = key_of(text)
    for row in read_table("metonyms"):
        if key_of(row["text"]) == key:
            found = seat_country(row["actor"])
            return (found,) if found else ()
    return ()


def seat_country(actor: str) -> Actor | None:
    """Return the country of the actor that a seat of government stands for: a territory's code or an organisation's id."""
    found = country(actor)
    if found is not None:
        return found
    code = next((row["country"] for row in read_table("organisations") if row["qid"] == actor), "")
    return country(code) if code else None
