"""``graphkit view``."""

from pathlib import Path

import click

from graphkit.cli.settings import Settings, global_options, with_settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default="graph.html", metavar="[OUT.html]")
@click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser.")
@click.option("--around", metavar="NAME", help="Start at this actor, claim or outlet.")
@click.option("--article", metavar="NAME", help="Start at this article's board.")
@click.option(
    "--story", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.yml", help="A guided tour."
)
@click.option("--without-network", is_flag=True, help="Leave the drawing library out: board, panel and tables only.")
@click.option("--force", is_flag=True, help="Write over a file that graphkit did not write.")
@global_options
@with_settings
def view(
    settings: Settings, /, file: Path, *, is_opened: bool, force: bool, without_network: bool, **focus: str | Path | None
) -> None:
    """Write the graph as one self-contained HTML page.

    The page asks nothing of the network: it opens by double click and can be sent by mail.
    """
    from graphkit.graph import Graph

    with Graph.open(settings.graph, is_read_only=True) as graph:
        size = graph.view(file, with_network=not without_network, force=force, **focus)  # type: ignore[arg-type]
    if not settings.is_quiet:
        click.echo(f"wrote {file} ({size:,} bytes)", err=True)
    if is_opened:
        click.launch(str(file.resolve()))
