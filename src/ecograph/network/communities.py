"""Communities by consensus over many runs, with how stable they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import igraph
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.network.adjacency import checked, seeded, to_igraph
from ecograph.network.centrality import Values, floats
from ecograph.network.structure import renumbered


@dataclass(frozen=True)
class Communities:
    """Communities of a network.

    labels: of each vertex, numbered from 0 by size. modularity: of the consensus, NaN without ties.
    stability: mean adjusted Rand index between the runs, 1 when all agree; low means that the network has no
    clear communities. certainty: of each vertex, the share of runs, averaged over its partners in its own
    community, that put the two together; NaN for an isolate.
    """

    labels: npt.NDArray[np.int64]
    modularity: float
    stability: float
    certainty: Values


def consensus_communities(
    adjacency: csr_array,
    *,
    weighted: bool = True,
    resolution: float = 1.0,
    runs: int = 10,
    threshold: float = 0.5,
    seed: int = 1,
) -> Communities:
    """Return Leiden communities on which several runs agree.

    Each run maximises modularity from its own seed. Then ties are weighted by the share of runs that keep
    their ends together, those under `threshold` are dropped, and the runs start again on that network until
    they agree or ten rounds have passed. Leiden: Traag, Waltman & van Eck (2019), Scientific Reports 9, 5233;
    consensus: Lancichinetti & Fortunato (2012), Scientific Reports 2, 336, on existing ties as in Tandon et
    al. (2019), Physical Review E 99, 042301. About O(runs·m). The same seed gives the same communities.
    """
    matrix = checked(adjacency)
    graph = to_igraph(matrix)
    size = graph.vcount()
    if graph.ecount() == 0:
        labels = np.arange(size, dtype=np.int64)
        return Communities(labels, float("nan"), float("nan"), np.full(size, np.nan))
    ends = np.array(graph.get_edgelist())
    weights = floats(graph.es["weight"]) if weighted else np.ones(graph.ecount())
    first = _runs(graph, weights, resolution, runs, seed)
    together = _together(first, ends)
    found, shares = first, together
    for turn in range(1, 10):
        if _agree(found):
            break
        kept = np.where(shares >= threshold, shares, 0)
        found = _runs(graph, kept, resolution, runs, seed + 1000 * turn)
        shares = _together(found, ends)
    labels = renumbered(found[0])
    scores = [igraph.compare_communities(one, other, "adjusted_rand") for one, other in _some_pairs(first)]
    stability = float(np.mean(scores)) if scores else 1.0
    modularity = graph.modularity(labels.tolist(), weights=weights.tolist(), resolution=resolution)
    return Communities(labels, float(modularity), stability, _certainty(labels, ends, together))


def _runs(
    graph: igraph.Graph, weights: Values, resolution: float, runs: int, seed: int
) -> list[npt.NDArray[np.int64]]:
    kept = np.flatnonzero(weights > 0)
    part = (
        graph if len(kept) == graph.ecount() else graph.subgraph_edges(kept.tolist(), delete_vertices=False)
    )
    heavy = weights[kept].tolist()
    found = []
    for run in range(runs):
        with seeded(seed + run):
            result = part.community_leiden(
                objective_function="modularity", weights=heavy, resolution=resolution, n_iterations=3
            )
        found.append(np.asarray(result.membership, dtype=np.int64))
    return found


def _together(found: list[npt.NDArray[np.int64]], ends: np.ndarray) -> Values:
    return floats(np.mean([labels[ends[:, 0]] == labels[ends[:, 1]] for labels in found], axis=0))


def _agree(found: list[npt.NDArray[np.int64]]) -> bool:
    first = renumbered(found[0])
    return all(bool((renumbered(labels) == first).all()) for labels in found[1:])


def _some_pairs(
    found: list[npt.NDArray[np.int64]],
) -> list[tuple[list[int], list[int]]]:
    lists = [labels.tolist() for labels in found]
    return list(combinations(lists, 2))[:45]


def _certainty(labels: np.ndarray, ends: np.ndarray, together: Values) -> Values:
    own = labels[ends[:, 0]] == labels[ends[:, 1]]
    vertices = ends[own].ravel()
    share = np.repeat(together[own], 2)
    number = np.bincount(vertices, minlength=len(labels))
    sums = np.bincount(vertices, weights=share, minlength=len(labels))
    return floats(np.divide(sums, number, out=np.full(len(labels), np.nan), where=number > 0))
