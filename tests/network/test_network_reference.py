"""Measures on reference networks, against published values or values known by hand.

Karate club: Zachary (1977), J. Anthropological Research 33, unweighted (networkx >= 3 gives it weights that
must be dropped); the values stand in the notes of the reference networks, computed once with networkx. Stars,
paths and cliques are worked out by hand from the formulas.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array

from ecograph.network import measures


def adjacency(graph: nx.Graph, weight: str | None = None) -> csr_array:
    return csr_array(nx.to_scipy_sparse_array(graph, weight=weight, dtype=float))


KARATE = adjacency(nx.karate_club_graph())


@pytest.mark.parametrize(
    ("vertex", "constraint", "betweenness", "pagerank"),
    [(0, 0.155423, 0.437635, 0.09700), (33, 0.156419, 0.304075, 0.10092)],
)
def test_the_karate_club_has_its_known_values(
    vertex: int, constraint: float, betweenness: float, pagerank: float
) -> None:
    assert measures.constraint(KARATE)[vertex] == pytest.approx(constraint, abs=5e-7)
    assert measures.betweenness(KARATE, normalised=True)[vertex] == pytest.approx(betweenness, abs=5e-7)
    assert measures.pagerank(KARATE)[vertex] == pytest.approx(pagerank, abs=5e-6)


def test_the_karate_club_has_its_known_structure() -> None:
    assert measures.constraint(KARATE)[2] == pytest.approx(0.1852, abs=5e-5)
    assert measures.effective_size(KARATE)[[0, 33]] == pytest.approx([13.75, 15.2353], abs=5e-5)
    assert measures.k_core(KARATE).max() == 4
    assert np.nansum(measures.clustering(KARATE)) / 34 == pytest.approx(0.5706384782, abs=5e-11)
    assert measures.betweenness(KARATE, normalised=True)[[32, 2, 31]] == pytest.approx(
        [0.145247, 0.143657, 0.138276], abs=5e-7
    )


def test_the_centre_of_a_star_stands_on_every_path() -> None:
    star = adjacency(nx.star_graph(5))
    assert measures.betweenness(star).tolist() == [10, 0, 0, 0, 0, 0]
    assert measures.betweenness(star, normalised=True)[0] == 1
    assert measures.constraint(star) == pytest.approx([0.2, 1, 1, 1, 1, 1])
    assert measures.effective_size(star).tolist() == [5, 1, 1, 1, 1, 1]
    assert measures.articulation_points(star) == [0]
    assert measures.between_groups(star, [1, 2], [3, 4, 5]).tolist() == [6, 0, 0, 0, 0, 0]


def test_a_path_is_passed_in_the_middle() -> None:
    path = adjacency(nx.path_graph(5))
    assert measures.betweenness(path).tolist() == [0, 3, 4, 3, 0]
    assert measures.between_groups(path, [0, 1], [3, 4]).tolist() == [0, 2, 4, 2, 0]
    # Vertex 1 is an end of two of the four pairs, so that two are left; vertex 2 is an end of none.
    assert measures.between_groups(path, [0, 1], [3, 4], normalised=True).tolist() == [0, 1, 1, 1, 0]


def test_a_clique_leaves_nothing_to_broker() -> None:
    clique = adjacency(nx.complete_graph(4))
    assert measures.betweenness(clique).tolist() == [0, 0, 0, 0]
    assert measures.effective_size(clique).tolist() == [1, 1, 1, 1]
    # Burt: each partner takes (1/3 + 2·1/3·1/3)² of ego's constraint.
    assert measures.constraint(clique) == pytest.approx([3 * (1 / 3 + 2 / 9) ** 2] * 4)


def test_strong_ties_are_short_only_when_distances_are_asked_for() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 1), (0, 2, 10), (2, 1, 10)])
    triangle = adjacency(graph, "weight")
    assert measures.betweenness(triangle).tolist() == [0, 0, 0]
    position = list(graph).index(2)
    assert measures.betweenness(triangle, distances=True)[position] == 1


def test_participation_is_zero_in_one_group_and_even_over_several() -> None:
    star = adjacency(nx.star_graph(4))
    spread = measures.participation_coefficient(star, [None, "a", "b", "c", "d"])
    assert spread[0] == pytest.approx(0.75)
    assert np.isnan(spread[1:]).all()
    assert measures.participation_coefficient(star, ["a", "b", "b", "b", "b"])[0] == 0
