"""Meetings inside a group: against enumeration, on null data, and with something planted."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from ecograph.network.nullmodels import ALPHA
from ecograph.network.nullmodels_within import seat_weights, within_tests


def test_seatings_agree_with_the_enumeration_of_all_of_them() -> None:
    cells = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 0, 0]])
    group = [0, 0, 1, 1, 1]
    sizes = cells.sum(axis=0)
    degrees, place, count = np.unique(cells.sum(axis=1), return_inverse=True, return_counts=True)
    weight = seat_weights(degrees, count, *np.unique(sizes, return_counts=True))[place]
    total, mass, seats = 0.0, np.zeros(4), np.zeros(5)
    for chosen in product(*(combinations(range(5), size) for size in sizes)):
        chance = np.prod([weight[list(actors)].prod() for actors in chosen])
        met = sum(sum(group[actor] == 0 for actor in actors) >= 2 for actors in chosen)
        total += chance
        mass[met] += chance
        for actors in chosen:
            seats[list(actors)] += chance
    assert np.allclose(seats / total, cells.sum(axis=1))
    tests = within_tests(cells, group, 2)
    assert tests.observed[0] == 1
    assert tests.p_lower[0] == pytest.approx(mass[:2].sum() / total)
    assert tests.p_upper[0] == pytest.approx(mass[1:].sum() / total)
    assert tests.least_lower[0] == pytest.approx(mass[0] / total)


def seated(rng: np.random.Generator, projects: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Actors × projects seated without regard to groups, with popular and rare actors."""
    actors = 80
    popularity = rng.pareto(1.5, actors) + 0.2
    cells = np.zeros((actors, projects), dtype=int)
    for project in range(projects):
        size = int(rng.integers(2, 9))
        keys = rng.exponential(size=actors) / popularity
        cells[np.argsort(keys)[:size], project] = 1
    return cells, rng.choice(4, size=actors, p=[0.4, 0.3, 0.2, 0.1])


def test_null_data_give_false_findings_at_most_at_the_nominal_rate() -> None:
    rng = np.random.default_rng(6)
    sets, lower, upper = 100, 0, 0
    for _ in range(sets):
        tests = within_tests(*seated(rng), 4)
        lower += bool((tests.q_lower[tests.testable_lower] <= ALPHA).any())
        upper += bool((tests.q_upper[tests.testable_upper] <= ALPHA).any())
    limit = ALPHA + 3 * np.sqrt(ALPHA * (1 - ALPHA) / sets)
    assert lower / sets <= limit
    assert upper / sets <= limit


def test_a_group_whose_members_avoid_each_other_is_found() -> None:
    rng = np.random.default_rng(2)
    cells, group = seated(rng, 120)
    for project in range(120):
        inside = np.flatnonzero(cells[:, project] & (group == 0))
        cells[inside[1:], project] = 0
    tests = within_tests(cells, group, 4)
    assert tests.observed[0] == 0
    assert tests.q_lower[0] <= 0.001


@pytest.mark.parametrize("cells", [np.zeros((0, 0)), np.zeros((3, 4)), np.eye(3), np.ones((2, 2))])
def test_nothing_to_seat_has_an_answer(cells: np.ndarray) -> None:
    tests = within_tests(cells, [0, 1, 1][: len(cells)], 2)
    assert np.isfinite(tests.expected).all()
    assert (tests.p_lower >= tests.least_lower).all()
