"""What a source hands on: canonical frames, what was read, and what was rejected with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from ecograph.config import SourceConfig
from ecograph.errors import Place

Severity = Literal["violation", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or odd in the input, told in both languages with its remedy.

    A ``violation`` sends the record to quarantine; a ``warning`` or ``info`` lets it in. `record` holds
    the row as read, with personal values masked.
    """

    source: str
    place: Place
    severity: Severity
    code: str
    message_sv: str
    message_en: str
    remedy_sv: str
    remedy_en: str
    record: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """The canonical frames of one source, by table name; keys and references not yet resolved to ids.

    Keys of organisations and projects are unique over all sources: the workspace's own tables use theirs
    as they stand, every other reader prefixes them (``cordis:999579860``, ``projektbanken:20201010``).
    """

    source: SourceConfig
    frames: dict[str, pl.DataFrame]
    rows_read: int = 0
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of each file read, by its path relative to the workspace."""
    findings: list[Finding] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    """Counts about the source that pages show, such as organisations whose locality is not known."""
