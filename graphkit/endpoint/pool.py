"""The workers: taken for a question, ended at its limit, thrown away when the graph has gone on."""

import asyncio
import json
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from graphkit import errors, limits
from graphkit.endpoint.frames import DATA, END, HEAD, HEADER, READY
from graphkit.endpoint.holding import Held, Keeper
from graphkit.errors import GraphkitError, QueryForbidden, QueryTimeout, StoreError

FOLLOW_SECONDS: Final = 1.0
"""How often the graph is looked at for later writes."""
_GRACE_SECONDS: Final = 0.3
"""How long after its limit a worker may take to be ended by its own alarm."""
_READY_SECONDS: Final = 60.0


class Busy(Exception):
    """As many questions as may be are being answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker said: facts, then bytes."""

    head: dict[str, Any]
    body: bytes


@dataclass(slots=True)
class _Worker:
    pid: int
    task: str
    seq: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Pool:
    """Answers questions over the newest snapshot, ``limits.SERVED_AT_ONCE`` at once."""

    def __init__(self, keeper: Keeper, held: Held) -> None:
        self.held = held
        self._keeper = keeper
        self._idle: list[_Worker] = []
        self._running = 0
        self._follower: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin to follow the record."""
        self._follower = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End every worker."""
        if self._follower is not None:
            self._follower.cancel()
            with suppress(asyncio.CancelledError):
                await self._follower
        for worker in self._idle:
            worker.writer.close()
        self._idle.clear()

    async def ask(self, task: str, request: dict[str, Any], seconds: float) -> Answer:
        """Have a worker answer, and end it when it has not within ``seconds`` or when the caller is cancelled.

        Raises:
            Busy: As many questions as may be are being answered.
            QueryTimeout: The worker was ended at its limit of time, memory or answer.
            QueryForbidden: It did not live through the question.
            GraphkitError: What the worker said went wrong.
        """
        if self._running >= limits.SERVED_AT_ONCE:
            raise Busy
        self._running += 1
        try:
            worker = await self._take(task)
            try:
                answer = await self._answer(worker, request, seconds)
            except GraphkitError:
                self._give_back(worker)
                raise
            except (EOFError, OSError, TimeoutError) as error:
                raise await self._ended(worker, error, seconds) from error
            except BaseException:
                self._let_go(worker)
                raise
            self._give_back(worker)
            return answer
        finally:
            self._running -= 1

    async def _answer(self, worker: _Worker, request: dict[str, Any], seconds: float) -> Answer:
        async with asyncio.timeout(seconds + _GRACE_SECONDS):
            worker.writer.write(json.dumps({**request, "seconds": seconds}).encode() + b"\n")
            await worker.writer.drain()
            head: dict[str, Any] = {}
            pieces: list[bytes] = []
            while True:
                kind, body = await _frame(worker.reader)
                if kind == DATA:
                    pieces.append(body)
                elif kind == HEAD:
                    head = json.loads(body)
                elif kind == END:
                    return Answer(head, b"".join(pieces))
                else:
                    raise _failed(json.loads(body))

    async def _take(self, task: str) -> _Worker:
        """Return an idle worker over the newest snapshot; else a new one."""
        for worker in reversed(self._idle):
            if worker.task == task and worker.seq == self.held.seq:
                self._idle.remove(worker)
                return worker
        return await self._new(task)

    async def _new(self, task: str) -> _Worker:
        seq = self.held.seq
        pid, connection = await asyncio.to_thread(self._keeper.fork, task)
        connection.setblocking(False)  # noqa: FBT003 - the standard library's signature
        reader, writer = await asyncio.open_connection(sock=connection, limit=1 << 20)
        worker = _Worker(pid, task, seq, reader, writer)
        try:
            async with asyncio.timeout(_READY_SECONDS):
                kind, body = await _frame(reader)
        except (EOFError, OSError, TimeoutError) as error:
            self._let_go(worker)
            raise StoreError("the graph could not be made ready for the question") from error
        if kind != READY:
            self._let_go(worker)
            raise _failed(json.loads(body))
        return worker

    def _give_back(self, worker: _Worker) -> None:
        of_its_kind = [one for one in self._idle if one.task == worker.task]
        if worker.seq != self.held.seq or len(of_its_kind) >= limits.SERVED_AT_ONCE:
            self._let_go(worker)
        else:
            self._idle.append(worker)

    def _let_go(self, worker: _Worker) -> None:
        """End a worker; the keeper buries it when it has time."""
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
        worker.writer.close()
        task = asyncio.create_task(self._bury(worker.pid))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _bury(self, pid: int) -> None:
        with suppress(GraphkitError):
            await asyncio.to_thread(self._keeper.reap, pid)

    async def _ended(self, worker: _Worker, error: Exception, seconds: float) -> GraphkitError:
        """Say why a worker ended without an answer."""
        worker.writer.close()
        if isinstance(error, TimeoutError):
            with suppress(ProcessLookupError):
                # past its limit and not ended yet; until it is reaped its number is its own
                os.kill(worker.pid, signal.SIGKILL)
        try:
            status = await asyncio.to_thread(self._keeper.reap, worker.pid)
        except StoreError as ended:
            return ended
        if isinstance(error, TimeoutError) or status == -signal.SIGALRM:
            return QueryTimeout(f"the query was ended after {seconds:g} s", hint="ask for less: LIMIT, a narrower pattern")
        if status == -signal.SIGABRT:
            return _out_of_memory()
        return QueryForbidden(
            "the query ended the process that answered it", hint="it nests or chains too much: make it simpler"
        )

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(FOLLOW_SECONDS)
            try:
                held = await asyncio.to_thread(self._keeper.follow)
            except GraphkitError:
                continue  # the file is being replaced, or is gone: what is held goes on being served
            if held == self.held:
                continue
            self.held = held
            old, self._idle = self._idle, []
            for worker in old:
                self._let_go(worker)
            with suppress(GraphkitError):
                # the first question over the new snapshot need not wait for a fork
                self._give_back(await self._new("ask"))


async def _frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    kind, length = HEADER.unpack(await reader.readexactly(HEADER.size))
    return kind, await reader.readexactly(length)


def _failed(said: dict[str, Any]) -> GraphkitError | RuntimeError:
    if said["error"] == "memory":
        return _out_of_memory()
    kind: type[GraphkitError] | None = getattr(errors, said["error"], None)
    return RuntimeError(said["message"]) if kind is None else kind(said["message"], hint=said["hint"])


def _out_of_memory() -> QueryTimeout:
    return QueryTimeout(
        f"the query was ended at {limits.QUERY_MEMORY_BYTES // limits.MIB} MiB of memory",
        hint="ask for less: LIMIT, fewer columns, no ORDER BY over everything",
    )
