"""``python -m graphkit.extraction.training``: train graphkit's extraction model and write its folder."""

import sys
from pathlib import Path
from typing import Any

import click

from graphkit.errors import GraphkitError, MissingExtra
from graphkit.extraction.training.manifest import check_inputs, left_out

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--corpora", type=FOLDER, required=True, help="Folder of the corpora, as the manifest lays them out.")
@click.option("--base", type=FOLDER, required=True, help="Folder of the unmodified all-MiniLM-L6-v2 encoder.")
@click.option("--out", type=FOLDER, required=True, help="Folder for weights, settings, metrics and manifest.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed gives the same weights.")
@click.option("--epochs", type=click.IntRange(1), default=6, show_default=True, help="How often the corpora are read.")
@click.option("--without", multiple=True, metavar="NAME", help="Leave a corpus of the manifest out; may be repeated.")
@click.option("--with-gum", is_flag=True, help="Add the attribution relations of GUM; implied by --without polnear.")
@click.option("--checkpoints", type=FOLDER, help="Folder for averaged weights on the way.")
@click.option("--steps", type=click.IntRange(1), help="Stop after so many steps: a trial, not a model.")
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
    check_inputs(given["corpora"], given["base"], without=without)
    try:
        from graphkit.extraction.training.command import Places, run
        from graphkit.extraction.training.loop import TrainingOptions
    except ModuleNotFoundError as error:
        message = f"training needs {error.name}, which is not installed"
        raise MissingExtra(message, hint="pip install 'graphkit-credibility[train]'") from error
    return run(
        Places(given["corpora"], given["base"], given["out"], given["checkpoints"]),
        TrainingOptions(epochs=given["epochs"], seed=given["seed"], max_steps=given["steps"]),
        without=without,
        say=lambda line: click.echo(line, err=True),
    )


if __name__ == "__main__":
    main()
