"""The training run from corpora to a sealed model folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from graphkit.extraction.tagger_model import NETWORK, SETTINGS, TaggerModel, load_model
from graphkit.extraction.training.artefact import METRICS, Tuned, cue_words, seal, settings_row, write_json, write_model
from graphkit.extraction.training.calibration import calibrate, score
from graphkit.extraction.training.labelled import LabelledText
from graphkit.extraction.training.loop import MovingAverage, Share, TrainingOptions, settle, train
from graphkit.extraction.training.manifest import check_inputs, checked_paths
from graphkit.extraction.training.mixture import read_mixture
from graphkit.extraction.training.network import new_network
from graphkit.extraction.training.polnear import SILVER_WEIGHT, read_polnear
from graphkit.extraction.training.restore import start_from
from graphkit.extraction.training.teacher import teach

VERSION = "0.2.0"
REPORT_EVERY = 25
KEEP_EVERY = 300


@dataclass(frozen=True, slots=True)
class Places:
    """Where a run reads and writes."""

    corpora: Path
    base: Path
    out: Path
    checkpoints: Path | None = None
    starts: tuple[Path, ...] = ()
    """Weights of earlier runs, whose mean this one starts from."""
    teachers: tuple[Path, ...] = ()
    """Weights of earlier runs, whose soft labels this one learns."""


@dataclass(slots=True)
class Progress:
    """Tells how a run goes and keeps its averaged weights on the way."""

    say: Callable[[str], None]
    folder: Path | None
    losses: list[float] = field(default_factory=list)

    def __call__(self, step: int, n_steps: int, loss: float, average: MovingAverage) -> None:
        """Take note of one step."""
        self.losses.append(loss)
        if step % REPORT_EVERY == 0 or step == n_steps:
            recent = self.losses[-REPORT_EVERY:]
            self.say(f"step {step}/{n_steps} loss {sum(recent) / len(recent):.4f}")
        if self.folder is not None and (step % KEEP_EVERY == 0 or step == n_steps):
            torch.save(average.kept, self.folder / f"average-{step:06d}.pt")


def run(
    places: Places,
    options: TrainingOptions,
    *,
    without: frozenset[str],
    times: Mapping[str, float],
    silver_weight: float = SILVER_WEIGHT,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """Train, export, tune and measure; return what ``metrics.json`` then holds.

    Raises:
        InputError: A corpus or the base encoder is not what the manifest says.
    """
    check_inputs(places.corpora, places.base, without=without)
    tokenizer = _tokenizer(places.base)
    documents = [] if "polnear-dev" in without else _polnear("polnear-dev", places.corpora)
    shares: list[Share] = []
    if options.epochs:
        shares = read_mixture(places.corpora, tokenizer, without=without, times=times, silver_weight=silver_weight)
    settle(options.seed)
    network = new_network(places.base)
    start_from(network, places.starts)
    if places.teachers:
        say("reading the corpora with the teachers")
        teach(network, places.teachers, shares)
    if places.checkpoints is not None:
        places.checkpoints.mkdir(parents=True, exist_ok=True)
    network.load_state_dict(train(network, shares, options, Progress(say, places.checkpoints)))
    words = () if "polnear" in without else cue_words(_polnear("polnear", places.corpora))
    write_model(network, places.base, places.out, tuned=Tuned(nesting_words=words), version=VERSION)
    say("tuning on the development documents")
    return finish(network, places.out, documents, options=options, words=words)


def finish(
    network: Any, out: Path, documents: Sequence[LabelledText], *, options: TrainingOptions, words: tuple[str, ...]
) -> dict[str, Any]:
    """Tune the exported model on the development documents, measure it, and seal the folder; without documents, seal only."""
    if not documents:
        return {"options": asdict(options), "development": {"documents": 0, "scores": {}}}
    settings = calibrate(load_model(out), documents)
    tuned = Tuned(
        label_biases=settings.label_biases,
        attribution_temperature=settings.attribution_temperature,
        entity_temperature=settings.entity_temperature,
        link_temperature=settings.links.temperature,
        confidence_weights=settings.confidence_weights,
        short_content_confidence=settings.short_content_confidence,
        nesting_words=words,
    )
    write_json(out / SETTINGS, settings_row(network, tuned, VERSION))
    seal(out)
    metrics = {"options": asdict(options), "development": measured(load_model(out), documents)}
    write_json(out / METRICS, metrics)
    seal(out)
    return metrics


def measured(model: TaggerModel, documents: Sequence[LabelledText]) -> dict[str, Any]:
    """Return the table of the model card for one model."""
    return {"documents": len(documents), "network": NETWORK, "scores": score(model, documents).rows()}


def _polnear(name: str, corpora: Path) -> list[LabelledText]:
    return [labelled for path in checked_paths(name, corpora) for labelled in read_polnear(path)]


def _tokenizer(base: Path) -> Any:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
