"""The guards against misreading, on a graph small enough to count by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecograph.model.iris import Base
from ecograph.query.catalogue import load_catalogue
from ecograph.query.run import run
from ecograph.reasoning.rules import apply_rules
from ecograph.store.graph import MemoryGraph

CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def graph() -> MemoryGraph:
    """Two areas, three actors of the region and one outside, seven projects; see counted.trig."""
    made = MemoryGraph()
    made.load(Path(__file__).with_name("counted.trig"), format="trig")
    apply_rules(made, "https://w3id.org/ecograph/graph/inferred")
    return made


def ask(graph: MemoryGraph, slug: str, **values: str) -> list[dict[str, Any]]:
    return run(CATALOGUE[slug], graph, {"lang": "en", **values}, base=Base()).rows.values()


def test_a_planned_project_does_not_count(graph: MemoryGraph) -> None:
    (pair,) = ask(graph, "area-pairs-by-joint-projects")
    # The planned project also joins both areas, as does one in which only an outsider collaborates.
    assert (pair["areaALabel"], pair["areaBLabel"], pair["jointProjects"]) == ("Energy", "Forest", 1)
    assert (pair["projectsA"], pair["projectsB"], pair["declared"]) == (1, 3, True)


def test_statuses_are_shown_with_whether_they_count(graph: MemoryGraph) -> None:
    rows = {row["statusLabel"]: row for row in ask(graph, "projects-by-status")}
    finished = rows["finished"]
    assert (finished["projects"], finished["counts"], finished["undated"]) == (5, True, 1)
    assert (rows["planned"]["projects"], rows["planned"]["counts"]) == (1, False)


def test_only_granted_support_is_summed_and_split_between_areas(graph: MemoryGraph) -> None:
    rows = {(row["areaLabel"], row["year"]): row for row in ask(graph, "money-by-area-and-year")}
    forest = rows["Forest", 2018]
    # Project joint: 1,000 to the region's actor, half of it forest; not its budget, not the outsider's 500.
    assert (forest["projects"], forest["projectsWithAmount"], forest["grantedEUR"]) == (1, 1, 500)
    assert rows["Energy", 2018]["grantedEUR"] == 500
    # Project late: 300 without a stated recipient counts whole.
    assert rows["Forest", 2021]["grantedEUR"] == 300


def test_a_missing_amount_is_not_zero_and_undated_projects_stand_apart(graph: MemoryGraph) -> None:
    rows = {(row["areaLabel"], row["year"]): row for row in ask(graph, "money-by-area-and-year")}
    undated = rows["Forest", None]
    assert (undated["projects"], undated["projectsWithAmount"], undated["grantedEUR"]) == (1, 0, None)


def test_a_project_before_the_adoption_is_never_counted_after_it(graph: MemoryGraph) -> None:
    rows = {row["areaLabel"]: row for row in ask(graph, "before-and-after-the-strategy")}
    forest = rows["Forest"]
    assert (forest["before"], forest["after"], forest["sameYear"], forest["undated"]) == (1, 1, 0, 1)
    assert (rows["Energy"]["before"], rows["Energy"]["after"]) == (1, 0)


def test_a_newcomer_is_new_in_the_year_of_its_first_dated_project(graph: MemoryGraph) -> None:
    rows = {row["year"]: row["actors"] for row in ask(graph, "newcomers-by-year")}
    assert rows == {2018: "Alpha", 2019: "Beta"}
    forest = {row["year"]: row["actors"] for row in ask(graph, "newcomers-by-year", area="forest")}
    assert forest == {2018: "Alpha", None: "Beta"}


def test_an_actor_without_projects_is_listed_and_a_funder_is_not(graph: MemoryGraph) -> None:
    assert [row["actorLabel"] for row in ask(graph, "actors-without-projects")] == ["Gamma"]


def test_a_funder_is_no_collaborator(graph: MemoryGraph) -> None:
    (row,) = ask(graph, "funders")
    assert (row["funderLabel"], row["projects"], row["projectsWithAmount"], row["grantedEUR"]) == (
        "Fund",
        1,
        0,
        None,
    )


def test_a_county_without_participations_is_shown_with_zero(graph: MemoryGraph) -> None:
    rows = {row["countyLabel"]: row for row in ask(graph, "county-compared-with-sweden")}
    # Alpha in joint, late and plain; Beta in plain and undated; the outsider in joint and away. What only the
    # region's own source says (project own) is no part of the comparison.
    assert (rows["Home"]["participations"], rows["Home"]["projects"], rows["Home"]["actors"]) == (5, 4, 2)
    assert (rows["Away"]["participations"], rows["Away"]["grantedEUR"]) == (2, 600)
    assert (rows["Empty"]["participations"], rows["Empty"]["grantedEUR"]) == (0, None)
    assert sum(row["shareOfParticipations"] for row in rows.values()) == pytest.approx(100, abs=0.2)


def test_money_in_one_area_counts_by_its_share(graph: MemoryGraph) -> None:
    rows = {row["countyLabel"]: row for row in ask(graph, "county-compared-with-sweden", area="forest")}
    assert rows["Home"]["grantedEUR"] == 500
    assert rows["Away"]["grantedEUR"] == 250 + 100


def test_the_region_is_the_one_whose_strategy_it_is_unless_another_is_named(graph: MemoryGraph) -> None:
    away = {row["areaLabel"]: row for row in ask(graph, "before-and-after-the-strategy", region="AWAY")}
    assert {label: row["undated"] + row["before"] for label, row in away.items()} == {
        "Forest": 2,
        "Energy": 1,
    }


def test_municipalities_tie_where_actors_of_both_collaborate(graph: MemoryGraph) -> None:
    (pair,) = ask(graph, "municipality-ties")
    assert (pair["municipalityALabel"], pair["municipalityBLabel"], pair["jointProjects"]) == (
        "One",
        "Two",
        1,
    )
