"""Sentences that assert nothing: questions, appeals, fragments, boilerplate, source lists."""

import re

from graphkit.extraction.attribution.phrases import has_finite
from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.lexicon import phrase_set, word_set
from graphkit.model import SkipReason

_SOURCES_LABEL = re.compile(
    r"\W{0,4}(?:sources?|references?|via|read more at|more at|links?|h/t)\W{0,4}:?\W{0,4}$", re.IGNORECASE
)
_SOURCES_OPENING = re.compile(
    r"\W{0,4}(?:sources?|references?)\s?(?:include|for this article(?: include)?)?\s?:", re.IGNORECASE
)
_HOST = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:/\S*)?")
_BYLINE = re.compile(r"by [A-Z][\w.’'-]+ [A-Z][\w.’'-]+(?:$|[ ,|/])|\(c\) \d{4}|copyright \d{4}", re.IGNORECASE)
_LONGEST_BYLINE = 80
_LONGEST_BOILERPLATE = 400
_LONGEST_OPENING = 40
_QUESTION_END = re.compile(r"\?[\"”’'»)\]*_]*$")


def skip_reason(text: str, view: View, first: int, last: int) -> SkipReason | None:
    """Return why the sentence of tokens ``first`` to ``last`` asserts nothing, or None when it may assert something."""
    words = text[view.tokens[first].begin : view.tokens[last - 1].end]
    if is_source_list(words):
        return "sourceList"
    if _is_boilerplate(words.lstrip("*_ ([—–-")):
        return "boilerplate"
    if _QUESTION_END.search(words):
        return "question"
    if _is_appeal(view, first, last):
        return "appeal"
    return None if has_finite(view, first, last) else "fragment"


def _is_boilerplate(words: str) -> bool:
    """Say whether a line belongs to the page: a credit, a byline, a call to subscribe."""
    lower = words[:_LONGEST_OPENING].lower()
    if any(lower.startswith(opening) for opening in phrase_set("boilerplate")):
        return len(words) < _LONGEST_BOILERPLATE
    return len(words) < _LONGEST_BYLINE and _BYLINE.match(words) is not None


def is_source_list(words: str) -> bool:
    """Say whether a line is the label of a source list, or holds nothing but addresses."""
    if _SOURCES_LABEL.match(words):
        return True
    rest = _SOURCES_OPENING.sub("", words, count=1)
    bare = _HOST.sub(" ", rest)
    return _HOST.search(rest) is not None and not re.search(r"[^\W\d_]{2,}", bare)


def _is_appeal(view: View, first: int, last: int) -> bool:
    """Say whether a sentence opens with a bare verb that calls on the reader."""
    index = first
    while index < last and view.tags[index] in {"Q", "*", "R", "-"}:
        index += 1
    if index + 1 >= last or view.tokens[index].lower not in word_set("appeals"):
        return False
    return (
        view.tags[index + 1] in {"D", "PO", "P", "TO", "R", "N", "THAT", "VN", "J"}
        and view.tags[index] != "NP"
        and not has_finite(view, index + 1, min(last, index + 4))
    )
