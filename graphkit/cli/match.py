"""``graphkit match``."""

import click

from graphkit.cli.printing import Column, print_json, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings

_COLUMNS = (
    Column("rank", "", is_number=True),
    Column("score", "score", is_number=True),
    Column("claim", "claim"),
    Column("articles", "articles", is_number=True),
    Column("first_told", "first told"),
    Column("outlets", "outlets"),
    Column("claim_id", "id"),
)


@click.command()
@click.argument("text", metavar="TEXT|FILE")
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, help="At most so many claims.")
@global_options
@with_settings
def match(settings: Settings, /, text: str, *, limit: int) -> int:
    """Find the claims in the graph that a text repeats, best first.

    TEXT is a sentence or a post; a file, or '-', is read, and looked up sentence by sentence.  Exit code 1 means that
    nothing in the graph is like it.
    """
    from dataclasses import asdict

    from graphkit.graph import Graph
    from graphkit.graph.retrieving import find_repeated, read_text_or_file

    wanted = read_text_or_file(text)
    with Graph.open(settings.graph, is_read_only=True) as graph:
        found = find_repeated(graph, wanted, most=limit)
    if settings.form == "json":
        print_json({"items": [asdict(one) for one in found], "truncated": False})
    else:
        rows = [
            (one.rank, round(one.score, 3), one.claim, len(one.articles), next((a[3] for a in one.articles if a[3]), None),
             ", ".join(dict.fromkeys(a[2] for a in one.articles if a[2])) or None, one.claim_id)
            for one in found
        ]  # fmt: skip
        print_rows(settings, _COLUMNS, rows)
    if not found and not settings.is_quiet:
        click.echo("no claim in this graph is like it", err=True)
    return int(not found)
