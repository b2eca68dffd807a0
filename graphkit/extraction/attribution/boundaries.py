"""Where a model's spans run too far or stop too early, and where grammar leaves no doubt about it.

* A speaker is never found in a paragraph below the cue: such an attribution is dropped, and the rules may find the right one.
* ", a figure two engineers put at 900" is somebody else's word on what was said before: the content ends at its comma.
* A content before "…, and Jo Bloggs said that …" belongs to the clause before the conjunction, not to Jo Bloggs.
* "believe | up to 40" and "said | at least 12": a qualifier of a number is never parted from it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.attribution.view import View
from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

_ACCOUNTS = (
    "account|accusation|allegation|assertion|assessment|charge|claim|comment|conclusion|contention|estimate|figure|finding|idea|notion"
    "|number|remark|statement|suggestion|theory|toll|total|version|view"
)
_APPOSED = re.compile(rf"\s?(?:an?|the)\s(?:[a-z]{{2,15}}\s){{0,2}}(?:{_ACCOUNTS})s?\s(?:(?:that|which)\s)?(?=\S)")
_LONGEST_APPOSITION = 200
"""Characters between two pieces of a content."""
_JOINED = re.compile(r"[\s,;]*\b(?:and|but|while|whereas|although)\s$")
_QUALIFIER = re.compile(r"\b(up|at|more|less|fewer|close|as)$")
_WORD = re.compile(r"\w+")
_REST = re.compile(r"(?:to|least|most|than|many as|much as|few as)\s(?=[\d£$€]|[a-z]+\b)")
_NOT_A_SUBJECT = frozenset({"of", "to", "for", "in", "on", "at", "by", "from", "with"})


def within_bounds(text: str, views: Sequence[View], raws: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """Yield the attributions with their spans set right; those whose speaker stands in a later paragraph are left out."""
    begins = [view.tokens[0].begin for view in views if view.tokens]
    for raw in raws:
        if not _speaks_from_below(begins, raw):
            yield _with_qualifier(text, replace(raw, contents=tuple(_contents(text, raw))))


def _speaks_from_below(begins: Sequence[int], raw: RawAttribution) -> bool:
    if not raw.sources or not raw.cues:
        return False
    return bisect_right(begins, raw.sources[0].begin) > bisect_right(begins, raw.cues[-1].begin)


def _contents(text: str, raw: RawAttribution) -> Iterator[Span]:
    speaking = min((span.begin for span in (*raw.sources, *raw.cues)), default=0)
    goes_on = any(content.begin >= speaking for content in raw.contents)
    read = 0
    for content in raw.contents:
        if goes_on and content.end <= speaking and _JOINED.match(text, content.end, speaking):
            continue
        end = _apposed(text, Span(read if 0 < content.begin - read <= _LONGEST_APPOSITION else content.begin, content.end))
        if end is None:
            yield content
            read = content.end
            continue
        if end > content.begin:
            yield Span(content.begin, end)
        return


def _apposed(text: str, stretch: Span) -> int | None:
    """Return where ", a figure two engineers put …" begins in a stretch of text, quotation marks not looked into."""
    for match in _APPOSED.finditer(text, stretch.begin, stretch.end):
        head = text[stretch.begin : match.start()]
        follows = _WORD.match(text, match.end(), stretch.end)
        is_quoted = head.count('"') % 2 == 1 or head.count("“") > head.count("”")
        is_apposed = text[max(0, match.start() - 2) : match.start() + 1].rstrip().endswith(",")
        if is_apposed and not is_quoted and follows is not None and follows[0].lower() not in _NOT_A_SUBJECT:
            return stretch.begin + len(head.rstrip(" ,"))
    return None


def _with_qualifier(text: str, raw: RawAttribution) -> RawAttribution:
    """Give "up" back to "to 40 jobs"."""
    if not raw.cues or not raw.contents:
        return raw
    cue, content = raw.cues[-1], raw.contents[0]
    parted = _QUALIFIER.search(text, cue.begin, cue.end)
    if parted is None or text[cue.end : content.begin].strip() or not _REST.match(text, content.begin):
        return raw
    rest = text[cue.begin : parted.start()].rstrip()
    if not rest:
        return raw
    return replace(
        raw,
        cues=(*raw.cues[:-1], Span(cue.begin, cue.begin + len(rest))),
        contents=(Span(parted.start(), content.end), *raw.contents[1:]),
    )
