"""``graphkit import``."""

from pathlib import Path

import click

from graphkit.cli.settings import Settings, global_options, with_settings


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--replace", "is_replacing", is_flag=True, help="Take the files' findings for articles that are here already.")
@global_options
@with_settings
def import_(settings: Settings, /, files: tuple[Path, ...], *, is_replacing: bool) -> int:
    """Take in graphkit RDF made elsewhere, or fact-checks (ClaimReview).

    \b
    .trig .nq .ttl .nt .jsonld .rdf   what 'graphkit export --with-text' wrote, here or elsewhere (.gz after it, too)
    .json .jsonld .jsonl              ClaimReview, as fact-checkers publish it

    Each file goes in whole or not at all.  Ratings that contradict one another are kept side by side.
    """  # noqa: D301 - click reads the character \b as "do not wrap"
    from graphkit.cli.failures import report
    from graphkit.cli.printing import Column, print_rows, visible
    from graphkit.errors import InputError
    from graphkit.graph import Graph
    from graphkit.graph.importing import OUTCOMES, import_file

    rows: list[tuple[str | int, ...]] = []
    worst = 0
    with Graph.open(settings.graph) as graph:
        for file in files:
            try:
                done = import_file(graph, file, replace=is_replacing)
            except InputError as error:
                report(error, settings)
                worst = max(worst, error.exit_code)
                continue
            for note in done.notes:
                click.echo(f"note: {visible(str(file))}: {visible(note)}", err=True)
            articles = [done.articles.get(outcome, 0) for outcome in OUTCOMES]
            rows.append((str(file), *articles, done.ratings, done.conflicts, done.decisions, done.reviews))
    numbers = (*OUTCOMES, "ratings", "conflicts", "decisions", "reviews")
    if rows and not settings.is_quiet:
        print_rows(settings, [Column("file", "file"), *(Column(key, key, is_number=True) for key in numbers)], rows)
        if any(row[4] for row in rows):
            click.echo("kept: articles that are here with other findings; --replace takes the file's", err=True)
    return worst
