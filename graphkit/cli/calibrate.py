"""``graphkit calibrate``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli.printing import Column, print_json, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings

if TYPE_CHECKING:
    from graphkit.graph.calibrating import Calibrated

_COLUMNS = (
    Column("measure", "measure"),
    Column("voting", "counting votes", is_number=True),
    Column("chosen", "chosen", is_number=True),
    Column("low", "from", is_number=True),
    Column("high", "to", is_number=True),
    Column("n", "n", is_number=True),
)


@click.command()
@click.argument("labels", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[LABELS.csv]")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report to publish: .html, .md, .json, or .svg for the diagram alone.",
)
@click.option("--forget", "is_forgetting", is_flag=True, help="Forget what labels chose and assess as if there had been none.")
@click.option("--force", is_flag=True, help="Write over a file that graphkit did not write.")
@global_options
@with_settings
def calibrate(settings: Settings, /, labels: Path | None, *, file: Path | None, is_forgetting: bool, force: bool) -> None:
    """Choose how support is computed by claims whose outcome is known, and measure it.

    LABELS.csv has the columns claim (an id that 'graphkit list claims' shows) and holds (yes or no); 100 labels or more of claims
    of this graph are needed.  The choice is kept in the graph, and all claims are assessed anew by it.
    Figures are measured on labels that the choice has not seen, with 95 % intervals by bootstrap.
    """
    from graphkit.graph import Graph
    from graphkit.graph.calibrating import written
    from graphkit.graph.files import refuse_foreign, write_whole

    if is_forgetting == (labels is not None):
        raise click.UsageError("give either LABELS.csv or --forget")
    if file is not None:
        refuse_foreign(file, force=force)
    with Graph.open(settings.graph, create=False) as graph:
        if labels is None:
            click.echo("forgotten" if graph.forget_calibration() else "nothing was kept", err=True)
            return
        found = graph.calibrate(labels)
    if file is not None:
        write_whole(file, written(found.report, file), force=force)
    _print(settings, found, file)


def _print(settings: Settings, found: "Calibrated", file: Path | None) -> None:
    from graphkit.graph.calibrating import as_json

    if settings.form == "json":
        print_json(as_json(found.report))
        return
    rows = [
        (row.name, round(row.voting.value, 4), round(row.chosen.value, 4), round(row.chosen.low, 4), round(row.chosen.high, 4), row.chosen.n)
        for row in found.report.rows
    ]  # fmt: skip
    print_rows(settings, _COLUMNS, rows)
    if not settings.is_quiet:
        click.echo(f"{found.report.method}; {found.n_used} of {found.n_labels} labels are of claims here", err=True)
        click.echo(found.report.covered(), err=True)
        if file is not None:
            click.echo(f"wrote {file}", err=True)
