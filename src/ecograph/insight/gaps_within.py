"""What happens inside each group: described for all, and tested for helices and municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from ecograph.insight.gaps_classification import Areas, Classifications
from ecograph.insight.groups import Groups
from ecograph.network.incidence import TwoMode
from ecograph.network.nullmodels import ALPHA
from ecograph.network.nullmodels_within import WithinTests, within_tests
from ecograph.network.projection import shared_projects

Verdict = Literal["gap", "over", "as-chance", "too-little-data", "depends-on-classification", "not-tested"]


@dataclass(frozen=True)
class Within:
    """What happens inside a group.

    projects: of an area its projects, of another group those in which it takes part; with_partners: those
    with at least two known collaborators (of another group: two of the group itself); actors; pairs: pairs of
    them that share such a project, of possible_pairs; largest: actors of the largest part that hangs
    together. observed, expected, p_*, q_*, least_lower, testable: of the test that members meet each other
    less (more) often than chance seats them in the classified projects with at least two actors of any of the
    groups; None for areas, where no null is defined: an actor is in an area by its projects alone. against:
    the classifications under which a finding does not hold.
    """

    group: str
    label: tuple[str, str]
    projects: int
    with_partners: int
    actors: int
    pairs: int
    possible_pairs: int
    largest: int
    verdict: Verdict = "not-tested"
    observed: int | None = None
    expected: float | None = None
    p_lower: float | None = None
    p_upper: float | None = None
    q_lower: float | None = None
    q_upper: float | None = None
    least_lower: float | None = None
    testable: bool | None = None
    against: tuple[str, ...] = ()


def within_groups(
    network: TwoMode, groups: Groups, labels: dict[str, tuple[str, str]], classes: Classifications
) -> tuple[Within, ...]:
    """Describe the collaboration inside each group, and test it for helices and municipalities.

    Inside an area all of its projects' collaborators count. A finding must also hold when only the projects
    that rules classify count, and when only those that are classified explicitly do.
    """
    described = [_described(network, groups, row, labels[name]) for row, name in enumerate(groups.names)]
    if groups.by == "area" or not described:
        return tuple(Within(*values) for values in described)
    tests = _tests(network, groups, classes.current)
    others = {
        name: _tests(network, groups, areas_of)
        for name, areas_of in (("rules-only", classes.by_rule), ("explicit-only", classes.explicit))
        if areas_of
    }
    return tuple(_tested(values, row, tests, others) for row, values in enumerate(described))


Described = tuple[str, tuple[str, str], int, int, int, int, int, int]


def _described(network: TwoMode, groups: Groups, row: int, label: tuple[str, str]) -> Described:
    if groups.by == "area":
        inside = np.asarray(network.area_matrix[[row]].toarray()).ravel() > 0
        part = csr_array(network.matrix[:, np.flatnonzero(inside)])
    else:
        part = csr_array(network.matrix[np.flatnonzero(groups.members[row])])
    sizes = np.asarray(part.sum(axis=0)).ravel()
    active = np.asarray(part.sum(axis=1)).ravel() > 0
    ties = shared_projects(part)
    actors, largest = int(active.sum()), 0
    if actors:
        _, component = connected_components(csr_array(ties[active][:, active]), directed=False)
        largest = int(np.bincount(component).max())
    projects, partners = int((sizes > 0).sum()), int((sizes >= 2).sum())
    possible = actors * (actors - 1) // 2
    return groups.names[row], label, projects, partners, actors, ties.nnz // 2, possible, largest


def _tests(network: TwoMode, groups: Groups, areas_of: dict[str, Areas]) -> WithinTests:
    classified = [bool(areas_of.get(project)) for project in network.project_ids]
    cells = network.matrix[:, np.flatnonzero(classified)].toarray()
    return within_tests(cells, _numbers(groups), len(groups.names))


def _numbers(groups: Groups) -> npt.NDArray[np.int64]:
    """Return the number of each actor's group; −1 for none."""
    return np.where(groups.members.any(axis=0), groups.members.argmax(axis=0), -1).astype(np.int64)


def _tested(values: Described, row: int, tests: WithinTests, others: dict[str, WithinTests]) -> Within:
    def significant(found: WithinTests, side: str) -> bool:
        # NaN where untestable, which is no finding.
        return bool((found.q_lower if side == "gap" else found.q_upper)[row] <= ALPHA)

    verdict: Verdict = "as-chance" if tests.testable_lower[row] else "too-little-data"
    against: tuple[str, ...] = ()
    for side in ("over", "gap"):
        if significant(tests, side):
            against = tuple(name for name, other in others.items() if not significant(other, side))
            found: Verdict = "gap" if side == "gap" else "over"
            verdict = "depends-on-classification" if against else found
    q_lower, q_upper = (
        None if np.isnan(value) else float(value) for value in (tests.q_lower[row], tests.q_upper[row])
    )
    return Within(
        *values, verdict, int(tests.observed[row]), float(tests.expected[row]), float(tests.p_lower[row]),
        float(tests.p_upper[row]), q_lower, q_upper, float(tests.least_lower[row]),
        bool(tests.testable_lower[row]), against,
    )  # fmt: skip
