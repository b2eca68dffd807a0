"""Which attributions pass words on: those that name no source, and those whose source does what the cue tells and does not undergo it."""

from dataclasses import replace

from graphkit.extraction.attribution.phrases import group_start, phrase_before
from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.stance import cue_kinds_at
from graphkit.extraction.language.lexicon import word_classes
from graphkit.extraction.protocol import RawAttribution

_PASSING_ON = frozenset({"say", "tell", "think"})
_DEEDS = frozenset(
    {"known", "called", "named", "announced", "denied", "ordered", "found", "seen", "heard", "questioned", "supposed"}
)
"""Passives that tell of a deed rather than of words passed on ("was denied bail", "known as")."""

_CHARGES = frozenset({"accused", "suspected", "convicted", "acquitted", "charged"})
"""Before "of" or "with" these name a crime of their subject: "a man *suspected* of theft"."""
_LONGEST_BY = 9
"""Words of "quoted by the agency as saying" at most."""
_OPINIONS = frozenset(
    {"said", "believed", "alleged", "understood", "presumed", "rumoured", "rumored", "reported", "feared", "estimated"}
)
"""Before an infinitive these are passive even without "be": "a man *said* to have fled"."""


def is_report(view: View, raw: RawAttribution) -> bool:
    """Say whether an attribution without a source passes something on: "it was reported", not "it is hard to think" or a question.

    Words quoted of nobody knows whom have not even a cue, and are passed on.
    """
    if not raw.cues:
        return True
    cue = raw.cues[0]
    tokens = view.tokens_in(cue)
    if tokens is None or not cue_kinds_at(view, cue) & _PASSING_ON or any(view.tags[i] == "TO" for i in range(*tokens)):
        return False
    kinds = cue_kinds_at(view, cue)
    is_passive = any(view.tags[i] == "B" for i in range(max(0, tokens[0] - 2), tokens[1]))
    if any(view.word(i) in _DEEDS for i in range(*tokens)) or ("think" in kinds and "say" not in kinds and not is_passive):
        return False
    return all("?" not in view.text[content.end - 1 : content.end + 1] for content in raw.contents)


def speaks(view: View, raw: RawAttribution) -> bool:
    """Say whether the source of an attribution does what its cue tells: who "was charged with" something said nothing of it."""
    cue = raw.cues[0] if raw.cues else None
    tokens = view.tokens_in(cue) if cue is not None else None
    if tokens is None or not raw.sources or raw.sources[0].end > view.tokens[tokens[0]].begin:
        return True
    if _is_described(view, raw, tokens):
        return False
    undergone = next((i for i in range(*tokens) if view.word(i) in word_classes("cues_undergone")["participle"]), None)
    if undergone is None or view.tags[undergone] not in {"VN", "V", "N"}:
        return True
    start = undergone - 1
    while start >= 0 and view.tags[start] in {"R", "NOT"}:
        start -= 1
    if view.word(undergone) in _CHARGES and view.word(undergone + 1) in {"of", "with"}:
        return False
    if view.tag(start) in {"N", "NP", ","} and view.word(undergone) in _OPINIONS and view.tag(undergone + 1) == "TO":
        return False
    return view.tag(start) != "B" or view.word(undergone + 1) == "as"


def _is_described(view: View, raw: RawAttribution, cue: tuple[int, int]) -> bool:
    """Say whether what stands before a source is no speech but the rest of its noun phrase ("details of a *“Phase 1”* deal announced")."""
    source = view.tokens_in(raw.sources[0])
    if (
        source is None
        or source[1] != cue[0]
        or not all(c.end <= raw.sources[0].begin for c in raw.contents)
        or not raw.contents
    ):
        return False
    mark = source[0] - 1
    mark -= view.tag(mark) == "Q" and view.tag(mark - 1) in {",", "."}
    return view.tag(mark) in {"D", "J", "N", "NP", "Q", "CD", "POS"} and not view.in_speech(mark)


def with_quoted_source(view: View, raw: RawAttribution) -> RawAttribution:
    """Give "X was quoted as saying that …" its source, X, where none was found."""
    tokens = view.tokens_in(raw.cues[0]) if raw.cues and not raw.sources else None
    if tokens is None or view.word(tokens[1] - 1) not in {"saying", "having"} or view.word(tokens[1] - 2) != "as":
        return raw
    first = view.sentence_of(tokens[0])[0]
    quoted = next((i for i in range(tokens[1] - 3, first, -1) if view.word(i) in {"quoted", "cited", "heard"}), None)
    if quoted is None or tokens[1] - quoted > _LONGEST_BY or view.tag(quoted - 1) != "B":
        return raw
    start = group_start(view, quoted, first)
    subject = phrase_before(view, start, first)
    return replace(raw, sources=(view.span((subject, start)),)) if subject is not None else raw
