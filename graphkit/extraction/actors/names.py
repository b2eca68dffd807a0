"""Personal and organisational names that no table knows, by capitals, titles and last words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.lexicon import word_classes
from graphkit.extraction.protocol import RawMention

_NO_NAME = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "i", "the", "a", "an", "he", "she", "it", "they", "we", "you", "this", "that", "these", "those", "his", "her", "its", "our", "their", "mr", "mrs", "ms", "dr"]
)
_PARTICLES = frozenset(["de", "la", "van", "von", "der", "den", "bin", "al", "ibn", "da", "di", "dos", "del", "el", "le", "of", "y"])
_RULE_CONFIDENCE = 0.6


@cache
def titles(kind: str) -> frozenset[str]:
    """Return the words of one class of ``titles.txt``."""
    return word_classes("titles")[kind]


@dataclass(frozen=True, slots=True)
class _Run:
    first: int
    last: int


def find_names(view: View) -> Iterator[RawMention]:
    """Yield names of people and organisations of one paragraph; places and things are not asked for."""
    for run in _capital_runs(view):
        mention = _name_of(view, run)
        if mention is not None:
            yield mention


def _capital_runs(view: View) -> Iterator[_Run]:
    """Yield maximal runs of capitalised words, particles inside them included."""
    start: int | None = None
    for i in range(len(view.tokens) + 1):
        inside = i < len(view.tokens) and (_is_capital(view, i) or (start is not None and _joins(view, i)))
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            yield _Run(start, i)
            start = None


def _is_capital(view: View, index: int) -> bool:
    return view.tags[index] == "NP" and view.tokens[index].lower not in _NO_NAME


def _joins(view: View, index: int) -> bool:
    word = view.tokens[index]
    return (
        word.text in _PARTICLES
        and word.text != "y"
        and index + 1 < len(view.tokens)
        and _is_capital(view, index + 1)
        and word.text not in {"of", "la"}
    )


def _name_of(view: View, run: _Run) -> RawMention | None:
    words = [view.tokens[i].lower.rstrip(".") for i in range(run.first, run.last)]
    begin, end = view.tokens[run.first].begin, view.tokens[run.last - 1].end
    if words[-1] in titles("organisation") and len(words) > 1:
        return RawMention(begin, end, "ORG", _RULE_CONFIDENCE)
    skip = 0
    while skip < len(words) and words[skip] in titles("person"):
        skip += 1
    before = view.tokens[run.first - 1].lower.rstrip(".") if run.first else ""
    has_title = skip > 0 or before in titles("person")
    if skip == len(words):
        return None
    count = len(words) - skip
    if has_title and count <= 4:
        return RawMention(view.tokens[run.first + skip].begin, end, "PER", _RULE_CONFIDENCE)
    if count == 1 and run.last - run.first == 1:
        text = view.tokens[run.first].text
        return RawMention(begin, end, "ORG", 0.5) if text.isupper() and 2 < len(text) <= 6 and "." not in text else None
    if 2 <= count <= 3 and _looks_personal(view, run):
        return RawMention(begin, end, "PER", 0.5)
    return None


def _looks_personal(view: View, run: _Run) -> bool:
    """Say whether a run of two or three capitalised words is rather a person: it acts, owns, or is described after a comma."""
    after = view.tags[run.last] if run.last < len(view.tags) else "."
    before = view.tokens[run.first - 1].lower if run.first else ""
    if before in {"in", "at", "from", "to", "near", "the", "on"}:
        return False
    word = view.tokens[run.last - 1].text
    if (
        any(view.tokens[i].text.isupper() and len(view.tokens[i].text) > 2 for i in range(run.first, run.last))
        or (not word.isalpha()
        and "-" not in word
        and "’" not in word
        and "'" not in word)
    ):
        return False
    follows = view.tokens[run.last].lower if run.last < len(view.tokens) else ""
    return (
        after in {"V", "H", "M"}
        or follows in {"who", "whose"}
        or before in {"said", "says", "by", "told", "added", "wrote", "asked"}
        or (after == "," and before != ",")
    )
