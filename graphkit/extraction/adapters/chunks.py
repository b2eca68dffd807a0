"""A text in pieces of whole paragraphs that a model can read at once."""

from collections.abc import Iterator

from graphkit.extraction.language.sentences import split_sentences
from graphkit.model import Span


def text_chunks(text: str, longest: int) -> Iterator[Span]:
    """Yield stretches of whole paragraphs, at most ``longest`` code points each; a longer paragraph is cut between its sentences."""
    begin = end = -1
    for sentence in split_sentences(text):
        if begin >= 0 and sentence.end - begin > longest:
            yield Span(begin, end)
            begin = -1
        if begin < 0:
            begin = sentence.begin
        end = sentence.end
    if begin >= 0:
        yield Span(begin, end)
