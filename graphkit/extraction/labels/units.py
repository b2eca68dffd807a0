"""What a number counts: the noun phrase behind it, or what the sentence counted before."""

from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.lexicon import word_classes

_NOUN_TAGS = frozenset({"N", "J", "NP"})
_MORE = frozenset({"more", "other", "additional", "further", "extra", "new"})
_ELIDED_VERBS = frozenset({"B", "H", "V", "M", "R"})


def number_words(name: str) -> frozenset[str]:
    """Return one of the lists of ``numbers.txt``."""
    return word_classes("numbers")[name]


def counted_noun(view: View, end: int, before: str | None) -> str | None:
    """Return what the number that ends at offset ``end`` counts; ``before`` is what was counted earlier in the sentence."""
    start = _first_token(view, end)
    if start >= len(view.tokens):
        return before
    if view.tokens[start].begin == end and view.tokens[start].text in {"°", "º"}:
        return "degrees"
    start = _skip_joints(view, start, end)
    stop = _phrase_end(view, start)
    if start < stop and view.tag(stop) == "POS" and view.word(start - 1) in {"the", "its", "their", "of"}:
        start = stop + 1 + (view.tag(stop + 1) == "CD")
        stop = _phrase_end(view, start)
    if any(view.tags[i] != "J" or view.word(i) in number_words("casualty") for i in range(start, stop)):
        return _trimmed(view, start, stop)
    return _elided(view, start, before)


def _first_token(view: View, offset: int) -> int:
    low, high = 0, len(view.tokens)
    while low < high:
        middle = (low + high) // 2
        if view.tokens[middle].begin < offset:
            low = middle + 1
        else:
            high = middle
    return low


def _skip_joints(view: View, start: int, end: int) -> int:
    """Skip a hyphen, "more", "out of four", and "of the 64" in "37 of the 64 settlements"."""
    if view.tokens[start].begin == end and view.tokens[start].text in "-‑":
        start += 1
        start += view.word(start) in {"plus", "odd", "strong"}
    if view.word(start) == "out" and view.word(start + 1) == "of" and view.tag(start + 2) == "CD":
        start += 3
    if view.word(start) in _MORE:
        return start + 1
    if view.word(start) == "of":
        start += 1
        start += view.tag(start) == "D"
        start += view.word(start) in number_words("sequence")
        start += view.tag(start) == "CD"
    while view.word(start) == "most" or (view.tag(start) == "R" and view.tag(start + 1) in {"J", "VN", "VG"}):
        start += 1
    return start


def _phrase_end(view: View, start: int) -> int:
    stop = start
    while view.tag(stop) in _NOUN_TAGS or (
        view.tag(stop) in {"VN", "VG"} and stop == start and view.tag(stop + 1) in {"N", "NP", "J"}
    ):
        stop += 1
    if view.tag(stop) == "/" and view.tag(stop + 1) == "N":
        return stop + 2
    if (
        start < stop
        and view.word(stop) == "and"
        and view.tag(stop + 1) == "N"
        and "-" not in view.word(stop + 1)
        and view.word(stop - 1).endswith("s")
    ):
        after = stop + 1
        while view.tag(after) in {"N", "J"}:
            after += 1
        return after if view.word(after - 1).endswith("s") else stop
    return stop


def _trimmed(view: View, start: int, stop: int) -> str | None:
    """Return the phrase without peoples' names before its noun ("North Korean troops" counts troops)."""
    while start < stop - 1 and view.word(stop - 1) in number_words("behind_unit"):
        stop -= 1
    while start < stop - 1 and view.tags[start] == "NP" and view.tags[stop - 1] == "N":
        start += 1
    words = view.words(start, stop)
    if view.word(start) in number_words("casualty") and stop == start + 1:
        return f"{words} people"
    return words


def _elided(view: View, start: int, before: str | None) -> str | None:
    """Return the unit of "200 wounded", "12 were injured", "about 50 remain"."""
    if view.word(start) == "others":
        return before if before in {"people", "persons"} else "others"
    index, told = start, number_words("casualty") | number_words("died")
    while view.tag(index) in _ELIDED_VERBS and index < start + 4 and view.word(index) not in told:
        index += 1
    if view.word(index) in number_words("casualty"):
        return f"{view.word(index)} people"
    if view.word(index) in number_words("died"):
        return "people"
    if view.word(start) in {"a", "an"}:
        return before if view.tag(start + 1) in {"N", "J"} and view.tag(start + 2) in {"N", ",", ".", "CC"} else None
    return before if view.tag(start) in _ELIDED_VERBS | {"VN", "P", ",", ".", "CC", "PO"} else None
