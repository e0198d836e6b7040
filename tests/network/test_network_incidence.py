"""What makes the network: collaborating roles, counted projects, a window, sources, the region."""

from __future__ import annotations

import polars as pl
import pytest

from ecograph.config import RegionConfig
from ecograph.errors import EcographError
from ecograph.model.iris import Base
from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.store.graph import MemoryGraph


def _projects(network: TwoMode) -> set[str]:
    return {project.removeprefix("project/") for project in network.project_ids}


def _select(graph: MemoryGraph, base: Base, region: RegionConfig, selection: Selection) -> TwoMode:
    return read_two_mode(graph, base=base, region=region, selection=selection)


def test_a_funder_is_no_collaborator(everything: TwoMode) -> None:
    pairs = set(everything.participations.iter_rows())
    assert ("actor/epsilon", "project/p1") not in pairs
    assert ("actor/epsilon", "project/p3") in pairs


def test_a_planned_project_counts_only_on_request(
    everything: TwoMode, county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    assert _projects(everything) == {"p1", "p2", "p3", "p5", "p6", "p7", "p8"}
    asked = _select(county_graph, base, region, Selection(statuses=frozenset({"planned"})))
    assert _projects(asked) == {"p4"}
    assert asked.actor_ids == ["actor/beta", "actor/theta"]


def test_a_role_counts_on_request(county_graph: MemoryGraph, base: Base, region: RegionConfig) -> None:
    funders = _select(county_graph, base, region, Selection(roles=frozenset({"funder"})))
    assert funders.participations.rows() == [("actor/epsilon", "project/p1")]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ((2016, 2016), {"p1", "p6"}),
        ((2018, 2019), {"p1", "p7", "p8"}),
        ((2021, None), {"p2", "p5"}),
        ((None, 2015), {"p6"}),
        ((None, None), {"p1", "p2", "p5", "p6", "p7", "p8"}),
        ((1990, 1991), set()),
    ],
)
def test_a_window_keeps_projects_that_run_in_it_and_no_undated_one(
    window: tuple[int | None, int | None],
    expected: set[str],
    county_graph: MemoryGraph,
    base: Base,
    region: RegionConfig,
) -> None:
    assert _projects(_select(county_graph, base, region, Selection(window=window))) == expected


def test_a_source_can_be_looked_at_alone(county_graph: MemoryGraph, base: Base, region: RegionConfig) -> None:
    assert _projects(_select(county_graph, base, region, Selection(sources=frozenset({"cordis"})))) == {
        "p6",
        "p7",
        "p8",
    }


def test_the_county_network_is_every_project_with_a_local_actor_and_all_of_its_actors(
    county: TwoMode,
) -> None:
    assert _projects(county) == {"p1", "p2", "p3", "p5", "p7", "p8"}
    assert "actor/delta" in county.actor_ids
    assert "actor/iota" not in county.actor_ids


def test_a_site_in_the_region_makes_an_actor_local_and_a_municipality_tells_its_country(
    county: TwoMode,
) -> None:
    known = {row["actor"]: row for row in county.actors.iter_rows(named=True)}
    assert known["actor/zeta"]["in_region"]
    assert known["actor/zeta"]["municipality"] == "place/0180"
    assert known["actor/beta"]["country"] == "place/SE"
    assert known["actor/gamma"]["domestic"]
    assert not known["actor/gamma"]["in_region"]
    assert not known["actor/delta"]["domestic"]


def test_labels_are_never_missing(everything: TwoMode) -> None:
    labels = dict(everything.actors.select("actor", "label_en").iter_rows())
    assert labels["actor/alfa"] == "Alfa College"
    assert labels["actor/iota"] == "actor/iota"


def test_shares_of_areas_are_stated_or_equal_and_sum_to_one(everything: TwoMode) -> None:
    shares = {(project, area): share for project, area, share in everything.shares.iter_rows()}
    assert shares["project/p3", "area/forest"] == pytest.approx(0.75)
    assert shares["project/p1", "area/forest"] == 1
    totals = everything.shares.group_by("project").agg(pl.col("share").sum())
    assert totals["share"].to_list() == pytest.approx([1.0] * totals.height)


def test_the_matrix_is_binary_though_a_part_is_stated_twice(
    county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    graph = MemoryGraph(county_graph.quads())
    graph.load(
        b"""<https://w3id.org/ecograph/id/participation/again> <https://w3id.org/ecograph/ns#byActor>
        <https://w3id.org/ecograph/id/actor/alfa> ; <https://w3id.org/ecograph/ns#inProject>
        <https://w3id.org/ecograph/id/project/p1> ; <https://w3id.org/ecograph/ns#role>
        <https://w3id.org/ecograph/vocabulary/role/partner> .""",
        format="ttl",
        graph="https://w3id.org/ecograph/graph/source/projektbanken/2021",
    )
    network = read_two_mode(graph, base=base, region=region)
    assert set(network.matrix.data.tolist()) == {1}
    assert network.matrix.shape == (8, 7)


def test_another_base_changes_nothing_but_the_addresses(
    county_graph: MemoryGraph, everything: TwoMode, region: RegionConfig
) -> None:
    text = b"".join(f"{quad} .\n".encode() for quad in county_graph.quads())
    moved = MemoryGraph()
    moved.load(
        text.replace(b"https://w3id.org/ecograph/id/", b"https://example.org/x/id/").replace(
            b"https://w3id.org/ecograph/graph/", b"https://example.org/x/graph/"
        )
    )
    network = read_two_mode(moved, base=Base("https://example.org/x/"), region=region)
    assert network.actors.equals(everything.actors)
    assert network.participations.equals(everything.participations)


def test_a_graph_without_vocabularies_is_refused_with_a_remedy(base: Base, region: RegionConfig) -> None:
    with pytest.raises(EcographError, match=r"vocabulary of project-status[\s\S]*Build again"):
        read_two_mode(MemoryGraph(), base=base, region=region)
