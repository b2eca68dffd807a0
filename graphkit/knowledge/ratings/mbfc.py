"""Media Bias/Fact Check, as its browser extension carried it: three layouts since 2017."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphkit.errors import UnreadableInput, UsageError
from graphkit.knowledge.ratings.registry import rating_set
from graphkit.knowledge.ratings.rows import Collector, Imported, day_of, json_value, text_of

_HOME = "https://mediabiasfactcheck.com/"
_REPORTING = {"VH": "very-high", "H": "high", "MF": "mostly-factual", "M": "mixed", "L": "low", "VL": "very-low"}
_BIAS = {
    "L": "left",
    "LC": "left-center",
    "C": "center",
    "RC": "right-center",
    "R": "right",
    "PS": "pro-science",
    "CP": "conspiracy-pseudoscience",
    "S": "satire",
    "FN": "fake-news",
    "leftcenter": "left-center",
    "conspiracy": "conspiracy-pseudoscience",
}
_ADDRESS = re.compile(r"https://mediabiasfactcheck\.com/[\w/%.-]{0,200}")


def read_mbfc(data: bytes, *, date: str | None = None, version: str | None = None) -> Imported:
    """Read a file of any layout: a list under ``sources`` (2023 on), or records by domain with long (2017) or short (2020) keys.

    Each outlet gives its factual level (reliability), its credibility and tags (category) and its bias (leaning).

    Args:
        data: The JSON file.
        date: When the set said so, ISO 8601; files of 2023 on carry it.
        version: The version to keep it under, the date if not given.

    Raises:
        UnreadableInput: The bytes are no JSON of one of the layouts.
        UsageError: The file carries no date and none is given.
    """
    value = json_value(data)
    if not isinstance(value, dict):
        raise UnreadableInput(
            "the file is no Media Bias/Fact Check JSON: no object at the top", hint="is it a file of this set?"
        )
    day = day_of(date or text_of(value, "date"))
    if day is None:
        raise UsageError("the file carries no date", hint="say when it was made: --date 2017-12-10")
    found = Collector(rating_set("mbfc"), version or day)
    for number, record in enumerate(_records(value), start=1):
        _read(found, number, record, day)
    return found.imported()


def _records(value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    records = value["sources"] if isinstance(value.get("sources"), list) else value.values()
    for record in records:
        yield record if isinstance(record, dict) else {}


def _read(found: Collector, number: int, record: Mapping[str, Any], day: str) -> None:
    place = found.place(number, text_of(record, "domain") or text_of(record, "d"))
    if place is None:
        return
    url = _address(record)
    reporting = text_of(record, "reporting") or text_of(record, "r")
    if reporting.upper() == "FAKE":
        found.add(number, place, "mbfc-tags", "fake", day, url=url)  # 2017's word for a site, no level of its scale
    elif reporting:
        found.add(number, place, "mbfc-factual", _level(reporting), day, url=url)
    bias = text_of(record, "bias") or text_of(record, "b")
    if bias:
        found.add(number, place, "mbfc-bias", _BIAS.get(bias, bias), day, url=url)
    credibility = text_of(record, "credibility")
    if credibility not in {"", "n/a"}:
        found.add(number, place, "mbfc-credibility", credibility, day, url=url)
    tags = record.get("questionable")
    words = sorted(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else []
    if words:
        found.add(number, place, "mbfc-tags", ", ".join(words), day, url=url)


def _level(reporting: str) -> str:
    return _REPORTING.get(reporting) or reporting.lower().replace(" ", "-")


def _address(record: Mapping[str, Any]) -> str | None:
    url = text_of(record, "url") or (f"{_HOME}{text_of(record, 'u')}/" if text_of(record, "u") else "")
    return url if _ADDRESS.fullmatch(url) else None
