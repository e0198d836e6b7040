"""The readers on the publishers' full files; the counts are those that the collections' READMEs state."""

from __future__ import annotations

import time

import polars as pl
import pytest

pytestmark = pytest.mark.shared


def heights(batch):
    """Rows by table."""
    return {name: frame.height for name, frame in batch.frames.items()}


def test_horizon_2020_is_read_whole(read_source, shared):
    started = time.perf_counter()
    batch = read_source(
        "cordis-network", shared / "cordis/h2020-2021", retrieved="2021-10",
        organisations="../h2020-2017/stacked_dump.csv.gz",
    )  # fmt: skip
    assert time.perf_counter() - started < 15
    counts = heights(batch)
    assert (counts["participations"], counts["projects"], counts["organisations"]) == (
        144_726,
        31_451,
        35_871,
    )
    assert dict(batch.frames["participations"]["role"].value_counts().rows()) == {
        "participant": 106_108, "coordinator": 31_476, "partner": 7_142,
    }  # fmt: skip
    assert not [finding for finding in batch.findings if finding.severity == "violation"]
    home = batch.frames["organisations"].filter(country="SE")
    assert home.height == 1024
    granted = batch.frames["fundings"].filter(pl.col("organisation").is_in(home["key"].implode()))
    assert granted["amount"].sum() == pytest.approx(2_005_712_406.92, abs=0.005)


def test_horizon_2020_with_swedish_participants(read_source, shared):
    batch = read_source(
        "cordis-network", shared / "cordis/h2020-2021", retrieved="2021-10", country="SE",
        organisations="../h2020-2017/stacked_dump.csv.gz",
    )  # fmt: skip
    assert batch.frames["projects"].height == 2_950


def test_fp7_is_read_whole(read_source, shared):
    counts = heights(read_source("cordis-fp7-network", shared / "cordis/fp7-2016", retrieved="2016"))
    assert (counts["participations"], counts["projects"], counts["organisations"]) == (
        135_667,
        25_788,
        30_973,
    )


def test_the_vintages_of_horizon_europe_are_read(read_source, shared):
    heads = read_source("cordis", shared / "cordis/horizon-europe-2025")
    assert heads.frames["projects"].height == 100
    assert heads.frames["organisations"].filter(country="SE").height == 4
    sample = read_source("cordis", shared / "cordis/horizon-europe-2026-sample", retrieved="2026-04")
    counts = heights(sample)
    assert (counts["projects"], counts["participations"], counts["organisations"]) == (48, 250, 206)
    budget = sample.frames["fundings"].filter(money_kind="total-budget")["amount"]
    assert 2_998_012.75 in budget


def test_projektbanken_is_read_whole(read_source, shared):
    batch = read_source("projektbanken", shared / "projektbanken", retrieved="2016-10-14")
    assert heights(batch) | {"programmes": 9} == {
        "programmes": 9, "organisations": 221, "projects": 374, "participations": 374, "fundings": 374, "classifications": 748,
    }  # fmt: skip
    assert batch.frames["fundings"]["amount"].sum() == 4_354_438_151
    assert batch.findings == []


def test_the_countys_projects_of_projektbanken(read_source, shared):
    def count(**options):
        path = shared / "projektbanken"
        batch = read_source("projektbanken", path, retrieved="2016-10-14", select="region", **options)
        return batch.frames["projects"].height

    assert (count(), count(nationwide=True)) == (27, 40)


def test_swecris_is_read_whole(read_source, shared):
    batch = read_source("swecris", shared / "swecris/swecris_kth.csv.gz", retrieved="2025")
    assert batch.rows_read == 6_519
    merged = [finding for finding in batch.findings if finding.code == "duplicates-dropped"]
    assert batch.frames["projects"].height == 6_519 - 1_370
    assert "1370" in merged[0].message_en
    violations = {finding.code for finding in batch.findings if finding.severity == "violation"}
    assert violations == {"sole-trader"}
    assert read_source("swecris", shared / "swecris/scb-40107.json").frames["projects"].height == 130
