"""Numbers as written: digits with separators, words, signs, scale words, currencies, percentages; and their values."""

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
_PARTS = {"half": Decimal("0.5"), "½": Decimal("0.5"), "quarter": Decimal("0.25"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
CURRENCY_CODES = {
    "USD": "US dollars", "EUR": "euros", "GBP": "pounds", "INR": "rupees", "PKR": "rupees", "CNY": "yuan", "RMB": "yuan", "JPY": "yen",
    "CHF": "Swiss francs", "AUD": "Australian dollars", "CAD": "Canadian dollars", "NZD": "New Zealand dollars", "HKD": "Hong Kong dollars",
    "SGD": "Singapore dollars", "ZAR": "rand", "NGN": "nairas", "KES": "shillings", "UGX": "shillings", "TZS": "shillings", "GHS": "cedis",
    "RUB": "roubles", "UAH": "hryvnias", "BRL": "reais", "MXN": "pesos", "PHP": "pesos", "SEK": "kronor", "NOK": "kroner", "DKK": "kroner",
    "PLN": "zlotys", "TRY": "liras", "AED": "dirhams", "SAR": "riyals", "KRW": "won", "BDT": "taka", "MYR": "ringgit", "IDR": "rupiah",
}  # fmt: skip
"""Names of currencies by their codes in ISO 4217 (and RMB)."""
_CURRENCIES = {
    "$": "US dollars", "us$": "US dollars", "£": "pounds", "€": "euros", "¥": "yen", "₹": "rupees", "rs": "rupees", "₽": "roubles",
    "₴": "hryvnias", "₩": "won", "₪": "shekels", "₺": "liras", "₦": "nairas", "a$": "Australian dollars", "c$": "Canadian dollars",
    "hk$": "Hong Kong dollars", "s$": "Singapore dollars", "nz$": "New Zealand dollars", "au$": "Australian dollars", "r$": "reais",
    "ca$": "Canadian dollars", "r": "rand", "n": "nairas", "p": "pesos", "₱": "pesos", "₵": "cedis", "฿": "baht", "₫": "dong",
    "sh": "shillings", "shs": "shillings", "ksh": "shillings", "ush": "shillings", "tsh": "shillings", "tk": "taka", "rm": "ringgit",
    "rp": "rupiah",
} | {code.lower(): name for code, name in CURRENCY_CODES.items()}  # fmt: skip
_SIGNS = "$£€¥₹₽₴₩₪₺₦₱₵฿₫"
_CODES = "|".join(CURRENCY_CODES)
_WORD = "|".join([*UNITS, *TENS])
_SCALE = "hundred|thousand|million|billion|trillion|lakhs?|crores?|dozen"
_AMOUNT = r"(?=\d+(?:\.\d+)?\s?(?:[mb]n?|[mbt]r?illion)\b|\d{1,3}[ ,]\d{3}\b)"
"""What follows one letter that stands for a currency ("R4bn", "N20 million", "R250 000")."""
_NUMERAL = re.compile(
    rf"""
    (?P<currency>(?-i:US|AU|CA|HK|NZ|[ACSR])?\$|[{_SIGNS[1:]}]|\b(?-i:Rs|[KUT]?[Ss]hs?|Tk|RM|Rp)\.?(?=\s?\d)|\b(?-i:{_CODES})(?=\s?\d)|\b(?-i:[RNP]){_AMOUNT})?\s?
    (?:
      (?:(?P<minus>(?<!\S)(?<!\d\s)[-−](?=\d)|(?<!plus\sor\s)\b(?:minus|negative)\s)
        |(?<![\w.,/:\-–‑−])|(?<=[(~≈])|(?<=[^\w]\.)|(?<=\d[-–])|(?(currency)|(?!)))
      (?P<digits>\d{{1,3}}(?:,\s000){{1,4}}|\d{{1,3}}(?:[\xa0\u2009\u202f]\d{{3}}){{1,4}}|\d{{1,3}}(?:\s\d{{3}}){{1,4}}(?=\s[a-z%]|%|(?(currency)\b|(?!)))
        |\d{{1,3}}(?:,\d{{2,3}}){{1,5}}(?:\.\d{{1,6}})?|\d{{1,15}}(?:\.\d{{1,6}})?)(?!\d)(?P<sign_part>[½¼¾])?
      (?:\s?(?P<short>mln|bln|mn|bn|tn|[mbkt])\b(?!['’]))?
      (?:[\s-]and[\s-]a[\s-](?P<digit_part>half|quarter)\b)?
      (?:[\s-]?(?P<scale>{_SCALE})\b(?:\s(?P<second>lakhs?|crores?|million|billion|trillion)\b)?)?
    |
      (?P<minus_words>\b(?:minus|negative)\s)?(?:(?<![\w-])|(?<=-to-)|(?<=-or-))(?P<words>
        (?:half[\s-](?:an?\s)?|an?|another)\s?(?<=[\s-])(?:{_SCALE})\b(?:\s(?:{_SCALE})\b)?
        |(?:{_WORD})\b(?:[\s-](?:and\s)?(?:{_WORD}|{_SCALE})\b){{0,8}}
      )
      (?:[\s-]point(?P<decimals>(?:[\s-](?:{_ONES.replace(" ", "|")})\b){{1,4}})
        |[\s-]and[\s-]a[\s-](?P<part>half|quarter)\b(?:\s(?P<last>million|billion|trillion)\b)?)?
    )
    (?P<percent>\s?%|[\s-]per\s?cent(?:age\spoints?)?\b|\spercentage\spoints?\b|\spct\b|(?<=\d)pc\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)

_DIGIT = re.compile(r"\d")
_LETTERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "teen", "twenty", "thirty", "forty",
    "fifty", "hundred", "thousand", "illion", "dozen", "lakh", "crore", "zero",
)  # fmt: skip
"""Of these letters every number word has some."""
_NAME_AHEAD = re.compile(r"\s[A-Z]|[-‑]|\s(?:race|run|resolution|television|screen|display|video)s?\b")


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
    if not _may_count(text[begin:end]):
        return
    for match in _NUMERAL.finditer(text, begin, end):
        digits, words = match["digits"], match["words"]
        group = "digits" if digits else "words"
        first = next(match.start(name) for name in ("currency", "minus", "minus_words", group) if match[name])
        short = match["short"]
        if (
            short
            and short.isupper()
            and not match["currency"]
            and (short not in {"K", "M"} or _NAME_AHEAD.match(text, match.end()))
        ):
            continue  # "221B Baker Street"
        yield Numeral(
            first, match.end(), _value(match), digits, words and words.lower(), _unit(match), bool(short or match["scale"])
        )


def _may_count(sentence: str) -> bool:
    """Say whether a text holds a digit or the letters of a number word at all: most sentences hold none, and this is soon seen."""
    if _DIGIT.search(sentence):
        return True
    lower = sentence.lower()
    return any(letters in lower for letters in _LETTERS)


def _unit(match: re.Match[str]) -> str | None:
    if match["percent"]:
        return "percentage points" if "point" in match["percent"].lower() else "percent"
    if match["currency"]:
        return _CURRENCIES.get(match["currency"].lower().rstrip("."), match["currency"])
    return None


def _value(match: re.Match[str]) -> Decimal:
    if not match["digits"]:
        value = _spoken_value(match)
        return -value if match["minus_words"] else value
    value = Decimal(re.sub(r"[,\s]", "", match["digits"]))
    value += sum(_PARTS[part.lower()] for part in (match["sign_part"], match["digit_part"]) if part)
    for scale in (match["short"], match["scale"], match["second"]):
        if scale:
            value *= _SCALES[scale.lower()]
    return -value if match["minus"] else value


def _spoken_value(match: re.Match[str]) -> Decimal:
    """Return the value of words with what follows them ("six point six", "two and a half", "a million and a half")."""
    words = match["words"].lower()
    value = words_value(words)
    if match["decimals"]:
        places = "".join(str(UNITS[word]) for word in re.split(r"[\s-]+", match["decimals"].lower().strip(" -")))
        return value + Decimal(f"0.{places}")
    if match["part"]:
        last = _SCALES.get(re.split(r"[\s-]", words)[-1], 1)
        value += _PARTS[match["part"].lower()] * last
    return value * _SCALES[match["last"].lower()] if match["last"] else value


def words_value(words: str) -> Decimal:
    """Return the value of number words in lower case ("two hundred and five thousand", "half a million", "a dozen")."""
    total, current = Decimal(0), Decimal(0)
    is_half = words.startswith("half")
    for word in re.split(r"[\s-]+", words.removeprefix("half").strip(" -")):
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
