"""The pool of query workers as the web process sees it: hands out jobs, cuts what runs too long.

A supervisor spawns the workers; they connect to the Unix socket that `Pool.listen` opens. A worker that
exceeds its time is killed and its successor connects by itself. Waiting jobs are taken in turn from each
client, so that one busy client does not hold up the others.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecograph.store.protocol import Unpacker, pack

_GRACE = 0.2
"""Seconds that a query may go on after its client has gone, before its worker is killed."""

_CAUSES: dict[int, str] = {
    signal.SIGSEGV: "query-too-complex",
    signal.SIGBUS: "query-too-complex",
    signal.SIGABRT: "out-of-memory",
    signal.SIGKILL: "out-of-memory",
}
"""What a worker's end by a signal means: the parser's stack ran over, or an allocation failed."""
_FROM_OUTSIDE = {signal.SIGKILL, signal.SIGTERM}
"""Signals by which others end a worker, an administrator or the kernel: the job is tried again."""
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: the worker's header (``error`` names a failure) and the result's bytes or file."""

    header: dict[str, Any]
    body: bytes = b""
    file: Path | None = None

    @property
    def error(self) -> str | None:
        """The kind of failure, or None."""
        return self.header.get("error")


@dataclass(slots=True, eq=False)
class _Job:
    frame: bytes
    timeout: float
    client: str
    done: asyncio.Future[Answer]
    runner: _Connection | None = None
    deadline: float = 0.0
    watcher: asyncio.Task[None] | None = None
    attempt: int = 1
    """Which attempt this is, after somebody else ended the workers of those before."""


