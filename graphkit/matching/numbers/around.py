"""What stands around a figure: its clause, the names in it, and what its words make of the number."""

import re
from functools import lru_cache
from typing import Final

from graphkit.matching.numbers.figures import Figure, classes_of
from graphkit.matching.rarity import rarity
from graphkit.matching.words import STOP_WORDS, stem, stems_of, word_set

_AROUND: Final = 90
_NEAR: Final = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CUT = re.compile(r"[;:.!?—–]\s|,\s(?:and|but|while|which|or|up|down)\b|\b(?:while|whereas|compared)\b", re.IGNORECASE)
_FAR = re.compile(r"[,;:.!?—–()]\s|\b(?:but|while|with|after|where|when|which|as)\b", re.IGNORECASE)
_SHARE_OF = re.compile(
    r"\s*(?:US\s)?(?:[a-z]+\s){0,2}?(?:(?:per|each)\s([a-z]+(?:\s[a-z]+)?)"
    r"|(?:a|an)\s(share|day|week|month|year|hour|piece|head|barrel|ton|litre|gallon))\b"
)
_PART_BEFORE = re.compile(
    r"\b(?:other|another|additional|further|extra|remaining|first|second|third|fourth|last|next|of (?:the|its|his|their|which|whom)|"
    r"these|those|up from|down from|from|previous|previously|instead of|rather than)\s$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\s?(?:more|other|others|additional|further|extra|of (?:the|these|those|them|its|his|her|their|which|whom))\b",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:^|\W)([A-Z][A-Za-z]+)\s$")
