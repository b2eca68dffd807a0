"""The index on disk: a folder beside the record, written by one process at a time, read from snapshots.

    graph.db.index/
      lock              held (flock) by the process that writes
      current/store/    the Oxigraph store
      current/state     number and chain value of the last write of the record that is in it
      snapshots/<seq>-<chain>/   hard links to the store at one state; readers never see a store that is being written

What is in the folder follows from the record.  When anything about it is odd it is built anew; the state is written after the quads
are, and applying a write twice gives what applying it once gives, so a process may end anywhere.
"""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit import limits
from graphkit.errors import StoreBusy
from graphkit.store.index.following import Blobs, apply_rows
from graphkit.store.record import Record, State

if TYPE_CHECKING:
    import pyoxigraph

_WAIT_SECONDS: Final = 2.0
_RETRY_SECONDS: Final = 0.05
_READ_BYTES: Final = 1 << 20
_KEEP_SECONDS: Final = 600.0
_OPENED_AT_START: Final = 16
"""Table files of one key space that RocksDB opens with the store; the others are opened when they are read."""
_OPEN_FILES: Final = 4096


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A store at one state, open for reading, and how many graphs of the record are newer."""

    store: "pyoxigraph.Store"
    state: State
    behind: int
    table_files: int


class IndexFolder:
    """The folder of one record's index."""

    def __init__(self, record_path: Path) -> None:
        self.path = record_path.absolute().with_name(record_path.name + ".index")
        self._current = self.path / "current"
        self._snapshots = self.path / "snapshots"

    @staticmethod
    def is_possible(record_path: Path) -> bool:
        """Say whether a folder can be kept beside the record: the place may be written and the system locks files."""
        return os.name == "posix" and os.access(record_path.absolute().parent, os.W_OK)

    def current(self, record: Record, *, wait_seconds: float | None = None) -> Snapshot:
        """Return a snapshot at the record's state; where another process is writing the folder, the newest there is.

        Raises:
            StoreBusy: Another process is building the first index and did not finish within ``limits.BUSY_SECONDS``.
        """
        found = self._open(self._name(record.state()), record)
        if found is not None:
            return found
        older = self._newest(record)
        patience = (_WAIT_SECONDS if older else limits.BUSY_SECONDS) if wait_seconds is None else wait_seconds
        try:
            with self._locked(patience):
                return self._brought_up(record)
        except StoreBusy:
            if older is None:
                raise
            return older

    def rebuild(self, record: Record) -> None:
        """Throw the store away and build it anew, as soon as nobody else writes it."""
        with self._locked(limits.BUSY_SECONDS), record.reading():
            self._publish(self._build(record), record.state())

    def copy_with(self, store: "pyoxigraph.Store", quads: "Iterable[pyoxigraph.Quad]") -> "pyoxigraph.Store":
        """Return a private copy of a snapshot with more quads in it, which leaves nothing behind on disk."""
        import pyoxigraph

        place = self._snapshots / f"copy-{os.getpid()}"
        shutil.rmtree(place, ignore_errors=True)
        try:
            store.backup(str(place))
            writable = pyoxigraph.Store(str(place))
            writable.extend(quads)
            writable.flush()
            del writable
            return pyoxigraph.Store.read_only(str(place))
        finally:
            # the files stay readable for the store that has them open
            shutil.rmtree(place, ignore_errors=True)

    # all below hold the lock, but for opening snapshots

    def _brought_up(self, record: Record) -> Snapshot:
        with record.reading():
            state = record.state()
            found = self._open(self._name(state), record)
            if found is not None:
                return found
            store = self._followed(record, state)
            self._publish(self._build(record) if store is None else store, state)
        opened = self._open(self._name(state), record)
        assert opened is not None, "the snapshot was made while the lock was held"
        self._sweep(keep=self._name(state))
        return opened

    def _followed(self, record: Record, state: State) -> "pyoxigraph.Store | None":
        """Apply what is newer to the store and return it; None where building it anew is needed, or cheaper."""
        import pyoxigraph

        reached = self._reached(record)
        if reached is None or 3 * record.count_since(reached.seq) > record.count_graphs():
            return None
        raise_open_files()
        try:
            store = pyoxigraph.Store(str(self._current / "store"))
            apply_rows(store, record, record.graphs_since(reached.seq), atomic=True)
            store.flush()
        except (OSError, RuntimeError, SyntaxError, ValueError):
            # whatever is wrong with a store that can be built anew
            return None
        self._write_state(self._current, state)
        return store

    def _reached(self, record: Record) -> State | None:
        """Return the state of the store, or None where it is not of this record's past or not of this engine."""
        import pyoxigraph

        try:
            said = json.loads((self._current / "state").read_text(encoding="utf-8"))
            state = State(int(said["seq"]), str(said["chain"]))
            same_engine = said["engine"] == pyoxigraph.__version__
        except (OSError, ValueError, KeyError, TypeError):
            return None
        # the engine makes a new, empty store where there is none
        same_engine = same_engine and (self._current / "store" / "CURRENT").is_file()
        return state if same_engine and record.chain_at(state.seq) == state.chain else None

    def _build(self, record: Record) -> "pyoxigraph.Store":
        import pyoxigraph

        new = self.path / "new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        raise_open_files()
        store = pyoxigraph.Store(str(new / "store"))
        blobs = Blobs(row.nquads for row in record.graphs() if row.nquads)
        store.bulk_load(BufferedReader(blobs, _READ_BYTES), format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        store.flush()
        del store
        self._write_state(new, record.state())
        shutil.rmtree(self._current, ignore_errors=True)
        new.rename(self._current)
        return pyoxigraph.Store(str(self._current / "store"))

    def _write_state(self, folder: Path, state: State) -> None:
        import pyoxigraph

        temporary = folder / "state.tmp"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump({"seq": state.seq, "chain": state.chain, "engine": pyoxigraph.__version__}, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / "state")

    def _publish(self, store: "pyoxigraph.Store", state: State) -> None:
        """Make the snapshot of the store as it is now, whole or not at all."""
        self._snapshots.mkdir(parents=True, exist_ok=True)
        temporary = self._snapshots / "making"
        shutil.rmtree(temporary, ignore_errors=True)
        store.backup(str(temporary))
        place = self._snapshots / self._name(state)
        shutil.rmtree(place, ignore_errors=True)
        temporary.rename(place)

    def _sweep(self, *, keep: str) -> None:
        # a reader of a large store opens files while it answers, so a snapshot outlives the next one for a while
        oldest = time.time() - _KEEP_SECONDS
        for place in sorted(self._snapshots.iterdir()):
            if place.name != keep and place.stat().st_mtime < oldest:
                shutil.rmtree(place, ignore_errors=True)

    def _name(self, state: State) -> str:
        return f"{state.seq}-{state.chain[:16]}"

    def _newest(self, record: Record) -> Snapshot | None:
        """Open the newest snapshot that is of this record's past."""
        if not self._snapshots.is_dir():
            return None
        named = [(place.name.partition("-")[0], place.name) for place in self._snapshots.iterdir()]
        for seq, name in sorted(((int(number), name) for number, name in named if number.isdecimal()), reverse=True):
            chain = record.chain_at(seq)
            if chain is not None and name == self._name(State(seq, chain)):
                found = self._open(name, record)
                if found is not None:
                    return found
        return None

    def _open(self, name: str, record: Record) -> Snapshot | None:
        """Open a snapshot for reading; None where there is none of that name or it is just being swept away."""
        import pyoxigraph

        place = self._snapshots / name
        if not place.is_dir():
            return None
        raise_open_files()
        try:
            store = pyoxigraph.Store.read_only(str(place))
            tables = sum(1 for file in place.iterdir() if file.suffix == ".sst")
        except OSError:
            return None
        seq = int(name.partition("-")[0])
        chain = record.chain_at(seq) or ""
        return Snapshot(store, State(seq, chain), record.count_since(seq), max(0, tables - _OPENED_AT_START))

    @contextmanager
    def _locked(self, wait_seconds: float) -> Iterator[None]:
        import fcntl

        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            deadline = time.monotonic() + wait_seconds
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise StoreBusy(
                            f"{self.path}: another process is writing the index", hint="try again when it is done"
                        ) from None
                    time.sleep(_RETRY_SECONDS)
            yield
        finally:
            os.close(descriptor)


def raise_open_files() -> None:
    """Let this process open as many files as RocksDB wants: macOS allows 256 at first."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
