"""The messages between the web process and its query workers: a JSON header and bytes, with their lengths.

Frame: two unsigned 32-bit big-endian numbers (length of header, length of body), the header, the body.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from typing import Any

_LENGTHS = struct.Struct("!II")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Message = tuple[dict[str, Any], bytes]


def pack(header: dict[str, Any], body: bytes = b"") -> bytes:
    """Return one frame."""
    head = _ENCODER.encode(header).encode()
    return _LENGTHS.pack(len(head), len(body)) + head + body


class Unpacker:
    """Puts frames together again from pieces as they arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Take what has arrived and yield every message that is now complete."""
        self._buffer += data
        while len(self._buffer) >= _LENGTHS.size:
            head, body = _LENGTHS.unpack_from(self._buffer)
            end = _LENGTHS.size + head + body
            if len(self._buffer) < end:
                return
            header = json.loads(self._buffer[_LENGTHS.size : _LENGTHS.size + head])
            content = bytes(self._buffer[_LENGTHS.size + head : end])
            del self._buffer[:end]
            yield header, content


def messages(connection: socket.socket) -> Iterator[Message]:
    """Yield the messages of a blocking socket until the other side closes it."""
    unpacker = Unpacker()
    while data := connection.recv(1 << 16):
        yield from unpacker.feed(data)
