"""From keys to local ids: every frame with the ids of its rows and references, and one label a thing.

Where records of one actor or project disagree in a column that can have one value only, the value of the
source that stands first in the configuration holds; the others are kept as conflicting statements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from ecograph.config import SourceConfig
from ecograph.identity.actors import ActorIdentity, identify_actors
from ecograph.identity.decisions import Decision
from ecograph.identity.projects import identify_projects
from ecograph.model.iris import slug
from ecograph.tables.batch import Batch
from ecograph.tables.canonical import TABLES
from ecograph.tables.schema import ORIGIN, Table

SINGLE = {
    "organisations": (
        "type",
        "helix",
        "stakeholder_group",
        "classified_by",
        "country",
        "municipality",
        "parent",
        "founded",
        "dissolved",
        "orgnr",
    ),
    "projects": (
        "status",
        "status_basis",
        "status_date",
        "start",
        "end",
        "start_year",
        "end_year",
        "programme",
        "innovation_kind",
        "nationwide",
        "classification",
    ),
}
"""Columns of which an actor or a project has one value at most."""

_SAFE = re.compile(r"^[A-Za-z0-9._-]+$")


@dataclass(slots=True)
class Resolved:
    """The resolved frames: by source id and table, and what identity found."""

    frames: dict[str, dict[str, pl.DataFrame]]
    sources: dict[str, SourceConfig]
    labels: pl.DataFrame
    """Columns id, label_sv, label_en of every actor and project."""
    conflicts: pl.DataFrame
    """Columns id, source, key, column, value, kept."""
    actors: ActorIdentity
    records: pl.DataFrame
    """Columns id, key, source of every organisation and project record that was gathered with others."""
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    """By table name: key → local id."""

    def all_rows(self, table: str) -> pl.DataFrame:
        """Return the rows of a table over all sources, with a column ``source``."""
        parts = [
            frames[table].with_columns(source=pl.lit(source))
            for source, frames in self.frames.items()
            if table in frames and not frames[table].is_empty()
        ]
        return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


def resolve(batches: list[Batch], decisions: list[Decision]) -> Resolved:
    """Give every row its local id and every reference the local id of what it refers to.

    The batches come in the order of precedence, and hold no dangling required reference.
    """
    organisations = _gather(batches, "organisations")
    projects = _gather(batches, "projects")
    actors = identify_actors(_identity_view(organisations, batches), decisions)
    ids: dict[str, dict[str, str]] = {name: {} for name in TABLES} | {
        "organisations": actors.ids,
        "projects": identify_projects(_with_column(projects, "same_as", pl.List(pl.String)))
        if not projects.is_empty()
        else {},
    }
    seen: dict[str, set[str]] = {}
    for batch in batches:
        for name, frame in batch.frames.items():
            if name not in {"organisations", "projects"} and "key" in frame.columns:
                table = TABLES[name]
                fresh = frame.filter(~pl.col("key").is_in(sorted(seen.setdefault(name, set()))))
                batch.frames[name] = fresh
                seen[name].update(fresh["key"])
                ids[name].update((key, f"{table.path}/{_segment(key)}") for key in fresh["key"])
    frames: dict[str, dict[str, pl.DataFrame]] = {}
    for batch in batches:
        frames[batch.source.id] = {
            name: _with_ids(frame, TABLES[name], ids, batch.source.id)
            for name, frame in batch.frames.items()
            if not frame.is_empty()
        }
    labels = _labels(frames)
    conflicts = _settle_conflicts(frames)
    return Resolved(
        frames=frames,
        sources={batch.source.id: batch.source for batch in batches},
        labels=labels,
        conflicts=conflicts,
        actors=actors,
        records=_gathered_records(frames),
        ids=ids,
    )


def _segment(key: str) -> str:
    return key if _SAFE.match(key) else slug(key)


def _gather(batches: list[Batch], table: str) -> pl.DataFrame:
    parts = [
        batch.frames[table].with_columns(
            source=pl.lit(batch.source.id), curated=pl.lit(batch.source.kind == "tables")
        )
        for batch in batches
        if table in batch.frames and not batch.frames[table].is_empty()
    ]
    return pl.concat(parts, how="diagonal_relaxed") if parts else pl.DataFrame()


def _with_column(frame: pl.DataFrame, name: str, dtype: pl.DataType | type[pl.DataType]) -> pl.DataFrame:
    return frame if name in frame.columns else frame.with_columns(pl.lit(None, dtype=dtype).alias(name))


def _identity_view(organisations: pl.DataFrame, batches: list[Batch]) -> pl.DataFrame:
    columns = ("name", "name_sv", "name_en", "country", "orgnr", "vat", "pic", "ror", "lei")
    if organisations.is_empty():
        return pl.DataFrame(
            schema={
                "key": pl.String,
                **dict.fromkeys(columns, pl.String),
                "other_names": pl.List(pl.String),
                "curated": pl.Boolean,
            }
        )
    for name in columns:
        organisations = _with_column(organisations, name, pl.String)
    organisations = _with_column(organisations, "other_names", pl.List(pl.String))
    return organisations.select("key", *columns, "other_names", "curated").unique(
        "key", keep="first", maintain_order=True
    )


def _with_ids(frame: pl.DataFrame, table: Table, ids: dict[str, dict[str, str]], source: str) -> pl.DataFrame:
    expressions = []
    for column in table.columns:
        if column.kind != "ref" or column.name not in frame.columns:
            continue
        lookup: dict[str, str] = {}
        for target in str(column.target).split("|"):
            lookup |= ids[target]
        if column.many:
            mapped = pl.col(column.name).list.eval(
                pl.element().replace_strict(lookup, default=None).drop_nulls()
            )
        else:
            mapped = pl.col(column.name).replace_strict(lookup, default=None, return_dtype=pl.String)
        expressions.append(mapped.alias(column.name))
    resolved = frame.with_columns(expressions)
    if "key" in frame.columns:
        return resolved.with_columns(
            id=pl.col("key").replace_strict(ids[table.name], default=None, return_dtype=pl.String)
        )
    return resolved.with_columns(id=_composed_id(resolved, table, source))


def _tail(column: str) -> pl.Expr:
    return pl.col(column).str.replace(r"^[^/]*/", "")


def _slugged(column: str) -> pl.Expr:
    return pl.col(column).map_elements(slug, return_dtype=pl.String)


def _composed_id(frame: pl.DataFrame, table: Table, source: str) -> pl.Expr:
    """The id of a row without key, made of what tells it from others; a number tells equal ones apart."""
    frame_columns = set(frame.columns)
    match table.name:
        case "participations":
            return _join_id(table, _tail("project"), _tail("organisation"), pl.col("role"))
        case "fundings":
            recipient = (
                _tail("organisation").fill_null("project")
                if "organisation" in frame_columns
                else pl.lit("project")
            )
            stem = _join_id(table, _tail("project"), recipient, pl.col("money_kind"), pl.lit(slug(source)))
        case "classifications":
            stem = _join_id(table, _tail("project"), _slugged("scheme"), _slugged("code").str.slice(0, 60))
        case "assignments":
            return assignment_id(frame_columns)
        case "observations":
            places = pl.col("places").list.eval(pl.element().str.replace(r"^[^/]*/", "")).list.join("-")
            stem = _join_id(
                table, _tail("indicator"), places, pl.col("year").cast(pl.String), pl.col("observation_kind")
            )
        case _:
            raise KeyError(table.name)
    number = stem.cum_count().over(stem)
    return pl.when(number > 1).then(pl.concat_str(stem, pl.lit("--"), number.cast(pl.String))).otherwise(stem)


def _join_id(table: Table, *parts: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit(f"{table.path}/"), pl.concat_str(*parts, separator="--"))


def assignment_id(columns: set[str]) -> pl.Expr:
    """Return the expression of an area assignment's local id: subject, area, and the rule or the basis."""
    why = pl.coalesce(_tail("rule"), pl.col("basis")) if "rule" in columns else pl.col("basis")
    subject = pl.col("subject").str.replace("/", "-", literal=True)
    return _join_id(TABLES["assignments"], subject, _tail("area"), why)


