"""Real servers on loopback for tests: graphkit's endpoint, Oxigraph, Virtuoso; and invented graphs to serve and push.

A server that is not installed skips the test with a reason; GRAPHKIT_REQUIRE_SERVERS=1 makes it a failure.
"""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest

from graphkit.model import Annotation
from graphkit.rdf import identifiers
from graphkit.rdf.quads import run_name, to_nquads
from graphkit.store.record import Entry, Record, RunInfo

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

INI = """
[Database]
DatabaseFile       = virtuoso.db
ErrorLogFile       = virtuoso.log
LockFile           = virtuoso.lck
TransactionFile    = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend         = 200
Striping           = 0
TempStorage        = TempDatabase
[TempDatabase]
DatabaseFile       = virtuoso-temp.db
TransactionFile    = virtuoso-temp.trx
[Parameters]
ServerPort           = 127.0.0.1:{sql}
DisableUnixSocket    = 1
MaxClientConnections = 10
CaseMode             = 2
DirsAllowed          = .
NumberOfBuffers      = 20000
MaxDirtyBuffers      = 15000
[HTTPServer]
ServerPort           = 127.0.0.1:{http}
ServerRoot           = .
MaxClientConnections = 10
ServerThreads        = 10
Charset              = UTF-8
[SPARQL]
; as Debian ships it: longer answers are cut without a word
ResultSetMaxRows      = 10000
MaxQueryExecutionTime = 60
"""


def refuse(reason: str) -> None:
    """Skip, or fail where the servers must be there."""
    if os.environ.get("GRAPHKIT_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, package: str) -> str:
    """Find a server's program beside this Python or on the path."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        refuse(f"{name} is not installed ({package})")
    return str(found)


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A server's process; ``restart`` is for tests that kill it."""

    def __init__(self, command: Sequence[str], url: str, folder: Path, *, ready: str) -> None:
        self.url = url
        self._command = list(command)
        self._folder = folder
        self._ready = ready
        self.start()
        atexit.register(self.stop)

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._launch()
        deadline = time.monotonic() + 120
        while not answers(self.url + self._ready):
            if time.monotonic() > deadline:
                refuse(f"{self._command[0]} did not start")
            time.sleep(0.1)
            if self._process.poll() is not None:
                # what a killed server held (its lock, its port) may be free only now
                time.sleep(1)
                self._launch()

    def _launch(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=self._folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def restart(self) -> None:
        """Kill it and start it again."""
        self.kill()
        for name in ("virtuoso.lck",):
            (self._folder / name).unlink(missing_ok=True)
        self.start()

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def answers(url: str) -> bool:
    """Say whether a server answers at an address."""
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False


def scratch(name: str) -> Path:
    """Return a folder that goes away at the end."""
    folder = tempfile.mkdtemp(prefix=f"graphkit-{name}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def virtuoso() -> Running:
    """Virtuoso, empty at first, with the password that it is installed with."""
    command = program("virtuoso-t", "Debian's virtuoso-opensource-7-bin")
    folder, http, sql = scratch("virtuoso"), free_port(), free_port()
    (folder / "virtuoso.ini").write_text(INI.format(http=http, sql=sql), encoding="utf-8")
    return Running([command, "+configfile", "virtuoso.ini", "+foreground"], f"http://127.0.0.1:{http}", folder, ready="/sparql")


@cache
def oxigraph() -> Running:
    """Oxigraph's own server, empty at first."""
    command = program("oxigraph", "the package oxigraph")
    folder, port = scratch("oxigraph"), free_port()
    arguments = ["serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    return Running([command, *arguments], f"http://127.0.0.1:{port}", folder, ready="/")


class Endpoint:
    """``graphkit serve`` as a process of its own."""

    def __init__(self, graph: Path, *options: str) -> None:
        command = [sys.executable, "-m", "graphkit", "-g", str(graph), "serve", "--port", "0", "--json", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            _, said = self.process.communicate()
            raise RuntimeError(said.decode())
        self.url = json.loads(line)["url"].rstrip("/")

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        self.process.terminate()
        self.process.communicate(timeout=20)


def entry(annotation: Annotation) -> Entry:
    """Return an invented article as the record keeps it."""
    article = annotation.article
    name = identifiers.article(article.url, article.text_sha256)
    run = RunInfo(run_name(annotation.extractor), "add", "0.0", "2025-01-01T00:00:00Z")
    return Entry(article, name, identifiers.article_graph(name), to_nquads(annotation), run)


def store_articles(path: Path, annotations: Iterable[Annotation]) -> None:
    """Put invented articles into a record."""
    with Record.open(path) as record, record.transaction():
        for annotation in annotations:
            record.put(entry(annotation))


@cache
def news(articles: int, seed: int = 1) -> tuple[Annotation, ...]:
    """Return at least so many articles of an invented news world."""
    from invented_news import invent

    found = invent(int(articles / 0.22) + 5, seed).annotations
    assert len(found) >= articles
    return tuple(found[:articles])
