"""What one source's rows touch in the others: the rows that its check has to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from ecograph.identity.resolution import Resolved
from ecograph.tables.canonical import TABLES
from ecograph.tables.schema import Column


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
                    cells = frame[column.name].explode() if column.many else frame[column.name]
                    found.update(cells.drop_nulls())
    return found
