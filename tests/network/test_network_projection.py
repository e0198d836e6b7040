"""Projections: what a tie is worth, and that nothing depends on names or order."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array

from ecograph.network.incidence import TwoMode
from ecograph.network.measures import strength
from ecograph.network.projection import (
    Consortia,
    area_pairs,
    group_pairs,
    newman_weights,
    project_actors,
    shared_projects,
)

INCIDENCES = arrays(np.int64, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.integers(0, 1))


def test_the_southern_women_project_onto_139_pairs_that_share_322_events() -> None:
    # Davis, Gardner & Gardner (1941); counts computed with networkx for the reference networks.
    graph = nx.davis_southern_women_graph()
    women, events = graph.graph["top"], graph.graph["bottom"]
    incidence = csr_array(nx.bipartite.biadjacency_matrix(graph, women, events, dtype=np.int64))
    shared = shared_projects(incidence)
    assert shared.nnz == 2 * 139
    assert shared.sum() == 2 * 322
    expected = nx.bipartite.collaboration_weighted_projected_graph(graph, women)
    weights = newman_weights(incidence).toarray()
    for one, other, weight in expected.edges(data="weight"):
        assert weights[women.index(one), women.index(other)] == pytest.approx(weight)


def test_edges_come_once_in_order_with_both_weights(county: TwoMode) -> None:
    edges = project_actors(county).edges()
    rows = {(source, target): (shared, newman) for source, target, shared, newman in edges.iter_rows()}
    assert rows["actor/alfa", "actor/beta"] == (2, 2.0)
    assert rows["actor/alfa", "actor/delta"] == (1, 0.5)
    assert edges.select("source", "target").rows() == sorted(rows)
    assert all(source < target for source, target in rows)


def test_a_big_consortium_can_be_left_out(county: TwoMode) -> None:
    kept = project_actors(county, Consortia(largest=2))
    assert ("actor/delta", "actor/epsilon") not in set(kept.edges().select("source", "target").iter_rows())
    assert kept.ids == county.actor_ids
    assert str(Consortia(largest=2)) == "projects with at most 2 actors"


def test_areas_meet_in_projects_that_count_to_both(county: TwoMode) -> None:
    # Rows in the areas' own order: forest, digital, energy.
    assert area_pairs(county).toarray().tolist() == [[2, 1, 0], [1, 2, 0], [0, 0, 2]]


def test_groups_meet_when_each_has_an_actor_and_themselves_when_two_have(county: TwoMode) -> None:
    names, counts = group_pairs(county, county.actors["helix"].to_list())
    table = {
        (one, other): counts.toarray()[row, column]
        for row, one in enumerate(names)
        for column, other in enumerate(names)
    }
    assert table["academia", "industry"] == 3
    assert table["academia", "academia"] == 1
    assert table["industry", "industry"] == 0
    assert table["industry", "public-sector"] == 1


@given(INCIDENCES)
def test_projections_are_symmetric_without_loops(dense: np.ndarray) -> None:
    for projection in (shared_projects(csr_array(dense)), newman_weights(csr_array(dense))):
        matrix = projection.toarray()
        assert (matrix == matrix.T).all()
        assert (matrix.diagonal() == 0).all()
        assert (projection.data != 0).all()


@given(INCIDENCES)
def test_newman_strength_is_the_number_of_projects_with_a_partner(dense: np.ndarray) -> None:
    several = dense[:, dense.sum(axis=0) >= 2]
    assert strength(newman_weights(csr_array(dense))) == pytest.approx(several.sum(axis=1))


@given(INCIDENCES, st.randoms(use_true_random=False))
def test_projects_may_come_in_any_order(dense: np.ndarray, random: object) -> None:
    order = list(range(dense.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    same = shared_projects(csr_array(dense[:, order])) != shared_projects(csr_array(dense))
    assert same.nnz == 0
