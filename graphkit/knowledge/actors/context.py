"""What the words around a name say: whether it acts or is a place, and which of several bearers is meant."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graphkit.knowledge.actors.capitals import acts
from graphkit.knowledge.actors.gazetteer import FormKind, Hit, Sense, plain, word_set
from graphkit.model import Actor


@dataclass(frozen=True, slots=True)
class TextContext:
    """A text in plain spelling, and how often it names each actor by a form that means nobody else."""

    spelling: str
    counts: Counter[Actor]
    main_country: Actor | None

    @classmethod
    def of(cls, text: str, hits: Iterable[Hit]) -> "TextContext":
        """Count the plain mentions of each actor among ``hits``."""
        plainly = (hit for hit in hits if len(hit.senses) == 1 and text[hit.begin : hit.end] not in NAMESAKES)
        senses = (hit.senses[0] for hit in plainly)
        counts = Counter(sense.actor for sense in senses if not sense.is_guarded and sense.form_kind != "decoy")
        countries = [(count, actor.name, actor) for actor, count in counts.items() if actor.kind == "country"]
        return cls(plain(text), counts, max(countries)[2] if countries else None)

    def before(self, hit: Hit) -> str:
        """Return some words before a hit."""
        return self.spelling[max(0, hit.begin - _REACH) : hit.begin]

    def after(self, hit: Hit) -> str:
        """Return some words after a hit."""
        return self.spelling[hit.end : hit.end + _REACH]

    def keep(self, hit: Hit) -> tuple[Sense, ...]:
        """Return the senses of a hit that count: none of a decoy, guarded ones only where the text supports them."""
        if hit.senses[0].form_kind == "decoy":
            return ()
        return tuple(sense for sense in hit.senses if self._counts(sense, hit))

    def _counts(self, sense: Sense, hit: Hit) -> bool:
        if sense.needs_the and not self.before(hit).lower().endswith("the "):
            return False
        return (
            not sense.is_guarded or self.counts[sense.actor] > 0 or (sense.home is not None and sense.home == self.main_country)
        )

    def order(self, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Return actors with those named more often first; the order of the tables decides between equals."""
        return tuple(sorted(actors, key=lambda actor: -self.counts[actor]))

    def settles(self, actors: tuple[Actor, ...]) -> bool:
        """Say whether the text names the first of ``actors`` and none of the others."""
        return self.counts[actors[0]] > 0 and all(self.counts[actor] == 0 for actor in actors[1:])


_REACH = 48
"""Code points looked at on either side: six or seven words."""


def seems_actor(context: TextContext, hit: Hit, kind: FormKind) -> bool:
    """Say whether the words around a hit let it be an actor."""
    before, after = context.before(hit), context.after(hit)
    if kind == "capital":
        return acts(before, after)
    if kind == "seat":
        return not _AT_PLACE.search(before)
    if _CURRENCY_AFTER.match(after):
        return False
    if kind == "abbreviation":
        return not (_IN_CAPITALS_BEFORE.search(before) and _IN_CAPITALS_AFTER.search(after))
    words = context.spelling[hit.begin : hit.end]
    if kind in {"adjective", "demonym"}:
        return not (is_language(before, after) or (words in SURNAMES and has_first_name(before)))
    if kind != "name":
        return True
    if _BODY_OF.search(before):
        return False
    return words not in NAMESAKES or is_namesake_of_country(context, hit)


def is_namesake_of_country(context: TextContext, hit: Hit) -> bool:
    """Say whether a name that people or places bear too ("Jordan", "Georgia") is the country here.

    Never beside a first name or surname.  "Georgia" goes by what else the text names; "Jordan" and "Chad" need a preposition, a
    possessive, or another mention of the country.
    """
    before, after = context.before(hit), context.after(hit)
    actor, words = hit.senses[0].actor, context.spelling[hit.begin : hit.end]
    if is_personal_name(before, after):
        return False
    if words == "Georgia":
        return len(_CAUCASUS.findall(context.spelling)) >= len(_AMERICAN_SOUTH.findall(context.spelling))
    if words in FIRST_NAMES:
        return context.counts[actor] > 0 or bool(_PREPOSITION.search(before) or after.startswith(("'s ", " and ")))
    return True


