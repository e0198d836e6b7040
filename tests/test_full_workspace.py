"""What the whole workspace's build must say of Västernorrland, and must not."""

from __future__ import annotations

import csv
import io
import re

import pytest
from click.testing import CliRunner

from ecograph.cli import main
from ecograph.config import Workspace
from ecograph.model.namespaces import VOCABULARY
from ecograph.store.builds import Build
from ecograph.store.graph import Graph, Literal

pytestmark = pytest.mark.full
H2020 = "https://w3id.org/ecograph/graph/source/h2020/2021-10"


@pytest.fixture(scope="module")
def graph(full_build: Build) -> Graph:
    return full_build.graph()


def number(graph: Graph, pattern: str) -> int:
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").values()
    return int(row["n"])


def test_no_row_of_the_curated_data_is_rejected(full_build: Build) -> None:
    assert full_build.manifest["findings"]["violation"] == 0
    assert {
        source["id"]: source["quarantined"] for source in full_build.manifest["sources"]
    } == dict.fromkeys(("vasternorrland", "h2020", "fp7", "projektbanken", "swecris"), 0)


def test_all_horizon_2020_projects_with_a_swede_stand_with_all_their_participants(graph: Graph) -> None:
    assert number(graph, f"GRAPH <{H2020}> {{ ?p a eco:Project }}") == 2_950
    assert number(graph, f"GRAPH <{H2020}> {{ ?p a eco:Participation }}") > 38_000


def test_the_command_names_mittuniversitetet_with_the_areas_it_joins(
    full_workspace: Workspace, full_build: Build
) -> None:
    answer = CliRunner().invoke(
        main, ["query", "bridging-actors", "-C", str(full_workspace.root), "-o", "csv"]
    )
    assert answer.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    (row,) = [each for each in rows if each["actorLabel"] == "Mittuniversitetet"]
    assert {"Digitalisering", "Skoglig bioekonomi"} <= set(row["areas"].split("; "))


def test_candidate_areas_and_other_are_no_areas(graph: Graph) -> None:
    areas = graph.select(
        "SELECT ?l { ?a a eco:PriorityArea ; skos:prefLabel ?l FILTER(LANG(?l) = 'sv') }"
    ).values()
    assert sorted(row["l"] for row in areas) == [
        "Autonom mobilitet",
        "Avancerad tillverkning",
        "Digitalisering",
        "Förnybar energi",
        "Skoglig bioekonomi",
    ]


def test_what_horizon_2020_cannot_tell_is_not_classifiable_and_not_zero(graph: Graph) -> None:
    assert not graph.ask(f"ASK {{ GRAPH <{H2020}> {{ ?p a eco:Project }} GRAPH ?g {{ ?a eco:assignmentOf ?p ; eco:basis <{VOCABULARY}assignment-basis/rule> ; eco:toArea <https://w3id.org/ecograph/id/area/digitalisation> }} }}")  # fmt: skip
    status = f"<{VOCABULARY}classification-status/not-classifiable>"
    assert (
        number(graph, f"GRAPH <{H2020}> {{ ?p a eco:Project }} ?p eco:classificationStatus {status}") > 1_000
    )


def test_every_project_has_one_classification_status_and_one_status(graph: Graph) -> None:
    for prop in ("eco:classificationStatus", "eco:status"):
        wrong = graph.select(f"SELECT ?p (COUNT(DISTINCT ?s) AS ?n) {{ ?p a eco:Project OPTIONAL {{ ?p {prop} ?s }} }} GROUP BY ?p HAVING (?n != 1)")  # fmt: skip
        assert wrong.values() == []


def test_a_project_of_two_sources_is_one(graph: Graph) -> None:
    rows = graph.select("SELECT DISTINCT ?p { ?p a eco:Project ; dcterms:title ?t FILTER(STRSTARTS(?t, 'SMART - Smarta system')) }").values()  # fmt: skip
    assert [row["p"] for row in rows] == ["https://w3id.org/ecograph/id/project/projektbanken-20201010"]


def test_digitalisation_as_area_and_as_theme_are_two_concepts(graph: Graph) -> None:
    assert graph.ask("ASK { ?area a eco:PriorityArea ; skos:prefLabel 'Digitalisering'@sv }")
    assert graph.ask("ASK { ?theme a eco:CrossCuttingTheme ; skos:prefLabel ?l FILTER(STRSTARTS(?l, 'Digitalisering')) }")  # fmt: skip
    assert not graph.ask("ASK { ?both a eco:PriorityArea, eco:CrossCuttingTheme }")


def test_only_five_principles_and_four_goals_belong_to_the_smart_specialisation_strategy(
    graph: Graph,
) -> None:
    for kind, expected in (("eco:Principle", 5), ("eco:CoordinationGoal", 4)):
        assert (
            number(graph, f"?x a {kind} ; skos:inScheme ?s . ?s eco:isSmartSpecialisation true") == expected
        )


def test_a_declared_link_names_exactly_two_areas(graph: Graph) -> None:
    rows = graph.select(
        "SELECT ?x (COUNT(?a) AS ?n) { ?x eco:modality ?m ; eco:joinsArea ?a } GROUP BY ?x"
    ).values()
    assert [row["n"] for row in rows] == [2] * 5


def test_no_address_of_a_person_is_in_the_graph(graph: Graph) -> None:
    address = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}|\b(?:19|20)\d{6}-\d{4}\b")
    for quad in graph.quads():
        if isinstance(quad.object, Literal) and address.search(quad.object.value):
            pytest.fail(f"{quad.subject} {quad.predicate} holds what looks like a personal detail")


def test_swedish_counties_can_be_compared(graph: Graph) -> None:
    rows = graph.select(
        f"SELECT ?county (COUNT(DISTINCT ?actor) AS ?n) {{ GRAPH <{H2020}> {{ ?part eco:byActor ?actor }} "
        f"?actor eco:locatedIn ?county . ?county eco:placeLevel <{VOCABULARY}place-level/nuts3> }} GROUP BY ?county"
    ).values()
    assert len(rows) >= 15


def test_the_county_is_small_and_the_page_can_say_what_is_not_placed(full_build: Build) -> None:
    text = (full_build.path / "quarantine.csv").read_text(encoding="utf-8-sig")
    (note,) = [
        row
        for row in csv.DictReader(io.StringIO(text))
        if row["code"] == "not-placed" and row["source"] == "h2020"
    ]
    assert re.search(r"\d+ of [\d,]+", note["message_en"])
