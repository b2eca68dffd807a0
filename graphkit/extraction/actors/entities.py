"""What an extractor found, made consistent over one article: one kind a name, long names whole, every further place of a name.

A model judges each place on its own; an article means the same by the same words.  Names of bodies that rules can tell by their
last word ("… Commission", "Ministry of …") are added, for models are weakest there.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.actors.body_names import named_after, outlet_bodies, whole_bodies
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
from graphkit.knowledge.outlets import OutletName, outlet_of_name

LEAST_CONFIDENCE = 0.5
_SURE = 0.75
"""Confidence from which a name is looked for in the rest of the article."""
_SURE_LONE = 0.7
"""Confidence that a single word needs to be a person's name of its own."""
_SURE_PERSON = 0.95
"""Confidence from which a single word is a person's name even where an outlet bears it too ("Hill", "Stern")."""
_SURE_EVERYWHERE = 0.9
"""Confidence from which a single word is a body's name everywhere, where the article has it with a capital only."""
_SHORTEST_NAME = 3
_BODY: EntityLabel = "ORG"
_OFFICE_BEFORE = re.compile(r"\b(\w+)\s(?:of|for|on)\s(?:the\s)?$")
_TITLE_BEHIND = re.compile(r"\s+(?:Minister|President|Secretary|General|Ambassador)\b")
_MOST_NAMES = 400
_CLAUSE_OPENERS = frozenset({"as", "after", "amid", "because", "before", "if", "when", "while"})


def named_entities(
    text: str,
    views: Sequence[View],
    entities: Sequence[RawMention],
    attributions: Sequence[RawAttribution],
    outlets: Sequence[OutletName] = (),
) -> tuple[RawMention, ...]:
    """Return the persons and organisations named in a text, those of the extractor first, by rules alone where it found none.

    What the extractor took for something else ("MISC") is passed on as it came: peoples are among it.
    """
    if not entities:
        by_rules = (name for view in views for name in (*find_names(view), *bodies(view)))
        told = names_after_roles(views, attributions, ())
        names = with_told_names(text, [*by_rules, *names_in_sources(views, attributions)], told)
        return (*names, *outlet_bodies(text, outlets))
    asked = [e for e in entities if e.label in {"PER", "ORG"} and e.confidence >= LEAST_CONFIDENCE]
    trimmed = [name for e in asked if (name := trim_name(text, e)) is not None and not _is_title_only(text, name)]
    trimmed = [name for e in trimmed if (name := named_after(text, e)) is not None]
    parts = {word for e in trimmed for words in [text[e.begin : e.end].split()] if len(words) > 1 for word in words}
    trimmed = [name for e in trimmed if (name := _lone_name(text, e, parts)) is not None]
    found = _one_kind(text, [*trimmed, *(name for view in views for name in (*bodies(view), *titled_people(view)))])
    found = whole_bodies(text, with_told_names(text, found, names_after_roles(views, attributions, entities)))
    return (
        *found,
        *_elsewhere(text, found, entities),
        *outlet_bodies(text, outlets),
        *(e for e in entities if e.label == "MISC"),
    )


def _is_title_only(text: str, name: RawMention) -> bool:
    """Say whether a find is no name.

    That is a mere title, a common noun with a capital ("Police"), a thing taken for a body, or a piece of a headline in title case
    ("Workers Leave *State As Immigration Law* Takes Effect").
    """
    if name.label == "ORG" and not is_body_name(text[name.begin : name.end]):
        return True
    if name.label == "ORG" and _is_field(text, name):
        return True
    words = text[name.begin : name.end].lower().replace(".", "").split()
    if any(word in _CLAUSE_OPENERS for word in words[1:]):
        return True
    if len(words) == 1 and words[0] in speaking_nouns() - titles("organisation"):
        return True
    return all(word in titles("person") or word in titles("no_name") for word in words)


def _is_field(text: str, name: RawMention) -> bool:
    """Say whether a name is what an office or treaty is for ("Secretary of *Transportation*"), or the first of a title ("*Prime* Minister")."""
    word = text[name.begin : name.end]
    if word.isupper() or word.lower().split()[-1] in titles("organisation"):
        return False
    if word.lower() in titles("before_title") and _TITLE_BEHIND.match(text, name.end):
        return True
    before = _OFFICE_BEFORE.search(text, max(0, name.begin - 30), name.begin)
    if before is None:
        return False
    is_portfolio = word.lower() in titles("portfolio") and before[1].lower() in titles("office_holder")
    return is_portfolio or (before[1][0].isupper() and before[1].lower() in titles("no_body"))


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


def _elsewhere(text: str, found: list[RawMention], entities: Sequence[RawMention]) -> Iterator[RawMention]:
    """Yield further places of names that are sure, as whole words with the same capitals."""
    kinds = {text[n.begin : n.end]: n.label for n in found if n.confidence >= _SURE and _is_telling(text[n.begin : n.end])}
    sure = {text[n.begin : n.end] for n in found if n.label == "ORG" and n.confidence >= _SURE_EVERYWHERE}
    lone = dict.fromkeys((words for words in sorted(sure)[:_MOST_NAMES] if _is_lone_name(words, text)), _BODY)
    names = sorted(sorted(lone | kinds)[:_MOST_NAMES], key=len, reverse=True)
    if not names:
        return
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])")
    judged = [(e.begin, e.end) for e in sorted(entities, key=lambda e: e.begin)]
    for match in pattern.finditer(text):
        if match.group() in kinds or not _is_judged(match, judged):
            yield RawMention(match.start(), match.end(), (lone | kinds)[match.group()], _SURE)


def _is_lone_name(word: str, text: str) -> bool:
    """Say whether a single word is in the article with a capital only."""
    if len(word) <= _SHORTEST_NAME or not word.isalpha():
        return False
    common = word.lower()
    return common not in text or re.search(rf"(?<!\w){common}(?!\w)", text) is None


def _is_judged(match: re.Match[str], judged: Sequence[tuple[int, int]]) -> bool:
    """Say whether the extractor has taken the place of a match for something."""
    place = bisect_right(judged, (match.start(), match.end()))
    return any(begin < match.end() and match.start() < end for begin, end in judged[max(0, place - 1) : place + 1])


def _is_telling(words: str) -> bool:
    """Say whether a wording can be looked for everywhere: several words, or an acronym; a single word may be a common one."""
    return len(words) >= _SHORTEST_NAME and words[0].isupper() and (" " in words or words.isupper())
