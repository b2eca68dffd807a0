"""Mentions of actors in an article, in text order, none overlapping another.

Tables decide countries, organisations and leaders; the extractor's names fill the rest, and win where they are longer ("Bank of
Russia"); bare surnames and first names go to the full name they belong to.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

from graphkit.extraction.actors.names import titles
from graphkit.extraction.actors.people import People, sex_of, strip_titles
from graphkit.extraction.actors.role_bearers import Bearer, find_bearers
from graphkit.extraction.protocol import RawMention
from graphkit.knowledge.actors import ActorName, find_actor_names
from graphkit.model import Actor, Article, Mention, Span

_CAPITALISED = re.compile(r"(?<![\w.’'-])[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[-’'][A-Z][^\W\d_]+)?")
_NEXT_NAME = re.compile(r"\s[A-Z][a-z]+")
_ACRONYM = re.compile(r"\s?\(([A-Z]{2,8})\)")
_TITLE_BEFORE = re.compile(r"([A-Za-z]{2,15})\.?\s$")


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """The mentions of one article, its people, and who bears which role."""

    mentions: tuple[Mention, ...]
    people: People
    bearers: tuple[Bearer, ...] = ()

    def inside(self, span: Span) -> tuple[Mention, ...]:
        """Return the mentions that lie wholly inside ``span``, in text order."""
        return self.between(span.begin, span.end)

    def around(self, span: Span) -> Mention | None:
        """Return the mention of which ``span`` is a part and not the whole, if it is."""
        last = bisect_right(self.mentions, span.begin, key=_begin) - 1
        holds = last >= 0 and self.mentions[last].span != span and self.mentions[last].span.covers(span)
        return self.mentions[last] if holds else None

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
    finder = _MentionFinder(text, people)
    finder.merge(known, entities)
    finder.add_surnames()
    mentions = sorted(finder.mentions, key=lambda mention: mention.span)
    named = tuple(_one_name_each(text, mentions))
    return MentionIndex(named, people, find_bearers(text, named))


class _MentionFinder:
    """Gathers the mentions of one text; what is taken stays taken."""

    def __init__(self, text: str, people: People) -> None:
        self.text = text
        self.people = people
        self.mentions: list[Mention] = []
        self._taken: list[Span] = []

    def merge(self, known: tuple[ActorName, ...], entities: tuple[RawMention, ...]) -> None:
        surnames = {n.begin: n for n in known if n.candidates[0].kind == "person" and " " not in n.text}
        asked = [_with_surname(self.text, e, surnames) for e in entities if e.label in {"PER", "ORG"}]
        beaten = {name for e in asked for name in _outdone(self.text, e, known)}
        for name in known:
            if name not in beaten:
                self._add(_from_table(name))
                if name.candidates[0].kind == "person" and not name.is_open:
                    self.people.learn(name.candidates[0].name, name.candidates[0], at=name.begin)
        persons = [e for e in asked if e.label == "PER"]
        for entity in sorted(persons, key=lambda e: (-len(self.text[e.begin : e.end].split()), e.begin)):
            self._add_person(entity)
        for entity in sorted((e for e in asked if e.label == "ORG"), key=lambda e: (e.begin - e.end, e.begin)):
            self._add_organisation(entity)
        self._note_titles()

    def _is_free(self, span: Span) -> bool:
        place = bisect_right(self._taken, span)
        return not any(span.overlaps(other) for other in self._taken[max(0, place - 1) : place + 1])

    def _add(self, mention: Mention) -> None:
        if self._is_free(mention.span):
            self.mentions.append(mention)
            self._taken.insert(bisect_right(self._taken, mention.span), mention.span)

    def _add_person(self, entity: RawMention) -> None:
        span = Span(entity.begin, entity.end)
        bare = strip_titles(" ".join(span.of(self.text).split()))
        if not bare or not self._is_free(span):
            return
        if " " in bare:
            self._add(Mention(span, self.people.learn(bare, at=span.begin)))
        else:
            who, others = self._bearer(bare, span.begin) or self.people.office_holder(bare)
            self._add(Mention(span, who, "name", others))

    def _bearer(self, name: str, begin: int) -> tuple[Actor, tuple[Actor, ...]] | None:
        return self.people.bearer(name, begin, sex=sex_of(self._word_before(begin)))

    def _word_before(self, begin: int) -> str:
        match = _TITLE_BEFORE.search(self.text, max(0, begin - 18), begin)
        return match[1].lower() if match else ""

    def _add_organisation(self, entity: RawMention) -> None:
        span = Span(entity.begin, entity.end)
        self._add(Mention(span, Actor("organisation", " ".join(span.of(self.text).split()))))

    def _note_titles(self) -> None:
        """Remember what stands before a person's name: "Mrs" tells the sex."""
        for mention in self.mentions:
            if mention.actor.kind != "person":
                continue
            word = self._word_before(mention.span.begin)
            if mention.kind == "title":
                word = mention.span.of(self.text).split()[0].lower()
            if word in titles("person"):
                self.people.note_sex(mention.actor, word)

    def add_surnames(self) -> None:
        """Find bare surnames of people named in full elsewhere in the article."""
        for match in _CAPITALISED.finditer(self.text):
            bearer = self._bearer(match.group(), match.start()) if match.group().casefold() in self.people.places else None
            if bearer is None or _NEXT_NAME.match(self.text, match.end()):
                continue
            self._add(Mention(Span(*match.span()), bearer[0], "name", bearer[1]))


