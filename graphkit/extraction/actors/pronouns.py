"""Whom a pronoun can mean: "he" one human being, "they" several or a body, "it" a body or a paper."""

from graphkit.extraction.actors.names import titles
from graphkit.extraction.actors.roles import head_word, is_speaking_noun
from graphkit.extraction.language.lexicon import word_classes
from graphkit.model import Actor, Outlet

Party = Actor | Outlet
_PERSON, _GROUP, _THING = "person", "group", "thing"
PRONOUNS = {
    "he": _PERSON, "she": _PERSON, "his": _PERSON, "her": _PERSON, "him": _PERSON, "hers": _PERSON,
    "they": _GROUP, "their": _GROUP, "them": _GROUP, "it": _THING, "its": _THING,
}  # fmt: skip
SEXES = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female", "hers": "female"}
HUMAN_ENDINGS = ("er", "or", "ist", "ian", "man", "ent", "ant", "ee", "eer", "mate", "year-old")
"""What nouns for human beings often end in."""


def _is_one_person(party: Actor) -> bool:
    """Say whether an unnamed source is one human being: "a diplomat", not "officials", "members of his party" or "a poll this week"."""
    head = head_word(party.name)
    if head.endswith(("s", "people", "men", "women", "police")) or head in word_classes("speakers")["bodies"]:
        return False
    if party.anonymous_type in {"documents", "reports"}:
        return False
    is_human = is_speaking_noun(head) or head in titles("person") or head.endswith(HUMAN_ENDINGS)
    return party.anonymous_type != "other" or is_human


def fits(party: Party, kind: str) -> bool:
    """Say whether a pronoun of a kind ("person", "group", "thing") can mean somebody."""
    if isinstance(party, Outlet):
        return kind == _THING
    if kind == _PERSON:
        return party.kind == "person" or (party.kind == "anonymous" and _is_one_person(party))
    if kind == _THING:
        return party.kind in {"organisation", "country"} or (
            party.kind == "anonymous" and party.anonymous_type in {"documents", "reports"}
        )
    return party.kind in {"organisation", "group", "country"} or (
        party.kind == "anonymous" and head_word(party.name).endswith(("s", "people"))
    )
