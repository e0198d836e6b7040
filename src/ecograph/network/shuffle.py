"""Two-mode networks drawn at random with the margins of a given one: who is in which project, dealt anew.

Every actor keeps its number of projects and every project its number of actors, so that what consortia do to
a projection by themselves (each of them is a clique) is there under the null too. A network rewired tie by
tie after projection has lost the consortia, and makes every network of projects look clustered.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.network.adjacency import binary

TRADES = 5
"""Trades for each project between the given network and a draw."""

Columns = list[set[int]]


def shuffled(
    incidence: csr_array, *, draws: int, seed: int = 1, strata: npt.ArrayLike | None = None
) -> Iterator[csr_array]:
    """Yield random binary incidences, actors × projects, with the row and column sums of the given one.

    `strata`: a kind of each actor; then every project keeps its number of actors of each kind as well. A
    network that was selected by its projects having an actor of a region so stays one that would have been.

    Two projects at a time trade the actors that only one of them has (curveball): Strona et al. (2014),
    Nature Communications 5, 4114. Every draw and the given network are as many trades from one common state,
    so that they are exchangeable under the null and p = (1+k)/(1+draws) holds however well the chain mixes:
    Besag & Clifford (1989), Biometrika 76, 633–642. Cost of a draw: the projects' sizes, `TRADES` times.
    """
    matrix = binary(csr_array(incidence, dtype=float))
    shape = (int(matrix.shape[0]), int(matrix.shape[1]))
    kinds = np.zeros(shape[0]) if strata is None else np.asarray(strata)
    rng = np.random.default_rng(seed)
    common = [_traded(_columns(matrix, kinds == kind), rng) for kind in np.unique(kinds)]
    for _ in range(draws):
        parts = [_traded(part, rng) for part in common]
        yield _incidence([set().union(*column) for column in zip(*parts, strict=True)], shape)


def _columns(matrix: csr_array, rows: npt.NDArray[np.bool_]) -> Columns:
    turned = csr_array(matrix.multiply(rows[:, np.newaxis])).T.tocsr()
    turned.eliminate_zeros()
    return [
        set(turned.indices[turned.indptr[place] : turned.indptr[place + 1]].tolist())
        for place in range(turned.shape[0])
    ]


def _traded(columns: Columns, rng: np.random.Generator) -> Columns:
    state = list(columns)
    number = len(state)
    if number < 2:
        return state
    for _ in range(TRADES):
        # A random order in pairs gives every project its turn; an odd one out waits.
        order = rng.permutation(number).tolist()
        for one, other in zip(order[::2], order[1::2], strict=False):
            ours, theirs = state[one] - state[other], state[other] - state[one]
            if not ours or not theirs:
                continue
            both = state[one] & state[other]
            pool = np.array(sorted(ours | theirs))
            rng.shuffle(pool)
            state[one] = both | set(pool[: len(ours)].tolist())
            state[other] = both | set(pool[len(ours) :].tolist())
    return state


def _incidence(columns: Columns, shape: tuple[int, int]) -> csr_array:
    rows = np.array([row for column in columns for row in sorted(column)], dtype=np.int64)
    places = np.repeat(np.arange(len(columns)), [len(column) for column in columns])
    return csr_array((np.ones(len(rows), dtype=np.int64), (rows, places)), shape=shape)
