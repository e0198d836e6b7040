"""Relatedness, specialisation and variety of activities: what a region does and what lies near it.

Matrices are units × activities (regions or actors × areas), counts or amounts, never negative.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def association_strength(together: npt.ArrayLike) -> Values:
    """Return how many times more often two activities occur together than independence lets expect.

    a_ij = c_ij · 2m / (s_i · s_j), c the co-occurrences without the diagonal, s its row sums, 2m their total;
    1 is independence, NaN for an activity that never occurs together with another.
    van Eck, N. J. & Waltman, L. (2009), How to normalize cooccurrence data?, Journal of the American Society
    for Information Science and Technology 60, 1635–1651, equation 6.
    """
    counts = np.array(together, dtype=float)
    np.fill_diagonal(counts, 0)
    sums = counts.sum(axis=1)
    product = np.outer(sums, sums)
    result = _divided(counts * counts.sum(), product)
    np.fill_diagonal(result, np.nan)
    return result


def location_quotient(matrix: npt.ArrayLike) -> Values:
    """Return the share of an activity in a unit over its share in all units together (Balassa's index).

    LQ = (x_ra / x_r.) / (x_.a / x_..); NaN where the unit or the activity has nothing.
    Balassa, B. (1965), Trade liberalisation and "revealed" comparative advantage, The Manchester School 33,
    99–123.
    """
    counts = np.asarray(matrix, dtype=float)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0))
    return _divided(counts * counts.sum(), expected)


def proximity(specialised: npt.ArrayLike) -> Values:
    """Return φ_ij = min(P(i | j), P(j | i)) over units specialised in activities; 1 on the diagonal.

    specialised: units × activities, 0 or 1 (location quotient at least 1). NaN where no unit is specialised.
    Hidalgo, C. A., Klinger, B., Barabási, A.-L. & Hausmann, R. (2007), The product space conditions the
    development of nations, Science 317, 482–487.
    """
    marks = np.asarray(specialised, dtype=float)
    both = marks.T @ marks
    number = marks.sum(axis=0)
    largest = np.maximum.outer(number, number)
    empty = (number == 0)[:, None] | (number == 0)[None, :]
    return _divided(both, np.where(empty, 0.0, largest))


def relatedness_density(specialised: npt.ArrayLike, relatedness: npt.ArrayLike) -> Values:
    """Return how much of the relatedness around each activity the unit already has, from 0 to 1.

    ω_ra = Σ_b x_rb φ_ab / Σ_b φ_ab over other activities b ≠ a; NaN where nothing is related to a.
    Hidalgo et al. (2007); as percentages and without the activity itself in Balland, P.-A. et al. (2019),
    Smart specialization policy in the European Union, Regional Studies 53, 1252–1268.
    """
    marks = np.asarray(specialised, dtype=float)
    near = np.nan_to_num(np.array(relatedness, dtype=float))
    np.fill_diagonal(near, 0)
    total = near.sum(axis=0)
    return _divided(marks @ near, np.broadcast_to(total[None, :], marks.shape))


def entropy(shares: npt.ArrayLike) -> float:
    """Return Shannon's entropy of amounts in bits, −Σ p·log₂ p; NaN when there is nothing.

    0 when all is in one activity, log₂ n when n activities have equal parts.
    """
    amounts = np.asarray(shares, dtype=float)
    if amounts.sum() <= 0:
        return float("nan")
    parts = amounts[amounts > 0] / amounts.sum()
    return float(-(parts * np.log2(parts)).sum()) + 0.0


def related_variety(amounts: npt.ArrayLike, groups: list[str]) -> tuple[float, float]:
    """Return variety within and between groups of activities, in bits; together they are the entropy.

    related = Σ_g P_g · H_g, unrelated = entropy of the groups. NaN twice when there is nothing.
    Frenken, K., van Oort, F. & Verburg, T. (2007), Related variety, unrelated variety and regional economic
    growth, Regional Studies 41, 685–697.
    """
    values = np.asarray(amounts, dtype=float)
    total = values.sum()
    if total <= 0:
        return float("nan"), float("nan")
    parts = {name: values[[group == name for group in groups]] for name in sorted(set(groups))}
    related = sum(part.sum() / total * entropy(part) for part in parts.values() if part.sum() > 0)
    return float(related), entropy([part.sum() for part in parts.values()])


def diversity_and_ubiquity(specialised: npt.ArrayLike) -> tuple[Values, Values]:
    """Return in how many activities each unit is specialised, and how many units are in each activity.

    Hidalgo, C. A. & Hausmann, R. (2009), The building blocks of economic complexity, PNAS 106, 10570–10575.
    """
    marks = np.asarray(specialised, dtype=float)
    return marks.sum(axis=1), marks.sum(axis=0)


def reflections(specialised: npt.ArrayLike, steps: int) -> tuple[Values, Values]:
    """Return the method of reflections after `steps` steps, of units and of activities.

    k_c,n = 1/k_c,0 Σ_p M_cp k_p,n−1 and k_p,n = 1/k_p,0 Σ_c M_cp k_c,n−1; step 0 is diversity and ubiquity.
    NaN for a unit without a speciality and an activity without a specialised unit. Hidalgo & Hausmann (2009).
    """
    marks = np.asarray(specialised, dtype=float)
    diversity, ubiquity = diversity_and_ubiquity(marks)
    units, activities = diversity.copy(), ubiquity.copy()
    for _ in range(steps):
        next_units = _divided(marks @ np.nan_to_num(activities), diversity)
        next_activities = _divided(marks.T @ np.nan_to_num(units), ubiquity)
        units, activities = next_units, next_activities
    return units, activities


def _divided(values: Values, by: Values) -> Values:
    """Return values by positive numbers; NaN where there is nothing to divide by."""
    return np.asarray(np.divide(values, by, out=np.full(values.shape, np.nan), where=by > 0))
