"""Finding in a text who acts or speaks: countries, peoples, seats of government, organisations, leaders.

The longest name wins and nothing overlaps: no country is found inside "South China Sea" or "Bank of England".  A capital is a metonym
only where it acts ("Pyongyang said", "talks between Moscow and Kyiv"), never where it is a place ("in Kyiv").  Names that mean
several actors ("Congo", "Korea", "Georgia") are settled by what else the text names, and stay open where that settles nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.knowledge.actors.context import TextContext, seems_actor
from graphkit.knowledge.actors.countries import GUARD, Territory, country, territories
from graphkit.knowledge.actors.gazetteer import MENTION_KINDS, Gazetteer, Hit, Sense
from graphkit.knowledge.actors.leaders import terms_of
from graphkit.knowledge.actors.ministries import ministries, ministry_country
from graphkit.knowledge.actors.organisations import organisation, organisation_by_id, organisations
from graphkit.knowledge.actors.people import administration, figure_countries, people
from graphkit.knowledge.actors.titled_names import titled_names
from graphkit.knowledge.own_tables import read_table
from graphkit.model import Actor, MentionKind


@dataclass(frozen=True, slots=True)
class ActorName:
    """A name found in a text: its span in code points (end exclusive), its words, and whom it may mean, best first.

    ``is_open`` says that the text does not settle which of several candidates is meant.
    """

    begin: int
    end: int
    text: str
    kind: MentionKind
    candidates: tuple[Actor, ...]
    is_open: bool = False


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer of all own tables; built once, on first use."""
    names = Gazetteer()
    for row in read_table("decoys"):
        names.add(row["text"], Sense(Actor("group", row["text"]), "decoy"))
    for place in territories():
        _add_territory(names, place)
    _add_seats(names)
    for known in organisations():
        for text, is_guarded in known.forms:
            names.add(text, Sense(known.actor, "name", is_guarded, known.country))
    for names_of in people():
        names.add_all(names_of.full, Sense(names_of.actor, "person"))
    return names


def _add_territory(names: Gazetteer, place: Territory) -> None:
    for form in place.forms:
        if form.kind == "capital" and place.kind != "state":
            continue  # nobody says "Hamilton insists" of Bermuda
        bare = form.text.removeprefix("the ")
        names.add(bare, Sense(place.actor, form.kind, form.is_guarded, needs_the=bare != form.text))


def _add_seats(names: Gazetteer) -> None:
    for row in read_table("metonyms"):
        actor = country(row["actor"]) or organisation_by_id(row["actor"])
        if actor is not None:
            names.add(row["text"].removesuffix(GUARD), Sense(actor, "seat", row["text"].endswith(GUARD)))


def find_actor_names(text: str, *, date: str | None = None) -> tuple[ActorName, ...]:
    """Find the countries, organisations and leaders that ``text`` names, in text order, none overlapping another.

    Args:
        text: Normalised text; spans are code points of it.
        date: The article's date, ISO 8601; it helps to tell holders of one surname apart.
    """
    hits = tuple(gazetteer().scan(text))
    context = TextContext.of(text, hits)
    found = [name for hit in hits for name in _names(text, hit, context)]
    actors = tuple(dict.fromkeys(name.candidates[0] for name in found))
    longer = [
        ActorName(name.begin, name.end, text[name.begin : name.end], name.kind, name.candidates, name.is_open)
        for name in (*titled_names(text, actors, date=date), *ministries(text, found))
    ]
    kept = [name for name in found if not any(other.begin < name.end and name.begin < other.end for other in longer)]
    return tuple(sorted((*kept, *longer), key=lambda name: name.begin))


def _names(text: str, hit: Hit, context: TextContext) -> Iterator[ActorName]:
    senses = context.keep(hit)
    if not senses or not seems_actor(context, hit, senses[0].form_kind):
        return
    candidates = context.order(tuple(dict.fromkeys(sense.actor for sense in senses)))
    is_open = len(candidates) > 1 and not context.settles(candidates)
    yield ActorName(hit.begin, hit.end, text[hit.begin : hit.end], MENTION_KINDS[senses[0].form_kind], candidates, is_open)


def country_of(actor: Actor) -> Actor | None:
    """Return the country an actor belongs to: a country itself, an organisation's, a leader's; None where none is known."""
    if actor.kind == "country":
        return actor
    known = organisation(actor)
    if known is not None:
        return known.country
    held = terms_of(actor)
    if held:
        return held[-1].country
    if actor in figure_countries():
        return figure_countries()[actor]
    if actor.kind != "organisation":
        return None
    governed = administration(actor.name)
    return governed.country if governed else ministry_country(actor)
