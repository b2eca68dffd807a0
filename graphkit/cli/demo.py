"""``graphkit demo``."""

from pathlib import Path

import click

from graphkit.cli.printing import Column, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="graphkit-demo", metavar="[DIR]")
@click.option("--without-network", is_flag=True, help="Leave the drawing library out of the page.")
@global_options
@with_settings
def demo(settings: Settings, /, folder: Path, *, without_network: bool) -> int:
    """Add the packaged seed articles to a new folder and show what they gave.

    Writes graph.db, graph.ttl and graph.html into DIR, by the same way that 'add', 'ratings import shipped',
    'update', 'export' and 'view' take.
    """
    from graphkit.cli.outcomes import Outcomes
    from graphkit.graph import Graph
    from graphkit.graph.rating import SHIPPED, ImportOptions, import_ratings
    from graphkit.resources import folder as packaged

    settings.graph = folder / "graph.db"
    folder.mkdir(parents=True, exist_ok=True)
    outcomes = Outcomes(settings)
    with Graph.open(settings.graph) as graph:
        for result in graph.add_all([str(packaged("seeds"))], processes=1):
            outcomes.take(result)
        code = outcomes.finish()
        import_ratings(graph.record, SHIPPED, None, ImportOptions())
        graph.update()
        graph.export(folder / "graph.ttl")
        graph.view(folder / "graph.html", with_network=not without_network)
        if settings.form == "auto" and not settings.is_quiet:
            _show_findings(graph, settings)
            _show_next_steps(folder)
    return code


def _show_findings(graph: object, settings: Settings) -> None:
    """Print who is said to have said what, as a first taste."""
    from graphkit.cli.printing import shortened
    from graphkit.graph.cards import who_says
    from graphkit.graph.listing import list_assertions

    rows = [row for row in list_assertions(graph.index()) if row.voice != "author"]  # type: ignore[attr-defined]
    click.echo("")
    columns = (
        Column("who", "on whose word"),
        Column("quote", "says"),
        Column("begin", "from", is_number=True),
        Column("end", "to", is_number=True),
    )
    print_rows(settings, columns, [(who_says(row), shortened(row.quote, 80), row.begin, row.end) for row in rows])


def _show_next_steps(folder: Path) -> None:
    click.echo(
        f"\nwrote {folder}/graph.db, {folder}/graph.ttl and {folder}/graph.html\n"
        "try next:\n"
        f"  graphkit -g {folder}/graph.db show 'North Korea'\n"
        f"  graphkit -g {folder}/graph.db query --name cq01\n"
        f"  graphkit -g {folder}/graph.db view {folder}/graph.html --open",
        err=True,
    )
