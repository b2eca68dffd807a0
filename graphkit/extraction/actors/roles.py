"""Sources without a name: their head noun, and which kind of actor it makes."""

import re
from functools import cache

from graphkit.extraction.actors.names import first_names, titles
from graphkit.extraction.language.lexicon import word_classes, word_set
from graphkit.model import Actor, AnonymousType

_TYPES: tuple[AnonymousType, ...] = ("intelligence", "officials", "witnesses", "experts", "reports", "documents", "other")
_POST_HEAD = re.compile(
    r"\s(?:of|for|from|in|at|with|to|on|near|behind|under|over|between|who|which|that|familiar|close|briefed|inside|within|told|by|and|or|said|including)\b|[,(—–]"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ARTICLE = re.compile(r"^(?:the|a|an)\s", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"^(?:an?|one|another|some|several|many|two|three|four|five|six|\d+|other|few|unnamed|anonymous|multiple|senior)\s",
    re.IGNORECASE,
)
_INTELLIGENCE = re.compile(r"\b(?:[Ii]ntelligence|CIA|MI6|MI5|GCHQ|NSA|FSB|Mossad|spy)\b")
_AGED = re.compile(r"^(?:(?:the|an?)\s)?\d{1,3}-year-old\s", re.IGNORECASE)
_PEOPLES = ("ans", "ists", "crats", "ese")
_LONGEST_NAME = 4
_SHORTEST_PHRASE = 2
UNSTATED = Actor("anonymous", "unstated source", anonymous_type="other")
"""Whom "it was reported that" leaves out, and a "who" that follows nobody."""
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


def is_paper_or_body(word: str) -> bool:
    """Say whether a noun names a text or a body, of which a person's name behind it is no apposition ("a review of … Jo Bloggs")."""
    classes = word_classes("speakers")
    return word in classes["documents"] or word in classes["reports"] or word in classes["bodies"] or is_body(word)


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


def is_function_word(name: str) -> bool:
    """Say whether a source is a mere "The" or "Those", as a headline or a slip of a tagger leaves it."""
    return any(name.lower() in words for words in word_classes("function_words").values())


def personal_head(name: str) -> str | None:
    """Return the name at the head of "Jo Bloggs of the Harbour Trust" or "61-year-old Jo Bloggs, a baker", if one stands there."""
    rest = _AGED.sub("", name)
    head = rest[: head_end(rest)].strip()
    words = head.split()
    if head == name or not 1 < len(words) <= _LONGEST_NAME or reads_as_body(head):
        return None
    if not all(word[:1].isupper() and word.replace(".", "").replace("-", "").replace("’", "").isalpha() for word in words):
        return None
    lower = [word.lower().rstrip(".") for word in words]
    is_role = any(word in titles("person") or word in titles("before_title") or word in titles("no_name") for word in lower)
    return None if is_role or is_speaking_noun(lower[-1]) or lower[-1].endswith(_PEOPLES) else head


def reads_as_body(name: str) -> bool:
    """Say whether a capitalised name reads as a body's by its words: "Harbour Rescue Watch" and no "Jo Bloggs"."""
    words = [word.lower() for word in name.split()]
    if words[0] in first_names():
        return False
    if len(words) > 1 and (words[-1] in titles("organisation") or words[-1] in titles("company")):
        return True
    return len(words) > _SHORTEST_PHRASE and (words[-1] in word_set("nouny_verbs") or is_speaking_noun(words[-1]))


def capitalised_body(name: str) -> str | None:
    """Return the name in "the Feldmark Municipality": two or more words, all with capitals, none a title or a people's name."""
    article, _, rest = name.partition(" ")
    words = rest.split()
    if article.lower() != "the" or len(words) < _SHORTEST_PHRASE or not all(word[:1].isupper() for word in words):
        return None
    lower = [word.lower() for word in words]
    is_role = any(word in titles("person") or word in titles("before_title") or word in titles("party") for word in lower)
    is_people = lower[-1].endswith(("an", *_PEOPLES)) or is_speaking_noun(lower[-1]) or lower[-1].endswith("s")
    return None if is_role or is_people or lower[0] in first_names() or len(words) > _LONGEST_NAME else rest
