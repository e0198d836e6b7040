"""Distances from many actors at once: a breadth-first search in which every bit is a source."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

_WORDS = 8
AT_ONCE = 64 * _WORDS
"""Sources that are searched from at the same time."""

Bits = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


def levels(matrix: csr_array, sources: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Yield for each distance d ≥ 1 how many of the sources each vertex is d ties away from.

    `matrix` is a checked, symmetric adjacency; its weights are not looked at. At most `AT_ONCE` sources.
    After Then et al. (2014), The more the merrier: efficient multi-source graph traversal, PVLDB 8, 449–460.
    Cost O(m·sources/64) a distance.
    """
    size = matrix.shape[0]
    seen = np.zeros((size, _WORDS), dtype=np.uint64)
    number = np.arange(len(sources), dtype=np.uint64)
    bit = np.left_shift(np.uint64(1), number % np.uint64(64))
    np.bitwise_or.at(seen, (sources, (number // np.uint64(64)).astype(np.int64)), bit)
    everyone = np.bitwise_or.reduce(seen, axis=0)
    frontier = seen.copy()
    open_rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
    distance = 0
    while len(open_rows):
        distance += 1
        reached = _gathered(matrix, frontier, open_rows) & ~seen[open_rows]
        counts = np.zeros(size, dtype=np.int64)
        counts[open_rows] = np.bitwise_count(reached).sum(axis=1)
        if not counts.any():
            return
        yield distance, counts
        frontier = np.zeros_like(seen)
        frontier[open_rows] = reached
        seen[open_rows] |= reached
        # Who has been reached from everywhere has nothing left to learn.
        open_rows = open_rows[(seen[open_rows] != everyone).any(axis=1)]


def _gathered(matrix: csr_array, frontier: Bits, rows: Numbers) -> Bits:
    """Return for each of the rows the bits of all its partners."""
    part = matrix[rows]
    return np.asarray(np.bitwise_or.reduceat(frontier[part.indices], part.indptr[:-1], axis=0))


def batches_of(sources: Numbers) -> Iterator[Numbers]:
    """Yield sources in parts that can be searched from at once."""
    for start in range(0, len(sources), AT_ONCE):
        yield sources[start : start + AT_ONCE]
