"""What was acknowledged survives: kills, races, full disks, folders that may not be written, migrations that fail."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from graphkit.store.index import Index, open_index
from graphkit.store.record import Record, database
from graphkit.store.record.migrations import MIGRATIONS, SCHEMA_VERSION

Start = Callable[..., "subprocess.Popen[str]"]
Acknowledged = dict[int, int]
HERE = Path(__file__).parent


def killed_after(process: "subprocess.Popen[str]", said: Path, seconds: float) -> Acknowledged:
    """Let a process work, kill it, and return the last version of each article that it had reported into ``said``."""
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    lines = said.read_text().split("\n")[:-1]  # what follows the last LF was not wholly said
    return {int(number): int(version) for number, version, _ in map(str.split, lines)}


def await_first_word(said: Path) -> None:
    while not said.stat().st_size:
        time.sleep(0.005)


def check_whole(path: Path, synthetic: ModuleType, acknowledged: Acknowledged) -> None:
    """See that the record is sound, holds whole articles only, and every acknowledged one at that version or a later one."""
    with Record.open(path) as record:
        assert record.verify() == ()
        stored = {}
        for row in record.articles():
            number, version = (int(word) for word in row.headline.replace(",", "").split() if word.isdigit())
            assert record.text(row.name) == synthetic.text_of(number, version)
            assert record.graph_nquads(row.graph) == synthetic.nquads_of(number, version)
            stored[number] = version
        assert len(record.graph_names()) == len(stored)
        for number, version in acknowledged.items():
            assert stored[number] >= version, (number, stored, acknowledged)


def kill_rounds(path: Path, synthetic: ModuleType, start: Start, rounds: int) -> int:
    chance = random.Random(path.name)
    report = path.with_name("said")
    acknowledged: Acknowledged = {}
    total = 0
    for number in range(rounds):
        with report.open("w") as file:
            process = start("replace" if number % 2 else "add", path, 10 * (number % 3), 10 if number % 2 else 400, stdout=file)
        if number % 4:  # else it is killed while it starts, or sets up the file
            await_first_word(report)
        said = killed_after(process, report, chance.uniform(0, 0.15))
        total += len(said)
        # a process begins again at version 0: of what earlier ones wrote, only that it is there is sure
        acknowledged = dict.fromkeys(acknowledged, 0) | said
        check_whole(path, synthetic, acknowledged)
    return total


def test_kills_at_any_moment_lose_nothing(path: Path, synthetic: ModuleType, start: Start) -> None:
    assert kill_rounds(path, synthetic, start, 6) > 0


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(path: Path, synthetic: ModuleType, start: Start) -> None:
    assert kill_rounds(path, synthetic, start, 200) > 200


@pytest.mark.slow
def test_kills_while_the_file_is_set_up_leave_nothing_in_the_way(path: Path, synthetic: ModuleType, start: Start) -> None:
    chance = random.Random("new")
    for number in range(40):
        new = path.with_name(f"{number}.db")
        process = start("add", new, 0, 3)
        time.sleep(chance.uniform(0.05, 0.3))
        process.kill()
        process.wait()
        check_whole(new, synthetic, {})
        with Record.open(new) as record:
            record.put(synthetic.entry(9))
        check_whole(new, synthetic, {9: 0})


def index_rounds(path: Path, synthetic: ModuleType, start: Start, rounds: int) -> None:
    chance = random.Random("index")
    report = path.with_name("said")
    with Record.open(path) as record:
        with record.transaction():
            for number in range(60):
                record.put(synthetic.entry(number))
        for round_ in range(rounds):
            with report.open("w") as file:
                process = start("index", path, stdout=file)
            if round_ % 2:
                await_first_word(report)
            until = time.monotonic() + chance.uniform(0.05, 0.4)
            while time.monotonic() < until:
                record.put(synthetic.entry(chance.randrange(60), chance.randrange(4)))
            process.kill()
            process.wait()
            index = open_index(record)
            assert index.state == record.state()
            assert index.sha256() == Index.in_memory(record).sha256()


@pytest.mark.usefixtures("on_disk")
def test_a_kill_while_the_index_is_written_costs_at_most_a_rebuild(path: Path, synthetic: ModuleType, start: Start) -> None:
    index_rounds(path, synthetic, start, 3)


@pytest.mark.slow
@pytest.mark.usefixtures("on_disk")
def test_thirty_kills_while_the_index_is_written(path: Path, synthetic: ModuleType, start: Start) -> None:
    index_rounds(path, synthetic, start, 30)


@pytest.mark.parametrize(("processes", "each"), [(2, 12), pytest.param(8, 25, marks=pytest.mark.slow)])
def test_processes_that_add_at_once_all_succeed(
    path: Path, synthetic: ModuleType, start: Start, processes: int, each: int
) -> None:
    started = [start("add", path, each * number, each) for number in range(processes)]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert out.count(" added\n") == each
    check_whole(path, synthetic, dict.fromkeys(range(processes * each), 0))
    with Record.open(path) as record:
        assert record.count_articles() == processes * each
        assert record.state().seq == processes * each


def test_processes_that_add_the_same_articles_add_each_once(path: Path, start: Start) -> None:
    outcomes = [start("add", path, 0, 12).communicate for _ in range(2)]
    said = "".join(wait(timeout=60)[0] for wait in outcomes)
    assert said.count(" added\n") == 12
    assert said.count(" unchanged\n") == 12
    with Record.open(path) as record:
        assert record.state().seq == 12


# full disks

FILLING = """
import json, os, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import synthetic
from graphkit.errors import DiskFull
from graphkit.store.record import Record
import pyoxigraph
folder, first, sizes = Path(sys.argv[2]), int(sys.argv[3]), json.loads(sys.argv[4])
for size in sizes:
    path = folder / f"{size}.db"
    path.write_bytes((folder / "before.db").read_bytes())
    if os.fork() == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        said = []
        try:
            with Record.open(path) as record:
                for number in range(first, first + 40):
                    record.put(synthetic.entry(number))
                    said.append(number)
            ending = "all in"
        except DiskFull as error:
            ending = error.message
        print(json.dumps([size, said, ending]), flush=True)
        os._exit(0)
    os.wait()
