"""Short forms of a body's name: "FHC", "the Commission" and "Harbour Commission" for "Feldmark Harbour Commission (FHC)".

A short form means the one body whose full name holds it; where several do, the one named far oftener than the rest, or else the one
named last before it.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graphkit.extraction.actors.names import titles
from graphkit.model import Actor, Mention, Span

_BRACKETED = re.compile(r",?\s?[(\[][\"“'‘]?(?:the\s)?([A-Z][A-Za-z]{1,11})[\"”'’]?[)\]]")
_JOINTS = re.compile(r"\s(?:of|for|on|in|at)\s")
_MINOR = frozenset({"of", "the", "for", "and", "on", "in", "at", "de", "&"})
_FARTHEST = 64
"""Full names before and behind a short form that are looked at."""
_MOST = 400
_DOMINANCE = 2
"""How many times oftener than the next a body must be named in full to be meant by a short form throughout."""


@dataclass(slots=True)
class _FullNames:
    """The bodies that an article names in full, by each short form that their names hold, in text order.

    ``telling`` are the forms that can be looked for wherever they stand; a lone last word ("Lakers") may be a place's name too.
    """

    by_form: dict[str, list[tuple[int, Actor]]] = field(default_factory=dict)
    counts: dict[str, Counter[Actor]] = field(default_factory=dict)
    acronyms: dict[str, Actor] = field(default_factory=dict)
    telling: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    """Acronyms told of what a body is of: "NSW" in "Parliament of New South Wales (NSW)"."""

    def learn(self, text: str, mention: Mention) -> None:
        words = " ".join(mention.span.of(text).split())
        for form in dict.fromkeys(form for name in (words, mention.actor.name) for form in _short_forms(name)):
            self.by_form.setdefault(form, []).append((mention.span.begin, mention.actor))
            self.counts.setdefault(form, Counter())[mention.actor] += 1
            if " " in form or form.isupper() or form.lower() in titles("organisation") or form == words.split()[0]:
                self.telling.add(form)
        told = _BRACKETED.match(text, mention.span.end)
        if told is not None and abbreviates(told[1], words):
            self.acronyms.setdefault(told[1], mention.actor)
        elif told is not None and told[1] in {_initials(rest) for rest in _JOINTS.split(words)[1:]}:
            self.places.add(told[1])

    def whose(self, form: str, at: int) -> Actor | None:
        """Return the body that a short form at offset ``at`` means, if any."""
        told = self.acronyms.get(form)
        if told is not None:
            return told
        named = self.by_form.get(form, [])
        counts = self.counts.get(form, Counter()).most_common(2)
        if len(counts) > 1 and counts[0][1] >= _DOMINANCE * counts[1][1]:
            return counts[0][0]
        place = bisect_right(named, at, key=lambda one: one[0])
        near = [actor for _, actor in named[max(0, place - _FARTHEST) : place]] or [
            actor for _, actor in named[place : place + 1]
        ]
        return near[-1] if near else None


def with_short_forms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return ``mentions``, in text order, with short forms of bodies' names given to the body, and with those that stood alone added."""
    bodies = [m for m in mentions if m.actor.kind == "organisation" and m.kind == "name"]
    if not bodies:
        return list(mentions)
    full = _FullNames()
    for mention in bodies[:_MOST]:
        full.learn(text, mention)
    named = [_renamed(text, m, full) for m in mentions if m.actor.wikidata is not None or m.span.of(text) not in full.places]
    return sorted([*named, *_lone_heads(text, named, full)], key=lambda mention: mention.span)


def _renamed(text: str, mention: Mention, full: _FullNames) -> Mention:
    words = " ".join(mention.span.of(text).split())
    if mention.actor.wikidata is not None or mention.actor.kind not in {"organisation", "person"}:
        return mention
    if mention.actor.kind == "person":
        body = full.acronyms.get(words)
    else:
        body = full.whose(words, mention.span.begin)
        body = body and (full.whose(body.name, mention.span.begin) or body)
    return replace(mention, actor=body, runner_up=()) if body is not None and body != mention.actor else mention


def _lone_heads(text: str, mentions: Sequence[Mention], full: _FullNames) -> Iterator[Mention]:
    """Yield the acronyms told in brackets, and "the *Commission*" of a Commission named before."""
    used = {m.span.of(text) for m in mentions if m.actor.kind == "organisation"} & full.telling
    heads = {form for form in full.by_form if form.lower() in titles("organisation")}
    forms = sorted({*full.acronyms, *heads, *used}, key=lambda form: (-len(form), form))
    if not forms:
        return
    pattern = re.compile(
        r"(?<![\w.’'-])(?=[A-Z])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])(?!\s(?:of|for)\s|\s[A-Z])"
    )
    taken = [mention.span for mention in mentions]
    for match in pattern.finditer(text):
        span = Span(*match.span())
        place = bisect_right(taken, span)
        if any(span.overlaps(other) for other in taken[max(0, place - 1) : place + 1]):
            continue
        form = match.group()
        is_told = form in full.acronyms or form in used or text[max(0, span.begin - 4) : span.begin].lower() == "the "
        body = full.whose(form, span.begin) if is_told else None
        if body is not None and (form in full.acronyms or full.by_form[form][0][0] < span.begin):
            yield Mention(span, full.whose(body.name, span.begin) or body)


def _short_forms(name: str) -> Iterator[str]:
    """Yield what may stand for a full name: its last words, its head before "of", a company's name without "Ltd", its initials."""
    words = name.split()
    if len(words) < 2:
        return
    head = _JOINTS.split(name, maxsplit=1)[0].split()
    if len(head) < len(words):
        yield from (" ".join(head[skip:]) for skip in range(len(head)) if skip or head[0].lower() in titles("organisation"))
        yield " ".join(head)
    for skip in range(1, len(words)):
        if words[skip].lower() not in _MINOR and words[skip - 1].lower() not in _MINOR:
            rest = words[skip:]
            yield " ".join(rest)
    if words[-1].lower().rstrip(".") in titles("company"):
        yield from dict.fromkeys((" ".join(words[:-1]), words[0]))
    initials = _initials(name)
    if len(initials) > 2 and initials.isupper():
        yield initials


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]", name) if word and word.lower() not in _MINOR)


def abbreviates(acronym: str, name: str) -> bool:
    """Say whether a short word takes its letters from a name, in order, the first from its first letter, capitals from capitals."""
    letters = re.sub(r"[\s-]+", " ", name)
    if acronym[0] != name[:1].upper():
        return False
    if acronym.isupper():
        capitals = iter(word[0].upper() for word in letters.split())
        return all(letter in capitals for letter in acronym)
    place = -1
    for letter in acronym:
        place = letters.lower().find(letter.lower(), place + 1)
        if place < 0:
            return False
    return True
