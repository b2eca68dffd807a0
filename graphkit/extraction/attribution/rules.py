"""The extractor ``rules``: attributions by cues and grammar, names by capitals; needs no model and reads any language's quotes."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from graphkit.extraction.attribution.finding import Find, SentenceFinder
from graphkit.extraction.attribution.quotes import Quote, find_quotes
from graphkit.extraction.attribution.view import Range, View, make_view
from graphkit.extraction.language.sentences import split_sentences
from graphkit.extraction.protocol import RawAttribution, Tagged
from graphkit.model import ExtractorId

RULES_VERSION = "1"
NEIGHBOURS = 12
"""Attributions before and behind among which the one that holds another is looked for."""


class RuleExtractor:
    """Finds attributions by rules alone; recall is lower than the model's, and very low in other languages than English."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    @property
    def id(self) -> ExtractorId:
        """The name and version of the rules; a language they do not know is marked in the options."""
        return ExtractorId("rules", RULES_VERSION, "" if self.language == "en" else f"language={self.language};out-of-range")

    def tag(self, text: str) -> Tagged:
        """Return attributions in text order."""
        found = [raw for view in paragraph_views(text) for raw in _attributions(view)]
        return Tagged(tuple(sorted(found, key=_position)))


@lru_cache(maxsize=2)
def paragraph_views(text: str) -> tuple[View, ...]:
    """Return each paragraph of a text as tokens, sentences and quotations; the last texts are kept, for the labels need them too."""
    return tuple(_views(text))


def _views(text: str) -> Iterator[View]:
    quotes = find_quotes(text)
    for _, group in groupby(split_sentences(text), key=lambda sentence: sentence.paragraph):
        sentences = list(group)
        first = bisect_left(quotes, sentences[0].begin, key=_quote_begin)
        last = bisect_left(quotes, sentences[-1].end, key=_quote_begin)
        inside = [quote for quote in quotes[first:last] if quote.end <= sentences[-1].end]
        yield make_view(text, sentences, inside)


def _quote_begin(quote: Quote) -> int:
    return quote.begin


def _attributions(view: View) -> Iterator[RawAttribution]:
    finds = [find for first, last in view.sentences for find in SentenceFinder(view, first, last).find()]
    _attach_quotes(view, finds)
    for i, find in enumerate(finds):
        yield _raw(view, find, _level(find, finds[max(0, i - NEIGHBOURS) : i + NEIGHBOURS]))


def _level(find: Find, finds: list[Find]) -> int:
    """Return 1 for an outermost attribution, one more for each content that holds it."""
    return 1 + sum(other is not find and any(_holds(content, find) for content in other.contents) for other in finds)


def _holds(content: Range, find: Find) -> bool:
    ranges = [find.cue, *find.contents, *([find.source] if find.source else [])]
    return all(content[0] <= begin and end <= content[1] for begin, end in ranges)


def _attach_quotes(view: View, finds: list[Find]) -> None:
    """Give each quotation without a cue to the attribution before it whose content is speech too."""
    taken = {view.quote_of[i] for find in finds for content in find.contents for i in range(*content)}
    for number, (first, last) in enumerate(view.quotes):
        if not view.is_speech(number) or number in taken:
            continue
        before = bisect_left(finds, first, key=_cue_begin)
        speaker = next((find for find in reversed(finds[max(0, before - NEIGHBOURS) : before]) if _is_speech(view, find)), None)
        if speaker is not None:
            speaker.contents.append((first, last))


def _cue_begin(find: Find) -> int:
    return find.cue[0]


def _is_speech(view: View, find: Find) -> bool:
    return any(view.in_speech(begin) or view.in_speech(end - 1) for begin, end in find.contents)


def _raw(view: View, find: Find, level: int) -> RawAttribution:
    sources = (view.span(find.source),) if find.source else ()
    contents = tuple(view.span(content) for content in find.contents)
    return RawAttribution(sources, (view.span(find.cue),), contents, find.confidence, level)


def _position(raw: RawAttribution) -> tuple[int, int]:
    return raw.cues[0].begin, raw.cues[0].end
