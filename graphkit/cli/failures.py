"""The one place that turns an exception into a line on stderr and an exit code."""

import json
import os
import sys
from collections.abc import Sequence

import click

from graphkit.cli.printing import visible
from graphkit.cli.settings import Settings
from graphkit.errors import GraphkitError

BUG = 70
STOPPED = 130


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run ``command`` and return its exit code; see the table in ``graphkit.errors``."""
    settings = Settings()
    try:
        result = command.main(args=list(arguments), prog_name="graphkit", standalone_mode=False, obj=settings)
    except GraphkitError as error:
        if settings.is_debugging:
            raise
        report(error, settings)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo("graphkit: stopped", err=True)
        return STOPPED
    except click.ClickException as error:
        return _report_usage(error, settings)
    except KeyboardInterrupt:
        click.echo("graphkit: stopped", err=True)
        return STOPPED
    except BrokenPipeError:
        # the reader has gone (| head): end quietly, and let nothing flush into the closed pipe at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if settings.is_debugging:
            raise
        click.echo(f"graphkit: a bug in graphkit ({type(error).__name__}: {visible(str(error))[:300]})", err=True)
        click.echo("hint: run it again with --debug and report what it prints", err=True)
        return BUG
    return result if isinstance(result, int) else 0


def report(error: GraphkitError, settings: Settings) -> None:
    """Print one error on stderr: a line and a hint, or one JSON object."""
    if settings.form == "json":
        body = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
        click.echo(json.dumps(body, ensure_ascii=False), err=True)
        return
    click.echo(f"graphkit: {visible(error.message)}", err=True)
    if error.hint is not None:
        click.echo(f"hint: {visible(error.hint)}", err=True)


def _report_usage(error: click.ClickException, settings: Settings) -> int:
    """Print a usage error as click words it, with the way to the help of the command."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    ctx = getattr(error, "ctx", None)
    if settings.form == "json":
        body = {"error": {"code": "usage_error", "message": error.format_message(), "hint": None}}
        click.echo(json.dumps(body, ensure_ascii=False), err=True)
        return 2
    click.echo(f"graphkit: {visible(error.format_message())}", err=True)
    if ctx is not None:
        click.echo(f"hint: '{ctx.command_path} --help' shows what it takes", err=True)
    return 2
