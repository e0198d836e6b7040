"""Betweenness: how much of the others' shortest paths runs through an actor; of all pairs or between groups.

In undirected networks each pair counts once, in directed ones each ordered pair. Ties count alike unless
`distances`: then a tie is 1/weight long, so that strong ties are short; lengths that differ by rounding only
are equal (networkx splits such paths unless lengths are Fractions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from ecograph.network.adjacency import checked, to_igraph
from ecograph.network.centrality import Values, divided, floats, lengths

EXACT_UP_TO = 5_000_000_000
"""Vertices × ties up to which betweenness is worked out exactly (about ten seconds)."""


@dataclass(frozen=True)
class Betweenness:
    """Betweenness with what is known of its error.

    values: pairs (or shares of pairs when normalised). error: None when exact, else every value is within
    this many units of the true one with probability `confidence`; `seed` is the one that was drawn with.
    """

    values: Values
    error: float | None = None
    confidence: float | None = None
    seed: int | None = None


def betweenness(
    adjacency: csr_array, *, directed: bool = False, distances: bool = False, normalised: bool = False
) -> Values:
    """Return exact betweenness, Σ over pairs {s, t} without v of σₛₜ(v) / σₛₜ, in pairs.

    `normalised` divides by the number of pairs without v, (n−1)(n−2)/2, twice that when directed; with fewer
    than three vertices that is undefined. Freeman (1977), A set of measures of centrality based on
    betweenness, Sociometry 40, 35–41; Brandes (2001), J. Mathematical Sociology 25, 163–177: O(n·m), with
    distances O(n·m + n² log n).
    """
    matrix = checked(adjacency, directed=directed)
    graph = to_igraph(matrix, directed=directed, weights=distances)
    weights = lengths(graph) if distances else None
    values = floats(graph.betweenness(directed=directed, weights=weights))
    return divided(values, _all_pairs(matrix.shape[0], directed)) if normalised else values


def _all_pairs(size: int, directed: bool) -> Values:
    return np.full(size, (size - 1) * (size - 2) / (1 if directed else 2))


def sampled_betweenness(
    adjacency: csr_array,
    *,
    error: float = 0.002,
    confidence: float = 0.9,
    seed: int = 1,
    normalised: bool = False,
) -> Betweenness:
    """Return betweenness of an undirected network estimated from sampled shortest paths, with its error.

    `error` is the absolute error as a share of all pairs. networkit's KADABRA: Borassi & Natale (2016),
    ESA 2016, 20:1–20:18. One thread, so that the same seed gives the same values. About (1/error²) searches.
    """
    import networkit

    matrix = checked(adjacency)
    size = matrix.shape[0]
    if size < 3:
        return Betweenness(betweenness(matrix, normalised=normalised))
    ties = matrix.tocoo()
    upper = ties.row < ties.col
    graph = networkit.GraphFromCoo(
        (np.ones(int(upper.sum())), (ties.row[upper].astype(np.uint64), ties.col[upper].astype(np.uint64))),
        n=size,
    )
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    networkit.setSeed(seed, False)
    try:
        run = networkit.centrality.KadabraBetweenness(graph, error, 1 - confidence, deterministic=True)
        run.run()
        # networkit gives twice the share of all pairs, as its exact betweenness is twice Brandes's.
        share = floats(run.scores()) / 2
    finally:
        networkit.setNumberOfThreads(threads)
    pairs = size * (size - 1) / 2
    unit = pairs / ((size - 1) * (size - 2) / 2) if normalised else pairs
    return Betweenness(share * unit, error=error * unit, confidence=confidence, seed=seed)


def measured_betweenness(
    adjacency: csr_array, *, exact_up_to: int = EXACT_UP_TO, seed: int = 1, normalised: bool = False
) -> Betweenness:
    """Return betweenness exact while vertices × ties are at most `exact_up_to`, else sampled."""
    matrix = checked(adjacency)
    if matrix.shape[0] * (matrix.nnz // 2) <= exact_up_to:
        return Betweenness(betweenness(matrix, normalised=normalised))
    return sampled_betweenness(matrix, seed=seed, normalised=normalised)


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
        graph = to_igraph(matrix, weights=distances)
        weights = lengths(graph) if distances else None
        # Half of each ordered pair is what igraph counts in an undirected graph.
        halves = graph.betweenness(directed=False, weights=weights, sources=first, targets=second)
        values = 2 * floats(halves)
    return divided(values, pairs_without(size, first, second)) if normalised else values


def pairs_without(size: int, first: Sequence[int], second: Sequence[int]) -> Values:
    """Return for each of `size` vertices the number of pairs of two disjoint groups that it is no end of."""
    left, right = (len(group) - np.isin(np.arange(size), group) for group in (first, second))
    return floats(left * right)


def q_betweenness(
    adjacency: csr_array,
    groups: Sequence[str | None],
    *,
    directed: bool = False,
    distances: bool = False,
    normalised: bool = False,
) -> Values:
    """Return betweenness on paths between any two different groups of a partition (global Q-measure).

    A vertex without a group begins and ends no path but may stand on one. `normalised` divides by the number
    of pairs of different groups without v (ordered when directed); NaN where there is none.
    Guns & Rousseau (2009); Rousseau & Zhang (2008), Scientometrics 75, 575–581. Cost O(n·m).
    """
    matrix = checked(adjacency, directed=directed)
    graph = to_igraph(matrix, directed=directed, weights=distances)
    weights = lengths(graph) if distances else None
    size = matrix.shape[0]
    names = np.array([group or "" for group in groups], dtype=object)
    known = np.array([group is not None for group in groups], dtype=bool)
    values, pairs = np.zeros(size), np.zeros(size)
    for name in sorted({group for group in groups if group is not None}):
        own = known & (names == name)
        others = known & ~own
        if others.any():
            values += floats(
                graph.betweenness(
                    directed=directed,
                    weights=weights,
                    sources=np.flatnonzero(own).tolist(),
                    targets=np.flatnonzero(others).tolist(),
                )
            )
        pairs += (own.sum() - own) * (others.sum() - others) / (1 if directed else 2)
    return divided(values, pairs) if normalised else values
