"""What SQLite and the file system complain of, as graphkit's errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graphkit.errors import DiskFull, GraphkitError, StoreBusy, StoreCorrupt, StoreError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_NO_ROOM = {sqlite3.SQLITE_FULL}
_NO_RIGHT = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN}
_READING = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}
_WAY_OUT = "copy it away, run 'graphkit db verify' on the copy, and put back a backup if there is one"


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise graphkit's error for a fault of the file at ``path``; a wrong statement stays a bug."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error


def fault_of(error: sqlite3.DatabaseError, path: Path) -> GraphkitError | None:
    """Return the error that ``error`` means to a user, or None when it means a bug in graphkit."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in _BUSY:
        return StoreBusy(f"{path}: another process is writing to it and did not finish", hint="try again when it is done")
    if primary in _DAMAGED or code in _READING:
        return StoreCorrupt(f"{path}: the file is damaged or is no graph file ({error})", hint=_WAY_OUT)
    if primary in _NO_ROOM:
        return DiskFull(f"{path}: there is no room to write", hint="free some space; what was added before is safe")
    if primary in _NO_RIGHT:
        return DiskFull(f"{path}: it cannot be written ({error})", hint="check the permissions of the file and of its folder")
    if primary == sqlite3.SQLITE_IOERR:
        return DiskFull(
            f"{path}: writing failed ({error})", hint="check the disk's space and limits; what was added before is safe"
        )
    if primary in {sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_NOMEM}:
        return StoreError(f"{path}: {error}")
    return None
