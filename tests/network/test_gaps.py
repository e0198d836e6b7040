"""Collaboration gaps of a graph: what is found, what is not said, and what depends on the classification."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import scipy.stats
from click.testing import CliRunner, Result

from ecograph.cli import main
from ecograph.config import RegionConfig, Workspace
from ecograph.errors import EcographError
from ecograph.insight.gaps import Gaps, find_gaps
from ecograph.insight.gaps_matrix import WINDOWS, incidence_of, members_of, project_windows
from ecograph.insight.gaps_separation import fisher_exact, wilson
from ecograph.insight.gaps_text import answer
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.nullmodels_file import COLUMNS, read_incidence
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph

HEAD = """
@base <https://w3id.org/ecograph/id/> .
@prefix eco: <https://w3id.org/ecograph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix role: <https://w3id.org/ecograph/vocabulary/role/> .
@prefix status: <https://w3id.org/ecograph/vocabulary/project-status/> .
@prefix basis: <https://w3id.org/ecograph/vocabulary/assignment-basis/> .
@prefix xf: <https://w3id.org/ecograph/vocabulary/cross-fertilisation-basis/> .
@prefix modality: <https://w3id.org/ecograph/vocabulary/modality/> .
<https://w3id.org/ecograph/graph/vocabulary> {
  role:partner eco:collaborating true . status:granted eco:countsByDefault true .
}
<https://w3id.org/ecograph/graph/source/tables/2026> {
  <area/forest> a eco:PriorityArea ; eco:displayOrder 1 ; skos:prefLabel "Skog"@sv, "Forest"@en .
  <area/digital> a eco:PriorityArea ; eco:displayOrder 2 ; skos:prefLabel "Digitalisering"@sv, "Digital"@en .
  <area/energy> a eco:PriorityArea ; eco:displayOrder 3 ; skos:prefLabel "Energi"@sv, "Energy"@en .
  <actor/alfa> eco:municipality <place/2281> . <actor/beta> eco:municipality <place/2284> .
  <place/2281> eco:within <place/SE> . <place/2284> eco:within <place/SE> .
  <link/1> eco:crossFertilisationBasis xf:declared ; eco:joinsArea <area/forest>, <area/digital> ;
    eco:modality modality:ought-to-be-linked .
