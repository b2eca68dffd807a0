"""``graphkit list``."""

import sys
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from typing import TYPE_CHECKING

import click

from graphkit.cli.printing import Column, print_rows, shortened
from graphkit.cli.settings import Settings, global_options, with_settings
from graphkit.errors import NotAllowed

if TYPE_CHECKING:
    from graphkit.graph.listing import ListRow

KINDS = ("articles", "claims", "actors", "outlets", "citations")
_SHORT = 72
# left out of a table on a terminal, where width is short; TSV, CSV and JSON have them
_HIDDEN = {
    "articles": {"url"},
    "claims": {"id"},
    "actors": {"id"},
    "outlets": {"id"},
    "citations": {"article_id", "begin", "end"},
}


class IsoDate(click.ParamType[str]):
    """A date or the beginning of one: 2025, 2025-06 or 2025-06-18."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the date."""
        try:
            date.fromisoformat(value + "-01-01"[(len(value) - 4) :] if len(value) in {4, 7} else value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write 2025-06-18, 2025-06 or 2025", param, ctx)
        return value


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--outlet", metavar="DOMAIN", help="Only of this outlet (for citations: of this outlet cited).")
@click.option("--actor", metavar="NAME", help="Only what this actor says or is spoken about in.")
@click.option("--since", type=IsoDate(), help="Only of articles from this date on.")
@click.option("--until", type=IsoDate(), help="Only of articles up to this date.")
@click.option("--sort", metavar="COLUMN", help="Sort by this column; -COLUMN turns the order round.")
@click.option("--limit", type=click.IntRange(0), default=100, show_default=True, help="At most so many rows; 0 for all.")
@global_options
@with_settings
def list_(settings: Settings, /, kind: str, sort: str | None, limit: int, **wanted: str | None) -> None:
    """List articles, claims, actors, outlets or citations."""
    from graphkit.graph import Graph
    from graphkit.graph.listing import Filter

    with Graph.open(settings.graph, is_read_only=True) as graph:
        rows: Sequence[ListRow] = graph.rows(kind, Filter(**wanted))  # type: ignore[arg-type]
        names = graph.columns(kind)  # type: ignore[arg-type]
    if sort is not None:
        rows = _sorted(rows, names, sort)
    kept = rows[:limit] if limit else rows
    hidden = _HIDDEN[kind] if settings.form == "auto" and sys.stdout.isatty() else set()
    columns = [
        Column(name, name.replace("_", " "), is_number=kind_ is int) for name, kind_ in names.items() if name not in hidden
    ]
    places = [index for index, name in enumerate(names) if name not in hidden]
    cells = [tuple(_cell(astuple(row)[index], is_short=bool(hidden)) for index in places) for row in kept]
    print_rows(settings, columns, cells, is_truncated=len(kept) < len(rows))


def _cell(value: str | int | None, *, is_short: bool) -> str | int | None:
    return shortened(value, _SHORT) if is_short and isinstance(value, str) else value


def _sorted(rows: "Sequence[ListRow]", names: dict[str, type], sort: str) -> "list[ListRow]":
    key = sort.removeprefix("-")
    if key not in names:
        raise NotAllowed(f"there is no column {key!r} to sort by", hint="columns: " + ", ".join(names))
    # missing values come last, whichever way the order runs
    known = [row for row in rows if getattr(row, key) is not None]
    known.sort(key=lambda row: getattr(row, key), reverse=sort.startswith("-"))
    return known + [row for row in rows if getattr(row, key) is None]
