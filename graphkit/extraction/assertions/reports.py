"""Attributions that name no source: which of them pass something on."""

from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.stance import cue_kinds_at
from graphkit.extraction.protocol import RawAttribution

_PASSING_ON = frozenset({"say", "tell", "think"})
_DEEDS = frozenset({"known", "called", "named", "announced", "denied", "ordered", "found", "seen", "heard", "questioned"})
"""Passives that tell of a deed rather than of words passed on ("was denied bail", "known as")."""


def is_report(view: View, raw: RawAttribution) -> bool:
    """Say whether an attribution without a source passes something on: "it was reported", not "it is hard to think" or a question."""
    cue = raw.cues[0] if raw.cues else None
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None or not cue_kinds_at(view, cue) & _PASSING_ON or any(view.tags[i] == "TO" for i in range(*tokens)):
        return False
    kinds = cue_kinds_at(view, cue)
    is_passive = any(view.tags[i] == "B" for i in range(max(0, tokens[0] - 2), tokens[1]))
    if any(view.word(i) in _DEEDS for i in range(*tokens)) or ("think" in kinds and "say" not in kinds and not is_passive):
        return False
    return all("?" not in view.text[content.end - 1 : content.end + 1] for content in raw.contents)
