"""Whom the source of an attribution means: a named actor, an outlet, a described person, an unnamed source, or an earlier speaker.

Pronouns and definite nouns go to the last fitting speaker, else to the last fitting name, inside the article only.  Roles without a
name ("the Russian foreign minister") stay described persons; plural and indefinite ones ("officials", "a diplomat") are anonymous
sources of this one article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graphkit.extraction.actors.mentions import MentionIndex
from graphkit.extraction.actors.names import titles
from graphkit.extraction.actors.people import strip_titles
from graphkit.extraction.actors.roles import body_actor, described_actor, head_end, head_word, is_body, is_speaking_noun
from graphkit.model import Actor, Citation, Outlet, Span

Party = Actor | Outlet
_PERSON, _GROUP, _THING = "person", "group", "thing"
_PRONOUNS = {
    "he": _PERSON, "she": _PERSON, "his": _PERSON, "her": _PERSON, "him": _PERSON, "hers": _PERSON,
    "they": _GROUP, "their": _GROUP, "them": _GROUP, "it": _THING, "its": _THING,
}  # fmt: skip
_SEXES = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female", "hers": "female"}
_RELATIVES = frozenset({"who", "which", "that", "whose", "whom"})
_AUTHOR = frozenset({"i", "we", "my", "our", "us", "me", "you", "your", "one"})
_LOOK_BACK = 90
_ANTECEDENT = re.compile(r"(?:\b(?:a|an|the|some|many|several|two|three)\s)?(?:[A-Za-z-]{1,20}\s){0,2}([a-z-]{2,20})$")
_APPOSED = re.compile(r",\s?(?:[\w-]{1,20}\s){0,3}$")
_JOINED = re.compile(r"\s?,?\s(?:and|or|und|et|y)\s|,\s")
_DEFINITE = re.compile(r"(?:the|that|this|its|their|his|her)\s(?:[a-z-]{1,20}\s)?[a-z-]{1,20}$", re.IGNORECASE)
_PEOPLE_ENDING = re.compile(r"(?:s|ish|ese|ch|folk)$")


@dataclass(slots=True)
class Speakers:
    """Resolves the sources of one article in reading order, remembering who spoke."""

    text: str
    index: MentionIndex
    citations: Sequence[Citation] = ()
    spoken: list[tuple[int, Party]] = field(default_factory=list)

    def resolve(self, span: Span) -> tuple[Party, ...]:
        """Return who the words at ``span`` stand for, several for "X and Y"; nobody for the article's own author."""
        words = span.of(self.text)
        lower = words.lower().strip(" ,")
        if lower in _AUTHOR:
            return ()
        parties = self._pronoun(span, lower) or self._joint(span, words) or (self._one(span, words),)
        self.spoken += [(span.begin, party) for party in parties]
        return parties

    def _one(self, span: Span, words: str) -> Party:
        return self._named(span, words) or self._taken_up(words) or self._described(words)

    def _pronoun(self, span: Span, lower: str) -> tuple[Party, ...]:
        if lower in _RELATIVES:
            found = self._antecedent(span)
            return (found,) if found else (Actor("anonymous", span.of(self.text), anonymous_type="other"),)
        kind = _PRONOUNS.get(lower)
        if kind is None:
            return ()
        return (self._last(span, lower, kind) or Actor("anonymous", span.of(self.text), anonymous_type="other"),)

    def _antecedent(self, span: Span) -> Party | None:
        """Return whom "who" follows: the name that ends just before it, or the noun phrase there."""
        begin = max(0, span.begin - _LOOK_BACK)
        window = self.text[begin : span.begin].rstrip(" ,—–-(")
        end = begin + len(window)
        near = [m for m in self.index.between(begin, end) if m.kind != "demonym"]
        if near and near[-1].span.end == end:
            return near[-1].actor
        match = _ANTECEDENT.search(window)
        if match and is_speaking_noun(match[1]):
            return described_actor(match.group())
        return near[-1].actor if near else None

    def _last(self, span: Span, pronoun: str, kind: str) -> Party | None:
        """Return the last who may be meant: first among those who spoke, then among those named."""
        sex = _SEXES.get(pronoun)
        for party in self._candidates(span):
            if not _fits(party, kind) or (sex and isinstance(party, Actor) and self.index.people.sexes.get(party, sex) != sex):
                continue
            if sex and isinstance(party, Actor):
                self.index.people.note_sex(party, pronoun)
            return party
        return None

    def _candidates(self, span: Span) -> Iterator[Party]:
        """Yield earlier speakers and names: a name since the last speaker counts where it is a subject of its sentence's head."""
        spoken = [(place, party) for place, party in self.spoken if place < span.begin]
        if spoken:
            place = spoken[-1][0]
            fresh = [m for m in self.index.between(place + 1, span.begin) if m.kind in {"name", "title"} and self._opens_sentence(m.span)]
            yield from (m.actor for m in reversed(fresh))
        yield from (party for _, party in reversed(spoken))
        yield from (m.actor for m in reversed(self.index.between(0, span.begin)) if m.kind in {"name", "title"})

    def _opens_sentence(self, span: Span) -> bool:
        """Say whether a name stands at the head of a sentence or line, so that a pronoun behind it rather means its bearer."""
        before = self.text[max(0, span.begin - 3) : span.begin].rstrip(" *\"“")
        return not before or before[-1] in "\n.!?"

    def _joint(self, span: Span, words: str) -> tuple[Party, ...]:
        """Return the actors of "X and Y", when the phrase is nothing but their names."""
        inside = [m for m in self.index.inside(span) if m.kind in {"name", "title"}]
        if len(inside) < 2 or len(inside) > 4 or not re.search(r"\sand\s|\s&\s", words):
            return ()
        gaps = [self.text[a.span.end : b.span.begin] for a, b in zip(inside, inside[1:], strict=False)]
        if inside[-1].span.end != span.end or not all(_JOINED.fullmatch(gap) for gap in gaps):
            return ()
        return tuple(dict.fromkeys(m.actor for m in inside))

    def _named(self, span: Span, words: str) -> Party | None:
        """Return the actor or outlet whose name is the head of the phrase, or stands in apposition to it."""
        end = span.begin + head_end(words)
        outlet = self._outlet(span, end)
        inside = [m for m in self.index.inside(span) if m.kind != "demonym"]
        heads = [m for m in inside if m.span.begin < end <= m.span.end + 1]
        if outlet is not None and not any(m.actor.kind == "person" for m in heads):
            return outlet
        if heads:
            return heads[0].actor
        apposed = [m for m in inside if m.actor.kind == "person" and _APPOSED.search(self.text[span.begin : m.span.begin])]
        return apposed[0].actor if apposed else None

    def _outlet(self, span: Span, end: int) -> Party | None:
        for citation in self.citations:
            if citation.kind != "sourceList" and span.begin <= citation.span.begin < end <= citation.span.end + 1:
                return citation.outlet or Actor("organisation", citation.name or citation.span.of(self.text))
        return None

    def _taken_up(self, words: str) -> Party | None:
        """Return the actor that "the ministry" or "the senator" takes up, when one of that kind was named or spoke before."""
        if not _DEFINITE.match(words.strip()):
            return None
        head = head_word(words)
        for mention in reversed(self.index.mentions):
            if mention.actor.kind == "organisation" and re.search(rf"\b{re.escape(head)}\b", mention.actor.name, re.IGNORECASE):
                return mention.actor
        for actor, role in reversed(self.index.people.roles):
            if role == head:
                return actor
        return None

    def _described(self, words: str) -> Party:
        name = " ".join(words.split()).strip(" ,")
        head = head_word(name)
        if is_body(head) and len(name.split()) > 1:
            return body_actor(name)
        if is_speaking_noun(head) or name[:1].islower():
            return described_actor(name)
        bare = strip_titles(name)
        if " " not in bare and _PEOPLE_ENDING.search(bare) and bare.lower() not in titles("person"):
            return Actor("group", bare)
        if bare.isupper() and len(bare) > 1:
            return Actor("organisation", bare)
        if len(bare.split()) <= 4 and all(word[:1].isupper() for word in bare.split()):
            return self.index.people.learn(bare)
        return described_actor(name)


def _fits(party: Party, kind: str) -> bool:
    if isinstance(party, Outlet):
        return kind == _THING
    if kind == _PERSON:
        return party.kind == "person" or (party.kind == "anonymous" and not party.name.lower().endswith("s"))
    if kind == _THING:
        return party.kind in {"organisation", "country"} or (party.kind == "anonymous" and party.anonymous_type in {"documents", "reports"})
    return party.kind in {"organisation", "group", "country"} or (party.kind == "anonymous" and party.name.lower().endswith(("s", "people")))
