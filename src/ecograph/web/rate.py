"""A limit on requests a client and minute, off by default; counted in memory or in a shared file.

The file is the operator's, or, where several HTTP processes serve, one in their private directory.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

WINDOW = 60.0
"""Seconds in which a client may send as many requests as the limit says."""
_CLIENTS = 100_000
_ATTEMPTS = 40


class Counter(Protocol):
    """Counts requests."""

    def count(self, client: str, window: int) -> int:
        """Count one request of the client in the window and return how many that makes."""


class MemoryCounter:
    """Counts in this process; forgets the clients of earlier windows."""

    def __init__(self) -> None:
        self._window = 0
        self._counts: dict[str, int] = {}

    def count(self, client: str, window: int) -> int:
        """Count one request of the client in the window and return how many that makes."""
        if window != self._window or len(self._counts) > _CLIENTS:
            self._window, self._counts = window, {}
        self._counts[client] = self._counts.get(client, 0) + 1
        return self._counts[client]


class SharedCounter:
    """Counts in an SQLite file, for several services behind one address on a machine.

    A file rather than a server of its own: nothing to install or to watch, and a write takes some ten
    microseconds, since nothing need survive a power cut.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.2)
        for attempt in range(_ATTEMPTS):
            try:
                self._prepare()
                break
            except (
                sqlite3.OperationalError
            ):  # another process prepares the same file; SQLite does not wait here
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(0.05)
        self._window = 0

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS requests "
            "(client TEXT, minute INTEGER, number INTEGER, PRIMARY KEY (client, minute)) WITHOUT ROWID"
        )

    def count(self, client: str, window: int) -> int:
        """Count one request of the client in the window and return how many that makes."""
        if window != self._window:
            self._window = window
            self._connection.execute("DELETE FROM requests WHERE minute < ?", (window,))
        row = self._connection.execute(
            "INSERT INTO requests VALUES (?, ?, 1) "
            "ON CONFLICT (client, minute) DO UPDATE SET number = number + 1 RETURNING number",
            (client, window),
        ).fetchone()
        return int(row[0])


class RateLimit:
    """Says how long a client has to wait.

    Parameters
    ----------
    limit: requests a client and minute; 0 for no limit.
    shared: the file of the shared count, or None to count in memory.
    clock: seconds; the shared count needs a clock that processes share.
    """

    def __init__(
        self, limit: int = 0, shared: Path | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._limit, self._clock = limit, clock
        self._counter: Counter = SharedCounter(shared) if shared and limit else MemoryCounter()

    def wait(self, client: str) -> int:
        """Count a request of the client; return the seconds it has to wait, 0 when it need not."""
        if not self._limit:
            return 0
        now = self._clock()
        window = int(now // WINDOW)
        try:
            number = self._counter.count(client, window)
        except sqlite3.Error:  # a busy or full disk must not close the service
            return 0
        return 0 if number <= self._limit else max(1, round((window + 1) * WINDOW - now))
