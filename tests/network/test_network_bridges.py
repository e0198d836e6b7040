"""Who bridges which areas in the small county, and what is said when nobody can."""

from __future__ import annotations

import polars as pl
import pytest

from ecograph.config import RegionConfig
from ecograph.insight.bridges import find_bridges
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.crossfertilisation import enacted
from ecograph.model.iris import Base
from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.store.graph import MemoryGraph

FOREST, DIGITAL, ENERGY = "area/forest", "area/digital", "area/energy"


def _pair(network: TwoMode, first: str, second: str) -> dict[str, dict[str, object]]:
    rows = find_bridges(network).pairs.filter(pl.col("area_a") == first, pl.col("area_b") == second)
    return {row["actor"].removeprefix("actor/"): row for row in rows.iter_rows(named=True)}


def test_an_actor_on_the_paths_between_two_areas_is_found_though_it_works_in_one(county: TwoMode) -> None:
    # Forest without energy: alfa, delta, epsilon; energy without forest: zeta, eta (nobody reaches eta).
    pair = _pair(county, FOREST, ENERGY)
    assert pair["beta"]["bridging"] == 3
    assert pair["beta"]["bridging_normalised"] == pytest.approx(3 / 6)
    assert pair["beta"]["in_both"]
    assert pair["alfa"]["bridging"] == 2
    assert pair["alfa"]["bridging_normalised"] == pytest.approx(2 / 4)
    assert not pair["alfa"]["in_both"]
    assert (pair["beta"]["bridging_rank"], pair["alfa"]["bridging_rank"]) == (1, 2)


def test_projects_in_both_areas_are_counted_per_actor(county: TwoMode) -> None:
    pair = _pair(county, FOREST, DIGITAL)
    assert {name: row["projects_in_both"] for name, row in pair.items()} == {
        "alfa": 1,
        "delta": 1,
        "epsilon": 1,
    }
    assert pair["alfa"]["projects_in_both_rank"] == 1


def test_a_foreign_actor_is_measured_but_never_ranked(county: TwoMode) -> None:
    assert _pair(county, FOREST, DIGITAL)["delta"]["projects_in_both_rank"] is None
    actors = find_bridges(county).actors
    foreign = actors.filter(pl.col("actor") == "actor/delta").row(0, named=True)
    assert foreign["degree"] == 2
    assert [foreign[f"{name}_rank"] for name in ("degree", "constraint")] == [None, None]


def test_the_least_constrained_comes_first_and_an_isolate_has_no_constraint(county: TwoMode) -> None:
    actors = {row["actor"]: row for row in find_bridges(county).actors.iter_rows(named=True)}
    assert actors["actor/alfa"]["constraint_rank"] == 1
    assert actors["actor/eta"]["constraint"] is None
    assert actors["actor/eta"]["degree"] == 0
    assert actors["actor/eta"]["degree_rank"] is None
    # Equal values share a place.
    assert actors["actor/gamma"]["constraint_rank"] == actors["actor/zeta"]["constraint_rank"] == 4


def test_areas_of_an_actor_are_those_of_its_projects(county: TwoMode) -> None:
    activity = find_bridges(county).activity
    mine = activity.filter(pl.col("actor") == "actor/alfa").select("area", "projects").rows()
    assert dict(mine) == {FOREST: 2, DIGITAL: 2}


def test_an_empty_network_gets_a_stated_answer(
    county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    nothing = Selection(window=(1990, 1991))
    network = read_two_mode(county_graph, base=base, region=region, selection=nothing).county()
    bridges = find_bridges(network)
    assert "inget att överbrygga" in bridges.answer_sv
    assert "nothing to bridge" in bridges.answer_en
    assert bridges.pairs.is_empty()
    assert bridges.actors.is_empty()
    coverage = measure_coverage(network)
    assert coverage.share is None
    assert coverage.sentence("sv") == "Täckningsgrad: inga räknade projekt i urvalet."
    assert enacted(network)["joint_projects"].to_list() == [0, 0, 0]


def test_a_single_area_gets_a_stated_answer(
    county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    network = read_two_mode(
        county_graph, base=base, region=region, selection=Selection(window=(2016, 2016))
    ).county()
    assert "räknas till 1 område" in find_bridges(network).answer_sv


def test_an_actor_without_partners_is_no_bridge(
    county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    network = read_two_mode(
        county_graph, base=base, region=region, selection=Selection(window=(2022, 2022))
    ).county()
    lonely = find_bridges(network).actors.filter(pl.col("actor") == "actor/eta").row(0, named=True)
    assert lonely["betweenness"] == 0
    assert lonely["constraint"] is None


def test_enacted_pairs_show_their_projects_and_zero_where_areas_never_meet(county: TwoMode) -> None:
    pairs = {(row["area_a"], row["area_b"]): row for row in enacted(county).iter_rows(named=True)}
    assert list(pairs) == [(FOREST, DIGITAL), (FOREST, ENERGY), (DIGITAL, ENERGY)]
    assert pairs[FOREST, DIGITAL]["evidence"] == ["project/p3"]
    assert pairs[FOREST, DIGITAL]["actors_in_both"] == 3
    assert pairs[FOREST, DIGITAL]["bridging_actors"] == 2
    assert pairs[FOREST, ENERGY]["joint_projects"] == 0
    assert pairs[FOREST, ENERGY]["bridging_actors"] == 1


def test_coverage_counts_projects_with_known_partners_by_source(county: TwoMode) -> None:
    coverage = measure_coverage(county)
    assert (coverage.projects, coverage.with_partners, coverage.with_area, coverage.undated) == (6, 5, 5, 1)
    assert coverage.by_source.rows() == [("cordis", 2, 2, 1.0), ("tables", 4, 3, 0.75)]
    assert "5 of 6 counted projects" in coverage.sentence("en")
