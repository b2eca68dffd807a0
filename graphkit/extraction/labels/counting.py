"""Whether a number counts or measures something: dates, years, clock times, ages, scores and parts of names do not."""

import re
from decimal import Decimal

from graphkit.extraction.labels.numerals import UNITS, Numeral
from graphkit.extraction.labels.units import number_words

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s(?:\d{{1,2}}(?:\s?[-–]\s?|,?\s(?:(?:and|to|or|through)\s)?))?$", re.IGNORECASE)
_DATE_AFTER = re.compile(
    rf"\s?(?:st|nd|rd|th)?(?:(?:\s?[-–]\s?|\s(?:to|and|or)\s)\d{{1,2}}(?:st|nd|rd|th)?)?\s(?:of\s)?{_MONTH}(?:\s|$|[.,;])",
    re.IGNORECASE,
)
_LAST_DAY = 31
_NOT_AFTER = re.compile(
    r"(?i:(?:st|nd|rd|th)\b|\s?(?:[ap]\.?\s?m\b|o['’]clock|(?:GMT|BST|UTC|CET|CEST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|IST|hrs|hours\s(?:local|on|yesterday))\b)|[-‑]years?[-‑]olds?\b|\s?years?[\s-]old\b)"
    r"|:\d|s\b|['’]s\b|[-‑](?=[A-Z])|/\d|\.\d|\sblock\sof\b"
    r"|\s(?:[A-Z][a-z]+\s){1,3}(?i:street|road|avenue|lane|drive|boulevard|square)\b"
)
_EMERGENCY = re.compile(r"\s(?:call|dispatch|operator|emergency|hotline|tape)")
"""Behind a number to dial: "a *911* call"."""
_DIALLED = frozenset({"911", "999", "112", "000", "111", "101"})
_WORD_BEFORE = re.compile(r"([A-Za-z#]+)\.?[\s-]?$")
_NAME_GLUED = re.compile(r"(?:[A-Za-z]\d{0,3}|[A-Z]{1,4})[-‑/]?$|#$")
_GROUP_NAME = re.compile(r"\bGroup\sof\s$")
_TIE_BREAK = re.compile(r"\d[-–]\d{1,2}\s\($")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d$")
_YEAR_RANGE = re.compile(r"\s?[-–/]\s?(?:\d\d|\d{4})\b")
_FOLLOWING = re.compile(r"\s([a-z]+)(?:[\s-]([a-z]+))?")
_QUALIFIED = re.compile(
    r"\b(?:some|(?:more|fewer|less)\sthan|at\sleast|up\sto|nearly|almost|as\smany\sas|only|over|another)\s$", re.IGNORECASE
)
_APPOSED_AGE = re.compile(r"[A-Z][\w’'-]+(?:,\s|\s\()$")
_NOUN_BEFORE = re.compile(r"[a-z],\s$")
_PERSON_WAS = re.compile(r"\b(?:[Hh]e|[Ss]he|who|I)(?:\s(?:was|is|turned)|['’]m)\s$")
_AGE_BEFORE = re.compile(
    r"\b(?:ages?\sof(?:\s\d{1,2}\s(?:and|to|or))?|(?:aged|ages)(?:\sbetween)?(?:\s\d{1,2}\s?(?:-|–|and|to|or))?)\s?$",
    re.IGNORECASE,
)
_AGE_LIMIT_BEFORE = re.compile(
    r"\b(?:(?:anyone|people|those|adults|children|men|women|boys|girls|everyone|drivers|pensioners)\s(?:aged\s)?(?:over|under|above|below)"
    r"|(?:died|dies|death|retired|retires|jailed|married)\sat)\s$",
    re.IGNORECASE,
)
_AGE_LIMIT_AFTER = re.compile(
    r"[.,;)]|$|\s(?:and|or|to|who|are|were|is|was|has|have|had|will|would|with|can|could|must|may|should|in|on|at|from|after|when|as|but|by|get)\b"
)
"""Behind an age that nothing calls so: "people over *65* get", "died at *45*."."""
_OLDEST = 120
_MEASURE_COMPOUND = re.compile(r"[-‑]([a-z]+)\b(?![-‑\s]old)")
"""A measure or a count behind a number in words: "a *six-year* term", "a *three-member* panel"."""
_SYMBOLS = {"C": "degrees Celsius", "F": "degrees Fahrenheit", "m": "metres", "g": "grams", "l": "litres", "p": "pence"}
_PART_AFTER = re.compile(r"\sof\s(?:the|these|those|its|his|her|their|our|them|us|whom|which)\b")
_TIME_AFTER = re.compile(r"\s(?:second|minute|hour|day|week|month|year|decade)s\b")
_SMALL_FOLLOW = re.compile(r"\s(?:and|of|in|by|years?[\s-]old)\b|[-‑]|[^\s]|$|\s(?:o['’]clock|[ap]\.?\s?m\b)", re.IGNORECASE)
_SMALL = "|".join(UNITS)
_RANGE_FOLLOW = re.compile(rf"[\s-](?:to|or)[\s-](?P<word>{_SMALL})\b", re.IGNORECASE)
_RATIO_AFTER = re.compile(
    rf"\sin\s(?:every\s)?(?P<whole>\d{{1,5}}|{_SMALL}|twenty|fifty|a\s(?:hundred|thousand|million))\s(?![a-z]*(?:days?|weeks?|months?|years?|hours?|minutes?|games|matches|seasons)\b)[a-z]",
    re.IGNORECASE,
)
"""What makes a number a share: "*nine* in 10 voters"."""
_RATIO_BEFORE = re.compile(rf"(?P<part>\b\d{{1,3}}|\b(?:{_SMALL}))\sin\s(?:every\s)?$", re.IGNORECASE)
_WHOLES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10000})
_HARM_BEFORE = re.compile(
    r"\b(?:kill|injur|wound|hurt|arrest|detain|rescu|evacuat|employ|displac|hospitali[sz])(?:s|es|ed|ing)?\s"
    r"(?:(?:at\sleast|up\sto|(?:more|fewer|less)\sthan|about|around|over|nearly|almost|some|another|a\sfurther|as\smany\sas|an\sestimated)\s)?$",
    re.IGNORECASE,
)
"""Before a number of people that nothing names: "killing *six*"."""
_ONE_FOLLOW = re.compile(
    r"\s(?:of|another|day|thing|way|who|that|time|side|hand|point|more|and|or|by|in|is|to|can|has|was|such|month|year|week|on|for|after|at|from|with|near|inside|outside|behind|under|over|against|between|during|since|as|about|which|where|close)\b|[^\w\s]|$",
    re.IGNORECASE,
)
_ONE_TIME = re.compile(r"\s(?:minute|hour|week|month|year)\b")
_MEASURING = frozenset(
    {"for", "within", "than", "least", "about", "nearly", "almost", "only", "just", "around", "approximately"}
)
_ONE_HURT = re.compile(r"\s(?:(?:was|has|had)\s(?:been\s)?)?([a-z]+)\b")


