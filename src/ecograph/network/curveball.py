"""Binary matrices with fixed margins, drawn at random: the curveball chain on column types or on columns.

A trade takes two rows, pools the columns that exactly one of them has, and deals them out again at random so
that both rows keep their totals. Every trade draws from the uniform distribution given the rest (a Gibbs
step), so the chain is reversible and its stationary distribution is uniform over all matrices with the
margins. Strona, G., Nappo, D., Boccacci, F., Fattorini, S. & San-Miguel-Ayanz, J. (2014), A fast and unbiased
procedure to randomize ecological binary matrices with fixed row and column totals, Nature Communications 5,
4114; uniformity: Carstens, C. J. (2015), Proof of uniform sampling of binary matrices with fixed row sums and
column sums for the fast curveball algorithm, Physical Review E 91, 042812.

Three chains draw by the same rule, and the cheapest is chosen. Columns with a single row are kept as numbers.
With few columns of several rows (a county's projects) each of these is dealt in turn, in all chains at once.
With few rows the columns are exchangeable within their type (which rows have them), so the chain runs on the
number of columns of each type, at most 2^rows numbers: a trade is then a multivariate hypergeometric draw,
whatever the number of columns. Else the columns themselves are dealt, in fewer chains with several draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from ecograph.network.curveball_chains import Chain, ColumnChain, DealtChain, TypeChain

Counts = npt.NDArray[np.int64]

_FEW_ROWS = 8
_FEW_COLUMNS = 100
_TYPE_COST = 10
"""A trade deals about so many columns in the time of one hypergeometric draw of a type."""
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
    pairs = list(combinations(range(cells.shape[0]), 2))
    if not pairs:
        return FixedMarginDraws([], np.zeros((draws, 0), dtype=np.int64), Mixing(draws, 1, 0, 0, 0, 0, 0))
    kept = cells[:, cells.sum(axis=0) > 0].astype(bool)
    sums = kept.sum(axis=1)
    # A row with no column, or with all of them, has nothing to trade, and shares always the same.
    free = np.flatnonzero((sums > 0) & (sums < kept.shape[1])).tolist()
    traded = list(combinations(range(len(free)), 2))
    drawn, mixing = _run(kept[free], traded, draws, seed)
    whole = kept.astype(np.int64)
    fixed = np.array([whole[first] @ whole[second] for first, second in pairs], dtype=np.int64)
    joint = np.repeat(fixed[None, :], len(drawn), axis=0)
    place = {pair: index for index, pair in enumerate(pairs)}
    joint[:, [place[free[first], free[second]] for first, second in traded]] = drawn
    return FixedMarginDraws(pairs, joint, mixing)


def _run(
    kept: npt.NDArray[np.bool_], pairs: list[tuple[int, int]], draws: int, seed: int
) -> tuple[Counts, Mixing]:
    """Return draws × pairs of the rows that trade, and how the chains mixed."""
    if not pairs:
        return np.zeros((draws, 0), dtype=np.int64), Mixing(draws, 1, 0, 0, 0, 0, 0)
    rng = np.random.default_rng(seed)
    chain, chains, burn_in, thinning = _chosen(kept, draws)
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
    return np.concatenate(found), mixing


def _chosen(kept: npt.NDArray[np.bool_], draws: int) -> tuple[Chain, int, int, int]:
    """Return the cheapest chain for a matrix, how many chains, and its burn-in and thinning in trades."""
    rows = kept.shape[0]
    dealt = DealtChain(kept)
    # A small dense matrix forgets slowly and trades cheaply.
    burn_in = 20 * rows if rows <= _FEW_ROWS else 60 * rows
    if rows <= _FEW_ROWS:
        types = TypeChain(kept)
        if dealt.columns > _TYPE_COST * types.cost:
            # One draw a chain where a trade is cheap; else four, thinned by as many trades as pairs.
            chains = draws if types.cost <= 32 else -(-draws // 4)
            return types, chains, burn_in, max(3 * rows, rows * (rows - 1) // 2)
        return dealt, draws, burn_in, 0
    if rows <= 64 and dealt.columns <= _FEW_COLUMNS:
        return dealt, draws, burn_in, 0
    labelled = ColumnChain(kept)
    chains = min(draws, max(200, min(2_000, _CELLS_AT_ONCE // max(labelled.columns, 1))))
    return labelled, chains, 20 * rows, 3 * rows


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
