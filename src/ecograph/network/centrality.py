"""Centrality: how much an actor is tied, and how much of the others' shortest paths runs through it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.network.adjacency import checked, to_igraph

Values = npt.NDArray[np.float64]
"""One value per vertex in row order; NaN where the measure is undefined."""


def degree(adjacency: csr_array) -> Values:
    """Return the number of distinct partners, kᵢ = Σⱼ [aᵢⱼ > 0]. Cost O(m)."""
    return _floats(np.diff(checked(adjacency).indptr))


def strength(adjacency: csr_array) -> Values:
    """Return the sum of the weights of an actor's ties, sᵢ = Σⱼ aᵢⱼ, in units of the weight. Cost O(m).

    Barrat, A. et al. (2004), The architecture of complex weighted networks, PNAS 101, 3747–3752.
    """
    return np.asarray(checked(adjacency).sum(axis=1), dtype=float).ravel()


def betweenness(adjacency: csr_array, *, distances: bool = False, normalised: bool = False) -> Values:
    """Return exact betweenness, Σ over unordered pairs {s, t} without v of σₛₜ(v) / σₛₜ.

    Ties count alike, unless `distances`: then a tie is 1/weight long, so that strong ties are short; lengths
    that differ by rounding only are equal (networkx splits such paths unless lengths are Fractions).
    `normalised` divides by the number of pairs without v, (n−1)(n−2)/2; with fewer than three vertices that
    is undefined. Freeman (1977), A set of measures of centrality based on betweenness, Sociometry 40, 35–41;
    Brandes (2001), J. Mathematical Sociology 25, 163–177: O(n·m), with distances O(n·m + n² log n).
    """
    matrix = checked(adjacency)
    graph = to_igraph(matrix)
    values = np.asarray(
        graph.betweenness(directed=False, weights=_lengths(graph.es["weight"], distances)), float
    )
    size = matrix.shape[0]
    return divided(values, np.full(size, (size - 1) * (size - 2) / 2)) if normalised else values


def between_groups(
    adjacency: csr_array,
    sources: Sequence[int],
    targets: Sequence[int],
    *,
    distances: bool = False,
    normalised: bool = False,
) -> Values:
    """Return betweenness between two disjoint groups, Q(v) = Σ σₛₜ(v)/σₛₜ over s ∈ S, t ∈ T, s ≠ v ≠ t.

    Each pair counts once, so the value is twice that of networkx.betweenness_centrality_subset, which halves
    every undirected pair. `normalised` divides by the number of such pairs without v; NaN where none is.
    Flom, Friedman, Strauss & Neaigus (2004), Connections 26, 62–70; Rousseau's and Guns' Q-measures:
    Guns & Rousseau (2009), Gauging the bridging function of nodes in a network, J. Informetrics. O(|S|·m).

    Raises
    ------
    ValueError: when a vertex is in both groups.
    """
    first, second = sorted(set(sources)), sorted(set(targets))
    if set(first) & set(second):
        raise ValueError("the two groups of a Q-measure must be disjoint")
    matrix = checked(adjacency)
    size = matrix.shape[0]
    values = np.zeros(size)
    if first and second:
        graph = to_igraph(matrix)
        # Half of each ordered pair is what igraph counts in an undirected graph.
        halves = graph.betweenness(
            directed=False, weights=_lengths(graph.es["weight"], distances), sources=first, targets=second
        )
        values = 2 * np.asarray(halves, float)
    return divided(values, pairs_without(size, first, second)) if normalised else values


def pairs_without(size: int, first: Sequence[int], second: Sequence[int]) -> Values:
    """Return for each of `size` vertices the number of pairs of two disjoint groups that it is no end of."""
    left, right = (len(group) - np.isin(np.arange(size), group) for group in (first, second))
    return _floats(left * right)


def q_betweenness(adjacency: csr_array, groups: Sequence[str | None], *, normalised: bool = False) -> Values:
    """Return betweenness on paths between any two different groups of a partition (global Q-measure).

    A vertex without a group begins and ends no path but may stand on one. `normalised` divides by the number
    of unordered pairs of different groups without v. Guns & Rousseau (2009). Cost O(n·m).
    """
    matrix = checked(adjacency)
    graph = to_igraph(matrix)
    members: dict[str, list[int]] = {}
    for vertex, group in enumerate(groups):
        if group is not None:
            members.setdefault(group, []).append(vertex)
    inside = [vertex for _, vertices in sorted(members.items()) for vertex in vertices]
    size = matrix.shape[0]
    values, pairs = np.zeros(size), np.zeros(size)
    for _, vertices in sorted(members.items()):
        others = [vertex for vertex in inside if groups[vertex] != groups[vertices[0]]]
        if others:
            values += np.asarray(graph.betweenness(directed=False, sources=vertices, targets=others), float)
        own = len(vertices) - np.isin(np.arange(size), vertices)
        rest = len(others) - np.isin(np.arange(size), others)
        pairs += own * rest / 2
    return divided(values, pairs) if normalised else values


def pagerank(adjacency: csr_array, *, damping: float = 0.85, weighted: bool = False) -> Values:
    """Return PageRank, the share of time of a random walker who restarts with probability 1 − damping.

    Brin & Page (1998), Computer Networks 30, 107–117. Isolates jump anywhere; values sum to 1. O(m) a step.
    """
    graph = to_igraph(checked(adjacency))
    if graph.vcount() == 0:
        return np.zeros(0)
    weights = graph.es["weight"] if weighted else None
    return np.asarray(graph.pagerank(directed=False, damping=damping, weights=weights), float)


def _lengths(weights: list[float], distances: bool) -> list[float] | None:
    return [1 / weight for weight in weights] if distances and weights else None


def divided(values: Values, by: npt.ArrayLike) -> Values:
    """Return values by numbers of pairs; NaN where there is no pair to divide by."""
    numbers = np.asarray(by, float)
    return _floats(np.divide(values, numbers, out=np.full(values.shape, np.nan), where=numbers > 0))


def _floats(values: npt.ArrayLike) -> Values:
    return np.asarray(values, dtype=float)