def _labels(frames: dict[str, dict[str, pl.DataFrame]]) -> pl.DataFrame:
    parts = []
    for kind, stem, last in (("organisations", "name", None), ("projects", "title", "acronym")):
        for tables in frames.values():
            if kind not in tables:
                continue
            frame = tables[kind]
            for name in (stem, f"{stem}_sv", f"{stem}_en", last or stem):
                frame = _with_column(frame, name, pl.String)
            plain, swedish, english = pl.col(stem), pl.col(f"{stem}_sv"), pl.col(f"{stem}_en")
            fallback = pl.col(last or stem)
            parts.append(
                frame.select(
                    "id",
                    pl.coalesce(swedish, plain, english, fallback).alias("label_sv"),
                    pl.coalesce(english, plain, swedish, fallback).alias("label_en"),
                )
            )
    if not parts:
        return pl.DataFrame(schema={"id": pl.String, "label_sv": pl.String, "label_en": pl.String})
    everything = pl.concat(parts)
    return (
        everything.group_by("id", maintain_order=True)
        .agg(pl.col("label_sv").drop_nulls().first(), pl.col("label_en").drop_nulls().first())
        .sort("id")
    )


def _settle_conflicts(frames: dict[str, dict[str, pl.DataFrame]]) -> pl.DataFrame:
    """Empty the cells that lose against a source of higher precedence, and return what they said."""
    lost: list[pl.DataFrame] = []
    for kind, columns in SINGLE.items():
        for column in columns:
            winners: dict[str, str] = {}
            for source, tables in frames.items():
                frame = tables.get(kind)
                if frame is None or column not in frame.columns:
                    continue
                settled, losers = _settle(frame, column, winners)
                if not losers.is_empty():
                    tables[kind] = settled
                    lost.append(losers.with_columns(source=pl.lit(source), column=pl.lit(column)))
    schema = {
        "id": pl.String,
        "key": pl.String,
        "value": pl.String,
        "kept": pl.String,
        "source": pl.String,
        "column": pl.String,
    }
    return pl.concat(lost).sort("id", "column", "source", "key") if lost else pl.DataFrame(schema=schema)


