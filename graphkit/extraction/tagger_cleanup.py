"""Clean-up after decoding: rules that hold whatever the network says.

Each rule was kept because it raised "claim and speaker right" on the development documents, or because the graph needs what it
guarantees; the model card tells which gave what.
"""

import re
from collections.abc import Iterator

from graphkit.extraction.tagger_reading import Draft, Part

COMPLEMENTISER = re.compile(r"(?:that|whether|if)\s+", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?\s+(?:recent|latest|own|new|first|last|previous|earlier|repeated|public|apparent|alleged)\Z")
SHORT_CONTENT = 3
"""Words; a shorter content needs more confidence."""
OPENING_QUOTES = {"“": "”", '"': '"', "‘": "’"}


def clean_draft(text: str, draft: Draft, *, short_content_confidence: float) -> Draft | None:
    """Apply the rules to one draft; None when nothing is left of it that says who said what."""
    contents = [
        _close_quotes(text, part)
        for part in _glue(text, draft.contents)
        if part.confidence >= short_content_confidence or not _is_short(text, part)
    ]
    if not contents or not (draft.cues or draft.sources):
        # What is left says nothing, or is said by nobody: such leftovers are wrong more often than right.
        return None
    sources = [_cut_possessive(text, part) for part in _glue(text, draft.sources)]
    return Draft(sources, _glue(text, draft.cues), contents, draft.link_confidence)


def _is_short(text: str, part: Part) -> bool:
    return len(text[part.begin : part.end].split(maxsplit=SHORT_CONTENT - 1)) < SHORT_CONTENT


def _glue(text: str, parts: list[Part]) -> list[Part]:
    """Join segments of one role that only white space separates."""
    glued: list[Part] = []
    for part in sorted(parts):
        if glued and not text[glued[-1].end : part.begin].strip():
            before = glued.pop()
            part = Part(before.begin, max(before.end, part.end), min(before.confidence, part.confidence))  # noqa: PLW2901
        glued.append(part)
    return glued


def _close_quotes(text: str, part: Part) -> Part:
    """Take in the quotation mark that stands right after a content that opens with its counterpart, or before one it closes."""
    begin, end = part.begin, part.end
    first, last = text[begin], text[end - 1]
    closing = OPENING_QUOTES.get(first)
    if closing and closing not in text[begin + 1 : end] and text[end : end + 1] == closing:
        end += 1
    elif begin and OPENING_QUOTES.get(text[begin - 1]) == last and text[begin - 1] not in text[begin : end - 1]:
        begin -= 1
    return Part(begin, end, part.confidence)


def _cut_possessive(text: str, part: Part) -> Part:
    """Turn "the minister's recent", cut off before its noun, to "the minister".

    Cutting at any word after a possessive was tried and cost half a point: "the minister's office" speaks for itself.
    """
    match = POSSESSIVE.search(text, part.begin, part.end)
    return Part(part.begin, match.start(), part.confidence) if match and match.start() > part.begin else part


def nested_stretches(text: str, draft: Draft, *, shortest: int) -> Iterator[tuple[int, int]]:
    """Yield what to read again for attributions inside a draft's contents, the complementiser left off."""
    for part in draft.contents:
        opening = COMPLEMENTISER.match(text, part.begin, part.end)
        begin = opening.end() if opening else part.begin
        if part.end - begin > shortest:
            yield begin, part.end
