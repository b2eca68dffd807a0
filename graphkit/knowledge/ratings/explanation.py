"""What the ratings of an outlet amount to at a date: every row, the families' voices, and a word; never an average."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from graphkit.knowledge.ratings.lookup import site_part, topic_part
from graphkit.knowledge.ratings.registry import RATING_SETS
from graphkit.knowledge.ratings.rows import EXCERPT, day_of
from graphkit.model import Rating

Word = Literal["consistent", "contested", "single", "unrated"]

FAR_APART = Decimal("0.5")
"""Families this far apart on the normalised scale contradict one another: half of it."""
ENOUGH_FAMILIES = 4
"""Fewer families than this and the word is called thin."""
MIXED, HIGH = Decimal("0.4"), Decimal("0.6")
"""Below ``MIXED`` a voice is low, from ``HIGH`` on high; "mixed" of Media Bias/Fact Check stands at .4, "mostly factual" at .6."""


@dataclass(frozen=True, slots=True)
class Row:
    """One rating as it is shown; ``why_not`` says why it does not count, "" where it does."""

    rating: Rating
    why_not: str = ""

    @property
    def counts(self) -> bool:
        """Whether the rating is one of those that the word rests on."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class FamilyVoice:
    """What one family says: ``value`` of the whole outlet (None if it gives only scoped verdicts), and all its scoped values."""

    family: str
    value: Decimal | None
    scoped: tuple[Decimal, ...] = ()

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The whole outlet's value and the scoped ones."""
        return (self.value, *self.scoped) if self.value is not None else self.scoped


@dataclass(frozen=True, slots=True)
class Explanation:
    """What raters say of an outlet at a date.

    ``interval`` is spanned by the families' normalised values (0 worst, 1 best), None where nobody rates; ``level`` ("low", "mixed to
    high") is that of a consistent or single word.
    """

    outlet: str
    as_of: str | None
    word: Word
    is_thin: bool
    level: str | None
    interval: tuple[Decimal, Decimal] | None
    voices: tuple[FamilyVoice, ...]
    rows: tuple[Row, ...]

    @property
    def wording(self) -> str:
        """The word as it is shown: "consistent high, thin"."""
        words = f"{self.word} {self.level}" if self.level else self.word
        return f"{words}, thin" if self.is_thin else words

    @property
    def coverage(self) -> str:
        """How much stands behind the word."""
        counted, shown = sum(row.counts for row in self.rows), len(self.rows)
        return (
            f"{counted} of {shown} ratings count, from {len(self.voices)} {'family' if len(self.voices) == 1 else 'families'}"
        )


