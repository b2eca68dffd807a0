"""Labelled texts, and their conversion to windows with one label per wordpiece.

A corpus reader yields ``LabelledText``; ``label_pieces`` encodes it once; ``draw_windows`` cuts it anew for every epoch, because
other cuts of the same text are the cheapest extra data there is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from graphkit.extraction.tagger_labels import ENTITY_TYPES, ROLES
from graphkit.extraction.tagger_pieces import Pieces, cut_windows, encode

UNLABELLED = -100
"""The label that the losses leave out."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One attribution as annotated: character spans per role, any of them empty."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with what its corpus says about it; None where the corpus says nothing.

    Where only parts of a text are annotated for attribution, ``complete`` lists them; None means all of it is.
    """

    name: str
    text: str
    attributions: tuple[GoldAttribution, ...] | None = None
    entities: tuple[tuple[int, int, str], ...] | None = None
    has_misc: bool = True
    entity_weight: float = 1.0
    complete: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One attribution in wordpieces: the cue, its source if it has one, and its contents."""

    cue: Span
    source: Span | None
    contents: tuple[Span, ...]


@dataclass(slots=True)
class LabelledPieces:
    """An encoded text with a label per wordpiece for either head."""

    text: str
    pieces: Pieces
    attribution: list[int] | None
    entities: list[int] | None
    links: list[Link] = field(default_factory=list)
    has_misc: bool = True
    entity_weight: float = 1.0
    soft: Any = None
    """A teacher's probabilities of the attribution labels, wordpieces × labels; all 0 where it has not read."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads at once, with its labels; links in wordpieces of the window."""

    ids: list[int]
    shapes: list[int]
    continues: list[bool]
    attribution: list[int] | None
    entities: list[int] | None
    links: tuple[Link, ...]
    has_misc: bool
    entity_weight: float
    first: int
    """Where the window begins in its text."""
    soft: Any

    def __len__(self) -> int:
        return len(self.ids)


def label_pieces(tokenizer: Any, labelled: LabelledText) -> LabelledPieces:
    """Encode a labelled text and turn its spans to labels."""
    pieces = encode(tokenizer, labelled.text, 0, len(labelled.text))
    result = LabelledPieces(labelled.text, pieces, None, None, [], labelled.has_misc, labelled.entity_weight)
    if labelled.attributions is not None:
        result.attribution = [0] * len(pieces)
        result.links = list(_place_links(pieces, labelled.attributions, result.attribution))
        if labelled.complete is not None:
            _forget_outside(result, labelled.complete)
    if labelled.entities is not None:
        result.entities = _entity_labels(pieces, labelled.entities)
        if labelled.attributions is not None:
            _forget_crossing(result)
    return result


def _mark(labels: list[int], span: Span, kind: int) -> None:
    labels[span[0] : span[1]] = [2 * kind + 1] + [2 * kind + 2] * (span[1] - span[0] - 1)


def _place_links(pieces: Pieces, attributions: Iterable[GoldAttribution], labels: list[int]) -> Iterator[Link]:
    for attribution in attributions:
        placed: dict[str, tuple[Span, ...]] = {}
        for kind, role in enumerate(ROLES):
            found = (pieces.covering(*span) for span in getattr(attribution, role))
            placed[role] = tuple(span for span in found if span)
            for span in placed[role]:
                _mark(labels, span, kind)
        if placed["cue"]:
            yield Link(placed["cue"][0], placed["source"][0] if placed["source"] else None, placed["content"])


def _entity_labels(pieces: Pieces, entities: Iterable[tuple[int, int, str]]) -> list[int]:
    labels = [0] * len(pieces)
    for begin, end, name in entities:
        span = pieces.covering(begin, end)
        if span:
            _mark(labels, span, ENTITY_TYPES.index(name))
    return labels


def _forget_outside(labelled: LabelledPieces, complete: Iterable[Span]) -> None:
    assert labelled.attribution is not None
    kept = [UNLABELLED] * len(labelled.attribution)
    for begin, end in complete:
        part = labelled.pieces.covering(begin, end)
        if part:
            kept[part[0] : part[1]] = labelled.attribution[part[0] : part[1]]
    labelled.attribution = kept


def _forget_crossing(labelled: LabelledPieces) -> None:
    """Unlabel machine-made entities that cross the edge of an annotated source: they are wrong more often than not."""
    assert labelled.entities is not None
    edges = {edge for link in labelled.links if link.source for edge in link.source}
    for begin, end in _runs(labelled.entities):
        if any(edge in edges for edge in range(begin + 1, end)):
            labelled.entities[begin:end] = [UNLABELLED] * (end - begin)


def _runs(labels: list[int]) -> list[Span]:
    runs: list[Span] = []
    for index, label in enumerate(labels):
        if label % 2 == 1:
            runs.append((index, index + 1))
        elif label > 0 and runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
    return runs


def draw_windows(labelled: LabelledPieces, room: int) -> Iterator[Window]:
    """Cut a labelled text into windows of at most ``room`` wordpieces, without those that cut a span in two."""
    for begin, end in cut_windows(labelled.pieces, labelled.text, room):
        if not (_cuts(labelled.attribution, begin, end) or _cuts(labelled.entities, begin, end)):
            yield _window(labelled, begin, end)


def _cuts(labels: list[int] | None, begin: int, end: int) -> bool:
    if labels is None:
        return False
    inside = [index for index in (begin, end) if index < len(labels)]
    return any(labels[index] > 0 and labels[index] % 2 == 0 for index in inside)


def _window(labelled: LabelledPieces, begin: int, end: int) -> Window:
    def inside(span: Span) -> bool:
        return span[0] >= begin and span[1] <= end

    def shift(span: Span) -> Span:
        return span[0] - begin, span[1] - begin

    links = tuple(
        Link(
            shift(link.cue),
            shift(link.source) if link.source and inside(link.source) else None,
            tuple(shift(span) for span in link.contents if inside(span)),
        )
        for link in labelled.links
        if inside(link.cue)
    )
    part = slice(begin, end)
    return Window(
        labelled.pieces.ids[part],
        labelled.pieces.shapes[part],
        labelled.pieces.continues[part],
        labelled.attribution[part] if labelled.attribution is not None else None,
        labelled.entities[part] if labelled.entities is not None else None,
        links,
        labelled.has_misc,
        labelled.entity_weight,
        begin,
        None if labelled.soft is None else labelled.soft[part],
    )
