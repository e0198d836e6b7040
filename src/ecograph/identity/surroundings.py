"""What one source's rows touch in the others: the rows that its check has to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from ecograph.config import SourceConfig
from ecograph.identity.resolution import Resolved
from ecograph.tables.batch import Batch
from ecograph.tables.canonical import TABLES
from ecograph.tables.parse import parse
from ecograph.tables.schema import Column

ASSUMED = "assumed"
"""The id of the source of rows that are taken on trust."""

_NEW_VERSION_BY = ("ref", "concept", "term")
"""Kinds of the columns that say what a row without key is about."""


def surroundings(resolved: Resolved, sources: set[str]) -> Resolved:
    """Return the resolved frames with all rows of `sources` and, of the others, only what these touch.

    That is: other records of the same things, what hangs on these things or on what they require (a
    project's other participations), and all that the rows refer to, directly or not.
    """
    own = _ids(resolved, sources) | _references(resolved, sources, required=True)
    wanted = own | _references(resolved, sources)
    kept: dict[tuple[str, str], pl.DataFrame] = {}
    for source, table, frame in _frames(resolved):
        if source in sources:
            kept[source, table] = frame
        else:
            hanging = [_refers(column, own) for column in _columns(table, frame) if column.required]
            kept[source, table] = frame.filter(pl.any_horizontal(pl.col("id").is_in(list(own)), *hanging))
    seen: set[str] = set()
    narrowed = _with_frames(resolved, kept)
    while wanted != seen:
        seen = wanted
        for source, table, frame in _frames(resolved):
            if source not in sources:
                present = kept[source, table]["id"].to_list()
                kept[source, table] = frame.filter(pl.col("id").is_in([*wanted, *present]))
        narrowed = _with_frames(resolved, kept)
        wanted = wanted | _references(narrowed, set(narrowed.frames))
    ids = list(_ids(narrowed, set(narrowed.frames)))
    return replace(
        narrowed,
        labels=resolved.labels.filter(pl.col("id").is_in(ids)),
        conflicts=resolved.conflicts.filter(pl.col("id").is_in(ids)),
        records=resolved.records.filter(pl.col("id").is_in(ids)),
    )


def without_new_versions(context: Batch, batches: Sequence[Batch]) -> Batch:
    """Return the other source's rows without those that a file under check holds a new version of.

    A row is a new version of another when it has its key, or, in a table without keys, when it says
    something of the same kind about the same things; so is all that was read from the same file.
    """
    frames = dict(context.frames)
    files = {name for batch in batches for name in batch.files}
    for batch in batches:
        for table, fresh in batch.frames.items():
            if table not in frames:
                continue
            old = frames[table]
            columns = ["key"]
            if "key" not in fresh.columns:
                columns = [one.name for one in TABLES[table].columns if one.kind in _NEW_VERSION_BY]
            frames[table] = old.join(fresh.select(columns).unique(), columns, "anti", nulls_equal=True)
    frames = {table: frame.filter(~pl.col("_file").is_in(list(files))) for table, frame in frames.items()}
    return replace(context, frames=frames)


def assumed(batches: Sequence[Batch]) -> Batch:
    """Return a batch with a bare row for everything that the files refer to and do not hold."""
    present: dict[str, set[str]] = {table: set() for table in TABLES}
    wanted: dict[str, set[str]] = {table: set() for table in TABLES}
    for batch in batches:
        for table, frame in batch.frames.items():
            if "key" in frame.columns:
                present[table].update(frame["key"].drop_nulls())
    for batch in batches:
        for table, frame in batch.frames.items():
            for column in _columns(table, frame):
                targets = str(column.target).split("|")
                known: set[str] = set().union(*(present[target] for target in targets))
                wanted[targets[0]].update(_values(column, frame) - known)
    source = SourceConfig(ASSUMED, "tables", Path(), "check", "", "", "", "", "")
    frames = {}
    for table, keys in wanted.items():
        if keys:
            bare, _ = parse(_empty(table), TABLES[table], source_id=ASSUMED, file="")
            rows = pl.DataFrame({"key": sorted(keys)})
            frames[table] = pl.concat([bare, rows], how="diagonal_relaxed")
    return Batch(source, frames)


def _empty(table: str) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(TABLES[table].names, pl.String))


def _frames(resolved: Resolved) -> Iterator[tuple[str, str, pl.DataFrame]]:
    for source, tables in resolved.frames.items():
        for table, frame in tables.items():
            yield source, table, frame


def _with_frames(resolved: Resolved, kept: dict[tuple[str, str], pl.DataFrame]) -> Resolved:
    frames: dict[str, dict[str, pl.DataFrame]] = {source: {} for source in resolved.frames}
    for (source, table), frame in kept.items():
        if not frame.is_empty():
            frames[source][table] = frame
    return replace(resolved, frames=frames)


def _columns(table: str, frame: pl.DataFrame) -> Iterator[Column]:
    for column in TABLES[table].columns:
        if column.kind == "ref" and column.name in frame.columns:
            yield column


def _refers(column: Column, ids: set[str]) -> pl.Expr:
    if column.many:
        return (pl.col(column.name).list.set_intersection(sorted(ids)).list.len() > 0).fill_null(False)
    return pl.col(column.name).is_in(list(ids)).fill_null(False)


def _ids(resolved: Resolved, sources: set[str]) -> set[str]:
    return {id_ for source, _, frame in _frames(resolved) if source in sources for id_ in frame["id"]}


def _references(resolved: Resolved, sources: set[str], *, required: bool = False) -> set[str]:
    found: set[str] = set()
    for source, table, frame in _frames(resolved):
        if source in sources:
            for column in _columns(table, frame):
                if column.required or not required:
                    found |= _values(column, frame)
    return found


def _values(column: Column, frame: pl.DataFrame) -> set[str]:
    cells = frame[column.name].explode() if column.many else frame[column.name]
    return set(cells.drop_nulls())