def counts(numeral: Numeral, before: str, after: str) -> bool:
    """Say whether a numeral counts or measures something, given some text before and after it."""
    if numeral.unit is not None:
        return True
    if _is_share(numeral, before, after):
        return False
    if numeral.words is not None:
        return numeral.value < 0 or _words_count(numeral, before, after)
    if (
        _NAME_GLUED.search(before)
        or _TIE_BREAK.search(before)
        or _GROUP_NAME.search(before)
        or before[-1:] in {"_", "@", "/"}
        or after[:1] == "_"
        or _is_part_of_name(before)
    ):
        return False
    if numeral.has_scale:
        return True
    if _NOT_AFTER.match(after) or _is_date(numeral.value, before, after) or (after[:1].isalpha() and not glued_unit(after)):
        return False
    if numeral.digits in _DIALLED and _EMERGENCY.match(after):
        return False
    return not _is_year(numeral.digits or "", before, after) and not _is_age(numeral.value, before, after)


def glued_unit(after: str) -> str | None:
    """Return the unit that stands right behind the number ("120km", "six-year", "20p")."""
    compound = _MEASURE_COMPOUND.match(after)
    if compound is not None:
        word = compound[1]
        return word if word.removesuffix("s") in number_words("compound") else None
    match = re.match(r"\s?°\s?[CF]\b|[A-Za-z°/]{1,4}\b", after)
    if match is None:
        return None
    symbol = match.group()
    return _SYMBOLS.get(re.sub(r"[\s°]", "", symbol)) or (symbol if symbol.lower() in number_words("measure") else None)


def is_of_people(before: str) -> bool:
    """Say whether what stands before a bare number is done to people, or people do it: "killing at least *four*"."""
    return _HARM_BEFORE.search(before) is not None


def is_small_word(numeral: Numeral) -> bool:
    """Say whether a numeral is a word up to nineteen, which counts only where something is counted."""
    return numeral.words in UNITS and numeral.value >= 0 and numeral.unit is None


