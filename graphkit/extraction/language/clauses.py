"""Where one sentence puts forward several things: its clauses, as token ranges.

A sentence is cut at coordinated clauses that have their own subject and verb, at "not only … but also", at "while", "whereas",
"although" and "as" clauses, at semicolons, and at dashes and colons before a clause.  A participial tail stays with its clause.
"""

from dataclasses import dataclass

from graphkit.extraction.attribution.cues import kinds_of
from graphkit.extraction.attribution.phrases import has_finite, is_loose_participle, phrase_after
from graphkit.extraction.attribution.view import View
from graphkit.extraction.language.tags import FINITE, small_list

_SPLITTING = frozenset(["while", "whereas", "although", "though", "as", "because", "since", "after", "before", "when", "once"])
_CONTRASTING = frozenset(["while", "whereas", "although", "though"])
_SUBJECT_STARTS = frozenset({"D", "N", "NP", "PS", "PO", "J", "CD", "VN", "VG"})
_SINGULAR_VERBS = frozenset({"is", "was", "has", "does", "isn't", "wasn't", "hasn't", "doesn't"})
_PLURAL_VERBS = frozenset({"are", "were", "have", "do", "aren't", "weren't", "haven't", "don't"})
_LONGEST_FRAME = 25
_SHORTEST_SAYING = 6
_LONGEST_END = 8
_GOES_ON = frozenset({"N", "NP", "D", "J", "CD", "VN", "VG", "VB", "TO", "P", "PO"})
"""Before one of these a clause that ends in an auxiliary was cut short: "the demand *has* | officials wondering"."""
_SAYING = frozenset({"say", "ask", "tell"})
_HANGING = frozenset(["that", "which", "who", "whom", "whose", "where", "whether", "what", "how", "why"])


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; ``frame`` is where the words begin that belong to it but not to its span (a fronted "In a shocking turn, …")."""

    first: int
    last: int
    frame: int


def split_clauses(view: View, first: int, last: int) -> list[Clause]:
    """Return the clauses of the tokens ``first`` to ``last``, in order; pieces without a verb go with none."""
    pieces: list[tuple[int, int]] = []
    start = first
    for stop, resume in _cuts(view, first, last):
        if stop > start:
            pieces.append((start, stop))
        start = resume
    pieces.append((start, last))
    return [clause for begin, end in pieces if (clause := _trim(view, begin, end)) is not None]


def _cuts(view: View, first: int, last: int) -> list[tuple[int, int]]:
    """Return where a clause stops and where the next one starts."""
    cuts: list[tuple[int, int]] = []
    index = piece = first
    fronted = fronted_end(view, first, last)
    while index < last:
        if view.in_speech(index):
            index = max(index + 1, view.quotes[view.quote_of[index]][1])
            continue
        resume = index + 1 if fronted == index else _cut(view, index, piece, last)
        if resume is not None and resume < last:
            cuts.append((index, resume))
            index = piece = resume
        else:
            index += 1
    return cuts


def fronted_end(view: View, first: int, last: int) -> int | None:
    """Return the comma that ends a subordinate clause at the head of a sentence ("While X, Y"), or None."""
    start = first
    while start < last and view.tags[start] in {"CC", "Q", "R", "*"}:
        start += 1
    if start >= last or view.tags[start] != "S" or view.tokens[start].lower not in _SPLITTING:
        return None
    for index in range(start + 2, last):
        if view.tags[index] == "," and clause_follows(view, index + 1, last):
            return index if has_finite(view, start + 1, index) else None
    return None


def _cut(view: View, index: int, first: int, last: int) -> int | None:
    """Return where the next clause begins when the token at ``index`` parts it from the piece that began at ``first``."""
    tag, word = view.tags[index], view.tokens[index].lower
    if tag == ";":
        return index + 1
    if tag in {"-", ":"}:
        return index + 1 if clause_follows(view, index + 1, last) and has_finite(view, first, index) else None
    if tag == ",":
        return _cut_after_comma(view, index, last)
    if not has_finite(view, first, index):
        return None
    if tag == "CC":
        return _cut_at_conjunction(view, index, last)
    if (
        tag == "S"
        and word in _CONTRASTING
        and index + 1 < last
        and (view.tags[index + 1] == "VG" or clause_follows(view, index + 1, last))
    ):
        return index + 1
    if tag == "S" and word == "as" and clause_follows(view, index + 1, last):
        return index + 1
    return None


def _cut_after_comma(view: View, index: int, last: int) -> int | None:
    start = index + 1
    while start < last and view.tags[start] == "R":
        start += 1
    if start >= last:
        return None
    if view.tags[start] == "CC":
        return _cut_at_conjunction(view, start, last)
    if view.tags[start] == "S" and view.tokens[start].lower in _SPLITTING and clause_follows(view, start + 1, last):
        return start + 1
    return None


def _cut_at_conjunction(view: View, index: int, last: int) -> int | None:
    start = index + 1
    if view.word(index) == "and" and _is_between(view, index):
        return None
    if view.tokens[index].lower == "but" and start < last and view.tokens[start].lower == "also":
        return start + 1 if start + 1 < last and view.tags[start + 1] in FINITE else None
    return start if clause_follows(view, start, last) else None


def _is_between(view: View, index: int) -> bool:
    """Say whether "and" joins the two ends of "between one and the other"."""
    for i in range(index - 1, max(-1, index - _LONGEST_END), -1):
        if view.tags[i] in FINITE or view.tags[i] in {",", ";", "CC", "P"}:
            return view.word(i) == "between"
    return False


def clause_follows(view: View, start: int, last: int) -> bool:
    """Say whether a subject and its finite verb begin at ``start``."""
    index = start
    while index < last and view.tags[index] == "R":
        index += 1
    if index >= last or view.tags[index] not in _SUBJECT_STARTS or view.in_speech(index):
        return False
    end = phrase_after(view, index, last)
    while end < last and view.tags[end] in {"R", "NOT"}:
        end += 1
    return end > index and end < last and view.tags[end] in FINITE and _agree(view, index, end)


def _agree(view: View, start: int, verb: int) -> bool:
    """Say whether a plain noun phrase and the verb behind it agree: "issues is", "Resort and Casino were" belong to a longer subject."""
    noun = verb - 1
    while noun > start and view.tags[noun] in {"R", "NOT"}:
        noun -= 1
    word = view.word(noun)
    if view.word(verb) in _PLURAL_VERBS:
        is_joined = start > 1 and view.word(start - 1) == "and" and view.tags[start - 2] == "NP" and noun == start
        return not (is_joined and view.tags[noun] == "NP" and not word.endswith("s"))
    if view.word(verb) not in _SINGULAR_VERBS:
        return True
    is_plural = view.tags[noun] == "N" and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics"))
    return not is_plural or word in small_list("singular_in_s") or any(view.tags[i] in {"P", "VG"} for i in range(start, noun))


def _trim(view: View, begin: int, end: int) -> Clause | None:
    """Strip joints and a fronted adjunct from a piece; None when nothing is stated in it ("whether it works")."""
    if view.word(begin) == "whether":
        return None
    while begin < end and view.tags[begin] in {"CC", ",", ";", ":", "-", ".", "*", "S"} and view.quote_of[begin] < 0:
        begin += 1
    if end - begin > 3 and view.tags[end - 2 : end] == ["S", "PS"] and view.tag(end) in FINITE:
        end -= 2  # "… when they" of "when they were told that …"
    while (
        end > begin and view.tags[end - 1] in {",", ";", ":", "-", ".", "*", "CC", "P", "S", "("} and view.quote_of[end - 1] < 0
    ):
        end -= 1
    if begin >= end:
        return None
    frame = begin
    if view.tags[begin] in {"P", "R"}:
        begin = _after_adjunct(view, begin, end)
    return Clause(begin, end, frame)


def _after_adjunct(view: View, begin: int, end: int) -> int:
    """Return where the clause proper begins behind "In a shocking turn of events, …"; ``begin`` when there is no such adjunct."""
    for index in range(begin + 1, min(end, begin + _LONGEST_FRAME)):
        if view.tags[index] in FINITE:
            return begin
        if view.tags[index] == "," and clause_follows(view, index + 1, end):
            return index + 1
    return begin


def states_something(view: View, first: int, last: int, *, least: int = 2) -> bool:
    """Say whether a token range of at least ``least`` tokens has a finite verb."""
    return last - first >= least and has_finite(view, first, last)


def is_whole(view: View, first: int, last: int) -> bool:
    """Say whether a token range has a subject and a verb of its own, and not only those of a clause that hangs on something else.

    "compared with states where it is allowed" has none, nor has "officials said" without what they said.
    """
    if not states_something(view, first, last):
        return False
    finite = [i for i in range(first, last) if view.tags[i] in FINITE and view.word(i) not in {"be", "been", "being"}]
    if not finite:
        return False
    end = last
    while end > first and view.tags[end - 1] in {"R", "NOT"}:
        end -= 1
    if finite == [end - 1] and view.tags[end - 1] in {"B", "H", "M", "DO"} and view.tag(last) in _GOES_ON:
        return False
    if (
        finite[-1] == last - 1
        and len(finite) == 1
        and last - first <= _SHORTEST_SAYING
        and kinds_of(view.word(last - 1)) & _SAYING
    ):
        return False
    if first == view.sentence_of(first)[0] and is_loose_participle(view, first):
        return any(view.tags[i] == "," and clause_follows(view, i + 1, last) for i in range(first, last))
    if view.tags[first] not in {"P", "S", "VN"}:
        return True
    hangs = any(view.tags[i] == "S" or view.word(i) in _HANGING for i in range(first, finite[0]))
    return not hangs or any(view.tags[i] == "," and clause_follows(view, i + 1, last) for i in range(finite[0], last))
