"""A paragraph as the rules see it: tokens with classes, sentences and quotations as token ranges."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from graphkit.extraction.attribution.quotes import Quote
from graphkit.extraction.language.sentences import Sentence
from graphkit.extraction.language.tags import tag_tokens
from graphkit.extraction.language.tokens import Token, tokenize
from graphkit.model import Span

Range = tuple[int, int]
SPEECH_TOKENS = 5
"""A quotation of at least so many tokens, marks included, is speech; a shorter one may be a mere term in quotation marks."""


LONGEST_TITLE = 6


@dataclass(frozen=True, slots=True)
class View:
    """Tokens, their classes, sentences as token ranges, and for each token the number of the quotation it stands in, or -1."""

    text: str
    tokens: list[Token]
    tags: list[str]
    sentences: list[Range]
    quotes: list[Range]
    quote_of: list[int]
    speech: list[bool]

    def is_speech(self, quote: int) -> bool:
        """Say whether a quotation is speech: long enough, and no title of a book or programme."""
        return self.speech[quote]

    def in_speech(self, index: int) -> bool:
        """Say whether a token stands inside speech (its marks included)."""
        quote = self.quote_of[index]
        return quote >= 0 and self.is_speech(quote)

    def word(self, index: int) -> str:
        """Return the word at ``index`` in lower case, or "" outside the paragraph."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def tag(self, index: int) -> str:
        """Return the class at ``index``, or "" outside the paragraph."""
        return self.tags[index] if 0 <= index < len(self.tags) else ""

    def sentence_of(self, index: int) -> Range:
        """Return the sentence that a token stands in."""
        return self.sentences[bisect_right(self.sentences, index, key=lambda sentence: sentence[0]) - 1]

    def sentences_in(self, tokens: Range) -> list[Range]:
        """Return the sentences that a token range touches."""
        first = bisect_right(self.sentences, tokens[0], key=lambda sentence: sentence[0]) - 1
        last = bisect_left(self.sentences, tokens[1], key=lambda sentence: sentence[0])
        return self.sentences[max(first, 0) : last]

    def words(self, first: int, last: int) -> str:
        """Return the text of a token range."""
        return self.text[self.tokens[first].begin : self.tokens[last - 1].end] if first < last else ""

    def span(self, tokens: Range) -> Span:
        """Return the span of a token range."""
        return Span(self.tokens[tokens[0]].begin, self.tokens[tokens[1] - 1].end)

    def tokens_in(self, span: Span) -> Range | None:
        """Return the tokens that lie wholly inside ``span``, or None when none does."""
        first = bisect_left(self.tokens, span.begin, key=lambda token: token.begin)
        last = bisect_right(self.tokens, span.end, key=lambda token: token.end)
        return (first, last) if first < last else None


def make_view(text: str, sentences: list[Sentence], quotes: list[Quote]) -> View:
    """Build the view of one paragraph, given its sentences and the quotations that lie in it."""
    tokens: list[Token] = []
    tags: list[str] = []
    ranges: list[Range] = []
    for sentence in sentences:
        found = tokenize(text, sentence.begin, sentence.end)
        ranges.append((len(tokens), len(tokens) + len(found)))
        tokens += found
        tags += tag_tokens(found)
    begins = [token.begin for token in tokens]
    ends = [token.end for token in tokens]
    token_quotes = [(bisect_left(begins, quote.begin), bisect_right(ends, quote.end)) for quote in quotes]
    token_quotes = [(first, last) for first, last in token_quotes if first < last]
    quote_of = [-1] * len(tokens)
    for number, (first, last) in enumerate(token_quotes):
        quote_of[first:last] = [number] * (last - first)
    speech = [_is_speech(tokens[first:last]) for first, last in token_quotes]
    return View(text, tokens, tags, ranges, token_quotes, quote_of, speech)


def _is_speech(tokens: list[Token]) -> bool:
    if len(tokens) < SPEECH_TOKENS:
        # a comma before the closing mark is how speech is broken off for its speaker: “Rubbish,” he snapped
        return len(tokens) == SPEECH_TOKENS - 1 and tokens[-2].text == ","
        return False
    words = [token.text for token in tokens if token.text[0].isalpha() and len(token.text) > 3]
    return len(words) > LONGEST_TITLE or not all(word[0].isupper() for word in words)
