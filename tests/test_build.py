"""A build from the workspace to the graph that is served."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from ecograph.build import Progress, build
from ecograph.cli import main
from ecograph.config import Workspace, load_workspace
from ecograph.errors import ConfigurationError, RefusedError
from ecograph.store.builds import Build, Builds


@pytest.fixture
def workspace(fixture_workspace: Workspace, tmp_path: Path) -> Workspace:
    root = tmp_path / "workspace"
    shutil.copytree(fixture_workspace.root, root, ignore=shutil.ignore_patterns(".ecograph"))
    return load_workspace(root)


def append(path: Path, **cells: str) -> int:
    """Add a row to a CSV file and return its number."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow([cells.get(name, "") for name in rows[0]])
    return len(rows) + 1


def quarantined(built: Build) -> list[dict[str, str]]:
    text = (built.path / "quarantine.csv").read_text(encoding="utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(text)) if row["severity"] == "violation"]


def nquads(built: Build) -> bytes:
    out = io.BytesIO()
    built.graph().write_nquads(out)
    return out.getvalue()


def test_two_builds_of_the_same_inputs_are_the_same_graph(workspace: Workspace, silent: Progress) -> None:
    first = build(workspace, silent, force=True).build
    lines = nquads(first)
    second = build(workspace, silent, force=True).build
    assert first.id == second.id
    assert len(first.id) == 12
    assert lines == nquads(second)
    assert lines.count(b"\n") == first.manifest["statements"]["total"]


def test_an_unchanged_workspace_is_not_built_again(workspace: Workspace, silent: Progress) -> None:
    first = build(workspace, silent)
    assert not first.unchanged
    answer = CliRunner().invoke(main, ["build", "-C", str(workspace.root)])
    assert answer.exit_code == 0
    assert "Nothing has changed" in answer.output
    append(workspace.root / "tables" / "dialogues.csv", key="new", label_sv="Möte", label_en="Meeting", start="2026", form="meeting")  # fmt: skip
    assert build(workspace, silent).build.id != first.build.id


def test_a_bad_row_stands_in_quarantine_and_the_others_load(workspace: Workspace, silent: Progress) -> None:
    clean = build(workspace, silent).build
    row = append(workspace.root / "tables" / "projects.csv", key="bad-date", title_sv="Fel datum", status="finished", start="2021-02-30")  # fmt: skip
    outcome = build(workspace, silent)
    found = [finding for finding in quarantined(outcome.build) if finding["row"] == str(row)]
    assert [(f["file"].endswith("projects.csv"), f["column"]) for f in found] == [(True, "start")]
    assert found[0]["message_sv"]
    assert found[0]["remedy_en"]
    before = clean.graph().select("SELECT (COUNT(*) AS ?n) { ?p a eco:Project }").values()
    after = outcome.build.graph().select("SELECT (COUNT(*) AS ?n) { ?p a eco:Project }").values()
    assert before == after


def test_a_reference_to_an_unknown_project_names_the_row(workspace: Workspace, silent: Progress) -> None:
    row = append(workspace.root / "tables" / "participations.csv", project="no-such-project", organisation="mittuniversitetet", role="participant")  # fmt: skip
    found = quarantined(build(workspace, silent).build)
    (finding,) = [each for each in found if each["row"] == str(row) and "participations" in each["file"]]
    assert "no-such-project" in finding["message_en"]
    assert finding["column"] == "project"


def test_strict_refuses_the_batch_and_the_earlier_build_goes_on(
    workspace: Workspace, silent: Progress
) -> None:
    earlier = build(workspace, silent).build
    append(
        workspace.root / "tables" / "projects.csv", key="bad", title_sv="Fel", status="finished", start="igår"
    )
    with pytest.raises(RefusedError):
        build(workspace, silent, strict=True)
    answer = CliRunner().invoke(main, ["build", "-C", str(workspace.root), "--strict"])
    assert answer.exit_code == 2
    assert "projects.csv" in answer.output
    current = Builds(workspace.state).current()
    assert current is not None
    assert current.id == earlier.id


def test_a_sole_traders_number_is_masked_everywhere(workspace: Workspace, silent: Progress) -> None:
    append(
        workspace.root / "tables" / "organisations.csv",
        key="enskild",
        name_sv="Enskild firma",
        orgnr="811218-9876",
    )
    built = build(workspace, silent).build
    (finding,) = [each for each in quarantined(built) if "organisations" in each["file"]]
    everything = (
        nquads(built)
        + (built.path / "quarantine.csv").read_bytes()
        + (built.path / "build.json").read_bytes()
    )
    assert b"811218" not in everything
    assert finding["column"] == "orgnr"


def test_a_missing_workspace_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"ecograph\.toml"):
        load_workspace(tmp_path)
    answer = CliRunner().invoke(main, ["build", "-C", str(tmp_path)])
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output


def test_every_thing_shown_has_one_label_in_each_language(fixture_build: Build) -> None:
    graph = fixture_build.graph()
    for kind in ("eco:Actor", "eco:Project", "eco:PriorityArea", "eco:Place"):
        wrong = graph.select(
            f"SELECT ?s ?lang (COUNT(?l) AS ?n) {{ ?s a {kind} VALUES ?lang {{ 'sv' 'en' }} "
            "OPTIONAL { ?s skos:prefLabel ?l FILTER(LANG(?l) = ?lang) } } GROUP BY ?s ?lang HAVING (?n != 1)"
        )
        assert wrong.values() == []


def test_funders_and_mentions_do_not_collaborate(fixture_build: Build) -> None:
    graph = fixture_build.graph()
    assert graph.ask(
        "ASK { ?part eco:role voc:role/funder }".replace(
            "voc:role/funder", "<https://w3id.org/ecograph/vocabulary/role/funder>"
        )
    )
    assert not graph.ask(
        "ASK { ?actor eco:collaboratesIn ?project . ?project eco:status ?status . ?status eco:countsByDefault false }"
    )
    pairs = graph.select(
        "SELECT DISTINCT ?actor ?project { ?part eco:role ?role ; eco:byActor ?actor ; eco:inProject ?project . "
        "?role eco:collaborating false MINUS { ?other eco:byActor ?actor ; eco:inProject ?project ; eco:role ?r . "
        "?r eco:collaborating true } ?actor eco:collaboratesIn ?project }"
    )
    assert pairs.values() == []
