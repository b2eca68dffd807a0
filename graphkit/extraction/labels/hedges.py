"""Hedges: words that leave an assertion possible, probable, or resting on nobody in particular.

Certainty follows GRaSP: ``possible`` (may, could), ``probable`` (likely, expected), ``underspecified`` (allegedly, reportedly),
else ``certain``.  Where several stand together the weakest wins: possible, then underspecified, then probable.
"""

from dataclasses import dataclass
from functools import cache

from graphkit.extraction.attribution.view import View
from graphkit.extraction.labels.tense import is_inability
from graphkit.extraction.language.lexicon import word_classes
from graphkit.model import Certainty, Span

_WEAKEST: tuple[Certainty, ...] = ("possible", "underspecified", "probable")
_SEEM = frozenset(["appears", "appear", "appeared", "seems", "seem", "seemed"])
_PASSIVE = frozenset(
    [
        "expected",
        "believed",
        "feared",
        "assumed",
        "presumed",
        "understood",
        "thought",
        "considered",
        "supposed",
        "reported",
        "said",
    ]
)
_SEEM_FOLLOW = frozenset({"TO", "THAT", "J", "VN", "S"})


@dataclass(frozen=True, slots=True)
class Hedge:
    """One hedge: its span and the certainty it leaves."""

    span: Span
    certainty: Certainty


@cache
def _words() -> dict[str, Certainty]:
    classes = word_classes("hedges")
    return {word: certainty for certainty in _WEAKEST for word in classes[certainty]}


def find_hedges(view: View, first: int, last: int) -> list[Hedge]:
    """Return the hedges among the tokens ``first`` to ``last``."""
    words = _words()
    return [
        Hedge(Span(view.tokens[i].begin, view.tokens[i].end), words[view.tokens[i].lower])
        for i in range(first, last)
        if view.tokens[i].lower in words and _is_hedge(view, i)
    ]


def _is_hedge(view: View, index: int) -> bool:
    word, tags, tokens = view.tokens[index].lower, view.tags, view.tokens
    before = tokens[index - 1].lower if index else ""
    following = tags[index + 1] if index + 1 < len(tags) else "."
    if word in {"may", "might", "could"}:
        return tags[index] == "M" and not is_inability(view, index)
    if word == "apparent":
        return following in {"N", "J"}
    if word in _SEEM:
        return following in _SEEM_FOLLOW or (following == "R" and index + 2 < len(tags) and tags[index + 2] in _SEEM_FOLLOW)
    if word in _PASSIVE:
        return _is_passive_hedge(view, index, following)
    if word == "possible":
        return before not in {"as", "best", "where", "if", "not", "everything", "whenever", "wherever", "soon"}
    return True


def _is_passive_hedge(view: View, index: int, following: str) -> bool:
    """Accept "is expected to", "it is believed that", "reported sightings", "the expected result" but not "higher than expected"."""
    near = view.tags[max(0, index - 3) : index]
    if view.word(index - 1) in {"than", "as"}:
        return False
    word = view.tokens[index].lower
    if word in {"reported", "said"} and "B" in near:
        return following == "TO"
    if word == "said":
        return False
    if word == "reported":
        return following == "N" and bool(near) and near[-1] in {"D", "J", "CD", "P", "CC"}
    if "B" in near:
        return following in {"TO", "THAT"} or (word in {"expected", "feared", "believed", "presumed"} and following != "P")
    return (
        following in {"N", "J"}
        and bool(near)
        and near[-1] in {"D", "POS"}
        and word in {"expected", "feared", "presumed", "supposed"}
    )


def certainty_of(hedges: list[Hedge]) -> Certainty:
    """Return the certainty that hedges leave together."""
    found = {hedge.certainty for hedge in hedges}
    return next((certainty for certainty in _WEAKEST if certainty in found), "certain")
