"""Declared, enacted and possible cross-fertilisation of areas, set against each other and never mixed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array

from ecograph.model.iris import Base
from ecograph.model.namespaces import VOCABULARY
from ecograph.network.incidence import TwoMode
from ecograph.network.reading import local_id
from ecograph.network.relatedness import association_strength
from ecograph.store.graph import Graph, python_value

Pair = tuple[str, str]
Declared = dict[Pair, str]
"""Pairs of areas (sorted) that a strategy names together, with what it says: a key of ``modality``."""

_DRAWS = 500
_DECLARED = f"{VOCABULARY}cross-fertilisation-basis/declared"


def read_declared(graph: Graph, network: TwoMode, *, base: Base) -> Declared:
    """Read the pairs of areas that the strategy declares."""
    query = f"""SELECT ?link ?area ?modality {{
      ?link eco:crossFertilisationBasis <{_DECLARED}> ; eco:joinsArea ?area .
      OPTIONAL {{ ?link eco:modality ?modality }} }}"""
    known = set(network.areas["area"].to_list())
    areas: dict[str, set[str]] = defaultdict(set)
    says: dict[str, str] = {}
    for row in graph.select(query).rows:
        link, area, modality = (python_value(term) for term in row)
        if local_id(base, area) in known:
            areas[link].add(local_id(base, area))
        says[link] = "" if modality is None else str(modality).rpartition("/")[2]
    found: Declared = {}
    for link, joined in sorted(areas.items()):
        if len(joined) == 2:
            first, second = sorted(joined)
            found[first, second] = min(found.get((first, second), says[link]), says[link])
    return found


def area_relatedness(
    national: TwoMode, *, draws: int = _DRAWS, seed: int = 1
) -> dict[Pair, tuple[float, float, float]]:
    """Return the association strength of each pair of areas in the country's projects, with 95 % interval.

    Two areas occur together in a domestic actor that works in both. The interval is the percentile bootstrap
    over projects. A pair of which an area has no domestic actor together with another area is left out.
    """
    areas = national.areas["area"].to_list()
    domestic = np.flatnonzero(national.actors["domestic"].to_numpy())
    classified = np.flatnonzero(np.asarray(national.area_matrix.sum(axis=0)).ravel())
    if not len(areas) or not len(domestic) or not len(classified):
        return {}
    columns = csr_array(csr_array(national.matrix[domestic]).T)[classified].T.tocsr().astype(np.int32)
    columns = columns[np.asarray(columns.sum(axis=1)).ravel() > 0]
    shares = np.asarray(national.area_matrix.toarray()[:, classified].T, np.int32)
    rng = np.random.default_rng(seed)
    drawn = [_together(columns, shares)]
    for _ in range(draws):
        weight = rng.multinomial(len(classified), np.full(len(classified), 1 / len(classified)))
        drawn.append(_together(columns, shares * (weight > 0)[:, None]))
    values = np.stack([association_strength(together) for together in drawn])
    found = {}
    for first, second in combinations(range(len(areas)), 2):
        sample = values[1:, first, second]
        sample = sample[np.isfinite(sample)]
        if np.isfinite(values[0, first, second]) and len(sample):
            low, high = np.quantile(sample, (0.025, 0.975))
            pair = (min(areas[first], areas[second]), max(areas[first], areas[second]))
            found[pair] = (float(values[0, first, second]), float(low), float(high))
    return found


def _together(columns: csr_array, shares: np.ndarray) -> np.ndarray:
    active = np.asarray(columns @ shares > 0, dtype=np.int64)
    return active.T @ active


def basis_of(modality: str | None, observed: int, relatedness: tuple[float, float, float] | None) -> str:
    """Return how a pair of areas stands between what is declared, enacted and possible.

    declared-and-enacted, declared-not-enacted, enacted-not-declared; of the others potential-untouched when
    the areas are related beyond doubt elsewhere in the country (the interval lies above 1), else none.
    """
    if modality is not None:
        return "declared-and-enacted" if observed else "declared-not-enacted"
    if observed:
        return "enacted-not-declared"
    return "potential-untouched" if relatedness is not None and relatedness[1] > 1 else "none"


@dataclass(frozen=True, slots=True)
class SharedActors:
    """How many actors work in both of two areas, with a 95 % interval over resampled projects."""

    a: str
    b: str
    actors: int
    low: float
    high: float


def shared_actors(network: TwoMode, *, draws: int = _DRAWS, seed: int = 1) -> tuple[SharedActors, ...]:
    """Return for each pair of areas how many actors work in both; descriptive, nothing is tested.

    Partners of one project are not independent, so projects are resampled (percentile bootstrap). A resample
    holds fewer different projects than there are, so that the interval lies low: it tells of the spread.
    """
    areas = network.areas["area"].to_list()
    incidence = network.matrix.astype(np.int32)
    shares = np.asarray(network.area_matrix.toarray().T, np.int32)
    size = incidence.shape[1]
    rng = np.random.default_rng(seed)
    observed = _together(incidence, shares)
    sample = [
        _together(incidence, shares * (rng.multinomial(size, np.full(size, 1 / size)) > 0)[:, None])
        for _ in range(draws if size else 0)
    ]
    low, high = np.quantile(np.stack(sample), (0.025, 0.975), axis=0) if sample else (observed, observed)
    return tuple(
        SharedActors(areas[i], areas[j], int(observed[i, j]), float(low[i, j]), float(high[i, j]))
        for i, j in combinations(range(len(areas)), 2)
    )
