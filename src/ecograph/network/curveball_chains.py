"""The three forms of the curveball chain (see `curveball`): many chains side by side, each a binary matrix
with the row and column sums of a given one."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]


class Chain(Protocol):
    """Many chains side by side, each a matrix with the given margins."""

    def start(self, chains: int) -> None:
        """Begin so many chains at the given matrix."""

    def spread(self, chains: int) -> None:
        """Go on with so many copies of the first chain."""

    def trade(self, pair: tuple[int, int], rng: np.random.Generator) -> None:
        """Deal the columns that exactly one of two rows has out again, in every chain."""

    def joint(self, pairs: list[tuple[int, int]]) -> Counts:
        """Return chains × pairs, the number of columns that both rows have."""

    def perturbed(self) -> float:
        """Return the share of ones that stand elsewhere than in the given matrix."""


class DealtChain:
    """State: columns × chains, each column of several rows as the bits of the rows that have it, and rows ×
    chains numbers of the others.

    A trade goes through the columns: of `left` pooled ones still to deal, of which the first row is to get
    `wanted`, the next goes to it with probability wanted / left (Knuth, The Art of Computer Programming 2,
    3.4.2, algorithm S); the columns with a single row take the rest.
    """

    def __init__(self, matrix: npt.NDArray[np.bool_]) -> None:
        rows = matrix.shape[0]
        self._kind = np.min_scalar_type((1 << min(rows, 64)) - 1).type
        sums = matrix.sum(axis=0)
        self._given = np.zeros(int((sums >= 2).sum()), self._kind)
        for row in range(min(rows, 64)):
            self._given |= matrix[row, sums >= 2].astype(self._kind) << self._kind(row)
        self._single = matrix[:, sums == 1].sum(axis=1).astype(float)

    @property
    def columns(self) -> int:
        """The number of columns with several rows."""
        return len(self._given)

    def start(self, chains: int) -> None:
        self._codes = np.repeat(self._given[:, None], chains, axis=1)
        self._alone = np.repeat(self._single[:, None], chains, axis=1)

    def spread(self, chains: int) -> None:
        self._codes = np.repeat(self._codes[:, :1], chains, axis=1)
        self._alone = np.repeat(self._alone[:, :1], chains, axis=1)

    def trade(self, pair: tuple[int, int], rng: np.random.Generator) -> None:
        first, second = pair
        ours, theirs = self._kind(1 << first), self._kind(1 << second)
        own = self._codes & (ours | theirs)
        mine = own == ours
        pooled = mine | (own == theirs)
        wanted = self._alone[first] + mine.sum(axis=0, dtype=np.int16)
        left = self._alone[first] + self._alone[second] + pooled.sum(axis=0, dtype=np.int16)
        keys = rng.random(pooled.shape)
        for column in range(len(pooled)):
            key, here, taken = keys[column], pooled[column], mine[column]
            np.multiply(key, left, out=key)
            moved = np.less(key, wanted)
            moved &= here
            wanted -= moved
            left -= here
            # Both rows change where the column goes to the other one than it was with.
            taken ^= moved
        self._codes ^= mine * (ours | theirs)
        self._alone[first] = wanted
        self._alone[second] = left - wanted

    def joint(self, pairs: list[tuple[int, int]]) -> Counts:
        found = np.empty((self._codes.shape[1], len(pairs)), dtype=np.int64)
        for index, (first, second) in enumerate(pairs):
            both = self._kind(1 << first | 1 << second)
            found[:, index] = ((self._codes & both) == both).sum(axis=0, dtype=np.int16)
        return found

    def perturbed(self) -> float:
        moved, ones = self._codes & ~self._given[:, None], 0
        elsewhere = np.zeros(self._codes.shape[1])
        for row in range(len(self._single)):
            bit = self._kind(1 << row)
            elsewhere += ((moved & bit) > 0).sum(axis=0, dtype=np.int16)
            ones += int(((self._given & bit) > 0).sum())
        return float(elsewhere.mean() / max(ones, 1))


class TypeChain:
    """State: chains × column types, the number of columns of each type; type = bits of the rows that have
    it."""

    def __init__(self, matrix: npt.NDArray[np.bool_]) -> None:
        self._rows = matrix.shape[0]
        code = (matrix.T * (1 << np.arange(self._rows))).sum(axis=1)
        self._given = np.bincount(code, minlength=1 << self._rows).astype(np.int64)
        self._bits = (np.arange(1 << self._rows)[:, None] >> np.arange(self._rows)) & 1
        sizes = set(matrix.sum(axis=0).tolist())
        # A column keeps its sum, so only these remainders of a traded column can occur.
        self._live = np.array([int(bits.sum()) + 1 in sizes for bits in self._bits])

    @property
    def cost(self) -> int:
        """The most types that one trade draws for."""
        return int(self._live[: 1 << max(self._rows - 2, 0)].sum())

    def start(self, chains: int) -> None:
        self._state = np.repeat(self._given[None, :], chains, axis=0)

    def spread(self, chains: int) -> None:
        self._state = np.repeat(self._state[:1], chains, axis=0)

    def trade(self, pair: tuple[int, int], rng: np.random.Generator) -> None:
        first, second = pair
        neither = (self._bits[:, first] == 0) & (self._bits[:, second] == 0) & self._live
        rest = np.flatnonzero(neither)
        ours, theirs = rest | (1 << first), rest | (1 << second)
        pooled = self._state[:, ours] + self._state[:, theirs]
        wanted = self._state[:, ours].sum(axis=1)
        left = pooled.sum(axis=1)
        for place in range(len(rest)):
            good = pooled[:, place]
            if not good.any():
                continue
            left = left - good
            drawn = rng.hypergeometric(good, left, wanted)
            wanted = wanted - drawn
            self._state[:, ours[place]] = drawn
            self._state[:, theirs[place]] = good - drawn

    def joint(self, pairs: list[tuple[int, int]]) -> Counts:
        both = np.stack([self._bits[:, a] & self._bits[:, b] for a, b in pairs], axis=1)
        return np.asarray(self._state @ both, dtype=np.int64)

    def perturbed(self) -> float:
        moved = np.abs(self._state - self._given).sum(axis=1) / 2
        return float(moved.mean() / max(self._given.sum(), 1))


class ColumnChain:
    """State: chains × rows × columns for columns of several rows, and chains × rows numbers of the others."""

    def __init__(self, matrix: npt.NDArray[np.bool_]) -> None:
        sums = matrix.sum(axis=0)
        self._given = matrix[:, sums >= 2]
        self._single = matrix[:, sums == 1].sum(axis=1).astype(np.int64)

    @property
    def columns(self) -> int:
        """The number of columns with several rows."""
        return int(self._given.shape[1])

    def start(self, chains: int) -> None:
        self._cells = np.repeat(self._given[None], chains, axis=0)
        self._alone = np.repeat(self._single[None], chains, axis=0)

    def spread(self, chains: int) -> None:
        self._cells = np.repeat(self._cells[:1], chains, axis=0)
        self._alone = np.repeat(self._alone[:1], chains, axis=0)

    def trade(self, pair: tuple[int, int], rng: np.random.Generator) -> None:
        first, second = pair
        ours, theirs = self._cells[:, first], self._cells[:, second]
        pool = ours ^ theirs
        size = pool.sum(axis=1)
        wanted = (ours & pool).sum(axis=1) + self._alone[:, first]
        single = self._alone[:, first] + self._alone[:, second]
        drawn = rng.hypergeometric(size, single, wanted)
        self._alone[:, first] = wanted - drawn
        self._alone[:, second] = single - self._alone[:, first]
        keys = rng.random(pool.shape)
        keys[~pool] = 2.0
        # Per chain, the `drawn` pooled columns with the least keys: a uniform subset.
        rank = np.argsort(np.argsort(keys, axis=1), axis=1)
        chosen = rank < drawn[:, None]
        common = ours & theirs
        self._cells[:, first] = common | chosen
        self._cells[:, second] = common | (pool & ~chosen)

    def joint(self, pairs: list[tuple[int, int]]) -> Counts:
        cells = self._cells.astype(np.float32)
        # Counts below 2^24 are exact in single precision.
        shared = cells @ cells.transpose(0, 2, 1)
        left, right = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
        return np.asarray(np.rint(shared[:, left, right]), dtype=np.int64)

    def perturbed(self) -> float:
        moved = (self._cells & ~self._given).sum(axis=(1, 2))
        return float(moved.mean() / max(int(self._given.sum()), 1))
