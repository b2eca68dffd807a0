"""Places that an article puts under a state they do not lie in, by ``places.csv``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.knowledge.actors.countries import Territory, territories, territory
from graphkit.knowledge.actors.gazetteer import FormKind, plain
from graphkit.knowledge.checks.clauses import Sentence, sentences
from graphkit.knowledge.own_tables import read_table, split_cell
from graphkit.knowledge.sources import source_title
from graphkit.model import Article, Note, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A city or region, the state it lies in by recognised borders, and the states that dispute or occupy it."""

    name: str
    state: Territory
    disputed: tuple[str, ...]
    source: str


@cache
def places() -> dict[str, Place]:
    """Return the places of the table by each of their names."""
    found: dict[str, Place] = {}
    for row in read_table("places"):
        state = territory(row["state"])
        assert state is not None, row["state"]
        place = Place(row["name"], state, tuple(split_cell(row["disputed"])), row["source"])
        found.update(dict.fromkeys((row["name"], *split_cell(row["aliases"])), place))
    return found


@cache
def _forms(*kinds: FormKind) -> dict[str, Territory]:
    """States by the forms of those kinds that mean no other state."""
    found: dict[str, Territory | None] = {}
    for state in territories():
        for form in state.forms:
            if form.kind in kinds and not form.is_guarded and state.kind in {"state", "former"}:
                found[form.text] = None if form.text in found and found[form.text] != state else state
    return {form: state for form, state in found.items() if state is not None}


_NAME = r"[A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|al|el|de|ez)){0,3}"
_HELD = re.compile(
    rf"\b({_NAME})-(?:held|occupied|controlled|annexed|captured|seized) (?:[a-z]+ )?"
    r"(?:territor(?:y|ies)|areas?|regions?|lands?|parts?|towns?|cities|villages)\b"
    rf",? (?:(?:particularly|especially|including|mainly|notably|namely|such as|like)(?: in| around| near)?|in|around|near) (?:the )?({_NAME})"
)
_IN_STATE = re.compile(rf"\b({_NAME})(?: (?:region|oblast|province))?, ({_NAME})(?=[,.;:)!?]|$)")
"""A comma or stop must follow: \"In Kursk, Ukraine lost ground\" puts Kursk nowhere."""
_STATES_CITY = re.compile(rf"\b({_NAME}) (?:border |port |capital |coastal )?(?:city|town|region|province|oblast) of ({_NAME})")


def place_notes(article: Article) -> Iterator[Note]:
    """Yield a question for each place that the article puts under another state than its own."""
    for sentence in sentences(article.text):
        spelling = plain(sentence.text)
        for match in _HELD.finditer(spelling):
            yield from _held(match, sentence)
        for match in _IN_STATE.finditer(spelling):
            yield from _misplaced(match, sentence, match[1], _forms("name").get(match[2]))
        for match in _STATES_CITY.finditer(spelling):
            yield from _misplaced(match, sentence, match[2], _whose(match[1]))


def _held(match: re.Match[str], sentence: Sentence) -> Iterator[Note]:
    holder, place = _whose(match[1]), _place(match[2])
    if holder is None or place is None or place.state != holder or sentence.is_quoted(sentence.begin + match.start()):
        return
    question = (
        f"{place.name} lies in {holder.actor.name}: are “{match.group()}” territories that {holder.actor.name} holds, "
        f"or {holder.actor.name}'s own?"
    )
    yield _note(match, sentence, question, place)


def _misplaced(match: re.Match[str], sentence: Sentence, words: str, state: Territory | None) -> Iterator[Note]:
    place = _place(words)
    if (
        place is None
        or state is None
        or state == place.state
        or state.code in place.disputed
        or sentence.is_quoted(sentence.begin + match.start())
    ):
        return
    if state.kind == "former" or place.state.code in _PARTS.get(state.code, ()):
        return
    question = f"Does “{match.group()}” mean {place.name} in {place.state.actor.name}?"
    yield _note(match, sentence, question, place)


_PARTS = {"RS": ("XK",), "CN": ("TW", "HK", "MO"), "IL": ("PS",)}
"""States that claim others whole: what lies in those is not asked about."""


def _place(words: str) -> Place | None:
    """Return the place whose name begins ``words``, the longest first."""
    parts = words.split(" ")
    return next((places()[name] for count in range(len(parts), 0, -1) if (name := " ".join(parts[:count])) in places()), None)


def _whose(words: str) -> Territory | None:
    """Return the state whose adjective or name ends ``words`` ("The Ukrainian")."""
    forms, parts = _forms("name", "adjective"), words.split(" ")
    return next((forms[form] for skip in range(len(parts)) if (form := " ".join(parts[skip:])) in forms), None)


def _note(match: re.Match[str], sentence: Sentence, question: str, place: Place) -> Note:
    span = Span(sentence.begin + match.start(), sentence.begin + match.end())
    fact = f"{place.name} lies in {place.state.actor.name} by its internationally recognised borders"
    return Note("placeState", (span,), question, fact, source_title(place.source))
