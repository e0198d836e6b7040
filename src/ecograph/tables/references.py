"""References between tables, checked over all batches: what points to nothing is emptied or rejected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from ecograph.errors import Place
from ecograph.tables.batch import Batch, Finding
from ecograph.tables.canonical import TABLES
from ecograph.tables.known import nearest
from ecograph.tables.messages import finding
from ecograph.tables.personal import mask
from ecograph.tables.schema import ORIGIN, Column

_BEARING = {("fundings", "organisation")}
"""Optional references that change what a row says: without its recipient an amount would be the project's."""


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a record is in quarantine, in both languages."""

    sv: str
    en: str


def drop_dangling(
    batches: Sequence[Batch], known: Mapping[str, Collection[str]] | None = None
) -> list[Batch]:
    """Return the batches without references to rows that are not there, each with a finding.

    A required reference to an unknown row rejects its own row; an optional one empties its cell with a
    warning. What hangs on a rejected row is rejected with that row's reason, and so on until nothing
    changes. `known` gives further keys per table, for rows that are in no batch.
    """
    keys = _keys(batches, known or {})
    reasons = _rejected(batches)
    current = list(batches)
    while True:
        current = [_check_batch(batch, keys, reasons) for batch in current]
        gone = _keys(current, known or {})
        if gone == keys:
            return current
        reasons |= _rejected(current)
        keys = gone


def check_references(
    batches: Sequence[Batch], known: Mapping[str, Collection[str]] | None = None
) -> list[Finding]:
    """Return only the findings that `drop_dangling` would add."""
    checked = drop_dangling(batches, known)
    return [
        one for old, new in zip(batches, checked, strict=True) for one in new.findings[len(old.findings) :]
    ]


def _keys(batches: Sequence[Batch], known: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    keys: dict[str, set[str]] = {name: set(values) for name, values in known.items()}
    for batch in batches:
        for name, frame in batch.frames.items():
            if "key" in frame.columns:
                keys.setdefault(name, set()).update(frame["key"].drop_nulls())
    return keys


def _rejected(batches: Sequence[Batch]) -> dict[str, _Reason]:
    """Return the reason for each key of a rejected record; keys as quarantine shows them, masked."""
    reasons: dict[str, _Reason] = {}
    for batch in batches:
        for one in batch.findings:
            if one.severity == "violation" and "key" in one.record and one.code != "duplicate-key":
                reasons.setdefault(one.record["key"], _Reason(one.message_sv, one.message_en))
    return reasons


def _check_batch(batch: Batch, keys: Mapping[str, set[str]], reasons: Mapping[str, _Reason]) -> Batch:
    frames: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for name, frame in batch.frames.items():
        checked = frame
        for column in TABLES[name].columns:
            if column.kind == "ref":
                checked = _check_column(batch.source.id, name, column, checked, keys, reasons, findings)
        frames[name] = checked
    return replace(batch, frames=frames, findings=[*batch.findings, *findings])


def _check_column(
    source: str,
    table: str,
    column: Column,
    frame: pl.DataFrame,
    keys: Mapping[str, set[str]],
    reasons: Mapping[str, _Reason],
    findings: list[Finding],
) -> pl.DataFrame:
    targets = (column.target or "").split("|")
    present: set[str] = set().union(*(keys.get(target, set()) for target in targets))
    used = frame[column.name].explode() if column.many else frame[column.name]
    unknown = sorted(set(used.drop_nulls()) - present)
    if not unknown:
        return frame
    cell = pl.col(column.name)
    dangling = cell.list.set_intersection(unknown).list.len() > 0 if column.many else cell.is_in(unknown)
    rows = frame.filter(dangling.fill_null(False))
    if column.required or (table, column.name) in _BEARING:
        findings += [
            _rejection(source, table, column, row, unknown, present, reasons)
            for row in rows.iter_rows(named=True)
        ]
        return frame.filter(~dangling.fill_null(False))
    findings += [_emptying(source, column, value, rows, present) for value in unknown]
    if column.many:
        return frame.with_columns(cell.list.eval(pl.element().filter(~pl.element().is_in(unknown))))
    return frame.with_columns(pl.when(~cell.is_in(unknown)).then(cell).alias(column.name))


def _rejection(
    source: str,
    table: str,
    column: Column,
    row: dict[str, object],
    unknown: list[str],
    present: set[str],
    reasons: Mapping[str, _Reason],
) -> Finding:
    cell = row[column.name]
    value = next(one for one in cell if one in unknown) if isinstance(cell, list) else str(cell)
    record = {
        name: mask("; ".join(shown) if isinstance(shown, list) else str(shown))
        for name, shown in row.items()
        if shown is not None and name not in ORIGIN
    }
    where = Place(str(row["_file"]), row["_sheet"], row["_row"], column.name)  # type: ignore[arg-type]
    values = {"value": mask(value), "target": (column.target or "").replace("|", " / ")}
    reason = reasons.get(mask(value))
    if reason:
        return finding(
            "hangs-on-rejected",
            source,
            where,
            record=record,
            reason_sv=reason.sv,
            reason_en=reason.en,
            **values,
        )
    return finding("dangling-required", source, where, record=record, **nearest(value, present), **values)


def _emptying(source: str, column: Column, value: str, rows: pl.DataFrame, present: set[str]) -> Finding:
    cell = pl.col(column.name)
    with_it = rows.filter(cell.list.contains(value) if column.many else cell == value)
    first = with_it.row(0, named=True)
    where = Place(first["_file"], first["_sheet"], first["_row"], column.name)
    further = with_it.height - 1
    return finding(
        "dangling-optional",
        source,
        where,
        value=mask(value),
        target=(column.target or "").replace("|", " / "),
        more_sv=f", som i {further} rader till" if further else "",
        more_en=f", as in {further} further rows" if further else "",
        **nearest(value, present),
    )
