"""Profiles of bridging actors: fast paths that are right, what is lost without one, how sure its place is."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from ecograph.config import RegionConfig
from ecograph.errors import QueryError
from ecograph.insight.bridge_answer import BridgeAnswer
from ecograph.insight.groups import Groups, groups_of, resolve_group
from ecograph.insight.loss import lost_without
from ecograph.insight.profile import profile_pair, profile_pairs
from ecograph.insight.resampling import affordable, ranks
from ecograph.model.iris import Base
from ecograph.network import measures
from ecograph.network.condensed import FAR, condense
from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.network.projection import shared_projects
from ecograph.store.graph import MemoryGraph

FOREST, DIGITAL, ENERGY = "area/forest", "area/digital", "area/energy"


@st.composite
def worlds(draw: st.DrawFn) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """An incidence of up to 12 actors and 8 projects, and two disjoint sets of actors."""
    actors, projects = draw(st.integers(1, 12)), draw(st.integers(0, 8))
    cells = draw(st.lists(st.booleans(), min_size=actors * projects, max_size=actors * projects))
    side = draw(st.lists(st.sampled_from([0, 1, 2]), min_size=actors, max_size=actors))
    matrix = np.array(cells, dtype=np.int64).reshape(actors, projects)
    return csr_array(matrix), np.array(side) == 1, np.array(side) == 2


@given(worlds())
def test_condensed_paths_give_the_same_bridging_as_the_whole_network(
    world: tuple[csr_array, np.ndarray, np.ndarray],
) -> None:
    incidence, sources, targets = world
    expected = measures.between_groups(
        shared_projects(incidence), np.flatnonzero(sources).tolist(), np.flatnonzero(targets).tolist()
    )
    np.testing.assert_allclose(condense(incidence).between(sources, targets), expected, atol=1e-9)


@given(worlds())
def test_what_is_lost_without_an_actor_is_what_networkx_finds_when_it_is_taken_out(
    world: tuple[csr_array, np.ndarray, np.ndarray],
) -> None:
    incidence, sources, targets = world
    condensed = condense(incidence)
    whole = networkx.from_scipy_sparse_array(shared_projects(incidence))
    before = dict(networkx.all_pairs_shortest_path_length(whole))
    for actor in range(incidence.shape[0]):
        rest = whole.copy()
        rest.remove_node(actor)
        after = dict(networkx.all_pairs_shortest_path_length(rest))
        pairs = [
            (one, other)
            for one in np.flatnonzero(sources).tolist()
            for other in np.flatnonzero(targets).tolist()
            if actor not in (one, other)
        ]
        was = [before[one].get(other, FAR) for one, other in pairs]
        now = [after[one].get(other, FAR) for one, other in pairs]
        loss = lost_without(condensed, (sources, targets), actor)
        assert loss.pairs == len(pairs)
        assert loss.reached_before == sum(steps < FAR for steps in was)
        assert loss.reached_after == sum(steps < FAR for steps in now)
        both = list(zip(was, now, strict=True))
        assert loss.cut_off == sum(one < FAR and other == FAR for one, other in both)
        assert loss.further == sum(one < other < FAR for one, other in both)


def test_equal_values_share_a_place_and_a_foreign_actor_has_none() -> None:
    values = np.array([[3.0, 3.0 + 1e-13, 1.0, 0.0, 9.0]])
    found = ranks(values, np.array([True, True, True, True, False]))
    assert found.tolist() == [[1.0, 1.0, 3.0, np.inf, np.inf]]


def test_fewer_resamples_are_made_for_a_network_that_is_too_big_for_them() -> None:
    assert affordable(500, 180) == 500
    assert 20 <= affordable(500, 2_000) < 500


def answer(network: TwoMode, first: str, second: str, *, draws: int = 40) -> BridgeAnswer:
    return profile_pair(network, groups_of(network, "area"), (first, second), draws=draws)


def test_a_profile_says_through_which_projects_and_partners_an_actor_joins_two_areas(county: TwoMode) -> None:
    found = answer(county, FOREST, ENERGY)
    beta, alfa = found.profiles[:2]
    assert (beta.actor, beta.rank, beta.bridging) == ("actor/beta", 1, 3.0)
    assert beta.share == pytest.approx(3 / 6)
    assert (beta.in_first, beta.in_second) == (True, True)
    assert beta.partners_first == ("actor/alfa",)
    assert beta.partners_second == ("actor/zeta",)
    assert alfa.actor == "actor/alfa"
    assert set(alfa.projects_first) >= {"project/p3"}


def test_what_is_lost_without_a_bridge_is_counted_in_pairs(county: TwoMode) -> None:
    beta = answer(county, FOREST, ENERGY).profiles[0]
    # Forest only: alfa, delta, epsilon; energy only: zeta behind beta, eta out of reach anyhow.
    assert beta.loss.pairs == 6
    assert (beta.loss.reached_before, beta.loss.reached_after, beta.loss.cut_off) == (3, 0, 3)


def test_every_rank_carries_its_uncertainty(county: TwoMode) -> None:
    found = answer(county, FOREST, ENERGY)
    assert found.draws == 40
    for profile in found.profiles:
        assert profile.rank is not None
        assert profile.rank_low is not None and profile.rank_high is not None
        assert 1 <= profile.rank_low <= profile.rank_high
        assert profile.top is not None and 0 <= profile.top <= 1
        assert len(profile.top_missing) == 4
    assert [one.share for one in found.stability] == [0.05, 0.1, 0.2, 0.3]


def test_the_same_seed_gives_the_same_answer_and_another_seed_the_same_ranking(county: TwoMode) -> None:
    groups = groups_of(county, "area")
    pairs = [(FOREST, ENERGY), (FOREST, DIGITAL)]
    one = profile_pairs(county, groups, pairs, draws=30, seed=7)
    assert one == profile_pairs(county, groups, pairs, draws=30, seed=7)
    other = profile_pairs(county, groups, pairs, draws=30, seed=8)
    assert [[p.rank for p in a.profiles] for a in one] == [[p.rank for p in a.profiles] for a in other]


def test_no_foreign_actor_is_ranked(county: TwoMode) -> None:
    foreign = set(county.actors.filter(~county.actors["domestic"])["actor"].to_list())
    for by in ("area", "helix", "municipality"):
        groups = groups_of(county, by)
        names = groups.names
        for found in profile_pairs(county, groups, [(names[0], names[1])], draws=0):
            assert not foreign & {profile.actor for profile in found.profiles}


def test_an_actor_in_both_groups_that_bridges_nobody_stands_there_without_a_rank(county: TwoMode) -> None:
    found = answer(county, FOREST, DIGITAL)
    assert found.in_both == 3
    unranked = [profile for profile in found.profiles if profile.rank is None]
    assert "actor/epsilon" in {profile.actor for profile in unranked}
    assert all(profile.in_first and profile.in_second for profile in unranked)


def test_helices_and_municipalities_are_bridged_too(county: TwoMode) -> None:
    groups = groups_of(county, "helix")
    found = profile_pair(county, groups, ("academia", "industry"), draws=0)
    assert found.draws == 0
    assert all(profile.rank_low is None for profile in found.profiles)
    places = groups_of(county, "municipality")
    assert profile_pair(county, places, ("place/2281", "place/2284"), draws=0).by == "municipality"


@pytest.mark.parametrize("text", ["area/forest", "forest", "Skog", "skog", "for"])
def test_a_group_is_found_by_id_label_or_beginning(county: TwoMode, text: str) -> None:
    labels = {
        FOREST: ("Skog", "Forest"),
        DIGITAL: ("Digitalisering", "Digitalisation"),
        ENERGY: ("Energi", "Energy"),
    }
    assert resolve_group(groups_of(county, "area"), labels, text) == FOREST


def test_an_unknown_group_is_refused_with_those_that_there_are(county: TwoMode) -> None:
    with pytest.raises(QueryError, match="forest, digital, energy"):
        resolve_group(groups_of(county, "area"), {}, "fiske")


# Bad input: a stated answer in every case


def network(cells: list[list[int]], areas: list[list[int]], *, domestic: bool = True) -> TwoMode:
    """A network with the given incidence (actors × projects) and areas of projects (areas × projects)."""
    import polars as pl

    actors = [f"actor/a{row}" for row in range(len(cells))]
    count = len(cells[0]) if cells else 0
    projects = [f"project/p{column}" for column in range(count)]
    names = [f"area/{letter}" for letter in "abc"[: len(areas)]]
    pairs = [(actors[i], projects[j]) for i, row in enumerate(cells) for j, cell in enumerate(row) if cell]
    shares = [(projects[j], names[k], 1.0) for j in range(count) for k in range(len(areas)) if areas[k][j]]
    text = pl.String
    return TwoMode(
        participations=pl.DataFrame(pairs, schema={"actor": text, "project": text}, orient="row"),
        stated=pl.DataFrame(
            [(actor, project, "partner", "made-up") for actor, project in pairs],
            schema={"actor": text, "project": text, "role": text, "source": text}, orient="row",
        ),
        actors=pl.DataFrame(
            [(actor, actor, actor, "academia", "place/1", "place/SE", True, domestic) for actor in actors],
            schema={
                "actor": text, "label_sv": text, "label_en": text, "helix": text, "municipality": text,
                "country": text, "in_region": pl.Boolean, "domestic": pl.Boolean,
            }, orient="row",
        ),
        projects=pl.DataFrame(
            [(project, project, project, 2020, 2020, None) for project in projects],
            schema={
                "project": text, "label_sv": text, "label_en": text, "start_year": pl.Int64,
                "end_year": pl.Int64, "programme": text,
            }, orient="row",
        ),
        shares=pl.DataFrame(shares, schema={"project": text, "area": text, "share": pl.Float64}, orient="row"),
        areas=pl.DataFrame(
            [(name, name, name, "", index) for index, name in enumerate(names)],
            schema={"area": text, "label_sv": text, "label_en": text, "colour": text, "order": pl.Int64},
            orient="row",
        ),
    )  # fmt: skip


CASES = {
    "an area without projects": (network([[1, 0], [1, 0], [0, 1]], [[1, 1], [0, 0]]), "inget att överbrygga"),
    "a single actor": (network([[1, 1]], [[1, 0], [0, 1]]), "en enda aktör"),
    "all in both areas": (network([[1, 1], [1, 1]], [[1, 0], [0, 1]]), "möts redan"),
    "dust": (network([[1, 0], [0, 1]], [[1, 0], [0, 1]]), "Inga samarbeten förenar områdena"),
    "one piece": (
        network([[1, 0, 1], [0, 1, 1]], [[1, 0, 0], [0, 1, 0]]),
        "samarbetar direkt; ingen står emellan",
    ),
    "foreign bridges only": (
        network([[1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 1]], [[1, 0, 0, 0], [0, 1, 0, 0]], domestic=False),
        "utländska aktörer rangordnas inte",
    ),
    "all equal": (
        network(
            [[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1]],
            [[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]],
        ),
        "Alla 2 brobyggare har samma värde",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_network_that_cannot_be_ranked_gets_a_stated_answer(case: str) -> None:
    made, words = CASES[case]
    found = profile_pair(made, groups_of(made, "area"), ("area/a", "area/b"), draws=10)
    assert words in found.message[0]
    assert found.message[1]
    assert not any(np.isnan(profile.bridging) for profile in found.profiles)


def test_an_empty_window_gets_a_stated_answer(
    county_graph: MemoryGraph, base: Base, region: RegionConfig
) -> None:
    empty = read_two_mode(
        county_graph, base=base, region=region, selection=Selection(window=(1990, 1991))
    ).county()
    found = profile_pair(empty, groups_of(empty, "area"), (FOREST, ENERGY), draws=10)
    assert "inget att överbrygga" in found.message[0]
    assert found.profiles == ()


def test_groups_mark_only_the_actors_of_their_kind(county: TwoMode) -> None:
    groups = groups_of(county, "helix")
    assert isinstance(groups, Groups)
    assert groups.members.sum(axis=0).max() <= 1
