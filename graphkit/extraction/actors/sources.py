"""Whom the source of an attribution means: a named actor, an outlet, a described person, an unnamed source, or an earlier speaker.

Pronouns and definite nouns go to the last fitting speaker, else to the last fitting name, inside the article only.  Roles without a
name ("the Russian foreign minister") stay described persons; plural and indefinite ones ("officials", "a diplomat") are anonymous
sources of this one article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graphkit.extraction.actors.mentions import MentionIndex
from graphkit.extraction.actors.names import titles
from graphkit.extraction.actors.people import strip_titles
from graphkit.extraction.actors.roles import body_actor, described_actor, head_end, head_word, is_body, is_speaking_noun
from graphkit.extraction.language.lexicon import word_classes
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
_MENTIONS_BACK = 300
_MOST_CANDIDATES = 60
_FARTHEST = 4_000
"""Code points back to which a pronoun may refer."""
_ANTECEDENT = re.compile(r"(?:\b(?:a|an|the|some|many|several|two|three)\s)?(?:[A-Za-z-]{1,20}\s){0,2}([a-z-]{2,20})$")
_SENTENCE_GAP = re.compile(r"[.!?][\"”’')]*\s+[\"“‘(]?[A-Z]|\n")
_JOINTS = frozenset(
    [
        "of",
        "for",
        "to",
        "by",
        "with",
        "from",
        "and",
        "or",
        "at",
        "in",
        "near",
        "under",
        "against",
        "about",
        "on",
        "than",
        "as",
        "like",
    ]
)
_APPOSED = re.compile(r",\s?(?:[\w-]{1,20}\s){0,3}$")
_JOINED = re.compile(r"\s?,?\s(?:and|or|und|et|y)\s|,\s")
_DEFINITE = re.compile(r"(?:the|that|this)\s(?:[\w-]{1,20}\s){0,4}[\w-]{1,20}$", re.IGNORECASE)
_OWNED = re.compile(r"(?:his|her|their|its|my|our)\s", re.IGNORECASE)
_VERB_BEHIND = re.compile(
    r"\s(?:(?:also|then|later|[a-z]{2,12}ly)\s)?(?:has|had|have|is|was|didn['’]t|doesn['’]t|wasn['’]t|isn['’]t|hasn['’]t|won['’]t|will|would|could|may|might|did|does|can|[a-z]{2,12}(?:ed|s)|told|went|came|took|made|gave|left|met|won|ran|got|saw|knew|began|said)\b"
)
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
        return self._named(span, words) or self._taken_up(span, words) or self._described(span, words)

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
        """Yield who may be meant, best first: sentence by sentence backwards, in each the first subject before the others.

        Subjects are those who spoke and names before a verb; other names follow, and then those known only as somebody's.
        """
        begin = max(0, span.begin - _FARTHEST)
        near = [m for m in self.index.between(begin, span.begin)[-_MOST_CANDIDATES:] if m.kind in {"name", "title"}]
        acting = [(m.span.begin, m.actor) for m in near if self._acts(m.span)]
        spoken = [(place, party) for place, party in self.spoken[-_MOST_CANDIDATES:] if begin <= place < span.begin]
        subjects = sorted([*acting, *spoken], key=lambda event: event[0])
        yield from (party for party in self._by_sentence(subjects) if not _is_owned(party))
        yield from (m.actor for m in reversed(near))
        yield from (party for _, party in reversed(spoken))

    def _by_sentence(self, events: Sequence[tuple[int, Party]]) -> Iterator[Party]:
        """Yield parties of the last sentence first, in each sentence from left to right."""
        groups: list[list[tuple[int, Party]]] = []
        for place, party in events:
            if groups and not _SENTENCE_GAP.search(self.text, groups[-1][-1][0], place):
                groups[-1].append((place, party))
            else:
                groups.append([(place, party)])
        yield from (party for group in reversed(groups) for _, party in group)

    def _acts(self, span: Span) -> bool:
        """Say whether a name is the subject of a verb, so that a pronoun behind it rather means its bearer."""
        return _VERB_BEHIND.match(self.text, span.end) is not None

    def _joint(self, span: Span, words: str) -> tuple[Party, ...]:
        """Return the actors of "X and Y", when the phrase is nothing but their names."""
        inside = [m for m in self.index.inside(span) if m.kind in {"name", "title"}]
        if len(inside) < 2 or len(inside) > 4 or not re.search(r"\sand\s|\s&\s", words):
            return ()
        gaps = [self.text[a.span.end : b.span.begin] for a, b in pairwise(inside)]
        if inside[-1].span.end != span.end or not all(_JOINED.fullmatch(gap) for gap in gaps):
            return ()
        return tuple(dict.fromkeys(m.actor for m in inside))

    def _named(self, span: Span, words: str) -> Party | None:
        """Return the actor or outlet whose name is the head of the phrase, or stands in apposition to it."""
        end = span.begin + head_end(words)
        outlet = self._outlet(span, end)
        inside = [m for m in self.index.inside(span) if m.kind != "demonym"]
        if (
            inside
            and inside[-1].actor.kind == "person"
            and inside[-1].span.end >= span.end - 1
            and self._is_apposed_name(span, inside[-1].span)
        ):
            return inside[-1].actor
        heads = [m for m in inside if m.span.begin < end <= m.span.end + 1]
        if outlet is not None and not any(m.actor.kind == "person" for m in heads):
            return outlet
        if heads:
            return heads[0].actor
        apposed = [m for m in inside if m.actor.kind == "person" and _APPOSED.search(self.text[span.begin : m.span.begin])]
        return apposed[0].actor if apposed else None

    def _is_apposed_name(self, phrase: Span, name: Span) -> bool:
        """Say whether a name at the end of a phrase is its head ("member of parliament Jo Bloggs"), not part of "of …" or "and …"."""
        before = self.text[phrase.begin : name.begin].rstrip()
        last = before.rsplit(None, 1)[-1].lower() if before else ""
        return bool(before) and last not in _JOINTS and not last.endswith(("'s", "’s", "s'", "s’", ","))

    def _outlet(self, span: Span, end: int) -> Party | None:
        for citation in self.citations:
            if citation.kind != "sourceList" and span.begin <= citation.span.begin < end <= citation.span.end + 1:
                return citation.outlet or Actor("organisation", citation.name or citation.span.of(self.text))
        return None

    def _taken_up(self, span: Span, words: str) -> Party | None:
        """Return the actor that "the ministry" or "the senator" takes up, when one of that kind was named or spoke before."""
        if not _DEFINITE.match(words.strip()):
            return None
        head = head_word(words)
        for mention in reversed(self.index.between(0, span.begin)[-_MENTIONS_BACK:]):
            if mention.actor.kind == "organisation" and head_word(mention.actor.name) == head:
                return mention.actor
        for actor, role in reversed(self.index.people.roles[-_MENTIONS_BACK:]):
            if role == head:
                return actor
        return self._last_person(span) if head in word_classes("speakers")["epithets"] else None

    def _last_person(self, span: Span) -> Party | None:
        """Return whom an epithet ("the singer", "the 34-year-old") takes up: the last person named or quoted."""
        return next((party for party in self._candidates(span) if isinstance(party, Actor) and party.kind == "person"), None)

    def _described(self, span: Span, words: str) -> Party:
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
            return self.index.people.learn(bare, at=span.begin)
        return described_actor(name)


def _is_owned(party: Party) -> bool:
    """Say whether a party is only known as somebody's ("her mother")."""
    return isinstance(party, Actor) and party.kind == "anonymous" and _OWNED.match(party.name) is not None


def _is_one_person(name: str) -> bool:
    """Say whether an unnamed source is one human being: "a diplomat", not "officials", "members of his party" or "the community"."""
    head = head_word(name)
    return not head.endswith(("s", "people", "men", "women", "police")) and head not in word_classes("speakers")["bodies"]


def _fits(party: Party, kind: str) -> bool:
    if isinstance(party, Outlet):
        return kind == _THING
    if kind == _PERSON:
        return party.kind == "person" or (party.kind == "anonymous" and _is_one_person(party.name))
    if kind == _THING:
        return party.kind in {"organisation", "country"} or (
            party.kind == "anonymous" and party.anonymous_type in {"documents", "reports"}
        )
    return party.kind in {"organisation", "group", "country"} or (
        party.kind == "anonymous" and party.name.lower().endswith(("s", "people"))
    )
