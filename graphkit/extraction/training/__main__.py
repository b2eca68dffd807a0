"""``python -m graphkit.extraction.training``: train graphkit's extraction model and write its folder."""

import math
import sys
from pathlib import Path
from typing import Any

import click

from graphkit.errors import GraphkitError, MissingExtra
from graphkit.extraction.training.manifest import check_inputs, left_out

FOLDER = click.Path(path_type=Path, file_okay=False)
PLACE = click.Path(path_type=Path, exists=True)
RATE = click.FloatRange(0)
SHARE = click.FloatRange(0, 1)


def _times(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """Turn ``NAME=N``, a corpus and how often an epoch reads it, to a table."""
    times = {}
    for value in given:
        corpus, _, number = value.partition("=")
        try:
            times[corpus] = float(number)
        except ValueError:
            times[corpus] = -1.0
        if not corpus or not 0 <= times[corpus] < math.inf:
            raise click.BadParameter(f"{value!r} is not NAME=N, such as polnear=2")
    return times


@click.command()
@click.option("--corpora", type=FOLDER, required=True, help="Folder of the corpora, as the manifest lays them out.")
@click.option("--base", type=FOLDER, required=True, help="Folder of the unmodified all-MiniLM-L6-v2 encoder.")
@click.option("--out", type=FOLDER, required=True, help="Folder for weights, settings, metrics and manifest.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed gives the same weights.")
@click.option("--epochs", type=click.IntRange(0), default=6, show_default=True, help="How often the corpora are read.")
@click.option("--steps", type=click.IntRange(1), help="Stop after so many steps; rates fall to zero at the last.")
@click.option(
    "--from", "starts", type=PLACE, multiple=True, help="Start from a checkpoint or a model; several: from their mean."
)
@click.option(
    "--times", callback=_times, multiple=True, metavar="NAME=N", help="How often an epoch reads a corpus; may be repeated."
)
@click.option("--encoder-rate", type=RATE, default=2.5e-4, show_default=True, help="Highest learning rate of the encoder.")
@click.option("--head-rate", type=RATE, default=1e-3, show_default=True, help="Highest learning rate of the heads.")
@click.option("--average", type=SHARE, default=0.9985, show_default=True, help="Decay a step of the averaged weights.")
@click.option("--word-dropout", type=SHARE, default=0.03, show_default=True, help="Share of wordpieces hidden at each step.")
@click.option("--silver-weight", type=RATE, default=0.6, show_default=True, help="Weight of PolNeAR's machine-made actors.")
@click.option(
    "--teacher", "teachers", type=PLACE, multiple=True, help="Learn soft labels too: of these weights, the mean of several."
)
@click.option("--teacher-weight", type=SHARE, default=0.5, show_default=True, help="Share of the soft labels, if any.")
@click.option("--link-weight", type=RATE, default=0.3, show_default=True, help="Weight of the links in the loss.")
@click.option("--begin-weight", type=RATE, default=1.0, show_default=True, help="Weight of the rare labels in the loss.")
@click.option("--sequence-weight", type=RATE, default=0.0, show_default=True, help="Weight of the loss of label sequences.")
@click.option("--without", multiple=True, metavar="NAME", help="Leave a corpus of the manifest out; may be repeated.")
@click.option("--with-gum", is_flag=True, help="Add the attribution relations of GUM; implied by --without polnear.")
@click.option("--checkpoints", type=FOLDER, help="Folder for averaged weights on the way.")
def main(**given: Any) -> None:
    """Train graphkit's extraction model: about an hour on one idle core."""
    try:
        metrics = _run(given)
    except GraphkitError as error:
        click.echo(f"graphkit: {error.message}", err=True)
        if error.hint:
            click.echo(f"hint: {error.hint}", err=True)
        sys.exit(error.exit_code)
    for measure, row in metrics["development"]["scores"].items():
        click.echo("\t".join((measure, *(f"{name} {value}" for name, value in row.items()))))


def _run(given: dict[str, Any]) -> dict[str, Any]:
    without = left_out(frozenset(given["without"]), with_gum=given["with_gum"])
    check_inputs(given["corpora"], given["base"], without=without, named=frozenset(given["times"]))
    try:
        from graphkit.extraction.training.command import Places, run
        from graphkit.extraction.training.loop import TrainingOptions
        from graphkit.extraction.training.losses import LossWeights
    except ModuleNotFoundError as error:
        message = f"training needs {error.name}, which is not installed"
        raise MissingExtra(message, hint="pip install 'graphkit-credibility[train]'") from error
    options = TrainingOptions(
        epochs=given["epochs"],
        seed=given["seed"],
        encoder_rate=given["encoder_rate"],
        head_rate=given["head_rate"],
        average=given["average"],
        word_dropout=given["word_dropout"],
        max_steps=given["steps"],
        weights=LossWeights(
            links=given["link_weight"],
            begin=given["begin_weight"],
            sequence=given["sequence_weight"],
            teacher=given["teacher_weight"],
        ),
    )
    return run(
        Places(given["corpora"], given["base"], given["out"], given["checkpoints"], given["starts"], given["teachers"]),
        options,
        without=without,
        times=given["times"],
        silver_weight=given["silver_weight"],
        say=lambda line: click.echo(line, err=True),
    )


if __name__ == "__main__":
    main()
