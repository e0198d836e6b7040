"""A steward's decisions on which records are the same actor: `identity/decisions.csv` of the workspace."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ecograph.errors import Place, SourceError

COLUMNS = ("key_a", "key_b", "decision", "reason", "decided_by", "date")


@dataclass(frozen=True, slots=True)
class Decision:
    """Two record keys that are the same actor (``merge``) or are not (``apart``), with the reason."""

    key_a: str
    key_b: str
    merge: bool
    reason: str
    decided_by: str
    date: str


def read_decisions(path: Path) -> list[Decision]:
    """Read the decisions; an absent file means none.

    Raises
    ------
    SourceError: when a column is missing or a decision is neither ``merge`` nor ``apart``.
    """
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or [])]
        if missing:
            raise SourceError(
                f"The column {missing[0]} is missing.",
                place=Place(str(path), row=1),
                remedy=f"The columns are {', '.join(COLUMNS)}.",
            )
        return [_decision(path, number, row) for number, row in enumerate(reader, start=2)]


def _decision(path: Path, number: int, row: dict[str, str]) -> Decision:
    if row["decision"] not in {"merge", "apart"}:
        raise SourceError(
            f"The decision {row['decision']!r} is not known.",
            place=Place(str(path), row=number, column="decision"),
            remedy="Write merge or apart.",
        )
    return Decision(
        row["key_a"],
        row["key_b"],
        row["decision"] == "merge",
        row.get("reason") or "",
        row.get("decided_by") or "",
        row.get("date") or "",
    )
