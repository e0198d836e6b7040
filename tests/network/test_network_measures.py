"""Measures equal networkx's on random graphs, and do not depend on names, isolates or scale."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from ecograph.errors import EcographError
from ecograph.network import measures

Measure = Callable[[csr_array], measures.Values]


@st.composite
def graphs(draw: st.DrawFn, loops: bool = False) -> nx.Graph:
    """Small graphs with weights, often in several pieces and with isolates."""
    size = draw(st.integers(1, 12))
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(range(size))
    pairs = [(a, b) for a in range(size) for b in range(a if loops else a + 1, size)]
    for pair in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=25)) if pairs else []:
        graph.add_edge(*pair, weight=draw(st.integers(1, 5)))
    return graph


def matrix(graph: nx.Graph, weight: str | None = None) -> csr_array:
    return csr_array(nx.to_scipy_sparse_array(graph, weight=weight, dtype=float))


def same(found: measures.Values, expected: dict[int, float]) -> None:
    values = [np.nan if expected[vertex] is None else expected[vertex] for vertex in sorted(expected)]
    np.testing.assert_allclose(found, values, rtol=1e-9, atol=1e-9)


def plain(graph: nx.Graph) -> nx.Graph:
    copy: nx.Graph = nx.Graph()
    copy.add_nodes_from(graph)
    copy.add_edges_from(graph.edges())
    return copy


@given(graphs())
def test_unweighted_measures_equal_networkx(graph: nx.Graph) -> None:
    bare, adjacency = plain(graph), matrix(graph)
    same(measures.degree(adjacency), dict(bare.degree()))
    same(measures.betweenness(adjacency), nx.betweenness_centrality(bare, normalized=False))
    same(measures.constraint(adjacency), nx.constraint(bare))
    same(measures.effective_size(adjacency), nx.effective_size(bare))
    same(measures.k_core(adjacency), nx.core_number(bare))
    same(np.nan_to_num(measures.clustering(adjacency)), nx.clustering(bare))
    same(measures.pagerank(adjacency), nx.pagerank(bare, tol=1e-13, max_iter=1000))
    assert measures.articulation_points(adjacency) == sorted(nx.articulation_points(bare))
    pieces = [set(np.flatnonzero(measures.components(adjacency) == number)) for number in range(len(bare))]
    assert [piece for piece in pieces if piece] == sorted(
        nx.connected_components(bare), key=lambda piece: (-len(piece), min(piece))
    )


@given(graphs())
def test_weighted_measures_equal_networkx(graph: nx.Graph) -> None:
    adjacency = matrix(graph, "weight")
    same(measures.strength(adjacency), dict(graph.degree(weight="weight")))
    same(measures.constraint(adjacency, weighted=True), nx.constraint(graph, weight="weight"))
    # The form over named nodes: the other one of networkx 3.6 disagrees with it on weighted graphs.
    expected = nx.effective_size(graph, nodes=list(graph), weight="weight")
    same(measures.effective_size(adjacency, weighted=True), expected)
    for one, other, weight in list(graph.edges(data="weight")):
        # Exact lengths: with floats networkx misses ties such as 1/2 + 1/2 = 1/3 + 1/3 + 1/3.
        graph[one][other]["length"] = Fraction(1, weight)
    expected = nx.betweenness_centrality(graph, normalized=False, weight="length")
    same(measures.betweenness(adjacency, distances=True), expected)


@given(graphs(), st.data())
def test_betweenness_between_groups_is_twice_networkx_subset_betweenness(graph: nx.Graph, data: Any) -> None:
    side = data.draw(st.lists(st.sampled_from(["s", "t", None]), min_size=len(graph), max_size=len(graph)))
    first, second = ([vertex for vertex in graph if side[vertex] == name] for name in ("s", "t"))
    expected = nx.betweenness_centrality_subset(plain(graph), first, second)
    found = measures.between_groups(matrix(graph), first, second)
    same(found / 2, expected)
    np.testing.assert_allclose(measures.q_betweenness(matrix(graph), side), found, atol=1e-9)
    if first and second:
        share = measures.q_betweenness(matrix(graph), side, normalised=True)
        np.testing.assert_allclose(
            share, measures.between_groups(matrix(graph), first, second, normalised=True)
        )


@given(graphs())
def test_q_betweenness_of_single_actors_is_betweenness(graph: nx.Graph) -> None:
    adjacency = matrix(graph)
    everyone = [str(vertex) for vertex in graph]
    np.testing.assert_allclose(
        measures.q_betweenness(adjacency, everyone), measures.betweenness(adjacency), atol=1e-9
    )


@given(graphs(loops=True))
def test_loops_are_left_out(graph: nx.Graph) -> None:
    bare = plain(graph)
    bare.remove_edges_from(list(nx.selfloop_edges(bare)))
    same(measures.constraint(matrix(graph)), nx.constraint(bare))
    same(measures.degree(matrix(graph)), dict(bare.degree()))


PER_VERTEX: list[Measure] = [
    measures.degree,
    measures.betweenness,
    measures.constraint,
    measures.effective_size,
    measures.clustering,
    measures.k_core,
]


@settings(max_examples=40)
@given(graphs(), st.randoms(use_true_random=False))
def test_names_do_not_matter(graph: nx.Graph, random: Any) -> None:
    order = list(graph)
    random.shuffle(order)
    adjacency = matrix(graph)
    for measure in PER_VERTEX:
        np.testing.assert_allclose(
            measure(csr_array(adjacency[order][:, order])), measure(adjacency)[order], atol=1e-9
        )


@settings(max_examples=40)
@given(graphs(), st.integers(1, 4))
def test_isolates_change_nothing_for_others_and_are_undefined_not_zero(graph: nx.Graph, more: int) -> None:
    adjacency = matrix(graph)
    size = len(graph)
    pointers = np.append(adjacency.indptr, [adjacency.indptr[-1]] * more)
    wider = csr_array((adjacency.data, adjacency.indices, pointers), shape=(size + more, size + more))
    for measure in PER_VERTEX:
        np.testing.assert_allclose(measure(wider)[:size], measure(adjacency), atol=1e-9)
    assert np.isnan(measures.constraint(wider)[size:]).all()
    assert np.isnan(measures.effective_size(wider)[size:]).all()


@given(graphs(), st.sampled_from([0.5, 2.0, 1024.0]))
def test_the_unit_of_weights_does_not_matter_for_constraint(graph: nx.Graph, unit: float) -> None:
    adjacency = matrix(graph, "weight")
    for measure in (measures.constraint, measures.effective_size):
        np.testing.assert_allclose(
            measure(adjacency * unit, weighted=True), measure(adjacency, weighted=True), atol=1e-9
        )


@pytest.mark.parametrize("size", [0, 1, 2])
def test_the_smallest_networks_get_an_answer(size: int) -> None:
    empty = csr_array((size, size), dtype=float)
    for measure in PER_VERTEX:
        assert measure(empty).shape == (size,)
    assert np.isnan(measures.betweenness(empty, normalised=True)).all()
    assert measures.components(empty).tolist() == list(range(size))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -1.0])
def test_an_impossible_weight_is_refused(bad: float) -> None:
    with pytest.raises(EcographError, match="negative, infinite or not a number"):
        measures.strength(csr_array(np.array([[0, bad], [bad, 0]])))


def test_a_lopsided_adjacency_is_refused() -> None:
    with pytest.raises(EcographError, match="symmetric"):
        measures.degree(csr_array(np.array([[0, 1.0], [0, 0]])))
    with pytest.raises(EcographError, match="square"):
        measures.degree(csr_array(np.zeros((2, 3))))


def test_overlapping_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="disjoint"):
        measures.between_groups(csr_array((3, 3)), [0, 1], [1, 2])


def test_an_analyst_goes_on_with_networkx() -> None:
    graph = measures.to_networkx(matrix(nx.path_graph(3)), ["a", "b", "c"])
    assert sorted(graph.edges(data="weight")) == [("a", "b", 1.0), ("b", "c", 1.0)]
