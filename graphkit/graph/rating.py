"""Rating sets in a graph: importing, explaining, comparing and removing them.

Each imported set is kept twice: as rows of the record, for look-ups by date, and as a named graph ``graph-ratings-<set>`` with all its
versions, so that a licence can be honoured by dropping one graph.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphkit.errors import InputError, NotAllowed, NotFound, UnreadableInput
from graphkit.garbage import collector_paused
from graphkit.knowledge.ratings import (
    RATING_SETS,
    Drift,
    Explanation,
    Imported,
    Problem,
    RatingSet,
    diff,
    explain,
    read_ratings,
    shipped_ratings,
)
from graphkit.model import Rating

if TYPE_CHECKING:
    from graphkit.store.record import Record

SHIPPED = "shipped"
"""The name under which the verdicts that travel with graphkit are imported."""


@dataclass(frozen=True, slots=True)
class SetImport:
    """What became of one rating set of an import."""

    rating_set: str
    version: str
    count: int
    outcome: Literal["imported", "replaced", "unchanged"]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: the sets, the rows that were skipped with their line numbers, and what to heed."""

    sets: tuple[SetImport, ...]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file of ratings is read.

    ``date`` is the day of the set (ISO 8601) where the file tells none; ``columns`` the ``--map`` of any other CSV; ``force`` takes a
    file whose number of rows is not what is expected of the set.
    """

    date: str | None = None
    version: str | None = None
    columns: str | None = None
    force: bool = False


def import_ratings(record: "Record", name: str, file: Path | None, options: ImportOptions) -> ImportReport:
    """Import a file of the rating set ``name``, or the shipped verdicts when no file is given.

    Raises:
        NotFound: No importer of that name.
        UnreadableInput: The file cannot be read, or is none of that set.
        InputError: The file has not the number of rows that the set has, and ``force`` is off.
        NotAllowed: No file was given for a set that does not ship.
    """
    if file is None:
        if name != SHIPPED:
            raise NotAllowed(f"ratings import {name} needs a file", hint=f"only the set {SHIPPED!r} travels with graphkit")
        return ImportReport(_keep(record, shipped_ratings()))
    with collector_paused():
        return _import_file(record, name, file, options)


def _import_file(record: "Record", name: str, file: Path, options: ImportOptions) -> ImportReport:
    imported = _read(name, _bytes_of(file), options)
    _check_rows(name, imported.n_rows, options)
    if not imported.ratings:
        raise UnreadableInput(f"{file}: no usable rating in {imported.n_rows} rows", hint=_first_problem(imported.problems))
    return ImportReport(_keep(record, imported.ratings), imported.problems, (*_cautions(name), *imported.warnings))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{file}: cannot be read ({error.strerror})", hint="name a file of ratings") from error


def _read(name: str, data: bytes, options: ImportOptions) -> Imported:
    if options.columns is None:
        return read_ratings(name, data, date=options.date, version=options.version)
    from graphkit.knowledge.ratings.mapped_csv import parse_map, read_csv

    if name in RATING_SETS:
        raise NotAllowed(f"{name!r} is a set that graphkit knows", hint="give a list that is mapped by --map a name of its own")
    return read_csv(data, parse_map(options.columns), name=name, version=options.version)


def _check_rows(name: str, rows: int, options: ImportOptions) -> None:
    known = RATING_SETS.get(name)
    if known is None or options.force or known.rows[0] <= rows <= known.rows[1]:
        return
    expected = f"{known.rows[0]:,} to {known.rows[1]:,}"
    raise InputError(f"{rows:,} rows, but {known.name} has {expected}", hint="check the file, or take it as it is with --force")


def _cautions(name: str) -> tuple[str, ...]:
    known = RATING_SETS.get(name)
    return (known.caution,) if known is not None and known.caution else ()


def _first_problem(problems: tuple[Problem, ...]) -> str:
    return f"line {problems[0].line}: {problems[0].why}" if problems else "is it a file of this set?"


def _keep(record: "Record", ratings: Iterable[Rating]) -> tuple[SetImport, ...]:
    """Put ratings into the record, whole sets at a time and all or none."""
    by_set: defaultdict[tuple[str, str], list[Rating]] = defaultdict(list)
    for rating in ratings:
        by_set[rating.rating_set, rating.version].append(rating)
    done = []
    with record.transaction():
        for (name, version), rows in sorted(by_set.items()):
            is_same = record.ratings.holds(name, version, rows)
            if is_same:
                done.append(SetImport(name, version, len(rows), "unchanged"))
                continue
            record.ratings.replace(name, version, rows)
            done.append(SetImport(name, version, len(rows), "imported" if is_same is None else "replaced"))
            if is_same is None:
                _extend_graph(record, name, rows)
            else:
                write_graph(record, name)
    return tuple(done)


def graph_name(rating_set: str) -> str:
    """Return the name of the graph that holds a rating set."""
    from graphkit.rdf import identifiers

    return identifiers.ratings_graph(rating_set)


def _extend_graph(record: "Record", rating_set: str, rows: list[Rating]) -> None:
    """Add a new version to the set's graph; what stands there already need not be made again."""
    graph = graph_name(rating_set)
    record.put_parts(graph, parts_of_set(rating_set, rows, beside=record.graph_nquads(graph) or b""))


