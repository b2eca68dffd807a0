"""What is said: the content of a cue, behind it or before it."""

from graphkit.extraction.attribution.cues import STRONG, kinds_of, lemma_of
from graphkit.extraction.attribution.phrases import has_finite, phrase_after, skip_adjuncts
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.language.clauses import fronted_end

_CLAUSE_STARTS = frozenset({"D", "N", "NP", "PS", "PO", "J", "CD", "VG", "THAT", "R", "B", "VN"})
_OBJECT_STARTS = frozenset({"D", "N", "NP", "J", "VG", "PO", "CD", "VN"})
_EDGES = frozenset({",", ":", ";", "-", "."})
WH = frozenset({"what", "who", "which", "how", "why", "where", "when", "whether", "if"})
_CLAUSAL = frozenset({"say", "tell", "think", "show"})
_QUOTING = frozenset({"quote", "say", "tell", "ask", "think", "show", "judge", "deny", "doubt", "push"})
_WITH_INFINITIVE = frozenset({"think", "plan", "push", "ask", "judge"})
_ONLY_QUOTING = frozenset({"quote"})
_ANSWERS = frozenset({"no", "yes", "so", "nothing", "little", "otherwise", "much"})


def is_marked(view: View, at: int, last: int) -> bool:
    """Say whether "that", a colon or a quotation mark announces a content."""
    if at >= last:
        return False
    return view.tags[at] in {"THAT", ":", "Q"} or (
        view.tags[at] == "," and at + 1 < last and view.tags[at + 1] in {"Q", "THAT"}
    )


def right_content(view: View, at: int, last: int, kinds: frozenset[str], end: int) -> list[Range]:
    """Return what follows a cue of these kinds; ``end`` is where the cue ends, ``at`` where adjuncts and addressee do."""
    if kinds <= _ONLY_QUOTING and not is_marked(view, at, last):
        return []
    if "push" in kinds and view.word(end) in {"for", "on"} and end + 1 < last:
        return trimmed(view, end + 1, clause_end(view, end + 1, last))
    if at >= last:
        return []
    tag, word = view.tags[at], view.word(at)
    if tag in {":", ","} and at + 1 < last and view.tags[at + 1] == "Q":
        return trimmed(view, at + 1, clause_end(view, at + 1, last))
    if tag == ":" and kinds & {"say", "tell", "ask", "quote"}:
        return trimmed(view, at + 1, last)
    if (
        (tag == "THAT" and kinds - {"plan"})
        or (word in WH and kinds & (_CLAUSAL | {"ask", "deny", "doubt"}))
        or (tag == "Q" and kinds & _QUOTING)
    ):
        return trimmed(view, at, clause_end(view, at, last))
    if tag == "TO" and kinds & {"plan", "push", "ask", "tell", "seem"}:
        return trimmed(view, at, clause_end(view, at, last))
    if "ask" in kinds and word == "about" and at + 1 < last:
        return trimmed(view, at + 1, clause_end(view, at + 1, last))
    return _bare_content(view, at, last, kinds, end)


def _bare_content(view: View, at: int, last: int, kinds: frozenset[str], end: int) -> list[Range]:
    """Return a clause without "that", or the object of a judging cue."""
    if at != end and not kinds & _CLAUSAL:
        at = end
    stop = clause_end(view, at, last)
    if kinds & _WITH_INFINITIVE and not kinds & {"say"} and _is_controlled(view, end, last):
        return trimmed(view, end, clause_end(view, end, last))
    if (
        (view.tags[at] in _CLAUSE_STARTS or any(view.tag(i) == "CD" for i in range(at, at + 4)))
        and kinds & _CLAUSAL
        and view.word(at) not in _ANSWERS
        and has_finite(view, at + 1, stop)
    ):
        return trimmed(view, at, stop)
    if kinds & {"judge", "deny", "doubt"} and view.tag(end) in _OBJECT_STARTS and end < last:
        return trimmed(view, end, clause_end(view, end, last))
    return []


def _is_controlled(view: View, start: int, last: int) -> bool:
    """Say whether "sales to recover", "them to leave" begins at ``start``."""
    stop = phrase_after(view, start, last)
    return start < stop < last and view.tags[stop] == "TO"


def left_content(view: View, stop: int, first: int) -> list[Range]:
    """Return what stands before the source or inverted cue, when a comma, dash or quotation mark parts them."""
    if stop <= first or view.tags[stop - 1] not in {",", "Q", "-"}:
        return []
    return trimmed(view, left_start(view, stop, first), stop)


