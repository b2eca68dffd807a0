"""Quotations of a text: where each opens and closes.

Curly and straight double marks, guillemets, and doubled single marks are paired; single curly marks only where they cannot be
apostrophes.  A quotation left open ends with its paragraph, as newspapers print quotations of several paragraphs.
"""

import re
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”„«»]|''|(?<![\w’])‘(?=\w)|(?<=[\w.,!?…])’(?!\w)|\n")
_OPENS = frozenset("“„«‘")
_PARTNERS = {"“": "”", "„": "“”", "«": "»", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks; ``is_closed`` is False where the closing mark is missing."""

    begin: int
    end: int
    is_closed: bool = True


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Return the outermost quotations of a text, in order."""
    quotes: list[Quote] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark == "\n":
            if opened is not None:
                quotes.append(Quote(opened[0], match.start(), is_closed=False))
            opened = None
        elif opened is None:
            opened = (match.start(), mark) if _can_open(text, match) else None
        elif _closes(opened[1], mark):
            quotes.append(Quote(opened[0], match.end()))
            opened = None
    if opened is not None:
        quotes.append(Quote(opened[0], len(text), is_closed=False))
    return tuple(quote for quote in quotes if quote.end - quote.begin > 2)


def _can_open(text: str, match: re.Match[str]) -> bool:
    """Say whether a mark may open a quotation: what follows is no space, and an inch or apostrophe sign is not meant."""
    mark, after = match.group(), text[match.end() : match.end() + 1]
    if mark in "”»’" or not after or after.isspace():
        return False
    before = text[match.start() - 1] if match.start() else " "
    return mark in _OPENS or not before.isdigit()


def _closes(opening: str, mark: str) -> bool:
    return mark in _PARTNERS.get(opening, opening)
