"""``graphkit remove``."""

import click

from graphkit.cli.printing import Column, print_rows, visible
from graphkit.cli.settings import Settings, global_options, with_settings
from graphkit.errors import NotAllowed


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID|URL|TITLE...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@global_options
@with_settings
def remove(settings: Settings, /, names: tuple[str, ...], *, yes: bool) -> None:
    """Take articles out of the graph.

    All that was extracted from them goes too; what other articles share stays.
    """
    import sys

    from graphkit.graph import Graph

    with Graph.open(settings.graph, create=False) as graph:
        # every name is looked up before anything is taken out: one wrong name removes nothing
        found = [graph.find_article(name) for name in names]
        if not yes:
            for article in found:
                click.echo(f"{article.name}  {visible(article.headline)}", err=True)
            if not sys.stdin.isatty():
                raise NotAllowed(
                    f"{len(found)} article(s) would be removed", hint="say --yes to remove them without being asked"
                )
            click.confirm(f"Remove {len(found)} article(s) from {settings.graph}?", abort=True, err=True)
        for article in found:
            graph.remove(article.name)
    if not settings.is_quiet:
        print_rows(settings, (Column("outcome", ""), Column("id", "id"), Column("title", "article")),
                   [("removed", article.name, article.headline) for article in found])  # fmt: skip