_CURRENCY_AFTER = re.compile(r"^ ?[$€£] ?\d")
"""A sum of money: "US$ 10 billion"."""
_AT_PLACE = re.compile(r"\b(?:at|outside|inside|near|around|opposite) (?:the )?$", re.IGNORECASE)

_LANGUAGE_AFTER = re.compile(
    r"^(?:-(?:language|speaking|speakers?)\b| (?:language|translation|subtitles|grammar|lessons?|speakers?|alphabet)\b|[.,;:)\"?!]|$)"
)
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:in|into|speaks?|spoke|speaking|spoken|fluent|learn(?:ed|ing)?|teach(?:es)?|taught|written in|said in) (?:fluent |broken )?$",
    re.IGNORECASE,
)
_LANGUAGE_WORD_AFTER = re.compile(
    r"^(?:-(?:language|speaking|speakers?)\b| (?:language|translation|subtitles|grammar|lessons?|alphabet)\b)"
)


def is_language(before: str, after: str) -> bool:
    """Say whether an adjective names a language here ("in Russian.", "Korean-language")."""
    return bool(_LANGUAGE_WORD_AFTER.match(after) or (_LANGUAGE_BEFORE.search(before) and _LANGUAGE_AFTER.match(after)))


NAMESAKES = word_set(
    "Jordan Chad Israel Georgia Kenya India Ireland Cuba Malta Dominica Turkey Guinea Niger Mali Lebanon Jamaica England"
)
"""Country names that people bear, or that begin or end another name."""
FIRST_NAMES = frozenset({"Jordan", "Chad"})
SURNAMES = word_set("English French German Irish Welsh Scott Holland Spain")
"""Adjectives that are surnames too."""

_BODY_OF = re.compile(
    r"\b(?:Bank|Party|University|Institute|Museum|Church|Voice|Society|Association|Federation|College|Academy|District|Radio|Fund|League|"
    r"Club|Foundation|Communist Party|Journal|Times|Press|Diocese|Archdiocese|Gulf|Strait|Bay|Lake|Duke|Duchess|Prince|Princess) of (?:the )?$"
)
_PREPOSITION = re.compile(
    r"\b(?:in|to|from|of|with|across|between|into|through|for|against|and|like|via|near|neighbou?ring|towards?) $"
)
_CAUCASUS = re.compile(
    r"\b(?:Tbilisi|Georgians?|Abkhazia|Ossetia|Saakashvili|Caucasus|Armenia|Azerbaijan|Black Sea|Batumi|Russian?|Ukraine|Moldova|NATO|EU)\b"
)
_AMERICAN_SOUTH = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Fulton|Kemp|Raffensperger|Warnock|Ossoff|Abrams|Alabama|Florida|Tennessee|Carolina|Mississippi|Louisiana|Texas|"
    r"Republicans?|Democrats?|[Ss]enators?|Sen\.|Rep\.|Gov\.|District of|[Cc]ounty)(?!\w)"
)

_FIRST_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")
_CAPITALISED_AFTER = re.compile(r"^ ([A-Z][a-z]+)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?\"]\s+)[A-Z][a-z]+ $")
_NO_FIRST_NAME = word_set(
    "In The And But From With For As At To Of On By While When After Before If Since Both South North East West President "
    "King Queen Prince Minister Like Although Though Because Until Via Than That This Meanwhile Also Only Neither Either Nor "
    "Or Eastern Western Northern Southern Central Then So Visit Leave Why How Where What Is Was Has Will Does Did Can Should"
)
_NO_SURNAME = word_set(
    "And In On At For With President Prime King Queen Minister Foreign Says Said Is Has Will Who That After Before Over Under "
    "To From As Protests Government Parliament Army War River Strip Valley West East North South"
)


def has_first_name(before: str) -> bool:
    """Say whether the word before is capitalised as a first name is."""
    first = _FIRST_NAME_BEFORE.search(before)
    return first is not None and first[1] not in _NO_FIRST_NAME


def is_personal_name(before: str, after: str) -> bool:
    """Say whether a country's name is part of a person's here ("Michael Jordan", "Chad Smith")."""
    if has_first_name(before) and not _SENTENCE_START.search(before):
        return True
    last = _CAPITALISED_AFTER.match(after)
    return last is not None and last[1] not in _NO_SURNAME


_IN_CAPITALS_BEFORE = re.compile(r"\b[A-Z]{3,} $")
_IN_CAPITALS_AFTER = re.compile(r"^ [A-Z]{3,}\b")
