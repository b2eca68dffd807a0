"""Numbers as written: digits with separators, words, scale words, currencies, percentages; and their values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: number for number, word in enumerate(_ONES.split())}
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "lakhs": 10**5,
    "crore": 10**7, "crores": 10**7, "dozen": 12, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "k": 1_000, "tn": 10**12,
    "mln": 10**6, "bln": 10**9, "t": 10**12,
}  # fmt: skip
_CURRENCIES = {
    "$": "US dollars", "us$": "US dollars", "£": "pounds", "€": "euros", "¥": "yen", "₹": "rupees", "rs": "rupees", "₽": "roubles",
    "₴": "hryvnias", "₩": "won", "₪": "shekels", "₺": "liras", "₦": "nairas", "a$": "Australian dollars", "c$": "Canadian dollars",
    "hk$": "Hong Kong dollars", "s$": "Singapore dollars", "nz$": "New Zealand dollars", "au$": "Australian dollars", "r$": "reais",
    "ca$": "Canadian dollars", "r": "rand",
}  # fmt: skip
_SIGNS = "$£€¥₹₽₴₩₪₺₦"
_WORD = "|".join([*UNITS, *TENS])
_SCALE = "hundred|thousand|million|billion|trillion|lakhs?|crores?|dozen"
_NUMERAL = re.compile(
    rf"""
    (?P<currency>(?-i:US|AU|CA|HK|NZ|[ACSR])?\$|[{_SIGNS[1:]}]|\b(?-i:Rs)\.?|\b(?-i:R)(?=\d+(?:\.\d+)?\s?(?:[mb]n?|[mbt]r?illion)\b))?\s?
    (?:
      (?:(?<![\w.,/:\-–‑])|(?<=[{_SIGNS}(~≈])|(?<=[^\w]\.)|(?<=\b(?-i:R))(?=\d+(?:\.\d+)?\s?(?:[mb]n?|[mbt]r?illion)\b)|(?<=\d[-–]))
      (?P<digits>\d{{1,3}}(?:,\d{{2,3}}){{1,5}}(?:\.\d{{1,6}})?|\d{{1,15}}(?:\.\d{{1,6}})?)(?!\d)
      (?:\s?(?P<short>mln|bln|mn|bn|tn|[mbkt])\b(?!['’]))?
      (?:[\s-]?(?P<scale>{_SCALE})\b(?:\s(?P<second>lakhs?|crores?|million|billion|trillion)\b)?)?
    |
      (?<![\w-])(?P<words>
        (?:half\sa|an?|another)\s(?:{_SCALE})\b(?:\s(?:{_SCALE})\b)?
        |(?:{_WORD})\b(?:[\s-](?:and\s)?(?:{_WORD}|{_SCALE})\b){{0,8}}
      )
    )
    (?P<percent>\s?%|[\s-]per\s?cent(?:age\spoints?)?\b|\spercentage\spoints?\b|\spct\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number as written: its place with currency and percent sign, its value, and what the writing itself tells of the unit."""

    begin: int
    end: int
    value: Decimal
    digits: str | None
    words: str | None
    unit: str | None
    has_scale: bool


def find_numerals(text: str, begin: int, end: int) -> Iterator[Numeral]:
    """Yield the numbers written in ``text[begin:end]``; whether each counts something is not asked here."""
    for match in _NUMERAL.finditer(text, begin, end):
        digits, words = match["digits"], match["words"]
        group = "digits" if digits else "words"
        first = match.start("currency") if match["currency"] else match.start(group)
        short = match["short"]
        if short and short.isupper() and not match["currency"]:
            continue  # "221B Baker Street"
        yield Numeral(
            first, match.end(), _value(match), digits, words and words.lower(), _unit(match), bool(short or match["scale"])
        )


def _unit(match: re.Match[str]) -> str | None:
    if match["percent"]:
        return "percentage points" if "point" in match["percent"].lower() else "percent"
    if match["currency"]:
        return _CURRENCIES.get(match["currency"].lower().rstrip("."), match["currency"])
    return None


def _value(match: re.Match[str]) -> Decimal:
    if not match["digits"]:
        return words_value(match["words"].lower())
    value = Decimal(match["digits"].replace(",", ""))
    for scale in (match["short"], match["scale"], match["second"]):
        if scale:
            value *= _SCALES[scale.lower()]
    return value


def words_value(words: str) -> Decimal:
    """Return the value of number words in lower case ("two hundred and five thousand", "half a million", "a dozen")."""
    total, current = Decimal(0), Decimal(0)
    is_half = words.startswith("half a ")
    for word in re.split(r"[\s-]+", words.removeprefix("half ")):
        if word in UNITS or word in TENS:
            current += UNITS.get(word, 0) + TENS.get(word, 0)
        elif word in {"a", "an", "another"}:
            current = Decimal(1)
        elif word in _SCALES:
            current = (current or Decimal(1)) * _SCALES[word]
            if _SCALES[word] > 100:
                total, current = total + current, Decimal(0)
    value = total + current
    return value / 2 if is_half else value
