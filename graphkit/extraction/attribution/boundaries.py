"""Where a model's spans run too far or stop too early, and where grammar leaves no doubt about it.

* What is said without quotation marks does not run over the end of a paragraph: the part beside the cue is kept.
* ", a figure two engineers put at 900" is somebody else's word on what was said before: the content ends at its comma.
* A content before "…, and Jo Bloggs said that …" belongs to the clause before the conjunction, not to Jo Bloggs.
* "… a conflict that" | "has drawn in many nations": what ends in the word that opens a clause goes on with the clause.
* "believe | up to 40" and "said | at least 12": a qualifier of a number is never parted from it.
* "called on | Jo Bloggs | to resign": who is to do what is demanded belongs to the demand.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.attribution.contents import clause_end, trimmed
from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.stance import cue_kinds_at
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
_BETWEEN = re.compile(
    r"up to|at (?:least|most)|(?:more|less|fewer|no more|no fewer) than|as (?:many|much) as|close to|nearly|almost|about|around|roughly"
    r"|some|over|under"
)
_LONGEST_GAP = 60
_NOMINAL = frozenset({"D", "J", "N", "NP", "POS", "CD", "PO"})
_WORD = re.compile(r"\w+")
_QUOTES = '"“„«'
_REST = re.compile(r"(?:to|least|most|than|many as|much as|few as)\s(?=[\d£$€]|[a-z]+\b)")
_NOT_A_SUBJECT = frozenset({"of", "to", "for", "in", "on", "at", "by", "from", "with"})


def within_bounds(text: str, views: Sequence[View], raws: Iterable[RawAttribution]) -> Iterator[RawAttribution]:
    """Yield the attributions with their spans set right."""
    begins = [view.tokens[0].begin for view in views if view.tokens]
    for raw in raws:
        beside = replace(
            raw,
            sources=tuple(_beside_cue(text, views, begins, raw, source) for source in raw.sources),
            contents=tuple(_beside_cue(text, views, begins, raw, content) for content in raw.contents),
        )
        whole = tuple(_with_clause(views, begins, raw, content) for content in _contents(text, beside))
        yield _with_what_is_between(text, views, begins, _with_qualifier(text, replace(beside, contents=whole)))


def _beside_cue(text: str, views: Sequence[View], begins: Sequence[int], raw: RawAttribution, span: Span) -> Span:
    """Cut a span that runs over several paragraphs down to its part in that of the cue, where it has one and is no quotation."""
    first, last = bisect_right(begins, span.begin), bisect_right(begins, span.end - 1)
    if first == last or not raw.cues or _is_quoted(span.of(text)):
        return span
    place = bisect_right(begins, raw.cues[0].begin)
    tokens = views[place - 1].tokens_in(span) if first <= place <= last and place else None
    if tokens is None or not any(views[place - 1].tokens[i].text[0].isalpha() for i in range(*tokens)):
        return span
    return views[place - 1].span(tokens)


def _is_quoted(words: str) -> bool:
    return words[0] in "'‘" or "''" in words or any(mark in words for mark in _QUOTES)


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


def _with_what_is_between(text: str, views: Sequence[View], begins: Sequence[int], raw: RawAttribution) -> RawAttribution:
    """Take in what a cue and its content left between them: a qualifier ("said | up to | 40"), or who is to do what is demanded."""
    if not raw.cues or not raw.contents or not raw.cues[-1].end < raw.contents[0].begin:
        return raw
    cue, content = raw.cues[-1], raw.contents[0]
    gap = text[cue.end : content.begin]
    place = bisect_right(begins, content.begin) - 1
    if len(gap) > _LONGEST_GAP or place < 0 or "\n" in gap:
        return raw
    tokens = views[place].tokens_in(Span(cue.end, content.begin))
    is_one_asked = (
        tokens is not None
        and all(views[place].tags[i] in _NOMINAL for i in range(*tokens))
        and "push" in cue_kinds_at(views[place], cue)
        and text.startswith("to ", content.begin)
    )
    if not is_one_asked and not _BETWEEN.fullmatch(gap.strip()):
        return raw
    begin = cue.end + len(gap) - len(gap.lstrip())
    return replace(raw, contents=(Span(begin, content.end), *raw.contents[1:]))