def opens_range(numeral: Numeral, after: str) -> bool:
    """Say whether a number in words is the lower end of a range ("*two* or three days")."""
    ahead = _RANGE_FOLLOW.match(after)
    return ahead is not None and UNITS[ahead["word"].lower()] > numeral.value


def _is_share(numeral: Numeral, before: str, after: str) -> bool:
    """Say whether a number is half of "nine in 10 voters", which tells a share and no number of voters."""
    ahead = _RATIO_AFTER.match(after)
    if ahead is not None:
        return numeral.value < _whole(ahead["whole"])
    behind = _RATIO_BEFORE.search(before)
    return behind is not None and numeral.value in _WHOLES and _whole(behind["part"]) < numeral.value


def _whole(word: str) -> Decimal:
    lower = word.lower()
    return Decimal(lower) if lower.isdigit() else Decimal(UNITS.get(lower, 1000))


def _is_date(value: Decimal, before: str, after: str) -> bool:
    is_day = 0 < value <= _LAST_DAY
    return (_DATE_BEFORE.search(before) is not None and (is_day or _YEAR.match(str(value)) is not None)) or (
        is_day and _DATE_AFTER.match(after) is not None
    )


def _is_part_of_name(before: str) -> bool:
    match = _WORD_BEFORE.search(before)
    word = match[1] if match else ""
    lower = word.lower()
    if word[:1].isupper() and lower in number_words("named"):
        return True
    return lower in number_words("name_before") or word == "#"


def _is_year(digits: str, before: str, after: str) -> bool:
    """Say whether four digits name a year; before what is often counted ("2000 men"), or behind "some" or "only", they count."""
    if not _YEAR.match(digits):
        return False
    if _YEAR_RANGE.match(after) or before[-1:] in {"-", "–", "/"}:
        return True
    following = _FOLLOWING.match(after)
    if following is None:
        return True
    if following[1] in number_words("measure"):
        return False
    is_counted = any(word in number_words("counted") for word in following.groups())
    if not is_counted:
        return _QUALIFIED.search(before) is None or not (following[1].endswith("s") or (following[2] or "").endswith("s"))
    match = _WORD_BEFORE.search(before)
    return match is not None and match[1].lower() in number_words("year_before")


def _is_age(value: Decimal, before: str, after: str) -> bool:
    """Tell "John Doe, 45, said", "he was 79" and "people over 65" from a count."""
    if not 0 < value < _OLDEST:
        return False
    if _AGE_BEFORE.search(before) or (_AGE_LIMIT_BEFORE.search(before) and _AGE_LIMIT_AFTER.match(after)):
        return True
    if _NOUN_BEFORE.search(before) and re.match(r",\s[A-Za-z]", after):
        return True  # "the teacher, 34, waved"
    is_told = _APPOSED_AGE.search(before) is not None or _PERSON_WAS.search(before) is not None
    return is_told and (
        after[:1] in {",", ".", ";", ")"} or re.match(r"\s(?:when|and\s(?:had|was|lived))\b", after) is not None
    )


def _words_count(numeral: Numeral, before: str, after: str) -> bool:
    words = numeral.words or ""
    match = _WORD_BEFORE.search(before)
    word = match[1].lower() if match else ""
    if word in number_words("age_before") or _AGE_BEFORE.search(before):
        return False
    if glued_unit(after):
        return word not in {"the", "this"} or numeral.value > 1
    is_definite = word in number_words("definite")
    if opens_range(numeral, after) and not is_definite:
        return True
    if words == "one":
        return not is_definite and _one_counts(word, after)
    if words in {"zero", "a", "an"}:
        return words == "zero" and after[:1] == " " and word != "net"
    if re.match(r"[-‑]odd\b", after) or (is_of_people(before) and not after[:1].isalnum() and after[:1] not in {"-", "‑"}):
        return True
    if after[:1] in {"-", "‑"} or re.match(r"\s?years?[\s-]old", after):
        return False
    if _PART_AFTER.match(after):
        return True
    if words in UNITS and word in number_words("sequence") and _TIME_AFTER.match(after):
        return True
    if words in UNITS:
        return not is_definite and not _SMALL_FOLLOW.match(after)
    return True


def _one_counts(word: str, after: str) -> bool:
    """Say whether "one" counts ("one woman", "one was killed", "for one year"), and does not stand for somebody ("one of them")."""
    if _ONE_TIME.match(after) and word in _MEASURING:
        return True
    hurt = _ONE_HURT.match(after)
    if hurt is not None and (hurt[1] in number_words("casualty") or hurt[1] in number_words("died")):
        return True
    return not _ONE_FOLLOW.match(after)
