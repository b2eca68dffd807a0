"""Sentences that assert nothing: questions, appeals, fragments, boilerplate, source lists."""

import re

from graphkit.extraction.attribution.phrases import has_finite
from graphkit.extraction.attribution.view import View
from graphkit.model import SkipReason

_SOURCES_LABEL = re.compile(
    r"\W{0,4}(?:sources?|references?|via|read more at|more at|links?|h/t)\W{0,4}:?\W{0,4}$", re.IGNORECASE
)
_SOURCES_OPENING = re.compile(
    r"\W{0,4}(?:sources?|references?)\s?(?:include|for this article(?: include)?)?\s?:", re.IGNORECASE
)
_HOST = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:/\S*)?")
_BOILERPLATE = re.compile(
    r"(?:all rights reserved|©|\(c\) \d{4}|copyright \d{4}|advertisement$|sign up (?:for|to)|subscribe (?:to|now)|click here|follow us on|"
    r"this (?:article|story|post) (?:was|has been) (?:originally |first )?(?:published|updated|corrected|translated)|photo(?:graph)?(?: by|:)|"
    r"image(?: credit|:)|file photo|getty images|read (?:more|also|next)\b|related:|share this|cookies?\b.{0,40}\b(?:policy|accept)|"
    r"(?:reporting|additional reporting|editing|writing|edited|written|compiled) by\b|by [A-Z][\w.]+ [A-Z][\w.]+$|newsletter|terms of (?:use|service)|privacy policy)",
    re.IGNORECASE,
)
_APPEALS = frozenset(
    ["please", "click", "subscribe", "join", "follow", "share", "sign", "read", "watch", "see", "visit", "contact", "email", "call", "donate", "help", "support", "let", "don't", "do", "stop", "listen", "imagine", "remember", "consider", "note", "ask", "tell", "check", "download", "register", "buy", "get"]
)
_QUESTION_END = re.compile(r"\?[\"”’'»)\]*_]*$")


def skip_reason(text: str, view: View, first: int, last: int) -> SkipReason | None:
    """Return why the sentence of tokens ``first`` to ``last`` asserts nothing, or None when it may assert something."""
    words = text[view.tokens[first].begin : view.tokens[last - 1].end]
    if is_source_list(words):
        return "sourceList"
    if len(words) < 400 and _BOILERPLATE.match(words.lstrip("*_ ([")):
        return "boilerplate"
    if _QUESTION_END.search(words):
        return "question"
    if _is_appeal(view, first, last):
        return "appeal"
    return None if has_finite(view, first, last) else "fragment"


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
    if index + 1 >= last or view.tokens[index].lower not in _APPEALS:
        return False
    return (
        view.tags[index + 1] in {"D", "PO", "P", "TO", "R", "N", "THAT", "VN", "J"}
        and view.tags[index] not in {"NP"}
        and not has_finite(view, index + 1, min(last, index + 4))
    )
