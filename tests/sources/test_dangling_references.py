"""References between tables: what points to nothing, and what hangs on a rejected row."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.config import SourceConfig
from ecograph.tables.batch import Batch
from ecograph.tables.references import check_references, drop_dangling


@pytest.fixture
def batch_of(parse_rows):
    """A batch of tables given as rows."""

    def make(**tables):
        source = SourceConfig("test", "tables", Path(), "1", "p", "l", "2025", "s", "e")
        parsed = {name: parse_rows(name, *rows) for name, rows in tables.items()}
        findings = [finding for _, found in parsed.values() for finding in found]
        return Batch(source, {name: frame for name, (frame, _) in parsed.items()}, findings=findings)

    return make


def test_an_unknown_project_is_told_with_file_row_column_and_remedy(batch_of):
    batch = batch_of(
        organisations=[{"key": "a"}],
        projects=[{"key": "smart", "status": "ongoing"}],
        participations=[
            {"project": "smart", "organisation": "a", "role": "partner"},
            {"project": "smrt", "organisation": "a", "role": "partner"},
        ],
    )
    [checked] = drop_dangling([batch])
    [finding] = checked.findings
    assert checked.frames["participations"]["project"].to_list() == ["smart"]
    assert (finding.code, finding.place.file, finding.place.row, finding.place.column) == (
        "dangling-required", "participations.csv", 3, "project",
    )  # fmt: skip
    assert "'smrt'" in finding.message_sv and "'smart'" in finding.remedy_sv
    assert check_references([batch]) == [finding]
    assert batch.findings == []


def test_a_dangling_optional_reference_empties_the_cell_with_one_warning(batch_of):
    batch = batch_of(
        places=[{"key": "2281", "label_sv": "Sundsvall", "label_en": "Sundsvall", "level": "municipality"}],
        organisations=[
            {"key": "a", "parent": "x", "sites": "2281;9999", "municipality": "2281"},
            {"key": "b", "parent": "x"},
        ],
    )
    [checked] = drop_dangling([batch])
    assert checked.frames["organisations"]["parent"].to_list() == [None, None]
    assert checked.frames["organisations"]["sites"].to_list() == [["2281"], None]
    assert [(finding.severity, finding.place.row) for finding in checked.findings] == [("warning", 2)] * 2
    assert "1 further rows" in checked.findings[1].message_en


def test_what_hangs_on_a_rejected_project_is_rejected_with_its_reason(batch_of):
    batch = batch_of(
        organisations=[{"key": "a"}],
        projects=[{"key": "p", "status": "ongoing", "start": "2021-02-30"}],
        participations=[{"project": "p", "organisation": "a", "role": "partner"}],
    )
    [checked] = drop_dangling([batch])
    assert checked.frames["participations"].is_empty()
    assert checked.findings[-1].code == "hangs-on-rejected"
    assert "2021-02-30" in checked.findings[-1].message_en


def test_a_sole_traders_money_is_not_turned_into_the_projects(batch_of):
    batch = batch_of(
        organisations=[{"key": "x:121212-1212", "orgnr": "121212-1212"}],
        projects=[{"key": "p", "status": "ongoing"}],
        participations=[{"project": "p", "organisation": "x:121212-1212", "role": "partner"}],
        fundings=[
            {"project": "p", "organisation": "x:121212-1212", "money_kind": "granted-support", "amount": "5", "currency": "SEK"}
        ],
    )  # fmt: skip
    [checked] = drop_dangling([batch])
    assert checked.frames["fundings"].is_empty() and checked.frames["participations"].is_empty()
    assert checked.frames["projects"].height == 1
    assert "121212" not in repr(checked.findings)


def test_rejection_spreads_until_nothing_changes(batch_of):
    batch = batch_of(
        strategies=[{"key": "s", "label_sv": "S", "label_en": "S", "smart_specialisation": "true", "adopted": "x"}],
        areas=[
            {"key": "a", "label_sv": "A", "label_en": "A", "strategy": "s", "status": "strength-area", "certainty": "sure"}
        ],
        assignments=[{"subject": "p", "area": "a", "basis": "collector", "weight": "1"}],
        projects=[{"key": "p", "status": "ongoing"}],
    )  # fmt: skip
    [checked] = drop_dangling([batch])
    assert checked.frames["areas"].is_empty() and checked.frames["assignments"].is_empty()


def test_a_reference_may_point_into_another_batch(batch_of):
    first = batch_of(organisations=[{"key": "a"}])
    second = batch_of(
        projects=[{"key": "p", "status": "ongoing"}],
        participations=[{"project": "p", "organisation": "a", "role": "partner"}],
    )
    assert check_references([first, second]) == []
    assert check_references([second], {"organisations": ["a"]}) == []
    assert len(check_references([second])) == 1
