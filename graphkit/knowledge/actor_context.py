"""What the words around a name say: whether it acts or is a place, and which of several bearers is meant."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graphkit.knowledge.gazetteer import FormKind, Hit, Sense, plain, word_set
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
        counts: Counter[Actor] = Counter()
        for hit in hits:
            sense = hit.senses[0]
            if (
                len(hit.senses) == 1
                and not sense.is_guarded
                and sense.form_kind != "decoy"
                and sense.actor.name not in NAMESAKES
            ):
                counts[sense.actor] += 1
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


_SPEAKING = (
    "said|says|say|saying|told|added|accused|accuses|denied|denies|claimed|claims|warned|warns|announced|announces|insisted|insists|argued|argues|"
    "has|have|had|is|was|will|would|could|may|might|must|should|wants|wanted|seeks|sought|hopes|hoped|fears|feared|sees|views|backs|backed|"
    "supports|supported|rejected|rejects|agreed|agrees|refused|refuses|vowed|vows|urged|urges|demanded|demands|ordered|orders|imposed|imposes|"
    "launched|launches|fired|fires|sent|sends|called|calls|condemned|condemns|signed|signs|responded|responds|retaliated|believes|believed|"
    "considers|considered|decided|decides|expects|expected|maintains|maintained|threatened|threatens|pledged|pledges|offered|offers|"
    "confirmed|confirms|acknowledged|acknowledges|blamed|blames|dismissed|dismisses|welcomed|welcomes|used|uses|needs|plans|planned|began|started|"
    "continues|continued|tried|tries|does|did|also|itself|never|now|and its|to|provided|provides|supplied|supplies|deployed|deploys|invaded|annexed"
)
_ACTS_AFTER = re.compile(rf"^(?:,[^.,]{{3,30}},)? (?:{_SPEAKING})\b")
_POLITICAL = "policy|policies|government|foreign|defen[cs]e|military|army|forces|troops|regime|leadership|leaders|invasion|war|nuclear|missile|weapons|ambassador|envoy|demands|claims|demand|claim|interests|aggression|allies|ally|influence|decision|response|position|support|offensive|strategy|stance|sanctions|ties|relations|aims|ambitions|goals|efforts|willingness|intentions|threats|warning|attempt|attempts|approach|diplomats|officials|security|economic|control|side"
_POSSESSES_AFTER = re.compile(rf"^'s? (?:\w+ )?(?:{_POLITICAL})\b")
_RELATION_BEFORE = re.compile(
    r"(?:\b(?:between|against|pressure on|sanctions on|ties with|relations with|talks with|deal with|alliance with|war with|support for|"
    r"backed by|supported by|controlled by|according to|dialogue with|cooperation with|tensions with|negotiations with|aid to|arms to|weapons to)|"
    r"\bbetween \w+ and) $"
)
_HYPHEN_AFTER = re.compile(
    r"^-(?:backed|led|controlled|appointed|installed|sponsored|funded|held|occupied|allied|aligned|friendly|based)\b"
)
_HYPHENS_OF_ACTING = re.compile(r"^-(?:backed|controlled|appointed|installed|sponsored|funded|allied|aligned|friendly)\b")
_AT_PLACE = re.compile(r"\b(?:at|outside|inside|near|around|opposite) (?:the )?$", re.IGNORECASE)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|from|into|across|throughout|via|toward|towards|downtown|central|northern|southern|eastern|western|north of|"
    r"south of|east of|west of|city of|capital|capital of|capital,|visit to|trip to|travel(?:l?ed|ling|s)? to|flew to|arrived in|return(?:ed)? to|leave|left|reached|visit(?:ed|ing)?|"
    r"to|of) $",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"^(?:, [A-Z][a-z]+| \(| (?:region|oblast|suburbs?|airport|street|university|embassy|residents?|city|district|metro|hotel|court|time)\b)"
)


def acts(before: str, after: str) -> bool:
    """Say whether a capital acts here as its government, by the words before and after it."""
    if _HYPHENS_OF_ACTING.match(after) or _RELATION_BEFORE.search(before):
        return not _PLACE_AFTER.match(after)
    if _PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after) or _CAPITALISED_BEFORE.search(before):
        return False
    return bool(_ACTS_AFTER.match(after) or _POSSESSES_AFTER.match(after))


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
SURNAMES = word_set(
    "English French German Irish Welsh Scott Holland Spain"
)
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

_CAPITALISED_BEFORE = re.compile(r"(?<![.!?:\"(] )(?<!^)\b[A-Z][a-z]+ $")
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
