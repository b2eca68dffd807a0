"""``graphkit merge``, ``split``, ``derived``, ``rename``, ``note``, ``undo`` and ``decisions``: what people decide, kept with who and when."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from graphkit.cli.printing import Column, print_rows, visible
from graphkit.cli.settings import Settings, global_options, with_settings

F = TypeVar("F", bound=Callable[..., Any])


def made_by(function: F) -> F:
    """Add the options that say who decides, and why."""
    function = click.option("--because", default="", metavar="WHY", help="Why, in a few words.")(function)
    return click.option("--by", metavar="WHO", help="Who decides; the user's login name by default.")(function)


def _say(settings: Settings, number: int, words: str) -> None:
    if not settings.is_quiet:
        click.echo(f"decision {number}: {visible(words)}; 'graphkit undo {number}' takes it back", err=True)


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@made_by
@global_options
@with_settings
def merge(settings: Settings, /, first: str, second: str, *, by: str | None, because: str) -> None:
    """Decide that B is the same as A, whose name stays."""
    from graphkit.graph import Graph, deciding

    with Graph.open(settings.graph, create=False) as graph:
        number = deciding.merge(graph.record, graph.index(), first, second, deciding.Maker(by, because))
    _say(settings, number, f"{second} is the same as {first}")


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@made_by
@global_options
@with_settings
def split(settings: Settings, /, first: str, second: str, *, by: str | None, because: str) -> None:
    """Decide that A and B are not the same, whatever is computed."""
    from graphkit.graph import Graph, deciding

    with Graph.open(settings.graph, create=False) as graph:
        number = deciding.split(graph.record, graph.index(), first, second, deciding.Maker(by, because))
    _say(settings, number, f"{second} is not {first}")


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@made_by
@global_options
@with_settings
def derived(settings: Settings, /, first: str, second: str, *, by: str | None, because: str) -> None:
    """Decide that article A has it from article B.

    It holds whatever is computed, from the next 'graphkit update' on; 'graphkit split A B' decides that it has not.
    """
    from graphkit.graph import Graph, deciding

    with Graph.open(settings.graph, create=False) as graph:
        number = deciding.derive(graph.record, graph.index(), first, second, deciding.Maker(by, because))
    _say(settings, number, f"{first} has it from {second}")


@click.command()
@click.argument("name", metavar="NAME|ID")
@click.argument("label", metavar="NEW-NAME")
@made_by
@global_options
@with_settings
def rename(settings: Settings, /, name: str, label: str, *, by: str | None, because: str) -> None:
    """Decide what a thing is called from now on."""
    from graphkit.graph import Graph, deciding

    with Graph.open(settings.graph, create=False) as graph:
        number = deciding.rename(graph.record, graph.index(), name, label, deciding.Maker(by, because))
    _say(settings, number, f"{name} is called {label}")


@click.command()
@click.argument("name", metavar="NAME|ID")
@click.argument("text", metavar="TEXT")
@made_by
@global_options
@with_settings
def note(settings: Settings, /, name: str, text: str, *, by: str | None, because: str) -> None:
    """Keep a note on an article, claim, actor or outlet."""
    from graphkit.graph import Graph, deciding

    with Graph.open(settings.graph, create=False) as graph:
        number = deciding.note(graph.record, graph.index(), name, text, deciding.Maker(by, because))
    _say(settings, number, f"a note on {name}")


@click.command()
@click.argument("number", required=False, type=click.IntRange(1), metavar="[NUMBER]")
@made_by
@global_options
@with_settings
def undo(settings: Settings, /, number: int | None, *, by: str | None, because: str) -> None:
    """Take back a decision, the last one when no number is given.

    The decision stays on record, with who took it back and when.
    """
    from graphkit.graph import Graph, deciding

    with Graph.open(settings.graph, create=False) as graph:
        undone, decision = deciding.undo(graph.record, number, deciding.Maker(by, because))
    if not settings.is_quiet:
        click.echo(f"decision {undone} ({decision.kind} {visible(decision.target)}) is taken back", err=True)


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Also those that were taken back.")
@global_options
@with_settings
def decisions(settings: Settings, /, *, is_all: bool) -> None:
    """List what people decided, with who and when."""
    from graphkit.graph import Graph, deciding

    with Graph.open(settings.graph, is_read_only=True) as graph:
        rows = list(graph.record.decisions.all()) if is_all else deciding.decisions_in_force(graph.record)
    columns = (
        Column("number", "no.", is_number=True),
        *(Column(key, key) for key in ("kind", "target", "value", "by", "when", "because")),
    )
    print_rows(
        settings,
        columns,
        [(number, d.kind, d.target, d.value, d.decided_by, d.decided_at, d.note or None) for number, d in rows],
    )
