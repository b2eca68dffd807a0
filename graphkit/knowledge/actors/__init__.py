"""Who acts and speaks: countries, organisations, leaders; finding their names in a text and telling whom a name means.

Decisions that cost something to reverse:

- A name that fits several actors stays open, with its candidates in order; the caller sees ``is_open`` and never a silent guess.
- Labels come from the tables: one for each Wikidata id.  A person or organisation without an id is "whoever is called this".
- A government named after its head ("the Biden administration") is an organisation tied to the head, never the head.
- A capital is a metonym of its country only on positive evidence; where it is a place it is no actor.
- Former states keep their own ids; a former name of a living state ("Upper Volta") means that state.
"""

from graphkit.knowledge.actors.countries import country_candidates, resolve_country
from graphkit.knowledge.actors.finding import ActorName, country_of, find_actor_names
from graphkit.knowledge.actors.leaders import office_holders
from graphkit.knowledge.actors.people import administration, resolve_person

__all__ = [
    "ActorName",
    "administration",
    "country_candidates",
    "country_of",
    "find_actor_names",
    "office_holders",
    "resolve_country",
    "resolve_person",
]
