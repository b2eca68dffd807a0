"""Organisations, alliances, ministries, courts, parties and armed groups: names, abbreviations, the country they belong to."""

from dataclasses import dataclass
from functools import cache

from graphkit.knowledge.actors.countries import GUARD, country
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.model import Actor


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation; ``forms`` are (form, needs support from the text) in the order of the table, its name first."""

    actor: Actor
    kind: str
    country: Actor | None
    forms: tuple[tuple[str, bool], ...]


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return all organisations, in the order of the table."""
    return tuple(_organisation(row) for row in read_table("organisations"))


def _organisation(row: dict[str, str]) -> Organisation:
    cells = (*split_cell(row["names"]), *split_cell(row["abbreviations"]))
    forms = ((row["name"], False), *((cell.removesuffix(GUARD), cell.endswith(GUARD)) for cell in cells))
    actor = Actor("organisation", row["name"], row["qid"] or None)
    return Organisation(actor, row["kind"], country(row["country"]) if row["country"] else None, forms)


@cache
def _by_actor() -> dict[Actor, Organisation]:
    return {organisation.actor: organisation for organisation in organisations()}


def organisation(actor: Actor) -> Organisation | None:
    """Return what the table says of an organisation, or None when it is not there."""
    return _by_actor().get(actor)


def organisation_by_id(qid: str) -> Actor | None:
    """Return the organisation of a Wikidata id, or None when it is not in the table."""
    return next((known.actor for known in organisations() if known.actor.wikidata == qid), None)
