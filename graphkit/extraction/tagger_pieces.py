"""From text to wordpieces with shapes and paragraphs, and from those to windows the network can read.

The encoder is uncased; a word's shape (Capitalised, ALL CAPS, digits …) and its place at the head of a paragraph go in as an
extra embedding.  Texts are encoded block by block, so that memory does not grow with a hostile text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphkit.extraction.tagger_labels import ROOM

BLOCK_LENGTH = 20_000
"""Code points encoded at once."""
SENTENCE_ENDS = frozenset('.!?"”’')
NO_WORD, LOWER, CAPITALISED, CAPITALS, MIXED, DIGITS = 6, 1, 2, 3, 4, 5
PARAGRAPH_SHIFT = 7
SURROGATES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which a tokenizer refuses; they count as one code point each, like what replaces them."""


@dataclass(slots=True)
class Pieces:
    """Wordpieces of one text; parallel lists, offsets in code points of that text."""

    ids: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    continues: list[bool] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    """Indices of the pieces that open a paragraph."""

    def __len__(self) -> int:
        return len(self.ids)

    def covering(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the pieces that overlap the characters [begin, end), end-exclusive, or None when there are none."""
        first, after = bisect_right(self.ends, begin), bisect_left(self.begins, end)
        return (first, after) if first < after else None


def word_shape(word: str) -> int:
    """Return the shape class (0–6) of one word."""
    if not any(map(str.isalnum, word)):
        return NO_WORD
    if any(map(str.isdigit, word)):
        return DIGITS
    if word.islower():
        return LOWER
    if len(word) > 1 and word.isupper():
        return CAPITALS
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return CAPITALISED
    return MIXED if any(map(str.isupper, word)) else NO_WORD


def text_blocks(text: str, length: int = BLOCK_LENGTH) -> Iterator[tuple[int, int]]:
    """Cut a text into blocks of at most ``length`` code points, at a line break or else at a space where there is one."""
    begin = 0
    while begin < len(text):
        end = min(begin + length, len(text))
        if end < len(text):
            for mark in ("\n", " "):
                cut = text.rfind(mark, begin + length // 2, end)
                if cut > begin:
                    end = cut + 1
                    break
        yield begin, end
        begin = end


def encode(tokenizer: Any, text: str, begin: int, end: int) -> Pieces:
    """Encode ``text[begin:end]`` without special pieces; offsets stay those of the whole text."""
    encoding = tokenizer.encode(SURROGATES.sub("\ufffd", text[begin:end]), add_special_tokens=False)
    pieces = Pieces(ids=list(encoding.ids))
    for left, right in encoding.offsets:
        pieces.begins.append(begin + left)
        pieces.ends.append(begin + right)
    pieces.continues = [token.startswith("##") for token in encoding.tokens]
    _add_shapes(pieces, text)
    return pieces


def _add_shapes(pieces: Pieces, text: str) -> None:
    n_pieces, first = len(pieces), 0
    while first < n_pieces:
        after = first + 1
        while after < n_pieces and pieces.continues[after]:
            after += 1
        shape = word_shape(text[pieces.begins[first] : pieces.ends[after - 1]])
        pieces.shapes += [shape] * (after - first)
        if first == 0 or "\n" in text[pieces.ends[first - 1] : pieces.begins[first]]:
            pieces.paragraphs.append(first)
            pieces.shapes[first] = shape + PARAGRAPH_SHIFT
        first = after


def cut_windows(pieces: Pieces, text: str, room: int = ROOM) -> list[tuple[int, int]]:
    """Pack whole paragraphs greedily into windows of at most ``room`` pieces; longer paragraphs are cut after a sentence."""
    windows: list[tuple[int, int]] = []
    for begin, end in _short_parts(pieces, text, room):
        if windows and end - windows[-1][0] <= room:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((begin, end))
    return windows


def _short_parts(pieces: Pieces, text: str, room: int) -> Iterator[tuple[int, int]]:
    for opening, end in zip(pieces.paragraphs, [*pieces.paragraphs[1:], len(pieces)], strict=True):
        begin = opening
        while end - begin > room:
            cut = _sentence_cut(pieces, text, begin, room)
            yield begin, cut
            begin = cut
        yield begin, end


def _sentence_cut(pieces: Pieces, text: str, begin: int, room: int) -> int:
    """Return the last piece of the first ``room`` ones before which a sentence seems to end, else a word."""
    last = begin + room
    for cut in range(last, begin + room // 4, -1):
        if text[pieces.ends[cut - 1] - 1] in SENTENCE_ENDS and pieces.begins[cut] > pieces.ends[cut - 1]:
            return cut
    while last > begin + 1 and pieces.continues[last]:
        last -= 1
    return last if last > begin + 1 else begin + room
