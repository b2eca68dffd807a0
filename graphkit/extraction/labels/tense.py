"""Whether an assertion speaks of what is to come."""

from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.lexicon import BASE, PAST, verb_forms
from graphkit.model import Tense

_FUTURE_MODALS = frozenset(["will", "'ll", "shall", "won't", "would", "may", "might", "could", "can"])
_PLANNED = frozenset(
    [
        "set",
        "due",
        "about",
        "poised",
        "going",
        "scheduled",
        "slated",
        "bound",
        "expected",
        "planning",
        "preparing",
        "ready",
        "likely",
    ]
)
_LATER = frozenset(["tomorrow", "next", "soon", "shortly"])


def tense_of(view: View, first: int, last: int) -> Tense:
    """Return ``future`` for will, may + verb, "is set to", or a present with a future time; else ``nonFuture``."""
    tags, tokens = view.tags, view.tokens
    for i in range(first, last):
        word = tokens[i].lower
        if tags[i] == "M" and word in _FUTURE_MODALS and _points_forward(view, i, last):
            return "future"
        if word in _PLANNED and i + 1 < last and tags[i + 1] == "TO" and any(tag == "B" for tag in tags[max(first, i - 3) : i]):
            return "future"
        if tags[i] == "B" and word in {"is", "are"} and i + 1 < last and tags[i + 1] == "TO":
            return "future"
        if word in _LATER and any(tag == "VG" for tag in tags[first:i]) and any(tag == "B" for tag in tags[first:i]):
            return "future"
    return "nonFuture"


def is_past(word: str) -> bool:
    """Say whether a word in lower case is a past form and nothing else a finite verb can be."""
    mask = verb_forms().get(word, ("", PAST if word.endswith("ed") else 0))[1]
    return bool(mask & PAST) and not mask & BASE


def _points_forward(view: View, modal: int, last: int) -> bool:
    """Say whether the modal speaks of the future: not "could have known", not the ability of "can", not a past "could not"."""
    word = view.tokens[modal].lower
    if word in {"would", "can"}:
        return word == "would" and not _has_perfect(view, modal, last)
    return not _has_perfect(view, modal, last) and not is_inability(view, modal)


def is_inability(view: View, modal: int) -> bool:
    """Say whether "could not" tells what nobody managed ("could not verify the figures", "could not be reached"), not what may be."""
    at, word = modal + 1, view.word(modal)
    if word != "couldn't" and not (word == "could" and view.tag(at) == "NOT"):
        return False
    while view.tag(at) in {"NOT", "R"}:
        at += 1
    return view.tag(at) == "VB" or (view.tag(at) == "B" and view.tag(at + 1) == "VN")


def _has_perfect(view: View, modal: int, last: int) -> bool:
    ahead = [i for i in range(modal + 1, min(last, modal + 4)) if view.tags[i] not in {"R", "NOT"}]
    return len(ahead) > 1 and view.tags[ahead[0]] == "H" and view.tags[ahead[1]] in {"VN", "B"}
