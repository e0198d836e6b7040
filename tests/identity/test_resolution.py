"""From keys to ids, labels and settled conflicts."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ecograph.config import SourceConfig
from ecograph.identity.projects import identify_projects
from ecograph.identity.resolution import Resolved, resolve
from ecograph.tables.batch import Batch


def source(name: str, kind: str = "other") -> SourceConfig:
    return SourceConfig(name, kind, Path(), "1", "publisher", "licence", "2026-11-24", name, name)


def batch(name: str, kind: str = "other", **frames: pl.DataFrame) -> Batch:
    placed = {
        table: frame.with_columns(_file=pl.lit("f"), _sheet=pl.lit(None, pl.String), _row=pl.lit(2))
        for table, frame in frames.items()
    }
    return Batch(source(name, kind), placed)


def organisations(*rows: dict[str, str | None]) -> pl.DataFrame:
    columns = ("key", "name", "name_sv", "helix", "orgnr", "country")
    return pl.DataFrame(
        [dict.fromkeys(columns) | row for row in rows], schema=dict.fromkeys(columns, pl.String)
    )


def two_sources() -> Resolved:
    curated = batch(
        "own",
        "tables",
        organisations=organisations(
            {"key": "miun", "name_sv": "Mittuniversitetet", "helix": "academia", "orgnr": "202100-4524"}
        ),
    )
    other = batch(
        "eu",
        organisations=organisations(
            {"key": "cordis:1", "name": "MID SWEDEN UNIVERSITY", "helix": "industry", "orgnr": "2021004524"}
        ),
    )
    return resolve([curated, other], [])


def test_the_source_that_stands_first_settles_a_conflict_and_the_other_value_is_kept() -> None:
    resolved = two_sources()
    assert resolved.frames["own"]["organisations"]["helix"].to_list() == ["academia"]
    assert resolved.frames["eu"]["organisations"]["helix"].to_list() == [None]
    helix = resolved.conflicts.filter(pl.col("column") == "helix")
    assert helix.select("id", "value", "kept", "source").rows() == [
        ("actor/se-2021004524", "industry", "academia", "eu")
    ]


def test_one_actor_has_one_label_a_language_from_the_first_source() -> None:
    assert two_sources().labels.rows() == [("actor/se-2021004524", "Mittuniversitetet", "Mittuniversitetet")]


def test_a_project_takes_its_strongest_number_and_gathers_what_is_the_same() -> None:
    records = pl.DataFrame(
        {
            "key": ["smart", "projektbanken:20201010", "other"],
            "same_as": [["projektbanken:20201010"], None, ["kohesio:Q1"]],
        }
    )
    ids = identify_projects(records)
    assert ids["smart"] == ids["projektbanken:20201010"] == "project/projektbanken-20201010"
    assert ids["other"] == "project/kohesio-q1"
