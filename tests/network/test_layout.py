"""The drawing of a network: repeatable, without overlap, communities and parts apart."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.spatial.distance import pdist, squareform

from ecograph.network import layout
from ecograph.network.layout import Points, drawn


def ties(graph: nx.Graph) -> csr_array:
    return csr_array(nx.to_scipy_sparse_array(graph, dtype=float))


def caves(number: int = 6, size: int = 12) -> nx.Graph:
    """Consortia in a ring, each joined to the next by one tie."""
    return nx.connected_caveman_graph(number, size)


def overlap(points: Points, radii: np.ndarray) -> float:
    """How far the two balls that overlap most do so; negative when none do."""
    if len(points) < 2:
        return -1.0
    room = squareform(pdist(points)) - (radii[:, None] + radii[None, :])
    np.fill_diagonal(room, np.inf)
    return float(-room.min())


def test_the_same_network_is_drawn_the_same_whatever_was_drawn_before() -> None:
    first = drawn(ties(caves()))
    drawn(ties(nx.path_graph(9)))
    assert (drawn(ties(caves())) == first).all()
    assert (drawn(ties(caves()), seed=2) != first).any()


@given(st.integers(1, 14), st.floats(0, 1), st.integers(0, 99))
@settings(max_examples=25)
def test_no_ball_covers_another_in_any_network(size: int, density: float, seed: int) -> None:
    graph = nx.gnp_random_graph(size, density, seed=seed)
    radii = np.random.default_rng(seed).uniform(1, 20, size)
    points = drawn(ties(graph), radii=radii)
    assert points.shape == (size, 2)
    assert np.isfinite(points).all()
    # Places are rounded to two decimals.
    assert overlap(points, radii) < 0.05


def test_those_who_work_together_stand_together() -> None:
    points = drawn(ties(caves()))
    groups = np.repeat(np.arange(6), 12)
    distances = squareform(pdist(points))
    inside = distances[groups[:, None] == groups[None, :]].mean()
    assert inside < 0.5 * distances[groups[:, None] != groups[None, :]].mean()


def test_parts_without_a_link_stand_beneath_the_largest() -> None:
    graph = nx.disjoint_union_all([nx.complete_graph(8), nx.path_graph(3), nx.empty_graph(4)])
    points = drawn(ties(graph))
    assert points[8:, 1].max() < points[:8, 1].min()


def test_a_large_network_is_drawn_community_by_community(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "EXACT", 20)
    radii = np.linspace(1, 3, 72)
    points = drawn(ties(caves()), radii=radii)
    assert overlap(points, radii) < 0.05
    assert (drawn(ties(caves()), radii=radii) == points).all()
    assert np.isfinite(drawn(ties(nx.complete_graph(30)))).all()


def test_an_empty_network_has_no_places() -> None:
    assert drawn(csr_array((0, 0))).shape == (0, 2)
    assert drawn(csr_array((1, 1))).tolist() == [[0.0, 0.0]]
