"""How often do the tests of gaps find something where there is nothing? And do they find what is planted?

    python benchmarks/network/falsepositives.py [--sets 400] [--draws 2000]

Null data: every project draws its areas with probability proportional to the product of the areas'
popularity, given how many it has; given the sums of rows and columns all such matrices are equally likely, so
that the null holds exactly. Shapes: the county's (five areas, four fifths of the projects in one area only),
Horizon 2020's (five areas, thousands of projects, few in several areas) and helices (four rows, most columns
in several). Printed per null model: the share of data sets with any gap (q at most 0.05 among the testable
pairs), with any finding in the upper tail, and the share of single tests with p at most 0.05. A planted gap:
the same data, with every project of both of two areas moved to another pair of areas, which is found or not.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from ecograph.network.nullmodels import ALPHA, Null, compare_pairs

Matrix = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Shape:
    """How null data look: columns, popularity of the rows, and how many columns have 1, 2, 3 … rows."""

    name: str
    columns: int
    popularity: tuple[float, ...]
    sizes: tuple[float, ...]


SHAPES = (
    Shape("county", 68, (31, 23, 16, 3, 3), (0.8, 0.18, 0.02)),
    Shape("Horizon 2020", 3_000, (278, 208, 191, 25, 5), (0.97, 0.025, 0.005)),
    Shape("helices", 55, (40, 30, 20, 2), (0.3, 0.5, 0.2)),
    Shape("dense areas", 200, (31, 23, 10, 16, 8), (0.5, 0.4, 0.1)),
)


def null_data(shape: Shape, rng: np.random.Generator) -> Matrix:
    """Return rows × columns under the null: P(rows of a column | their number) ∝ product of popularities."""
    rows = len(shape.popularity)
    cells = np.zeros((rows, shape.columns), dtype=np.int64)
    numbers = rng.choice(len(shape.sizes), size=shape.columns, p=np.array(shape.sizes)) + 1
    for number in np.unique(numbers).tolist():
        sets = list(combinations(range(rows), number))
        weights = np.array([np.prod([shape.popularity[row] for row in chosen]) for chosen in sets], float)
        columns = np.flatnonzero(numbers == number)
        drawn = rng.choice(len(sets), size=len(columns), p=weights / weights.sum())
        for column, index in zip(columns.tolist(), drawn.tolist(), strict=True):
            cells[list(sets[index]), column] = 1
    return cells


def planted_gap(cells: Matrix, rng: np.random.Generator) -> Matrix:
    """Return the data with no column in both of the first two rows; the second's part goes to another row."""
    result = cells.copy()
    for column in np.flatnonzero(cells[0] & cells[1]).tolist():
        free = np.flatnonzero(result[:, column] == 0)
        if len(free):
            result[1, column] = 0
            result[rng.choice(free), column] = 1
            # The second row keeps its total: it takes a column that has one row alone.
            alone = np.flatnonzero((result.sum(axis=0) == 1) & (result[0] == 0) & (result[1] == 0))
            if len(alone):
                target = int(rng.choice(alone))
                result[:, target] = 0
                result[1, target] = 1
    return result


def rates(
    shape: Shape, null: Null, sets: int, draws: int, seed: int = 1
) -> tuple[float, float, float, float]:
    """Return the shares: sets with a gap, sets with an excess, tests with p ≤ 0.05, planted gaps found."""
    rng = np.random.default_rng(seed)
    gaps = excesses = found = 0
    single: list[float] = []
    for number in range(sets):
        cells = null_data(shape, rng)
        tests = compare_pairs(cells, null=null, draws=draws, seed=number)
        gaps += bool((tests.q_lower[tests.testable_lower] <= ALPHA).any())
        excesses += bool((tests.q_upper[tests.testable_upper] <= ALPHA).any())
        single += [float((tests.p_lower <= ALPHA).mean())]
        if number < sets // 4:
            planted = compare_pairs(planted_gap(cells, rng), null=null, draws=draws, seed=number)
            found += bool(planted.testable_lower[0] and planted.q_lower[0] <= ALPHA)
    return gaps / sets, excesses / sets, float(np.mean(single)), found / max(sets // 4, 1)


def main() -> int:
    """Print one line a shape and null; 1 when fixed margins exceed the nominal rate beyond chance."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", type=int, default=400)
    parser.add_argument("--draws", type=int, default=2_000)
    options = parser.parse_args()
    limit = ALPHA + 3 * np.sqrt(ALPHA * (1 - ALPHA) / options.sets)
    failed = False
    print(f"{options.sets} data sets a shape, {options.draws} draws a set; nominal {ALPHA}")
    print(
        f"{'shape':<14} {'null':<6} {'any gap':>8} {'any excess':>11} {'p ≤ 0.05':>9} "
        f"{'planted found':>14} {'s/set':>7}"
    )
    for shape in SHAPES:
        for null in ("fixed", "bicm"):
            start = time.perf_counter()
            gap, excess, single, found = rates(shape, null, options.sets, options.draws)  # type: ignore[arg-type]
            seconds = (time.perf_counter() - start) / options.sets
            print(
                f"{shape.name:<14} {null:<6} {gap:8.3f} {excess:11.3f} {single:9.3f} {found:14.3f} "
                f"{seconds:7.3f}"
            )
            failed |= null == "fixed" and (gap > limit or excess > limit)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
