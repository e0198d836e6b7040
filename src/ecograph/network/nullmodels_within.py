"""Do the members of a group meet each other less, or more, often than chance seats them? Exact tests.

The null seats each project's actors anew: a project keeps its number of actors exactly, an actor its number
of projects on average, and given these every seating is as likely as the product of its actors' weights (the
conditional Bernoulli design: Chen, S. X., Dempster, A. P. & Liu, J. S. (1994), Weighted finite population
sampling to maximize entropy, Biometrika 81, 457–469). Projects are independent, so the number of projects in
which a group meets itself is Poisson-binomial and its tails are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecograph.network.bicm import poisson_binomial
from ecograph.network.nullmodels import Flags, adjusted, tarone

Values = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WithinTests:
    """One test a group; names as in `ecograph.network.nullmodels.PairTests`.

    observed: projects with at least two actors of the group, among those with at least two actors of any.
    """

    observed: Counts
    expected: Values
    p_lower: Values
    p_upper: Values
    least_lower: Values
    least_upper: Values
    testable_lower: Flags
    testable_upper: Flags
    q_lower: Values
    q_upper: Values


def within_tests(incidence: npt.ArrayLike, group: npt.ArrayLike, groups: int) -> WithinTests:
    """Test each of `groups` groups of the rows of a binary incidence, actors × projects.

    group: the number of each actor's group; negative for none, and such actors are left out, as are projects
    with fewer than two actors of the others.
    """
    cells, member = np.asarray(incidence, dtype=np.int64), np.asarray(group, dtype=np.int64)
    cells, member = cells[member >= 0], member[member >= 0]
    cells = cells[:, cells.sum(axis=0) >= 2]
    present = cells.sum(axis=1) > 0
    cells, member = cells[present], member[present]
    sizes, number = np.unique(cells.sum(axis=0), return_counts=True)
    degrees, place = np.unique(cells.sum(axis=1), return_inverse=True)
    weights = seat_weights(degrees, np.bincount(place, minlength=len(degrees)), sizes, number)
    rows = []
    for index in range(groups):
        inside = member == index
        observed = int((cells[inside].sum(axis=0) >= 2).sum())
        counts = [np.bincount(place[chosen], minlength=len(degrees)) for chosen in (inside, ~inside)]
        meets = [_meets(weights, counts[0], counts[1], int(size)) for size in sizes]
        chance = poisson_binomial(meets, number)
        mean = float(np.dot(meets, number)) if len(sizes) else 0.0
        rows.append(
            (
                observed, mean, chance.lower(observed), chance.upper(observed), chance.lower(chance.least),
                chance.upper(chance.most),
            )
        )  # fmt: skip
    table = np.array(rows, dtype=float).reshape(groups, 6)
    lower, upper = tarone(table[:, 4])[0], tarone(table[:, 5])[0]
    return WithinTests(
        table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3], table[:, 4], table[:, 5],
        lower, upper, adjusted(table[:, 2], lower), adjusted(table[:, 3], upper),
    )  # fmt: skip


def seat_weights(degrees: Counts, count: Counts, sizes: Counts, number: Counts) -> Values:
    """Return the weight of each class of actors so that it has its number of projects on average.

    degrees, count: how many projects an actor of each class has, and how many such actors there are. sizes,
    number: how many actors projects have, and how many such projects there are. By iterative scaling.
    """
    weights = degrees / max(int(number.sum()), 1)
    for _ in range(500):
        expected = np.zeros(len(degrees))
        for index in range(len(degrees)):
            others = count.copy()
            others[index] -= 1
            rest = _symmetric(weights, others, int(sizes.max(initial=0)))
            whole = np.convolve(rest, (1.0, weights[index]))[: len(rest)]
            expected[index] = float((number * weights[index] * rest[sizes - 1] / whole[sizes]).sum())
        if np.abs(expected - degrees).max(initial=0.0) < 1e-9:
            break
        weights = weights * degrees / expected
        # Only ratios matter; a typical weight keeps the polynomials within range.
        weights = weights / (weights @ count) * float(sizes @ number) / max(int(number.sum()), 1)
    return np.asarray(weights)


def _symmetric(weights: Values, count: Counts, highest: int) -> Values:
    """Return the elementary symmetric polynomials e_0 … e_highest of weights, each with its multiplicity."""
    result = np.zeros(highest + 1)
    result[0] = 1.0
    for weight, times in zip(weights.tolist(), count.tolist(), strict=True):
        terms = np.ones(min(times, highest) + 1)
        for power in range(1, len(terms)):
            terms[power] = terms[power - 1] * weight * (times - power + 1) / power
        result = np.convolve(result, terms)[: highest + 1]
    return result


def _meets(weights: Values, inside: Counts, outside: Counts, size: int) -> float:
    """Return the chance that a project of `size` actors has at least two of the group."""
    own, rest = _symmetric(weights, inside, size), _symmetric(weights, outside, size)
    chance = own * rest[::-1]
    return float(chance[2:].sum() / chance.sum())
