"""Reading the project's own tables (``tables/*.csv``): UTF-8, comma-separated, a header line, a source on every row."""

import csv
from functools import cache
from pathlib import Path

from graphkit.errors import DamagedPart

SEPARATOR = ";"
"""What separates several values in one cell."""


def table_path(name: str) -> Path:
    """Return the path of the table ``name`` ("territories")."""
    return Path(__file__).parent / "tables" / f"{name}.csv"


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table ``name``, each a dictionary by column.

    Raises:
        DamagedPart: The table is missing from the installation, or a row has too few or too many cells.
    """
    path = table_path(name)
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            header, *rows = list(csv.reader(lines))
    except (OSError, ValueError, csv.Error) as error:
        msg = f"the table {name}.csv cannot be read: {error}"
        raise DamagedPart(msg, hint="install graphkit again") from error
    wrong = next((number for number, row in enumerate(rows, start=2) if len(row) != len(header)), None)
    if wrong is not None:
        msg = f"{name}.csv:{wrong}: a row has another number of cells than the header"
        raise DamagedPart(msg, hint="install graphkit again")
    return tuple(dict(zip(header, row, strict=True)) for row in rows)


def split_cell(cell: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [value for value in cell.split(SEPARATOR) if value]