"""


def county_of(*groups: tuple[int, str, str, str]) -> MemoryGraph:
    """A graph of projects: how many, their areas, the areas that rules give them, and when they begin."""
    lines, number = [HEAD], 0
    for count, areas, ruled, start in groups:
        for _ in range(count):
            number += 1
            when = f'; eco:start "{start}"^^xsd:date ; eco:startYear {start[:4]}' if start else ""
            lines.append(f"<project/p{number}> a eco:Project ; eco:status status:granted {when} .")
            for actor in ("alfa", "beta"):
                lines.append(
                    f"<participation/{number}{actor}> eco:inProject <project/p{number}> ; "
                    f"eco:byActor <actor/{actor}> ; eco:role role:partner ."
                )
            for area in areas.split():
                lines.append(f"<project/p{number}> eco:hasArea <area/{area}> .")
                lines.append(
                    f"<assignment/s{number}{area}> eco:assignmentOf <project/p{number}> ; eco:basis "
                    f"basis:steward ; eco:toArea <area/{area}> ; eco:share {1 / len(areas.split())} ."
                )
            for area in ruled.split():
                lines.append(
                    f"<assignment/r{number}{area}> eco:assignmentOf <project/p{number}> ; eco:basis "
                    f"basis:rule ; eco:toArea <area/{area}> ."
                )
    graph = MemoryGraph()
    graph.load("\n".join([*lines, "}"]).encode(), format="trig")
    return graph


def gaps_of(graph: MemoryGraph, base: Base, region: RegionConfig, **more: object) -> Gaps:
    return find_gaps(graph, base=base, region=region, draws=4_000, **more)  # type: ignore[arg-type]


APART = (
    (30, "forest energy", "forest energy", "2022-03-01"),
    (30, "digital energy", "digital energy", "2022-03-01"),
    (30, "forest", "forest", "2022-03-01"),
    (30, "digital", "digital", "2022-03-01"),
    (10, "forest", "forest", "2018-01-01"),
    (10, "digital", "digital", ""),
    (10, "energy", "energy", "2022-03-01"),
)


def test_a_gap_that_every_classification_shows_is_a_gap(base: Base, region: RegionConfig) -> None:
    found = gaps_of(county_of(*APART), base, region)
    test = found.of("all")[0]
    assert (test.a, test.b, test.observed) == ("area/forest", "area/digital", 0)
    assert test.verdict == "gap"
    assert test.survives is True
    assert test.q_lower is not None
    assert test.q_lower <= 0.001
    assert found.found() == (test,)
    assert test.basis == "declared-not-enacted"
    assert test.modality == "ought-to-be-linked"
    assert {other.verdict for other in found.of("all")[1:]} == {"over"}


def test_a_gap_that_the_rules_would_close_depends_on_the_classification(
    base: Base, region: RegionConfig
) -> None:
    groups = (
        *APART[:2],
        (30, "forest", "forest digital", "2022-03-01"),
        (30, "digital", "", "2022-03-01"),
        *APART[4:],
    )
    test = gaps_of(county_of(*groups), base, region).of("all")[0]
    assert test.verdict == "depends-on-classification"
    assert test.survives is False
    assert test.against == ("rules-only",)


def test_projects_before_after_and_without_a_date_are_tested_apart(base: Base, region: RegionConfig) -> None:
    found = gaps_of(county_of(*APART), base, region)
    number = {summary.window: summary.projects for summary in found.windows}
    assert number == {"all": 150, "before": 10, "after": 130, "undated": 10}
    # Before the strategy all projects are in one area: nothing can be said.
    assert {test.verdict for test in found.of("before")} == {"too-little-data"}
    assert found.of("after")[0].verdict == "gap"


def test_a_project_of_the_month_of_adoption_is_on_neither_side(base: Base, region: RegionConfig) -> None:
    graph = county_of(
        (1, "forest", "", "2020-12-14"), (1, "forest", "", "2020-11-30"), (1, "forest", "", "2021-01-01")
    )  # fmt: skip
    network = read_two_mode(graph, base=base, region=region)
    assert project_windows(graph, network, base=base, adopted="2020-12") == {
        "project/p1": "after", "project/p2": "before", "project/p3": "after",
    }  # fmt: skip
    assert project_windows(graph, network, base=base, adopted="2020-12-15")["project/p1"] == "before"


def test_single_area_projects_leave_too_little_data_and_the_answer_says_so(
    base: Base, region: RegionConfig
) -> None:
    found = gaps_of(
        county_of((40, "forest", "", ""), (4, "digital", "", ""), (1, "energy", "", "")), base, region
    )
    assert {test.verdict for test in found.of("all")} == {"too-little-data"}
    assert all(test.q_lower is None for test in found.of("all"))
    assert "underlaget är för litet" in answer(found)[0]
    assert "too little data" in answer(found)[1]


def test_an_area_without_projects_and_no_projects_at_all_have_an_answer(
    base: Base, region: RegionConfig
) -> None:
    one = gaps_of(county_of((3, "forest", "", "2022-01-01")), base, region)
    assert [test.observed for test in one.of("all")] == [0, 0, 0]
    assert all(test.p_lower == 1 for test in one.of("all"))
    none = gaps_of(county_of(), base, region)
    assert none.separation[0].share is None
    assert answer(none)[0]


def test_areas_are_compared_whether_or_not_partners_are_known_and_helices_only_with_partners(
    county: TwoMode, county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    for by, least in (("area", 1), ("helix", 2), ("municipality", 2)):
        groups = members_of(county_graph, county, by, base=base, region=region)  # type: ignore[arg-type]
        incidence = incidence_of(county, groups)
        sizes = dict(zip(county.project_ids, county.matrix.sum(axis=0).tolist(), strict=True))
        assert all(sizes[project] >= least for project in incidence.projects)
        assert (incidence.cells.sum(axis=0) >= 1).all() if incidence.projects else True


def test_the_county_of_the_fixture_is_told_in_all_windows(
    fixture_build: Build, fixture_workspace: Workspace
) -> None:
    found = find_gaps(
        fixture_build.graph(), base=Base(fixture_workspace.base), region=fixture_workspace.region, draws=1_000
    )
    assert len(found.tests) == 10 * len(WINDOWS)
    assert {test.verdict for test in found.of("all")} <= {"too-little-data", "as-chance", "over"} | {
        "depends-on-classification"
    }
    declared = [test for test in found.of("all") if test.modality]
    assert len(declared) == 5
    assert found.separation[0].scope == "region"
    assert len(found.within) == 5
    assert len(found.shared) == 10
    assert all(item.low <= item.high for item in found.shared)


def test_wilson_gives_the_published_interval() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3: 15/148 and 0/20.
    low, high = wilson(15, 148)
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)
    assert round(wilson(0, 20)[1], 4) == 0.1611


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["network", "gaps", *(str(word) for word in words)])


def test_the_command_tells_coverage_and_verdicts(fixture_build: Build, fixture_workspace: Workspace) -> None:
    result = run("-C", fixture_workspace.root, "--by", "area", "--explain")
    assert result.exit_code == 0, result.output
    assert "Täckningsgrad" in result.output
    assert "för litet underlag" in result.output
    assert "curveball" in result.output


def test_the_command_answers_json_with_every_part(fixture_build: Build, fixture_workspace: Workspace) -> None:
    result = run("-C", fixture_workspace.root, "--by", "helix", "-o", "json", "--lang", "en", "--draws", 500)
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout)
    assert {"question", "method", "parameters", "coverage", "results", "message"} <= set(content)
    assert content["parameters"]["null"] == "fixed"
    assert content["parameters"]["windows"][0]["mixing"]["chains"] > 0


def test_the_configuration_model_is_refused_for_areas(
    fixture_build: Build, fixture_workspace: Workspace
) -> None:
    result = run("-C", fixture_workspace.root, "--null", "bicm")
    assert result.exit_code == 1
    assert "Remedy" in result.output


MATRIX = "row,p1,p2,p3,p4,p5\nA,1,1,1,0,0\nB,1,1,0,1,0\nC,0,0,1,1,1\n"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("null", [None, "bicm", "fixed"])
def test_any_incidence_is_tested_and_printed_as_csv(tmp_path: Path, null: str | None) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text(MATRIX)
    result = run("--incidence", file, *(["--null", null] if null else []))
    assert result.exit_code == 0, result.output
    rows = table(result.output)
    assert tuple(rows[0]) == COLUMNS
    assert [(row["row_a"], row["row_b"], row["observed"]) for row in rows] == [
        ("A", "B", "2"), ("A", "C", "1"), ("B", "C", "1"),
    ]  # fmt: skip
    for row in rows:
        assert float(row["p_lower"]) + float(row["p_upper"]) >= 1
        assert row["testable"] in ("true", "false")
        assert row["testable"] == "true" or row["q_lower"] == ""


def test_an_incidence_of_one_row_gives_the_heading_alone(tmp_path: Path) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text("row,p1,p2\nA,1,0\n")
    result = run("--incidence", file)
    assert (result.exit_code, result.output) == (0, ",".join(COLUMNS) + "\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("row,p1,p2\nA,1,2\n", "column p2"),
        ("row,p1,p2\nA,1,\n", "row 2"),
        ("row,p1,p2\nA,1\n", "2 cells"),
        ("row,p1\nA,1\nA,0\n", "twice"),
        ("", "no columns"),
        ("row\n", "no columns"),
        ("row,p1\nA,nan\n", "'nan'"),
    ],
)
def test_an_incidence_with_a_fault_is_named_with_its_place_and_remedy(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text(text)
    result = run("--incidence", file)
    assert result.exit_code == 1
    assert says in result.output
    assert "Remedy" in result.output
    assert "matrix.csv" in result.output


def test_a_missing_file_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(EcographError, match="no such file"):
        read_incidence(tmp_path / "none.csv")


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text("\ufeff" + MATRIX.replace(",", ";"), encoding="utf-8")
    labels, cells = read_incidence(file)
    assert labels == ["A", "B", "C"]
    assert cells.sum(axis=1).tolist() == [3, 3, 3]


def test_fixed_margins_refuse_more_than_fifty_rows(tmp_path: Path) -> None:
    file = tmp_path / "matrix.csv"
    file.write_text("row,p1\n" + "".join(f"r{number},1\n" for number in range(51)))
    result = run("--incidence", file, "--null", "fixed")
    assert result.exit_code == 1
    assert "bicm" in result.output


@pytest.mark.parametrize(
    ("one", "other"),
    [((8, 68), (1, 620)), ((0, 17), (1, 620)), ((3, 3), (0, 3)), ((0, 5), (0, 9)), ((12, 40), (7, 30))],
)
def test_the_exact_test_of_two_shares_is_scipy_s(one: tuple[int, int], other: tuple[int, int]) -> None:
    table = [[hits, number - hits] for hits, number in (one, other)]
    assert fisher_exact(one, other) == pytest.approx(scipy.stats.fisher_exact(table)[1])
    assert fisher_exact((0, 0), other) is None
