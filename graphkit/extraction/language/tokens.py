"""Words and signs of a text, with offsets."""

import re
from typing import NamedTuple

OPENING_QUOTES = frozenset("\"“„«‘'`")
CLOSING_QUOTES = frozenset("\"”»’'`")

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,8}"  # U.S., a.m.
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Prof|Messrs|Reps?|Sens?|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|St|Jr|Sr|Supt|Insp|Cmdr|Mt)\."
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|No|vs|Calif|Fla|Mass|Mich|Pa|Va|Ore|Ariz|Conn|Ga|Ill|Tenn|Wash|Wis"
    r"|Minn|Ind|Tex|Okla|Ala|Ark|Colo|Del|Kan|Ky|La|Md|Mo|Neb|Nev|Vt)\.(?=[\s,)])"
    r"|[A-Z]{1,3}-[A-Z][a-z.]{0,6}\.(?=\))"  # D-Ore.
    r"|[A-Z]\.(?=\s[A-Z])"  # initials
    r"|\d+(?:[.,:/]\d+)*"
    r"|[^\W\d_]+(?:[-‑'’&][^\W_]+|\d+)*"
    r"|\.\.\.|--"
    r"|[^\s]"
)
_CLITIC = re.compile(r"(?:['’](?:s|re|ve|ll|d|m|S))$")


class Token(NamedTuple):
    """One word or sign; ``lower`` is the word in lower case with a straight apostrophe."""

    begin: int
    end: int
    text: str
    lower: str


def tokenize(text: str, begin: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[begin:end]`` with offsets into ``text``; "'s" and the like stand alone."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, begin, len(text) if end is None else end):
        word = match.group()
        first, last = match.span()
        clitic = _CLITIC.search(word) if len(word) > 2 else None
        if clitic:
            cut = first + clitic.start()
            tokens.append(_token(first, cut, word[: clitic.start()]))
            tokens.append(_token(cut, last, word[clitic.start() :]))
        else:
            tokens.append(_token(first, last, word))
    return tokens


def _token(begin: int, end: int, word: str) -> Token:
    return Token(begin, end, word, word.lower().replace("’", "'"))
