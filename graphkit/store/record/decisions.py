"""Decisions: what people decided about the graph; rows are only ever added, a later one overrides an earlier."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphkit.store.record.database import Database

_COLUMNS = "id, target, kind, value, note, decided_by, decided_at"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: ``kind`` on ``target`` (a local name) is ``value``; who, when (ISO 8601, UTC) and why."""

    target: str
    kind: str
    value: str
    decided_by: str
    decided_at: str
    note: str = ""


class Decisions:
    """The decisions of a record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, decision: Decision) -> int:
        """Keep one decision and return its number."""
        with self._database.transaction():
            cursor = self._database.execute(
                "INSERT INTO decision (target, kind, value, note, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?)",
                (decision.target, decision.kind, decision.value, decision.note, decision.decided_by, decision.decided_at),
            )
        return int(cursor.lastrowid or 0)

    def all(self, *, target: str | None = None) -> Iterator[tuple[int, Decision]]:
        """Yield (number, decision), oldest first, of one target or of all."""
        where, values = ("", ()) if target is None else (" WHERE target = ?", (target,))
        sql = f"SELECT {_COLUMNS} FROM decision{where} ORDER BY decided_at, id"  # noqa: S608 - constants
        for number, what, kind, value, note, by, at in self._database.rows(sql, values):
            yield number, Decision(what, kind, value, by, at, note)

    def current(self) -> dict[tuple[str, str], Decision]:
        """Return the decision in force for each (target, kind): the last one made."""
        return {(decision.target, decision.kind): decision for _, decision in self.all()}
