"""Imported ratings: rows of one rating set and version, replaced whole."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from graphkit.errors import InputError
from graphkit.model import Rating
from graphkit.store.record.database import Database

_COLUMNS = (
    "rating_set, version, outlet, rater, scale, scope, rated_on, value, dimension, normalised, imputed, licence, family, url"
)
_INSERT = f"INSERT INTO rating ({_COLUMNS}) VALUES ({', '.join('?' * 14)})"  # noqa: S608 - constants
_SELECT = f"SELECT {_COLUMNS} FROM rating"  # noqa: S608 - constants
_Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class RatingSet:
    """One imported version of a rating set: how many rows, and the first and last date on which something was rated."""

    name: str
    version: str
    count: int
    first_rated_on: str
    last_rated_on: str


@dataclass(frozen=True, slots=True)
class RatingChanges:
    """How two versions of a set differ, by outlet, rater, scale, scope and date; ``changed`` are pairs (old, new)."""

    added: tuple[Rating, ...]
    removed: tuple[Rating, ...]
    changed: tuple[tuple[Rating, Rating], ...]


class Ratings:
    """The ratings of a record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(self, rating_set: str, version: str, ratings: Iterable[Rating]) -> int:
        """Keep ``ratings`` as the given version of a set, in place of what was there; return how many they are.

        Raises:
            InputError: Two rate one outlet by one rater on one scale, scope and date, or one is of another set or version.
        """
        by_key: dict[_Key, Rating] = {}
        for rating in ratings:
            if (rating.rating_set, rating.version) != (rating_set, version):
                raise InputError(
                    f"a rating of {rating.outlet} is of {rating.rating_set} {rating.version}, not of {rating_set} {version}"
                )
            if by_key.setdefault(_key(rating), rating) is not rating:
                raise InputError(
                    f"{rating_set}: {rating.rater} rates {rating.outlet} twice on {rating.rated_on} ({rating.scale})"
                )
        with self._database.transaction():
            self.remove(rating_set, version)
            # in the order of the table's key, so that pages are filled one after the other and never split
            self._database.insert_many(_INSERT, (_row(rating) for _, rating in sorted(by_key.items())))
        return len(by_key)

    def holds(self, rating_set: str, version: str, ratings: Collection[Rating]) -> bool | None:
        """Say whether the given version of a set is just ``ratings``; None where there is no such version."""
        where = "WHERE rating_set = ? AND version = ?"
        rows = set(self._database.rows(f"{_SELECT} {where}", (rating_set, version)))
        return (len(rows) == len(ratings) and rows.issuperset(map(_row, ratings))) if rows else None

    def remove(self, rating_set: str, version: str | None = None) -> int:
        """Delete one version of a set, or all of them; return how many rows went."""
        with self._database.transaction():
            if version is None:
                return self._database.execute("DELETE FROM rating WHERE rating_set = ?", (rating_set,)).rowcount
            sql = "DELETE FROM rating WHERE rating_set = ? AND version = ?"
            return self._database.execute(sql, (rating_set, version)).rowcount

    def sets(self) -> tuple[RatingSet, ...]:
        """Return what has been imported, by name and version."""
        sql = "SELECT rating_set, version, COUNT(*), MIN(rated_on), MAX(rated_on) FROM rating GROUP BY 1, 2 ORDER BY 1, 2"
        return tuple(RatingSet(*row) for row in self._database.rows(sql))

    def of_set(self, rating_set: str, version: str | None = None) -> Iterator[Rating]:
        """Yield the ratings of one version of a set, or of all its versions, by outlet."""
        where = "WHERE rating_set = ? AND (? IS NULL OR version = ?) ORDER BY version, outlet, rater, scale, scope, rated_on"
        return map(_rating, self._database.rows(f"{_SELECT} {where}", (rating_set, version, version)))

    def of_outlet(self, domain: str) -> tuple[Rating, ...]:
        """Return all ratings of the outlet with this registrable domain, oldest first."""
        where = "WHERE outlet = ? ORDER BY rated_on, rating_set, version, rater, scale, scope"
        return tuple(map(_rating, self._database.rows(f"{_SELECT} {where}", (domain,))))

    def all(self) -> Iterator[Rating]:
        """Yield every rating, by set, version and outlet."""
        return map(
            _rating, self._database.rows(f"{_SELECT} ORDER BY rating_set, version, outlet, rater, scale, scope, rated_on")
        )

    def diff(self, rating_set: str, old: str, new: str) -> RatingChanges:
        """Say how version ``new`` of a set differs from version ``old``."""
        before = {_key(rating): rating for rating in self.of_set(rating_set, old)}
        after = {_key(rating): rating for rating in self.of_set(rating_set, new)}
        both = sorted(before.keys() & after.keys())
        return RatingChanges(
            added=tuple(after[key] for key in sorted(after.keys() - before.keys())),
            removed=tuple(before[key] for key in sorted(before.keys() - after.keys())),
            changed=tuple((before[key], after[key]) for key in both if _judgement(before[key]) != _judgement(after[key])),
        )


def _key(rating: Rating) -> _Key:
    return rating.outlet, rating.rater, rating.scale, rating.scope, rating.rated_on


def _judgement(rating: Rating) -> tuple[object, ...]:
    return rating.value, rating.normalised, rating.imputed


def _row(rating: Rating) -> tuple[object, ...]:
    normalised = None if rating.normalised is None else str(rating.normalised)
    head = (rating.rating_set, rating.version, rating.outlet, rating.rater, rating.scale, rating.scope, rating.rated_on)
    return (*head, rating.value, rating.dimension, normalised, int(rating.imputed), rating.licence, rating.family, rating.url)


def _rating(row: tuple[str, str, str, str, str, str, str, str, str, str | None, int, str, str, str | None]) -> Rating:
    rating_set, version, outlet, rater, scale, scope, rated_on, value, dimension, normalised, imputed, licence, family, url = (
        row
    )
    return Rating(
        outlet=outlet,
        rating_set=rating_set,
        rater=rater,
        value=value,
        scale=scale,
        dimension=dimension,
        rated_on=rated_on,
        scope=scope,
        normalised=None if normalised is None else Decimal(normalised),
        imputed=bool(imputed),
        version=version,
        licence=licence,
        family=family,
        url=url,
    )
