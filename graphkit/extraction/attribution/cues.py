"""The lexicon of cues: which verbs and nouns carry someone's words or thoughts, and how."""

from functools import cache

from graphkit.extraction.language.lexicon import verb_forms, word_classes

STRONG = frozenset(
    [
        "say",
        "tell",
        "add",
        "claim",
        "deny",
        "accuse",
        "vow",
        "promise",
        "urge",
        "warn",
        "announce",
        "argue",
        "insist",
        "write",
        "tweet",
        "note",
        "declare",
        "state",
        "call",
        "ask",
        "allege",
        "report",
        "predict",
        "admit",
        "acknowledge",
        "explain",
        "condemn",
        "criticise",
        "criticize",
        "praise",
        "pledge",
        "suggest",
        "believe",
        "think",
    ]
)
"""Lemmas that open a cue of their own after "and" or "but"."""


_NO_KINDS = frozenset({"phrasal", "deeds"})


@cache
def phrasal_kinds() -> dict[tuple[str, str], str]:
    """Return the kind of each cue of two words ("rule", "out")."""
    rows = (entry.partition(":") for entry in word_classes("cues")["phrasal"])
    return {(words.split("-")[0], words.split("-")[1]): kind for words, _, kind in rows}


def deeds() -> frozenset[str]:
    """Return the lemmas of decisions and refusals, whose infinitive is a deed rather than something said."""
    return word_classes("cues")["deeds"]


@cache
def cue_kinds() -> dict[str, frozenset[str]]:
    """Return the kinds of each cue lemma ("say" → {"say", "show"})."""
    kinds: dict[str, set[str]] = {}
    for kind, lemmas in word_classes("cues").items():
        for lemma in lemmas if kind not in _NO_KINDS else ():
            kinds.setdefault(lemma, set()).add(kind)
    return {lemma: frozenset(found) for lemma, found in kinds.items()}


@cache
def noun_kinds() -> dict[str, frozenset[str]]:
    """Return, for each cue noun (singular and plural), the words that may join its content: that, to, of, for."""
    kinds: dict[str, set[str]] = {}
    for joint, nouns in word_classes("cue_nouns").items():
        for noun in nouns:
            for form in (noun, _plural(noun)):
                kinds.setdefault(form, set()).add(joint)
    return {noun: frozenset(found) for noun, found in kinds.items()}


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


def lemma_of(word: str) -> str:
    """Return the lemma of a verb form in lower case, or the word itself."""
    return verb_forms().get(word, (word, 0))[0]


def kinds_of(word: str) -> frozenset[str]:
    """Return the kinds of the cue that a verb form in lower case is; empty when it is none."""
    return cue_kinds().get(lemma_of(word), frozenset())
