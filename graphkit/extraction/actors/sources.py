"""Whom the source of an attribution means: a named actor, an outlet, a described person, an unnamed source, or an earlier speaker.

Pronouns and definite nouns go to the last fitting speaker, else to the last fitting name, inside the article only.  Roles without a
name ("the Russian foreign minister") stay described persons; plural and indefinite ones ("officials", "a diplomat") are anonymous
sources of this one article.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graphkit.extraction.actors.mentions import MentionIndex
from graphkit.extraction.actors.names import first_names, is_title, titles
from graphkit.extraction.actors.outlet_names import short_named_outlet
from graphkit.extraction.actors.people import strip_titles
from graphkit.extraction.actors.pronouns import HUMAN_ENDINGS, PRONOUNS, SEXES, Party, fits
from graphkit.extraction.actors.role_bearers import fitting, is_rival
from graphkit.extraction.actors.role_names import bears_bodies
from graphkit.extraction.actors.roles import (
    UNSTATED,
    body_actor,
    capitalised_body,
    described_actor,
    head_end,
    head_word,
    is_body,
    is_function_word,
    is_paper_or_body,
    is_speaking_noun,
    personal_head,
    reads_as_body,
)
from graphkit.extraction.attribution.cues import kinds_of
from graphkit.extraction.language.lexicon import word_classes
from graphkit.model import Actor, Citation, Mention, Span

_RELATIVES = frozenset({"who", "which", "that", "whose", "whom"})
_AUTHOR = frozenset({"i", "we", "my", "our", "us", "me", "you", "your", "one"})
_LOOK_BACK = 90
_MENTIONS_BACK = 300
_MOST_CANDIDATES = 60
_FARTHEST = 4_000
"""Code points back to which a pronoun may refer."""
_ANTECEDENT = re.compile(r"(?:\b(?:a|an|the|some|many|several|two|three)\s)?(?:[A-Za-z-]{1,20}\s){0,2}([a-z-]{2,20})$")
_ACCORDING = "according to "
_HEAD_WINDOW = 24
_SENTENCE_HEAD = re.compile(r"(?:(?:\A|\n)\s*|(?:(\w+)\.|[!?])[\"”’')]*\s+)[\"“‘(]?$")
_SENTENCE_GAP = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Mx))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Rev|Hon))(?<!\bCapt)(?<!\bProf)"
    r"[.!?][\"”’')]*\s+[\"“‘(]?[A-Z]|\n"
)
"""Between two sentences; neither behind the initial of a name nor behind a short title."""
_JOINTS = frozenset(
    {"of", "for", "to", "by", "with", "from", "and", "or", "at", "in", "near", "under", "against", "about",
     "on", "than", "as", "like"}
)  # fmt: skip
_APPOSED = re.compile(r",\s?(?:(?!(?:such|as|like|including|with|and|or)\s)[\w.-]{1,20}\s){0,3}$")
_NAME_ENDS = re.compile(r"[\s,]?$|,\s|\s?\(")
_FIRST_APPOSED = re.compile(r"([^,]+),\s")
_LAST_COMPLEMENT = re.compile(r"^.*\s(?:for|of|to|from|with|by|at|against|about|on|like)\s([^,]+)$")
_JOINED = re.compile(r"\s?,?\s(?:and|or|nor|und|et|y)\s(?:the\s)?|,\s(?:the\s)?")
_DEFINITE = re.compile(r"(?:the|that|this)\s(?:[\w-]{1,20}\s){0,4}[\w-]{1,20}$", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^)]{0,40}\)")
_COUNTED = re.compile(r"(?:many|some|most|few|several|one|all|other|both|any|every|each|no|two|three|another)\s", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|that|this)\s", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?<![\w-])[A-Z][\w’'-]*\w")
_MOST_COUNTED = 1_000
"""Mentions from the beginning of an article that tell what it is about."""
_AND_UNNAMED = re.compile(
    r",?\s+and\s+(?=(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|some|other|many|another|\d{1,3})\s[a-z])"
)
_CLAUSE_BEHIND = re.compile(r",?\s(?:who|which|that|whose)\b")
_RELATIVE_BEFORE = re.compile(r"\b(?:who|whose|which|that|of|for|with|by|to|from)\b")
"""Before "and two officials" one of these makes them part of something else: "Jo Bloggs, who met Al and two officials"."""
_NEAR = 60
"""Code points around a name within which what an epithet tells of its bearer is looked for."""
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
    title: Span | None = None
    spoken: list[tuple[int, Party]] = field(default_factory=list)

    def resolve(self, span: Span) -> tuple[Party, ...]:
        """Return who the words at ``span`` stand for, several for "X and Y"; nobody for the article's own author."""
        words = span.of(self.text)
        lower = words.lower().strip(" ,")
        if lower in _AUTHOR:
            return ()
        parties = self._pronoun(span, lower) or self._joint(span, words) or self._joint_unnamed(span, words)
        parties = parties or (self._one(span, words),)
        self.spoken += [(span.begin, party) for party in parties]
        return parties

    def _one(self, span: Span, words: str) -> Party:
        outlet = short_named_outlet(self.text, self.citations, span.begin, words)
        found = outlet or self._named(span, words) or self._taken_up(span, words) or self._named_below(span, words)
        return found or self._described(span, words)

    def _pronoun(self, span: Span, lower: str) -> tuple[Party, ...]:
        if lower in _RELATIVES:
            found = self._antecedent(span)
            return (found or UNSTATED,)
        kind = PRONOUNS.get(lower)
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
            return described_actor(_noun_phrase(match.group()))
        return near[-1].actor if near else None

    def _last(self, span: Span, pronoun: str, kind: str) -> Party | None:
        """Return the last who may be meant: first among those who spoke, then among those named."""
        sex = SEXES.get(pronoun)
        for party in self._candidates(span):
            if not fits(party, kind) or (sex and isinstance(party, Actor) and self.index.people.sexes.get(party, sex) != sex):
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
        spoken = [
            (place, party)
            for place, party in self.spoken[-_MOST_CANDIDATES:]
            if begin <= place < span.begin and not self._is_told_by(place, span)
        ]
        subjects = sorted([*acting, *spoken], key=lambda event: event[0])
        yield from (party for party in self._by_sentence(subjects) if not _is_owned(party))
        yield from (m.actor for m in reversed(near))
        yield from (party for _, party in reversed(spoken))

    def _is_told_by(self, place: int, pronoun: Span) -> bool:
        """Say whether a pronoun stands in what "according to X" brings: "according to *a relative*, *he* was ill" is of another."""
        is_according = self.text[max(0, place - len(_ACCORDING)) : place].lower() == _ACCORDING
        return is_according and _SENTENCE_GAP.search(self.text, place, pronoun.begin + 1) is None

    def _by_sentence(self, events: Sequence[tuple[int, Party]]) -> Iterator[Party]:
        """Yield parties of the last sentence first, in each sentence from left to right."""
        groups: list[list[tuple[int, Party]]] = []
        for place, party in events:
            if groups and not _SENTENCE_GAP.search(self.text, groups[-1][-1][0], place + 1):
                groups[-1].append((place, party))
            else:
                groups.append([(place, party)])
        yield from (party for group in reversed(groups) for _, party in group)

    def _acts(self, span: Span) -> bool:
        """Say whether a name is a subject, before its verb or at the head of its sentence: a pronoun behind it rather means its bearer."""
        return _VERB_BEHIND.match(self.text, span.end) is not None or self._heads_sentence(span)

    def _heads_sentence(self, span: Span) -> bool:
        """Say whether a name opens a sentence: "Jo Bloggs, an old friend, was there", not "Jo Bloggs's friend"."""
        before = _SENTENCE_HEAD.search(self.text, max(0, span.begin - _HEAD_WINDOW), span.begin)
        is_title = before is not None and before[1] is not None and before[1].lower() in titles("person")
        return before is not None and not is_title and self.text[span.end : span.end + 1] not in {"'", "’"}

    def _joint(self, span: Span, words: str) -> tuple[Party, ...]:
        """Return the actors of "X and Y", when the phrase is nothing but their names."""
        inside = [m for m in self.index.inside(span) if m.kind in {"name", "title"}]
        if len(inside) < 2 or len(inside) > 4 or not re.search(r"\s(?:and|nor|&)\s", words):
            return ()
        gaps = [self.text[a.span.end : b.span.begin] for a, b in pairwise(inside)]
        rest = self.text[inside[-1].span.end : span.end]
        if _BRACKETED.sub("", rest).strip() or not all(_JOINED.fullmatch(gap) or _is_titled_and(gap) for gap in gaps):
            return ()
        return tuple(dict.fromkeys(m.actor for m in inside))

    def _joint_unnamed(self, span: Span, words: str) -> tuple[Party, ...]:
        """Return both of "Jo Bloggs and two engineers who built the dam": the one named, and those who are not."""
        joint = _AND_UNNAMED.search(words)
        if joint is None or _RELATIVE_BEFORE.search(words[: joint.start()]):
            return ()
        first = Span(span.begin, span.begin + joint.start())
        named = self._named(first, first.of(self.text))
        unnamed = words[joint.end() :]
        head = head_word(_CLAUSE_BEHIND.split(unnamed)[0])
        is_human = is_speaking_noun(head) or head.removesuffix("s").endswith(HUMAN_ENDINGS)
        if not isinstance(named, Actor) or named.kind != "person" or not is_human:
            return ()
        return named, described_actor(unnamed)

    def _named(self, span: Span, words: str) -> Party | None:
        """Return the actor or outlet whose name is the head of the phrase, or stands in apposition to it."""
        whole = self.index.around(span)
        if whole is not None:
            return whole.actor
        end = span.begin + head_end(words)
        outlet = self._outlet(span, end)
        outlets = [one.span for one in self.citations if one.kind == "mention" and span.begin <= one.span.begin < span.end]
        inside = [m for m in self.index.inside(span) if m.kind != "demonym" and not any(one.covers(m.span) for one in outlets)]
        for mention in reversed(inside):
            if mention.actor.kind == "person" and (
                self._is_apposed_name(span, mention.span) or self._is_role_holder(span, mention.span)
            ):
                return mention.actor
        heads = [m for m in inside if m.span.begin < end <= m.span.end + 1]
        if outlet is not None and not any(m.actor.kind == "person" for m in heads):
            return outlet
        body = next((m for m in inside if self._is_told_body(span, m)), None)
        if body is not None:
            return body.actor
        if heads:
            return heads[0].actor
        apposed = [m for m in inside if m.actor.kind == "person" and _APPOSED.search(self.text[span.begin : m.span.begin])]
        return apposed[0].actor if apposed else None

    def _is_apposed_name(self, phrase: Span, name: Span) -> bool:
        """Say whether a name at the end of a phrase is its head ("member of parliament Jo Bloggs"), not part of "of …" or "and …"."""
        before = self.text[phrase.begin : name.begin].rstrip()
        last = before.rsplit(None, 1)[-1].lower() if before else ""
        if not before or not _NAME_ENDS.match(self.text[name.end : phrase.end]):
            return False
        is_inserted = name.end < phrase.end - 1 and "," in before
        if is_inserted or last in _JOINTS or last.endswith(("'s", "’s", "s'", "s’", ",")):
            return False
        complement = _LAST_COMPLEMENT.search(before)
        return complement is None or not (is_paper_or_body(head_word(before)) or _is_of_another(complement[1]))

    def _is_role_holder(self, phrase: Span, name: Span) -> bool:
        """Say whether a name behind a comma fills the role that ends the words before it: "the ministry's director-general, Jo Bloggs"."""
        before, behind = self.text[phrase.begin : name.begin].rstrip(), self.text[name.end : phrase.end]
        role = before.removesuffix(",").rsplit(None, 1)[-1] if before.endswith(",") else ""
        is_role = role.islower() and (is_speaking_noun(role) or not titles("person").isdisjoint(role.split("-")))
        return is_role and "," not in before[:-1] and not behind.strip(" ,")

    def _is_told_body(self, phrase: Span, mention: Mention) -> bool:
        """Say whether a body's name stands behind its role: "ferry operator X", "the owner of the warehouse, X"."""
        before = self.text[phrase.begin : mention.span.begin]
        if mention.actor.kind != "organisation" or mention.kind != "name" or not before.strip():
            return False
        apposed = _FIRST_APPOSED.fullmatch(before)
        if apposed is not None:
            return bears_bodies(head_word(apposed[1]))
        return head_end(before.rstrip()) == len(before.rstrip()) and bears_bodies(head_word(before))

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
        bearers = fitting(self.index.bearers, words)
        if not bearers:
            bearers = fitting(self.index.bearers, words, places=self._home_words(span) | titles("us_state"))
            bearers = bearers if len({bearer.actor for bearer in bearers}) == 1 else ()
        before = [bearer for bearer in bearers if bearer.at < span.begin]
        if before or len({bearer.actor for bearer in bearers}) == 1:
            actors = {bearer.actor for bearer in before}
            near = reversed(self.index.between(0, span.begin)[-_MENTIONS_BACK:])
            return next((m.actor for m in near if m.actor in actors), (before or bearers)[-1].actor)
        return self._last_person(span, words) if head in word_classes("speakers")["epithets"] else None

    def _home_words(self, span: Span) -> frozenset[str]:
        """Return the adjectives of the country that an article names most: "the Greek prime minister" of Greek news needs no other."""
        countries = Counter(m.actor for m in self.index.mentions[:_MOST_COUNTED] if m.actor.kind == "country")
        home = max(countries, key=lambda actor: (countries[actor], actor.name), default=None)
        inside = (m for m in self.index.inside(span) if m.kind == "demonym" and m.actor == home)
        return frozenset(m.span.of(self.text).lower() for m in inside)

    def _named_below(self, span: Span, words: str) -> Party | None:
        """Return whom a role in the title means ("…, mayor says"): the one whom the article gives that role."""
        if self.title is None or not self.title.covers(span):
            return None
        body = self.text[self.title.end :]
        places = frozenset(
            word.lower() for word in _CAPITALISED.findall(words) if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", body)
        )
        actors = {bearer.actor for bearer in fitting(self.index.bearers, words, places=places)}
        return next(iter(actors)) if len(actors) == 1 else None

    def _last_person(self, span: Span, words: str) -> Party | None:
        """Return whom an epithet ("the singer", "the 34-year-old") takes up: the last person named or quoted.

        An epithet with a name in it ("the Feldmark mayor") takes up somebody near whose name that name stands too.
        """
        asked = {word.lower() for word in words.split()}
        rivals = {bearer.actor for bearer in self.index.bearers if is_rival(bearer, asked)}
        persons = (party for party in self._candidates(span) if isinstance(party, Actor) and party.kind == "person")
        found = next((party for party in persons if party not in rivals), None)
        vague = titles("party") | titles("us_state")
        told = {word for word in _CAPITALISED.findall(_DETERMINER.sub("", words)) if word.lower() not in vague}
        told -= {m.span.of(self.text) for m in self.index.inside(span) if m.kind == "demonym"}
        if not told or found is None:
            return found
        if any(bearer.role == head_word(words) for bearer in self.index.bearers):
            return None
        near = [
            self.text[max(0, m.span.begin - _NEAR) : m.span.end + _NEAR]
            for m in self.index.mentions[:_MOST_COUNTED]
            if m.actor == found
        ]
        return found if all(any(word in window for window in near) for word in told) else None

    def _described(self, span: Span, words: str) -> Party:
        name = " ".join(words.split()).strip(" ,")
        head = head_word(name)
        if is_body(head) and len(name.split()) > 1 and not _OWNED.match(name):
            return body_actor(name)
        body = capitalised_body(name)
        if body is not None:
            return Actor("organisation", body)
        if is_speaking_noun(head) or name[:1].islower() or _COUNTED.match(name) or is_function_word(name):
            return described_actor(name)
        person = personal_head(name)
        if person is not None:
            return self.index.people.learn(person, at=span.begin)
        bare = strip_titles(_DETERMINER.sub("", name))
        if bare.rstrip(".").lower() in titles("person") or bears_bodies(bare.lower()) or bare[:1].islower():
            return described_actor(name)
        known = self.index.people.bearer(bare, span.begin) if " " not in bare else None
        if known is not None:
            return known[0]
        if " " not in bare and _PEOPLE_ENDING.search(bare) and bare.lower() not in titles("person"):
            return Actor("group", bare)
        if bare.isupper() and len(bare) > 1:
            return Actor("organisation", bare)
        if len(bare.split()) <= 4 and all(word[:1].isupper() for word in bare.split()):
            is_lone = bare == name and " " not in bare and bare.lower() not in first_names()
            is_body_name = is_lone or reads_as_body(bare) or name.startswith("The ")
            return Actor("organisation", bare) if is_body_name else self.index.people.learn(bare, at=span.begin)
        return described_actor(name)


def _is_titled_and(gap: str) -> bool:
    """Say whether "and Secretary of State" joins two names, the second with its title."""
    words = _BRACKETED.sub("", gap).split()
    return len(words) > 0 and words[0] == "and" and all(word[:1].isupper() or word == "of" for word in words[1:])


def _noun_phrase(words: str) -> str:
    """Return a phrase without what a verb or preposition before it left ("said an official", "by police")."""
    parts = words.split()
    last = max((i for i, word in enumerate(parts[:-1]) if word in _JOINTS or kinds_of(word)), default=-1)
    return " ".join(parts[last + 1 :])


def _is_of_another(complement: str) -> bool:
    """Say whether what stands between "for" and a name belongs to the name: "a lawyer for *former President* Jo Bloggs"."""
    words = [word.strip(".").lower() for word in complement.split()]
    if words[0] in {"a", "an", "his", "her", "its", "their"} or (
        words[0] == "the" and complement[complement.rfind(" ") + 1 :].islower()
    ):
        return True
    return is_title(words[-1], "") or words == ["former"]


def _is_owned(party: Party) -> bool:
    """Say whether a party is only known as somebody's ("her mother")."""
    return isinstance(party, Actor) and party.kind == "anonymous" and _OWNED.match(party.name) is not None
