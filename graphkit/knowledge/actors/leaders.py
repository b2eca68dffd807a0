"""Heads of state and government since 2000: who held which office when.

``leaders.csv`` has a row a term: country (ISO 3166 alpha-3), role, person, first and last day (ISO 8601; an open end is a term
still running when the row was read).  Where one person leads state and government, as in the United States, both roles have rows.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from graphkit.knowledge.actors.countries import country, territory
from graphkit.knowledge.own_tables import read_table
from graphkit.model import Actor

Role = Literal["head_of_state", "head_of_government", "prime_minister"]
"""``prime_minister`` is one under a president who heads the government."""
LAST_DAY = "9999-12-31"


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
    return roles[roles.index(word)]


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
