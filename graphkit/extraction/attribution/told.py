"""Who told, where somebody "had been told by X that Y": X; the one who was told is no source."""

import re
from dataclasses import replace

from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)\s(?:[a-z]{2,14}\s){0,2}(?:told|informed|warned|assured|advised|notified|reminded)$"
)
_BY = re.compile(r"(?:\s(?:[^\W\d_]{2,14}\s){0,3}?)?by\s([^,.;:\n]{2,80}?)(?=\s(?:that|whether|on|in|about|of|to)\b|\s?$|,)")
_WINDOW = 60
_FARTHEST = 160


def as_told(text: str, raw: RawAttribution) -> RawAttribution:
    """Return an attribution with the source that a passive of telling names after "by", or none where it names none."""
    if not raw.cues or not raw.contents:
        return raw
    cue = raw.cues[-1]
    if not _PASSIVE.search(text, max(0, cue.begin - _WINDOW), cue.end):
        return raw
    content = raw.contents[0]
    between = Span(cue.end, content.begin) if cue.end < content.begin <= cue.end + _FARTHEST else None
    found = _BY.match(text, between.begin, between.end) if between else None
    if found is not None:
        return replace(raw, sources=(Span(*found.span(1)),))
    inside = _BY.match(text, content.begin, min(content.end, content.begin + _FARTHEST))
    if inside is not None:
        rest = Span(inside.end() + 1, content.end) if inside.end() + 1 < content.end else None
        return replace(raw, sources=(Span(*inside.span(1)),), contents=(rest, *raw.contents[1:])) if rest else raw
    is_told = bool(raw.sources) and raw.sources[0].end <= cue.begin
    return replace(raw, sources=()) if is_told else raw
