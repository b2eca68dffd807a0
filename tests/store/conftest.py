"""What the store's tests share: invented entries, and the program that adds them as a process of its own."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from graphkit import limits
from graphkit.store.record import Record

PROGRAM = Path(__file__).with_name("synthetic.py")


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("store_synthetic", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def synthetic() -> ModuleType:
    """The module that invents articles."""
    return _load()


@pytest.fixture(scope="session")
def memory() -> Path | None:
    """A folder in memory where there is one: these tests write much, and a busy disk would make them wait."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() and os.access(shared, os.W_OK) else None


@pytest.fixture
def path(memory: Path | None) -> Iterator[Path]:
    """Where a test's graph is: alone in its folder."""
    with tempfile.TemporaryDirectory(prefix="graphkit-", dir=memory) as folder:
        yield Path(folder) / "graph.db"


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """An empty record, open for writing."""
    with Record.open(path) as opened:
        yield opened


@pytest.fixture
def start() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start ``synthetic.py`` with the arguments given; what still runs at the end is ended."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: object, **options: object) -> "subprocess.Popen[str]":
        command = [sys.executable, str(PROGRAM), *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        process = subprocess.Popen(command, text=True, **pipes)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep even the smallest index on disk."""
    monkeypatch.setattr(limits, "MEMORY_INDEX_ARTICLES", 0)


@pytest.fixture
def graph(path: Path, synthetic: ModuleType) -> Path:
    """A graph of four articles."""
    with Record.open(path) as record, record.transaction():
        for number in range(4):
            record.put(synthetic.entry(number))
    return path


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The process numbers of the children that were started; none may be there at the end."""
    started: list[int] = []
    popen = subprocess.Popen

    def noting(*arguments: object, **options: object) -> "subprocess.Popen[bytes]":
        child = popen(*arguments, **options)  # type: ignore[call-overload]
        started.append(child.pid)
        return child

    monkeypatch.setattr(subprocess, "Popen", noting)
    yield started
    for number in started:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