def left_start(view: View, index: int, first: int) -> int:
    """Return where a content that ends at ``index`` begins: the sentence, or the quotation it closes when that began before."""
    probe = index - 1
    while probe >= first and view.tags[probe] in {",", "Q", "."} and view.quote_of[probe] < 0:
        probe -= 1
    if probe >= 0 and view.quote_of[probe] >= 0:
        return min(first, view.quotes[view.quote_of[probe]][0])
    return first


def is_adjunct(view: View, content: Range) -> bool:
    """Say whether what stands before "X said" only sets the scene ("In a statement released on Monday", "Asked whether …")."""
    first = content[0]
    return not view.in_speech(first) and view.tags[first] in {"P", "S", "VN", "VG", "R"} and not view.in_speech(content[1] - 1)


def after_parenthesis(view: View, at: int, last: int) -> list[Range]:
    """Return what goes on after "…, she said, …"."""
    at = skip_adjuncts(view, at, last)
    if at + 2 < last and view.tags[at] in {",", ".", "-", ";"}:
        if view.tags[at + 1] in {"VG", "VN"} or _opens_new_cue(view, at + 1, last):
            return []
        if view.tags[at + 1] == "Q" or (view.tags[at] == "," and has_finite(view, at + 1, last)):
            return trimmed(view, at + 1, last)
    return []


def clause_end(view: View, start: int, last: int) -> int:
    """Return where a content that begins at ``start`` ends: before a new cue of the same subject, else with the sentence."""
    last = _fronted_end(view, start, last) or last
    index = start + 1
    while index < last:
        if view.in_speech(index):
            index = max(index + 1, view.quotes[view.quote_of[index]][1])
            if index > last or _quote_ends_content(view, start, index, last):
                return index
            continue
        tag = view.tags[index]
        if tag in {",", "CC"} and index + 1 < last and _opens_new_cue(view, index + 1, last, joined=tag == "CC"):
            return index
        index += 1
    return last


def _fronted_end(view: View, start: int, last: int) -> int | None:
    """Return where "While X said that …, Y" turns to its main clause, when ``start`` lies in the fronted part."""
    comma = fronted_end(view, view.sentence_of(start)[0], last)
    return comma if comma is not None and comma > start else None


def _quote_ends_content(view: View, start: int, index: int, last: int) -> bool:
    """Say whether a content that is one full quotation ends with it ("…," in a statement)."""
    if index >= last or view.tags[start] != "Q":
        return False
    return view.tags[index] in {"R", "P", "S", "CC", "-"} and view.tokens[index - 2].text in {",", ".", "!", "?"}


def _opens_new_cue(view: View, index: int, last: int, *, joined: bool = False) -> bool:
    if view.tags[index] == "CC":
        index += 1
    while index < last and view.tags[index] == "R":
        index += 1
    if index >= last:
        return False
    word, tag = view.word(index), view.tags[index]
    if word == "according":
        return True
    if tag == "VG" and not joined:
        return bool(kinds_of(word) & {"say", "tell", "judge", "push"})
    if tag == "V":
        return lemma_of(word) in STRONG
    if tag == "H" and view.tag(index + 1) == "VN" and index + 1 < last:
        return lemma_of(view.word(index + 1)) in STRONG
    if tag in {"PS", "NP", "D", "N", "CD", "J"}:
        end = phrase_after(view, index, last)
        return end < last and view.tags[end] == "V" and lemma_of(view.word(end)) in STRONG
    return False


def phrase_end(view: View, start: int, last: int) -> int:
    """Return where a noun phrase content ends: before a finite verb, "not only", a comma or a stop."""
    index = start
    while index < last:
        tag = view.tags[index]
        if view.quote_of[index] < 0 and (tag in {"V", "M", "B", "H", "DO", "S", "NOT"} or tag in _EDGES):
            break
        index += 1
    return index


def trimmed(view: View, start: int, end: int) -> list[Range]:
    """Return the range without commas, dashes and stops at its edges, quotation marks kept; [] when nothing is left."""
    while start < end and view.tags[start] in _EDGES:
        start += 1
    while end > start and view.tags[end - 1] in _EDGES and view.quote_of[end - 1] < 0:
        end -= 1
    return [(start, end)] if start < end else []