class _Connection(asyncio.Protocol):
    """One worker's end of the line."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._unpacker = Unpacker()
        self.transport: asyncio.Transport | None = None
        self.pid = 0
        self.job: _Job | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.killed = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        for header, body in self._unpacker.feed(data):
            if self.pid == 0:
                self.pid = header["pid"]
                self._pool._arrived(self)
            else:
                self._pool._answered(self, header, body)

    def connection_lost(self, exc: Exception | None) -> None:
        self._pool._left(self)

    def kill(self, reason: str) -> None:
        """Kill the worker process; its job is answered with `reason`."""
        self.killed = reason
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


@dataclass(slots=True)
class Pool:
    """The workers, the jobs that wait, and their limits.

    Parameters
    ----------
    spool: the private directory of large results.
    queue: how many jobs may wait at most.
    patience: seconds that a job may wait for a worker.
    changed: is told the number of workers, of idle ones and of waiting jobs whenever one changes.
    """

    spool: Path
    queue: int = 64
    patience: float = 30.0
    changed: Callable[[int, int, int], None] = lambda workers, idle, waiting: None
    _workers: set[_Connection] = field(default_factory=set)
    _idle: list[_Connection] = field(default_factory=list)
    _waiting: OrderedDict[str, deque[_Job]] = field(default_factory=OrderedDict)
    _count: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def listen(self, address: Path) -> asyncio.Server:
        """Open the socket to which workers connect."""
        return await asyncio.get_running_loop().create_unix_server(lambda: _Connection(self), str(address))

    def _tell(self) -> None:
        self.changed(len(self._workers), len(self._idle), self._count)

    def state(self) -> dict[str, int]:
        """Return the number of workers, of idle ones, and of waiting jobs."""
        return {"workers": len(self._workers), "idle": len(self._idle), "waiting": self._count}

    async def run(
        self, header: dict[str, Any], query: bytes, *, timeout: float, client: str, gone: Any = None
    ) -> Answer:
        """Run a query in a worker.

        Parameters
        ----------
        header: the job as `ecograph.store.worker` reads it.
        query: the query's text in UTF-8.
        timeout: seconds of running time, after which the worker is killed.
        client: whose turn it is in the queue, for instance an address.
        gone: a function that returns an awaitable which ends when the client has disconnected.

        Returns
        -------
        The answer. Besides the worker's own, ``error`` may be ``queue-full``, ``waited-too-long``,
        ``query-timeout``, ``query-too-complex``, ``out-of-memory``, ``worker-crashed`` or ``client-gone``.
        """
        if not self._idle and self._full(client):
            return Answer({"error": "queue-full"})
        loop = asyncio.get_running_loop()
        job = _Job(pack(header, query), timeout, client, loop.create_future())
        if self._idle:
            self._start(self._idle.pop(), job)
        else:
            self._waiting.setdefault(client, deque()).append(job)
            self._count += 1
            self._tell()
        watch = loop.call_later(_GRACE, self._watch, job, gone)
        try:
            return await job.done
        finally:
            watch.cancel()
            if job.watcher:
                job.watcher.cancel()

    def _watch(self, job: _Job, gone: Any) -> None:
        """Begin to look after a job that takes its time; most are answered before."""
        job.watcher = asyncio.get_running_loop().create_task(self._attend(job, gone))

    def _full(self, client: str) -> bool:
        """Say whether nobody may wait any more, or not this client: half the queue is kept for the others."""
        mine = len(self._waiting.get(client, ()))
        return self._count >= self.queue or mine >= max(1, self.queue // 2)

    async def _attend(self, job: _Job, gone: Any) -> None:
        """See a job through that takes its time: its client may leave, its turn may not come."""
        left = asyncio.ensure_future(gone()) if gone else None
        watched: set[asyncio.Future[Any]] = {job.done} | ({left} if left else set())
        try:
            if job.runner is None:
                await asyncio.wait(watched, timeout=self.patience, return_when=asyncio.FIRST_COMPLETED)
                if job.runner is None and not job.done.done():
                    self._withdraw(job)
                    why = "client-gone" if left and left.done() else "waited-too-long"
                    job.done.set_result(Answer({"error": why}))
                    return
            await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(_GRACE)
            if not job.done.done() and job.runner is not None:
                job.runner.kill("client-gone")
        finally:
            if left:
                left.cancel()

    def _withdraw(self, job: _Job) -> None:
        jobs = self._waiting.get(job.client)
        if jobs and job in jobs:
            jobs.remove(job)
            self._count -= 1
            if not jobs:
                del self._waiting[job.client]
            self._tell()

    def _start(self, worker: _Connection, job: _Job) -> None:
        assert worker.transport is not None
        worker.job, job.runner = job, worker
        loop = asyncio.get_running_loop()
        job.deadline = job.deadline or loop.time() + job.timeout
        worker.timer = loop.call_at(job.deadline, worker.kill, "query-timeout")
        worker.transport.write(job.frame)
        self._tell()

    def _next(self, worker: _Connection) -> None:
        """Give the worker the next waiting job: one client after the other."""
        if not self._waiting:
            self._idle.append(worker)
            self._tell()
            return
        client, jobs = self._waiting.popitem(last=False)
        job = jobs.popleft()
        self._count -= 1
        if jobs:
            self._waiting[client] = jobs
        self._start(worker, job)

    def _arrived(self, worker: _Connection) -> None:
        self._workers.add(worker)
        self._next(worker)

    def _answered(self, worker: _Connection, header: dict[str, Any], body: bytes) -> None:
        self._settle(worker, Answer(header, body, self.spool / header["file"] if "file" in header else None))
        if not worker.killed:
            self._next(worker)

    def _left(self, worker: _Connection) -> None:
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        self._tell()
        if worker.job:
            task = asyncio.get_running_loop().create_task(self._bury(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _bury(self, worker: _Connection) -> None:
        """Answer the job of a dead worker with the cause of death, which the supervisor writes down."""
        if worker.timer:
            worker.timer.cancel()
        note = self.spool / f"{worker.pid}.died"
        for _ in range(50):
            if worker.killed or note.exists():
                break
            await asyncio.sleep(0.02)
        cause, number = worker.killed, 0
        if not cause:
            with suppress(OSError, ValueError):
                number = -int(note.read_text(encoding="ascii"))
                cause = _CAUSES.get(number, "")
        for path in (note, *self.spool.glob(f"{worker.pid}-*")):
            path.unlink(missing_ok=True)
        job = worker.job
        waits = job is not None and job.attempt < _ATTEMPTS and not job.done.done()
        if job and waits and not worker.killed and number in _FROM_OUTSIDE:
            self._again(worker, job)
        else:
            self._settle(worker, Answer({"error": cause or "worker-crashed"}))

    def _again(self, worker: _Connection, job: _Job) -> None:
        """Give a job whose worker was ended from outside to another one, before all that wait."""
        worker.job, job.runner = None, None
        job.attempt += 1
        if self._idle:
            self._start(self._idle.pop(), job)
            return
        self._waiting.setdefault(job.client, deque()).appendleft(job)
        self._waiting.move_to_end(job.client, last=False)
        self._count += 1
        self._tell()

    def _settle(self, worker: _Connection, answer: Answer) -> None:
        if worker.timer:
            worker.timer.cancel()
        job, worker.job, worker.timer = worker.job, None, None
        if job and not job.done.done():
            job.done.set_result(answer)
