"""The genuine CORDIS set with its quirks, and the networks that others derived from it."""

from __future__ import annotations

import shutil

import polars as pl
import pytest

from ecograph.errors import ConfigurationError, SourceError


@pytest.fixture
def horizon(read_source, excerpts):
    """The excerpt of Horizon Europe, read."""
    return read_source("cordis", excerpts / "cordis")


def only(frame, **cells):
    """The one row with these cells."""
    return frame.row(
        by_predicate=pl.all_horizontal(pl.col(name) == cell for name, cell in cells.items()), named=True
    )


def test_a_title_with_doubled_quotes_is_read_whole(horizon):
    project = only(horizon.frames["projects"], key="cordis:101166905")
    assert project["title_en"] == 'The first comprehensive "Atlas" of the Milky Way'


def test_decimal_points_and_commas_are_both_decimals(horizon):
    money = horizon.frames["fundings"]
    placeholder = only(money, organisation="cordis:name-utan-pic-ab-gr")
    assert placeholder["amount"] == 250.25
    assert only(money, project="cordis:101112701", money_kind="total-budget")["amount"] == 5806125


def test_a_total_cost_of_zero_is_not_known(horizon):
    budgets = horizon.frames["fundings"].filter(money_kind="total-budget")
    assert "cordis:101114128" not in budgets["project"]
    assert budgets["amount"].min() > 0


def test_the_net_contribution_counts_and_never_both(horizon):
    money = horizon.frames["fundings"]
    assert only(money, project="cordis:101113245", organisation="cordis:954616286")["amount"] == 24313216
    assert only(money, project="cordis:101113245", organisation="cordis:887518282")["amount"] == 53000


def test_a_placeholder_pic_is_keyed_by_name_and_has_no_pic(horizon):
    organisation = only(horizon.frames["organisations"], key="cordis:name-utan-pic-ab-gr")
    assert (organisation["pic"], organisation["name"], organisation["country"]) == (None, "Utan Pic AB", "GR")


def test_a_row_repeated_under_another_order_counts_once(horizon):
    rows = horizon.frames["participations"].filter(
        project="cordis:101166905", organisation="cordis:999983962"
    )
    assert rows.height == 1
    [finding] = [finding for finding in horizon.findings if finding.code == "duplicates-dropped"]
    assert "1 rows" in finding.message_en
    assert horizon.frames["fundings"].filter(organisation="cordis:999983962").height == 1


def test_countries_are_iso_codes(horizon):
    assert {"GB", "GR"} <= set(horizon.frames["organisations"]["country"])
    assert not {"UK", "EL"} & set(horizon.frames["organisations"]["country"])


def test_roles_kinds_and_statuses_are_keys_of_the_vocabularies(horizon):
    assert set(horizon.frames["participations"]["role"]) == {
        "coordinator",
        "participant",
        "third-party",
        "associated-partner",
    }
    organisations = horizon.frames["organisations"]
    assert only(organisations, key="cordis:999983962")["helix"] == "academia"
    assert only(organisations, key="cordis:999995893")["type"] == "ResearchInstitute"
    assert only(organisations, key="cordis:884902192")["helix"] == "industry"
    assert only(organisations, key="cordis:888827588")["helix"] is None
    statuses = dict(horizon.frames["projects"].select("key", "status").rows())
    assert statuses["cordis:101112701"] == "cancelled"
    assert statuses["cordis:101114128"] == "finished"
    assert statuses["cordis:101148217"] == "ongoing"
    assert statuses["cordis:101166905"] == "granted"


def test_a_swedish_vat_number_gives_the_organisation_number_and_the_city_its_municipality(horizon):
    adsorbi = only(horizon.frames["organisations"], key="cordis:884902192")
    assert (adsorbi["orgnr"], adsorbi["vat"], adsorbi["municipality"]) == (
        "559363-1764",
        "SE559363176401",
        "1480",
    )


def test_codes_of_subjects_topics_and_programme_parts_are_kept(horizon):
    codes = horizon.frames["classifications"]
    assert set(codes["scheme"]) == {"euroscivoc", "topic", "programme-part", "keyword"}
    parts = codes.filter(scheme="programme-part", project="cordis:101166905")
    assert only(parts, code="HORIZON.1.1")["label_en"] == "European Research Council (ERC)"
    assert codes.filter(scheme="euroscivoc")["code"].str.starts_with("/").all()


def test_a_project_points_to_its_record_in_the_network_files(horizon):
    project = only(horizon.frames["projects"], key="cordis:101114128")
    assert project["same_as"] == [f"cordis-rcn:{project['record_number']}"]
    assert project["programme"] == "horizon-europe"


def test_only_projects_of_a_country_are_read_with_all_their_partners(read_source, excerpts):
    batch = read_source("cordis", excerpts / "cordis", country="SE")
    assert set(batch.frames["projects"]["key"]) == {
        "cordis:101114128", "cordis:101113201", "cordis:101113245", "cordis:101070768",
    }  # fmt: skip
    assert {"SE", "IL", "US"} <= set(batch.frames["organisations"]["country"])


def test_the_progress_tells_every_row(read_source, excerpts):
    told = []
    batch = read_source("cordis", excerpts / "cordis", progress=told.append)
    assert sum(told) == batch.rows_read > 50
    assert len(batch.files) == 5


