"""The record's schema and the steps from one version to the next: numbered, forward only, one transaction each."""

from collections.abc import Callable
from typing import Final, Protocol

APPLICATION_ID: Final = 0x676B6974
"""The bytes "gkit" in the file's header: how the ``file`` command and graphkit know a graph file."""


class Runs(Protocol):
    """What a migration may do: run statements inside a transaction that is already open."""

    def execute(self, sql: str, parameters: tuple[object, ...] = ...) -> object:
        """Run one statement."""
        ...


def _first(database: Runs) -> None:
    from importlib.resources import files

    for statement in statements(files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")):
        database.execute(statement)


MIGRATIONS: Final[tuple[Callable[[Runs], None], ...]] = (_first,)
"""Step n (from 1) takes a file from version n - 1 to version n.  A step is never changed once it has been released."""

SCHEMA_VERSION: Final = len(MIGRATIONS)


def statements(script: str) -> list[str]:
    """Split a script into statements, so that each runs in the open transaction (``executescript`` would commit it)."""
    from sqlite3 import complete_statement

    found: list[str] = []
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
