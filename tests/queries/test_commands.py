"""The commands query, builds and doctor, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ecograph.cli import main
from ecograph.config import Workspace
from ecograph.store.builds import Build

FIXTURE = Path(__file__).resolve().parents[1] / "fixture"


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="module")
def root(fixture_workspace: Workspace, fixture_build: Build) -> str:
    return str(fixture_workspace.root)


@pytest.fixture
def unbuilt(tmp_path: Path) -> Path:
    """A copy of the small workspace without a build."""
    copy = tmp_path / "workspace"
    shutil.copytree(FIXTURE, copy, ignore=shutil.ignore_patterns(".ecograph"))
    return copy


def test_the_list_shows_every_question_in_the_language_asked_for() -> None:
    swedish, english = call("query", "--list"), call("query", "--list", "--lang", "en")
    assert swedish.exit_code == english.exit_code == 0
    assert "bridging-actors" in swedish.output
    assert "Vilka aktörer är brobyggare mellan två områden?" in swedish.output
    assert "Which actors bridge two areas?" in english.output
    assert "-p areaA: Area A (area/forest-bioeconomy)" in english.output


def test_csv_names_the_bridging_actor_with_the_areas_that_it_joins(root: str) -> None:
    result = call("query", "bridging-actors", "-C", root, "-o", "csv")
    assert result.exit_code == 0
    rows = {row["actorLabel"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert {"Skoglig bioekonomi", "Digitalisering"} <= set(rows["Mittuniversitetet"]["areas"].split("; "))
    assert rows["Mittuniversitetet"]["actor"] == "https://w3id.org/ecograph/id/actor/se-2021004524"
    assert "Bara beviljade" in result.stderr, "the caveat does not disturb the table"


def test_the_table_carries_the_caveat_and_no_addresses(root: str) -> None:
    result = call("query", "bridging-actors", "-C", root, "--lang", "en")
    assert result.exit_code == 0
    assert "Mid Sweden University" in result.stdout
    assert "Only granted, ongoing and finished projects count." in result.stdout
    assert "https://" not in result.stdout


def test_json_holds_the_query_that_made_it(root: str) -> None:
    result = call("query", "bridging-actors", "-C", root, "-o", "json", "-p", "areaB=renewable-energy")
    content = json.loads(result.stdout)
    assert content["parameters"]["areaB"] == "<https://w3id.org/ecograph/id/area/renewable-energy>"
    assert content["parameters"]["areaB"] in content["sparql"]
    assert content["columns"]["actorLabel"] == "Aktör"
    assert content["caveat"]


def test_the_query_can_be_shown_instead_of_run(root: str) -> None:
    result = call("query", "money-by-area-and-year", "-C", root, "--show-sparql", "--lang", "en")
    assert 'VALUES ?lang { "en" }' in result.stdout
    assert "GROUP BY" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "bridging"], "Did you mean bridging-actors"),
        (["query", "nonsense-of-a-kind"], "ecograph query --list"),
        (["query", "bridging-actors", "-p", "areaA"], "has no value"),
        (["query", "bridging-actors", "-p", "areaA=tourism"], "allowed are area/advanced-manufacturing"),
        (["query", "bridging-actors", "-p", "areaC=x"], "has no parameter 'areaC'"),
        (["query", "most-connected-actors", "-p", "top=many"], "a whole number is needed"),
        (["builds", "rollback", "ffffffffffff", "--yes"], "There is no build ffffffffffff"),
    ],
)
def test_a_mistake_is_one_message_with_its_remedy(root: str, arguments: list[str], message: str) -> None:
    result = call(*arguments, "-C", root)
    assert result.exit_code == 1
    assert message in " ".join(result.stderr.split())
    assert "Remedy:" in result.stderr
    assert result.stdout == ""


def test_without_a_build_the_command_that_makes_one_is_named(unbuilt: Path) -> None:
    for arguments in (["query", "bridging-actors"], ["builds", "show"]):
        result = call(*arguments, "-C", str(unbuilt))
        assert result.exit_code == 1
        assert f"ecograph build -C {unbuilt}" in result.stderr
    assert "No builds yet" in call("builds", "list", "-C", str(unbuilt)).stdout


def test_builds_are_listed_shown_and_served_again(root: str, fixture_build: Build) -> None:
    listed = call("builds", "list", "-C", root)
    assert any(line.split()[:2] == ["*", fixture_build.id] for line in listed.stdout.splitlines())
    assert json.loads(call("builds", "show", fixture_build.id, "-C", root).stdout)["id"] == fixture_build.id
    again = call("builds", "rollback", fixture_build.id, "-C", root)
    assert again.exit_code == 0
    assert "current one already" in again.stdout


def test_doctor_finds_nothing_wrong_with_a_fresh_build(root: str, fixture_build: Build) -> None:
    result = call("doctor", "-C", root)
    assert "problem" not in result.stdout, result.stdout
    assert result.exit_code == 0
    assert f"Build {fixture_build.id} opens" in result.stdout
    assert "The build is of today's inputs" in result.stdout


def test_doctor_says_that_the_build_is_older_than_its_inputs(
    fixture_workspace: Workspace, fixture_build: Build
) -> None:
    table = fixture_workspace.root / "tables" / "areas.csv"
    before = table.read_bytes()
    try:
        table.write_bytes(before + b"\n")
        result = call("doctor", "-C", str(fixture_workspace.root), "--no-tables")
    finally:
        table.write_bytes(before)
    assert result.exit_code == 0
    assert "have changed since this build" in result.stdout
    assert "Remedy: ecograph build" in result.stdout


def test_doctor_names_a_source_whose_file_is_gone(unbuilt: Path) -> None:
    shutil.rmtree(unbuilt / "sources")
    result = call("doctor", "-C", str(unbuilt))
    assert result.exit_code == 1
    assert "does not exist" in result.stdout
    assert "Nothing has been built yet" in result.stdout


def test_doctor_names_a_table_that_does_not_parse(unbuilt: Path) -> None:
    (unbuilt / "tables" / "projects.csv").write_bytes(b"key;status\nx;y\n")
    result = call("doctor", "-C", str(unbuilt))
    assert result.exit_code == 1
    assert "Remedy:" in result.stdout


def test_doctor_says_that_there_is_no_workspace(tmp_path: Path) -> None:
    result = call("doctor", "-C", str(tmp_path))
    assert result.exit_code == 1
    assert "ecograph.toml is missing" in result.stdout
