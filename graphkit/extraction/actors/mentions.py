"""Mentions of actors in an article, in text order, none overlapping another.

Tables decide countries, organisations and leaders; the extractor's names fill the rest, and win where they are longer ("Bank of
Russia"); bare surnames and first names go to the full name they belong to.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graphkit.extraction.actors.names import first_names, titles
from graphkit.extraction.actors.people import People, sex_of, strip_titles
from graphkit.extraction.actors.role_bearers import Bearer, find_bearers
from graphkit.extraction.actors.short_forms import with_short_forms
from graphkit.extraction.protocol import RawMention
from graphkit.knowledge.actors import ActorName, find_actor_names
from graphkit.model import Actor, Article, Mention, Span

_CAPITALISED = re.compile(r"(?<![\w.’'-])[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[-’'][A-Z][^\W\d_]+)?")
_INSIDE = re.compile(r"[a-z,]\s(?<!\b[Tt]he\s)(?<!\b[Aa]\s)$")
"""What stands before a first name inside a sentence: no full stop, no other name, no article ("the *Bill*")."""
_NEXT_NAME = re.compile(r"\s[A-Z][a-z]+")
_SUFFIX = re.compile(r"\s(?:(?:Jr|Sr)\b\.?|(?:II|III|IV)\b)")
_KIN_BEFORE = re.compile(
    r"\b(?:son|daughter|wife|husband|spouse|widow|widower|brother|sister|mother|father|cousin|nephew|niece|uncle|aunt|grandson|"
    r"granddaughter|grandfather|grandmother|stepson|stepdaughter|stepfather|stepmother|fiancé|fiancée),?\s$"
)
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
    named = tuple(with_short_forms(text, sorted(finder.mentions, key=lambda mention: mention.span)))
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
        bodies = {n.begin: n for n in known if n.candidates[0].kind == "organisation"}
        asked = [_with_surname(self.text, e, surnames) for e in entities if e.label in {"PER", "ORG"}]
        asked = [_without_body(self.text, e, bodies) for e in asked]
        beaten = {name for e in asked for name in _outdone(self.text, e, known)}
        for name in known:
            if name not in beaten:
                self._add(_from_table(name))
                if name.candidates[0].kind == "person" and not name.is_open:
                    self.people.learn(name.candidates[0].name, name.candidates[0], at=name.begin)
        firms = {words[0] for words in self._bodies(known, asked) if words[-1].lower() in titles("company")}
        self._add_persons([e for e in asked if e.label == "PER"], firms)
        for entity in sorted((e for e in asked if e.label == "ORG"), key=lambda e: (e.begin - e.end, e.begin)):
            self._add_organisation(entity)
        self._note_titles()

    def _is_free(self, span: Span) -> bool:
        place = bisect_right(self._taken, span)
        return not any(span.overlaps(other) for other in self._taken[max(0, place - 1) : place + 1])

    def _add(self, mention: Mention) -> None:
        if self._is_free(mention.span):
            self.mentions.append(mention)
            self._take(mention.span)

    def _take(self, span: Span) -> None:
        self._taken.insert(bisect_right(self._taken, span), span)

    def _bodies(self, known: Iterable[ActorName], entities: Iterable[RawMention]) -> Iterator[list[str]]:
        """Yield the words of the full names of bodies."""
        names = [
            *(n.text for n in known if n.candidates[0].kind == "organisation"),
            *(_words(self.text, e) for e in entities if e.label == "ORG"),
        ]
        yield from (words for name in names for words in [name.split()] if len(words) > 1)

    def _add_persons(self, entities: Iterable[RawMention], firms: Collection[str]) -> None:
        """Add persons, longest names first; all full names are learnt, those used oftenest first, before a bare one is asked whose it is.

        A bare name that begins a company's ("Ford Motor Company") and is nobody's surname in the article is the company's.
        """
        full: list[tuple[Span, str]] = []
        bare: list[tuple[Span, str]] = []
        for entity in sorted(entities, key=lambda e: (-len(self.text[e.begin : e.end].split()), e.begin)):
            span = self._with_suffix(Span(entity.begin, entity.end))
            name = strip_titles(" ".join(span.of(self.text).split()))
            if name and self._is_free(span):
                self._take(span)
                (full if " " in name else bare).append((span, name))
        uses = Counter(name for _, name in full)
        for span, name in sorted(full, key=lambda found: (-uses[found[1]], found[0])):
            is_relative = _KIN_BEFORE.search(self.text, max(0, span.begin - 24), span.begin) is not None
            self.mentions.append(Mention(span, self.people.learn(name, at=span.begin, is_relative=is_relative)))
        for span, name in bare:
            bearer = self._bearer(name, span.begin)
            if bearer is None and name in firms:
                self.mentions.append(Mention(span, Actor("organisation", name)))
                continue
            who, others = bearer or self.people.office_holder(name)
            self.mentions.append(Mention(span, who, "name", others))

    def _with_suffix(self, span: Span) -> Span:
        """Return "Jo Bloggs" with the "Jr." behind it: father and son differ in nothing else."""
        suffix = _SUFFIX.match(self.text, span.end) if " " in span.of(self.text) else None
        return Span(span.begin, suffix.end()) if suffix is not None else span

    def _bearer(self, name: str, begin: int) -> tuple[Actor, tuple[Actor, ...]] | None:
        return self.people.bearer(name, begin, sex=sex_of(self._word_before(begin)))

    def _word_before(self, begin: int) -> str:
        match = _TITLE_BEFORE.search(self.text, max(0, begin - 18), begin)
        return match[1].lower() if match else ""

    def _add_organisation(self, entity: RawMention) -> None:
        """Add a body; a single word that is the surname of somebody named in full is that person's, whatever the extractor says."""
        span = Span(entity.begin, entity.end)
        words = " ".join(span.of(self.text).split())
        is_named = words.casefold() in self.people.places or (words.lower() in first_names() and " " not in words)
        bearer = self._bearer(words, span.begin) if is_named else None
        if bearer is not None and not words.isupper():
            self._add(Mention(span, bearer[0], "name", bearer[1]))
        else:
            self._add(Mention(span, Actor("organisation", words)))

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
        """Find bare surnames of people named in full elsewhere in the article, and first names inside a sentence."""
        for match in _CAPITALISED.finditer(self.text):
            word = match.group().casefold()
            if word in self.people.places or (
                word in self.people.first_names
                and word in first_names()
                and _INSIDE.search(self.text, max(0, match.start() - 6), match.start())
            ):
                bearer = self._bearer(match.group(), match.start())
            else:
                continue
            if bearer is not None and not _NEXT_NAME.match(self.text, match.end()):
                self._add(Mention(Span(*match.span()), bearer[0], "name", bearer[1]))


def _words(text: str, entity: RawMention) -> str:
    return text[entity.begin : entity.end]


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


def _without_body(text: str, entity: RawMention, bodies: Mapping[int, ActorName]) -> RawMention:
    """Return the person in "House of Representatives *Jo Bloggs*", which an extractor took for one name of a body."""
    body = bodies.get(entity.begin)
    if entity.label != "ORG" or body is None or body.end + 1 >= entity.end or text[body.end] != " ":
        return entity
    words = text[body.end + 1 : entity.end].split()
    is_person = 1 < len(words) < 4 and words[0].lower() in first_names() and all(word[0].isupper() for word in words)
    return replace(entity, begin=body.end + 1, label="PER") if is_person else entity


def _from_table(name: ActorName) -> Mention:
    if name.is_open:
        return Mention(Span(name.begin, name.end), Actor(name.candidates[0].kind, name.text), name.kind, name.candidates)
    return Mention(Span(name.begin, name.end), name.candidates[0], name.kind, name.candidates[1:])