_NAME = re.compile(r"\b[A-Z](?:[a-z]+|[A-Z.]+)")
_STOP_BEFORE = re.compile(r"[^\W\d_]\.\s$")
_ADDRESS = re.compile(r"\s(?:block\b|/\s?\d)")
_WAY = re.compile(
    r"\b(?:(?P<up>up|rose|rise[ns]?|rising|increas\w+|gain\w*|added|climb\w*|jump\w*|surg\w+|soar\w*|gr[eo]wn?|grow\w*|growth|higher|bumped|raised)"
    r"|(?:down|fell|fall(?:s|en|ing)?|drop\w*|declin\w+|slip\w*|eased|lower|los[st]|decreas\w+|plung\w+|cut|shrank|dipped))\b",
    re.IGNORECASE,
)
_REDUCED = re.compile(r"\b(?:average[ds]?|median|mean|combined|overall|each|record|maximum|minimum|nearest)\b", re.IGNORECASE)
COMMON: Final = 6.5
"""Words less rare than this are no names where they begin a text."""
MEASURES: Final = frozenset(
    stem(word)
    for word in word_set(
        "percent percentage points dollar dollars pound pounds euro euros yen rupee rupees rouble roubles ruble rubles hryvnia hryvnias won "
        "lira liras cents second seconds minute minutes hour hours day days week weeks month months year years decade decades time times "
        "metre metres meter meters kilometre kilometres kilometer kilometers km mile miles foot feet inch inches yard yards acre acres "
        "hectare hectares square ton tons tonne tonnes kilogram kilograms kilo kilos kg gram grams litre litres liter liters gallon gallons "
        "barrel barrels degree degrees horsepower watt watts kilowatt kilowatts megawatt megawatts volts mph knots magnitude point goals"
    )
)
_NUMBER_STEMS: Final = frozenset(
    stem(word)
    for word in word_set(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
        "thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion dozen "
        "dozens scores several least nearly almost around roughly approximately estimated"
    )
)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Return how much of the lighter set of stems the other one holds, each stem by its rarity; 0 where one is empty."""
    least = min(_weight(one), _weight(two))
    return round(_weight(one & two) / least, 6) if least > 0 else 0.0


@lru_cache(maxsize=1 << 12)
def _weight(stems: frozenset[str]) -> float:
    return sum(rarity(one) for one in sorted(stems))


@lru_cache(maxsize=1 << 12)
def content_of(text: str) -> frozenset[str]:
    """Return the stems of a text without stop words, numbers and units of measure."""
    return frozenset(
        one
        for word in _WORD.findall(text.lower())
        if word not in STOP_WORDS and (one := stem(word)) not in _NUMBER_STEMS and one not in MEASURES
    )


def clause_of(text: str, figure: Figure) -> str:
    """Return the words around a figure, up to where another clause begins."""
    left, right = (
        text[max(0, figure.span.begin - _AROUND) : figure.span.begin],
        text[figure.span.end : figure.span.end + _AROUND],
    )
    begin = max((match.end() for match in _CUT.finditer(left)), default=0)
    end = _CUT.search(right)
    return f"{left[begin:]} {right if end is None else right[: end.start()]}"


def names_of(text: str) -> frozenset[str]:
    """Return the capitalised words of a text but for weekdays, in lower case."""
    return frozenset(
        name.lower() for name in _NAME.findall(text) if name.lower() not in STOP_WORDS and not _WEEKDAY.match(name)
    )


def names_before(text: str, figure: Figure) -> frozenset[str]:
    """Return the names before a figure, a common word that begins the text aside."""
    before = text[: figure.span.begin]
    first = _WORD.match(before)
    is_common = first is not None and rarity(stem(first.group().lower())) < COMMON
    return names_of(before[first.end() :] if first is not None and is_common else before)


def names_behind(text: str, figure: Figure) -> frozenset[str]:
    """Return the names behind a measure, of what or from where it is measured ("3 miles southwest of Testford")."""
    behind = text[figure.span.end : figure.span.end + _AROUND]
    end = _FAR.search(behind)
    return names_of(behind if end is None else behind[: end.start()])


def are_other(one: frozenset[str], two: frozenset[str]) -> bool:
    """Say whether there are names on both sides, and none on both."""
    return bool(one and two) and not one & two


def is_label(text: str, figure: Figure) -> bool:
    """Say whether a number is part of a name or an address ("Python 3", "the 200 block of"), or of a fraction."""
    own = text[figure.span.begin : figure.span.end]
    is_cut = text[figure.span.end : figure.span.end + 1].isalpha()
    if is_cut and not (figure.unit or "$").startswith(text[figure.span.end].lower()):
        return True
    before = _NAME_BEFORE.search(text[: figure.span.begin])
    if _ADDRESS.match(text[figure.span.end :]) or (
        text[: figure.span.begin].rstrip(" ").endswith(("/", ".")) and not _STOP_BEFORE.search(text[: figure.span.begin])
    ):
        return True
    return own.isdigit() and before is not None and before.start(1) > 0 and before[1].lower() not in STOP_WORDS


def is_part(text: str, figure: Figure) -> bool:
    """Say whether a figure is said to be some of a larger number, or one that is compared with."""
    return _PART_BEFORE.search(text[: figure.span.begin]) is not None or _PART_AFTER.match(text[figure.span.end :]) is not None


def given_for_each(text: str, figure: Figure) -> str:
    """Return what a figure is given for each of ("share", "square meter"), or nothing."""
    match = _SHARE_OF.match(text[figure.span.end :])
    return "" if match is None else " ".join(stems_of(match[1] or match[2]))


def ways_of(clause: str) -> frozenset[bool]:
    """Return whether a clause says that something went up (True) or down."""
    return frozenset(match["up"] is not None for match in _WAY.finditer(clause))


def measures_of_many(text: str) -> frozenset[str]:
    """Return the words that make one number of many: "average", "combined", "each"."""
    return frozenset(match.group().lower() for match in _REDUCED.finditer(text))


def names_class(text: str, figure: Figure, other: Figure) -> bool:
    """Say whether what two figures count together (dead, injured) is named close to this one."""
    shared = figure.classes & other.classes
    begin, end = max(0, figure.span.begin - _NEAR), figure.span.end
    right = _FAR.split(text[end : end + _AROUND], maxsplit=1)[0]
    left = _FAR.split(text[begin : figure.span.begin])[-1]
    return not shared or bool(shared & classes_of(f"{left} {text[figure.span.begin : end]} {right}"))
