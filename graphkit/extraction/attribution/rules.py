"""The extractor ``rules``: attributions by cues and grammar, names by capitals; needs no model and reads any language's quotes."""

from collections.abc import Iterator
from itertools import groupby

from graphkit.extraction.attribution.finding import Find, SentenceFinder
from graphkit.extraction.attribution.quotes import Quote, find_quotes
from graphkit.extraction.attribution.view import Range, View, make_view
from graphkit.extraction.language.sentences import split_sentences
from graphkit.extraction.protocol import RawAttribution, Tagged
from graphkit.model import ExtractorId

RULES_VERSION = "1"


class RuleExtractor:
    """Finds attributions by rules alone; recall is lower than the model's."""

    @property
    def id(self) -> ExtractorId:
        """The name and version of the rules."""
        return ExtractorId("rules", RULES_VERSION)

    def tag(self, text: str) -> Tagged:
        """Return attributions in text order."""
        found = [raw for view in paragraph_views(text) for raw in _attributions(view)]
        return Tagged(tuple(sorted(found, key=_position)))


def paragraph_views(text: str) -> Iterator[View]:
    """Yield each paragraph of a text as tokens, sentences and quotations."""
    quotes = find_quotes(text)
    for _, group in groupby(split_sentences(text), key=lambda sentence: sentence.paragraph):
        sentences = list(group)
        inside = [quote for quote in quotes if _lies_in(quote, sentences[0].begin, sentences[-1].end)]
        yield make_view(text, sentences, inside)


def _lies_in(quote: Quote, begin: int, end: int) -> bool:
    return begin <= quote.begin and quote.end <= end


def _attributions(view: View) -> Iterator[RawAttribution]:
    finds = [find for first, last in view.sentences for find in SentenceFinder(view, first, last).find()]
    _attach_quotes(view, finds)
    for find in finds:
        yield _raw(view, find, _level(find, finds))


def _level(find: Find, finds: list[Find]) -> int:
    """Return 1 for an outermost attribution, one more for each content that holds it."""
    return 1 + sum(other is not find and any(_holds(content, find) for content in other.contents) for other in finds)


def _holds(content: Range, find: Find) -> bool:
    ranges = [find.cue, *find.contents, *([find.source] if find.source else [])]
    return all(content[0] <= begin and end <= content[1] for begin, end in ranges)


def _attach_quotes(view: View, finds: list[Find]) -> None:
    """Give each quotation without a cue to the attribution before it whose content is speech too."""
    taken = [content for find in finds for content in find.contents]
    for number, (first, last) in enumerate(view.quotes):
        if not view.is_speech(number) or any(begin < last and first < end for begin, end in taken):
            continue
        speaker = next((find for find in reversed(finds) if find.cue[0] < first and _is_speech(view, find)), None)
        if speaker is not None:
            speaker.contents.append((first, last))


def _is_speech(view: View, find: Find) -> bool:
    return any(view.in_speech(begin) or view.in_speech(end - 1) for begin, end in find.contents)


def _raw(view: View, find: Find, level: int) -> RawAttribution:
    sources = (view.span(find.source),) if find.source else ()
    return RawAttribution(
        sources, (view.span(find.cue),), tuple(view.span(content) for content in find.contents), find.confidence
    )


def _position(raw: RawAttribution) -> tuple[int, int]:
    return raw.cues[0].begin, raw.cues[0].end
