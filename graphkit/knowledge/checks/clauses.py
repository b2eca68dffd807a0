"""Sentences and what of them is quoted or dated, as far as the background checks need to know."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Jr|Sr|vs|No))(?<!\b(?:Mrs|Gov|Sen|Rep|Gen))[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+"
)
_QUOTED = re.compile(r"“[^”\n]{0,1000}(?:”|$)|\"[^\"\n]{0,1000}(?:\"|$)", re.MULTILINE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at ``begin`` of a text: its words, and the stretches of it that stand in quotation marks."""

    begin: int
    text: str
    quoted: tuple[tuple[int, int], ...]

    def is_quoted(self, offset: int) -> bool:
        """Say whether the offset (code points of the text) stands in quotation marks."""
        return any(first <= offset - self.begin < last for first, last in self.quoted)

    def years(self) -> set[str]:
        """Return the years that the sentence names."""
        return set(_YEAR.findall(self.text))


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text; headings and lines end sentences."""
    begin = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        words = text[begin:end]
        if words.strip():
            yield Sentence(begin, words, tuple(match.span() for match in _QUOTED.finditer(words)))
        begin = end
