"""Errors that reach a person: what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something stands: file, and within it sheet, row (1 = header) and column."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


class EcographError(Exception):
    """A failure with a message for its reader and a remedy.

    Parameters
    ----------
    message: what is wrong, in one sentence.
    place: where, when it stands in a file.
    remedy: what the reader can do.
    """

    def __init__(self, message: str, *, place: Place | None = None, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        mend = f"\n  Remedy: {self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{mend}"


class ConfigurationError(EcographError):
    """The workspace's ecograph.toml is missing, unreadable or contradicts itself."""


class SourceError(EcographError):
    """A whole source file cannot be read: missing, wrong delimiter, encoding or columns."""


class BuildError(EcographError):
    """A build cannot be finished; the earlier build goes on serving."""


class RefusedError(BuildError):
    """The input is in violation and the caller asked for none to be let in (``--strict``)."""


class StoreError(EcographError):
    """A build directory or its store cannot be opened."""


class QueryError(EcographError):
    """A question cannot be asked: unknown slug, or a parameter missing or of the wrong kind."""
