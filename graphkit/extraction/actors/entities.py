"""What an extractor found, made consistent over one article: one kind a name, long names whole, every further place of a name.

A model judges each place on its own; an article means the same by the same words.  Names of bodies that rules can tell by their
last word ("… Commission", "Ministry of …") are added, for models are weakest there.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.actors.names import (
    bodies,
    find_names,
    is_body_name,
    names_in_sources,
    titled_people,
    titles,
    trim_name,
)
from graphkit.extraction.actors.role_names import names_after_roles, with_told_names
from graphkit.extraction.attribution.phrases import speaking_nouns
from graphkit.extraction.attribution.view import View
from graphkit.extraction.protocol import EntityLabel, RawAttribution, RawMention
from graphkit.knowledge.actors import resolve_person
from graphkit.knowledge.outlets import outlet_of_name

LEAST_CONFIDENCE = 0.5
_SURE = 0.75
"""Confidence from which a name is looked for in the rest of the article."""
_SURE_LONE = 0.7
"""Confidence that a single word needs to be a person's name of its own."""
_SURE_PERSON = 0.95
"""Confidence from which a single word is a person's name even where an outlet bears it too ("Hill", "Stern")."""
_SHORTEST_NAME = 3
_MOST_NAMES = 400


def named_entities(
    text: str, views: Sequence[View], entities: Sequence[RawMention], attributions: Sequence[RawAttribution]
) -> tuple[RawMention, ...]:
    """Return the persons and organisations named in a text, those of the extractor first, by rules alone where it found none."""
    if not entities:
        by_rules = (name for view in views for name in (*find_names(view), *bodies(view)))
        told = names_after_roles(views, attributions, ())
        return tuple(with_told_names(text, [*by_rules, *names_in_sources(views, attributions)], told))
    asked = [e for e in entities if e.label in {"PER", "ORG"} and e.confidence >= LEAST_CONFIDENCE]
    trimmed = [name for e in asked if (name := trim_name(text, e)) is not None and not _is_title_only(text, name)]
    parts = {word for e in trimmed for words in [text[e.begin : e.end].split()] if len(words) > 1 for word in words}
    trimmed = [name for e in trimmed if (name := _lone_name(text, e, parts)) is not None]
    found = _one_kind(text, [*trimmed, *(name for view in views for name in (*bodies(view), *titled_people(view)))])
    found = with_told_names(text, found, names_after_roles(views, attributions, entities))
    return (*found, *_elsewhere(text, found))


def _is_title_only(text: str, name: RawMention) -> bool:
    """Say whether a find is no name: a mere title, a common noun with a capital ("Police"), or a thing taken for a body."""
    if name.label == "ORG" and not is_body_name(text[name.begin : name.end]):
        return True
    words = text[name.begin : name.end].lower().replace(".", "").split()
    if len(words) == 1 and words[0] in speaking_nouns() - titles("organisation"):
        return True
    return all(word in titles("person") or word in titles("no_name") for word in words)


def _lone_name(text: str, name: RawMention, parts: Collection[str]) -> RawMention | None:
    """Judge a single word taken for a person, which is part of no longer name: an outlet, or no name unless it is sure."""
    word = text[name.begin : name.end]
    if name.label != "PER" or " " in word or word in parts:
        return name
    before = text[max(0, name.begin - 20) : name.begin].split()
    if before and before[-1].lower().rstrip(".") in titles("person") | titles("abbreviated"):
        return name
    is_outlet = name.confidence < _SURE_PERSON and outlet_of_name(word) is not None
    if is_outlet and not resolve_person(word, date=None, context=()):
        return replace(name, label="ORG")
    return name if name.confidence >= _SURE_LONE else None


def _one_kind(text: str, found: list[RawMention]) -> list[RawMention]:
    """Give each wording the kind that most of its places have, each weighed by its confidence."""
    weights: dict[str, Counter[EntityLabel]] = {}
    for name in found:
        weights.setdefault(text[name.begin : name.end], Counter())[name.label] += name.confidence  # type: ignore[assignment]
    kinds = {words: max(sorted(counts), key=lambda kind, counts=counts: counts[kind]) for words, counts in weights.items()}  # type: ignore[misc]
    return [replace(name, label=kinds[text[name.begin : name.end]]) for name in found]


def _elsewhere(text: str, found: list[RawMention]) -> Iterator[RawMention]:
    """Yield further places of names that are sure, as whole words with the same capitals."""
    kinds = {text[n.begin : n.end]: n.label for n in found if n.confidence >= _SURE and _is_telling(text[n.begin : n.end])}
    names = sorted(sorted(kinds)[:_MOST_NAMES], key=len, reverse=True)
    if not names:
        return
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])")
    for match in pattern.finditer(text):
        yield RawMention(match.start(), match.end(), kinds[match.group()], _SURE)


def _is_telling(words: str) -> bool:
    """Say whether a wording can be looked for everywhere: several words, or an acronym; a single word may be a common one."""
    return len(words) >= _SHORTEST_NAME and words[0].isupper() and (" " in words or words.isupper())
