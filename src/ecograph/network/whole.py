"""Measures of a network as a whole: rich club, nestedness, small world."""

from __future__ import annotations

from dataclasses import dataclass

import igraph
import numpy as np
from scipy.sparse import csr_array

from ecograph.network.adjacency import binary, checked, seeded, to_igraph
from ecograph.network.centrality import Values, degree, floats
from ecograph.network.paths import AT_ONCE, batches_of, levels
from ecograph.network.structure import clustering, components

_ROWS = 2_000


@dataclass(frozen=True)
class RichClub:
    """For each degree k: the share of pairs of actors with more than k partners that are tied.

    normalised: that share over its mean in rewired networks with the same degrees; above 1 the much tied keep
    to one another more than their degrees bring. NaN where undefined or no rewiring was asked for.
    """

    degrees: Values
    coefficient: Values
    normalised: Values


def rich_club(adjacency: csr_array, *, draws: int = 0, seed: int = 1) -> RichClub:
    """Return the rich-club coefficient φ(k) = 2·E_{>k} / (N_{>k}(N_{>k} − 1)) for every k under the largest.

    Zhou & Mondragón (2004), IEEE Communications Letters 8, 180–182; normalised by rewiring, Colizza et al.
    (2006), Nature Physics 2, 110–115. Cost O(n + m), and O(m) a draw.
    """
    matrix = checked(adjacency)
    observed = _club(matrix)
    normalised = np.full(len(observed), np.nan)
    if draws and len(observed):
        sums = np.zeros(len(observed))
        for draw in range(draws):
            sums += _club(rewired(matrix, seed=seed + draw))
        normalised = np.divide(observed * draws, sums, out=normalised, where=sums > 0)
    return RichClub(floats(np.arange(len(observed))), observed, floats(normalised))


def _club(matrix: csr_array) -> Values:
    degrees = degree(matrix).astype(np.int64)
    top = int(degrees.max(initial=0))
    if top == 0:
        return np.zeros(0)
    ties = matrix.tocoo()
    upper = ties.row < ties.col
    lesser = np.minimum(degrees[ties.row[upper]], degrees[ties.col[upper]])
    above = len(degrees) - np.cumsum(np.bincount(degrees, minlength=top + 1))[:top]
    inside = len(lesser) - np.cumsum(np.bincount(lesser, minlength=top + 1))[:top]
    pairs = above * (above - 1) / 2
    return floats(np.divide(inside, pairs, out=np.full(top, np.nan), where=pairs > 0))


def rewired(adjacency: csr_array, *, seed: int) -> csr_array:
    """Return a random network with the same degrees, by ten swaps of ties for each tie. Cost O(m)."""
    graph = to_igraph(adjacency, weights=False)
    with seeded(seed):
        graph.rewire(n=10 * graph.ecount())
    return _from_igraph(graph)


def _from_igraph(graph: igraph.Graph) -> csr_array:
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(graph.vcount(), graph.vcount()))


def nestedness(incidence: csr_array) -> float:
    """Return NODF, how far the projects of the less active are subsets of those of the more active, 0 to 100.

    Over all pairs of rows and all pairs of columns: 0 when the two have equally many, else the share of the
    lesser's that the greater has too. Both directions weighed by their number of pairs; NaN when there is no
    pair, or a row or column is empty and so no part of the network.
    Almeida-Neto et al. (2008), A consistent metric for nestedness analysis in ecological systems, Oikos 117,
    1227–1239. Cost: the sum of squares of the sizes.
    """
    matrix = binary(csr_array(incidence, dtype=float))
    matrix = csr_array(matrix[np.flatnonzero(np.diff(matrix.indptr))])
    columns = csr_array(matrix.T.tocsr())
    columns = csr_array(columns[np.flatnonzero(np.diff(columns.indptr))])
    matrix = csr_array(columns.T.tocsr())
    pairs = sum(side.shape[0] * (side.shape[0] - 1) / 2 for side in (matrix, columns))
    return 100 * (_nested(matrix) + _nested(columns)) / pairs if pairs else float("nan")


def _nested(matrix: csr_array) -> float:
    size = np.diff(matrix.indptr).astype(float)
    turned = csr_array(matrix.T.tocsr())
    total = 0.0
    for start in range(0, matrix.shape[0], _ROWS):
        overlap = (matrix[start : start + _ROWS] @ turned).tocoo()
        row, column = size[start + overlap.row], size[overlap.col]
        # Each pair once: from its greater to its lesser.
        greater = row > column
        total += float((overlap.data[greater] / column[greater]).sum())
    return total


@dataclass(frozen=True)
class SmallWorld:
    """Clustering and distances against random networks with the same degrees.

    clustering: mean over actors with two partners or more. distance: mean ties between two actors of the
    largest component (from `sources` of them). random_*: means over the rewired networks.
    sigma: (C/C_random) / (L/L_random), above 1 for a small world. NaN where undefined.
    """

    actors: int
    clustering: float
    distance: float
    random_clustering: float
    random_distance: float
    sigma: float
    sources: int


def small_world(adjacency: csr_array, *, draws: int = 5, seed: int = 1) -> SmallWorld:
    """Return the small-world summary of a network's largest component.

    Watts & Strogatz (1998), Nature 393, 440–442; σ of Humphries & Gurney (2008), PLoS ONE 3, e0002051.
    Distances are exact up to 512 actors, else from 512 of them drawn with `seed`. Cost O(draws·m).
    """
    matrix = checked(adjacency)
    largest = np.flatnonzero(components(matrix) == 0)
    part = csr_array(matrix[largest][:, largest])
    closed, distance, sources = _closed(part), *_distance(part, seed)
    chance = [rewired(part, seed=seed + draw) for draw in range(draws)] if part.nnz else []
    random_closed = float(np.mean([_closed(one) for one in chance])) if chance else float("nan")
    random_distance = float(np.mean([_distance(one, seed)[0] for one in chance])) if chance else float("nan")
    usable = random_closed > 0 and random_distance > 0 and distance > 0
    sigma = (closed / random_closed) / (distance / random_distance) if usable else float("nan")
    return SmallWorld(len(largest), closed, distance, random_closed, random_distance, sigma, sources)


def _closed(matrix: csr_array) -> float:
    values = clustering(matrix)
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def mean_distance(adjacency: csr_array, *, seed: int = 1) -> float:
    """Return the mean ties between two actors of the largest component (see `small_world`)."""
    matrix = checked(adjacency)
    largest = np.flatnonzero(components(matrix) == 0)
    return _distance(csr_array(matrix[largest][:, largest]), seed)[0]


def _distance(matrix: csr_array, seed: int) -> tuple[float, int]:
    """Return the mean distance over the pairs that are connected, and from how many sources."""
    size = matrix.shape[0]
    if size < 2 or matrix.nnz == 0:
        return float("nan"), 0
    sources = np.arange(size)
    if size > AT_ONCE:
        sources = np.sort(np.random.default_rng(seed).choice(size, AT_ONCE, replace=False))
    total = reached = 0
    for part in batches_of(sources):
        for distance, counts in levels(matrix, part):
            found = int(counts.sum())
            total += distance * found
            reached += found
    return total / reached, len(sources)
