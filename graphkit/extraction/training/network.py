"""The network: the encoder with a shape embedding, two tag heads, and projections that link spans.

The word table (half of the weights) stays frozen: it learns nothing from corpora of this size, and updating it costs a tenth of
the time.  Dropout works on the encoder's output only; inside the encoder it costs a third of the time on a CPU.
"""

from pathlib import Path
from typing import Any

import torch
from torch import nn

from graphkit.extraction.tagger_labels import ENTITY_TYPES, LINK_SIZE, N_GAPS, N_SHAPES, ROLES, bio_labels
from graphkit.extraction.training.encoder import Encoder, read_encoder

DROPOUT = 0.1
TRANSITION_SCALE = 10.0
"""Transitions are learnt divided by this: with an optimiser of fixed step size, they move so many times faster than other weights."""


class TaggerNetwork(nn.Module):  # type: ignore[misc, unused-ignore]
    """Wordpieces in, tag scores and link vectors out; the link biases and the transitions live outside of the exported graph."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
        size = encoder.size
        self.shape = nn.Embedding(N_SHAPES, size)
        self.attribution = nn.Linear(size, len(bio_labels(ROLES)))
        self.entity = nn.Linear(size, len(bio_labels(ENTITY_TYPES)))
        self.query = nn.Linear(size, 2 * LINK_SIZE)
        self.key = nn.Linear(size, 2 * LINK_SIZE)
        self.no_source = nn.Parameter(torch.zeros(1))
        self.source_gaps = nn.Parameter(torch.zeros(N_GAPS))
        self.content_gaps = nn.Parameter(torch.zeros(N_GAPS))
        self.transitions = nn.Parameter(torch.zeros(len(bio_labels(ROLES)), len(bio_labels(ROLES))))
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.shape.weight)

    def forward(self, ids: Any, shapes: Any, mask: Any) -> tuple[Any, Any, Any, Any]:
        """Return attribution scores, entity scores, link queries and link keys, each batch × length × size."""
        hidden = self.dropout(self.encoder(ids, self.shape(shapes), mask))
        return self.attribution(hidden), self.entity(hidden), self.query(hidden), self.key(hidden)


def new_network(base: Path) -> TaggerNetwork:
    """Return a network whose encoder has the published weights and whose heads are fresh."""
    return TaggerNetwork(read_encoder(base))
