"""Where a query's result is gathered before anything of it is sent: in memory, beyond a size in a file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

INLINE = 1 << 20
"""Results up to this many bytes go over the socket, larger ones to a spool file."""


class TooLargeError(Exception):
    """The result exceeds the limit of bytes or rows."""


class Spool(io.RawIOBase):
    """Collects a result in memory and beyond `INLINE` in a file; refuses more than the limits allow."""

    def __init__(self, path: Path, max_bytes: int, max_rows: int) -> None:
        self.size = 0
        self.path = path
        self.memory = bytearray()
        self.file: io.FileIO | None = None
        self._max_bytes, self._max_rows, self._mark = max_bytes, max_rows, b""
        self._rows, self._tail = 0, b""

    @property
    def rows(self) -> int:
        """Rows counted so far, when they are counted."""
        return self._rows

    def count(self, mark: bytes, more: int) -> None:
        """Count rows from now on: the occurrences of `mark`, and `more`."""
        self._mark, self._rows = mark, more

    def write(self, data: Any) -> int:
        """Take a piece of the result.

        Raises
        ------
        TooLargeError: when a limit is passed.
        """
        piece = bytes(data)
        self.size += len(piece)
        if self._mark:
            seen = self._tail + piece
            self._rows += seen.count(self._mark)
            self._tail = seen[len(seen) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
        if self.size > self._max_bytes or self._rows > self._max_rows:
            raise TooLargeError
        if self.file is None and self.size > INLINE:
            self.file = io.FileIO(self.path, "w")
            self.file.write(self.memory)
            self.memory.clear()
        if self.file is None:
            self.memory += piece
        else:
            self.file.write(piece)
        return len(piece)

    def finish(self) -> None:
        """Close the file, if there is one."""
        if self.file is not None:
            self.file.close()

    def discard(self) -> None:
        """Throw away what has been collected."""
        self.finish()
        if self.file is not None:
            self.path.unlink(missing_ok=True)
