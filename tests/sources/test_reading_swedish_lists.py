"""Projektbanken and Swecris: places, objectives, merged grants, and no people."""

from __future__ import annotations

import json

import polars as pl
import pytest

from ecograph.errors import SourceError
from ecograph.sources.swecris import scb_entries


def only(frame, **cells):
    """The one row with these cells."""
    return frame.row(
        by_predicate=pl.all_horizontal(pl.col(name) == cell for name, cell in cells.items()), named=True
    )


@pytest.fixture
def projektbanken(read_source, excerpts):
    """The excerpt of projektbanken, read."""
    return read_source("projektbanken", excerpts / "projektbanken", retrieved="2016-10-14")


def test_a_regional_fund_project_has_one_beneficiary_and_its_support(projektbanken):
    [row] = projektbanken.frames["participations"].filter(project="projektbanken:20201010").rows(named=True)
    assert (row["organisation"], row["role"]) == ("projektbanken:mittuniversitetet", "beneficiary")
    money = only(projektbanken.frames["fundings"], project="projektbanken:20201010")
    assert (money["amount"], money["currency"], money["money_kind"]) == (29625001, "SEK", "granted-support")


def test_places_are_where_the_project_works_and_damaged_names_are_mended(projektbanken):
    projects = projektbanken.frames["projects"]
    assert only(projects, key="projektbanken:20200940")["places"] == ["2506"]
    gothenburg = only(projects, key="projektbanken:20200951")["places"]
    assert len(gothenburg) == 49
    assert {"1462", "1415"} <= set(gothenburg)
    assert not [finding for finding in projektbanken.findings if finding.code == "unknown-place-name"]


def test_a_project_that_names_all_municipalities_is_nation_wide(projektbanken):
    project = only(projektbanken.frames["projects"], key="projektbanken:20201075")
    assert (project["nationwide"], project["places"]) == (True, None)


def test_spellings_of_an_objective_become_one_code(projektbanken):
    codes = dict(
        projektbanken.frames["classifications"]
        .filter(scheme="thematic-objective")
        .select("project", "code")
        .rows()
    )
    assert codes == {
        "projektbanken:20201010": "TO1", "projektbanken:20201075": "TO4", "projektbanken:20200951": "TO3",
        "projektbanken:20200940": "TO2", "projektbanken:20200248": "TO7",
    }  # fmt: skip


def test_the_text_for_keyword_rules_holds_title_and_description(projektbanken):
    text = only(projektbanken.frames["classifications"], scheme="keyword", project="projektbanken:20200940")[
        "code"
    ]
    assert "Ortsammanbindande" in text and "bredbandsinfrastruktur" in text


def test_only_the_regions_projects_are_read_when_asked(read_source, excerpts):
    batch = read_source("projektbanken", excerpts / "projektbanken", retrieved="2016-10-14", select="region")
    assert batch.frames["projects"]["key"].to_list() == ["projektbanken:20201010"]


def test_an_unknown_municipality_is_told(read_source, excerpts, tmp_path):
    records = json.loads((excerpts / "projektbanken/projektbanken.json").read_text(encoding="utf-8"))
    records[0]["kommuner"] = "Sundsvall, Ankeborg"
    records[1]["beviljat_belopp_sek"] = -1
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    batch = read_source("projektbanken", path)
    assert {finding.code for finding in batch.findings} == {"unknown-place-name", "negative-amount"}
    assert only(batch.frames["projects"], key="projektbanken:20201010")["places"] == ["2281"]


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', '[{"x": 1}]'])
def test_a_file_that_is_no_list_of_projects_is_told(read_source, tmp_path, text):
    path = tmp_path / "odd.json"
    path.write_text(text)
    for kind in ("projektbanken", "swecris"):
        if kind == "swecris" and text == '[{"x": 1}]':
            continue
        with pytest.raises(SourceError) as caught:
            read_source(kind, path)
        assert caught.value.remedy


