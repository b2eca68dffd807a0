"""How results are printed: a table on a terminal, TSV in a pipe, JSON or CSV on demand; hostile text made harmless."""

import csv
import io
import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import click

from graphkit.cli.settings import Settings
from graphkit.graph.formulas import defused

Cell = str | int | float | Decimal | bool | None

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in JSON and CSV, its heading in a table, and whether it holds numbers."""

    key: str
    heading: str
    is_number: bool = False


def visible(text: str) -> str:
    """Return ``text`` on one line with control and bidirectional characters as visible signs, so that it cannot steer a terminal."""
    joined = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _UNPRINTABLE.sub(_sign, joined)


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else f"<U+{code:04X}>"


def print_rows(
    settings: Settings, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, is_truncated: bool = False
) -> None:
    """Print rows in the form that was asked for, or that suits where stdout leads."""
    if settings.form == "json":
        items = [{column.key: _json_cell(cell) for column, cell in zip(columns, row, strict=True)} for row in rows]
        print_json({"items": items, "truncated": is_truncated})
    elif settings.form == "csv":
        write_csv(columns, rows, is_raw=settings.is_raw)
    elif sys.stdout.isatty():
        print_table(settings, columns, list(rows))
        if is_truncated:
            click.echo("more rows were left out; --limit 0 prints all", err=True)
    else:
        write_tsv(columns, rows, is_raw=settings.is_raw)


def print_json(body: object) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n")


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, is_raw: bool) -> None:
    """Print rows as CSV (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.key for column in columns])
    writer.writerows(
        [_flat_cell(cell, column, is_raw=is_raw) for column, cell in zip(columns, row, strict=True)] for row in rows
    )
    sys.stdout.write(buffer.getvalue())


def write_tsv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, is_raw: bool) -> None:
    """Print rows as tab-separated lines with a heading."""
    sys.stdout.write("\t".join(column.key for column in columns) + "\n")
    for row in rows:
        cells = (_flat_cell(cell, column, is_raw=is_raw) for column, cell in zip(columns, row, strict=True))
        sys.stdout.write("\t".join(visible(cell) for cell in cells) + "\n")


def _flat_cell(cell: Cell, column: Column, *, is_raw: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    return text if is_raw or column.is_number or not isinstance(cell, str) else defused(text)


def _json_cell(cell: Cell) -> Cell:
    return float(cell) if isinstance(cell, Decimal) else cell


def wants_color(settings: Settings) -> bool:
    """Say whether colour may be used: on a terminal, unless NO_COLOR or --no-color says otherwise."""
    return sys.stdout.isatty() and not settings.is_colorless and not os.environ.get("NO_COLOR")


def print_table(settings: Settings, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Draw rows as a table that fits the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(column.heading, justify="right" if column.is_number else "left", overflow="fold")
    for row in rows:
        # Text, not str: rich would read "[red]" in a headline as markup
        table.add_row(*(Text(_table_cell(cell)) for cell in row))
    Console(no_color=not wants_color(settings), highlight=False, width=shutil.get_terminal_size((100, 24)).columns).print(table)


def _table_cell(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return visible(str(cell))


def shortened(text: str, width: int) -> str:
    """Return ``text`` on one line, cut at ``width`` columns with an ellipsis."""
    line = visible(unicodedata.normalize("NFC", text))
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