def _outdone(text: str, entity: RawMention, known: tuple[ActorName, ...]) -> tuple[ActorName, ...]:
    """Return the table's names that a longer found name takes in ("Bank of Russia", "Kim Yo Jong"); none when they win."""
    first = bisect_left(known, entity.begin, key=lambda name: name.end) if known else 0
    last = bisect_left(known, entity.end, key=lambda name: name.begin)
    inside = tuple(name for name in known[first:last] if name.end > entity.begin)
    if not inside or any(n.begin < entity.begin or n.end > entity.end for n in inside):
        return ()
    rest = text[entity.begin : inside[0].begin] + text[inside[-1].end : entity.end]
    if len(inside) == 1 and not any(character.isalnum() for character in rest.removeprefix("the ").removeprefix("The ")):
        return ()
    is_longer = entity.label == "PER" and len(inside) == 1 and inside[0].end == entity.end and " " not in inside[0].text
    return inside if is_longer or all(n.candidates[0].kind in {"country", "organisation"} for n in inside) else ()


def _with_surname(text: str, entity: RawMention, surnames: Mapping[int, ActorName]) -> RawMention:
    """Return "Sarah Oakes" with the surname behind it that a table took for somebody else's ("Sarah Oakes *Biden*")."""
    following = surnames.get(entity.end + 1)
    if entity.label != "PER" or following is None or text[entity.end] != " " or " " not in text[entity.begin : entity.end]:
        return entity
    return replace(entity, end=following.end)


def _from_table(name: ActorName) -> Mention:
    if name.is_open:
        return Mention(Span(name.begin, name.end), Actor(name.candidates[0].kind, name.text), name.kind, name.candidates)
    return Mention(Span(name.begin, name.end), name.candidates[0], name.kind, name.candidates[1:])


def _one_name_each(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give "FHC" and "Feldmark" the actor that "Feldmark Harbour Commission (FHC)" names."""
    aliases: dict[str, Actor] = {}
    bodies = [mention for mention in mentions if mention.actor.kind == "organisation" and mention.kind == "name"]
    for mention in bodies:
        match = _ACRONYM.match(text, mention.span.end)
        if match and _abbreviates(match[1], mention.span.of(text)):
            aliases.setdefault(match[1], mention.actor)
    for mention in bodies:
        words = mention.actor.name.split()
        if mention.actor.wikidata is None and len(words) > 1 and words[-1].lower() in titles("company"):
            aliases.setdefault(" ".join(words[:-1]), mention.actor)
    return [_renamed(mention, aliases) for mention in mentions]


def _renamed(mention: Mention, aliases: dict[str, Actor]) -> Mention:
    is_body = mention.actor.kind == "organisation" and mention.actor.wikidata is None
    actor = aliases.get(mention.actor.name) if is_body else None
    return replace(mention, actor=actor) if actor is not None else mention


def _abbreviates(acronym: str, name: str) -> bool:
    """Say whether an acronym takes its letters from the capitals of a name, in order."""
    capitals = iter(character for word in re.split(r"[\s-]", name) for character in word[:1].upper())
    return all(letter in capitals for letter in acronym)
