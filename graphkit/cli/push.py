"""``graphkit push`` and ``graphkit pull``."""

import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graphkit.cli.printing import print_json, visible
from graphkit.cli.settings import Settings, global_options, with_settings
from graphkit.errors import NotAllowed

if TYPE_CHECKING:
    from graphkit.graph.pushing import Plan
    from graphkit.store.remote import Credentials, Remote

F = TypeVar("F", bound=Callable[..., Any])
PASSWORD = "GRAPHKIT_REMOTE_PASSWORD"  # noqa: S105 - the name of the variable, not a password
_KINDS = ("oxigraph", "virtuoso", "fuseki", "rdf4j", "graphkit")


def remote_options(function: F) -> F:
    """Add the options that say what a remote store is and who asks."""
    function = click.option("--user", metavar="NAME", help=f"Who asks; the password is ${PASSWORD}, or asked for.")(function)
    return click.option("--kind", type=click.Choice(_KINDS), help="What the store is; it is asked when this is not given.")(
        function
    )


def credentials_of(user: str | None) -> "Credentials | None":
    """Return who asks, with the password from the environment or a prompt."""
    from graphkit.store.remote import Credentials

    if user is None:
        return None
    password = os.environ.get(PASSWORD)
    return Credentials(user, click.prompt("Password", hide_input=True, err=True) if password is None else password)


def open_remote(url: str, user: str | None, kind: str | None) -> "Remote":
    """Return the remote store that the options name."""
    from graphkit.store.remote import Remote

    return Remote(url, kind=kind, credentials=credentials_of(user))  # type: ignore[arg-type]


@click.command()
@click.argument("url")
@remote_options
@click.option("--with-text", is_flag=True, help="Send the articles' texts too.")
@click.option("--keep", is_flag=True, help="Leave graphs there that this graph has not.")
@click.option("--verify", is_flag=True, help="Read everything back first, and send again what is not as it should be.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and removed, and stop.")
@click.option("--yes", is_flag=True, help="Do not ask before graphs are removed there.")
@global_options
@with_settings
def push(
    settings: Settings, /, *, url: str, user: str | None, kind: str | None, verify: bool, dry_run: bool, yes: bool, **what: bool
) -> None:
    """Make a remote SPARQL store hold what this graph holds.

    Only what is missing or other there is sent, so a second run is quick, and one that was ended is gone on with by the next.
    """
    from graphkit.graph import Graph
    from graphkit.graph.pushing import differing, plan_push, push_graph

    with Graph.open(settings.graph, is_read_only=True) as graph, open_remote(url, user, kind) as remote:
        if verify:
            for name in differing(graph, remote):
                _say(settings, f"{name} is not there as it should be")
        plan = plan_push(graph.record, remote, keep_surplus=what["keep"], with_text=what["with_text"])
        if not dry_run:
            _confirm(plan, url, is_sure=yes)
            push_graph(graph, remote, plan)
    counts = {"new": len(plan.new), "changed": len(plan.changed), "removed": len(plan.surplus)}
    if settings.form == "json":
        print_json(counts)
        return
    words = ", ".join(f"{number:,} {word}" for word, number in counts.items())
    _say(settings, f"{'would be: ' if dry_run else ''}{'nothing to do' if plan.is_empty else words} at {visible(url)}")


@click.command()
@click.argument("url")
@remote_options
@global_options
@with_settings
def pull(settings: Settings, /, *, url: str, user: str | None, kind: str | None) -> int:
    """Bring the graphs of a remote SPARQL store into this graph.

    What is here and not there stays.  An article comes with its text where the store has it; without, its quotes are there and its
    text is not.
    """
    from graphkit.graph import Graph
    from graphkit.graph.pushing import pull as pull_graphs

    counts: Counter[str] = Counter()
    with Graph.open(settings.graph) as graph, open_remote(url, user, kind) as remote:
        for one in pull_graphs(graph, remote):
            counts[one.outcome] += 1
            if one.why is not None:
                click.echo(f"graphkit: {visible(one.graph)}: {visible(one.why)}", err=True)
    if settings.form == "json":
        print_json(dict(sorted(counts.items())))
    else:
        _say(
            settings,
            ", ".join(f"{number:,} {word.replace('_', ' ')}" for word, number in sorted(counts.items())) or "nothing there",
        )
    return 3 if counts["kept"] else 0


def _confirm(plan: "Plan", url: str, *, is_sure: bool) -> None:
    if not plan.surplus or is_sure:
        return
    question = f"{len(plan.surplus):,} graphs at {visible(url)} are not in this graph and will be removed there. Go on?"
    if not sys.stdin.isatty():
        raise NotAllowed(question.removesuffix(" Go on?"), hint="--yes removes them, --keep leaves them")
    click.confirm(question, abort=True, err=True)


def _say(settings: Settings, line: str) -> None:
    if not settings.is_quiet:
        click.echo(line, err=True)
