"""Quarantine: what is at fault leaves with all that hangs on it, and each row is told why."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from gate_support import shapes, stored, turtle

from ecograph.errors import Place
from ecograph.store.graph import MemoryGraph
from ecograph.validation.findings import counts, findings_of
from ecograph.validation.gate import validate
from ecograph.validation.masking import masked
from ecograph.validation.quarantine import leaving, quarantine, write_quarantine_csv

BASE = "https://w3id.org/ecograph/id/"
SOURCE = "https://w3id.org/ecograph/graph/source/tables/2026-11-24"
SHAPES = shapes(
    """
    ex:project a sh:NodeShape ; sh:targetClass eco:Project ;
        sh:property [ sh:path eco:startYear ; sh:minInclusive 1900 ;
            sh:message "Året är för tidigt."@sv, "The year is too early."@en ;
            eco:remedy "Rätta start_year."@sv, "Correct start_year."@en ] ;
        sh:property [ sh:path eco:status ; sh:minCount 1 ; sh:severity sh:Warning ;
            sh:message "Status saknas."@sv, "There is no status."@en ] .
    """
)
DATA = f"""
    <{BASE}project/old> a eco:Project ; eco:startYear 1016 ; eco:status ex:finished ; eco:geometry [ ex:wkt "POINT" ] .
    <{BASE}project/good> a eco:Project ; eco:startYear 2016 ; eco:follows <{BASE}project/old> .
    <{BASE}actor/a> a eco:Company . eco:Company rdfs:subClassOf eco:Actor .
    <{BASE}participation/1> a eco:Participation ; eco:inProject <{BASE}project/old> ; eco:byActor <{BASE}actor/a> .
    <{BASE}participation/2> a eco:Participation ; eco:inProject <{BASE}project/good> ; eco:byActor <{BASE}actor/a> .
    <{BASE}funding/1> a eco:Funding ; eco:fundsProject <{BASE}project/old> ; eco:recipient <{BASE}actor/a> .
    <{BASE}assignment/1> a eco:AreaAssignment ; eco:assignmentOf <{BASE}project/old> ; eco:toArea <{BASE}area/x> .
"""
ORIGINS = pl.DataFrame(
    {
        "subject": [f"{BASE}project/old", f"{BASE}project/good", f"{BASE}participation/1"],
        "file": ["projects.csv", "projects.csv", "participations.csv"],
        "sheet": [None, None, None],
        "row": [17, 18, 5],
        "source": ["tables", "tables", "tables"],
    },
    schema_overrides={"sheet": pl.String},
)


@pytest.fixture
def graph() -> MemoryGraph:
    return stored(turtle(DATA), SOURCE)


def subjects(graph: MemoryGraph) -> set[str]:
    return {quad.subject.value.removeprefix(BASE) for quad in graph.quads()}


def test_what_requires_a_quarantined_node_leaves_with_it(graph: MemoryGraph) -> None:
    out = leaving(graph, validate(graph, SHAPES))
    assert {node.removeprefix(BASE) for node in out} == {
        "project/old", "participation/1", "funding/1", "assignment/1",
    }  # fmt: skip
    assert out[f"{BASE}project/old"] is None
    assert out[f"{BASE}funding/1"] == f"{BASE}project/old"


def test_the_rest_goes_on_and_no_link_leads_to_what_left(graph: MemoryGraph) -> None:
    quarantine(graph, validate(graph, SHAPES), ORIGINS)
    assert {"project/good", "participation/2", "actor/a"} <= subjects(graph)
    left = [str(term) for quad in graph.quads() for term in (quad.subject, quad.object)]
    assert not [term for term in left if "project/old" in term or "POINT" in term]
    assert validate(graph, SHAPES).of("violation") == []


def test_each_finding_names_file_row_and_column_with_reason_and_remedy(graph: MemoryGraph) -> None:
    findings = quarantine(graph, validate(graph, SHAPES), ORIGINS)
    first = next(one for one in findings if one.code == "MinInclusive eco:startYear")
    assert first.place == Place("projects.csv", None, 17, "start_year")
    assert first.source == "tables"
    assert first.severity == "violation"
    assert (first.message_sv, first.remedy_sv) == ("Året är för tidigt.", "Rätta start_year.")
    assert first.record == {"node": f"{BASE}project/old", "value": "1016"}


def test_a_row_that_left_with_another_says_with_which(graph: MemoryGraph) -> None:
    findings = quarantine(graph, validate(graph, SHAPES), ORIGINS)
    lost = [one for one in findings if one.code == "hangs-on-quarantined"]
    assert len(lost) == 3
    assert Place("participations.csv", None, 5, "project") in [one.place for one in lost]
    assert all(one.record["belongs_to"] == f"{BASE}project/old" for one in lost)


def test_a_warning_lets_the_record_in_and_is_told(graph: MemoryGraph) -> None:
    findings = quarantine(graph, validate(graph, SHAPES), ORIGINS)
    (warning,) = [one for one in findings if one.severity == "warning"]
    assert warning.place.row == 18
    assert "project/good" in subjects(graph)


def test_origins_may_be_a_function_and_a_node_without_one_has_its_source(graph: MemoryGraph) -> None:
    findings = quarantine(
        graph, validate(graph, SHAPES), lambda node: [Place("p.xlsx", "Projekt", 4)] if "old" in node else []
    )
    places = {one.record["node"].removeprefix(BASE): one.place for one in findings}
    assert places["project/old"] == Place("p.xlsx", "Projekt", 4, "start_year")
    assert places["funding/1"] == Place("tables", column="project")


def test_a_dry_run_takes_nothing_out(graph: MemoryGraph) -> None:
    before = len(graph)
    report = validate(graph, SHAPES)
    assert findings_of(graph, report, ORIGINS, leaving(graph, report))
    assert len(graph) == before


def test_rows_in_quarantine_are_counted_once_by_source(graph: MemoryGraph) -> None:
    findings = quarantine(graph, validate(graph, SHAPES), ORIGINS)
    assert counts([*findings, *findings])["tables"] == {"violation": 8, "warning": 2, "rows": 4}


def test_the_quarantine_file_opens_in_a_spreadsheet_with_all_it_needs(
    graph: MemoryGraph, tmp_path: Path
) -> None:
    path = tmp_path / "quarantine.csv"
    write_quarantine_csv(path, quarantine(graph, validate(graph, SHAPES), ORIGINS))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["row"] == "17")
    assert row["message_sv"] == "Året är för tidigt."
    assert json.loads(row["record"])["value"] == "1016"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("550101-1234", "******-****"),
        ("19550101-1234", "******-****"),
        ("se-5501011234", "se-******-****"),
        ("202100-4524", "202100-4524"),
        ("556677-8899", "556677-8899"),
    ],
)
def test_personal_identity_numbers_are_masked_and_those_of_organisations_are_not(
    text: str, expected: str
) -> None:
    assert masked(text) == expected