def write_graph(record: "Record", rating_set: str) -> None:
    """Write the graph of a rating set from its rows; drop it where there are none."""
    rows = list(record.ratings.of_set(rating_set))
    if rows:
        record.put_parts(graph_name(rating_set), parts_of_set(rating_set, rows))
    else:
        record.drop_graph(graph_name(rating_set))


def parts_of_set(rating_set: str, rows: list[Rating], *, beside: bytes = b"") -> Iterator[bytes]:
    """Return the graph of a rating set in parts of whole lines, with the ends of its scales where the set is known.

    ``beside`` is what stands in the graph already, of other versions.
    """
    from graphkit.rdf.ratings import Scale, ratings_to_parts

    known = RATING_SETS.get(rating_set) or _set_beside(rating_set)
    scales = {scale.key: Scale(scale.worst, scale.best) for scale in known.scales} if known is not None else {}
    return ratings_to_parts(rows, scales, beside=beside)


def _set_beside(rating_set: str) -> RatingSet | None:
    """Return the known set that a set of conflicting ratings stands beside, where it does."""
    from graphkit.graph.merging import base_name

    return RATING_SETS.get(base_name(rating_set))


def nquads_of_set(rating_set: str, rows: list[Rating]) -> bytes:
    """Return the graph of a rating set whole; see ``parts_of_set``."""
    return b"".join(parts_of_set(rating_set, rows))


def remove_ratings(record: "Record", rating_set: str, version: str | None = None) -> int:
    """Remove one version of a rating set, or all of it; return how many ratings went.

    Raises:
        NotFound: It is not there.
    """
    with record.transaction():
        count = record.ratings.remove(rating_set, version)
        if not count:
            what = rating_set if version is None else f"{rating_set} {version}"
            raise NotFound(f"no ratings of {what} are in this graph", hint="'graphkit ratings list' shows what is")
        write_graph(record, rating_set)
    return count


def versions_of(record: "Record") -> Mapping[str, list[str]]:
    """Return every imported version of each set."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item in record.ratings.sets():
        found[item.name].append(item.version)
    return found


def explain_outlet(record: "Record", outlet: str, *, as_of: str | None = None, topic: str | None = None) -> Explanation:
    """Return what raters say of an outlet (a domain, host or URL) at a date, and what that amounts to.

    Raises:
        InputError: ``outlet`` is no domain.
    """
    from graphkit.reading.addresses import registrable_domain

    host = outlet.partition("://")[2] or outlet
    domain = registrable_domain(host.partition("/")[0])
    if domain is None:
        raise InputError(f"{outlet!r} is no outlet's domain", hint="write it like meduza.io")
    place = host.rstrip("/")
    part = "" if place in {domain, f"www.{domain}"} else place
    ratings = record.ratings.of_outlet(domain)
    return explain(ratings, outlet=domain, as_of=as_of, topic=topic, part=part, versions=versions_of(record))


def compare_versions(record: "Record", rating_set: str, old: str, new: str) -> Drift:
    """Say how one version of a set differs from another.

    Raises:
        NotFound: One of them is not there.
    """
    known = versions_of(record).get(rating_set, [])
    for version in (old, new):
        if version not in known:
            hint = f"versions: {', '.join(known)}" if known else "'graphkit ratings list' shows what has been imported"
            raise NotFound(f"no version {version!r} of {rating_set!r} is in this graph", hint=hint)
    return diff(record.ratings.of_set(rating_set, old), record.ratings.of_set(rating_set, new))
