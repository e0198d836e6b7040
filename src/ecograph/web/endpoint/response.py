"""A whole response, before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response: the body stands in memory or, when large, in a file that is removed after sending."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    file: Path | None = None
    span: tuple[int, int] | None = None
    """Of the file only the bytes from the first to before the second are sent."""

    @property
    def size(self) -> int:
        """The length of the body in bytes."""
        return len(self.body) if self.file is None else self.file.stat().st_size

    @property
    def tag(self) -> str:
        """The entity tag, or nothing."""
        return next((value for name, value in self.headers if name == "ETag"), "")

    def discard(self) -> None:
        """Remove the file of a response that is not sent."""
        if self.file is not None:
            self.file.unlink(missing_ok=True)
