"""Where a network's vertices stand on a drawing: a layout that repeats, whatever was drawn before."""

from __future__ import annotations

import math
import random

import igraph
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.network.adjacency import checked, to_igraph

SEED = 20201215


def grid_layout(adjacency: csr_array, *, seed: int = SEED, rounds: int = 500) -> npt.NDArray[np.float64]:
    """Return x, y of each vertex by grid Fruchterman–Reingold from a seeded start, centred, to two decimals.

    Fruchterman & Reingold (1991), Software: Practice and Experience 21, 1129–1164. About O(n + m) a round.
    The same adjacency, seed and library give the same layout.
    """
    graph = to_igraph(checked(adjacency))
    size = graph.vcount()
    if size == 0:
        return np.zeros((0, 2))
    # A sunflower start spreads the vertices evenly, so that no two begin in the same place.
    start = [
        (math.sqrt(index + 1) * math.cos(index * 2.399963), math.sqrt(index + 1) * math.sin(index * 2.399963))
        for index in range(size)
    ]
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        layout = graph.layout_fruchterman_reingold(seed=start, niter=rounds, grid="grid")
    finally:
        igraph.set_random_number_generator(random)
    points = np.asarray(layout.coords, dtype=float)
    # Twenty units an average neighbour apart suits Gephi's default node sizes.
    return np.asarray(np.round((points - points.mean(axis=0)) * 20, 2) + 0.0)
