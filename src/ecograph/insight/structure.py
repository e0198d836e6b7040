"""The network as a whole: size, cohesion, mixing, core and communities, each against what chance gives.

Chance is one null for every figure (`network.shuffle`): the actors are dealt anew to the projects, every
actor with its number of projects and every project with its number of actors of the region and of others. So
a figure says what is in the network beyond consortia of these sizes, selected by the region's part in them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.insight.structure_actors import SEED, ActorStructure, actor_structure
from ecograph.network import measures
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import Projection, newman_weights, project_actors, shared_projects
from ecograph.network.shuffle import shuffled
from ecograph.network.whole import mean_distance

DRAWS = 59
"""Draws of the null: enough for a p of 0.033, two-sided; the terminal makes more when asked."""

Standing = Literal["above", "below", "within"]

_PROMINENT = 0.05
"""The share of actors, those with the most projects, whose ties to one another are the rich club."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the network and what chance makes of it; None is undefined, or without a null.

    value: in the unit of its key. expected: mean of the draws; low, high: the bounds of their middle 95 per
    cent, beyond which p is 0.05 or less. p: two-sided, (1+k)/(1+draws) doubled.
    """

    key: str
    value: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None

    @property
    def standing(self) -> Standing | None:
        """Whether the figure is above, below or within what chance gives; None without a null."""
        if self.value is None or self.p is None or self.expected is None:
            return None
        if self.p > 0.05:
            return "within"
        return "above" if self.value > self.expected else "below"


@dataclass(frozen=True)
class Structure:
    """What there is to say of a network as a whole.

    figures: by key, in the order in which they are told. prominent: number of the actors of the rich club,
    each with at least `prominent_projects` projects. known: per partition, actors with a known group.
    message: why there is nothing to say, in Swedish and English; else empty.
    """

    figures: dict[str, Figure]
    actors: ActorStructure
    projection: Projection
    draws: int
    seed: int
    prominent: int = 0
    prominent_projects: int = 0
    known: dict[str, int] = field(default_factory=dict)
    message: tuple[str, str] = ("", "")

    def value(self, key: str) -> float | None:
        """Return the value of a figure; None when it is undefined or not there."""
        return self.figures[key].value if key in self.figures else None


def find_structure(network: TwoMode, *, draws: int = DRAWS, seed: int = SEED) -> Structure:
    """Measure a network as a whole, its communities and its actors' places in them.

    Clustering, distances, mixing, rich club (density among the actors with the most projects: Opsahl et al.
    2008, Physical Review Letters 101, 168702), nestedness (NODF of actors × projects and actors × areas) and
    modularity are held against `draws` networks of the null. The formulas stand with each measure in
    `network.measures`. The same network, draws and seed give the same result. Cost O(draws·m).
    """
    projection = project_actors(network)
    actors = actor_structure(network, projection, seed=seed)
    size = len(projection.ids)
    if size < 2 or projection.shared.nnz == 0:
        return Structure({}, actors, projection, 0, seed, message=_nothing(size))
    probe = _Probe(network, seed)
    observed = probe.figures(network.matrix, projection)
    strata = network.actors["in_region"].to_numpy()
    draws_of = shuffled(network.matrix, draws=draws, seed=seed, strata=strata)
    chance = [probe.figures(draw) for draw in draws_of]
    tested = {
        key: _figure(key, value, np.array([draw[key] for draw in chance])) for key, value in observed.items()
    }
    plain = {key: Figure(key, _known(value)) for key, value in _plain(projection, actors).items()}
    return Structure(
        figures={key: (plain | tested)[key] for key in ORDER},
        actors=actors,
        projection=projection,
        draws=draws,
        seed=seed,
        prominent=int(probe.prominent.sum()),
        prominent_projects=probe.prominent_projects,
        known={by: sum(group is not None for group in groups) for by, groups in probe.groups.items()},
    )


ORDER = (
    "components", "largest-component", "density", "mean-degree", "mean-distance", "clustering",
    "transitivity", "small-world", "degree-assortativity", "helix-assortativity",
    "municipality-assortativity", "area-assortativity", "rich-club", "nestedness-projects",
    "nestedness-areas", "communities", "modularity", "stability", "innermost-core", "cut-actors",
    "bridge-ties",
)  # fmt: skip
"""The figures' keys; `network-<key>` in the vocabulary of measures."""


