"""Do two rows of an incidence meet less, or more, often than chance combines them? Tests of all pairs of
rows.

A pair of areas, helices, municipalities or actors meets in the columns (projects) that both rows have. Two
nulls: *fixed* (every row and column keeps its sum exactly; the authority with up to 50 rows) and *bicm* (sums
kept on average; for many rows). Where not even the least value that a tail can take would be significant
among the pairs that are testable at all, the pair is untestable in that tail: there is too little data to
say.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.errors import EcographError
from ecograph.network.bicm import Distribution, solve_bicm
from ecograph.network.curveball import Mixing, draw_fixed_margins

Null = Literal["fixed", "bicm"]
Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ALPHA = 0.05
"""The level of Tarone's procedure and of a significant q-value."""

DRAWS = 20_000
SEED = 20_201_201


@dataclass(frozen=True)
class PairTests:
    """Tests of all pairs of rows, in the order of itertools.combinations.

    observed, expected, spread (standard deviation): columns that both rows have, and under the null.
    p_lower = P(X ≤ observed), p_upper = P(X ≥ observed); least_lower and least_upper: the smallest p that
    the tail can take; testable_lower, testable_upper: by Tarone's procedure per tail; q_lower, q_upper:
    Benjamini–Hochberg over the pairs testable in the tail, NaN for the others. level_lower, level_upper:
    0.05/m.
    """

    null: Null
    pairs: list[tuple[int, int]]
    observed: npt.NDArray[np.int64]
    expected: Values
    spread: Values
    p_lower: Values
    p_upper: Values
    least_lower: Values
    least_upper: Values
    testable_lower: Flags
    testable_upper: Flags
    q_lower: Values
    q_upper: Values
    level_lower: float
    level_upper: float
    mixing: Mixing | None


def compare_pairs(
    matrix: npt.ArrayLike | csr_array, *, null: Null = "fixed", draws: int = DRAWS, seed: int = SEED
) -> PairTests:
    """Test every pair of rows of a binary incidence, rows × columns.

    Columns that no row has say nothing and are left out. With the fixed margins p = (1+k)/(1+N) of N draws,
    and the smallest attainable p is that of the least (greatest) number found in the draws or observed.

    Raises
    ------
    ValueError: when the matrix is not binary.
    EcographError: when the configuration model cannot be solved.
    """
    cells = np.asarray(matrix.toarray() if isinstance(matrix, csr_array) else matrix)
    if cells.ndim != 2 or not np.isin(cells, (0, 1)).all():
        raise ValueError("an incidence matrix holds 0 and 1 only")
    cells = cells.astype(np.int64)[:, cells.sum(axis=0) > 0]
    pairs = list(combinations(range(cells.shape[0]), 2))
    together = cells @ cells.T
    observed = np.array([together[pair] for pair in pairs], dtype=np.int64)
    if null == "fixed":
        drawn = draw_fixed_margins(cells, draws=draws, seed=seed)
        columns, mixing = _from_draws(drawn.joint, observed), drawn.mixing
    else:
        columns, mixing = _from_model(cells, pairs, observed), None
    expected, spread, lower, upper, least_lower, least_upper = columns
    testable_lower, level_lower = tarone(least_lower)
    testable_upper, level_upper = tarone(least_upper)
    return PairTests(
        null, pairs, observed, expected, spread, lower, upper, least_lower, least_upper,
        testable_lower, testable_upper, adjusted(lower, testable_lower), adjusted(upper, testable_upper),
        level_lower, level_upper, mixing,
    )  # fmt: skip


def _from_draws(joint: npt.NDArray[np.int64], observed: npt.NDArray[np.int64]) -> tuple[Values, ...]:
    number = joint.shape[0]
    if not len(observed):
        return (np.zeros(0),) * 6
    least = np.minimum(joint.min(axis=0), observed)
    most = np.maximum(joint.max(axis=0), observed)

    def share(hits: Flags) -> Values:
        return np.asarray((1 + hits.sum(axis=0)) / (1 + number))

    return (
        joint.mean(axis=0), joint.std(axis=0), share(joint <= observed), share(joint >= observed),
        share(joint <= least), share(joint >= most),
    )  # fmt: skip


def _from_model(
    cells: npt.NDArray[np.int64], pairs: list[tuple[int, int]], observed: npt.NDArray[np.int64]
) -> tuple[Values, ...]:
    model = solve_bicm(cells.sum(axis=1), cells.sum(axis=0))
    known: dict[tuple[int, int], tuple[float, Distribution]] = {}
    rows = []
    for (first, second), seen in zip(pairs, observed.tolist(), strict=True):
        classes = sorted((int(model.row_class[first]), int(model.row_class[second])))
        key = (classes[0], classes[1])
        if key not in known:
            known[key] = model.expected(first, second), model.distribution(first, second)
        mean, chance = known[key]
        tails = chance.lower(seen), chance.upper(seen), chance.lower(chance.least), chance.upper(chance.most)
        rows.append((mean, np.sqrt(chance.variance), *tails))
    return tuple(np.array(rows, dtype=float).reshape(len(pairs), 6).T)


def tarone(least: npt.ArrayLike, alpha: float = ALPHA) -> tuple[Flags, float]:
    """Return which tests are testable, and the level alpha/m that their smallest attainable p must reach.

    m is the least number such that at most m tests can reach alpha/m. Tarone, R. E. (1990), A modified
    Bonferroni method for discrete data, Biometrics 46, 515–522.
    """
    values = np.asarray(least, dtype=float)
    # Attainable p-values of symmetric pairs differ by rounding only.
    reached = next(m for m in range(1, len(values) + 2) if (values <= alpha / m * (1 + 1e-12)).sum() <= m)
    level = alpha / reached
    return np.asarray(values <= level * (1 + 1e-12)), level


def benjamini_hochberg(p: npt.ArrayLike) -> Values:
    """Return q-values: the least false discovery rate at which each test is rejected.

    Benjamini, Y. & Hochberg, Y. (1995), Controlling the false discovery rate, J. R. Statist. Soc. B 57,
    289–300.
    """
    values = np.asarray(p, dtype=float)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * len(values) / np.arange(1, len(values) + 1)
    falling = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    adjusted = np.empty_like(values)
    adjusted[order] = falling
    return adjusted


def adjusted(p: Values, testable: Flags) -> Values:
    """Return q-values over the testable tests; NaN for the others."""
    result = np.full(p.shape, np.nan)
    result[testable] = benjamini_hochberg(p[testable])
    return result


def checked_rows(count: int, null: Null) -> None:
    """Refuse what a null is not made for.

    Raises
    ------
    EcographError: for fixed margins with more than 50 rows.
    """
    if null == "fixed" and count > 50:
        raise EcographError(
            f"Fixed margins serve up to 50 rows; this incidence has {count}.", remedy="Use --null bicm."
        )