"""


def test_a_full_disk_leaves_the_old_graph(path: Path, synthetic: ModuleType) -> None:
    before = path.with_name("before.db")
    with Record.open(before) as record:
        for number in range(5):
            record.put(synthetic.entry(number))
    start = before.stat().st_size
    sizes = [start // 2, *range(start, start + 40_000, 3_000), 8_000_000]
    command = [sys.executable, "-c", FILLING, str(HERE), str(path.parent), "5", json.dumps(sizes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    out = done.stdout
    endings = set()
    for line in out.splitlines():
        size, said, ending = json.loads(line)
        endings.add(ending.partition(": ")[2].partition(" ")[0])
        assert (len(said) == 40) == (ending == "all in"), ending
        check_whole(path.with_name(f"{size}.db"), synthetic, dict.fromkeys([*range(5), *said], 0))
    assert len(out.splitlines()) == len(sizes), done.stderr
    assert endings == {"writing", ""}


def test_a_backup_that_finds_no_room_leaves_the_old_one(path: Path, synthetic: ModuleType) -> None:
    with Record.open(path) as record:
        record.put(synthetic.entry(1))
    code = (
        "import resource, sys; from pathlib import Path; from graphkit.store.record import Record\n"
        "record = Record.open(Path(sys.argv[1])); resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "record.backup(Path(sys.argv[2]))"
    )
    target = path.with_name("backup.db")
    target.write_bytes(b"the old one")
    done = subprocess.run([sys.executable, "-c", code, str(path), str(target)], capture_output=True, text=True, check=False)
    assert "DiskFull" in done.stderr
    assert target.read_bytes() == b"the old one"
    assert not list(path.parent.glob("*.tmp"))


# rights

UNPRIVILEGED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import json, synthetic, importlib.resources, pyoxigraph
from graphkit.errors import GraphkitError
from graphkit.store.index import open_index
import graphkit.store.index.folder
from graphkit.store.record import Record
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[2])
with Record.open(path, read_only=True) as record:
    print(record.count_articles(), len(open_index(record).store) > 0)
for attempt in (path, path.with_name("new.db"), Path(sys.argv[3])):
    try:
        with Record.open(attempt) as record:
            record.put(synthetic.entry(9))
        print("written")
    except GraphkitError as error:
        print(type(error).__name__, error.exit_code, error.message.count("\\n"))
"""


