"""Where a model's spans run too far or stop too early, and where grammar leaves no doubt about it.

* A speaker is never found in a paragraph below the cue: such an attribution is dropped, and the rules may find the right one.
* ", a figure two engineers put at 900" is somebody else's word on what was said before: the content ends at its comma.
* A content before "…, and Jo Bloggs said that …" belongs to the clause before the conjunction, not to Jo Bloggs.
* "… a conflict that" | "has drawn in many nations": what ends in the word that opens a clause goes on with the clause.
* "believe | up to 40" and "said | at least 12": a qualifier of a number is never parted from it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.attribution.contents import clause_end, trimmed
from graphkit.extraction.attribution.view import View
from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

_ACCOUNTS = (
    "account|accusation|allegation|assertion|assessment|charge|claim|comment|conclusion|contention|estimate|figure|finding|idea|notion"
    "|number|remark|statement|suggestion|theory|toll|total|version|view"
)
_APPOSED = re.compile(rf"\s?(?:an?|the)\s(?:[a-z]{{2,15}}\s){{0,2}}(?:{_ACCOUNTS})s?\s(?:(?:that|which)\s)?(?=\S)")
_OPENERS = frozenset({"that", "which", "who", "whose", "whom", "where", "because", "whether", "if", "when", "while"})
_SHORTEST_OPEN = 4
"""Tokens of a content that has more to it than the word that opens a clause."""
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
            whole = tuple(_with_clause(views, begins, raw, content) for content in _contents(text, raw))
            yield _with_qualifier(text, replace(raw, contents=whole))


def _speaks_from_below(begins: Sequence[int], raw: RawAttribution) -> bool:
    if not raw.sources or not raw.cues:
        return False
    return bisect_right(begins, raw.sources[0].begin) > bisect_right(begins, raw.cues[-1].begin)


def _contents(text: str, raw: RawAttribution) -> Iterator[Span]:
    said_by = (*raw.sources, *raw.cues)
    speaking = min((span.begin for span in said_by), default=0)
    goes_on = any(content.begin >= speaking for content in raw.contents)
    read: int | None = None
    for content in raw.contents:
        if goes_on and content.end <= speaking and _JOINED.match(text, content.end, speaking):
            continue
        begin = content.begin
        # what stands between two pieces is looked at too, but not who speaks there: "said Jo Bloggs, a figure many dislike"
        if read is not None and begin - read <= _LONGEST_APPOSITION and not any(read <= span.begin < begin for span in said_by):
            begin = read
        end = _apposed(text, Span(begin, content.end))
        if end is None:
            yield content
            read = content.end
            continue
        if end > content.begin:
            yield Span(content.begin, end)
        return


def _with_clause(views: Sequence[View], begins: Sequence[int], raw: RawAttribution, content: Span) -> Span:
    """Take in the clause that the last word of a content opens, up to the next words that the attribution has already."""
    place = bisect_right(begins, content.end - 1) - 1
    view = views[place] if place >= 0 else None
    tokens = view.tokens_in(content) if view is not None else None
    if view is None or tokens is None or view.word(tokens[1] - 1) not in _OPENERS or tokens[1] - tokens[0] < _SHORTEST_OPEN:
        return content
    last = view.sentence_of(tokens[1] - 1)[1]
    ahead = (span.begin for span in raw.spans() if span.begin >= content.end)
    stop = next((i for begin in sorted(ahead) for i in range(tokens[1], last) if view.tokens[i].begin >= begin), last)
    end = clause_end(view, tokens[1] - 1, stop)
    found = trimmed(view, tokens[1] - 1, end)
    return Span(content.begin, view.tokens[found[0][1] - 1].end) if found else content


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
