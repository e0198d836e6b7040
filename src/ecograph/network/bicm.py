"""The bipartite configuration model: margins kept on average, cells independent, exact Poisson-binomial
tails.

P(cell ik) = 1/(1 + exp(θᵢ + φₖ)), the maximum-entropy model whose expected row and column sums are the given
ones: Saracco, F., Di Clemente, R., Gabrielli, A. & Squartini, T. (2015), Randomizing bipartite networks: the
case of the World Trade Web, Scientific Reports 5, 10595; as a test of pairs of rows: Saracco, F., Straka, M.
J., Di Clemente, R., Gabrielli, A., Caldarelli, G. & Squartini, T. (2017), Inferring monopartite projections
of bipartite networks: an entropy-based approach, New Journal of Physics 19, 053022. It serves pairs among
many rows (actors). With few rows and columns of a single row it finds gaps where there are none: use the
fixed margins of `ecograph.network.curveball` there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import lstsq
from scipy.special import gammaln

from ecograph.errors import EcographError

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bicm:
    """A solved model by classes of equal sums: `probability` is row classes × column classes.

    row_class, column_class: the class of each row and column; column_count: columns of each class; error: the
    largest difference between an expected and a given sum.
    """

    row_class: npt.NDArray[np.int64]
    column_class: npt.NDArray[np.int64]
    column_count: npt.NDArray[np.int64]
    probability: Values
    error: float

    def cells(self) -> Values:
        """Return the probability of every cell, rows × columns."""
        return np.asarray(self.probability[np.ix_(self.row_class, self.column_class)])

    def expected(self, first: int, second: int) -> float:
        """Return the expected number of columns that two rows share."""
        return float(self._both(first, second) @ self.column_count)

    def distribution(self, first: int, second: int) -> Distribution:
        """Return the exact distribution of the number of columns that two rows share."""
        return poisson_binomial(self._both(first, second), self.column_count)

    def _both(self, first: int, second: int) -> Values:
        left, right = self.probability[self.row_class[first]], self.probability[self.row_class[second]]
        return np.asarray(left * right)


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution on 0, 1, … by its `mass`, with the least value it can take and its variance."""

    mass: Values
    least: int
    variance: float

    def lower(self, value: int) -> float:
        """Return P(X ≤ value)."""
        return min(1.0, float(self.mass[: max(value, -1) + 1].sum()))

    def upper(self, value: int) -> float:
        """Return P(X ≥ value)."""
        return min(1.0, float(self.mass[max(value, 0) :].sum()))

    @property
    def most(self) -> int:
        """The greatest value it can take."""
        return len(self.mass) - 1


def solve_bicm(row_sums: npt.ArrayLike, column_sums: npt.ArrayLike, *, tolerance: float = 1e-9) -> Bicm:
    """Solve the model for given sums by Newton's method on its convex dual, by classes of equal sums.

    Rows and columns whose sums leave no choice (empty or full) get probability 0 or 1 and are set aside,
    again until none is left. Cost: a few dense solves of the size of the number of distinct sums.

    Raises
    ------
    EcographError: when the sums belong to no matrix, or the equations cannot be solved to `tolerance`.
    """
    rows, row_class = np.unique(np.asarray(row_sums, dtype=np.int64), return_inverse=True)
    columns, column_class = np.unique(np.asarray(column_sums, dtype=np.int64), return_inverse=True)
    row_count = np.bincount(row_class, minlength=len(rows)).astype(np.int64)
    column_count = np.bincount(column_class, minlength=len(columns)).astype(np.int64)
    if int(rows @ row_count) != int(columns @ column_count):
        raise EcographError("The row sums and the column sums of an incidence must add up to the same.")
    probability = _solve_classes(rows, columns, row_count, column_count)
    error = max(
        float(np.abs(probability @ column_count - rows).max(initial=0.0)),
        float(np.abs(row_count @ probability - columns).max(initial=0.0)),
    )
    if not error <= tolerance * max(1, int(rows.max(initial=0)), int(columns.max(initial=0))):
        raise EcographError(
            f"The configuration model of these sums could not be solved (off by {error:.2g}).",
            remedy="Use fixed margins instead: --null fixed",
        )
    return Bicm(row_class.astype(np.int64), column_class.astype(np.int64), column_count, probability, error)


