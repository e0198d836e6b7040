"""Cells of the canonical tables: what is read, what is refused and how that is told."""

from __future__ import annotations

import time

import polars as pl
import pytest

from ecograph.errors import SourceError
from ecograph.tables.canonical import TABLES
from ecograph.tables.parse import parse

# Skatteverket's own example of a personal number, which belongs to no one.
PERSONAL = "121212-1212"


def test_cells_get_the_types_of_the_table(parse_rows):
    frame, findings = parse_rows(
        "projects",
        {"key": "a", "status": "ongoing", "start": "2016-09", "start_year": "2016.0", "nationwide": "Ja", "places": "2281; 2280;"},
    )  # fmt: skip
    row = frame.row(0, named=True)
    assert findings == []
    assert (row["start"], row["start_year"], row["nationwide"], row["places"]) == (
        "2016-09",
        2016,
        True,
        ["2281", "2280"],
    )
    assert (row["_file"], row["_sheet"], row["_row"]) == ("projects.csv", None, 2)


def test_amounts_are_read_with_point_or_comma(parse_rows):
    common = {"project": "a", "money_kind": "granted-support", "currency": "SEK"}
    frame, findings = parse_rows(
        "fundings",
        {**common, "amount": "12500.50"},
        {**common, "amount": "12\u00a0500,50"},
        {**common, "amount": "0"},
    )
    assert findings == []
    assert frame["amount"].to_list() == [12500.5, 12500.5, 0.0]


@pytest.mark.parametrize(
    "date", ["2021-02-30", "2021-13", "21-02-03", "2021-2-3", "förra året", "2021-02-03x"]
)
def test_a_date_that_does_not_exist_is_refused_with_row_and_column(parse_rows, date):
    frame, [finding] = parse_rows(
        "projects", {"key": "a", "status": "ongoing"}, {"key": "b", "status": "ongoing", "start": date}
    )
    assert frame["key"].to_list() == ["a"]
    assert (finding.code, finding.severity, finding.place.row, finding.place.column) == (
        "bad-date",
        "violation",
        3,
        "start",
    )
    assert date in finding.message_sv and date in finding.message_en
    assert "2016-09-01" in finding.remedy_sv


@pytest.mark.parametrize(
    ("cell", "code"),
    [("-5", "negative-amount"), ("fem", "not-a-number"), ("1,234", "not-a-number"), ("", "required-empty")],
)
def test_an_amount_that_is_none_is_refused(parse_rows, cell, code):
    frame, [finding] = parse_rows(
        "fundings", {"project": "a", "money_kind": "granted-support", "amount": cell, "currency": "SEK"}
    )
    assert frame.is_empty()
    assert (finding.code, finding.place.column) == (code, "amount")


@pytest.mark.parametrize(
    ("table", "row", "code", "guess"),
    [
        ("organisations", {"key": "a", "type": "Compny"}, "unknown-class", "Company"),
        ("organisations", {"key": "a", "helix": "akademia"}, "unknown-concept", "academia"),
        ("projects", {"key": "a", "status": "on-going"}, "unknown-concept", "ongoing"),
        ("projects", {"key": "a", "status": "ongoing", "sdgs": "7;18"}, "unknown-concept", ""),
    ],
)
def test_a_value_outside_the_vocabulary_is_refused_with_the_known_ones(parse_rows, table, row, code, guess):
    frame, [finding] = parse_rows(table, row)
    assert frame.is_empty()
    assert finding.code == code
    assert guess in finding.remedy_en
    assert "Known" in finding.remedy_en


def test_a_key_used_twice_names_the_row_that_has_it(parse_rows):
    frame, [finding] = parse_rows(
        "organisations", {"key": "a", "name": "A"}, {"key": "b"}, {"key": "a", "name": "Z"}
    )
    assert frame["name"].to_list() == ["A", None]
    assert finding.code == "duplicate-key"
    assert "row 2" in finding.message_en and finding.place.row == 4


@pytest.mark.parametrize("areas", ["a", "a;b;c", "a;a"])
def test_a_declared_link_joins_exactly_two_areas(parse_rows, areas):
    row = {
        "key": "k",
        "areas": areas,
        "modality": "are-linked",
        "strategy": "s",
        "label_sv": "l",
        "label_en": "l",
    }
    frame, [finding] = parse_rows("declared_links", row)
    assert frame.is_empty() and finding.code == "not-two-areas"
    assert parse_rows("declared_links", {**row, "areas": "a;b"})[1] == []


