"""Words as matching sees them: tokens without stop words, stems, and how rare each is in news.

The table of rarity is frozen in the package: frequencies of the graph at hand would make a link depend on what else was added.
"""

import re
from functools import lru_cache
from typing import Final

WORD = re.compile(r"\w+")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as one string."""
    return frozenset(words.split())


STOP_WORDS: Final = word_set(
    "the a an of to in on at and or for with by from as is are was were be been has have had that this it its his her their he she "
    "they said will would could can who which not but there than then so if about into over after before up out we i you our my "
    "what when where while also more most some any all other s t"
)
_ENDINGS: Final = (
    ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("ements", ""), ("ation", "ate"), ("ement", ""), ("ments", ""),
    ("ities", "ity"), ("ment", ""), ("ings", ""), ("ness", ""), ("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ing", ""), ("edly", ""),
    ("ers", ""), ("ors", ""), ("est", ""), ("ed", ""), ("er", ""), ("or", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST_STEM: Final = 3


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of a word in lower case: one suffix off, doubled consonants and final "e" gone; crude and the same always."""
    if len(word) <= _SHORTEST_STEM or not word.isalpha():
        return word
    if word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)] + instead
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST_STEM else word


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, in order."""
    return WORD.findall(text.lower())


def stems_of(text: str) -> list[str]:
    """Return the stems of a text without stop words, in order."""
    return [stem(word) for word in words_of(text) if word not in STOP_WORDS]
