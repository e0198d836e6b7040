"""The further measures: equal to networkx where both have them, to published values where there are some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from ecograph.network import measures as m


@st.composite
def graphs(draw: st.DrawFn, directed: bool = False, loops: bool = False) -> Any:
    """Small graphs with weights, often in several pieces and with isolates."""
    size = draw(st.integers(1, 11))
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(size))
    pairs = [(a, b) for a in range(size) for b in range(size) if loops or a != b]
    for pair in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=25)) if pairs else []:
        graph.add_edge(*pair, weight=draw(st.integers(1, 5)))
    return graph


def matrix(graph: Any, weight: str | None = None) -> csr_array:
    return csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), weight=weight, dtype=float))


def same(found: m.Values, expected: dict[int, float]) -> None:
    values = [np.nan if expected[vertex] is None else expected[vertex] for vertex in sorted(expected)]
    np.testing.assert_allclose(found, values, rtol=1e-9, atol=1e-9)


def one(found: float, expected: float) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


KARATE = matrix(nx.karate_club_graph())


@given(graphs())
def test_undirected_measures_equal_networkx(graph: Any) -> None:
    adjacency = matrix(graph)
    same(m.harmonic(adjacency), nx.harmonic_centrality(graph))
    same(
        np.nan_to_num(m.clustering(matrix(graph, "weight"), weights="onnela")),
        nx.clustering(graph, weight="weight"),
    )
    for *_, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    same(
        m.harmonic(matrix(graph, "weight"), distances=True), nx.harmonic_centrality(graph, distance="length")
    )
    one(float(np.nan_to_num(m.transitivity(adjacency))), nx.transitivity(graph))
    assert m.bridge_ties(adjacency) == sorted(tuple(sorted(tie)) for tie in nx.bridges(graph))
    if graph.number_of_edges():
        club = nx.rich_club_coefficient(graph, normalized=False)
        one(m.rich_club(adjacency).coefficient[sorted(club)], [club[k] for k in sorted(club)])  # type: ignore[arg-type]


@given(graphs(directed=True, loops=True))
def test_directed_measures_equal_networkx_without_its_loops(graph: Any) -> None:
    adjacency, weighted = matrix(graph), matrix(graph, "weight")
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    same(m.betweenness(adjacency, directed=True), nx.betweenness_centrality(graph, normalized=False))
    same(m.constraint(adjacency, directed=True), nx.constraint(graph))
    same(m.constraint(weighted, directed=True, weighted=True), nx.constraint(graph, weight="weight"))
    # The form over named nodes: the other one of networkx 3.6 divides by the wrong maxima. That form leaves out
    # actors whose ties all come in; they have contacts, so that their effective size is defined here.
    expected = nx.effective_size(graph, nodes=list(graph))
    known = {vertex: value for vertex, value in expected.items() if graph.out_degree(vertex)}
    same(m.effective_size(adjacency, directed=True)[sorted(known)], known)


@given(graphs(), st.data())
def test_assortativity_equals_networkx(graph: Any, data: Any) -> None:
    groups = data.draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=len(graph), max_size=len(graph)))
    nx.set_node_attributes(graph, dict(enumerate(groups)), "group")
    found = m.assortativity(matrix(graph), groups)
    ends = {groups[vertex] for tie in graph.edges() for vertex in tie}
    if len(ends) < 2:
        assert np.isnan(found)
    else:
        one(found, nx.attribute_assortativity_coefficient(graph, "group"))


@settings(max_examples=40)
@given(graphs(), st.randoms(use_true_random=False))
def test_names_and_isolates_do_not_matter(graph: Any, random: Any) -> None:
    adjacency, order = matrix(graph), sorted(graph)
    random.shuffle(order)
    measures: list[Callable[[csr_array], m.Values]] = [m.harmonic, m.hierarchy, m.clustering]
    size = len(graph)
    wider = csr_array((size + 2, size + 2), dtype=float).tolil()
    wider[:size, :size] = adjacency.toarray()
    for measure in measures:
        np.testing.assert_allclose(
            measure(csr_array(adjacency[order][:, order])), measure(adjacency)[order], atol=1e-9
        )
        np.testing.assert_allclose(measure(csr_array(wider.tocsr()))[:size], measure(adjacency), atol=1e-9)


def test_hierarchy_is_burt_s_over_the_shares_of_constraint() -> None:
    """Worked out from the definition: p, then cᵢⱼ = (pᵢⱼ + Σ p·p)², then Σ r ln r / (N ln N)."""
    dense = KARATE.toarray()
    p = dense / dense.sum(axis=1, keepdims=True)
    expected = []
    for vertex in range(34):
        partners = np.flatnonzero(dense[vertex])
        shares = np.array([(p[vertex, other] + p[vertex] @ p[:, other]) ** 2 for other in partners])
        ratio = shares / shares.mean()
        expected.append(
            (ratio * np.log(ratio)).sum() / (len(partners) * np.log(len(partners)))
            if len(partners) > 1
            else np.nan
        )
    np.testing.assert_allclose(m.hierarchy(KARATE), expected, atol=1e-12)
    star = matrix(nx.star_graph(4))
    assert m.hierarchy(star)[0] == 0
    assert np.isnan(m.hierarchy(star)[1:]).all()


def test_the_two_weighted_clusterings_differ_as_they_should() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 4), (0, 2, 4), (1, 2, 4), (0, 3, 1)])
    weighted = matrix(graph, "weight")
    # Barrat: closed pair weighs (4 + 4) / 2, over s(k − 1) / 2 = 9; Onnela: the closed pair of three.
    assert m.clustering(weighted, weights="barrat")[0] == pytest.approx(8 / 18)
    assert m.clustering(weighted, weights="onnela")[0] == pytest.approx(1 / 3)


# Edges, then the published values: normalised unless said. Guns's package gefura, tests/test_gefura.py.
GEFURA = {
    "three groups": (
        ["a1 a2", "a1 a3", "a2 a3", "a3 b1", "a2 b2", "b1 b2", "b2 c1", "b1 c3", "b2 c2", "c2 c3"],
        {
            "a1": 0,
            "a2": 13 / 48,
            "a3": 17 / 96,
            "b1": 29 / 90,
            "b2": 5 / 9,
            "c1": 0,
            "c2": 5 / 96,
            "c3": 5 / 96,
        },
    ),
    "line of three groups": (
        ["a1 b1", "b1 b2", "b2 c1", "c1 c2", "c2 b3", "b3 a2"],
        {"a1": 0, "a2": 0, "b1": 4 / 12, "b2": 6 / 12, "b3": 4 / 12, "c1": 6 / 11, "c2": 5 / 11},
    ),
    "line of two groups": (
        ["a1 a2", "a2 b1", "b1 b2", "b2 b3"],
        {"a1": 0, "a2": 1, "b1": 1, "b2": 0.5, "b3": 0},
    ),
}


def q_of(graph: Any, **options: Any) -> dict[str, float]:
    names = sorted(graph)
    values = m.q_betweenness(
        matrix(graph, options.pop("weight", None)), [name[0] for name in names], **options
    )
    return dict(zip(names, values.tolist(), strict=True))


@pytest.mark.parametrize("name", list(GEFURA))
def test_q_betweenness_has_gefura_s_values(name: str) -> None:
    edges, expected = GEFURA[name]
    graph = nx.Graph([edge.split() for edge in edges])
    assert q_of(graph, normalised=True) == pytest.approx(expected)


def test_q_betweenness_has_gefura_s_values_unnormalised_directed_and_weighted() -> None:
    plain = nx.Graph([edge.split() for edge in ["b1 a1", "a1 a2", "a1 b2", "a2 a3", "a3 b2"]])
    assert q_of(plain) == pytest.approx({"a1": 2.5, "a2": 0.5, "a3": 0.5, "b1": 0, "b2": 0.5})
    directed = nx.DiGraph([edge.split() for edge in ["a1 a2", "a1 b2", "a2 a1", "a2 b1", "b1 a1", "b1 b2"]])
    assert q_of(directed, directed=True) == pytest.approx({"a1": 1.5, "a2": 1, "b1": 0.5, "b2": 0})
    assert q_of(directed, directed=True, normalised=True) == pytest.approx(
        {"a1": 0.375, "a2": 0.25, "b1": 0.125, "b2": 0}
    )
    weighted = nx.Graph()
    # gefura's weights are lengths; strengths are one over them.
    lengths = [("a1", "a2", 1), ("a2", "b2", 3), ("a1", "b1", 1), ("b1", "b3", 2), ("b2", "b3", 1)]
    weighted.add_weighted_edges_from((one, other, 1 / length) for one, other, length in lengths)
    assert q_of(weighted, weight="weight", distances=True, normalised=True) == pytest.approx(
        {"a1": 0.5, "a2": 1 / 6, "b1": 0.5, "b2": 0.125, "b3": 0.125}
    )


def test_nestedness_has_the_value_of_its_authors_example() -> None:
    """Almeida-Neto et al. (2008), as in the tests of the package EcologicalNetworks.jl: 0.58."""
    example = np.array([[1, 0, 1, 1, 1], [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]])
    assert m.nestedness(csr_array(example)) == pytest.approx(58.3333, abs=1e-3)
    assert m.nestedness(csr_array(np.triu(np.ones((4, 4)))[:, ::-1])) == 100
    assert m.nestedness(csr_array(np.eye(4))) == 0
    assert np.isnan(m.nestedness(csr_array((1, 1))))


def test_the_karate_club_has_its_known_communities_and_modularity() -> None:
    found = m.consensus_communities(KARATE, weighted=False)
    assert found.modularity == pytest.approx(0.4197896, abs=5e-8)
    pieces = {frozenset(np.flatnonzero(found.labels == label).tolist()) for label in range(4)}
    assert pieces == {
        frozenset({0, 1, 2, 3, 7, 11, 12, 13, 17, 19, 21}),
        frozenset({4, 5, 6, 10, 16}),
        frozenset({8, 9, 14, 15, 18, 20, 22, 26, 29, 30, 32, 33}),
        frozenset({23, 24, 25, 27, 28, 31}),
    }
    assert found.stability > 0.8


def test_communities_repeat_and_say_when_they_are_not_clear() -> None:
    noise = matrix(nx.gnm_random_graph(60, 150, seed=4))
    first, again = (m.consensus_communities(noise, seed=7) for _ in range(2))
    assert first.labels.tolist() == again.labels.tolist()
    assert first.stability == again.stability < 0.9
    empty = m.consensus_communities(csr_array((3, 3)))
    assert empty.labels.tolist() == [0, 1, 2]
    assert np.isnan(empty.modularity)


def test_the_karate_club_is_a_small_world_of_known_distances() -> None:
    found = m.small_world(KARATE, seed=3)
    assert found.distance == pytest.approx(2.4082, abs=5e-5)
    assert found.sigma == m.small_world(KARATE, seed=3).sigma > 1
    assert m.transitivity(KARATE) == pytest.approx(0.2556818182)
    assert m.degree_assortativity(KARATE) == pytest.approx(-0.4756130977)
    assert np.isnan(m.small_world(csr_array((2, 2))).sigma)


def test_the_rich_club_over_chance_repeats() -> None:
    first, again = (m.rich_club(KARATE, draws=3, seed=2).normalised for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert m.rich_club(csr_array((3, 3))).coefficient.shape == (0,)


def test_sampled_betweenness_keeps_its_error_and_repeats() -> None:
    graph = matrix(nx.barabasi_albert_graph(300, 3, seed=1))
    exact = m.betweenness(graph)
    first = m.sampled_betweenness(graph, error=0.02, seed=5)
    assert first.error == pytest.approx(0.02 * 300 * 299 / 2)
    assert np.abs(first.values - exact).max() <= first.error
    np.testing.assert_array_equal(first.values, m.sampled_betweenness(graph, error=0.02, seed=5).values)
    share = m.sampled_betweenness(graph, error=0.02, seed=5, normalised=True)
    assert np.abs(share.values - m.betweenness(graph, normalised=True)).max() <= share.error


def test_betweenness_is_exact_until_it_would_take_too_long() -> None:
    assert m.measured_betweenness(KARATE).error is None
    assert m.measured_betweenness(KARATE, exact_up_to=100).error is not None


def test_within_module_z_is_zero_on_average_and_undefined_where_all_are_alike() -> None:
    clubs = [data["club"] for _, data in nx.karate_club_graph().nodes(data=True)]
    z = m.within_module_z(KARATE, clubs)
    for club in set(clubs):
        members = [place for place, name in enumerate(clubs) if name == club]
        assert z[members].mean() == pytest.approx(0)
        assert z[members].std() == pytest.approx(1)
    assert np.isnan(m.within_module_z(matrix(nx.complete_graph(4)), ["a", "a", "b", None])).all()


def test_directed_participation_counts_ties_in_and_out() -> None:
    graph = nx.DiGraph([(0, 1), (2, 0), (0, 3), (3, 0)])
    assert m.participation_coefficient(matrix(graph), ["a", "a", "b", "c"], directed=True)[
        0
    ] == pytest.approx(1 - (1 + 1 + 4) / 16)


@given(graphs(), st.sampled_from([0.25, 3.0, 1024.0]))
def test_the_unit_of_weights_does_not_matter_where_only_proportions_count(graph: Any, unit: float) -> None:
    weighted = matrix(graph, "weight")
    groups = [str(vertex % 2) for vertex in range(len(graph))]
    scaled = csr_array(weighted * unit)
    np.testing.assert_allclose(
        m.hierarchy(scaled, weighted=True), m.hierarchy(weighted, weighted=True), atol=1e-9
    )
    np.testing.assert_allclose(
        m.participation_coefficient(scaled, groups, weighted=True),
        m.participation_coefficient(weighted, groups, weighted=True),
        atol=1e-9,
    )
    np.testing.assert_allclose(
        m.within_module_z(scaled, groups, weighted=True),
        m.within_module_z(weighted, groups, weighted=True),
        atol=1e-6,
    )
    for kind in ("barrat", "onnela"):
        np.testing.assert_allclose(
            m.clustering(scaled, weights=kind),
            m.clustering(weighted, weights=kind),
            atol=1e-9,  # type: ignore[arg-type]
        )
    np.testing.assert_allclose(
        m.pagerank(scaled, weighted=True), m.pagerank(weighted, weighted=True), atol=1e-9
    )


def test_pagerank_sums_to_one_and_isolates_have_their_share() -> None:
    lonely = csr_array((4, 4), dtype=float)
    assert m.pagerank(lonely).tolist() == [0.25] * 4
    assert m.pagerank(KARATE).sum() == pytest.approx(1)
