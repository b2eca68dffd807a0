"""Whom a model takes for the speaker, where grammar leaves no doubt that it is somebody else or nobody.

* A speaker is never found in a paragraph below the cue: there the source that the rules find for the cue is taken, or nothing.
* "It is unclear who ordered the raid" names nobody: an attribution to the word that asks is dropped.
* "A woman who was robbed by Jo Bloggs said …" is not the word of Jo Bloggs: who is named behind "by" did what stands before it.
* "The" | "harbour board has claimed": a source goes on to its noun.
* "X, the firm's owner, said": what stands between commas goes with the name before it.
* "About", "was" and "a" alone are no cue, and "a" and "the" alone are no source.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphkit.extraction.attribution.phrases import group_start, is_time, phrase_before
from graphkit.extraction.attribution.subjects import is_expletive, subject_before
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.labels.stance import cue_kinds_at
from graphkit.extraction.protocol import RawAttribution

_ASKING = frozenset({"who", "what", "whoever"})
_BEFORE_QUESTION = frozenset({"J", "V", "VB", "VN", "VG", "NOT", "R"})
_RELATIVES = frozenset({"who", "which", "that", "whose", "whom"})
_ARTICLES = frozenset({"a", "an", "the"})
_LITTLE = frozenset({"P", "TO", "CC", "D", "B", "M", "PO", "PS"})
_CUES = frozenset({"according", "per", "via", "like"})
_NOMINAL = frozenset({"N", "NP", "J", "CD"})
_OPEN = frozenset({"D", "J", "P", "CD", "POS"})
"""Classes of words that no noun phrase ends in."""
_LONGEST_REST = 4
"""Tokens between a source and its cue that can belong to it."""


def with_right_speakers(
    views: Sequence[View], raws: Sequence[RawAttribution], rules: Sequence[RawAttribution] = ()
) -> Iterator[RawAttribution]:
    """Yield the attributions with their sources set right, by those of ``rules`` too; those that are nobody's are left out."""
    begins = [view.tokens[0].begin for view in views if view.tokens]
    by_rules = {raw.cues[-1].end: raw.sources for raw in rules if raw.cues and raw.sources}
    for found in raws:
        raw: RawAttribution | None = found
        if _speaks_from_below(begins, found):
            found_by_rules = by_rules.get(found.cues[-1].end)
            raw = replace(found, sources=found_by_rules) if found_by_rules else None
        if raw is None or _is_no_cue(views, begins, raw):
            continue
        place = bisect_right(begins, raw.sources[0].begin) - 1 if raw.sources else -1
        tokens = views[place].tokens_in(raw.sources[0]) if place >= 0 else None
        if tokens is None:
            yield raw if raw.sources else _with_subject(views, begins, raw)
            continue
        view = views[place]
        if _is_asked_for(view, tokens):
            continue
        cue = view.tokens_in(raw.cues[0]) if raw.cues else None
        right = _subject(view, tokens, cue) if cue is not None and tokens[1] <= cue[0] else tokens
        if right is None or all(view.word(i) in _ARTICLES for i in range(*right)):
            continue
        source = raw.sources[0] if right == tokens else view.span(right)
        rest = tuple(span for span in raw.sources[1:] if not span.overlaps(source))
        yield raw if source == raw.sources[0] else replace(raw, sources=(source, *rest))


def _with_subject(views: Sequence[View], begins: Sequence[int], raw: RawAttribution) -> RawAttribution:
    """Give "one video, seen by many, claims that …" its source, where a model found none: the subject of its verb of saying."""
    place = bisect_right(begins, raw.cues[0].begin) - 1 if raw.cues and raw.contents else -1
    cue = views[place].tokens_in(raw.cues[0]) if place >= 0 else None
    if cue is None or not cue_kinds_at(views[place], raw.cues[0]) & {"say", "tell"}:
        return raw
    view, first = views[place], views[place].sentence_of(cue[0])[0]
    is_active = any(view.tags[i] == "V" for i in range(*cue)) and not any(view.tags[i] == "B" for i in range(*cue))
    subject = subject_before(view, group_start(view, cue[0], first), first) if is_active else None
    follows = view.tag(cue[1]) == "THAT" and raw.contents[0].begin >= raw.cues[0].end
    return replace(raw, sources=(view.span(subject),)) if subject and follows and not is_expletive(view, subject) else raw


def _speaks_from_below(begins: Sequence[int], raw: RawAttribution) -> bool:
    if not raw.sources or not raw.cues:
        return False
    return bisect_right(begins, raw.sources[0].begin) > bisect_right(begins, raw.cues[-1].begin)


def _is_no_cue(views: Sequence[View], begins: Sequence[int], raw: RawAttribution) -> bool:
    """Say whether all the words of a cue are little ones ("about", "was", "a"), which tell of nothing said."""
    place = bisect_right(begins, raw.cues[0].begin) - 1 if raw.cues else -1
    ranges = [views[place].tokens_in(cue) for cue in raw.cues] if place >= 0 else []
    tokens = [i for found in ranges if found is not None for i in range(*found)]
    view = views[place]
    said = {word for cue in raw.cues for word in cue.of(view.text).lower().split()}
    return bool(tokens) and said.isdisjoint(_CUES) and all(view.tags[i] in _LITTLE for i in tokens)


def _is_asked_for(view: View, source: Range) -> bool:
    """Say whether a source is a word that asks: "who" with no noun or comma before it."""
    if source[1] - source[0] > 1 or view.tokens[source[0]].text not in _ASKING:
        return False
    return source[0] > view.sentence_of(source[0])[0] and view.tag(source[0] - 1) in _BEFORE_QUESTION


def _subject(view: View, source: Range, cue: Range) -> Range | None:
    """Return the whole subject of a cue behind it, of which a model gave a part; None where there is none."""
    first = view.sentence_of(source[0])[0]
    verb = group_start(view, cue[0], source[1])
    if all(view.word(i) in _ARTICLES for i in range(*source)):
        return subject_before(view, verb, first)
    if _goes_on(view, source, verb):
        source = (source[0], verb)
    if view.tag(source[0] - 1) == "," and view.tag(source[1]) == "," and source[1] + 1 == verb:
        named = subject_before(view, verb, first)
        return named if named is not None and named[0] < source[0] and named[1] >= source[1] else source
    if view.word(source[0] - 1) != "by" or source[0] - 1 <= first or source[1] < verb:
        return source
    relative = next((i for i in range(source[0] - 2, first, -1) if view.word(i) in _RELATIVES), None)
    begin = phrase_before(view, relative if relative is not None else source[0] - 1, first)
    if begin is None:
        return source
    return (begin, relative) if relative is not None else (begin, source[1])


def _goes_on(view: View, source: Range, verb: int) -> bool:
    """Say whether the words between a source and its verb are the rest of its name or noun phrase."""
    rest = range(source[1], verb)
    if not 0 < len(rest) <= _LONGEST_REST or any(is_time(view, i) or view.tags[i] not in _NOMINAL for i in rest):
        return False
    return view.tags[source[1] - 1] in _OPEN or (
        view.tags[source[1] - 1] in {"N", "NP"} and all(view.tags[i] == "NP" for i in rest)
    )
