"""Sources without a name: their head noun, and which kind of actor it makes."""

import re
from functools import cache

from graphkit.extraction.actors.names import titles
from graphkit.extraction.language.lexicon import word_classes
from graphkit.model import Actor, AnonymousType

_TYPES: tuple[AnonymousType, ...] = ("intelligence", "officials", "witnesses", "experts", "reports", "documents", "other")
_POST_HEAD = re.compile(
    r"\s(?:of|for|from|in|at|with|to|on|near|who|which|that|familiar|close|briefed|inside|within|told|by|and|or|said|including)\b|[,(—–]"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ARTICLE = re.compile(r"^(?:the|a|an)\s", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"^(?:an?|one|another|some|several|many|two|three|four|five|six|\d+|other|few|unnamed|anonymous|multiple|senior)\s",
    re.IGNORECASE,
)
_INTELLIGENCE = re.compile(r"\b(?:[Ii]ntelligence|CIA|MI6|MI5|GCHQ|NSA|FSB|Mossad|spy)\b")
_PERSON_ROLES = frozenset({"officials", "experts", "other"})


@cache
def _speakers() -> dict[str, AnonymousType]:
    classes = word_classes("speakers")
    return {word: kind for kind in reversed(_TYPES) for word in classes[kind]}


@cache
def _title_words() -> frozenset[str]:
    """Return the words of titles: with nothing else, "the Prime Minister" may be anybody's and is no person to be met again."""
    return titles("person") | titles("before_title")


def is_speaking_noun(word: str) -> bool:
    """Say whether a noun in lower case can stand for one who speaks."""
    return word in _speakers()


def is_body(word: str) -> bool:
    """Say whether a noun names a body: a ministry, court, company."""
    return word in titles("organisation")


def head_end(words: str) -> int:
    """Return where the head of a noun phrase ends: before "of …", a comma, a bracket."""
    match = _POST_HEAD.search(words)
    return match.start() if match else len(words)


def head_word(words: str) -> str:
    """Return the head noun of a phrase in lower case."""
    found = _WORD.findall(words[: head_end(words)])
    return found[-1].lower() if found else words.lower()


def body_actor(name: str) -> Actor:
    """Return the organisation that "Russia's defence ministry" names; "the company" stays an unnamed source."""
    bare = _ARTICLE.sub("", name[: head_end(name)])
    if any(word[:1].isupper() for word in bare.split()) and " " in bare:
        return Actor("organisation", bare)
    return described_actor(name)


def described_actor(name: str) -> Actor:
    """Return a described person ("the Russian foreign minister") or an anonymous source ("two officials")."""
    head = head_word(name)
    kind = _speakers().get(head, "other")
    if _INTELLIGENCE.search(name):
        kind = "intelligence"
    bare = _ARTICLE.sub("", " ".join(name.split()))
    is_role = kind in _PERSON_ROLES and head in titles("person") and not head.endswith("s") and not _INDEFINITE.match(name)
    if is_role and any(word[:1].isupper() and word.lower() not in _title_words() for word in bare.split()):
        return Actor("person", bare)
    return Actor("anonymous", bare or name, anonymous_type=kind)
