"""From windows to batches of tensors: alike lengths together, at most so many wordpieces, padding counted."""

import random
from dataclasses import dataclass
from typing import Any

import torch

from graphkit.extraction.tagger_labels import gap_bucket
from graphkit.extraction.training.labelled import UNLABELLED, Span, Window

SORTED_TOGETHER = 256
"""Windows sorted by length at once: more makes batches too alike, fewer makes padding."""


@dataclass(frozen=True, slots=True)
class SpanTable:
    """Spans of a whole batch: row, first and after-last wordpiece (the special first one counted)."""

    rows: Any
    begins: Any
    ends: Any

    def mean(self, vectors: Any) -> Any:
        """Average ``vectors`` (batch × length × size) over each span."""
        sums = torch.nn.functional.pad(vectors.cumsum(1), (0, 0, 1, 0))
        return (sums[self.rows, self.ends] - sums[self.rows, self.begins]) / (self.ends - self.begins)[:, None]


@dataclass(frozen=True, slots=True)
class LinkBatch:
    """Every cue, source and content of a batch, with who belongs to whom.

    ``source_gaps`` (cue × source) and ``content_gaps`` (content × cue) hold distance buckets, -1 where two spans are of
    different windows.  A source target of 0 means "no source"; else the column is the source's index plus one.
    """

    cues: SpanTable
    sources: SpanTable | None
    contents: SpanTable | None
    source_gaps: Any
    source_targets: Any
    content_gaps: Any
    content_targets: Any


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one training step, batch × length."""

    ids: Any
    shapes: Any
    mask: Any
    attribution: Any
    entities: Any
    entity_weights: Any
    no_misc: Any
    continues: Any
    soft: Any
    links: LinkBatch | None


def plan_batches(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Shuffle windows and group them to batches of at most ``size`` wordpieces, padding counted."""
    order = list(windows)
    rng.shuffle(order)
    batches: list[list[Window]] = []
    for first in range(0, len(order), SORTED_TOGETHER):
        batch: list[Window] = []
        for window in sorted(order[first : first + SORTED_TOGETHER], key=len):
            if batch and (len(window) + 2) * (len(batch) + 1) > size:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def collate(windows: list[Window], first_id: int, last_id: int) -> Batch:
    """Pad windows to one batch; ``first_id`` and ``last_id`` are the special pieces around each."""
    width = max(map(len, windows)) + 2

    def padded(rows: list[list[int]], filler: int) -> Any:
        return torch.tensor([row + [filler] * (width - len(row)) for row in rows])

    def labels(rows: list[list[int] | None]) -> Any:
        return padded([[UNLABELLED, *row] if row is not None else [] for row in rows], UNLABELLED)

    return Batch(
        padded([[first_id, *window.ids, last_id] for window in windows], 0),
        padded([[0, *window.shapes, 0] for window in windows], 0),
        padded([[1] * (len(window) + 2) for window in windows], 0),
        labels([window.attribution for window in windows]),
        labels([window.entities for window in windows]),
        torch.tensor([window.entity_weight for window in windows]),
        torch.tensor([not window.has_misc for window in windows]),
        padded([[0, *window.continues, 0] for window in windows], 0),
        _soft_labels(windows, width),
        _link_batch(windows),
    )


def _soft_labels(windows: list[Window], width: int) -> Any:
    """Return the teacher's probabilities, batch × length × labels with 0 where there are none, or None where it said nothing."""
    taught = [(row, window) for row, window in enumerate(windows) if window.soft is not None]
    if not taught:
        return None
    soft = torch.zeros(len(windows), width, taught[0][1].soft.shape[1])
    for row, window in taught:
        soft[row, 1 : len(window) + 1] = window.soft
    return soft


def _table(spans: list[tuple[int, Span]]) -> SpanTable | None:
    if not spans:
        return None
    columns = torch.tensor([(row, begin + 1, end + 1) for row, (begin, end) in spans])
    return SpanTable(columns[:, 0], columns[:, 1], columns[:, 2])


def _gaps(left: list[tuple[int, Span]], right: list[tuple[int, Span]]) -> Any:
    rows = [[gap_bucket(*a, *b) if i == j else -1 for j, b in right] for i, a in left]
    return torch.tensor(rows, dtype=torch.long).reshape(len(left), len(right))


def _link_batch(windows: list[Window]) -> LinkBatch | None:
    source_of: dict[tuple[int, Span], tuple[int, Span] | None] = {}
    cue_of: dict[tuple[int, Span], tuple[int, Span]] = {}
    for row, window in enumerate(windows):
        for link in window.links:
            source_of[row, link.cue] = (row, link.source) if link.source else None
            cue_of.update({(row, content): (row, link.cue) for content in link.contents})
    cues, contents = sorted(source_of), sorted(cue_of)
    table = _table(cues)
    if table is None:
        return None
    sources = sorted({source for source in source_of.values() if source})
    column = {source: index + 1 for index, source in enumerate(sources)}
    row_of = {cue: index for index, cue in enumerate(cues)}
    wanted = [source_of[cue] for cue in cues]
    return LinkBatch(
        table,
        _table(sources),
        _table(contents),
        _gaps(cues, sources),
        torch.tensor([column[source] if source else 0 for source in wanted]),
        _gaps(contents, cues),
        torch.tensor([row_of[cue_of[content]] for content in contents], dtype=torch.long),
    )
