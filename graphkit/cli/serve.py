"""``graphkit serve``."""

import sys

import click

from graphkit import limits
from graphkit.cli.settings import Settings, global_options, with_settings


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="The port; 0 takes a free one.")
@click.option("--bind", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The numeric address to listen on.")
@click.option(
    "--allow-remote", "is_open", is_flag=True, help="Allow an address that other machines can reach; there is no password."
)
@click.option(
    "--host", "hosts", multiple=True, metavar="NAME", help="A name by which others reach this server; may be repeated."
)
@click.option("--allow-origin", "origins", multiple=True, metavar="URL", help="A web page's origin that may ask (CORS).")
@click.option("--timeout", type=click.FloatRange(0.1), default=limits.QUERY_SECONDS, show_default=True, help="Seconds a query.")
@global_options
@with_settings
def serve(settings: Settings, /, *, bind: str, is_open: bool, timeout: float, **options: object) -> None:
    """Answer SPARQL over HTTP on this machine, for reading only.

    With a query form, the packaged questions, the page of the graph, and a card for every IRI.  The address is printed when it
    answers; Ctrl-C ends it.  Articles added meanwhile are in later answers.
    """
    from graphkit.cli.printing import print_json
    from graphkit.endpoint.server import ServeOptions
    from graphkit.graph.serving import serve as serve_graph

    if is_open and not settings.is_quiet:
        click.echo(f"graphkit: whoever can reach {bind} can read this graph: whom it names, and what was asked of it", err=True)

    def told(url: str) -> None:
        if settings.form == "json":
            print_json({"url": url})
        else:
            click.echo(url)
        sys.stdout.flush()
        if not settings.is_quiet:
            click.echo(f"serving {settings.graph}; Ctrl-C ends it", err=True)

    chosen = ServeOptions(bind=bind, is_open=is_open, seconds=timeout, **options)  # type: ignore[arg-type]
    serve_graph(settings.graph, chosen, on_start=told)
