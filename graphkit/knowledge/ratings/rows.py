"""From one row of a rating set to ratings: where it applies, what it says, and what is wrong with it."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from graphkit.errors import UnreadableInput
from graphkit.knowledge.ratings.registry import RatingSet
from graphkit.model import Rating
from graphkit.reading.addresses import is_ip_address, registrable_domain

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE)
_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T ])")
EXCERPT = "excerpt of "
"""Begins the version of ratings that are not the whole of their set; any imported version of the set replaces them."""
MAX_FIELD = 2_000
"""Code points of one cell; a longer one is no value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was skipped: its line in the file (its number in the list, for JSON), and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: ratings in the order of the file, the rows skipped, how many rows there were, and what to heed."""

    ratings: tuple[Rating, ...]
    problems: tuple[Problem, ...]
    n_rows: int
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Collector:
    """Gathers the ratings and problems of one file, and lets no rating in twice."""

    about: RatingSet
    version: str
    ratings: dict[tuple[str, str, str, str, str], Rating] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    n_rows: int = 0
    words: dict[tuple[str, str], tuple[str, Decimal | None]] = field(default_factory=dict)

    def place(self, line: int, address: str) -> tuple[str, str] | None:
        """Count a row and return the outlet and scope that it is about; a row without a usable domain becomes a problem."""
        self.n_rows += 1
        found = place_of(address)
        if found is None:
            self.skip(line, why_no_place(address))
        return found

    def skip(self, line: int, why: str) -> None:
        """Note a row that is left out."""
        self.problems.append(Problem(line, why))

    def add(self, line: int, place: tuple[str, str], scale: str, value: str, rated_on: str | None, **more: Any) -> None:
        """Add a rating, or note why it cannot be one; ``more`` are further fields of ``Rating``."""
        day = day_of(rated_on or "")
        if day is None:
            self.skip(line, f"no date: {rated_on!r}" if rated_on else "no date")
            return
        try:
            dimension, normalised = self._read(scale, value)
        except ValueError as error:
            self.skip(line, str(error))
            return
        about, (outlet, scope) = self.about, place
        value = value[:MAX_FIELD]
        # made in one go: copying a rating to add ``more`` to it costs as much again; the rest in the order of the fields
        key = (outlet, more.pop("rater", about.rater), scale, scope, day)
        known = self.ratings.get(key)
        if known is None:
            family = more.pop("family", about.family)
            self.ratings[key] = Rating(
                outlet, about.key, key[1], value, scale, dimension, day, scope, normalised,
                version=self.version, licence=about.licence, family=family, **more,
            )  # fmt: skip
        elif known.value != value:
            self.skip(line, f"{outlet} {scope} is rated twice: {known.value!r} is kept, {value!r} left out")

    def _read(self, scale: str, value: str) -> tuple[str, Decimal | None]:
        """Return the dimension of a scale and a value on it, normalised; words are read once."""
        found = self.words.get((scale, value))
        if found is None:
            measure = self.about.scale(scale)
            found = measure.dimension, measure.normalise(value)
            if measure.steps:
                self.words[scale, value] = found
        return found

    def imported(self, warnings: Iterable[str] = ()) -> Imported:
        """Return what was gathered; a row count out of the expected range is a warning."""
        heed = list(warnings)
        least, most = self.about.rows
        if not least <= self.n_rows <= most:
            heed.append(f"{self.n_rows} rows; a whole file of {self.about.name} has {least} to {most}")
        return Imported(tuple(self.ratings.values()), tuple(self.problems), self.n_rows, tuple(heed))


def _host_and_path(address: str) -> tuple[str, str]:
    bare = _SCHEME.sub("", address.strip().lower()).partition("?")[0].partition("#")[0]
    host, _, path = bare.partition("/")
    return host.partition(":")[0].rstrip("."), path


@lru_cache(maxsize=20_000)
def place_of(address: str) -> tuple[str, str] | None:
    """Return the registrable domain that an address belongs to, and the scope: "" for the whole domain, else host and path.

    "https://www.example.org/" is all of example.org; "example.org/city" and "blogs.example.org" are parts of it.  None for anything
    that is no domain.
    """
    host, path = _host_and_path(address)
    domain = registrable_domain(host) if host and len(host) <= MAX_FIELD else None
    if domain is None:
        return None
    path = path.strip("/")
    is_whole = host.removeprefix("www.") in {domain, ""} or not host.isascii()
    if is_whole:
        return domain, f"{domain}/{path}" if path else ""
    return domain, f"{host}/{path}" if path else host


def why_no_place(address: str) -> str:
    """Say in one line why ``place_of`` knows no outlet for an address, and what to write instead where that is known."""
    host = _host_and_path(address)[0]
    shown = repr(address[:80])
    if host and is_ip_address(host):
        return f"{shown} is a numeric address and no domain"
    if "." in host and registrable_domain(f"www.{host}") is not None:
        return f"{shown} is a suffix under which others register domains: give the host, such as www.{host}"
    return f"{shown} is no domain"


def is_place(scope: str) -> bool:
    """Say whether a scope is a part of the outlet's site and not a topic."""
    host = scope.partition("/")[0]
    is_address = " " not in scope and host == host.lower() and "." in host.strip(".") and not host.endswith(".")
    return is_address and registrable_domain(host) is not None


@lru_cache(maxsize=4_096)
def day_of(text: str) -> str | None:
    """Return an ISO 8601 day: of a year its first day, of a month likewise; None where ``text`` is no date."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).isoformat()
    except ValueError:
        return None


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, byte-order mark or not.

    Raises:
        UnreadableInput: The bytes are no UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"the file is not UTF-8: {error.reason} at byte {error.start}"
        raise UnreadableInput(msg, hint="save it as UTF-8") from error


def csv_rows(data: bytes, required: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with the line each begins on.

    Raises:
        UnreadableInput: The bytes are no UTF-8, no CSV, or lack a required column.
    """
    reader = csv.reader(io.StringIO(decoded(data), newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in required if name not in header]
        if missing:
            msg = f"the file has no column {missing[0]!r}; it has {', '.join(header[:20]) or 'no header'}"
            raise UnreadableInput(msg, hint="is it a file of this set?")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                # reversed, so that of two columns of one name the first one stays
                yield line, {name: cell.strip() for name, cell in reversed(list(zip(header, cells, strict=False)))}
            line = reader.line_num + 1
    except csv.Error as error:
        msg = f"line {reader.line_num} is no CSV: {error}"
        raise UnreadableInput(msg, hint="is it a CSV file?") from error


def json_value(data: bytes) -> Any:
    """Return the value of a JSON file.

    Raises:
        UnreadableInput: The bytes are no UTF-8 or no JSON, or nest too deeply.
    """
    try:
        return json.loads(decoded(data))
    except (ValueError, RecursionError) as error:
        msg = f"the file is no JSON: {error}"
        raise UnreadableInput(msg, hint="is it a file of this set?") from error


def text_of(record: Mapping[str, Any], key: str) -> str:
    """Return a field of a JSON record as text; "" where it is missing or no text."""
    value = record.get(key)
    return value.strip()[:MAX_FIELD] if isinstance(value, str) else ""
