"""What is missing is said to be missing: the questions about gaps in the material, counted by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecograph.config import resource
from ecograph.model.iris import Base
from ecograph.query.catalogue import load_catalogue
from ecograph.query.run import run
from ecograph.reasoning.rules import apply_rules
from ecograph.store.graph import MemoryGraph

CATALOGUE = load_catalogue()

ADDED = """
    PREFIX id: <https://w3id.org/ecograph/id/>
    PREFIX status: <https://w3id.org/ecograph/vocabulary/project-status/>
    PREFIX place: <https://w3id.org/ecograph/id/place/>
    PREFIX project: <https://w3id.org/ecograph/id/project/>
    INSERT { ?project skos:prefLabel ?name , ?english } WHERE {
      GRAPH ?graph { ?project a eco:Project }
      BIND(STRLANG(STRAFTER(STR(?project), "/project/"), "sv") AS ?name)
      BIND(STRLANG(STRAFTER(STR(?project), "/project/"), "en") AS ?english)
    } ;
    INSERT { ?funding eco:currency "EUR" } WHERE { GRAPH ?graph { ?funding eco:fundsProject ?project } } ;
    INSERT DATA {
      status:finished eco:displayOrder 1 .
      status:planned eco:displayOrder 2 ; skos:inScheme <https://w3id.org/ecograph/vocabulary/project-status> .
      place:HOME eco:contains place:m1 , place:m2 .
      project:joint eco:takesPlaceIn place:m1 ; eco:statusDate "2019" .
      project:planned eco:takesPlaceIn place:m1 .
      project:plain eco:contributesToSdg <https://w3id.org/ecograph/vocabulary/sdg/7> ; eco:nationwide true .
    }
"""


@pytest.fixture(scope="module")
def graph() -> MemoryGraph:
    """The statements of counted.trig and a few more; the region's five projects that count are joint, late,
    undated, plain and own."""
    made = MemoryGraph()
    made.load(Path(__file__).with_name("counted.trig"), format="trig")
    for scheme in ("money-kind", "sdg", "innovation-kind"):
        made.load(resource("ontology") / "vocabulary" / f"{scheme}.ttl", format="ttl")
    made.update(ADDED)
    apply_rules(made, "https://w3id.org/ecograph/graph/inferred")
    return made


def ask(graph: MemoryGraph, slug: str, **values: str) -> list[dict[str, Any]]:
    return run(CATALOGUE[slug], graph, {"lang": "en", **values}, base=Base()).rows.values()


def test_kinds_of_money_stand_apart_and_say_how_many_projects_lack_an_amount(graph: MemoryGraph) -> None:
    rows = {
        row["kind"].rsplit("/")[-1]: (row["amounts"], row["projects"], row["projectsWithout"])
        for row in ask(graph, "kinds-of-money")
    }
    assert rows == {
        "granted-support": (4, 2, 3),
        "total-budget": (1, 1, 4),
        "own-funding": (1, 1, 4),
        "private-co-funding": (0, 0, 5),
        "announced-investment": (0, 0, 5),
        "co-financing": (0, 0, 5),
    }


def test_a_project_without_a_stated_global_goal_is_not_assessed(graph: MemoryGraph) -> None:
    rows = {row["number"]: row for row in ask(graph, "global-goals")}
    assert rows[None]["goalLabel"] == "Not assessed"
    assert rows[None]["projects"] == 4
    assert rows[7]["projects"] == 1
    assert sum(row["projects"] for row in rows.values()) == 5
    assert len(rows) == 18


def test_a_project_whose_kind_of_innovation_is_not_stated_is_not_assessed(graph: MemoryGraph) -> None:
    rows = {row["kind"].rsplit("/")[-1]: row["projects"] for row in ask(graph, "innovation-kinds")}
    assert rows == {"technological": 0, "practice-based": 0, "not-assessed": 5}


def test_an_undated_project_is_on_the_stewards_list_and_others_are_not(graph: MemoryGraph) -> None:
    assert [row["projectLabel"] for row in ask(graph, "undated-projects")] == ["undated"]
    assert [row["projectLabel"] for row in ask(graph, "undated-projects", region="AWAY")] == ["away"]


def test_a_planned_project_in_a_place_is_shown_on_request_only(graph: MemoryGraph) -> None:
    def found(**values: str) -> list[tuple[str, bool, str | None]]:
        return [
            (row["projectLabel"], row["nationwide"], row["places"])
            for row in ask(graph, "projects-in-a-place", **values)
        ]

    assert found(place="m1") == [("joint", False, "One"), ("plain", True, None)]
    assert found(place="HOME") == found(place="m1"), "what is done in a part is done in the whole"
    assert found(place="m2") == [("plain", True, None)]
    assert found(place="m1", status="planned") == [("planned", False, "One")]