@pytest.mark.parametrize("has_log", [False, True])
def test_a_folder_that_may_not_be_written_can_be_read(path: Path, synthetic: ModuleType, has_log: bool) -> None:
    secret = path.with_name("secret.db")
    with Record.open(path) as record, Record.open(secret) as hidden:
        record.put(synthetic.entry(1))
        hidden.put(synthetic.entry(1))
        if not has_log:
            record.close()
        for file, mode in ((path, 0o444), (path.with_name("graph.db-wal"), 0o444), (path.with_name("graph.db-shm"), 0o444)):
            if file.exists():
                file.chmod(mode)
        secret.chmod(0)
        path.parent.chmod(0o555)
        try:
            command = [sys.executable, "-c", UNPRIVILEGED, str(HERE), str(path), str(secret)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        finally:
            path.parent.chmod(0o755)
            secret.chmod(0o600)
    assert done.stdout.splitlines() == ["1 True", "DiskFull 4 0", "DiskFull 4 0", "StoreError 4 0"], done.stderr


# migrations


@pytest.fixture
def second_version(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pretend that there is a later schema; a word put into the list makes its step fail after it changed something."""
    failing: list[str] = []

    def add_column(runs: database.Database) -> None:
        runs.execute("ALTER TABLE decision ADD COLUMN later TEXT")
        if failing:
            raise RuntimeError(failing[0])

    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, add_column))
    monkeypatch.setattr(database, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return failing


def columns(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {row[1] for row in connection.execute("PRAGMA table_info (decision)")}
    finally:
        connection.close()


def test_an_older_file_is_brought_up_to_date_after_a_copy(
    path: Path, synthetic: ModuleType, request: pytest.FixtureRequest
) -> None:
    with Record.open(path) as record:
        record.put(synthetic.entry(1))
    request.getfixturevalue("second_version")
    with Record.open(path) as record:
        assert record.count_articles() == 1
    assert "later" in columns(path)
    (copy,) = path.parent.glob("*.bak")
    assert "later" not in columns(copy)
    Record.open(path).close()


def test_a_migration_that_fails_changes_nothing(path: Path, synthetic: ModuleType, request: pytest.FixtureRequest) -> None:
    with Record.open(path) as record:
        record.put(synthetic.entry(1))
    request.getfixturevalue("second_version").append("power cut")
    with pytest.raises(RuntimeError, match="power cut"):
        Record.open(path)
    assert "later" not in columns(path)


def test_an_older_file_is_not_brought_up_to_date_by_a_reader(path: Path, request: pytest.FixtureRequest) -> None:
    Record.open(path).close()
    request.getfixturevalue("second_version")
    with pytest.raises(Exception, match="older version") as caught:
        Record.open(path, read_only=True)
    assert caught.value.exit_code == 4  # type: ignore[attr-defined]


def test_a_faulty_disk_is_not_taken_for_a_bug(path: Path) -> None:
    from graphkit.store.record.faults import fault_of

    for code, kind in {
        sqlite3.SQLITE_FULL: "DiskFull",
        sqlite3.SQLITE_IOERR_WRITE: "DiskFull",
        sqlite3.SQLITE_IOERR_FSYNC: "DiskFull",
        sqlite3.SQLITE_READONLY: "DiskFull",
        sqlite3.SQLITE_IOERR_READ: "StoreCorrupt",
        sqlite3.SQLITE_CORRUPT: "StoreCorrupt",
        sqlite3.SQLITE_NOTADB: "StoreCorrupt",
        sqlite3.SQLITE_BUSY: "StoreBusy",
        sqlite3.SQLITE_LOCKED: "StoreBusy",
        sqlite3.SQLITE_NOMEM: "StoreError",
    }.items():
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code
        fault = fault_of(error, path)
        assert type(fault).__name__ == kind
        assert fault is not None
        assert path.name in fault.message
        assert fault.exit_code == 4
    wrong_statement = sqlite3.OperationalError("x")
    wrong_statement.sqlite_errorcode = sqlite3.SQLITE_ERROR
    assert fault_of(wrong_statement, path) is None
    assert fault_of(sqlite3.DatabaseError("x"), path) is None
