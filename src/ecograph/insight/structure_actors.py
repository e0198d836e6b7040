"""Each actor's place in the network as a whole, and the communities that the network falls into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from ecograph.network import measures
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import Projection

PLACES = ("participation", "module_z", "core", "harmonic", "pagerank", "clustering")
"""Columns of an actor's place that are ranked."""

RUNS = 30
"""Runs of Leiden that the communities are a consensus of."""

SEED = 20201215
"""Of the runs, so that a community has the same number in the graph, in every file and on every page."""

_CORE = 3

Share = tuple[str, int]
"""A group and how many of the community's actors are in it."""


@dataclass(frozen=True, slots=True)
class Community:
    """A community, numbered from 1 by size.

    core: the actors with the greatest weight of ties within it, best first; domestic ones before foreign
    ones, whose ties are cut by the selection. certainty: how often, on average over its ties, the runs put
    the two ends together. in_region: actors of the region. areas, helices, municipalities: the
    members' groups, most members first; an actor in several areas counts in each.
    """

    number: int
    actors: tuple[str, ...]
    core: tuple[str, ...]
    certainty: float | None
    in_region: int
    areas: tuple[Share, ...]
    helices: tuple[Share, ...]
    municipalities: tuple[Share, ...]

    @property
    def size(self) -> int:
        """How many actors it has."""
        return len(self.actors)


@dataclass(frozen=True, slots=True)
class BridgeTie:
    """A tie without which `cut_off` actors, the lesser side, are no longer joined to the others."""

    source: str
    target: str
    cut_off: int


@dataclass(frozen=True)
class ActorStructure:
    """The actors' places: `frame` has actor, domestic, in_region, community, certainty, cut_off and `PLACES`.

    participation and module_z are by community; null is undefined. cut_off: actors that are no longer joined
    to the largest rest of their part without the actor, 0 unless it holds its part together.
    stability: mean agreement of the runs (adjusted Rand index); NaN without ties.
    """

    frame: pl.DataFrame
    communities: tuple[Community, ...]
    bridges: tuple[BridgeTie, ...]
    stability: float
    modularity: float


def communities_of(projection: Projection, *, seed: int = SEED) -> measures.Communities:
    """Return the communities of a network, wherever they are shown: `RUNS` runs of Leiden in agreement.

    By Newman's weights, so that a big consortium does not make one by itself. About O(RUNS·m).
    """
    return measures.consensus_communities(projection.newman, runs=RUNS, seed=seed)


def actor_structure(network: TwoMode, projection: Projection, *, seed: int = SEED) -> ActorStructure:
    """Measure every actor's place in a network and find its communities (`communities_of`).

    PageRank follows Newman's weights, the rest takes ties as alike. Cost O(n·m/64).
    """
    shared, newman = projection.shared, projection.newman
    found = communities_of(projection, seed=seed)
    groups = [str(label) for label in found.labels]
    values: dict[str, measures.Values] = {
        "participation": measures.participation_coefficient(shared, groups),
        "module_z": measures.within_module_z(shared, groups),
        "core": measures.k_core(shared),
        "harmonic": measures.harmonic(shared),
        "pagerank": measures.pagerank(newman, weighted=True),
        "clustering": measures.clustering(shared),
    }
    frame = network.actors.select("actor", "domestic", "in_region").with_columns(
        pl.Series("community", found.labels + 1, dtype=pl.Int64),
        pl.Series("certainty", found.certainty, dtype=pl.Float64).fill_nan(None),
        pl.Series("cut_off", _cut_off(shared), dtype=pl.Int64),
        *(pl.Series(name, values[name], dtype=pl.Float64).fill_nan(None) for name in PLACES),
    )
    return ActorStructure(
        frame=frame,
        communities=_communities(network, newman, found),
        bridges=_bridges(shared, projection.ids),
        stability=found.stability,
        modularity=found.modularity,
    )


def _communities(network: TwoMode, newman: csr_array, found: measures.Communities) -> tuple[Community, ...]:
    active = csr_array(network.matrix @ network.area_matrix.T).toarray() > 0
    area_names = network.areas["area"].to_list()
    columns = {name: network.actors[name].to_list() for name in ("actor", "helix", "municipality")}
    local, domestic = (network.actors[name].to_numpy() for name in ("in_region", "domestic"))
    communities = []
    for label in range(int(found.labels.max(initial=-1)) + 1):
        rows = np.flatnonzero(found.labels == label)
        inside = np.asarray(csr_array(newman[rows][:, rows]).sum(axis=1)).ravel()
        # Rounding must not decide: compared at nine decimals, then by the order of the actors.
        order = np.lexsort((rows, -np.round(inside, 9), ~domestic[rows]))
        certainty = found.certainty[rows]
        communities.append(
            Community(
                number=label + 1,
                actors=tuple(columns["actor"][row] for row in rows),
                core=tuple(columns["actor"][rows[place]] for place in order[:_CORE]),
                certainty=float(np.nanmean(certainty)) if np.isfinite(certainty).any() else None,
                in_region=int(local[rows].sum()),
                areas=_shares(
                    [area_names[area] for row in rows for area in np.flatnonzero(active[row])], area_names
                ),
                helices=_shares([columns["helix"][row] for row in rows]),
                municipalities=_shares([columns["municipality"][row] for row in rows]),
            )
        )
    return tuple(communities)


def _shares(groups: Sequence[str | None], order: Sequence[str] = ()) -> tuple[Share, ...]:
    counts = Counter(group for group in groups if group is not None)
    place = {name: number for number, name in enumerate(order)}
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], place.get(pair[0], 0), pair[0])))


def _cut_off(shared: csr_array) -> npt.NDArray[np.int64]:
    parts = measures.components(shared)
    result = np.zeros(shared.shape[0], dtype=np.int64)
    for vertex in measures.articulation_points(shared):
        others = np.flatnonzero((parts == parts[vertex]) & (np.arange(len(parts)) != vertex))
        rest = measures.components(csr_array(shared[others][:, others]))
        result[vertex] = int((rest > 0).sum())
    return result


def _bridges(shared: csr_array, ids: Sequence[str]) -> tuple[BridgeTie, ...]:
    parts = measures.components(shared)
    found = []
    for one, other in measures.bridge_ties(shared):
        members = np.flatnonzero(parts == parts[one])
        cut = csr_array(shared[members][:, members]).tolil()
        place = {int(vertex): row for row, vertex in enumerate(members)}
        cut[place[one], place[other]] = cut[place[other], place[one]] = 0
        rest = measures.components(csr_array(cut.tocsr()))
        found.append(BridgeTie(ids[one], ids[other], int((rest > 0).sum())))
    return tuple(sorted(found, key=lambda tie: (-tie.cut_off, tie.source, tie.target)))
