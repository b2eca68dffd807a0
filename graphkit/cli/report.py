"""``graphkit report``."""

import json
from pathlib import Path

import click

from graphkit.cli.printing import print_json
from graphkit.cli.settings import Settings, global_options, with_settings


@click.command()
@click.argument("article", metavar="ARTICLE")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the page there: .html, .md or .json.  Without it, Markdown is printed.",
)
@click.option("--force", is_flag=True, help="Write over a file that graphkit did not write.")
@global_options
@with_settings
def report(settings: Settings, /, article: str, *, file: Path | None, force: bool) -> None:
    """Write one page for a reader who checks an article.

    ARTICLE is an id or the beginning of one, a URL or a title.  The page gives what it says in its order, who is said to have said
    it, how surely, in which words, what other articles say, what is known of the outlets it cites, and what is not known.
    """
    from graphkit.graph import Graph
    from graphkit.graph.files import refuse_foreign, write_whole
    from graphkit.graph.report.writing import as_json, as_markdown, writer

    if file is not None:
        writer(file)  # a wrong ending stops the command before anything is read
        refuse_foreign(file, force=force)
    with Graph.open(settings.graph, is_read_only=True) as graph:
        found = graph.report(article)
    if file is not None:
        write_whole(file, writer(file)(found).encode(), force=force)
        if not settings.is_quiet:
            click.echo(f"wrote {file}", err=True)
    elif settings.form == "json":
        print_json(json.loads(as_json(found)))
    else:
        click.echo(as_markdown(found), nl=False)
