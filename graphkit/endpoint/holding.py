"""The keeper as the server sees it: start it, have it fork, have it follow the record, end it."""

import json
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import graphkit
from graphkit import errors
from graphkit.errors import GraphkitError, StoreError

# -P keeps the working directory off the child's path; the package's own folder goes on it
_CODE: Final = (
    "import sys; sys.path.append(sys.argv[1]); from importlib import import_module; "
    "module, _, name = sys.argv[4].partition(':'); getattr(import_module(module), name)()"
)
_END_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Held:
    """The snapshot that is held: number and chain value of the record's last write in it, articles and quads."""

    seq: int
    chain: str
    articles: int
    quads: int


class Keeper:
    """The keeper's process.  Its calls block, and may be made from several threads.

    Args:
        path: The graph's file.
        program: What the process runs, "module:function"; see ``keeper.keep``.
    """

    def __init__(self, path: Path, program: str) -> None:
        self._path = path.absolute()
        self._program = program
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Held:
        """Start it and wait until it holds the graph.

        Raises:
            NotFound, StoreError: The graph cannot be opened.
        """
        with self._lock:
            self._start()
        return self.follow()

    def follow(self) -> Held:
        """Have it follow the record, and return what it holds then.

        Raises:
            StoreError: The file cannot be read any more; what is held stays.
        """
        said = self._say({"follow": True})
        return Held(said["seq"], said["chain"], said["articles"], said["quads"])

    def fork(self, task: str) -> tuple[int, socket.socket]:
        """Have it fork a worker for a task; return the worker's process id and our end of the connection to it."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                said = self._say({"fork": task}, theirs)
            except BaseException:
                ours.close()
                raise
        return int(said["pid"]), ours

    def reap(self, pid: int) -> int:
        """Have a worker ended and buried; return how it had ended (negative: the signal)."""
        return int(self._say({"reap": pid})["status"])

    def end(self) -> None:
        """End it and all its workers."""
        with self._lock:
            self._end()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            place = str(Path(graphkit.__file__).parent.parent)
            descriptor = str(theirs.fileno())
            command = [sys.executable, "-P", "-X", "utf8", "-c", _CODE, place, str(self._path), descriptor, self._program]
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=(theirs.fileno(),))
        self._control = ours

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _say(self, message: dict[str, Any], descriptor: socket.socket | None = None) -> dict[str, Any]:
        with self._lock:
            try:
                said = self._exchange(message, descriptor)
            except OSError as error:
                # it was ended from outside, for its memory perhaps: the next one loads the graph anew
                self._end()
                self._start()
                raise StoreError("the process that holds the graph has ended", hint="it is started again") from error
        if "error" in said:
            kind: type[GraphkitError] = getattr(errors, said["error"])
            raise kind(said["message"], hint=said["hint"])
        return said

    def _exchange(self, message: dict[str, Any], descriptor: socket.socket | None) -> dict[str, Any]:
        if self._control is None:
            raise ConnectionResetError("it has ended")
        body = json.dumps(message).encode()
        if descriptor is None:
            self._control.sendall(body)
        else:
            socket.send_fds(self._control, [body], [descriptor.fileno()])
        reply = b""
        while not reply.endswith(b"\n"):
            piece = self._control.recv(1 << 16)
            if not piece:
                raise ConnectionResetError("it has ended")
            reply += piece
        said: dict[str, Any] = json.loads(reply)
        return said
