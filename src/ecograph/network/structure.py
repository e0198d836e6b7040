"""Structure: how closed an actor's neighbourhood is, how it spreads over groups, what holds together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ecograph.network.adjacency import checked, to_igraph
from ecograph.network.centrality import Values, degree
from ecograph.network.projection import membership

_ROWS = 2_000


def constraint(adjacency: csr_array, *, weighted: bool = False) -> Values:
    """Return Burt's constraint, cᵢ = Σⱼ (pᵢⱼ + Σ_q pᵢ_q·p_qⱼ)² over i's partners j, pᵢⱼ = aᵢⱼ / Σₖ aᵢₖ.

    Low where the partners do not know each other; 1 with a single partner who has none but i; above 1 in
    small closed groups; NaN for an isolate. Burt (1992), Structural Holes; Burt (2004), American Journal of
    Sociology 110, 349–399. Cost: the sum over vertices of their partners' degrees.
    """
    graph = to_igraph(checked(adjacency))
    if graph.ecount() == 0:
        return np.full(graph.vcount(), np.nan)
    return np.asarray(graph.constraint(weights="weight" if weighted else None), float)


def effective_size(adjacency: csr_array, *, weighted: bool = False) -> Values:
    """Return Burt's effective size of the ego network, its partners less their redundancy.

    Unweighted kᵢ − 2tᵢ/kᵢ with tᵢ ties among the partners (Borgatti 1997, Connections 20, 35–38); weighted
    Σⱼ (1 − Σ_q pᵢ_q·mⱼ_q), mⱼ_q = aⱼ_q / maxₖ aⱼₖ (Burt 1992). NaN for an isolate.
    Cost: the sum over vertices of their partners' degrees.
    """
    matrix = checked(adjacency)
    partners = degree(matrix)
    size = np.where(partners > 0, partners, np.nan)
    if not weighted:
        binary = csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)
        # Paths of length two that close: each tie among the partners is met twice.
        return np.asarray(size - _closing(binary, binary) / size, float)
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    largest = matrix.max(axis=1).toarray().ravel()
    proportional = _scaled(matrix, sums)
    marginal = _scaled(matrix, largest)
    return np.asarray(size - _closing(proportional, csr_array(marginal.T)), float)


def _scaled(matrix: csr_array, by: Values) -> csr_array:
    inverse = np.divide(1.0, by, out=np.zeros_like(by), where=by > 0)
    return csr_array(matrix.multiply(inverse[:, np.newaxis]))


def _closing(first: csr_array, second: csr_array) -> Values:
    """Return the row sums of first·second over the ties of `first`, a block of rows at a time."""
    sums = np.zeros(first.shape[0])
    for start in range(0, first.shape[0], _ROWS):
        block = first[start : start + _ROWS]
        ties = csr_array((np.ones_like(block.data), block.indices, block.indptr), shape=block.shape)
        sums[start : start + _ROWS] = np.asarray((block @ second).multiply(ties).sum(axis=1)).ravel()
    return sums


def participation_coefficient(
    adjacency: csr_array, groups: Sequence[str | None], *, weighted: bool = False
) -> Values:
    """Return how evenly an actor's ties spread over groups, Pᵢ = 1 − Σ_g (kᵢ_g / kᵢ)².

    0 when all go to one group; NaN without a tie to a grouped actor. Ties to actors without a group are left
    out. Guimerà & Amaral (2005), Nature 433, 895–900. Cost O(m).
    """
    matrix = checked(adjacency)
    if not weighted:
        matrix.data = np.ones_like(matrix.data)
    names = sorted({group for group in groups if group is not None})
    to_group = csr_array(matrix @ membership(groups, names).T)
    total = np.asarray(to_group.sum(axis=1), dtype=float).ravel()
    squares = np.asarray(to_group.multiply(to_group).sum(axis=1), dtype=float).ravel()
    ratio = np.divide(squares, total**2, out=np.full(total.shape, np.nan), where=total > 0)
    return np.asarray(1 - ratio, float)


def clustering(adjacency: csr_array) -> Values:
    """Return the share of an actor's pairs of partners that are tied, 2tᵢ / kᵢ(kᵢ−1); NaN under two partners.

    Watts & Strogatz (1998), Nature 393, 440–442. Cost: the sum over vertices of their partners' degrees.
    """
    graph = to_igraph(checked(adjacency))
    return np.asarray(graph.transitivity_local_undirected(mode="nan"), float)


def k_core(adjacency: csr_array) -> Values:
    """Return the core number: the largest k such that the actor is in a part where all have k partners in it.

    Seidman (1983), Social Networks 5, 269–287; Batagelj & Zaveršnik (2003): O(m).
    """
    return np.asarray(to_igraph(checked(adjacency)).coreness(), float)


def articulation_points(adjacency: csr_array) -> list[int]:
    """Return the vertices without which their component falls apart, sorted. Tarjan (1972): O(n + m)."""
    return sorted(to_igraph(checked(adjacency)).articulation_points())


def components(adjacency: csr_array) -> np.ndarray:
    """Return the component of each vertex, numbered from 0 by size, then by first vertex. Cost O(n + m)."""
    matrix = checked(adjacency)
    if matrix.shape[0] == 0:
        return np.zeros(0, dtype=np.int64)
    _, labels = connected_components(matrix, directed=False)
    found, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(found), dtype=np.int64)
    number[order] = np.arange(len(found))
    return np.asarray(number[labels])
