"""The options that every command takes, before or after the verb."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])
Form = Literal["auto", "json", "csv"]


@dataclass(slots=True)
class Settings:
    """What the options shared by all commands were set to."""

    graph: Path = Path("graph.db")
    form: Form = "auto"
    is_quiet: bool = False
    is_verbose: bool = False
    is_debugging: bool = False
    is_colorless: bool = False
    is_raw: bool = False


def with_settings(function: Callable[Concatenate[Settings, P], R]) -> Callable[P, R]:
    """Hand a command the settings of this run as its first argument."""

    @wraps(function)
    def command(*arguments: P.args, **options: P.kwargs) -> R:
        return function(settings_of(click.get_current_context()), *arguments, **options)

    return command


def settings_of(ctx: click.Context) -> Settings:
    """Return the settings of this run, making them on first use."""
    return ctx.find_root().ensure_object(Settings)


def _sets(name: str, value: object = None) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Make a callback that writes one setting; a command's own option overrides the group's because it is read later."""

    def callback(ctx: click.Context, _parameter: click.Parameter, given: Any) -> None:
        if given in (None, False):
            return
        setattr(settings_of(ctx), name, given if value is None else value)

    return callback


def global_options(function: F) -> F:
    """Add the shared options to a command or to the group."""
    return _with_options(function, quiet=("-q", "--quiet"))


def global_options_without_q(function: F) -> F:
    """Add the shared options to a command that uses ``-q`` for something else."""
    return _with_options(function, quiet=("--quiet",))


def _with_options(function: F, *, quiet: tuple[str, ...]) -> F:
    hidden: dict[str, Any] = {"expose_value": False, "is_eager": True}
    options = (
        click.option(
            "-g",
            "--graph",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="PATH",
            callback=_sets("graph"),
            help="The graph's file.  [default: graph.db; env: GRAPHKIT_GRAPH]",
            **hidden,
        ),
        click.option("--json", is_flag=True, callback=_sets("form", "json"), help="Print JSON.", **hidden),
        click.option("--csv", is_flag=True, callback=_sets("form", "csv"), help="Print CSV.", **hidden),
        click.option(
            "--raw", is_flag=True, callback=_sets("is_raw"), help="Do not defuse spreadsheet formulas in CSV and TSV.", **hidden
        ),
        click.option(*quiet, is_flag=True, callback=_sets("is_quiet"), help="Print nothing but results and errors.", **hidden),
        click.option("-v", "--verbose", is_flag=True, callback=_sets("is_verbose"), help="Say more on stderr.", **hidden),
        click.option(
            "--no-color", is_flag=True, callback=_sets("is_colorless"), help="Print without colour (also NO_COLOR).", **hidden
        ),
        click.option("--debug", is_flag=True, callback=_sets("is_debugging"), help="Show the traceback of an error.", **hidden),
    )
    for option in reversed(options):
        function = option(function)
    return function
