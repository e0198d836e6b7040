"""Binary matrices with fixed margins, drawn at random: the curveball chain on column types or on columns.

A trade takes two rows, pools the columns that exactly one of them has, and deals them out again at random so
that both rows keep their totals. Every trade draws from the uniform distribution given the rest (a Gibbs
step), so the chain is reversible and its stationary distribution is uniform over all matrices with the
margins. Strona, G., Nappo, D., Boccacci, F., Fattorini, S. & San-Miguel-Ayanz, J. (2014), A fast and unbiased
procedure to randomize ecological binary matrices with fixed row and column totals, Nature Communications 5,
4114; uniformity: Carstens, C. J. (2015), Proof of uniform sampling of binary matrices with fixed row sums and
column sums for the fast curveball algorithm, Physical Review E 91, 042812.

With few rows the columns are exchangeable within their type (which rows have them), so the chain runs on the
number of columns of each type, at most 2^rows numbers: a trade is then a multivariate hypergeometric draw,
whatever the number of columns. With more rows it runs on the columns themselves, and columns with a single
row are kept as numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]

_FEW_ROWS = 8
_CELLS_AT_ONCE = 40_000
"""About so many columns, over all chains, the chain on columns trades at once."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """How well the chains mixed.

    chains, draws_per_chain; burn_in and thinning in trades; perturbed: share of the ones that stood elsewhere
    than in the given matrix at the last draw (for column types: the least share that must have moved);
    drift: the largest difference between the chains' mean after half of the burn-in and after all of it, in
    standard deviations of a draw (near 0 when the start is forgotten); autocorrelation: the largest
    correlation of a chain's successive draws of one pair (0 with one draw a chain: draws are independent).
    """

    chains: int
    draws_per_chain: int
    burn_in: int
    thinning: int
    perturbed: float
    drift: float
    autocorrelation: float

    @property
    def sound(self) -> bool:
        """Whether the start is forgotten and successive draws hardly depend on each other."""
        limit = 5 * np.sqrt(2 / self.chains)
        return self.drift <= max(0.1, limit) and self.autocorrelation <= 0.2


@dataclass(frozen=True, slots=True)
class FixedMarginDraws:
    """Draws of the number of columns that each pair of rows shares: `joint` is draws × pairs of `pairs`."""

    pairs: list[tuple[int, int]]
    joint: Counts
    mixing: Mixing


def draw_fixed_margins(matrix: npt.ArrayLike, *, draws: int = 20_000, seed: int = 1) -> FixedMarginDraws:
    """Draw matrices with the row and column sums of a binary matrix, and count what each pair of rows shares.

    All chains follow one random order of pairs of rows, and start from the state that the given matrix
    reaches by the same order backwards. So, with one draw a chain, the given matrix and the draws are
    exchangeable under the null and p = (1+k)/(1+N) is valid however well the chain mixes: Besag, J. &
    Clifford, P. (1989), Generalized Monte Carlo significance tests, Biometrika 76, 633–642.

    Parameters
    ----------
    matrix: rows × columns of 0 and 1.
    draws: at least this many draws. seed: of numpy's PCG64; equal seeds give equal draws on any machine.

    Raises
    ------
    ValueError: when the matrix is not binary or `draws` is not positive.
    """
    cells = np.asarray(matrix)
    if cells.ndim != 2 or not np.isin(cells, (0, 1)).all():
        raise ValueError("an incidence matrix holds 0 and 1 only")
    if draws < 1:
        raise ValueError("at least one draw is needed")
    rows = cells.shape[0]
    pairs = list(combinations(range(rows), 2))
    if not pairs:
        return FixedMarginDraws([], np.zeros((draws, 0), dtype=np.int64), Mixing(draws, 1, 0, 0, 0, 0, 0))
    rng = np.random.default_rng(seed)
    kept = cells[:, cells.sum(axis=0) > 0].astype(bool)
    burn_in, thinning = 20 * rows, max(3 * rows, len(pairs))
    chain: _TypeChain | _ColumnChain
    if rows <= _FEW_ROWS:
        types = _TypeChain(kept)
        # One draw a chain where a trade is cheap; else four, thinned by as many trades as pairs.
        chains = draws if types.cost <= 32 else -(-draws // 4)
        chain = types
    else:
        labelled = _ColumnChain(kept)
        chains = min(draws, max(200, min(2_000, _CELLS_AT_ONCE // max(labelled.columns, 1))))
        chain = labelled
        # A small dense matrix forgets slowly and trades cheaply.
        burn_in, thinning = (60 * rows, 8 * rows) if labelled.columns <= 100 else (20 * rows, 3 * rows)
    per_chain = -(-draws // chains)
    order = [pairs[index] for index in rng.integers(0, len(pairs), burn_in)]
    chain.start(1)
    for pair in reversed(order):
        chain.trade(pair, rng)
    chain.spread(chains)
    half = np.zeros((chains, len(pairs)))
    for step, pair in enumerate(order):
        if step == burn_in // 2:
            half = chain.joint(pairs).astype(float)
        chain.trade(pair, rng)
    found = [chain.joint(pairs)]
    for _ in range(per_chain - 1):
        for index in rng.integers(0, len(pairs), thinning):
            chain.trade(pairs[index], rng)
        found.append(chain.joint(pairs))
    drift = _drift(half, found[0].astype(float))
    mixing = Mixing(
        chains, per_chain, burn_in, thinning if per_chain > 1 else 0, chain.perturbed(), drift, _lag(found)
    )
    return FixedMarginDraws(pairs, np.concatenate(found), mixing)


def _drift(half: npt.NDArray[np.float64], full: npt.NDArray[np.float64]) -> float:
    spread = full.std(axis=0)
    moved = np.abs(half.mean(axis=0) - full.mean(axis=0))
    return float(np.divide(moved, spread, out=np.zeros_like(moved), where=spread > 0).max(initial=0.0))


def _lag(found: list[Counts]) -> float:
    """Return the largest correlation of successive draws of a chain over pairs of rows."""
    if len(found) < 2:
        return 0.0
    values = np.stack(found).astype(float)
    centred = values - values.mean(axis=(0, 1))
    scale = (centred**2).mean(axis=(0, 1))
    shared = (centred[1:] * centred[:-1]).mean(axis=(0, 1))
    return float(np.divide(shared, scale, out=np.zeros_like(shared), where=scale > 0).max(initial=0.0))


class _TypeChain:
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


class _ColumnChain:
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