@pytest.mark.parametrize(
    ("column", "number"),
    [
        ("orgnr", "121212-1212"),
        ("orgnr", "1212121212"),
        ("orgnr", "191212121212"),
        ("orgnr", "19121212-1212"),
        ("orgnr", "12 12 12-1212"),
        ("vat", "SE121212121201"),
        ("vat", "SE 121212-1212 01"),
        ("vat", "121212121201"),
    ],
)
def test_a_sole_trader_is_refused_and_its_number_is_shown_nowhere(parse_rows, column, number):
    row = {
        "key": f"x:{PERSONAL}",
        "name": "Tolvan Tolvansson",
        "other_names": f"Firma {PERSONAL}",
        column: number,
    }
    frame, findings = parse_rows(
        "organisations", row, {"key": "other", "parent": f"x:{PERSONAL}", "founded": "x"}
    )
    assert frame.is_empty()
    assert [finding.code for finding in findings] == ["sole-trader", "bad-date"]
    told = repr(findings).replace(" ", "").replace("-", "")
    assert "12121212" not in told
    assert "Tolvansson" not in told
    assert "••••••" in told


def test_a_legal_person_with_twelve_digits_of_vat_is_no_sole_trader(parse_rows):
    frame, findings = parse_rows(
        "organisations", {"key": "a", "orgnr": "2021004524", "vat": "SE202100452401"}
    )
    assert findings == []
    assert frame["orgnr"].to_list() == ["202100-4524"]


def test_another_countrys_vat_number_is_no_sole_trader(parse_rows):
    _, findings = parse_rows("organisations", {"key": "a", "vat": "BE0403170701", "country": "BE"}, {"key": "b", "vat": "5210501234", "country": "PL"})  # fmt: skip
    assert findings == []


def test_a_wrong_check_digit_is_refused(parse_rows):
    frame, [finding] = parse_rows("organisations", {"key": "a", "orgnr": "202100-4525"})
    assert frame.is_empty() and finding.code == "bad-check-digit"


def test_an_unknown_column_is_named_with_the_nearest_known_one(parse_rows):
    frame, [finding] = parse_rows("organisations", {"key": "a", "naem": "A"})
    assert frame.height == 1
    assert (finding.severity, finding.code, finding.place.column) == ("warning", "unknown-column", "naem")
    assert "'name'" in finding.remedy_en and "municipality" in finding.remedy_en


def test_a_missing_required_column_refuses_the_file_and_lists_the_expected_ones(parse_rows):
    with pytest.raises(SourceError) as caught:
        parse_rows("projects", {"key": "a"})
    assert "status" in str(caught.value) and "start_year" in caught.value.remedy


def test_two_faults_in_one_row_are_both_told(parse_rows):
    frame, findings = parse_rows(
        "projects", {"key": "a", "status": "ongoing", "start": "x", "start_year": "y"}
    )
    assert frame.is_empty()
    assert {finding.place.column for finding in findings} == {"start", "start_year"}


def test_every_finding_is_told_in_both_languages_with_a_remedy(parse_rows):
    _, findings = parse_rows(
        "organisations", {"key": "a", "type": "X", "founded": "x", "pic": "1", "website": "miun"}
    )
    assert len(findings) == 4
    for finding in findings:
        assert finding.message_sv != finding.message_en
        assert finding.remedy_sv and finding.remedy_en
        assert "{" not in finding.message_sv + finding.message_en + finding.remedy_sv.replace(r"\d{9}", "")


def test_thirty_thousand_rows_take_well_under_a_second():
    count = 30_000
    frame = pl.DataFrame(
        {
            "project": [f"p{n % 5000}" for n in range(count)],
            "organisation": [f"o{n}" for n in range(count)],
            "money_kind": ["granted-support"] * count,
            "amount": [f"{n / 7:.2f}" for n in range(count)],
            "currency": ["EUR"] * count,
        }
    )
    parse(frame.head(1), TABLES["fundings"], source_id="t", file="f")
    started = time.perf_counter()
    parsed, findings = parse(frame, TABLES["fundings"], source_id="t", file="f")
    assert time.perf_counter() - started < 1
    assert parsed.height == count and not findings
