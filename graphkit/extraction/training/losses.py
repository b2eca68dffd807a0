"""The losses: two tag losses and the links' cross-entropy."""

from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from graphkit.extraction.tagger_labels import ENTITY_TYPES, LINK_SIZE, ROLES, bio_labels
from graphkit.extraction.training.batches import Batch, LinkBatch
from graphkit.extraction.training.labelled import UNLABELLED
from graphkit.extraction.training.network import TRANSITION_SCALE, TaggerNetwork
from graphkit.extraction.training.sequence import sequence_loss

MISC_LABELS = [bio_labels(ENTITY_TYPES).index(name) for name in ("B-MISC", "I-MISC")]
OTHER_WINDOW = -1e4


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each part counts."""

    links: float = 0.3
    entities: float = 1.0
    begin: float = 1.0
    """Weight of B-source, B-cue and all cue labels, the rare ones, against the others."""
    sequence: float = 0.0
    """Weight of the loss of whole attribution label sequences, beside that of single labels."""
    teacher: float = 0.0
    """Share of a teacher's soft labels in the loss of single attribution labels; the rest is the annotation's."""


def attribution_loss(scores: Any, gold: Any, weights: LossWeights) -> Any:
    """Mean cross-entropy over labelled pieces."""
    label_weights = None
    if weights.begin != 1.0:
        names = bio_labels(ROLES)
        rare = [name.startswith("B-") or name.endswith("cue") for name in names]
        label_weights = torch.tensor([weights.begin if is_rare else 1.0 for is_rare in rare])
    return functional.cross_entropy(scores.transpose(1, 2), gold, weight=label_weights, ignore_index=UNLABELLED)


def teacher_loss(scores: Any, batch: Batch) -> Any:
    """Mean cross-entropy against the teacher's probabilities, over the labelled pieces it has read."""
    soft = batch.soft * (batch.attribution != UNLABELLED)[..., None]
    return -(soft * functional.log_softmax(scores, -1)).sum() / soft.sum().clamp(min=1.0)


def entity_loss(scores: Any, batch: Batch) -> Any:
    """Weighted mean cross-entropy; where a corpus has no MISC, O means "O or MISC"."""
    log_p = functional.log_softmax(scores, -1)
    either = torch.logsumexp(log_p[..., [0, *MISC_LABELS]], -1)
    outside = torch.where(batch.no_misc[:, None], either, log_p[..., 0])
    log_p = torch.cat([outside.unsqueeze(-1), log_p[..., 1:]], -1)
    losses = functional.nll_loss(log_p.transpose(1, 2), batch.entities, ignore_index=UNLABELLED, reduction="none")
    return (losses * batch.entity_weights[:, None]).sum() / (batch.entities != UNLABELLED).sum()


def link_loss(network: TaggerNetwork, links: LinkBatch, query: Any, key: Any) -> Any:
    """Each cue chooses its source or none, each content its cue, among the spans of its own window."""
    cues = links.cues.mean(query)
    none = network.no_source.expand(len(cues), 1)
    if links.sources is None:
        total = functional.cross_entropy(none, links.source_targets, reduction="sum")
    else:
        scores = _pair_scores(cues, links.sources.mean(key), links.source_gaps, network.source_gaps, slice(0, LINK_SIZE))
        total = functional.cross_entropy(torch.cat([none, scores], 1), links.source_targets, reduction="sum")
    if links.contents is not None:
        half = slice(LINK_SIZE, None)
        scores = _pair_scores(links.contents.mean(key), cues, links.content_gaps, network.content_gaps, half)
        total = total + functional.cross_entropy(scores, links.content_targets, reduction="sum")
    return total / len(cues)


def _pair_scores(left: Any, right: Any, gaps: Any, biases: Any, half: slice) -> Any:
    scores = left[:, half] @ right[:, half].T / LINK_SIZE**0.5 + biases[gaps.clamp(min=0)]
    return scores.masked_fill(gaps < 0, OTHER_WINDOW)


def total_loss(network: TaggerNetwork, batch: Batch, outputs: tuple[Any, Any, Any, Any], weights: LossWeights) -> Any:
    """Sum the parts, each tag loss scaled by its share of labelled pieces."""
    tags, entities, query, key = (output.float() for output in outputs)
    n_pieces = batch.mask.sum()
    loss = torch.zeros(())
    if batch.links is not None:
        loss = loss + weights.links * link_loss(network, batch.links, query, key)
    labelled = (batch.attribution != UNLABELLED).sum()
    if labelled > 0:
        tag_loss = attribution_loss(tags, batch.attribution, weights)
        if weights.teacher and batch.soft is not None:
            tag_loss = (1 - weights.teacher) * tag_loss + weights.teacher * teacher_loss(tags, batch)
        if weights.sequence:
            transitions = network.transitions * TRANSITION_SCALE
            tag_loss = tag_loss + weights.sequence * sequence_loss(tags, batch, transitions)
        loss = loss + tag_loss * labelled / n_pieces
    labelled = (batch.entities != UNLABELLED).sum()
    if labelled > 0:
        loss = loss + weights.entities * entity_loss(entities, batch) * labelled / n_pieces
    return loss