def _settle(frame: pl.DataFrame, column: str, winners: dict[str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    said = frame.select("id", "key", pl.col(column).cast(pl.String).alias("value")).with_row_index()
    stated = said.drop_nulls("value")
    for row in stated.unique("id", keep="first", maintain_order=True).iter_rows(named=True):
        winners.setdefault(row["id"], row["value"])
    losers = stated.with_columns(
        kept=pl.col("id").replace_strict(winners, default=None, return_dtype=pl.String)
    ).filter(pl.col("value") != pl.col("kept"))
    drop = frame.with_row_index()["index"].is_in(losers["index"].to_list())
    settled = frame.with_columns(pl.when(drop).then(None).otherwise(pl.col(column)).alias(column))
    return settled, losers.select("id", "key", "value", "kept")


def _gathered_records(frames: dict[str, dict[str, pl.DataFrame]]) -> pl.DataFrame:
    parts = [
        tables[kind].select("id", "key", pl.lit(source).alias("source"))
        for source, tables in frames.items()
        for kind in ("organisations", "projects")
        if kind in tables
    ]
    if not parts:
        return pl.DataFrame(schema={"id": pl.String, "key": pl.String, "source": pl.String})
    everything = pl.concat(parts).unique(["id", "key", "source"])
    return everything.filter(pl.len().over("id") > 1).sort("id", "source", "key")


__all__ = ["ORIGIN", "Resolved", "assignment_id", "resolve"]
