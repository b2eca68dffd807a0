"""Ministries named after their country: "Russia's defence ministry", "the Iranian Ministry of Foreign Affairs"."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from graphkit.knowledge.actors.countries import resolve_country, territory
from graphkit.knowledge.actors.gazetteer import plain
from graphkit.knowledge.actors.titled_names import LongerName
from graphkit.model import Actor

_TOPICS = {
    "foreign": "Foreign",
    "foreign affairs": "Foreign",
    "external affairs": "Foreign",
    "defence": "Defence",
    "defense": "Defence",
    "national defence": "Defence",
    "national defense": "Defence",
    "interior": "Interior",
    "internal affairs": "Interior",
    "home": "Interior",
    "finance": "Finance",
    "justice": "Justice",
    "health": "Health",
    "economy": "Economy",
    "economic development": "Economy",
    "energy": "Energy",
    "oil": "Oil",
    "education": "Education",
    "culture": "Culture",
    "agriculture": "Agriculture",
    "transport": "Transport",
    "information": "Information",
    "trade": "Trade",
    "commerce": "Trade",
    "industry": "Industry",
    "environment": "Environment",
    "labour": "Labour",
    "labor": "Labour",
    "tourism": "Tourism",
    "unification": "Unification",
    "intelligence": "Intelligence",
}
_LONGEST_FIRST = "|".join(sorted(_TOPICS, key=len, reverse=True))
_MINISTRY = re.compile(
    rf"(?:'s)? (?:(?P<topic>{_LONGEST_FIRST}) ministry|ministry of (?P<topic_of>{_LONGEST_FIRST}))\b", re.IGNORECASE
)
_NAME = re.compile(r"^(?P<whose>.+) \w+ Ministry$")


class Named(Protocol):
    """A name that was found: where, and whom it may mean."""

    @property
    def begin(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def candidates(self) -> tuple[Actor, ...]: ...  # noqa: D102


def ministries(text: str, names: Sequence[Named]) -> Iterator[LongerName]:
    """Yield the ministries that begin with one of the countries found in ``text``."""
    spelling = plain(text)
    for name in names:
        if name.candidates[0].kind != "country":
            continue
        match = _MINISTRY.match(spelling, name.end)
        if match is not None:
            ministry = _ministry(name.candidates[0], (match["topic"] or match["topic_of"]).lower())
            yield LongerName(name.begin, match.end(), "name", (ministry,), is_open=False)


def _ministry(whose: Actor, topic: str) -> Actor:
    place = territory(whose.wikidata or "")
    adjective = next((form.text for form in place.forms if form.kind == "adjective"), whose.name) if place else whose.name
    return Actor("organisation", f"{adjective} {_TOPICS[topic]} Ministry")


def ministry_country(actor: Actor) -> Actor | None:
    """Return the country of a ministry that is named after it."""
    match = _NAME.match(actor.name)
    return resolve_country(match["whose"]) if match else None