class _Probe:
    """Measures an incidence as the given network is measured: same actors, same groups, same seed."""

    def __init__(self, network: TwoMode, seed: int) -> None:
        self._areas = csr_array(network.area_matrix.T.astype(float))
        self._names = network.areas["area"].to_list()
        self._seed = seed
        projects = np.asarray(network.matrix.sum(axis=1)).ravel()
        self.prominent_projects = _threshold(projects)
        self.prominent = projects >= self.prominent_projects
        self.groups: dict[str, list[str | None]] = {
            "helix": network.actors["helix"].to_list(),
            "municipality": network.actors["municipality"].to_list(),
            "area": self._main_areas(network.matrix),
        }

    def figures(self, incidence: csr_array, projection: Projection | None = None) -> dict[str, float]:
        shared = projection.shared if projection else shared_projects(incidence)
        newman = projection.newman if projection else newman_weights(incidence)
        found = measures.consensus_communities(newman, runs=1, seed=self._seed)
        clustering, transitivity = _closure(shared)
        distance = mean_distance(shared, seed=self._seed)
        active = csr_array((csr_array(incidence.astype(float)) @ self._areas) > 0)
        return {
            "clustering": clustering,
            "transitivity": transitivity,
            "mean-distance": distance,
            "degree-assortativity": measures.degree_assortativity(shared),
            "helix-assortativity": measures.assortativity(shared, self.groups["helix"]),
            "municipality-assortativity": measures.assortativity(shared, self.groups["municipality"]),
            "area-assortativity": measures.assortativity(shared, self._main_areas(incidence)),
            "rich-club": self._club(shared),
            "nestedness-projects": measures.nestedness(incidence),
            "nestedness-areas": measures.nestedness(active),
            "modularity": found.modularity,
            # Clustering per distance: its ratio to that of chance is the small-world σ.
            "small-world": clustering / distance if distance > 0 else math.nan,
        }

    def _main_areas(self, incidence: csr_array) -> list[str | None]:
        counts = csr_array(csr_array(incidence.astype(float)) @ self._areas).toarray()
        if counts.shape[1] == 0:
            return [None] * counts.shape[0]
        # The first of equals: the order of the areas decides.
        best = counts.argmax(axis=1)
        return [
            self._names[place] if row[place] > 0 else None for place, row in zip(best, counts, strict=True)
        ]

    def _club(self, shared: csr_array) -> float:
        rows = np.flatnonzero(self.prominent)
        pairs = len(rows) * (len(rows) - 1)
        return csr_array(shared[rows][:, rows]).nnz / pairs if pairs else math.nan


def _closure(shared: csr_array) -> tuple[float, float]:
    """Return mean clustering and transitivity, the mean weighed by pairs of partners, from one pass."""
    local, partners = measures.clustering(shared), measures.degree(shared)
    pairs = partners * (partners - 1)
    if not pairs.any():
        return math.nan, math.nan
    return float(np.nanmean(local)), float((np.nan_to_num(local) * pairs).sum() / pairs.sum())


def _threshold(projects: npt.NDArray[np.int64]) -> int:
    """Return the largest number of projects that `_PROMINENT` of the actors, and two at least, reach."""
    wanted = min(len(projects), max(2, math.ceil(_PROMINENT * len(projects))))
    return int(np.sort(projects)[::-1][wanted - 1])


def _plain(projection: Projection, actors: ActorStructure) -> dict[str, float]:
    """Return the figures that have no null: margins and consortia settle them, or nothing could."""
    shared = projection.shared
    size, ties = shared.shape[0], shared.nnz / 2
    parts = measures.components(shared)
    core = actors.frame["core"]
    return {
        "components": float(parts.max() + 1),
        "largest-component": float((parts == 0).sum()) / size,
        "density": ties / (size * (size - 1) / 2),
        "mean-degree": 2 * ties / size,
        "communities": float(sum(community.size > 1 for community in actors.communities)),
        "stability": actors.stability,
        "innermost-core": float((core == core.max()).sum()),
        "cut-actors": float((actors.frame["cut_off"] > 0).sum()),
        "bridge-ties": float(len(actors.bridges)),
    }


def _figure(key: str, value: float, chance: npt.NDArray[np.float64]) -> Figure:
    usable = chance[np.isfinite(chance)]
    if not math.isfinite(value):
        return Figure(key, None)
    if len(usable) < max(1, len(chance) // 2):
        return Figure(key, value)
    # The draws that bound what is within chance: beyond them, and only there, p is 0.05 or less.
    beyond = max(1, int(0.025 * (1 + len(usable)) + 1e-9))
    ranked = np.sort(usable)
    expected, low, high = float(usable.mean()), float(ranked[beyond - 1]), float(ranked[-beyond])
    # Equal to rounding counts as met on both sides.
    slack = 1e-12 * max(1.0, abs(value))
    tails = (usable <= value + slack).sum(), (usable >= value - slack).sum()
    p = min(1.0, 2 * (1 + int(min(tails))) / (1 + len(usable)))
    if key == "small-world":
        if expected <= 0:
            return Figure(key, None)
        return Figure(key, value / expected, 1.0, low / expected, high / expected, p)
    return Figure(key, value, expected, low, high, p)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _nothing(size: int) -> tuple[str, str]:
    if size == 0:
        return (
            "Inga räknade projekt med samverkande aktörer i urvalet; det finns inget nätverk att beskriva.",
            "No counted projects with collaborating actors in the selection; there is no network to "
            "describe.",
        )
    if size == 1:
        return (
            "Urvalet har en enda aktör; ett nätverk kräver minst två.",
            "The selection has a single actor; a network needs two at least.",
        )
    return (
        f"Urvalets {size} aktörer har inga kända samarbeten med varandra.",
        f"The {size} actors of the selection have no known collaborations with one another.",
    )
