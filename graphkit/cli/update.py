"""``graphkit update``."""

import click

from graphkit.cli.printing import Column, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings

_COLUMNS = (
    Column("part", ""),
    Column("kind", "relation or metric"),
    *(Column(key, key, is_number=True) for key in ("now", "added", "removed", "changed")),
)


@click.command()
@global_options
@with_settings
def update(settings: Settings, /) -> None:
    """Recompute links across articles and assessments, and say what changed.

    Links tell which assertions are one claim, where numbers conflict, which texts are copies and who has it from whom.
    What people decided stands: 'graphkit decisions' lists it.
    """
    from graphkit.graph import Graph

    with Graph.open(settings.graph, create=False) as graph:
        changes = graph.update()
        articles = graph.record.count_articles()
    print_rows(settings, _COLUMNS, [(c.part, c.kind, c.now, c.added, c.removed, c.changed) for c in changes])
    if settings.is_quiet:
        return
    if not any(c.added or c.removed or c.changed for c in changes):
        click.echo("nothing has changed" if changes else f"nothing links these articles ({articles}) with each other", err=True)
    else:
        sums = {word: sum(getattr(c, word) for c in changes) for word in ("added", "removed", "changed")}
        click.echo(", ".join(f"{number} {word}" for word, number in sums.items() if number), err=True)
