"""A load generator that takes little of the machine: raw sockets, one process, requests made beforehand."""

from __future__ import annotations

import re
import selectors
import socket
import time
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked\r\n", re.IGNORECASE)


@dataclass
class Measured:
    """What a run gave: requests a second, the times of requests in seconds, bytes of the last body."""

    rate: float
    times: list[float]
    size: int

    def percentile(self, share: float) -> float:
        """The time within which that share of the requests was answered."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass
class _Connection:
    socket: socket.socket
    began: float = 0.0
    head: bytes = b""
    expected: int | None = None
    received: int = 0
    tail: bytes = field(default=b"")


def measure(port: int, requests: list[bytes], connections: int, seconds: float) -> Measured:
    """Send the requests in turn over so many connections until all are answered or the time is over.

    Raises
    ------
    RuntimeError: when a server answers anything but 200.
    """
    selector = selectors.DefaultSelector()
    waiting = iter(requests)
    times: list[float] = []
    size = 0
    began = time.perf_counter()

    def send(connection: _Connection) -> bool:
        request = next(waiting, None)
        if request is None or time.perf_counter() - began > seconds:
            selector.unregister(connection.socket)
            connection.socket.close()
            return False
        connection.head, connection.expected, connection.received, connection.tail = b"", None, 0, b""
        connection.began = time.perf_counter()
        connection.socket.sendall(request)
        return True

    for _ in range(connections):
        connection = _Connection(socket.create_connection(("127.0.0.1", port)))
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        send(connection)
    while selector.get_map():
        for key, _ in selector.select(60):
            connection = key.data
            data = connection.socket.recv(1 << 18)
            if not data:
                raise RuntimeError("the server closed the connection")
            if _whole(connection, data):
                times.append(time.perf_counter() - connection.began)
                size = connection.received
                send(connection)
    return Measured(len(times) / (time.perf_counter() - began), times, size)


def _whole(connection: _Connection, data: bytes) -> bool:
    """Take a piece of an answer; say whether the answer is complete."""
    if connection.expected is None:
        connection.head += data
        end = connection.head.find(b"\r\n\r\n")
        if end < 0:
            return False
        head, data = connection.head[: end + 2], connection.head[end + 4 :]
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(connection.head[:600].decode("utf-8", "replace"))
        length = _LENGTH.search(head)
        connection.expected = int(length[1]) if length else -1
        if not length and not _CHUNKED.search(head):
            raise RuntimeError("an answer without a length")
    connection.received += len(data)
    if connection.expected >= 0:
        return connection.received >= connection.expected
    connection.tail = (connection.tail + data)[-7:]
    return connection.tail.endswith(b"0\r\n\r\n") and (
        len(connection.tail) == 5 or connection.tail.endswith(b"\r\n0\r\n\r\n")
    )
