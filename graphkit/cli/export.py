"""``graphkit export``."""

from pathlib import Path

import click

from graphkit.cli.settings import Settings, global_options, with_settings

ONLY = ("articles", "ratings", "links", "assessments", "decisions", "reviews")
FORMATS = ("ttl", "trig", "nq", "nt", "jsonld", "rdf", "graphml", "gexf", "json", "csv", "claimreview")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--only", type=click.Choice(ONLY), help="Only this part of the graph (RDF formats).")
@click.option("--format", "as_format", type=click.Choice(FORMATS), help="The format, where the ending does not say it.")
@click.option("--with-text/--no-text", default=False, help="With the articles' texts; off by default for licences and size.")
@click.option("--lean", "is_lean", is_flag=True, help="Without mentions, quotes and cue offsets: about half the size.")
@click.option("--rdf12", "has_reifiers", is_flag=True, help="With RDF 1.2 reifiers (.ttl, .trig, .nt, .nq).")
@click.option("--force", is_flag=True, help="Write over files that graphkit did not write.")
@global_options
@with_settings
def export(settings: Settings, /, files: tuple[Path, ...], *, force: bool, **options: bool | str | None) -> None:
    """Write the graph to files; the ending chooses the format.

    \b
    .ttl .trig .nq .nt .jsonld .rdf   RDF, for SPARQL and triple stores (.gz after it packs)
    .graphml .gexf .json              a network, for Gephi, Cytoscape, networkx, d3
    .csv                              one line an assertion, for spreadsheets
    --format claimreview FILE.json    fact-checks that were imported and computed support, as schema.org ClaimReview
    """  # noqa: D301 - click reads the character \b as "do not wrap"
    from graphkit.graph import Graph
    from graphkit.graph.exporting import ExportOptions, ending_of

    for file in files:
        ending_of(file, options["as_format"])  # type: ignore[arg-type]  # a wrong ending stops the command before anything is written
    with Graph.open(settings.graph, is_read_only=True) as graph:
        chosen = ExportOptions(is_raw=settings.is_raw, **options)  # type: ignore[arg-type]
        for file in files:
            size = graph.export(file, options=chosen, force=force)
            if not settings.is_quiet:
                _say(file, size, ending_of(file, chosen.as_format)[0])


def _say(file: Path, size: int, ending: str) -> None:
    merged = "; its triples are merged from all graphs" if ending in {".ttl", ".nt", ".rdf"} else ""
    click.echo(f"wrote {file} ({size:,} bytes{merged})", err=True)
