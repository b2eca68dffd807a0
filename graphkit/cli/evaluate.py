"""``graphkit eval``."""

from pathlib import Path

import click

from graphkit.cli.printing import Column, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings

_COLUMNS = (
    Column("measure", "measure"),
    Column("precision", "P", is_number=True),
    Column("recall", "R", is_number=True),
    Column("f1", "F1", is_number=True),
    Column("value", "value", is_number=True),
    Column("predicted", "predicted", is_number=True),
    Column("gold", "gold", is_number=True),
)


@click.command("eval")
@click.argument("task", type=click.Choice(("attribution", "extraction", "splitting")))
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write the predictions there, in the form of the task.",
)
@click.option("--extractor", metavar="NAME", help="The extractor: model, rules or an installed plug-in.")
@global_options
@with_settings
def eval_(settings: Settings, /, task: str, gold: Path, *, predictions: Path | None, extractor: str | None) -> None:
    """Measure graphkit on your own gold annotations.

    GOLD is JSON lines in the form of the task; figures are in percent.  Rows without labels are predicted, not scored.
    """
    from graphkit.extraction.evaluation import evaluate

    scores = evaluate(task, gold, predictions=predictions, extractor=extractor)
    print_rows(
        settings,
        _COLUMNS,
        [(s.name, s.precision, s.recall, s.f1, s.value, s.predicted, s.gold) for s in scores],
    )
