"""Quantities: what is counted or measured, how many, and whether that is a bound.

Read are digits and words, scale words, currencies, percentages and ranges; a range gives two quantities, its lower and its upper
bound.  Dates, years, clock times, ordinals, ages, model and road numbers are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from graphkit.extraction.attribution.view import View
from graphkit.model import Comparator, Quantity, Span

_UNITS = {word: n for n, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)}  # fmt: skip
_TENS = {word: 10 * n for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
_SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "lakhs": 10**5,
    "crore": 10**7, "crores": 10**7, "dozen": 12, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "k": 1_000, "tn": 10**12,
    "mln": 10**6, "bln": 10**9,
}  # fmt: skip
_CURRENCIES = {
    "$": "US dollars", "us$": "US dollars", "£": "pounds", "€": "euros", "¥": "yen", "₹": "rupees", "rs": "rupees", "rs.": "rupees", "₽": "roubles",
    "₴": "hryvnias", "₩": "won", "₪": "shekels", "₺": "liras", "₦": "nairas", "a$": "Australian dollars", "c$": "Canadian dollars",
    "hk$": "Hong Kong dollars", "s$": "Singapore dollars", "nz$": "New Zealand dollars", "au$": "Australian dollars", "r$": "reais",
}  # fmt: skip
_WORD = "|".join([*_UNITS, *_TENS])
_SCALE = "hundred|thousand|million|billion|trillion|lakhs?|crores?|dozen"
_NUMBER = re.compile(
    rf"""
    (?P<currency>(?:US|A|AU|C|HK|S|NZ|R)?\$|[£€¥₹₽₴₩₪₺₦]|\bRs\.?)?\s?
    (?:(?<![\w.,/:-])|(?<=[$£€¥₹₽₴₩₪₺₦(~.]))
    (?:
      (?P<digits>\d{{1,3}}(?:,\d{{2,3}}){{1,5}}(?:\.\d{{1,6}})?|\d{{1,15}}(?:\.\d{{1,6}})?)
      (?:\s?(?P<short>mln|bln|mn|bn|tn|[mbk])\b)?
      (?:[\s-](?P<scale>{_SCALE})\b)?
    |
      (?P<words>\b(?:(?:a|half\sa|a\sfew|several)\s(?={_SCALE}\b)|(?:{_WORD})\b)(?:[\s-](?:and\s(?={_WORD}))?(?:{_WORD}|{_SCALE})\b){{0,8}}
        |\ba(?=\s(?:{_SCALE})\b)(?:\s(?:{_SCALE})\b){{1,2}})
    )
    (?P<percent>\s?%|[\s-]per\s?cent(?:age\spoints?)?\b|\spercentage\spoints?\b|\spct\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s(?:\d{{1,2}}(?:\s?[-–]\s?|,?\s))?$", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"\s?(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:\s|$|[.,;])", re.IGNORECASE)
_NOT_AFTER = re.compile(
    r"(?:st|nd|rd|th)\b|\s?(?:[ap]\.?m\b|o['’]clock|GMT\b|BST\b)|:\d|[-‑]year[-‑]olds?\b|\s?years?[\s-]old\b|s\b|['’]s\b|[-‑][A-Za-z]?\d*[A-Z]|/\d|\.\d|-\d{3}",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(
    r"(?:\b(?:no|nos|number|article|section|chapter|page|part|route|highway|flight|channel|room|apartment|building|unit|phase|version|grade|class|area|zone|"
    r"district|ward|world war|title|proposition|resolution|operation|formula|boeing|airbus|type|mark|level|day|group|platform|gate|season|episode|week|act|bill|act of|"
    r"aged|age|turned|#)\.?\s?|#|[A-Z]{1,4}[-‑/]?|[A-Za-z]\d{0,3}[-‑/])$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d$")
_RANGE = re.compile(r"^\s?(?:-|–|to|and)\s?$", re.IGNORECASE)
_QUALIFIERS: tuple[tuple[str, Comparator], ...] = (
    ("no fewer than", "atLeast"), ("no less than", "atLeast"), ("not less than", "atLeast"), ("no more than", "atMost"), ("not more than", "atMost"),
    ("at least", "atLeast"), ("a minimum of", "atLeast"), ("minimum of", "atLeast"), ("at most", "atMost"), ("as many as", "atMost"), ("as much as", "atMost"),
    ("up to", "atMost"), ("a maximum of", "atMost"), ("maximum of", "atMost"), ("more than", "moreThan"), ("greater than", "moreThan"),
    ("higher than", "moreThan"), ("in excess of", "moreThan"), ("upwards of", "moreThan"), ("well over", "moreThan"), ("just over", "moreThan"), ("over", "moreThan"), ("above", "moreThan"),
    ("exceeding", "moreThan"), ("exceeds", "moreThan"), ("exceeded", "moreThan"), ("fewer than", "lessThan"), ("less than", "lessThan"), ("lower than", "lessThan"),
    ("just under", "lessThan"), ("under", "lessThan"), ("below", "lessThan"), ("an estimated", "approximately"), ("estimated", "approximately"), ("approximately", "approximately"),
    ("about", "approximately"), ("around", "approximately"), ("roughly", "approximately"), ("nearly", "approximately"), ("almost", "approximately"),
    ("some", "approximately"), ("close to", "approximately"), ("circa", "approximately"), ("approx", "approximately"), ("approx.", "approximately"), ("~", "approximately"),
    ("exactly", "exactly"), ("precisely", "exactly"),
)  # fmt: skip
_BEFORE = re.compile(
    r"(?:(?<=\W)|^)(?P<words>"
    + "|".join(re.escape(words).replace(r"\ ", r"\s") for words, _ in _QUALIFIERS)
    + r")\s?(?:(?:a|the|another)\s)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:(?P<more>\+|(?:[\s-]plus\b)|or\smore\b|or\sso\b|or\s(?:less|fewer)\b|at\sleast\b|at\smost\b))", re.IGNORECASE
)
_AFTER_COMPARATORS: dict[str, Comparator] = {
    "+": "atLeast", "plus": "atLeast", "or more": "atLeast", "or so": "approximately", "or less": "atMost", "or fewer": "atMost",
    "at least": "atLeast", "at most": "atMost",
}  # fmt: skip
_COMPARATORS = {words: comparator for words, comparator in _QUALIFIERS}
_NONE_OF = re.compile(
    r"\b(?P<no>no)\s(?P<unit>(?:[a-z-]+\s){0,2}?(?:casualties|deaths|injuries|fatalities|victims|survivors|arrests|losses|civilian casualties|people|cases|suspects|tsunami|injured))\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\b(?:the|these|those|their|his|her|its|our|all|both|other|first|last|next|past|previous|any|every|this|that|no|each|which|day)\s$",
    re.IGNORECASE,
)
_ONE_OUT = re.compile(
    r"\s(?:of|another|day|thing|way|who|that|time|side|hand|point|more|and|or|by|in|is|to|can|has|was|such)\b|[^\w\s]|$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    begin: int
    end: int
    value: Decimal
    unit: str | None
    comparator: Comparator
    full_begin: int
    full_end: int


def find_quantities(text: str, view: View) -> list[Quantity]:
    """Return the quantities of one paragraph, in text order; spans include the qualifier ("over 10,000")."""
    begin, end = view.tokens[0].begin, view.tokens[-1].end
    numbers = list(_numbers(text, begin, end, view))
    found = [Quantity(Span(n.full_begin, n.full_end), n.value, n.comparator, n.unit) for n in _paired(text, numbers)]
    found += [
        Quantity(Span(*match.span("no")), Decimal(0), "exactly", match["unit"]) for match in _NONE_OF.finditer(text, begin, end)
    ]
    return sorted(found, key=lambda quantity: quantity.span)


def _numbers(text: str, begin: int, end: int, view: View) -> Iterator[_Number]:
    for match in _NUMBER.finditer(text, begin, end):
        group = "digits" if match["digits"] else "words"
        if not match[group]:
            continue
        first = match.start("currency") if match["currency"] else match.start(group)
        last = match.end()
        if not _is_quantity(text, match, group, first, last, begin, end):
            continue
        value = _value(match)
        comparator, full_begin, full_end = _comparator(text, first, last, begin, end)
        unit = _unit(text, match, full_end, view)
        yield _Number(first, last, value, unit, comparator, full_begin, full_end)


def _is_quantity(text: str, match: re.Match[str], group: str, first: int, last: int, begin: int, end: int) -> bool:
    if match["currency"] or match["percent"]:
        return True
    before = text[max(begin, first - 40) : first]
    after = text[last : min(end, last + 24)]
    if group == "words":
        return _is_counted(match["words"].lower(), before, after)
    digits = match["digits"]
    if before[-1:].isalnum() or before[-1:] in "_@/#" or after[:1] == "_":
        return False
    if match["short"] or match["scale"]:
        return True
    if _NOT_AFTER.match(after) or _NAME_BEFORE.search(before) or _DATE_BEFORE.search(before) or _DATE_AFTER.match(after):
        return False
    if _YEAR.match(digits) and not re.match(r"\s[a-z]", after):
        return False
    if _YEAR.match(digits) and re.search(
        r"\b(?:in|since|by|until|of|from|during|before|after|early|late|mid|the|to|and)\s$", before, re.IGNORECASE
    ):
        return False
    return not _is_apposition_age(digits, before, after)


def _is_apposition_age(digits: str, before: str, after: str) -> bool:
    """Tell "John Doe, 45, said" from a count."""
    return (
        digits.isdigit()
        and int(digits) < 120
        and before.endswith(", ")
        and re.search(r"[A-Z][\w’'-]+,\s$", before) is not None
        and after[:1] in ",.;"
    )


def _is_counted(words: str, before: str, after: str) -> bool:
    if words in {"one", "a", "zero"}:
        return (
            words == "one"
            and not _DEFINITE.search(before)
            and not _ONE_OUT.match(after)
            and not before.rstrip().endswith(("No", "no"))
        )
    if after.startswith(("th", "-")) and not re.match(
        r"-(?:year|day|week|month|hour|minute|mile|metre|meter|storey|story|member|man|point|page|time|seat|door|foot|inch|bed)",
        after,
    ):
        return after.startswith("-") and bool(re.match(r"-[a-z]", after))
    if re.match(r"[-\s]years?[-\s]old|\s(?:o['’]clock|[ap]\.?m\b)", after) or re.search(r"\b(?:aged|age|turned)\s$", before):
        return False
    small = words in _UNITS
    return not (
        small
        and (
            _DEFINITE.search(before)
            or not re.match(r"[\s-][a-zA-Z]", after)
            or re.match(r"\s(?:and|or|of|to|in|is|are|were|was|have|had)\b", after)
        )
    )


def _value(match: re.Match[str]) -> Decimal:
    if match["digits"]:
        value = Decimal(match["digits"].replace(",", ""))
        for scale in (match["short"], match["scale"]):
            if scale:
                value *= _SCALES[scale.lower()]
        return value
    return _words_value(match["words"].lower())


def _words_value(words: str) -> Decimal:
    """Read number words ("two hundred and five thousand", "half a million", "a dozen")."""
    total = current = Decimal(0)
    half = words.startswith("half a ")
    for word in re.split(r"[\s-]+", words.removeprefix("half ")):
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word in {"a", "an"}:
            current = Decimal(1)
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale in {100, 12}:
                current = (current or 1) * scale
            else:
                total += (current or 1) * scale
                current = Decimal(0)
    value = total + current
    return value / 2 if half else value


def _comparator(text: str, first: int, last: int, begin: int, end: int) -> tuple[Comparator, int, int]:
    window = max(begin, first - 28)
    before = _BEFORE.search(text[window:first])
    if before:
        words = re.sub(r"\s", " ", before["words"].lower())
        return _COMPARATORS[words], window + before.start("words"), last
    after = _AFTER.match(text, last, min(end, last + 14))
    if after:
        words = re.sub(r"[\s-]+", " ", after["more"].lower()).strip()
        return _AFTER_COMPARATORS[words], first, after.end()
    return "exactly", first, last


def _unit(text: str, match: re.Match[str], last: int, view: View) -> str | None:
    if match["percent"]:
        return "percentage points" if "point" in match["percent"].lower() else "percent"
    if match["currency"]:
        return _CURRENCIES.get(match["currency"].lower(), match["currency"])
    return counted_noun(view, last)


_UNIT_TAGS = frozenset({"N", "J", "VN", "VG", "NP", "V"})


def counted_noun(view: View, after: int) -> str | None:
    """Return the noun phrase that begins after offset ``after``: what a number counts."""
    tokens, tags = view.tokens, view.tags
    start = next((i for i, token in enumerate(tokens) if token.begin >= after), len(tokens))
    if start < len(tokens) and tokens[start].text == "-" and tokens[start].begin == after:
        start += 1
    if start + 1 < len(tokens) and tokens[start].lower == "of":
        start += 2 if tags[start + 1] == "D" else 1
    elif start < len(tokens) and tokens[start].lower in {"more", "other", "additional", "further"}:
        start += 1
    end = start
    while end < len(tokens) and (
        tags[end] in {"N", "J", "NP"}
        or (tags[end] in {"VN", "VG"} and end == start and end + 1 < len(tokens) and tags[end + 1] in {"N", "NP"})
    ):
        end += 1
    if start < end < len(tokens) - 1 and tags[end] == "CC" and tokens[end].lower == "and" and tags[end + 1] == "N":
        stop = end + 1
        while stop < len(tokens) and tags[stop] in {"N", "J"}:
            stop += 1
        if tokens[stop - 1].lower.endswith("s") and tokens[end - 1].lower.endswith("s"):
            end = stop
    while start < end - 1 and tags[start] == "NP" and tags[end - 1] == "N":
        start += 1
    return view.words(start, end) if start < end else None


def _paired(text: str, numbers: list[_Number]) -> Iterator[_Number]:
    """Turn "4,000 to 6,000" into a lower and an upper bound; the first takes the second's unit and scale."""
    skip = False
    for number, following in zip_longest(numbers, numbers[1:]):
        if skip:
            skip = False
            continue
        if following is not None and _is_range(text, number, following):
            yield _Number(
                number.begin, number.end, _scaled(number, following), following.unit, "atLeast", number.full_begin, number.end
            )
            yield _Number(
                following.begin, following.end, following.value, following.unit, "atMost", following.begin, following.full_end
            )
            skip = True
        else:
            yield number


def _is_range(text: str, number: _Number, following: _Number) -> bool:
    gap = text[number.end : following.begin]
    if not _RANGE.match(gap) or number.value >= following.value:
        return False
    between = re.search(r"\bbetween\s$", text[max(0, number.begin - 10) : number.begin], re.IGNORECASE)
    return between is not None or "and" not in gap.lower()


def _scaled(number: _Number, following: _Number) -> Decimal:
    """Give "2 to 3 million" its scale on both ends."""
    if number.unit is None and following.value >= 1000 and number.value < 1000 <= following.value / 100:
        for scale in (10**12, 10**9, 10**6, 10**3):
            if following.value % scale == 0 and following.value / scale < 1000:
                return number.value * scale
    return number.value
