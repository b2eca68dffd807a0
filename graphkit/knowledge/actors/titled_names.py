"""Leaders named by title and surname ("President Trump"), and governments named after their head ("the Biden administration")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graphkit.knowledge.actors.gazetteer import plain, word_set
from graphkit.knowledge.actors.people import administration, fits_office, resolve_person
from graphkit.model import Actor, MentionKind

_TITLE = "President|Prime Minister|Premier|Chancellor|Taoiseach|Supreme Leader"
_WORD = r"[^\W\d_a-z][^\W\d_]*(?:[-'][^\W\d_a-z][^\W\d_]*)*"
_SURNAME = rf"{_WORD}(?: {_WORD}){{0,2}}"
_TITLED = re.compile(rf"(?<![Vv]ice )(?<![Vv]ice-)(?<!Deputy )\b({_TITLE}) ({_SURNAME})")
_GOVERNMENT = re.compile(rf"\b({_SURNAME})(?:'s)? (administration|presidency)\b")
_NO_NAME = word_set(
    "The This That Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August "
    "September October November December And In On At White House"
)


@dataclass(frozen=True, slots=True)
class LongerName:
    """A name longer than the gazetteer's: a title with a surname, a government, a ministry; fields as in ``ActorName``."""

    begin: int
    end: int
    kind: MentionKind
    candidates: tuple[Actor, ...]
    is_open: bool


def titled_names(text: str, context: Sequence[Actor], *, date: str | None = None) -> list[LongerName]:
    """Find leaders by title and surname and governments by their head's name; full names are the gazetteer's."""
    spelling = plain(text)
    found = [name for match in _TITLED.finditer(spelling) if (name := _titled(match, context, date))]
    found += [name for match in _GOVERNMENT.finditer(spelling) if (name := _government(match, context, date))]
    return found


def _titled(match: re.Match[str], context: Sequence[Actor], date: str | None) -> LongerName | None:
    title, words = match[1], match[2].split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        people = resolve_person(name, date=date, context=context, title=title)
        if not people or (count == 1 and not _is_surname(people[0], words, context, title, date)):
            continue
        end = match.start(2) + len(name)
        is_full = count > 1 and people[0].name.count(" ") <= name.count(" ")
        begin = match.start(2) if is_full else match.start(1)
        return LongerName(begin, end, "name" if is_full else "title", people, len(people) > 1)
    return None


def _is_surname(person: Actor, words: list[str], context: Sequence[Actor], title: str, date: str | None) -> bool:
    """Say whether the first of ``words`` is the surname of a leader and no first name ("President Dan McDowell" of a firm)."""
    if len(words) > 1 and words[1] not in _NO_NAME:
        return date is not None and fits_office(person, title, date)
    return date is None or fits_office(person, title, date, context)


def _government(match: re.Match[str], context: Sequence[Actor], date: str | None) -> LongerName | None:
    words = match[1].split(" ")
    for skip in range(len(words)):
        if words[skip] in _NO_NAME:
            continue
        name = " ".join(words[skip:])
        found = administration(f"{name} {match[2]}", date=date, context=context)
        if found is not None:
            return LongerName(match.start(1) + len(match[1]) - len(name), match.end(), "name", (found.actor,), is_open=False)
    return None
