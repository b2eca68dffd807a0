"""A click group whose commands are imported when they are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

import click

from graphkit import __version__


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command lives ("module:function") and the line of help that the group prints for it."""

    target: str
    help: str

    def load(self) -> click.Command:
        """Import the command."""
        module, _, attribute = self.target.partition(":")
        return cast("click.Command", getattr(import_module(module), attribute))


class LazyGroup(click.Group):
    """The ``graphkit`` group: its help is printed from the map, its commands are imported on use."""

    def __init__(self, callback: Callable[..., None], commands: Mapping[str, LazyCommand]) -> None:
        super().__init__(
            name="graphkit",
            callback=callback,
            help=callback.__doc__,
            params=list(reversed(getattr(callback, "__click_params__", []))),
            context_settings={
                "help_option_names": ["-h", "--help"],
                "auto_envvar_prefix": "GRAPHKIT",
                "max_content_width": 110,
            },
            subcommand_metavar="COMMAND [ARGS]...",
        )
        self.lazy = dict(commands)
        click.version_option(__version__, prog_name="graphkit")(self)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands in the order in which a new user needs them."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return one command."""
        found = self.lazy.get(cmd_name)
        return None if found is None else found.load()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Print the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in self.lazy.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.lazy, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx) from error
