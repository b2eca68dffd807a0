"""Quotations that no attribution took: whose words they go on with, or nobody's that the text names, but never the author's own.

Who stands before a colon says what is quoted behind it ("Our reporter, who is in Ebb: “Roofs are flying.”").  A sentence or paragraph
that is nothing but a quotation goes on with whoever spoke before it, in its own paragraph or at the end of the one before, as newspapers
set it: a reading, which its confidence tells.  A name that is signed behind a dash, or heads a turn of a transcript, is whose words they
are.  Otherwise they are somebody's whom the text does not tell in a way that grammar can follow: they get no source.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from graphkit.extraction.attribution.phrases import group_start, has_finite, phrase_after
from graphkit.extraction.attribution.plain import merged, overlap
from graphkit.extraction.attribution.subjects import can_speak, subject_before
from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.stance import cue_kinds_at
from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

GOES_ON = 0.7
"""Confidence that a quotation alone goes on with the speaker before it: so it was for 7 of 10 in PolNeAR's development documents."""
NO_SPEAKER = 0.4
_SAYING = frozenset({"say", "tell", "ask", "show", "push", "deny"})
_SPEECHES = frozenset(
    {"statement", "tweet", "tweets", "post", "letter", "email", "e-mail", "interview", "message", "speech", "address", "column"}
)
_QUOTES = '"“„«'
_SIGNED = re.compile(r"\s{0,3}(?P<sign>[-–—―~])\s?(?P<name>[A-Z][^\n“”\"!?;:]{1,70}?)(?=\.?\s*(?:\n|$))")
_TURN = re.compile(r"[\"“]?\s?(?P<name>[A-Z][A-Z.’' -]{1,30}[A-Z])(?P<sign>:)\s+(?=\w)")
"""The head of a turn in a quoted transcript: "BLOGGS: I never said that"."""


def left_alone(text: str, views: Sequence[View], found: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """Yield an attribution for each stretch of whole sentences that are quoted and that none of ``found`` has."""
    introduced = list(_introduced(views, merged(span for raw in found for span in raw.spans())))
    yield from introduced
    taken = merged(span for raw in (*found, *introduced) for span in (*raw.contents, *raw.cues))
    spoken = list(_speakers(views, found))
    places = [raw.cues[-1].begin for raw in spoken]
    since = 0
    last: RawAttribution | None = None
    told: RawAttribution | None = None
    for view in views:
        for quote in _alone(view, taken):
            turn = _TURN.match(text, quote.begin, quote.end)
            if turn is not None:
                last = RawAttribution(
                    (Span(*turn.span("name")),), (Span(*turn.span("sign")),), (Span(turn.end(), quote.end),), GOES_ON
                )
                yield last
                continue
            signed = _SIGNED.match(text, quote.end)
            number = bisect_right(places, quote.begin) - 1
            speaker = spoken[number] if number >= 0 and places[number] >= since else last or told
            if signed is not None:
                yield RawAttribution((Span(*signed.span("name")),), (Span(*signed.span("sign")),), (quote,), GOES_ON)
            elif speaker is None:
                yield RawAttribution((), (), (quote,), NO_SPEAKER)
            else:
                # no cue: that of the sentence before tells how that was said ("denied"), and not how this is
                yield RawAttribution(speaker.sources, (), (quote,), min(GOES_ON, speaker.confidence))
            last = speaker if signed is None else None
        if view.tokens:
            since = view.tokens[0].begin
            last = last if _is_speech(view, *view.sentences[-1]) else None
            told = _told(view)


def _told(view: View) -> RawAttribution | None:
    """Return who speaks at the end of a paragraph that tells of a speech without its words ("She responded in a statement on Friday.")."""
    first, last = view.sentences[-1]
    verb = next((i for i in range(first, last) if view.tags[i] == "V" and not view.in_speech(i)), None)
    if verb is None or not any(view.word(i) in _SPEECHES for i in range(verb, last)):
        return None
    source = subject_before(view, group_start(view, verb, first), first)
    if source is None or not can_speak(view, source):
        return None
    return RawAttribution((view.span(source),), (view.span((verb, verb + 1)),), (), NO_SPEAKER)


def _introduced(views: Sequence[View], taken: Sequence[Span]) -> Iterator[RawAttribution]:
    """Yield the quotations behind a colon that nothing took, with the noun phrase that opens the words before it as their source."""
    for view in views:
        for number, (first, last) in enumerate(view.quotes):
            colon = first - 1
            if colon < 1 or view.tags[colon] != ":" or not view.is_speech(number):
                continue
            start = view.sentence_of(colon)[0]
            while start < colon and view.tags[start] in {"CD", "R", ",", "-"}:
                start += 1
            end = phrase_after(view, start, colon)
            is_whole = end == colon or view.tag(end) == ","
            if end > start and is_whole and not overlap([view.span((start, last))], taken):
                yield RawAttribution(
                    (view.span((start, end)),), (view.span((colon, first)),), (view.span((first, last)),), GOES_ON
                )


def _speakers(views: Sequence[View], found: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """Yield, by place, the outermost attributions by a verb of saying or showing that stands in no quotation itself."""
    begins = [view.tokens[0].begin for view in views if view.tokens]
    for raw in sorted((raw for raw in found if raw.level == 1 and raw.sources and raw.cues), key=lambda raw: raw.cues[-1]):
        view = views[max(0, bisect_right(begins, raw.cues[-1].begin) - 1)]
        tokens = view.tokens_in(raw.cues[-1])
        if tokens is None or view.in_speech(tokens[0]):
            continue
        if cue_kinds_at(view, raw.cues[-1]) & _SAYING or any(view.text[content.begin] in _QUOTES for content in raw.contents):
            yield raw


def _alone(view: View, taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the stretches of sentences with a verb that are speech from end to end and share no character with ``taken``."""
    begin: int | None = None
    for first, last in (*view.sentences, (len(view.tokens), len(view.tokens))):
        is_alone = _is_speech(view, first, last) and not overlap([view.span((first, last))], taken)
        if is_alone and begin is None:
            begin = first
        elif not is_alone and begin is not None:
            if has_finite(view, begin, first):
                yield view.span((begin, first))
            begin = None


def _is_speech(view: View, first: int, last: int) -> bool:
    words = [i for i in range(first, last) if view.tokens[i].text[0].isalnum()]
    return bool(words) and all(view.in_speech(i) for i in words)
