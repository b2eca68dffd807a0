"""``graphkit eval``."""

from importlib import import_module
from pathlib import Path
from typing import Final

import click

from graphkit.cli.printing import Column, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings
from graphkit.errors import NotAllowed

_COLUMNS = (
    Column("measure", "measure"),
    Column("precision", "P", is_number=True),
    Column("recall", "R", is_number=True),
    Column("f1", "F1", is_number=True),
    Column("value", "value", is_number=True),
    Column("predicted", "predicted", is_number=True),
    Column("gold", "gold", is_number=True),
)
_EXTRACTION, _MATCHING = "graphkit.extraction.evaluation", "graphkit.matching.evaluation"
TASKS: Final[dict[str, str]] = {
    "attribution": _EXTRACTION,
    "extraction": _EXTRACTION,
    "splitting": _EXTRACTION,
    "matching": _MATCHING,
    "figures": _MATCHING,
    "retrieval": _MATCHING,
    "credibility": "graphkit.credibility.scoring",
}
"""Where each task is measured: a module whose ``evaluate(task, gold, predictions=...)`` returns rows of the table (``Score``)."""


@click.command("eval")
@click.argument("task", type=click.Choice(tuple(TASKS)))
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write the predictions there, in the form of the task.",
)
@click.option("--extractor", metavar="NAME", help="The extractor: model, rules, spacy, gliner, llm or an installed plug-in.")
@global_options
@with_settings
def eval_(settings: Settings, /, task: str, gold: Path, *, predictions: Path | None, extractor: str | None) -> None:
    """Measure graphkit on your own gold annotations.

    GOLD is JSON lines in the form of the task, for retrieval a folder; figures are in percent.  Rows without labels
    are predicted, not scored.
    """
    options: dict[str, object] = {"predictions": predictions}
    if extractor is not None:
        if TASKS[task] != _EXTRACTION:
            raise NotAllowed(f"the task {task} uses no extractor", hint="leave --extractor out")
        options["extractor"] = extractor
    scores = import_module(TASKS[task]).evaluate(task, gold, **options)
    print_rows(
        settings,
        _COLUMNS,
        [(s.name, s.precision, s.recall, s.f1, s.value, s.predicted, s.gold) for s in scores],
    )
