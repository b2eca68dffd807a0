"""Who speaks: the subject of a cue, before it or, inverted, behind it."""

from graphkit.extraction.attribution.cues import noun_kinds
from graphkit.extraction.attribution.phrases import has_finite, is_time, phrase_after, phrase_before, speaking_nouns
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.language.tags import FINITE

_LONGEST_APPOSITION = 45
_APPOSED = frozenset({"N", "NP", "D", "J", "CD", "P", "POS", "CC", "VN", "VG", "(", ")", "R", "-"})
_RELATIVE = frozenset({"who", "which", "whose", "whom"})
_POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our"})
_PERSON_ENDINGS = ("ers", "ists", "ians", "ents", "ors", "ants", "er", "ist", "ian", "man", "woman")
_EXPLETIVES = frozenset({"it", "there", "what", "this", "one"})


def subject_before(view: View, start: int, first: int) -> Range | None:
    """Return the subject that stands before a verb group, apposition included."""
    if start > first and (view.tags[start - 1] == "CC" or (view.tags[start - 1] == "Q" and not view.in_speech(start - 1))):
        return sentence_subject(view, first, start)
    return _own_subject(view, start, first)


def _own_subject(view: View, start: int, first: int) -> Range | None:
    """Return the subject right before a verb group, with what may be put between them: an apposition, a day."""
    if start <= first:
        return None
    if view.tags[start - 1] == ",":
        return _before_apposition(view, start, first)
    begin = phrase_before(view, start, first)
    if begin is None:
        return None
    if all(is_time(view, i) for i in range(begin, start)):
        before = begin - 1 if begin > first and view.tags[begin - 1] == "P" else begin
        return subject_before(view, before, first)
    return (begin, start)


def _before_apposition(view: View, start: int, first: int) -> Range | None:
    """Return "Jo Bloggs, a former aide to X and Y," or "Jo Bloggs, who …," before a verb group."""
    for comma in range(start - 2, max(first, start - _LONGEST_APPOSITION), -1):
        if view.tags[comma] != "," or view.in_speech(comma):
            continue
        begin = phrase_before(view, comma, first)
        if begin is None:
            continue
        kind = _insertion(view, comma + 1, start - 1)
        if kind == "apposition":
            return (begin, start - 1)
        if kind == "adjunct":
            return (begin, comma)
    return None


def _insertion(view: View, begin: int, end: int) -> str | None:
    """Tell what stands between two commas: an apposition that belongs to the name, an adjunct that does not, or neither."""
    if begin >= end:
        return None
    if view.word(begin) in _RELATIVE:
        return "apposition"
    if has_finite(view, begin, end):
        return "adjunct" if view.tags[begin] in {"S", "P"} and end - begin < 15 else None
    if view.tags[begin] in {"P", "R", "S", "VG", "VN"}:
        return "adjunct"
    return "apposition" if all(tag in _APPOSED or tag == "," for tag in view.tags[begin:end]) else None


def sentence_subject(view: View, first: int, stop: int) -> Range | None:
    """Return the subject of the last full clause before ``stop``: "Trump met survivors and *said*"."""
    while stop > first:
        signs = (i for i in range(stop - 1, first, -1) if view.tags[i] in {";", "S", ":", "-"} and not view.in_speech(i))
        start = next(signs, first - 1) + 1
        for index in range(start, stop):
            if view.tags[index] in FINITE and not view.in_speech(index):
                # no verb after "and" is asked for its subject: it would be that of a verb before it, which has none
                found = _own_subject(view, _group_head(view, index, start), start)
                if found is not None:
                    return found
        if start <= first + 1:
            return None
        stop = start - 1
    return None


def _group_head(view: View, index: int, first: int) -> int:
    while index > first and view.tags[index - 1] in {"R", "NOT"}:
        index -= 1
    return index


def with_apposition(view: View, end: int, last: int) -> int:
    """Extend a name by ", a former governor and mayor," or ", who …," when that runs to the next comma or stop."""
    if end + 1 >= last or view.tags[end] != ",":
        return end
    if view.word(end + 1) in {"who", "whose"}:
        return _relative_end(view, end, last)
    if view.tags[end + 1] not in {"D", "N", "NP", "J"}:
        return end
    stop = end + 1
    while stop < last and view.tags[stop] in _APPOSED and not view.in_speech(stop):
        stop += 1
    return stop if stop >= last or view.tags[stop] in {".", ","} else end


def _relative_end(view: View, end: int, last: int) -> int:
    stop = end + 1
    while stop < last and view.tags[stop] not in {",", ".", "-", ";"} and not view.in_speech(stop):
        stop += 1
    return stop


def possessor(view: View, index: int, first: int) -> Range | None:
    """Return whose the noun at ``index`` is: "Kim's recent pledge", "his claim"."""
    start = index
    while start > first and view.tags[start - 1] in {"J", "VN", "CD", "N", "VG"}:
        start -= 1
    if start > first and view.tags[start - 1] == "POS":
        begin = phrase_before(view, start - 1, first)
        return (begin, start - 1) if begin is not None else None
    if start > first and view.word(start - 1) in _POSSESSIVES:
        return (start - 1, start)
    return None


def is_expletive(view: View, source: Range) -> bool:
    """Say whether the subject is the "it" or "there" of "it is hard to say"."""
    return source[1] - source[0] == 1 and view.word(source[0]) in _EXPLETIVES


def can_speak(view: View, source: Range) -> bool:
    """Say whether a subject can hold a view: a name, a pronoun, a person or body; not "efforts" or "the move"."""
    head = _head(view, source)
    word = view.word(head)
    if view.tags[head] in {"NP", "PS", "CD", ")"} or word in _RELATIVE or word in _POSSESSIVES:
        return True
    if word in noun_kinds():
        return False
    return word in speaking_nouns() or word.endswith(_PERSON_ENDINGS)


def _head(view: View, source: Range) -> int:
    """Return the head of a phrase: the last noun before a preposition, comma or bracket."""
    head = source[0]
    for index in range(*source):
        if view.tags[index] in {"P", ",", "(", "CC"} or view.word(index) in _RELATIVE:
            break
        head = index
    return head


def inverted_source(view: View, end: int, last: int) -> Range | None:
    """Return the source behind the cue in "…," said X."""
    stop = phrase_after(view, end, last)
    if stop == end or view.tags[end] in {"PO", "PS", "Q", "THAT"}:
        return None
    follows = view.tag(stop) if stop < last else "."
    return None if follows in FINITE else (end, with_apposition(view, stop, last))
