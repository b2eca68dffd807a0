"""Contents that a model cut to pieces, made whole by the clause that grammar finds behind the same speaker and cue.

"The baker told the Daily Example the ovens | have been cold | since May": the model took the middle; what the rules read there begins
with its subject and runs to the end of the clause.  A content is broken when it opens with a finite verb, when it has no verb though the
clause goes on to one ("suspected wife Jo Bloggs" | "burned the letters"), or when a piece of the clause is left out between two others.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from graphkit.extraction.attribution.phrases import has_finite
from graphkit.extraction.attribution.view import Range, View
from graphkit.extraction.language.tags import FINITE
from graphkit.extraction.protocol import RawAttribution
from graphkit.model import Span

_RELATIVES = frozenset({"who", "which", "that", "whose"})


def made_whole(
    text: str, views: Sequence[View], model: Iterable[RawAttribution], rules: Sequence[RawAttribution]
) -> Iterator[RawAttribution]:
    """Yield the model's attributions, broken contents replaced by what the rules found for the same cue."""
    begins = [view.tokens[0].begin for view in views if view.tokens]
    by_cue = sorted((raw for raw in rules if raw.cues and len(raw.contents) == 1), key=lambda raw: raw.cues[0])
    places = [raw.cues[0].end for raw in by_cue]
    for raw in model:
        number = bisect_right(places, raw.cues[-1].end - 1) if raw.cues else len(places)
        found = by_cue[number] if number < len(places) else None
        if found is None or not _is_same(text, raw, found):
            yield raw
            continue
        clause = found.contents[0]
        place = bisect_right(begins, clause.begin) - 1
        inside = [content for content in raw.contents if clause.covers(content)]
        if place >= 0 and inside and _is_broken(views[place], inside, clause):
            rest = [content for content in raw.contents if content not in inside and not content.overlaps(clause)]
            yield replace(raw, contents=tuple(sorted((clause, *rest))))
        else:
            yield raw


def _is_same(text: str, raw: RawAttribution, found: RawAttribution) -> bool:
    """Say whether two attributions are by one cue and, where both name it, by one source."""
    if not found.cues[0].overlaps(raw.cues[-1]):
        return False
    # "those who opposed it | held their fire": grammar reads on from a relative clause into the main one
    sources = [*raw.sources, *found.sources]
    if any(source.of(text).lower() in _RELATIVES for source in sources):
        return False
    return not raw.sources or not found.sources or raw.sources[0].overlaps(found.sources[0])


def _is_broken(view: View, inside: Sequence[Span], clause: Span) -> bool:
    whole = view.tokens_in(clause)
    pieces = [tokens for content in inside if (tokens := view.tokens_in(content)) is not None]
    if whole is None or not pieces or not _has_subject(view, whole) or any(view.in_speech(i) for i in range(*whole)):
        return False
    first = pieces[0][0]
    opens_late = view.tags[first] in FINITE and first > whole[0]
    stops_early = len(pieces) == 1 and _is_bare_subject(view, pieces[0], whole[1])
    is_torn = any(view.tokens[i].text[0].isalnum() for left, right in pairwise(pieces) for i in range(left[1], right[0]))
    return opens_late or stops_early or is_torn


def _is_bare_subject(view: View, piece: Range, last: int) -> bool:
    """Say whether a piece without a verb is the subject of one right behind it, or behind an age (", 29,")."""
    if has_finite(view, *piece) or view.tags[piece[0]] in {"TO", "VG"}:
        return False
    index = piece[1]
    if index + 3 < last and (view.tags[index], view.tags[index + 1], view.tags[index + 2]) == (",", "CD", ","):
        index += 3
    while index < last and view.tags[index] == "R":
        index += 1
    return index < last and view.tags[index] in FINITE


def _has_subject(view: View, clause: Range) -> bool:
    finite = next((i for i in range(*clause) if view.tags[i] in FINITE), None)
    return finite is not None and finite > clause[0]
