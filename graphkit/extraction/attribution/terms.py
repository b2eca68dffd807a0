"""On what terms a source speaks: "who spoke on condition of anonymity" is told of the source and is nothing that it says.

An attribution made of such words is dropped, and they are cut from the end of a content that runs on into them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

_UNNAMED = (
    r"(?:(?:spoke|speaking|talked|talking|interviewed|quoted|insisted|insisting|agreed\sto\s\w+|asked|asking|requested|requesting|"
    r"(?:was|were)\sgranted|granted)\b[^,.;:\n“”\"]{0,50}?\b(?:anonymity|anonymously)"
    r"|(?:asked|asking|requested|requesting|preferred|insisted)\s(?:that\s(?:he|she|they)\s)?not\s(?:to\s)?be\s(?:named|identified|quoted)"
    r"|(?:asked|asking)\sto\sbe\s(?:identified|named)\sonly"
    r"|(?:declined|declining|refused|(?:did|does|do)(?:\snot|n['’]t)\s(?:want|wish))\sto\sbe\s(?:named|identified|quoted)"
    r"|(?:was|were|is|are)(?:\snot|n['’]t)\sauthori[sz]ed\sto\s(?:speak|talk|comment|discuss|brief))"
)
_REST = r")\b[^,.;:\n“”\"]{0,160}"
_LEAD = (
    r"(?:,\s?)?(?:\b(?:who|both\sof\swhom|all\sof\swhom|(?:because|as|since)\s(?:he|she|they))\s(?:(?:also|all|both|has|have|had)\s)?"
    r"|(?<=,\s)(?=speaking|talking|asking|requesting|declining|insisting))"
)
_PLAIN_TERMS = re.compile("(?P<core>" + _UNNAMED + _REST)
_LED_TERMS = re.compile("(?P<core>" + _LEAD + _UNNAMED + _REST)
_BARE_TERMS = re.compile(r"(?:on\s)?(?:the\s)?condition\sof\s(?:\w+\s)?anonymity" + _REST.removeprefix(")"))
_EDGES = " ,;:-–—\n"


def is_terms(text: str, span: Span) -> bool:
    """Say whether a stretch of text only tells on what terms a source speaks."""
    begin = span.begin
    found = _LED_TERMS.match(text, max(0, begin - 2) if text[max(0, begin - 2) : begin] == ", " else begin)
    found = found or _LED_TERMS.match(text, begin) or _BARE_TERMS.match(text, begin)
    return found is not None and found.end() >= span.end


def without_terms(text: str, raws: Sequence[RawAttribution]) -> tuple[RawAttribution, ...]:
    """Return the attributions without those that only tell on what terms a source speaks, and contents without such words."""
    plain = [Span(*match.span("core")) for match in _PLAIN_TERMS.finditer(text)]
    if not plain:
        return tuple(raws)
    led = list(_LED_TERMS.finditer(text))
    kept = (raw for raw in raws if not _is_made_of(text, raw, plain))
    return tuple(whole for raw in kept if (whole := _cut(text, raw, led)) is not None)


def _is_made_of(text: str, raw: RawAttribution, cores: Sequence[Span]) -> bool:
    """Say whether the cue is a word of the terms themselves ("who *asked* not to be named"), and what it brings too."""
    if not raw.cues:
        return False
    place = bisect_right(cores, raw.cues[0].begin, key=lambda s: s.begin) - 1
    if place < 0 or not cores[place].covers(raw.cues[0]):
        return False
    if raw.sources and raw.sources[0].of(text) in {"who", "whom"}:
        return True
    return all(cores[place].begin <= content.begin < cores[place].end for content in raw.contents)


def _cut(text: str, raw: RawAttribution, stretches: Sequence[re.Match[str]]) -> RawAttribution | None:
    """Cut the terms off the ends of the contents; None where nothing is left of them."""
    contents = tuple(rest for content in raw.contents if (rest := _without_tail(text, content, stretches)) is not None)
    if contents == raw.contents:
        return raw
    return replace(raw, contents=contents) if contents else None


def _without_tail(text: str, content: Span, stretches: Sequence[re.Match[str]]) -> Span | None:
    place = bisect_left(stretches, content.end, key=lambda match: match.start()) - 1
    if place < 0 or stretches[place].end() < content.end or stretches[place].end("core") <= content.begin:
        return content
    end = max(content.begin, stretches[place].start())
    while end > content.begin and text[end - 1] in _EDGES:
        end -= 1
    return Span(content.begin, end) if end > content.begin else None
