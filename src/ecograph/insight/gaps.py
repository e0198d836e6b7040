"""Collaboration gaps: which areas, helices or municipalities meet less, or more, often than chance explains.

A gap is a claim about the projects that are known, never about who works with whom outside them. It needs
enough data (else `too-little-data`) and must hold under other classifications of the projects (else
`depends-on-classification`). What is declared, what is enacted and what is possible are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from ecograph.config import RegionConfig
from ecograph.insight.coverage import Coverage, measure_coverage
from ecograph.insight.gaps_classification import Classifications, read_classifications
from ecograph.insight.gaps_declared import (
    Declared,
    SharedActors,
    area_relatedness,
    basis_of,
    read_declared,
    shared_actors,
)
from ecograph.insight.gaps_matrix import (
    WINDOWS,
    Incidence,
    Window,
    incidence_of,
    members_of,
    project_windows,
)
from ecograph.insight.gaps_separation import Separation, separation_of
from ecograph.insight.gaps_within import Within, within_groups
from ecograph.insight.groups import By, Groups, group_labels
from ecograph.model.iris import Base
from ecograph.network.curveball import Mixing
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.nullmodels import ALPHA, DRAWS, SEED, PairTests, compare_pairs
from ecograph.store.graph import Graph

Verdict = Literal["gap", "over", "as-chance", "too-little-data", "depends-on-classification"]


@dataclass(frozen=True)
class GapTest:
    """What is known of one pair of groups in one window.

    a, b: names of the groups (``area/…``, a helix's key, ``place/…``); labels as (sv, en).
    observed, expected, spread: projects in which they meet, and mean and standard deviation under the null.
    p_lower = P(X ≤ observed), p_upper = P(X ≥ observed); q_*: Benjamini–Hochberg per tail over the testable
    pairs of the window, None when the pair is untestable in that tail; least_lower: the smallest p_lower that
    the pair can have; level_lower: what it has to reach (0.05/m, Tarone). projects_a, projects_b: row sums.
    evidence: the projects in which they meet. survives: whether the finding holds under every other
    classification (None when there is no finding or it was not tried); against: those under which it does
    not. basis (areas only): see `gaps_declared.basis_of`. relatedness: association of the areas in the
    country's projects, with interval (areas only).
    """

    window: Window
    a: str
    b: str
    label_a: tuple[str, str]
    label_b: tuple[str, str]
    projects_a: int
    projects_b: int
    observed: int
    expected: float
    spread: float
    p_lower: float
    p_upper: float
    q_lower: float | None
    q_upper: float | None
    least_lower: float
    least_upper: float
    level_lower: float
    level_upper: float
    testable: bool
    testable_upper: bool
    verdict: Verdict
    evidence: tuple[str, ...]
    survives: bool | None = None
    against: tuple[str, ...] = ()
    basis: str | None = None
    modality: str | None = None
    relatedness: float | None = None
    relatedness_low: float | None = None
    relatedness_high: float | None = None


@dataclass(frozen=True)
class WindowSummary:
    """One window's incidence: projects (columns), those with several groups, testable pairs, mixing."""

    window: Window
    projects: int
    several: int
    pairs: int
    testable: int
    mixing: Mixing | None


@dataclass(frozen=True)
class Gaps:
    """All pairs of a kind of group: `tests` by window, then in the groups' order.

    separation (areas only): how far areas keep apart overall, in the region and in the country.
    within: what happens inside each group: described, and tested for helices and municipalities.
    shared (areas only): how many actors work in both of two areas; secondary and descriptive.
    """

    by: By
    tests: tuple[GapTest, ...]
    windows: tuple[WindowSummary, ...]
    separation: tuple[Separation, ...]
    within: tuple[Within, ...]
    coverage: Coverage
    shared: tuple[SharedActors, ...] = ()
    parameters: dict[str, object] = field(default_factory=dict)

    def of(self, window: Window = "all") -> tuple[GapTest, ...]:
        """Return the tests of one window."""
        return tuple(test for test in self.tests if test.window == window)

    def found(self, window: Window = "all") -> tuple[GapTest, ...]:
        """Return the gaps of a window: significant and independent of the classification."""
        return tuple(test for test in self.of(window) if test.verdict == "gap")


def find_gaps(
    graph: Graph,
    *,
    base: Base,
    region: RegionConfig,
    by: By = "area",
    national: TwoMode | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    windows: Sequence[Window] = WINDOWS,
    robust: bool = True,
) -> Gaps:
    """Test all pairs of areas, helices or municipalities of the region's network.

    Parameters
    ----------
    national: the network of everything in the graph, when it is read already (see `read_two_mode`).
    draws, seed: of the fixed-margin null. windows: which of `WINDOWS`; ``all`` carries the declared links.
    robust: try other classifications where something is found.

    Raises
    ------
    EcographError: when the graph lacks the vocabularies that say what counts.
    """
    country = national if national is not None else read_two_mode(graph, base=base, region=region)
    network = country.county()
    groups = members_of(graph, network, by, base=base, region=region)
    labels = group_labels(graph, base, network, groups)
    classes = read_classifications(graph, network, base=base)
    times = project_windows(graph, network, base=base, adopted=region.strategy_adopted)
    declared = read_declared(graph, network, base=base) if by == "area" else {}
    near = area_relatedness(country, seed=seed) if by == "area" else {}
    whole = incidence_of(network, groups)
    tests: list[GapTest] = []
    summaries = []
    for window in windows:
        inside = {project for project, time in times.items() if window in ("all", time)}
        incidence = whole.only(inside)
        result = compare_pairs(incidence.cells, draws=draws, seed=seed)
        found = _tests(incidence, result, window, labels)
        if robust:
            found = _survivors(found, incidence, network, groups, classes, inside, draws=draws, seed=seed)
        if by == "area":
            found = [_with_basis(test, declared, near) for test in found]
        tests += found
        summaries.append(_summary(window, incidence, result))
    return Gaps(
        by,
        tuple(tests),
        tuple(summaries),
        separation_of(graph, country, network, classes, base=base) if by == "area" else (),
        within_groups(network, groups, labels, classes),
        measure_coverage(network),
        shared_actors(network, seed=seed) if by == "area" else (),
        {"null": "fixed", "draws": draws, "seed": seed, "level": ALPHA, "region": region.nuts3},
    )


def _summary(window: Window, incidence: Incidence, result: PairTests) -> WindowSummary:
    several = int((incidence.cells.sum(axis=0) > 1).sum())
    testable = int(result.testable_lower.sum())
    return WindowSummary(window, len(incidence.projects), several, len(result.pairs), testable, result.mixing)


def _tests(
    incidence: Incidence, result: PairTests, window: Window, labels: dict[str, tuple[str, str]]
) -> list[GapTest]:
    sums = incidence.cells.sum(axis=1).tolist()
    found = []
    for index, (first, second) in enumerate(result.pairs):
        lower, upper = (_known(values[index]) for values in (result.q_lower, result.q_upper))
        testable = bool(result.testable_lower[index])
        verdict: Verdict = "as-chance" if testable else "too-little-data"
        if upper is not None and upper <= ALPHA:
            verdict = "over"
        if lower is not None and lower <= ALPHA:
            verdict = "gap"
        a, b = incidence.names[first], incidence.names[second]
        found.append(
            GapTest(
                window=window, a=a, b=b, label_a=labels[a], label_b=labels[b],
                projects_a=sums[first], projects_b=sums[second], observed=int(result.observed[index]),
                expected=float(result.expected[index]), spread=float(result.spread[index]),
                p_lower=float(result.p_lower[index]), p_upper=float(result.p_upper[index]),
                q_lower=lower, q_upper=upper,
                least_lower=float(result.least_lower[index]), least_upper=float(result.least_upper[index]),
                level_lower=result.level_lower, level_upper=result.level_upper,
                testable=testable, testable_upper=bool(result.testable_upper[index]),
                verdict=verdict, evidence=incidence.joint(first, second),
            )
        )  # fmt: skip
    return found


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _survivors(
    tests: list[GapTest],
    incidence: Incidence,
    network: TwoMode,
    groups: Groups,
    classes: Classifications,
    inside: set[str],
    *,
    draws: int,
    seed: int,
) -> list[GapTest]:
    """Return the tests with what other classifications make of each finding."""
    if not any(test.verdict in ("gap", "over") for test in tests):
        return tests
    against: dict[int, list[str]] = {}
    for name, cells in _alternatives(incidence, network, groups, classes, inside):
        other = compare_pairs(cells, draws=draws, seed=seed)
        for index, test in enumerate(tests):
            q = other.q_lower[index] if test.verdict == "gap" else other.q_upper[index]
            # NaN: untestable under the other classification, so the finding does not hold there.
            if test.verdict in ("gap", "over") and not q <= ALPHA:
                against.setdefault(index, []).append(name)
    result = []
    for index, test in enumerate(tests):
        if test.verdict not in ("gap", "over"):
            result.append(test)
        elif index in against:
            result.append(
                replace(
                    test,
                    verdict="depends-on-classification", survives=False, against=tuple(against[index]),
                )
            )  # fmt: skip
        else:
            result.append(replace(test, survives=True))
    return result


def _alternatives(
    incidence: Incidence, network: TwoMode, groups: Groups, classes: Classifications, inside: set[str]
) -> list[tuple[str, np.ndarray]]:
    """Return other classifications' incidences, by a name: rules only, explicit only, one project recoded.

    Recodings that give the same columns give the same test, so each is made once; a classification under
    which no project counts to any area is none.
    """
    found: list[tuple[str, np.ndarray]] = []
    for name, areas_of in (("rules-only", classes.by_rule), ("explicit-only", classes.explicit)):
        other = incidence_of(network, groups, classes.matrix(areas_of)).only(inside)
        if other.projects:
            found.append((name, other.cells))
    position = {project: column for column, project in enumerate(incidence.projects)}
    seen = set()
    for recoding in classes.recodings():
        column = position.get(recoding.project)
        if column is None:
            continue
        cells = incidence.cells.copy()
        if groups.by == "area":
            cells[:, column] = [int(name in recoding.after) for name in incidence.names]
        elif not recoding.after:
            cells[:, column] = 0
        key = (tuple(incidence.cells[:, column]), tuple(cells[:, column]))
        if key[0] != key[1] and key not in seen:
            seen.add(key)
            found.append((f"recoded:{recoding.project}", cells))
    return found


def _with_basis(
    test: GapTest, declared: Declared, near: dict[tuple[str, str], tuple[float, float, float]]
) -> GapTest:
    pair = (min(test.a, test.b), max(test.a, test.b))
    modality = declared.get(pair)
    estimate = near.get(pair)
    values = dict(zip(("relatedness", "relatedness_low", "relatedness_high"), estimate or (), strict=False))
    basis = basis_of(modality, test.observed, estimate)
    return replace(test, basis=basis, modality=modality, **values)  # type: ignore[arg-type]
