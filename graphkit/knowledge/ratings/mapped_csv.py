"""Any CSV of ratings, by a map of its columns: house lists, NewsGuard, Ad Fontes."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from graphkit.errors import UsageError
from graphkit.knowledge.ratings.registry import Dimension, RatingSet, Scale
from graphkit.knowledge.ratings.rows import Collector, Imported, csv_rows, day_of

_SCALE = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)\.\.(-?\d{1,9}(?:\.\d{1,9})?)")
_KEYS = ("domain", "score", "scale", "date", "dimension", "rater", "family", "licence", "scope")


@dataclass(frozen=True, slots=True)
class CsvMap:
    """Which column holds what.

    ``domain`` and ``score`` are columns; ``date`` a column or an ISO 8601 date for all rows; ``scope`` a column; ``worst`` and ``best``
    the ends of the scale (``7..1`` where 1 is best).
    """

    domain: str
    score: str
    date: str
    worst: Decimal
    best: Decimal
    dimension: Dimension = "reliability"
    rater: str = ""
    family: str = ""
    licence: str = "not stated"
    scope: str = ""


def parse_map(words: str) -> CsvMap:
    """Return the map that ``--map`` gives: "domain=Site,score=Score,scale=0..100,date=2025-06-30".

    Raises:
        UsageError: A part is missing, unknown or no scale.
    """
    parts = dict(part.partition("=")[::2] for part in words.split(",") if part.strip())
    given = {name.strip(): value.strip() for name, value in parts.items()}
    unknown = [name for name in given if name not in _KEYS]
    missing = [name for name in ("domain", "score", "scale", "date") if not given.get(name)]
    hint = "for example: --map domain=Site,score=Score,scale=0..100,date=2025-06-30"
    if unknown or missing:
        raise UsageError(f"--map: {unknown[0]!r} is not known" if unknown else f"--map lacks {missing[0]}=", hint=hint)
    ends = _SCALE.fullmatch(given.pop("scale"))
    if ends is None or Decimal(ends[1]) == Decimal(ends[2]):
        raise UsageError(f"--map: the scale must be worst..best, as in 0..100, in {words!r}", hint=hint)
    dimension = given.pop("dimension", "reliability")
    if dimension not in get_args(Dimension):
        raise UsageError(f"--map: {dimension!r} is no dimension", hint=f"one of: {', '.join(get_args(Dimension))}")
    return CsvMap(worst=Decimal(ends[1]), best=Decimal(ends[2]), dimension=_dimension(dimension), **given)


def _dimension(word: str) -> Dimension:
    known: tuple[Dimension, ...] = get_args(Dimension)
    return known[known.index(word)]


def read_csv(data: bytes, columns: CsvMap, *, name: str, version: str | None = None) -> Imported:
    """Read a CSV file by a map of its columns; ``name`` is the set's own, and its rater's and family's unless the map says.

    Raises:
        UnreadableInput: The bytes are no CSV, or a mapped column is missing.
    """
    scale = Scale(f"{name}-score", columns.dimension, columns.worst, columns.best)
    rater, family = columns.rater or name, columns.family or name
    about = RatingSet(name, name, rater, "", columns.licence, family, (scale,), (0, 10**9))
    fixed = day_of(columns.date)
    found = Collector(about, version or fixed or "")
    required = [columns.domain, columns.score, *([] if fixed else [columns.date]), *([columns.scope] if columns.scope else [])]
    for line, row in csv_rows(data, required):
        place = found.place(line, row.get(columns.domain, ""))
        if place is not None:
            scope = "; ".join(part for part in (place[1], row.get(columns.scope, "")) if part)
            found.add(line, (place[0], scope), scale.key, row.get(columns.score, ""), fixed or row.get(columns.date, ""))
    return found.imported()
