"""The loss of whole label sequences: a linear-chain conditional random field over the attribution scores.

Cross-entropy judges each wordpiece alone, decoding judges paths.  Here a path's score is the sum of its labels' scores and of learnt
transitions between words; inside a word only what keeps its label is free.  What BIO forbids costs ``FORBIDDEN`` and is not
impossible, because a few annotated spans overlap and no path without such a step is theirs.
"""

from typing import Any

import torch

from graphkit.extraction.tagger_viterbi import allowed_transitions
from graphkit.extraction.training.batches import Batch
from graphkit.extraction.training.labelled import UNLABELLED

FORBIDDEN = -10.0


def sequence_loss(scores: Any, batch: Batch, transitions: Any) -> Any:
    """Mean negative log-likelihood, per wordpiece, of the annotated paths of all fully labelled windows; 0 when there is none.

    Args:
        scores: Attribution scores, batch × length × labels, special pieces included.
        batch: The labels and the word boundaries.
        transitions: Learnt scores from label (row) to label between words.
    """
    inside = batch.attribution != UNLABELLED
    whole = (inside.sum(1) == batch.mask.sum(1) - 2) & inside.any(1)
    if not bool(whole.any()):
        return scores.new_zeros(())
    # The first special piece is left out, the last one and the padding are not "inside".
    scores, inside = scores[whole, 1:], inside[whole, 1:]
    gold = batch.attribution[whole, 1:].clamp(min=0)
    steps = _steps(transitions)[batch.continues[whole, 1:].long()]
    return (_all_paths(scores, steps, inside) - _annotated_path(scores, steps, inside, gold)).sum() / inside.sum()


def _steps(transitions: Any) -> Any:
    """Return scores of a step between words and of one inside a word, 2 × labels × labels."""
    allowed = torch.from_numpy(allowed_transitions(len(transitions)))
    fixed = torch.where(allowed, 0.0, FORBIDDEN)
    return torch.stack([fixed[0] + transitions, fixed[1]])


def _all_paths(scores: Any, steps: Any, inside: Any) -> Any:
    total = scores[:, 0]
    for place in range(1, scores.shape[1]):
        longer = torch.logsumexp(total.unsqueeze(2) + steps[:, place], 1) + scores[:, place]
        total = torch.where(inside[:, place, None], longer, total)
    return torch.logsumexp(total, 1)


def _annotated_path(scores: Any, steps: Any, inside: Any, gold: Any) -> Any:
    labels = scores.gather(2, gold.unsqueeze(2)).squeeze(2)
    rows = torch.arange(len(gold))[:, None]
    places = torch.arange(1, gold.shape[1])[None]
    moves = steps[rows, places, gold[:, :-1], gold[:, 1:]]
    return (labels * inside).sum(1) + (moves * inside[:, 1:]).sum(1)
