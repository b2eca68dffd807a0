"""The best label sequences under what BIO and word boundaries allow.

``I-x`` follows only ``B-x`` or ``I-x``; a wordpiece that continues a word keeps the word's label.  What is allowed between words
may have learnt scores.  All windows of an article go through together, one step per wordpiece.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from graphkit.extraction.tagger_labels import TokenSpan

Floats = npt.NDArray[np.float32]
FORBIDDEN = np.float32(-1e9)


def allowed_transitions(n_labels: int) -> npt.NDArray[np.bool_]:
    """Say which label (column) may follow which (row), first before a new word, then inside a word; 2 × labels × labels."""
    new, continued = np.ones((n_labels, n_labels), np.bool_), np.zeros((n_labels, n_labels), np.bool_)
    continued[0, 0] = True
    for inside in range(2, n_labels, 2):
        new[:, inside] = False
        for before in (inside - 1, inside):
            new[before, inside] = continued[before, inside] = True
    return np.stack([new, continued])


def best_labels(
    scores: Sequence[Floats], continues: Sequence[Sequence[bool]], transitions: Floats | None = None
) -> list[list[int]]:
    """Return the best allowed label sequence of each window.

    Args:
        scores: Per window, wordpieces × labels.
        continues: Per window and wordpiece, whether it continues a word.
        transitions: Scores of moving from a label (row) to the next (column) between words; none are all 0.
    """
    if not scores:
        return []
    n_labels, lengths = scores[0].shape[1], [len(window) for window in scores]
    padded = np.zeros((len(scores), max(lengths), n_labels), np.float32)
    kinds = np.zeros(padded.shape[:2], np.intp)
    for row, (window, flags) in enumerate(zip(scores, continues, strict=True)):
        padded[row, : len(window)] = window
        kinds[row, : len(window)] = flags
    steps = np.where(allowed_transitions(n_labels), np.float32(0), FORBIDDEN)
    if transitions is not None:
        steps[0] += transitions
    back, last = _forward(padded, kinds, lengths, steps)
    return [_trace(back[row], int(last[row]), length) for row, length in enumerate(lengths)]


def _forward(
    padded: Floats, kinds: npt.NDArray[np.intp], lengths: list[int], steps: Floats
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.intp]]:
    back = np.zeros(padded.shape, np.int8)
    final = np.zeros(len(lengths), np.intp)
    ends = np.asarray(lengths) - 1
    total = padded[:, 0].copy()
    total[:, 2::2] += FORBIDDEN
    for step in range(padded.shape[1]):
        if step:
            paths = total[:, :, None] + steps[kinds[:, step]]
            back[:, step] = paths.argmax(1)
            total = paths.max(1) + padded[:, step]
        final = np.where(ends == step, total.argmax(1), final)
    return back, final


def _trace(back: npt.NDArray[np.int8], label: int, length: int) -> list[int]:
    path = [label]
    for step in range(length - 1, 0, -1):
        label = int(back[step, label])
        path.append(label)
    return path[::-1]


def label_runs(labels: Sequence[int]) -> list[TokenSpan]:
    """Return each labelled run of a BIO sequence, in order."""
    runs: list[TokenSpan] = []
    for index, label in enumerate(labels):
        kind = (label - 1) // 2
        if label % 2 == 1:
            runs.append(TokenSpan(index, index + 1, kind))
        elif label > 0:
            runs[-1] = TokenSpan(runs[-1].begin, index + 1, kind)
    return runs