def _solve_classes(
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    row_count: npt.NDArray[np.int64],
    column_count: npt.NDArray[np.int64],
) -> Values:
    probability = np.zeros((len(rows), len(columns)))
    left_rows, left_columns = rows.astype(float), columns.astype(float)
    open_rows, open_columns = np.ones(len(rows), bool), np.ones(len(columns), bool)
    while open_rows.any() and open_columns.any():
        width, height = float(column_count[open_columns].sum()), float(row_count[open_rows].sum())
        settled = False
        for index in np.flatnonzero(open_rows):
            if left_rows[index] in (0.0, width):
                full = left_rows[index] == width
                probability[index, open_columns] = float(full)
                left_columns[open_columns] -= float(full) * row_count[index]
                open_rows[index], settled = False, True
                break
        if settled:
            continue
        for index in np.flatnonzero(open_columns):
            if left_columns[index] in (0.0, height):
                full = left_columns[index] == height
                probability[open_rows, index] = float(full)
                left_rows[open_rows] -= float(full) * column_count[index]
                open_columns[index], settled = False, True
                break
        if settled:
            continue
        inner = _newton(
            left_rows[open_rows], left_columns[open_columns], row_count[open_rows], column_count[open_columns]
        )
        probability[np.ix_(open_rows, open_columns)] = inner
        break
    return probability


def _newton(
    rows: Values, columns: Values, row_count: npt.NDArray[np.int64], column_count: npt.NDArray[np.int64]
) -> Values:
    """Minimise Σ n·d·θ + Σ m·k·φ + Σ n·m·log(1 + exp(−θ−φ)), whose gradient is given minus expected sums."""
    width, height = float(column_count.sum()), float(row_count.sum())
    point = np.concatenate([-np.log(rows / (width - rows)), -np.log(columns / (height - columns))])
    total = rows @ row_count / (width * height)
    point[len(rows) :] += np.log(total / (1 - total))
    weight = np.outer(row_count, column_count).astype(float)
    given = np.concatenate([row_count * rows, column_count * columns])

    def state(at: Values) -> tuple[float, Values, Values]:
        field = at[: len(rows), None] + at[None, len(rows) :]
        chance = 0.5 * (1 - np.tanh(field / 2))
        value = float(given @ at) + float((weight * np.logaddexp(0, -field)).sum())
        mass = weight * chance
        return value, chance, given - np.concatenate([mass.sum(axis=1), mass.sum(axis=0)])

    value, chance, gradient = state(point)
    for _ in range(200):
        if np.abs(gradient).max() < 1e-12 * max(1.0, given.max()):
            break
        curve = weight * chance * (1 - chance)
        hessian = np.block([[np.diag(curve.sum(axis=1)), curve], [curve.T, np.diag(curve.sum(axis=0))]])
        # Rank deficient by one: θ + c and φ − c are the same model; the least-norm step ignores it.
        step = -lstsq(hessian, gradient, cond=1e-14)[0]
        size = 1.0
        while size > 1e-6:
            candidate = state(point + size * step)
            if candidate[0] <= value + 1e-4 * size * float(gradient @ step) + 1e-12 * abs(value):
                break
            size /= 2
        point = point + size * step
        before = np.abs(gradient).max()
        value, chance, gradient = candidate
        if size <= 1e-6 and np.abs(gradient).max() >= before:
            break
    return np.asarray(chance)


def poisson_binomial(probabilities: npt.ArrayLike, counts: npt.ArrayLike) -> Distribution:
    """Return the exact distribution of a sum of independent 0/1 variables, by convolution of binomials.

    probabilities and counts: each probability and how many variables have it. Only sums of positive numbers
    occur, so that small tails keep their relative precision (a Fourier transform would not).
    """
    chances, numbers = np.asarray(probabilities, float), np.asarray(counts, np.int64)
    mass = np.ones(1)
    for chance, number in zip(chances.tolist(), numbers.tolist(), strict=True):
        if number and chance > 0:
            mass = np.convolve(mass, _binomial(number, chance))
    return Distribution(
        mass,
        least=int(numbers[chances >= 1].sum()),
        variance=float((chances * (1 - chances) * numbers).sum()),
    )


def _binomial(number: int, chance: float) -> Values:
    if chance >= 1:
        return np.concatenate([np.zeros(number), np.ones(1)])
    hits = np.arange(number + 1)
    ways = gammaln(number + 1) - gammaln(hits + 1) - gammaln(number - hits + 1)
    return np.asarray(np.exp(ways + hits * np.log(chance) + (number - hits) * np.log1p(-chance)))
