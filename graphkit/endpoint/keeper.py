"""The process that holds the graph and forks the workers.

It has no thread but its own, opens no SQLite file across a fork, and reads no question: the server talks to it in one short message at
a time, and workers talk to the server over socket pairs that the server makes.
"""

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from graphkit import limits
from graphkit.endpoint.worker import Job, Task, be_quiet, work
from graphkit.errors import GraphkitError
from graphkit.store.index import Index, open_index
from graphkit.store.record import Record

if TYPE_CHECKING:
    from graphkit.store.record import State

_MESSAGE_BYTES = 4096


def keep(tasks: Mapping[str, Task]) -> NoReturn:
    """Hold the graph at ``sys.argv[2]`` and obey the server at file descriptor ``sys.argv[3]`` until it is gone."""
    # Ctrl-C on a terminal reaches the whole group: the server decides when to end
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[3])) as control:
        control.set_inheritable(False)
        keeper = _Keeper(Path(sys.argv[2]), control, tasks)
        try:
            keeper.obey()
        finally:
            keeper.end_all()
    sys.exit(0)


class _Keeper:
    def __init__(self, path: Path, control: socket.socket, tasks: Mapping[str, Task]) -> None:
        self._path = path
        self._control = control
        self._tasks = tasks
        self._index: Index | None = None
        self._state: State | None = None
        self._children: set[int] = set()

    def obey(self) -> None:
        """Answer each message with one: what was done, or what went wrong."""
        while True:
            body, descriptors, _, _ = socket.recv_fds(self._control, _MESSAGE_BYTES, 1)
            if not body:
                return
            try:
                reply = self._do(json.loads(body), descriptors)
            except GraphkitError as error:
                reply = {"error": type(error).__name__, "message": error.message, "hint": error.hint}
            self._control.sendall(json.dumps(reply).encode() + b"\n")

    def _do(self, message: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        if "fork" in message:
            return {"pid": self._fork(self._tasks[message["fork"]], descriptors[0])}
        if "reap" in message:
            return {"status": self._reap(message["reap"])}
        return self._refresh()

    def _refresh(self) -> dict[str, Any]:
        """Bring the graph up to the record, in memory where it fits; above, each worker opens the index on disk for itself."""
        with Record.open(self._path, read_only=True) as record:
            state = record.state()
            if state != self._state:
                if record.count_quads() > limits.SERVED_MEMORY_QUADS:
                    self._index = None
                elif self._index is None:
                    self._index = Index.in_memory(record)
                else:
                    self._index.apply(record)
                self._state = state if self._index is None else self._index.state
                # what is shared with the forks is not walked by their collectors, which would copy it
                gc.collect()
                gc.freeze()
            totals = record.totals()
        return {"seq": self._state.seq, "chain": self._state.chain, "articles": totals.articles, "quads": totals.quads}

    def _open_index(self) -> Index:
        if self._index is not None:
            return self._index
        with Record.open(self._path, read_only=True) as record:
            return open_index(record)

    def _fork(self, task: Task, descriptor: int) -> int:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                self._control.close()
                be_quiet()
                with socket.socket(fileno=descriptor) as connection:
                    connection.setblocking(True)  # noqa: FBT003 - the standard library's signature
                    work(connection, Job(task, self._path, self._open_index))
                code = 0
            except (BrokenPipeError, ConnectionResetError):
                code = 0  # the server has gone, or has lost interest
            finally:
                os._exit(code)
        os.close(descriptor)
        self._children.add(pid)
        return pid

    def _reap(self, pid: int) -> int:
        """End a worker if it is still there, and say how it ended (negative: the signal).

        Until it is reaped its number belongs to nobody else, so the server may signal it.
        """
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self._children.discard(pid)
        _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status)

    def end_all(self) -> None:
        for pid in sorted(self._children):
            self._reap(pid)
