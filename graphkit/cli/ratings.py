"""``graphkit ratings``: importing, listing, explaining and comparing what raters say of outlets."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli.listing import IsoDate
from graphkit.cli.printing import Column, print_json, print_rows, visible
from graphkit.cli.settings import Settings, global_options, with_settings

if TYPE_CHECKING:
    from graphkit.knowledge.ratings import Explanation
    from graphkit.knowledge.ratings.explanation import Row

_SHOWN_PROBLEMS = 20


@click.group()
def ratings() -> None:
    """Import, list, explain and compare what raters say of outlets."""


@ratings.command("import")
@click.argument("name", metavar="SET")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--date", type=IsoDate(), help="The day of the set, where the file tells none.")
@click.option("--version", metavar="VERSION", help="The name of this version; the day of the set by default.")
@click.option(
    "--map", "columns", metavar="MAP", help="For any CSV: domain=COLUMN,score=COLUMN,scale=0..100,date=COLUMN-OR-DAY."
)
@click.option("--force", is_flag=True, help="Take a file whose number of rows is not what the set has.")
@global_options
@with_settings
def import_(settings: Settings, /, name: str, file: Path | None, *, date: str | None, version: str | None, columns: str | None,
            force: bool) -> None:  # fmt: skip
    """Import the ratings of FILE as the rating set SET.

    SET is mbfc, iffy, rsp, lin2023, cred1, lasser2022, opensources, state-media, jti or ifcn, or a name of
    your own with --map.  'shipped', without a file, is the small set that travels with graphkit.
    Rows that cannot be used are named with their lines and skipped.
    """
    from graphkit.graph.opened import OpenGraph
    from graphkit.graph.rating import ImportOptions, import_ratings

    with OpenGraph.open(settings.graph) as graph:
        report = import_ratings(graph.record, name, file, ImportOptions(date, version, columns, force))
    for warning in report.warnings:
        click.echo(f"note: {visible(warning)}", err=True)
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        click.echo(f"skipped: line {problem.line}: {visible(problem.why)}", err=True)
    if len(report.problems) > _SHOWN_PROBLEMS:
        click.echo(f"skipped: {len(report.problems) - _SHOWN_PROBLEMS:,} more rows", err=True)
    columns_ = (
        Column("outcome", ""),
        Column("set", "set"),
        Column("version", "version"),
        Column("ratings", "ratings", is_number=True),
    )
    if not settings.is_quiet:
        print_rows(settings, columns_, [(item.outcome, item.rating_set, item.version, item.count) for item in report.sets])


@ratings.command("list")
@global_options
@with_settings
def list_(settings: Settings, /) -> None:
    """List the rating sets that have been imported, with version, family and licence."""
    from graphkit.graph.opened import OpenGraph
    from graphkit.knowledge.ratings import RATING_SETS

    with OpenGraph.open(settings.graph, is_read_only=True) as graph:
        sets = graph.record.ratings.sets()
    rows = [
        (
            item.name,
            item.version,
            item.count,
            item.first_rated_on,
            item.last_rated_on,
            RATING_SETS[item.name].family if item.name in RATING_SETS else item.name,
            RATING_SETS[item.name].licence if item.name in RATING_SETS else "as imported",
        )
        for item in sets
    ]
    columns = (
        Column("set", "set"),
        Column("version", "version"),
        Column("ratings", "ratings", is_number=True),
        Column("first", "first rated"),
        Column("last", "last rated"),
        Column("family", "family"),
        Column("licence", "licence"),
    )
    print_rows(settings, columns, rows)


@ratings.command("explain")
@click.argument("outlet", metavar="OUTLET")
@click.option("--as-of", type=IsoDate(), help="Read the ratings as they stood on this day.")
@click.option("--topic", metavar="WORDS", help="What the article is about, so that verdicts on that topic count.")
@global_options
@with_settings
def explain_(settings: Settings, /, outlet: str, *, as_of: str | None, topic: str | None) -> None:
    """Say who rates OUTLET, how, when and on what scale, and what that amounts to.

    Families of raters are counted, not sets; no average is made.
    """
    from graphkit.graph.opened import OpenGraph
    from graphkit.graph.rating import explain_outlet

    with OpenGraph.open(settings.graph, is_read_only=True) as graph:
        found = explain_outlet(graph.record, outlet, as_of=as_of, topic=topic)
    if settings.form == "json":
        print_json(_as_json(found))
        return
    if settings.form == "auto":
        when = f" as of {found.as_of}" if found.as_of else ""
        interval = f", {found.interval[0]} to {found.interval[1]} between the families" if found.interval else ""
        click.echo(f"{found.outlet}{when}: {found.wording}{interval}")
        click.echo(found.coverage + "\n")
    print_rows(settings, _COLUMNS, [_cells(row) for row in found.rows])


_COLUMNS = (
    Column("rater", "rater"),
    Column("value", "value"),
    Column("scale", "scale"),
    Column("dimension", "measures"),
    Column("scope", "only for"),
    Column("rated_on", "rated on"),
    Column("family", "family"),
    Column("counts", "counts"),
    Column("set", "set"),
    Column("version", "version"),
    Column("imputed", "imputed"),
    Column("licence", "licence"),
)


def _cells(row: "Row") -> tuple[str | bool | None, ...]:
    rating = row.rating
    return (
        rating.rater,
        rating.value,
        rating.scale,
        rating.dimension,
        rating.scope or None,
        rating.rated_on,
        rating.family,
        "yes" if row.counts else f"no: {row.why_not}",
        rating.rating_set,
        rating.version,
        rating.imputed,
        rating.licence,
    )


def _as_json(found: "Explanation") -> dict[str, object]:
    keys = [column.key for column in _COLUMNS]
    return {
        "outlet": found.outlet,
        "as_of": found.as_of,
        "word": found.word,
        "thin": found.is_thin,
        "level": found.level,
        "interval": [float(value) for value in found.interval] if found.interval else None,
        "families": [voice.family for voice in found.voices],
        "coverage": found.coverage,
        "ratings": [dict(zip(keys, _cells(row), strict=True)) for row in found.rows],
    }


@ratings.command("diff")
@click.argument("name", metavar="SET")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@global_options
@with_settings
def diff_(settings: Settings, /, name: str, old: str, new: str) -> None:
    """Say how version NEW of the rating set SET differs from version OLD."""
    from graphkit.graph.opened import OpenGraph
    from graphkit.graph.rating import compare_versions

    with OpenGraph.open(settings.graph, is_read_only=True) as graph:
        drift = compare_versions(graph.record, name, old, new)
    rows: list[tuple[str | None, ...]] = [
        (
            change.direction,
            change.before.outlet,
            change.before.scale,
            change.before.scope or None,
            change.before.value,
            change.after.value,
        )
        for change in drift.changed
    ]
    rows += [("added", item.outlet, item.scale, item.scope or None, None, item.value) for item in drift.added]
    rows += [("removed", item.outlet, item.scale, item.scope or None, item.value, None) for item in drift.removed]
    columns = tuple(Column(key, key) for key in ("change", "outlet", "scale", "scope", "old", "new"))
    print_rows(settings, columns, rows)
    if not settings.is_quiet:
        counts = f"{len(drift.changed):,} changed, {len(drift.added):,} added, {len(drift.removed):,} removed, {drift.n_same:,} the same"
        click.echo(counts, err=True)


@ratings.command("remove")
@click.argument("name", metavar="SET")
@click.option("--version", metavar="VERSION", help="Only this version.")
@global_options
@with_settings
def remove(settings: Settings, /, name: str, *, version: str | None) -> None:
    """Remove a rating set, or one version of it, with all that stands in the RDF of it."""
    from graphkit.graph.opened import OpenGraph
    from graphkit.graph.rating import remove_ratings

    with OpenGraph.open(settings.graph, create=False) as graph:
        count = remove_ratings(graph.record, name, version)
    if not settings.is_quiet:
        click.echo(f"removed {count:,} ratings", err=True)
