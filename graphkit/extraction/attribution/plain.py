"""Attributions that are plain from grammar alone: "…, according to the union" and "…, two people at the talks said on Monday".

Nothing else can be meant by them, so that a model's silence there is a mistake; leads of news are the sentences it misses most.  They
put what the model found inside the words that are said a level deeper, but for deeds that it is not sure of ("has shelved a plan"):
these are dropped.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.attribution.cues import kinds_of, lemma_of
from graphkit.extraction.language.lexicon import word_classes
from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

DOUBTFUL = 0.5
"""Confidence below which every other attribution of the model is wrong."""
_SAYING = frozenset({"say", "tell", "report", "announce", "confirm", "learn"})
_SHORTEST_SAID = 5
"""Words of what is said; fewer are a turn of phrase ("cutting edge, I know") or half of an apposition."""
_NO_SPEAKERS = frozenset({"he", "i", "it", "she", "that", "they", "this", "we", "which", "who", "you"})
_BETWEEN = " ,\"”’'\n"
_WORD = re.compile(r"[^\W\d_]+")


def is_plain(text: str, raw: RawAttribution) -> bool:
    """Say whether an attribution that the rules found is plain: "according to" it, or a sentence that ends in it."""
    if raw.level > 1 or not raw.sources or not raw.cues or not raw.contents:
        return False
    source, cue, said = raw.sources[0], raw.cues[0], raw.contents[-1]
    if len(said.of(text).split()) < _SHORTEST_SAID:
        return False
    words = cue.of(text).lower().split()
    if words[0] == "according":
        # "According to a memo seen | by the Example Times, …": only a comma says that the source is whole
        return raw.contents[0].begin < cue.begin or text[source.end : said.begin].lstrip().startswith(",")
    is_last = said.end <= source.begin < cue.begin and not text[said.end : source.begin].strip(_BETWEEN)
    return is_last and _says(source.of(text).lower(), lemma_of(words[-1]))


def _says(source: str, verb: str) -> bool:
    """Say whether a source in lower case and a verb tell that something was said: people say, and papers show."""
    if verb == "show":
        classes = word_classes("speakers")
        return any(word in classes["documents"] or word in classes["reports"] for word in _WORD.findall(source))
    return verb in _SAYING and source not in _NO_SPEAKERS


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that share a character made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and found[-1].overlaps(span):
            found[-1] = Span(found[-1].begin, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def overlap(spans: Iterable[Span], taken: Sequence[Span]) -> bool:
    """Say whether one of ``spans`` shares a character with one of ``taken``, which are in order and lie apart."""
    places = ((span, bisect_right(taken, span.end - 1, key=_begin) - 1) for span in spans)
    return any(place >= 0 and taken[place].overlaps(span) for span, place in places)


def parted_by(
    plain: Sequence[RawAttribution], model: Sequence[RawAttribution]
) -> tuple[list[RawAttribution], list[RawAttribution]]:
    """Return what the model finds elsewhere, and what it finds inside the words that plain attributions give."""
    said = merged(content for raw in plain for content in raw.contents)
    outside, inside = list[RawAttribution](), list[RawAttribution]()
    for raw in model:
        (inside if _lies_in(raw, said) else outside).append(raw)
    return outside, inside


def within(text: str, added: Sequence[RawAttribution], inside: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """Yield what stays of that: where nothing was added around it all as it was, else a level deeper, without doubtful deeds."""
    said = merged(content for raw in added for content in raw.contents)
    for raw in inside:
        is_speech = raw.sources and any(kinds_of(word) for cue in raw.cues for word in cue.of(text).lower().split())
        if not _lies_in(raw, said):
            yield raw
        elif is_speech or raw.confidence >= DOUBTFUL:
            yield replace(raw, level=raw.level + 1)


def _lies_in(raw: RawAttribution, said: Sequence[Span]) -> bool:
    begin, end = min(span.begin for span in raw.spans()), max(span.end for span in raw.spans())
    place = bisect_right(said, begin, key=_begin) - 1
    return place >= 0 and end <= said[place].end


def _begin(span: Span) -> int:
    return span.begin
