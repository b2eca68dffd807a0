"""The child process as the parent sees it: start, ask, and end it whatever it is doing."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, Self

import graphkit
from graphkit import errors, limits
from graphkit.errors import GraphkitError, StoreError

# -P keeps the working directory, where a stranger's sqlite3.py may lie, off the child's path; the package's own folder goes on it
_CODE = "import sys; sys.path.append(sys.argv[1]); from graphkit.store.query.child import main; main()"
_READ_BYTES = 1 << 16
_NEWLINE = b"\n"

Why = Literal["timeout", "memory", "answer", "crash"]


class ChildEnded(Exception):
    """The child did not live to the end of its answer."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


class QueryProcess:
    """One child answering one question; use it as a context manager, so that it never outlives its use."""

    def __init__(self, request: dict[str, Any], *, seconds: float) -> None:
        command = [sys.executable, "-P", "-X", "utf8", "-c", _CODE, str(Path(graphkit.__file__).parent.parent)]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._seconds = seconds
        assert self._child.stdout is not None
        self._said = selectors.DefaultSelector()
        self._said.register(self._child.stdout, selectors.EVENT_READ)
        self._unread = bytearray()
        self._received = 0
        self.behind = 0
        try:
            self._write(request | {"seconds": seconds})
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def messages(self) -> Iterator[dict[str, Any]]:
        """Yield the messages of the answer as they come.

        Parsing and answering take ``seconds`` together; bringing the index up to the record between them is not timed.

        Raises:
            ChildEnded: They took longer, or the process ended.
            GraphkitError: What the child met when it opened the graph.
        """
        began = time.monotonic()
        message = self._message(began + self._seconds)
        if "checked" in message:
            left = began + self._seconds - time.monotonic()
            message = self._message(None)
            deadline = time.monotonic() + left
            if "ready" in message:
                self.behind = int(message["behind"])
                message = self._message(deadline)
            while True:
                yield _passed(message)
                message = self._message(deadline)
        yield _passed(message)

    def close(self) -> None:
        """End the child and wait until it is gone."""
        self._child.kill()
        self._said.close()
        for stream in (self._child.stdin, self._child.stdout, self._child.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        self._child.wait()

    def _write(self, message: dict[str, Any]) -> None:
        assert self._child.stdin is not None
        # a child that did not start says why below, where its first message is awaited
        with suppress(BrokenPipeError):
            self._child.stdin.write(json.dumps(message).encode() + _NEWLINE)
            self._child.stdin.flush()

    def _message(self, deadline: float | None) -> dict[str, Any]:
        """Read one message, and under "rows" the bytes that follow it; without a deadline, wait for it."""
        searched = 0
        while (end := self._unread.find(_NEWLINE, searched)) < 0:
            searched = len(self._unread)
            self._read(deadline)
        message: dict[str, Any] = json.loads(self._taken(end + 1))
        if "bytes" in message:
            while len(self._unread) < message["bytes"]:
                self._read(deadline)
            message["rows"] = self._taken(message["bytes"])
        return message

    def _taken(self, count: int) -> bytes:
        taken = bytes(self._unread[:count])
        del self._unread[:count]
        return taken

    def _read(self, deadline: float | None) -> None:
        """Read some of what the child says."""
        assert self._child.stdout is not None
        left = None if deadline is None else deadline - time.monotonic()
        if (left is not None and left <= 0) or not self._said.select(left):
            raise ChildEnded("timeout")
        piece = os.read(self._child.stdout.fileno(), _READ_BYTES)
        if not piece:
            raise self._end()
        self._unread += piece
        self._received += len(piece)
        if self._received > limits.MAX_ANSWER_BYTES:
            raise ChildEnded("answer")

    def _end(self) -> ChildEnded | StoreError:
        """Say why the child ended: the engine aborts where memory is refused, and overflows its stack where nesting is deep."""
        code = self._child.wait()
        assert self._child.stderr is not None
        said = self._child.stderr.read(10_000)
        if code == -signal.SIGALRM:
            return ChildEnded("timeout")
        if code == -signal.SIGABRT or b"memory" in said.lower():
            return ChildEnded("memory")
        if code > 0:
            line = (said.decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
            return StoreError(f"the query process failed: {line[:300]}")
        return ChildEnded("crash")


def _passed(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message that is part of an answer; raise what the child met."""
    if "error" in message:
        raise _raised(message)
    return message


def _raised(message: dict[str, Any]) -> GraphkitError | RuntimeError:
    kind = getattr(errors, message["error"], None)
    if kind is None:
        return RuntimeError(message["message"])
    error: GraphkitError = kind(message["message"], hint=message["hint"])
    return error
