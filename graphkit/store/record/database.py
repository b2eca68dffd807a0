"""One connection to the record's file: opening, checking, transactions; every fault comes out as graphkit's error."""

import glob
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graphkit import limits
from graphkit.errors import DiskFull, NotFound, StoreCorrupt, StoreError, StoreTooNew
from graphkit.store.record.faults import translated
from graphkit.store.record.migrations import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION

_RETRY_SECONDS = 0.02
_HEAD = b"SQLite format 3\0"
_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables


class Database:
    """A connection in autocommit mode; writes happen inside ``transaction()`` only."""

    def __init__(self, path: Path, *, create: bool = True, read_only: bool = False, busy_seconds: float | None = None) -> None:
        self.path = path
        self.is_read_only = read_only
        self._wait = limits.BUSY_SECONDS if busy_seconds is None else busy_seconds
        self._depth = 0
        _check_place(path, create=create and not read_only)
        with translated(path):
            self.connection = self._connect()
            try:
                self._prepare()
            except BaseException:
                self.connection.close()
                raise

    def _connect(self) -> sqlite3.Connection:
        address = f"{self.path.absolute().as_uri()}?mode={_mode(self.path, read_only=self.is_read_only)}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=self._wait, check_same_thread=False)
        connection.execute("PRAGMA trusted_schema = OFF")
        return connection

    def _prepare(self) -> None:
        version = self._checked_version()
        if self.is_read_only:
            self.connection.execute("PRAGMA query_only = ON")
            if version < SCHEMA_VERSION:
                raise StoreError(
                    f"{self.path}: it is of an older version ({version})",
                    hint="open it once for writing to bring it up to date",
                )
            return
        self._set_journal()
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            self._migrate(version)

    def _checked_version(self) -> int:
        """Return the schema version, 0 for a file with nothing in it; refuse what is not ours before anything is written."""
        application = self._number("PRAGMA application_id")
        version = self._number("PRAGMA user_version")
        if application == 0 and version == 0 and self._number("SELECT COUNT(*) FROM sqlite_master") == 0:
            if self.is_read_only:
                raise NotFound(
                    f"{self.path}: there is nothing in this graph yet", hint="'graphkit add FILE' puts articles into it"
                )
            return 0
        if application != APPLICATION_ID:
            raise StoreCorrupt(
                f"{self.path}: this is an SQLite file, but not a graph of graphkit", hint="name another file with --graph"
            )
        if version > SCHEMA_VERSION:
            message = f"{self.path}: it was written by a newer graphkit (schema {version}, this one knows {SCHEMA_VERSION})"
            raise StoreTooNew(message, hint="install a newer graphkit; the file has not been touched")
        return version

    def _set_journal(self) -> None:
        # two processes that set up one new file collide here, and SQLite does not always wait by itself
        deadline = time.monotonic() + self._wait
        while True:
            try:
                self.connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_RETRY_SECONDS)
            else:
                return

    def _migrate(self, version: int) -> None:
        if version > 0:
            self.copy_to(self.path.with_name(f"{self.path.name}.v{version}.bak"))
        for number, step in enumerate(MIGRATIONS, start=1):
            with self.transaction():
                # another process may have done the step while this one waited for the lock
                if self._number("PRAGMA user_version") < number:
                    step(self)
                    self.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    self.connection.execute(f"PRAGMA user_version = {number}")

    def _number(self, sql: str) -> int:
        return int(self.connection.execute(sql).fetchone()[0])

    def execute(self, sql: str, parameters: tuple[object, ...] | dict[str, object] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        with translated(self.path):
            return self.connection.execute(sql, parameters)

    def one(self, sql: str, parameters: tuple[object, ...] = ()) -> Any:
        """Return the first row, or None."""
        with translated(self.path):
            return self.connection.execute(sql, parameters).fetchone()

    def rows(self, sql: str, parameters: tuple[object, ...] | dict[str, object] = ()) -> Iterator[Any]:
        """Yield the rows as they are read."""
        with translated(self.path):
            yield from self.connection.execute(sql, parameters)

    def insert_many(self, sql: str, rows: Iterator[tuple[object, ...]]) -> None:
        """Run one statement for each row, inside the transaction that is open."""
        with translated(self.path):
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock: all statements inside are on disk when the block ends, or none is.

        A block inside another joins it.

        Raises:
            StoreBusy: Another process kept the lock longer than ``limits.BUSY_SECONDS``.
        """
        if self._depth:
            yield
            return
        if self.is_read_only:
            raise StoreError(f"{self.path}: it was opened for reading only")
        with translated(self.path):
            # never plain BEGIN: a reader that turns writer is refused without waiting
            self.connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep to one state of the file for all that is read inside; a block inside another, or inside a transaction, joins it."""
        if self.connection.in_transaction:
            yield
            return
        with translated(self.path):
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()

    def _roll_back(self) -> None:
        # SQLite itself may have rolled back, on a full disk for one
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def copy_to(self, target: Path) -> None:
        """Write a compact copy to ``target``, whole or not at all; readers and writers go on meanwhile."""
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            _sweep(target)
            _make_private(temporary)
            with translated(target), self._copying():
                self.connection.execute("VACUUM INTO ?", (str(temporary),))
            _sync(temporary)
            temporary.replace(target)
            _sync(target.absolute().parent)
        except OSError as error:
            raise DiskFull(f"{target}: it cannot be written ({error.strerror})", hint="choose another folder") from error
        finally:
            temporary.unlink(missing_ok=True)

    @contextmanager
    def _copying(self) -> Iterator[None]:
        """Let a reader copy: SQLite counts VACUUM INTO, which writes to another file only, among what a query-only connection may not."""
        if not self.is_read_only:
            yield
            return
        self.connection.execute("PRAGMA query_only = OFF")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        with translated(self.path):
            self.connection.close()


def _check_place(path: Path, *, create: bool) -> None:
    """See that the file is there, or make it, readable by its owner only: who is investigated is nobody's business."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(f"Python's SQLite {sqlite3.sqlite_version} is too old", hint="use a Python with SQLite 3.37 or newer")
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder, not a graph file", hint="name a file, for example graph.db")
    if path.exists():
        _check_head(path)
        return
    if not create:
        raise NotFound(f"{path}: there is no such graph", hint="'graphkit add FILE' makes one; --graph names another")
    try:
        _make_private(path)
    except FileExistsError:
        return
    except OSError as error:
        raise DiskFull(f"{path}: it cannot be made ({error.strerror})", hint="check the folder and its permissions") from error


def _check_head(path: Path) -> None:
    # SQLite takes any short file for an empty database, and would write over it
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
    except OSError as error:
        raise StoreError(f"{path}: it cannot be read ({error.strerror})", hint="check its permissions") from error
    if head not in {b"", _HEAD}:
        raise StoreCorrupt(
            f"{path}: this is no graph file", hint="name another file with --graph; this one has not been touched"
        )


def _make_private(path: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _mode(path: Path, *, read_only: bool) -> str:
    """Return how SQLite is to open the file; a reader that may write also clears the log away when it is the last to close."""
    may_write = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    if may_write or not read_only:
        return "rw"
    has_log = path.with_name(path.name + "-wal").exists()
    # a folder that may not be written cannot hold the lock files that WAL wants even to read; nobody can be writing there either
    return "ro" if has_log else "ro&immutable=1"


def _sweep(target: Path) -> None:
    """Delete what copies to ``target`` left whose process is gone: a copy holds all that the record holds."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
        number = left.name.split(".")[-2]
        if number.isdecimal() and not _is_alive(int(number)):
            left.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
