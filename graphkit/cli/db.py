"""``graphkit db``: looking after the graph's file."""

from dataclasses import asdict
from pathlib import Path

import click

from graphkit.cli.printing import Column, print_json, print_rows
from graphkit.cli.settings import Settings, global_options, with_settings
from graphkit.errors import StoreCorrupt


@click.group()
def db() -> None:
    """Look after the graph's file: info, verify, rebuild, backup, compact."""


@db.command()
@global_options
@with_settings
def info(settings: Settings, /) -> None:
    """Say what the file holds, and the limits that hold here."""
    from graphkit.graph import Graph
    from graphkit.limits import table

    with Graph.open(settings.graph, is_read_only=True) as graph:
        totals = asdict(graph.totals())
    limits = [(limit.name, limit.value, limit.why) for limit in table()]
    if settings.form == "json":
        print_json({"file": str(settings.graph), **totals, "limits": {name: value for name, value, _ in limits}})
        return
    print_rows(settings, (Column("what", "in this graph"), Column("value", "", is_number=True)), list(totals.items()))
    click.echo("")
    print_rows(settings, (Column("limit", "limit"), Column("value", "", is_number=True), Column("why", "why")), limits)


@db.command()
@global_options
@with_settings
def verify(settings: Settings, /) -> None:
    """Check the file, every stored quad and every quote against its text."""
    from graphkit.graph import Graph

    with Graph.open(settings.graph, is_read_only=True) as graph:
        problems = graph.verify()
    print_rows(settings, (Column("problem", "problem"),), [(problem,) for problem in problems])
    if problems:
        raise StoreCorrupt(
            f"{settings.graph}: {len(problems)} problem(s) found", hint="'graphkit db rebuild' makes the index anew"
        )
    if not settings.is_quiet:
        click.echo(f"{settings.graph} is sound", err=True)


@db.command()
@global_options
@with_settings
def rebuild(settings: Settings, /) -> None:
    """Throw the index away and make it anew from the record."""
    from graphkit.graph import Graph

    with Graph.open(settings.graph, create=False) as graph:
        digest = graph.rebuild()
    if not settings.is_quiet:
        click.echo(f"rebuilt; canonical hash {digest}", err=True)


@db.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@global_options
@with_settings
def backup(settings: Settings, /, target: Path, *, force: bool) -> None:
    """Write a copy of the file to FILE, whole or not at all; adding may go on meanwhile."""
    from graphkit.graph import Graph

    with Graph.open(settings.graph, create=False) as graph:
        graph.backup(target, force=force)
    if not settings.is_quiet:
        click.echo(f"wrote {target} ({target.stat().st_size:,} bytes)", err=True)


@db.command()
@global_options
@with_settings
def compact(settings: Settings, /) -> None:
    """Give back the room that removed articles took."""
    from graphkit.graph import Graph

    before = settings.graph.stat().st_size if settings.graph.exists() else 0
    with Graph.open(settings.graph, create=False) as graph:
        graph.compact()
    if not settings.is_quiet:
        click.echo(f"{before:,} → {settings.graph.stat().st_size:,} bytes", err=True)