@pytest.fixture
def swecris(read_source, excerpts):
    """The excerpt of the CSV export, read."""
    return read_source("swecris", excerpts / "swecris/swecris.csv", retrieved="2025")


def test_the_same_grant_under_two_suffixes_is_one_project(swecris):
    project = only(swecris.frames["projects"], key="swecris:2021-02085")
    assert project["grant_number"] == "2021-02085"
    [money] = swecris.frames["fundings"].filter(project="swecris:2021-02085").rows(named=True)
    assert (money["amount"], money["funder"], money["year"]) == (1_800_000, "swecris:202100-5216", 2021)


def test_two_projects_that_only_share_a_number_stay_apart(swecris):
    keys = set(swecris.frames["projects"]["key"])
    assert {"swecris:2021-04528_VR", "swecris:2021-04528_Vinnova"} <= keys
    assert "swecris:2021-04528" not in keys


def test_dates_loose_their_time_and_organisations_get_their_helix(swecris):
    project = only(swecris.frames["projects"], key="swecris:2021-03967")
    assert (project["start"], project["end"], project["start_year"]) == ("2022-02-01", "2025-03-31", 2022)
    university = only(swecris.frames["organisations"], key="swecris:202100-4524")
    assert (university["helix"], university["type"], university["orgnr"]) == (
        "academia",
        "HigherEducationInstitution",
        "202100-4524",
    )
    assert only(swecris.frames["organisations"], key="swecris:202100-5216")["helix"] == "public-sector"


def test_research_subjects_of_all_levels_are_kept(swecris):
    codes = swecris.frames["classifications"].filter(scheme="scb", project="swecris:2021-02085")
    assert codes["code"].to_list() == ["2", "204", "20403"]
    assert codes["label_en"].to_list() == [
        "Engineering and Technology",
        "Chemical Engineering",
        "Polymer Technologies",
    ]


def test_subject_names_with_commas_are_split_only_where_that_is_certain():
    assert scb_entries("¤¤¤ 4: A, b och c, A, b and c, 401: D, e, F, 9: Oklassificerat, Unclassified") == [
        ("4", "A, b och c", "A, b and c"), ("401", None, None),
    ]  # fmt: skip


def test_an_export_with_capital_column_names_and_an_answer_in_json_are_read_alike(
    read_source, excerpts, tmp_path
):
    lines = (excerpts / "swecris/swecris.csv").read_text(encoding="utf-8").split("\n", 1)
    header = ",".join(name[0].upper() + name[1:] for name in lines[0].split(","))
    path = tmp_path / "export.csv"
    path.write_text(f"{header}\n{lines[1]}", encoding="utf-8")
    assert read_source("swecris", path).frames["projects"].height == 5
    answer = read_source("swecris", excerpts / "swecris/swecris.json")
    assert answer.frames["projects"].height == 3
    subjects = answer.frames["classifications"].filter(scheme="scb", project="swecris:2023-01997")
    assert only(subjects, code="10509")["label_sv"] == "Oceanografi, hydrologi och vattenresurser"


def test_people_never_reach_a_table(read_source, excerpts, tmp_path):
    answer = json.loads((excerpts / "swecris/swecris.json").read_text(encoding="utf-8"))
    answer["result"][0]["peopleList"][0]["fullName"] = "Tolvan Tolvansson"
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    batch = read_source("swecris", path)
    assert all("Tolvansson" not in str(frame.rows()) for frame in batch.frames.values())


def test_a_sole_trader_as_coordinator_is_rejected_without_its_number(read_source, excerpts, tmp_path):
    text = (
        (excerpts / "swecris/swecris.csv").read_text(encoding="utf-8").replace("556599-2277", "121212-1212")
    )
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    batch = read_source("swecris", path)
    assert [finding.code for finding in batch.findings if finding.severity == "violation"] == ["sole-trader"]
    assert "121212" not in repr(batch.findings) + "".join(
        str(frame.rows()) for frame in batch.frames.values()
    )
