"""Lines of an article: wrapped ones joined, list and heading markers skipped, lists within one line cut."""

import re
from collections.abc import Iterator

_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"#{1,6}\s+")
_MARKER = re.compile(r"(?:[-*•·◦▪‣⁃–](?:\s+|(?=\d))(?:\d{1,3}[.)]\s+)?|\(?(?:\d{1,3}|[a-zA-Z])[.)]{1,2}\s+)")
_INLINE = re.compile(r"(?<=\s)(?:[•⁃]\s?(?:\d{1,3}[.)]\s+)?|\(?(?P<key>\d{1,3}|[a-z])(?P<close>\.\)|[.)])\s+)(?=[A-Z\"“])")
_FIRST_KEYS = {"1": 1, "a": ord("a")}
_PLACE = r"[A-Z][A-Z.’' -]{1,40}[A-Z.](?:, [A-Z][\w. ]{1,30}){0,2}"
_FILED = r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?"
_DASH = r"\s?(?:-{1,2}|[–—])\s+"
_STAMP = re.compile(
    rf"(?:{_PLACE}{_FILED}(?: \([^()\n]{{2,40}}\))?{_DASH}"  # PORT EXAMPLE, Norland, May 3 (Example Wire) —
    rf"|[A-Z][\w.’' -]{{1,40}}{_FILED} \([^()\n]{{2,40}}\){_DASH}"  # Port Example (Example Wire) —
    r"|\d{1,2}:\d{2}\s?(?:[ap]\.?m\.?)?(?: (?:GMT|UTC|BST|CES?T|E[DS]?T|P[DS]?T|local time))?\s?[-–—:|]?\s+)"  # 14:05 GMT
    r"(?=[\"“'‘]?[A-Z0-9])"
)
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}\b")
_SHORTEST_WRAPPED = 20
_SHORTEST_SENTENCE_START = 3
"""Words of a line with a capital at its head that may be the beginning of a wrapped sentence though it is short."""


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that make a paragraph: a line, with the next ones where a narrow column wrapped it."""
    begin = end = -1
    for match in _LINE.finditer(text):
        if begin >= 0 and not _is_wrapped(text, begin, end, match.start()):
            yield begin, end
            begin = -1
        if begin < 0:
            begin = match.start()
        end = match.end()
    if begin >= 0:
        yield begin, end


def _is_wrapped(text: str, begin: int, end: int, following: int) -> bool:
    """Say whether the line that ends at ``end`` goes on at ``following``: one break, no stop before it, lower case after it."""
    if following - end != 1 or not text[following].islower() or _HOST.match(text, following):
        return False
    line = text[max(begin, end - 200) : end].rstrip()
    if line[-1:] in {".", "!", "?", ":", ";", "…"}:
        return False
    return end - begin >= _SHORTEST_WRAPPED or (line[:1].isupper() and len(line.split()) >= _SHORTEST_SENTENCE_START)


def stamp_length(text: str, begin: int, end: int) -> int:
    """Return the length of the dateline or the hour at the head of a paragraph, with the white space behind it; 0 without one."""
    match = _STAMP.match(text, begin, end)
    return match.end() - begin if match and match.end() < end else 0


def find_items(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a line without their markers: one, or the items of a list that is written in one line."""
    start = begin + _marker_length(text, begin, end)
    if start == begin:
        yield begin, end
        return
    expected = _next_key(text[begin:start])
    for marker in _INLINE.finditer(text, start, end):
        key = marker["key"]
        if key is not None and (expected is None or _key_number(key) != expected):
            continue
        if key is None and expected is not None and text[begin:start].strip()[:1].isalnum():
            continue
        yield start, marker.start()
        start = marker.end()
        expected = expected + 1 if key is not None and expected is not None else expected
    yield start, end


def _marker_length(text: str, begin: int, end: int) -> int:
    """Return the length of a list or heading marker at the head of a line, with the white space around it."""
    start = begin
    while start < end and text[start].isspace():
        start += 1
    match = _HEADING.match(text, start, end) or _MARKER.match(text, start, end)
    return match.end() - begin if match and match.end() < end else 0


def _next_key(marker: str) -> int | None:
    """Return the number or letter that must follow the marker of a first item; None where the marker is a mere bullet."""
    key = marker.strip(" \t([-*•·⁃").rstrip(".) \t")
    return _FIRST_KEYS[key] + 1 if key in _FIRST_KEYS else None


def _key_number(key: str) -> int:
    return int(key) if key.isdigit() else ord(key)
