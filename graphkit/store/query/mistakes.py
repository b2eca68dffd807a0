"""Where and why a query does not parse, in words for people.

Oxigraph reports the farthest place at which its parser gave up, and a keyword that it tried counts as if its letters had been read:
"SELCT ?x {" fails at column 10, nine letters of CONSTRUCT after the mistake.  So a query with a mistake is parsed once more with wide
gaps between its tokens: then the farthest place is the one meant.
"""

import re
from dataclasses import dataclass
from typing import Final

from graphkit.errors import QuerySyntax
from graphkit.store.query.gate import Token, line_of, place

_GAP: Final = " " * 32
_APART: Final = frozenset("{}()[];,")
_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_QUOTED: Final = re.compile(r'"([^"\s]{1,3})"')
_MOST_EXPECTED: Final = 8
_BEHIND: Final = {
    "Prefix not found": "this prefix is not declared",
    "IRI parsing failed": "this is not a whole IRI",
}
_UNBOUND: Final = "The SELECT contains a variable that is unbound"


@dataclass(frozen=True, slots=True)
class Spread:
    """A query with wide gaps between its tokens, and where each token stands in it (``begins``) and in the query."""

    query: str
    text: str
    tokens: tuple[Token, ...]
    begins: tuple[int, ...]

    def token_before(self, offset: int) -> Token | None:
        """Return the last token that begins before ``offset`` of ``text``."""
        before = [token for token, begin in zip(self.tokens, self.begins, strict=True) if begin < offset]
        return before[-1] if before else None


def spread(query: str, tokens: tuple[Token, ...]) -> Spread:
    """Widen the gaps of a query, and make some around brackets; tokens that touch otherwise may be one to the parser."""
    pieces: list[str] = []
    begins: list[int] = []
    length = end = 0
    touches = False
    for token in tokens:
        if not touches or token.begin > end or token.text in _APART:
            pieces.append(_GAP)
            length += len(_GAP)
        begins.append(length)
        pieces.append(token.text)
        length += len(token.text)
        end = token.end
        touches = token.text not in _APART
    return Spread(query, "".join(pieces) + _GAP, tokens, tuple(begins))


def syntax_error(message: str, asked: Spread) -> QuerySyntax:
    """Return the error for what the parser said of ``asked.text``: where the query does not parse, and the line as hint."""
    match = _PLACE.search(message)
    if match is None:
        return QuerySyntax(f"the query cannot be taken: {' '.join(message.split())[:200]}")
    at = _offset(asked.text, int(match[1]), int(match[2]))
    expected = match[3]
    if _UNBOUND in expected:
        select = next((token for token in asked.tokens if token.text.casefold() == "select"), None)
        return _error(asked.query, select, "SELECT names a variable that the pattern or GROUP BY does not give")
    for said, plain in _BEHIND.items():
        if said in expected:
            # the parser stands behind what it could not take
            return _error(asked.query, asked.token_before(at), plain)
    # within a gap stands only a parser that read a keyword's letters over the token before it
    token = None if at >= len(asked.text) else asked.token_before(at + 1)
    choices = " ".join(dict.fromkeys(_QUOTED.findall(expected)[:_MOST_EXPECTED]))
    what = "the query ends too early" if token is None else f"the query does not parse at {token.text[:30]!r}"
    return _error(asked.query, token, f"{what} (possible: {choices})" if choices else what)


def _offset(text: str, line: int, column: int) -> int:
    begin = 0
    for _ in range(line - 1):
        begin = text.find("\n", begin) + 1
    return begin + column - 1


def _error(query: str, token: Token | None, what: str) -> QuerySyntax:
    offset = len(query.rstrip()) if token is None else token.begin
    line = query.count("\n", 0, offset) + 1
    column = offset - query.rfind("\n", 0, offset)
    text = line_of(query, line)
    begin = max(0, column - 80)
    shown = f"{text[begin : column - 1].rstrip()} >>> {text[column - 1 : column + 80]}".strip()
    return QuerySyntax(f"{place(query, offset)}: {what}", hint=shown if text.strip() else None)
