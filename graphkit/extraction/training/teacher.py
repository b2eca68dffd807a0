"""Soft labels: what earlier weights of this network say of every wordpiece, for a later run to learn beside the annotation.

Annotators of who says what agree at an alpha of .75, so that a label is often one of two good ones; the mean of what several
networks think possible says so, and the annotation alone does not.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from graphkit.extraction.tagger_labels import ROOM
from graphkit.extraction.training.batches import collate
from graphkit.extraction.training.labelled import LabelledPieces, draw_windows
from graphkit.extraction.training.loop import FIRST_ID, LAST_ID, Share
from graphkit.extraction.training.network import TaggerNetwork
from graphkit.extraction.training.restore import start_from

TEMPERATURE = 1.5
"""Softens what the teachers say: they are surer of what they were trained on than they should be."""
BATCH_WINDOWS = 16


def teach(network: TaggerNetwork, teachers: Sequence[Path], shares: Sequence[Share]) -> None:
    """Give every text with annotated attributions the mean of the teachers' probabilities, wordpieces × labels, in place.

    ``network`` is only used to run the teachers: its weights are as before afterwards.

    Raises:
        InputError: A teacher is not a checkpoint or a model of this network.
    """
    before = {name: value.clone() for name, value in network.state_dict().items()}
    texts = [text for share in shares for text in share.texts if text.attribution is not None]
    for text in texts:
        text.soft = torch.zeros(len(text.pieces), network.attribution.out_features, dtype=torch.float16)
    for teacher in teachers:
        network.load_state_dict(before)
        start_from(network, [teacher])
        network.eval()
        for text, first, scores in _read_all(network, texts):
            text.soft[first : first + len(scores)] += (scores / TEMPERATURE).softmax(-1).half() / len(teachers)
    network.load_state_dict(before)


def _read_all(network: TaggerNetwork, texts: Sequence[LabelledPieces]) -> Iterator[tuple[LabelledPieces, int, Any]]:
    """Yield each window's text, first wordpiece and attribution scores; windows that would cut a span are not read."""
    todo = [(text, window) for text in texts for window in draw_windows(text, ROOM)]
    todo.sort(key=lambda pair: len(pair[1]))
    for start in range(0, len(todo), BATCH_WINDOWS):
        group = todo[start : start + BATCH_WINDOWS]
        batch = collate([window for _, window in group], FIRST_ID, LAST_ID)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch.ids, batch.shapes, batch.mask)[0].float()
        for row, (text, window) in enumerate(group):
            yield text, window.first, scores[row, 1 : len(window) + 1]
