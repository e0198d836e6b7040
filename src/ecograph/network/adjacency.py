"""What a valid undirected network is, and its igraph and networkx form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import igraph
import numpy as np
from scipy.sparse import csr_array, triu

from ecograph.errors import EcographError


def checked(adjacency: csr_array) -> csr_array:
    """Return the adjacency of an undirected network as float CSR without loops and stored zeros.

    Loops are dropped: no actor collaborates with itself.

    Raises
    ------
    EcographError: when it is not square and symmetric, or a weight is negative, infinite or not a number.
    """
    matrix = csr_array(adjacency, dtype=float, copy=True)
    if matrix.shape[0] != matrix.shape[1]:
        raise EcographError(
            f"An adjacency must be square; this one is {matrix.shape[0]} × {matrix.shape[1]}."
        )
    if not np.isfinite(matrix.data).all() or (matrix.data < 0).any():
        raise EcographError(
            "A weight of the network is negative, infinite or not a number.",
            remedy="Give every tie a positive weight, or leave the weights out.",
        )
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    matrix.sum_duplicates()
    if abs(matrix - matrix.T).sum() > 1e-9 * max(1.0, float(matrix.sum())):
        raise EcographError("An undirected network needs a symmetric adjacency; this one is not.")
    return matrix


def to_igraph(adjacency: csr_array) -> igraph.Graph:
    """Return the igraph graph of a checked adjacency, edge attribute ``weight``; vertices in row order."""
    upper = triu(adjacency, k=1, format="coo")
    order = np.lexsort((upper.col, upper.row))
    graph = igraph.Graph(
        n=adjacency.shape[0], edges=np.column_stack([upper.row[order], upper.col[order]]), directed=False
    )
    graph.es["weight"] = upper.data[order].tolist()
    return graph


def to_networkx(adjacency: csr_array, ids: Sequence[str] | None = None) -> Any:
    """Return a networkx.Graph with edge attribute ``weight``, for analysts who go on with networkx."""
    import networkx

    names = list(range(adjacency.shape[0])) if ids is None else list(ids)
    upper = triu(adjacency, k=1, format="coo")
    graph = networkx.Graph()
    graph.add_nodes_from(names)
    graph.add_weighted_edges_from(
        (names[row], names[column], float(weight))
        for row, column, weight in zip(upper.row, upper.col, upper.data, strict=True)
    )
    return graph
