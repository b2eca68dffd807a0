"""Runs: what was run and when; the only clocks of the record besides fetching and deciding."""

from collections.abc import Iterator

from graphkit.store.record.database import Database
from graphkit.store.record.rows import RunInfo, RunRow


def note_run(database: Database, run: RunInfo) -> int:
    """Return the row of a run, making it at the run's first write; inside the transaction that is open."""
    row = database.one(
        "SELECT id FROM run WHERE name = ? AND command = ? AND started_at = ?", (run.name, run.command, run.started_at)
    )
    if row is not None:
        return int(row[0])
    cursor = database.execute(
        "INSERT INTO run (name, command, version, model_sha256, started_at) VALUES (?, ?, ?, ?, ?)",
        (run.name, run.command, run.version, run.model_sha256, run.started_at),
    )
    return int(cursor.lastrowid or 0)


class Runs:
    """The runs that changed the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, run: RunInfo) -> None:
        """Record that a run began, if it is not recorded yet."""
        with self._database.transaction():
            note_run(self._database, run)

    def end(self, run: RunInfo, *, ended_at: str, outcome: str) -> None:
        """Record when a run ended and how; a run that wrote nothing has no row and stays without."""
        with self._database.transaction():
            self._database.execute(
                "UPDATE run SET ended_at = ?, outcome = ? WHERE name = ? AND command = ? AND started_at = ?",
                (ended_at, outcome, run.name, run.command, run.started_at),
            )

    def all(self) -> Iterator[RunRow]:
        """Yield the runs, oldest first."""
        sql = "SELECT name, command, version, model_sha256, started_at, ended_at, outcome FROM run ORDER BY id"
        return (RunRow(*row) for row in self._database.rows(sql))
