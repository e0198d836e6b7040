"""Structure: what holds a network together and how closed it is."""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ecograph.network.adjacency import checked, to_igraph
from ecograph.network.centrality import Values, floats


def clustering(adjacency: csr_array, *, weights: Literal["barrat", "onnela"] | None = None) -> Values:
    """Return how closed an actor's neighbourhood is, 0 to 1; NaN under two partners.

    Unweighted: the share of its pairs of partners that are tied, 2tᵢ / kᵢ(kᵢ−1) (Watts & Strogatz 1998,
    Nature 393, 440–442). ``barrat`` weighs each closed pair by the actor's own two ties,
    Σ (aᵢⱼ + aᵢₖ)/2 · [closed] / (sᵢ(kᵢ−1)) (Barrat et al. 2004, PNAS 101, 3747–3752; igraph's).
    ``onnela`` by the geometric mean of the three ties over the largest weight of the network,
    Σ (ŵᵢⱼŵᵢₖŵⱼₖ)^⅓ / (kᵢ(kᵢ−1)) (Onnela et al. 2005, Physical Review E 71, 065103; networkx's).
    Cost: the sum over vertices of their partners' degrees.
    """
    matrix = checked(adjacency)
    if weights == "onnela":
        return _onnela(matrix)
    graph = to_igraph(matrix, weights=weights is not None)
    weighted = "weight" if weights == "barrat" and graph.ecount() else None
    return floats(graph.transitivity_local_undirected(mode="nan", weights=weighted))


def _onnela(matrix: csr_array) -> Values:
    from ecograph.network.holes import masked_sums

    partners = floats(np.diff(matrix.indptr))
    roots = csr_array(matrix / matrix.max() if matrix.nnz else matrix).power(1 / 3)
    pairs = partners * (partners - 1)
    closed = masked_sums(csr_array(roots), csr_array(roots), csr_array(roots))
    return floats(np.divide(closed, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0))


def transitivity(adjacency: csr_array) -> float:
    """Return the share of paths of two ties that are closed, 3·triangles / paths; NaN without such a path.

    Newman, Watts & Strogatz (2002), PNAS 99, 2566–2572. Cost: the sum of partners' degrees.
    """
    return float(to_igraph(checked(adjacency), weights=False).transitivity_undirected(mode="nan"))


def k_core(adjacency: csr_array) -> Values:
    """Return the core number: the largest k such that the actor is in a part where all have k partners in it.

    Seidman (1983), Social Networks 5, 269–287; Batagelj & Zaveršnik (2003): O(m).
    """
    return floats(to_igraph(checked(adjacency), weights=False).coreness())


def articulation_points(adjacency: csr_array) -> list[int]:
    """Return the vertices without which their component falls apart, sorted. Tarjan (1972): O(n + m)."""
    return sorted(to_igraph(checked(adjacency), weights=False).articulation_points())


def bridge_ties(adjacency: csr_array) -> list[tuple[int, int]]:
    """Return the ties without which their component falls apart, as sorted pairs. Tarjan (1974): O(n + m)."""
    graph = to_igraph(checked(adjacency), weights=False)
    return sorted((min(pair), max(pair)) for pair in (graph.es[edge].tuple for edge in graph.bridges()))


def components(adjacency: csr_array) -> np.ndarray:
    """Return the component of each vertex, numbered from 0 by size, then by first vertex. Cost O(n + m)."""
    matrix = checked(adjacency)
    if matrix.shape[0] == 0:
        return np.zeros(0, dtype=np.int64)
    _, labels = connected_components(matrix, directed=False)
    return renumbered(labels)


def renumbered(labels: np.ndarray) -> np.ndarray:
    """Return labels numbered from 0 by size, then by first vertex."""
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(sizes), dtype=np.int64)
    number[order] = np.arange(len(sizes))
    return np.asarray(number[inverse])
