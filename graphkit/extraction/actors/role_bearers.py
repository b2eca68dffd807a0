"""Who bears which role in an article: "Mayor Jo Bloggs", "Jo Bloggs, the mayor of Feldmark", "the ferry operator Linden Lines".

A role takes up its bearer only where all that it says ("the Feldmark mayor", "train operator") is said of that bearer's role too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from graphkit.extraction.actors.names import titles
from graphkit.extraction.actors.role_names import bears_bodies
from graphkit.extraction.actors.roles import head_end, head_word
from graphkit.model import Actor, Mention

_WINDOW = 90
_MOST = 400
"""Roles of one article that are kept: each source may be compared with all of them."""

_WORDS = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_BEFORE = re.compile(r"(?:[^\W\d_][\w’'-]{0,30}\.?\s){1,5}$")
_PHRASE = r"((?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s)(?:[\w’'-]{1,30}\s){0,4}?)([\w’'-]{2,30})"
_COMPLEMENT = r"((?:\s(?:of|for|at|in)\s[\w’' -]{1,50})?)"
_APPOSED_BEFORE = re.compile(_PHRASE + _COMPLEMENT + r",\s$")
_APPOSED_BEHIND = re.compile(r",\s(?:\d{1,3},\s)?" + _PHRASE + r"(?=[,.]|\s(?:of|for|at|in|who|and)\s)" + _COMPLEMENT)
_OF_BEHIND = re.compile(r"\s(?:of|for|at|from)\s((?:the\s)?(?:[A-Z][\w’'-]{1,20}(?:\s(?=[A-Z]))?){1,4})")
_LONG_FORMS = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "prof": "professor"}
_PARTY_FORMS = {"democratic": "democrat", "gop": "republican", "labor": "labour", "tory": "conservative"}
_JOINTS = frozenset({"of", "for", "at", "in", "and", "said", "says", "told"})


@dataclass(frozen=True, slots=True)
class Bearer:
    """That ``actor`` bears ``role`` (in lower case), said at offset ``at`` with these further words."""

    at: int
    actor: Actor
    role: str
    details: frozenset[str]


def find_bearers(text: str, mentions: Iterable[Mention]) -> tuple[Bearer, ...]:
    """Return the roles that an article gives to persons and bodies that it names, in text order."""
    named = (m for m in mentions if m.kind in {"name", "title"} and m.actor.kind in {"person", "organisation"})
    found = (bearer for mention in sorted(named, key=lambda m: m.span) for bearer in _roles_of(text, mention))
    return tuple(islice(found, _MOST))


def _roles_of(text: str, mention: Mention) -> Iterator[Bearer]:
    begin, end, actor = mention.span.begin, mention.span.end, mention.actor
    before = _BEFORE.search(text, max(0, begin - _WINDOW), begin)
    words = _words(before.group()) if before else []
    if mention.kind == "title":
        words += _words(mention.span.of(text))[:1]
    if words and _fits(actor, words[-1]):
        behind = _OF_BEHIND.match(text, end)
        yield Bearer(begin, actor, _long(words[-1]), _details([*words[:-1], *(_words(behind[1]) if behind else [])]))
    found = _APPOSED_BEFORE.search(text, max(0, begin - _WINDOW), begin) or _APPOSED_BEHIND.match(text, end, end + _WINDOW)
    if found is not None and _fits(actor, found[2].lower()):
        yield Bearer(begin, actor, found[2].lower(), _details([*_words(found[1]), *_words(found[3])]))


def fitting(bearers: Sequence[Bearer], phrase: str, *, places: frozenset[str] = frozenset()) -> tuple[Bearer, ...]:
    """Return who bears the role of a phrase, with all the details that it tells; details in ``places`` need not be told twice."""
    role = head_word(phrase)
    end = head_end(phrase)
    asked = _details([word for word in _words(phrase[:end]) if word != role] + _words(phrase[end:])) - places
    return tuple(b for b in bearers if b.role == role and asked - titles("party") <= b.details and not is_rival(b, asked))


def is_rival(bearer: Bearer, words: AbstractSet[str]) -> bool:
    """Say whether a bearer is told to be of another party than ``words`` tell."""
    asked, own = (frozenset(_PARTY_FORMS.get(w, w) for w in some & titles("party")) for some in (words, bearer.details))
    return bool(asked and own) and not asked & own


def _fits(actor: Actor, role: str) -> bool:
    return role in titles("person") if actor.kind == "person" else bears_bodies(role)


def _long(role: str) -> str:
    return _LONG_FORMS.get(role, role)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(text)]


def _details(words: Iterable[str]) -> frozenset[str]:
    bare = frozenset(word.removesuffix("'s").removesuffix("’s") for word in words)
    return bare - titles("qualifier") - _JOINTS
