"""``graphkit check`` and ``graphkit validate``."""

import sys
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli.printing import Column, print_rows, visible
from graphkit.cli.settings import Settings, global_options, with_settings

if TYPE_CHECKING:
    from graphkit.graph.checking import Finding

_SEVERITIES = ("info", "warning", "violation")
_EXPLAINED = {
    "officeClash": "two holders of one office spoken of as current",
    "officeDate": "an office not held on the article's date",
    "placeState": "a place under a state it does not lie in",
    "circle": "outlets or articles that lean on each other in a circle",
    "mutual": "outlets or articles that cite each other, and others too",
    "singleOrigin": "claims that many outlets carry and one origin stands behind",
    "dormant": "decisions about things that are not in the graph",
    "unrated": "outlets that nobody rates here",
    "guess": "lists of sources whose splitting is a guess",
    "span": "quotes that are not where they should be",
}
_SHOWN = 20


@click.command()
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="violation",
    show_default=True,
    help="Exit with 1 from this severity on.",
)
@global_options
@with_settings
def check(settings: Settings, /, *, fail_on: str) -> int:
    """Check the graph: its rules, its quotes, background questions, circles, unrated outlets.

    Findings are questions for a reader, each with the fact and the source it rests on.
    """
    from graphkit.graph import Graph
    from graphkit.graph.checking import Finding
    from graphkit.graph.checking import check as check_graph

    with Graph.open(settings.graph, is_read_only=True) as graph:
        findings = check_graph(graph)
    if settings.form == "auto" and sys.stdout.isatty():
        _draw(settings, findings)
    else:
        print_rows(
            settings, [Column(field.name, field.name) for field in fields(Finding)], [astuple(finding) for finding in findings]
        )
    grave = _SEVERITIES.index(fail_on)
    return int(any(_SEVERITIES.index(finding.severity) >= grave for finding in findings))


def _draw(settings: Settings, findings: "list[Finding]") -> None:
    from graphkit.graph.checking import grouped

    if not findings:
        click.echo("nothing to report")
    for (severity, rule), group in grouped(findings).items():
        click.echo(f"{severity}: {_EXPLAINED.get(rule, rule)} ({len(group)})")
        shown = group if settings.is_verbose else group[:_SHOWN]
        for finding in shown:
            click.echo(f"  {visible(finding.subject)}: {visible(finding.message)}")
            if finding.fact:
                click.echo(f"      {visible(finding.fact)}")
        if len(shown) < len(group):
            click.echo(f"  … and {len(group) - len(shown)} more; --verbose prints all")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--shapes", type=click.Path(path_type=Path), metavar="FILE", help="Other shapes than graphkit's, in Turtle.")
@global_options
@with_settings
def validate(settings: Settings, /, files: tuple[Path, ...], *, shapes: Path | None) -> int:
    """Check anyone's RDF files against graphkit's shapes (SHACL).

    Exit code 1 means that a file does not conform.
    """
    from graphkit.graph.validating import read_shapes, validate_file

    contract = read_shapes(shapes) if shapes is not None else None
    rows = [
        (str(file), violation.severity, violation.rule, violation.node, violation.message, violation.value)
        for file in files
        for violation in validate_file(file, contract)
    ]
    print_rows(settings, [Column(key, key) for key in ("file", "severity", "rule", "node", "message", "value")], rows)
    if not rows and not settings.is_quiet:
        click.echo("all conform", err=True)
    return int(any(row[1] == "violation" for row in rows))