def explain(
    ratings: Iterable[Rating],
    *,
    outlet: str = "",
    as_of: str | None = None,
    topic: str | None = None,
    part: str = "",
    versions: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Explanation:
    """Explain the ratings of one outlet.

    Args:
        ratings: All ratings of the outlet, of whatever set, version and scope.
        outlet: Its domain; that of the ratings if not given.
        as_of: The date to read them at, ISO 8601; the newest of each set if not given.
        topic: What the article is about ("politics"), so that scoped verdicts on it count.
        part: The host or path within the outlet that is asked about ("blogs.example.org"); "" for the whole.
        versions: Every imported version of each set, dates where the set is published again and again, so that an entry that a
            later version no longer has counts as withdrawn.
    """
    all_ratings = sorted(ratings, key=_order)
    day = day_of(as_of) if as_of else None
    current = _current(all_ratings, day, versions)
    rows = tuple(Row(rating, _why_not(rating, current, day, topic, part)) for rating in all_ratings)
    scoped = [row.rating for row in rows if row.why_not == _OTHER_TOPIC and not _ended(topic_part(row.rating.scope), day)]
    voices = _voices([row.rating for row in rows if row.counts], scoped)
    word = _word(voices)
    values = [value for voice in voices for value in voice.values]
    return Explanation(
        outlet or (all_ratings[0].outlet if all_ratings else ""),
        day,
        word,
        word != "unrated" and len(voices) < ENOUGH_FAMILIES,
        _level(values) if word in {"consistent", "single"} else None,
        (min(values), max(values)) if values else None,
        voices,
        rows,
    )


def _order(rating: Rating) -> tuple[str, ...]:
    first = "0" if rating.dimension == "reliability" else "1"
    kind = (first, rating.family, rating.rating_set, rating.scale, rating.scope, rating.rated_on, rating.version)
    return (*kind, rating.rater, rating.value)


_OTHER_TOPIC = "a verdict on one topic"
_LATER, _SUPERSEDED = "made after the date", "superseded or withdrawn in a later version"


def _current(ratings: Sequence[Rating], day: str | None, versions: Mapping[str, Sequence[str]]) -> set[Rating]:
    """Return of each set, rater, scale and scope the newest rating that the day allows; a set speaks with its newest version."""
    newest: dict[tuple[str, ...], Rating] = {}
    made = {name: [version for version in known if _is_made(version, day)] for name, known in versions.items()}
    latest = {name: max(known, key=_age) for name, known in made.items() if known}
    for rating in ratings:
        if day is not None and rating.rated_on > day:
            continue
        latest[rating.rating_set] = max(latest.get(rating.rating_set, rating.version), rating.version, key=_age)
        key = (rating.rating_set, rating.rater, rating.scale, rating.scope)
        if key not in newest or _precedes(newest[key], rating):
            newest[key] = rating
    return {rating for rating in newest.values() if rating.version == latest[rating.rating_set]}


def _age(version: str) -> tuple[bool, str]:
    """Order versions of a set: an excerpt before any whole one, then by date."""
    return not version.startswith(EXCERPT), version


def _precedes(first: Rating, second: Rating) -> bool:
    return (_age(first.version), first.rated_on) <= (_age(second.version), second.rated_on)


def _is_made(version: str, day: str | None) -> bool:
    return day is None or (day_of(version) or "") <= day


def _why_not(rating: Rating, current: set[Rating], day: str | None, topic: str | None, part: str) -> str:
    if day is not None and rating.rated_on > day:
        return _LATER
    if rating not in current:
        return _SUPERSEDED
    if rating.dimension != "reliability":
        return f"measures {_DIMENSIONS.get(rating.dimension, rating.dimension)}, not reliability"
    if rating.normalised is None:
        return "not on the scale"
    if rating.imputed:
        return "imputed: fewer than half of its raters were observed"
    if site_part(rating.scope) not in {"", part}:
        return "a verdict on a part of the site"
    limit = topic_part(rating.scope)
    return "" if not limit or _fits(limit, topic, day) else _OTHER_TOPIC


_DIMENSIONS = {"leaning": "political leaning", "stateControl": "state control", "category": "a kind of site"}
_EXCLUDING = re.compile(r"\b(?:excluding|except|other than)\b(.*)$", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]{3,}")
_YEAR = re.compile(r"\d{4}")


def _fits(limit: str, topic: str | None, day: str | None) -> bool:
    """Say whether a scope in brackets covers the topic, or the period that it names the day."""
    if _YEAR.search(limit):
        return not _ended(limit, day)
    if topic is None:
        return False
    wanted = set(_WORDS.findall(topic.lower()))
    left_out = _EXCLUDING.search(limit)
    if left_out is not None:
        return not wanted & set(_WORDS.findall(left_out[1].lower()))
    return bool(wanted & set(_WORDS.findall(limit.lower())))


def _ended(limit: str, day: str | None) -> bool:
    """Say whether a scope that names a period ("pre-2018", "2020-2022", "2022-present") leaves the day out; years decide."""
    years = [int(year) for year in _YEAR.findall(limit)]
    if not years:
        return False
    when = int(day[:4]) if day else 9999
    if limit.lower().lstrip("(").startswith(("pre", "before", "until")):
        return when >= years[-1]
    return when < years[0] or (len(years) > 1 and "present" not in limit.lower() and when > years[-1])


def _voices(counted: Sequence[Rating], scoped: Sequence[Rating]) -> tuple[FamilyVoice, ...]:
    families = sorted({rating.family for rating in (*counted, *scoped)})
    return tuple(_voice(family, counted, scoped) for family in families)


def _voice(family: str, counted: Sequence[Rating], scoped: Sequence[Rating]) -> FamilyVoice:
    own = [rating for rating in counted if rating.family == family]
    chosen = max(own, key=_precedence) if own else None
    verdicts = [rating.normalised for rating in scoped if rating.family == family]
    return FamilyVoice(family, chosen.normalised if chosen else None, tuple(sorted(v for v in set(verdicts) if v is not None)))


def _precedence(rating: Rating) -> tuple[bool, bool, str, str, str]:
    """Within a family the set that others derive from speaks, then the most closely scoped verdict, then the newest."""
    known = RATING_SETS.get(rating.rating_set)
    return not (known is not None and known.derived_from), bool(rating.scope), rating.rated_on, rating.rating_set, rating.value


def _word(voices: Sequence[FamilyVoice]) -> Word:
    if not voices:
        return "unrated"
    whole = [voice.value for voice in voices if voice.value is not None]
    apart = bool(whole) and max(whole) - min(whole) >= FAR_APART
    if apart or any(max(voice.values) - min(voice.values) >= FAR_APART for voice in voices):
        return "contested"
    return "consistent" if len(voices) > 1 else "single"


def _level(values: Sequence[Decimal]) -> str:
    levels = [name for name, values_of in _LEVELS.items() if any(values_of(value) for value in values)]
    return levels[0] if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"


_LEVELS: dict[str, Callable[[Decimal], bool]] = {
    "low": lambda value: value < MIXED,
    "mixed": lambda value: MIXED <= value < HIGH,
    "high": lambda value: value >= HIGH,
}
