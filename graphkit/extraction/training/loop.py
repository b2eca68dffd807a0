"""The training loop: AdamW, warm-up and linear decay by steps, bfloat16 where the CPU has it, and averaged weights.

The averaged weights (an exponential moving average over steps) are what is kept: they are at any time better than the last ones,
so that a run can be looked at before it ends.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn

from graphkit.extraction.tagger_labels import ROOM
from graphkit.extraction.training.batches import collate, plan_batches
from graphkit.extraction.training.labelled import LabelledPieces, Window, draw_windows
from graphkit.extraction.training.losses import LossWeights, total_loss
from graphkit.extraction.training.network import TaggerNetwork

FIRST_ID, LAST_ID, MASK_ID = 101, 102, 103
"""[CLS], [SEP] and [MASK] of the base vocabulary."""
SHORTEST_ROOM = 110
"""Each epoch packs each text into windows of a random size from here to the full one."""
AVERAGE_EVERY = 4


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """What a run is made of; the model card says how the shipped weights departed from the defaults."""

    epochs: int = 6
    seed: int = 0
    encoder_rate: float = 2.5e-4
    head_rate: float = 1e-3
    batch_pieces: int = 2048
    warm_up_steps: int = 100
    word_dropout: float = 0.03
    """Share of wordpieces hidden from the network at each step."""
    average: float = 0.9985
    """Decay of the moving average, per step."""
    max_steps: int | None = None
    weights: LossWeights = field(default_factory=LossWeights)


@dataclass(frozen=True, slots=True)
class Share:
    """A corpus in the mixture: how often each of its texts is seen in an epoch (2 = twice, 0.5 = every other one)."""

    texts: list[LabelledPieces]
    times: float = 1.0


def draw_epoch(shares: list[Share], rng: random.Random) -> Iterator[Window]:
    """Yield the windows of one epoch, each text packed anew."""
    for share in shares:
        n_whole, rest = divmod(share.times, 1)
        drawn = share.texts * int(n_whole) + rng.sample(share.texts, int(rest * len(share.texts)))
        for labelled in drawn:
            yield from draw_windows(labelled, rng.randint(SHORTEST_ROOM, ROOM))


class MovingAverage:
    """An exponential moving average of the trained parameters."""

    def __init__(self, network: TaggerNetwork, decay: float) -> None:
        self.decay = decay**AVERAGE_EVERY
        self.steps = 0
        self.live = {name: p for name, p in network.named_parameters() if p.requires_grad}
        self.kept = {name: p.detach().clone() for name, p in self.live.items()}

    def update(self) -> None:
        """Move towards the live weights; early on faster, so that the start is soon forgotten."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.kept.values()), [p.detach() for p in self.live.values()], 1 - decay)

    def weights(self, network: TaggerNetwork) -> dict[str, Any]:
        """Return the network's state with the averages in place of the live weights."""
        return {**network.state_dict(), **self.kept}


def make_optimizer(network: TaggerNetwork, options: TrainingOptions) -> Any:
    """AdamW with a higher rate for the fresh heads, and no decay on biases, norms and single numbers."""
    groups: dict[tuple[float, float], list[Any]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            rate = options.encoder_rate if name.startswith("encoder.") else options.head_rate
            decay = 0.01 if parameter.ndim > 1 else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
    rows = [{"params": group, "lr": rate, "weight_decay": decay} for (rate, decay), group in groups.items()]
    return torch.optim.AdamW(rows, fused=True)


def plan_run(shares: list[Share], options: TrainingOptions) -> list[list[Window]]:
    """Draw every batch of the run beforehand: the schedule needs their number."""
    rng = random.Random(options.seed)  # noqa: S311 - a seeded shuffle, not a secret
    batches: list[list[Window]] = []
    for _ in range(options.epochs):
        batches += plan_batches(list(draw_epoch(shares, rng)), options.batch_pieces, rng)
    return batches[: options.max_steps]


def train(
    network: TaggerNetwork,
    shares: list[Share],
    options: TrainingOptions,
    on_step: Callable[[int, int, float, MovingAverage], None],
) -> dict[str, Any]:
    """Train in place and return the averaged weights.

    Args:
        network: A fresh network.
        shares: The mixture of corpora.
        options: Rates, sizes, seed.
        on_step: Called after every step with its number (from 1), the number of steps, the loss and the running average.
    """
    generator = torch.Generator().manual_seed(options.seed)
    batches = plan_run(shares, options)
    optimizer = make_optimizer(network, options)
    peaks = [group["lr"] for group in optimizer.param_groups]
    average = MovingAverage(network, options.average)
    network.train()
    for step, windows in enumerate(batches, 1):
        factor = min(1.0, step / options.warm_up_steps) * (1 - (step - 1) / len(batches))
        for group, peak in zip(optimizer.param_groups, peaks, strict=True):
            group["lr"] = peak * factor
        loss = _step(network, windows, options, generator)
        nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0, foreach=True)
        optimizer.step()
        optimizer.zero_grad()
        if step % AVERAGE_EVERY == 0 or step == len(batches):
            average.update()
        on_step(step, len(batches), loss, average)
    return average.weights(network)


def _step(network: TaggerNetwork, windows: list[Window], options: TrainingOptions, generator: Any) -> float:
    batch = collate(windows, FIRST_ID, LAST_ID)
    dropped = torch.rand(batch.ids.shape, generator=generator) < options.word_dropout
    ids = batch.ids.masked_fill(dropped & (batch.ids > LAST_ID), MASK_ID)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = network(ids, batch.shapes, batch.mask)
    loss = total_loss(network, batch, outputs, options.weights)
    loss.backward()
    return float(loss.detach())


def settle(seed: int) -> None:
    """One thread and fixed seeds, so that the same data give the same weights on the same machine."""
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(seed)
