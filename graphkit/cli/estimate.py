"""``graphkit estimate``."""

import click

from graphkit.cli.printing import Column, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings

_COLUMNS = (
    Column("outlet", "outlet"),
    Column("estimate", "estimate", is_number=True),
    Column("low", "from", is_number=True),
    Column("high", "to", is_number=True),
    Column("neighbours", "rests on"),
    Column("families", "raters' families"),
)


@click.command()
@global_options
@with_settings
def estimate(settings: Settings, /) -> None:
    """Estimate outlets that nobody rates from the rated outlets that cite or carry them.

    An estimate, not a rating: 0 is worst, 1 best.  It needs three rated outlets of two families of raters, so that most outlets
    get none; what an outlet cites itself moves nothing.  Nothing is stored, and support never uses it.
    """
    from graphkit.graph import Graph

    with Graph.open(settings.graph, is_read_only=True) as graph:
        found = graph.estimates()
    rows = [
        (
            one.outlet,
            round(one.score, 2),
            round(one.low, 2),
            round(one.high, 2),
            " ".join(one.neighbours),
            " ".join(one.families),
        )
        for one in found
    ]
    print_rows(settings, _COLUMNS, rows)
    if not found and not settings.is_quiet:
        click.echo("no unrated outlet is cited or carried by three rated ones of two families of raters", err=True)
