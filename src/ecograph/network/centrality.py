"""Centrality of an actor by its own ties and by its distance to others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.network.adjacency import binary, checked, to_igraph
from ecograph.network.paths import batches_of, levels

Values = npt.NDArray[np.float64]
"""One value per vertex in row order; NaN where the measure is undefined."""


def degree(adjacency: csr_array) -> Values:
    """Return the number of distinct partners, kᵢ = Σⱼ [aᵢⱼ > 0]. Cost O(m).

    Freeman (1979), Centrality in social networks: conceptual clarification, Social Networks 1, 215–239.
    """
    return floats(np.diff(checked(adjacency).indptr))


def strength(adjacency: csr_array) -> Values:
    """Return the sum of the weights of an actor's ties, sᵢ = Σⱼ aᵢⱼ, in units of the weight. Cost O(m).

    Barrat, A. et al. (2004), The architecture of complex weighted networks, PNAS 101, 3747–3752.
    """
    return np.asarray(checked(adjacency).sum(axis=1), dtype=float).ravel()


def harmonic(adjacency: csr_array, *, distances: bool = False) -> Values:
    """Return harmonic closeness, Σ_{j≠i} 1/dᵢⱼ with 1/∞ = 0: near partners count more, unreachable ones not.

    In partners; d in ties, or with `distances` in sums of 1/weight. An isolate has 0: it reaches nobody.
    Marchiori & Latora (2000), Physica A 285, 539–546; Boldi & Vigna (2014), Internet Mathematics 10, 222–262.
    Cost O(n·m/64) a distance (see `paths.levels`), with `distances` O(n·m + n² log n).
    """
    matrix = checked(adjacency)
    size = matrix.shape[0]
    if distances and matrix.nnz:
        graph = to_igraph(matrix)
        return floats(graph.harmonic_centrality(weights=lengths(graph), normalized=False))
    values = np.zeros(size)
    for sources in batches_of(np.arange(size)):
        for distance, counts in levels(matrix, sources):
            values += counts / distance
    return values


def pagerank(
    adjacency: csr_array, *, damping: float = 0.85, weighted: bool = False, tolerance: float = 1e-13
) -> Values:
    """Return PageRank, the share of time of a random walker who restarts with probability 1 − damping.

    The walker follows ties in proportion to their weight when `weighted`, else evenly; isolates jump
    anywhere; values sum to 1. By power iteration until no more than `tolerance` moves, O(m) a step: the error
    is at most tolerance·damping/(1 − damping). Brin & Page (1998), Computer Networks 30, 107–117.
    """
    matrix = checked(adjacency)
    size = matrix.shape[0]
    if size == 0:
        return np.zeros(0)
    matrix = matrix if weighted else binary(matrix)
    total = np.asarray(matrix.sum(axis=1), dtype=float).ravel()
    share = np.divide(1.0, total, out=np.zeros(size), where=total > 0)
    stuck = total == 0
    now = np.full(size, 1 / size)
    moved = np.inf
    while moved > tolerance:
        # The adjacency is symmetric, so that its rows serve as columns.
        after = damping * (matrix @ (now * share) + now[stuck].sum() / size) + (1 - damping) / size
        after /= after.sum()
        moved = float(np.abs(after - now).sum())
        now = after
    return now


def lengths(graph: object) -> list[float] | None:
    """Return the lengths of the ties of an igraph graph, 1/weight: strong ties are short; None without "
    "ties."""
    weights: list[float] = graph.es["weight"]  # type: ignore[attr-defined]
    return [1 / weight for weight in weights] if weights else None


def divided(values: Values, by: npt.ArrayLike) -> Values:
    """Return values by numbers of pairs; NaN where there is no pair to divide by."""
    numbers = np.asarray(by, float)
    return floats(np.divide(values, numbers, out=np.full(values.shape, np.nan), where=numbers > 0))


def floats(values: npt.ArrayLike) -> Values:
    """Return values as an array of floats."""
    return np.asarray(values, dtype=float)