def test_an_odd_status_and_a_lost_project_are_told(read_source, excerpts, tmp_path):
    shutil.copytree(excerpts / "cordis", tmp_path / "set")
    projects = tmp_path / "set/project.csv"
    text = (
        projects.read_text(encoding="utf-8")
        .replace('"CLOSED"', '"PAUSED"')
        .replace('"101148217"', '"101148218"')
    )
    projects.write_text(text.replace('"2024-08-31"', '"2024-08-32"'), encoding="utf-8")
    batch = read_source("cordis", tmp_path / "set")
    codes = {finding.code: finding for finding in batch.findings}
    assert "'PAUSED'" in codes["unknown-code"].message_en
    assert codes["no-such-record"].place.column == "projectID"
    assert (codes["bad-date"].place.file, codes["bad-date"].place.row) == ("set/project.csv", 8)
    assert only(batch.frames["projects"], key="cordis:101114128")["status"] == "finished"


def test_a_file_without_its_columns_is_told(read_source, excerpts, tmp_path):
    shutil.copytree(excerpts / "cordis", tmp_path / "set")
    (tmp_path / "set/organization.csv").write_text('"projectID";"name"\n"1";"A"\n')
    with pytest.raises(SourceError, match="role"):
        read_source("cordis", tmp_path / "set")


@pytest.fixture
def h2020(read_source, excerpts):
    """The excerpt of Horizon 2020, read."""
    return read_source("cordis-network", excerpts / "h2020", retrieved="2021-10")


def test_a_project_without_title_is_labelled_by_its_record(h2020):
    project = only(h2020.frames["projects"], key="cordis-rcn:212338")
    assert (project["title_sv"], project["title_en"]) == (
        "Horisont 2020, post 212338",
        "Horizon 2020, record 212338",
    )
    assert (project["status"], project["status_date"]) == ("finished", "2021-10")
    assert project["programme"] == "horizon-2020"
    assert only(h2020.frames["projects"], key="cordis-rcn:219905")["status"] == "ongoing"


def test_names_of_the_older_list_are_joined_and_missing_ones_stand_in(h2020):
    organisations = h2020.frames["organisations"]
    sekab = only(organisations, key="cordis:999559102")
    assert (sekab["name"], sekab["municipality"], sekab["helix"]) == (
        "SEKAB E-TECHNOLOGY AB",
        "2284",
        "industry",
    )
    unnamed = only(organisations, key="cordis:908745180")
    assert (unnamed["name"], unnamed["name_en"]) == (None, "Organisation with PIC 908745180")


def test_mojibake_is_mended(h2020):
    assert only(h2020.frames["organisations"], key="cordis:994416065")["other_names"] == ["Quantis Sàrl"]


def test_the_share_not_placed_in_a_municipality_is_told(h2020):
    assert h2020.figures == {"organisations-in-country": 4, "organisations-not-placed": 1}
    [finding] = [finding for finding in h2020.findings if finding.code == "not-placed"]
    assert finding.severity == "info" and "1 of 4" in finding.message_en


def test_a_missing_cost_is_no_amount(h2020):
    money = h2020.frames["fundings"]
    assert money.filter(project="cordis-rcn:223980", money_kind="total-budget").is_empty()
    assert money.filter(project="cordis-rcn:212338", organisation="cordis:938166444").is_empty()
    assert only(money, project="cordis-rcn:212338", money_kind="total-budget")["amount"] == 5351985.08


def test_a_country_selects_whole_consortia(read_source, excerpts):
    batch = read_source("cordis-network", excerpts / "h2020", retrieved="2021-10", country="SE")
    assert batch.frames["projects"].height == 4
    assert "cordis-rcn:193802" not in batch.frames["projects"]["key"]
    assert set(batch.frames["classifications"]["project"]) <= set(batch.frames["projects"]["key"])


def test_an_unknown_selection_is_told(read_source, excerpts):
    with pytest.raises(ConfigurationError, match="select"):
        read_source("cordis-network", excerpts / "h2020", select="county")


def test_fp7_is_read_without_dates_and_as_finished(read_source, excerpts):
    batch = read_source("cordis-fp7-network", excerpts / "fp7", retrieved="2016")
    assert set(batch.frames["projects"]["status"]) == {"finished"}
    assert batch.frames["projects"]["start_year"].null_count() == 3
    assert only(batch.frames["organisations"], key="cordis:985838161")["name"] == "HÄGGLUNDS DRIVES AB"
    keys = batch.frames["organisations"]["key"]
    assert "fp7:ed6306a485f31793ce5dd52016513689" in keys and keys.is_unique().all()
    dropped = [finding for finding in batch.findings if finding.code == "duplicates-dropped"]
    assert [finding.place.file for finding in dropped] == ["fp7edges.csv", "fp7org.csv"]


def test_fp7_uses_the_nuts_code_where_the_locality_is_not_known(read_source, excerpts, tmp_path):
    (tmp_path / "localities.csv").write_text("locality,lau_code,note\n")
    batch = read_source("cordis-fp7-network", excerpts / "fp7", retrieved="2016", select="region")
    assert only(batch.frames["organisations"], key="cordis:995819946")["municipality"] == "SE321"
    assert batch.frames["projects"].height == 2
