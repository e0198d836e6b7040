"""What a valid network is, and its igraph and networkx form."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import igraph
import numpy as np
from scipy.sparse import csr_array, triu

from ecograph.errors import EcographError


def checked(adjacency: csr_array, *, directed: bool = False) -> csr_array:
    """Return the adjacency of a network as float CSR without loops and stored zeros.

    Loops are dropped: no actor collaborates with itself.

    Raises
    ------
    EcographError: when it is not square, not symmetric (unless `directed`), or a weight is negative,
    infinite or not a number.
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
    matrix.sum_duplicates()
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    # setdiag would insert a stored zero for every vertex first.
    matrix.data[rows == matrix.indices] = 0
    matrix.eliminate_zeros()
    if not directed and abs(matrix - matrix.T).sum() > 1e-9 * max(1.0, float(matrix.sum())):
        raise EcographError("An undirected network needs a symmetric adjacency; this one is not.")
    return matrix


def binary(matrix: csr_array) -> csr_array:
    """Return the same ties, each of weight 1."""
    return csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def mutual(adjacency: csr_array, *, weighted: bool) -> csr_array:
    """Return the undirected network of a directed one, with weights aᵢⱼ + aⱼᵢ (ties of 1 unless `weighted`).

    It is what Burt's measures take of a directed network: a tie in both directions counts twice.
    """
    matrix = checked(adjacency, directed=True)
    if not weighted:
        matrix = binary(matrix)
    return csr_array(matrix + matrix.T)


def to_igraph(adjacency: csr_array, *, directed: bool = False, weights: bool = True) -> igraph.Graph:
    """Return the igraph graph of a checked adjacency; vertices in row order, edges sorted by row and column.

    `weights`: with the edge attribute ``weight``.
    """
    ties = adjacency.tocoo() if directed else triu(adjacency, k=1, format="coo")
    order = np.lexsort((ties.col, ties.row))
    graph = igraph.Graph(
        n=adjacency.shape[0], edges=np.column_stack([ties.row[order], ties.col[order]]), directed=directed
    )
    if weights:
        graph.es["weight"] = ties.data[order].tolist()
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


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let igraph draw its random numbers from a generator of this seed inside the block."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
