"""Mentions of actors in an article, in text order, none overlapping another.

Tables decide countries, organisations and leaders; the extractor's names fill the rest; surnames go to the full name they belong to.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from graphkit.extraction.actors.people import People, strip_titles
from graphkit.extraction.protocol import RawMention
from graphkit.knowledge.actors import ActorName, find_actor_names
from graphkit.model import Actor, Article, Mention, Span

LEAST_CONFIDENCE = 0.5
_CAPITALISED = re.compile(r"(?<![\w.-])[A-Z][^\W\d_]+(?:[-’'][A-Z][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """The mentions of one article and its people."""

    mentions: tuple[Mention, ...]
    people: People

    def inside(self, span: Span) -> tuple[Mention, ...]:
        """Return the mentions that lie wholly inside ``span``, in text order."""
        return self.between(span.begin, span.end)

    def between(self, begin: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that begin at ``begin`` or later and end at ``end`` or before, in text order."""
        first = bisect_left(self.mentions, begin, key=_begin)
        last = bisect_left(self.mentions, end, key=_begin)
        if last > first and self.mentions[last - 1].span.end > end:
            last -= 1
        return self.mentions[first:last]


def _begin(mention: Mention) -> int:
    return mention.span.begin


def find_mentions(article: Article, entities: tuple[RawMention, ...]) -> MentionIndex:
    """Return whom the article names; ``entities`` are the extractor's finds."""
    text = article.text
    known = find_actor_names(text, date=article.published)
    people = People(article.published, tuple(dict.fromkeys(name.candidates[0] for name in known)))
    for name in known:
        if name.candidates[0].kind == "person":
            people.learn(name.candidates[0].name, name.candidates[0])
    chosen = _merge(text, known, entities, people)
    chosen += _surnames(text, chosen, people)
    return MentionIndex(tuple(sorted(chosen, key=lambda mention: mention.span)), people)


def _merge(text: str, known: tuple[ActorName, ...], entities: tuple[RawMention, ...], people: People) -> list[Mention]:
    asked = [e for e in entities if e.label in {"PER", "ORG"} and e.confidence >= LEAST_CONFIDENCE]
    asked.sort(key=lambda e: (e.begin, -e.end))
    longer = [e for e in asked if _outdoes(e, known)]
    chosen = [_from_table(name) for name in known if not any(e.begin <= name.begin and name.end <= e.end for e in longer)]
    taken = [m.span for m in chosen]
    persons = sorted((e for e in asked if e.label == "PER"), key=lambda e: -len(text[e.begin : e.end].split()))
    for entity in [*persons, *(e for e in asked if e.label == "ORG")]:
        span = Span(entity.begin, entity.end)
        if not any(span.overlaps(other) for other in taken):
            mention = _from_entity(text, entity, people)
            if mention is not None:
                chosen.append(mention)
                taken.append(mention.span)
    return chosen


def _outdoes(entity: RawMention, known: tuple[ActorName, ...]) -> bool:
    """Say whether a found name is longer than what the tables know inside it ("Bank of Russia", "Kim Yo Jong")."""
    inside = [n for n in known if entity.begin < n.end and n.begin < entity.end]
    if not inside or any(n.begin < entity.begin or n.end > entity.end for n in inside):
        return False
    if any((n.begin, n.end) == (entity.begin, entity.end) for n in inside):
        return False
    return all(n.candidates[0].kind == "country" for n in inside) and (
        entity.label == "ORG" or any(n.kind == "name" for n in inside)
    )


def _from_table(name: ActorName) -> Mention:
    if name.is_open:
        return Mention(Span(name.begin, name.end), Actor(name.candidates[0].kind, name.text), name.kind, name.candidates)
    return Mention(Span(name.begin, name.end), name.candidates[0], name.kind, name.candidates[1:])


def _from_entity(text: str, entity: RawMention, people: People) -> Mention | None:
    words = text[entity.begin : entity.end]
    span = Span(entity.begin, entity.end)
    if entity.label == "ORG":
        name = re.sub(r"^[Tt]he\s|['’]s?$", "", " ".join(words.split()))
        return Mention(span, Actor("organisation", name)) if name else None
    bare = strip_titles(" ".join(words.split()))
    if not bare:
        return None
    if " " in bare:
        return Mention(span, people.learn(bare))
    found = people.bearer(bare)
    who, others = found or people.office_holder(bare)
    if found is None:
        people.by_surname.setdefault(bare.casefold(), []).append(who)
    return Mention(span, who, "name", others)


def _surnames(text: str, chosen: list[Mention], people: People) -> list[Mention]:
    """Find bare surnames of people named in full elsewhere in the article."""
    taken = sorted(m.span for m in chosen)
    begins = [span.begin for span in taken]
    found: list[Mention] = []
    for match in _CAPITALISED.finditer(text):
        bearer = people.bearer(match.group())
        if bearer is None:
            continue
        place = bisect_right(begins, match.start()) - 1
        if place >= 0 and taken[place].end > match.start():
            continue
        if place + 1 < len(taken) and taken[place + 1].begin < match.end():
            continue
        if not _stands_alone(text, match):
            continue
        found.append(Mention(Span(*match.span()), bearer[0], "name", bearer[1]))
    return found


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Say whether the word is no part of a longer capitalised name ("Kim Dynasty Museum")."""
    after = re.match(r"\s[A-Z][a-z]+", text[match.end() : match.end() + 20])
    return after is None
