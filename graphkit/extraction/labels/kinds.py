"""What kind of claim a clause makes, and which of its words are loaded."""

from functools import cache

from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.lexicon import word_classes, word_set
from graphkit.model import ClaimType, Span, Tense

_COPULAS = frozenset({"B"})


@cache
def _classes() -> dict[str, frozenset[str]]:
    return word_classes("claim_types")


def claim_type_of(view: View, first: int, last: int, tense: Tense) -> ClaimType:
    """Return the kind of claim: normative before predictive before evaluative before interpretive, else factual."""
    if _is_normative(view, first, last):
        return "normative"
    if tense == "future":
        return "predictive"
    if _is_evaluative(view, first, last):
        return "evaluative"
    if _is_interpretive(view, first, last):
        return "interpretive"
    return "factual"


def _is_normative(view: View, first: int, last: int) -> bool:
    classes = _classes()
    for i in range(first, last):
        word = view.tokens[i].lower
        if word in classes["normative"] and view.tags[i] in {"M", "V", "VB"} and not _is_past_guess(view, i, last):
            return True
        following = view.tokens[i + 1].lower if i + 1 < last else ""
        if word in classes["necessity"] and following in {"to", "for", "of"}:
            return True
        if word in {"have", "has"} and following == "to" and view.tags[i + 1] == "TO":
            return True
    return False


def _is_past_guess(view: View, index: int, last: int) -> bool:
    """Tell "must have been", which guesses, it does not demand."""
    return index + 1 < last and view.tokens[index].lower == "must" and view.tags[index + 1] == "H"


def _is_evaluative(view: View, first: int, last: int) -> bool:
    words = _classes()["evaluative"]
    for i in range(first, last):
        if view.tokens[i].lower in words and any(tag in _COPULAS for tag in view.tags[max(first, i - 4) : i]):
            return not _is_sign(view, i, last)
    return False


def _is_sign(view: View, index: int, last: int) -> bool:
    return any(view.tokens[i].lower in _classes()["sign"] for i in range(index, min(last, index + 3)))


def _is_interpretive(view: View, first: int, last: int) -> bool:
    classes = _classes()
    for i in range(first, last):
        word = view.tokens[i].lower
        if word in classes["interpretive"] and view.tags[i] not in {"N", "NP", "D"}:
            return True
        if word in classes["sign"] and any(tag == "B" for tag in view.tags[max(first, i - 4) : i]):
            return True
    return False


def find_loaded(view: View, first: int, last: int) -> list[Span]:
    """Return the loaded words among the tokens, those in quotation marks left out, and "clear" where it tells what is known."""
    words = word_set("loaded")
    return [
        Span(token.begin, token.end)
        for i, token in enumerate(view.tokens[first:last], first)
        if token.lower in words and view.quote_of[i] < 0 and view.tags[i] != "NP" and not _tells_what_is_known(view, i)
    ]


def _tells_what_is_known(view: View, index: int) -> bool:
    """Say whether "clear" is that of "it was not immediately clear whether" rather than of "a clear threat"."""
    is_denied = any(view.tag(i) == "NOT" for i in range(max(0, index - 3), index))
    return view.word(index) == "clear" and (
        is_denied or view.word(index + 1) in {"if", "whether", "who", "what", "how", "why", "when"}
    )


def n_judging_words(view: View, first: int, last: int) -> int:
    """Return how many words of a token range judge, wherever they stand."""
    judging = _classes()["evaluative"] | word_set("loaded")
    return sum(view.word(i) in judging for i in range(first, last))
