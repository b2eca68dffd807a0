"""Peoples and followers: "Republicans", "Kurds", and "Israelis" where the article does not name their state.

They are groups of persons and no bodies.  Where the article names the state too, its people stand for it, as a demonym.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.actors.names import titles
from graphkit.extraction.protocol import RawMention
from graphkit.model import Actor, Mention, Span

_ENDING = re.compile(r"[A-Z][a-z]+(?:[a-z]ians|icans|icrats|ocrats|ists|ites|lims|ivists|tarians)$")
_NO_PEOPLE = frozenset({"Swiss"})


def with_peoples(text: str, mentions: Sequence[Mention], entities: Iterable[RawMention]) -> tuple[Mention, ...]:
    """Return ``mentions``, in text order, with the peoples that the extractor took for no actor, and peoples apart from unnamed states."""
    named = {m.actor for m in mentions if m.kind != "demonym" or not _is_plural(m.span.of(text))}
    kept = [m if m.kind != "demonym" or m.actor in named else _as_people(text, m) for m in mentions]
    taken = {position for m in kept for position in (m.span.begin, m.span.end - 1)}
    found = [m for m in _followers(text, entities) if not {m.span.begin, m.span.end - 1} & taken]
    return tuple(sorted([*kept, *found], key=lambda m: m.span))


def _as_people(text: str, mention: Mention) -> Mention:
    words = mention.span.of(text)
    return replace(mention, actor=Actor("group", words), kind="name", runner_up=()) if _is_plural(words) else mention


def _is_plural(words: str) -> bool:
    return words.endswith("s") and words not in _NO_PEOPLE


def _followers(text: str, entities: Iterable[RawMention]) -> Iterator[Mention]:
    for entity in entities:
        words = text[entity.begin : entity.end]
        if entity.label == "MISC" and (_ENDING.fullmatch(words) or words.lower() in titles("people")):
            yield Mention(Span(entity.begin, entity.end), Actor("group", words))
