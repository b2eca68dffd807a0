"""A fork of the keeper: it makes ready for one task, shuts its doors, and answers until the server has had enough of it."""

import json
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graphkit import limits
from graphkit.endpoint.frames import Out
from graphkit.errors import GraphkitError
from graphkit.store.query.child import limit_memory, set_alarm, shut_doors

if TYPE_CHECKING:
    from graphkit.store.index import Index

Answerer = Callable[[dict[str, Any], Out], None]
"""Answers one request by writing to ``Out``: a head, then data."""


class Task(Protocol):
    """A kind of work.  ``is_shut``: the worker may open nothing more once it is ready, because strangers' questions reach the engine."""

    is_shut: bool

    def prepare(self, path: Path, index: "Index") -> Answerer:
        """Make ready over one snapshot."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a new worker is for."""

    task: Task
    path: Path
    open_index: Callable[[], "Index"]


def work(connection: socket.socket, job: Job) -> None:
    """Answer the requests that come as JSON lines, until the other side closes."""
    out = Out(connection, limits.SERVED_ANSWER_BYTES)
    try:
        index = job.open_index()
        answer = job.task.prepare(job.path, index)
    except Exception as error:  # noqa: BLE001 - whatever it is, the server says it
        out.fail(_failure(error))
        return
    if job.task.is_shut:
        limit_memory(limits.QUERY_MEMORY_BYTES)
        shut_doors(index.table_files)
    out.ready()
    with connection.makefile("rb") as requests:
        for line in requests:
            request = json.loads(line)
            set_alarm(request["seconds"])
            failure = _attempt(answer, request, out)
            set_alarm(0)
            if failure is None:
                out.end()
            else:
                out.fail(failure)


def _attempt(answer: Answerer, request: dict[str, Any], out: Out) -> dict[str, Any] | None:
    try:
        answer(request, out)
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:  # noqa: BLE001 - whatever it is, the server says it
        return _failure(error)
    return None


def _failure(error: Exception) -> dict[str, Any]:
    if isinstance(error, GraphkitError):
        return {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    return {"error": "bug", "message": f"{type(error).__name__}: {error}"}


def be_quiet() -> None:
    """Let what native code prints when it is ended go nowhere."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
