"""The word lists that travel with the package: verbs with all their forms, and the closed classes."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

BASE, THIRD, PAST, PARTICIPLE, GERUND = 1, 2, 4, 8, 16
_VOWELS = frozenset("aeiou")


def read_lines(name: str) -> Iterator[str]:
    """Yield the lines of the packaged list ``name``, without comments and empty lines."""
    text = (files(__package__) / "lexicons" / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the words of a list that has several a line."""
    return frozenset(word for line in read_lines(name) for word in line.split())


@cache
def phrase_set(name: str) -> frozenset[str]:
    """Return the entries of a list that has one phrase a line."""
    return frozenset(read_lines(name))


@cache
def word_classes(name: str = "function_words") -> dict[str, frozenset[str]]:
    """Return the classes of a list whose lines read ``class: word word …``."""
    rows = (line.partition(":") for line in read_lines(name))
    return {label.strip(): frozenset(words.split()) for label, _, words in rows}


@cache
def verb_forms() -> dict[str, tuple[str, int]]:
    """Return every known verb form with its lemma and which forms it may be, as a sum of BASE … GERUND."""
    forms: dict[str, tuple[str, int]] = {}

    def add(word: str, lemma: str, form: int) -> None:
        known, mask = forms.get(word, (lemma, 0))
        forms[word] = known, mask | form

    irregular = {lemma: (past, participle) for lemma, past, participle in map(str.split, read_lines("verbs_irregular"))}
    for lemma in sorted(word_set("verbs") | set(irregular)):
        add(lemma, lemma, BASE)
        add(third_person(lemma), lemma, THIRD)
        for word in _with_ending(lemma, "ing"):
            add(word, lemma, GERUND)
        if lemma in irregular:
            past, participle = irregular[lemma]
            add(past, lemma, PAST)
            add(participle, lemma, PARTICIPLE)
        for word in () if lemma in irregular else _with_ending(lemma, "ed"):
            add(word, lemma, PAST | PARTICIPLE)
    return forms


def third_person(lemma: str) -> str:
    """Return the -s form of a regular verb."""
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _with_ending(lemma: str, ending: str) -> Iterator[str]:
    """Yield the form with ``ending``; where a last consonant may double, both spellings (visited, levelled)."""
    if lemma.endswith("ie") and ending == "ing":
        yield lemma[:-2] + "ying"
    elif lemma.endswith("e") and not (lemma.endswith(("ee", "oe", "ye")) and ending == "ing"):
        yield lemma[:-1] + ending
    elif lemma.endswith("y") and ending == "ed" and lemma[-2:-1] not in _VOWELS:
        yield lemma[:-1] + "ied"
    else:
        yield lemma + ending
        if lemma[-1] not in "aeiouwxyh" and lemma[-2:-1] in _VOWELS and lemma[-3:-2] not in _VOWELS:
            yield lemma + lemma[-1] + ending
