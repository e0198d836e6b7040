"""The regions' activities by the comparable sources' own codes: variety, relatedness and what lies near."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecograph.insight.strengths_data import Participations
from ecograph.model.iris import Base
from ecograph.network.reading import local_id
from ecograph.network.relatedness import (
    diversity_and_ubiquity,
    entropy,
    location_quotient,
    proximity,
    reflections,
    related_variety,
    relatedness_density,
)
from ecograph.store.graph import Graph, python_value

Values = npt.NDArray[np.float64]
_LEAST = 5
"""A region is called specialised in an activity only with at least so many participations in it."""
_LEAST_REGIONS = 3
"""An activity's relatedness and complexity are read from at least so many regions specialised in it."""


@dataclass(frozen=True)
class Activities:
    """Participations of regions in activities: `counts` regions × activities, a project's activities share
    it.

    scheme: the code scheme of the activities, the one that states most of the comparable projects. region:
    row of the region, None when it has no comparable participation. variety, related, unrelated: of the
    region, in bits; related is within codes that differ only in their number (SC1, SC2 …); None without
    participations.
    """

    scheme: str
    regions: tuple[str, ...]
    codes: tuple[str, ...]
    counts: Values
    region: int | None
    variety: float | None
    related: float | None
    unrelated: float | None


@dataclass(frozen=True)
class Option:
    """An activity that the region could move into.

    quotient: its location quotient now. density: share of the relatedness around it that the region already
    has. complexity: average diversity of the regions specialised in it, as a percentile among activities.
    regions: how many are specialised in it. score: density × complexity.
    """

    rank: int
    code: str
    quotient: float | None
    density: float
    complexity: float
    regions: int
    score: float


@dataclass(frozen=True)
class Options:
    """Options for diversification, best first; specialised: the codes in which the region already is."""

    items: tuple[Option, ...]
    specialised: tuple[str, ...]


CAUTIONS = (
    "Läs försiktigt: släktskap visar vad som ofta förekommer tillsammans, inte vad som orsakar tillväxt. "
    "Komplexitet mäts på få regioner och beror på hur fint aktiviteterna delas. En region behöver också "
    "bryta sina banor, och stora regioner är specialiserade i mycket. Bara källor som täcker hela landet "
    "är med; det som görs utanför dem syns inte.",
    "Read with care: relatedness shows what often occurs together, not what causes growth. Complexity is "
    "measured on few regions and depends on how finely activities are divided. A region also needs to "
    "leave its paths, and large regions are specialised in much. Only sources that cover the whole "
    "country are in; what is done outside them is not seen.",
)
"""The cautions of the literature: Balland et al. (2019); Hidalgo (2021), Nature Reviews Physics 3, 92–113."""


def read_activities(graph: Graph, data: Participations, *, base: Base) -> Activities:
    """Read the activities of the compared regions from the codes that the sources themselves give
    projects."""
    query = """SELECT DISTINCT ?project ?scheme ?code { ?part eco:classifies ?project ;
      eco:codeScheme ?scheme ; skos:notation ?code }"""
    present = set(data.projects)
    by_scheme: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in graph.select(query).rows:
        project, scheme, code = (python_value(term) for term in row)
        if local_id(base, project) in present:
            by_scheme[str(scheme)][local_id(base, project)].add(str(code))
    scheme = max(sorted(by_scheme), key=lambda name: len(by_scheme[name]), default="")
    codes_of = by_scheme.get(scheme, {})
    codes = tuple(sorted({code for found in codes_of.values() for code in found}))
    regions = tuple(sorted(data.rows["county"].drop_nulls().unique().to_list()))
    counts = np.zeros((len(regions), len(codes)))
    row_of, column_of = ({name: index for index, name in enumerate(names)} for names in (regions, codes))
    for project, county in data.rows.select("project", "county").drop_nulls().iter_rows():
        found = codes_of.get(project, set())
        for code in sorted(found):
            counts[row_of[county], column_of[code]] += 1 / len(found)
    own = row_of.get(data.region)
    variety = related = unrelated = None
    if own is not None and counts[own].sum() > 0:
        variety = entropy(counts[own])
        related, unrelated = related_variety(counts[own], [code.rstrip("0123456789") for code in codes])
    return Activities(scheme, regions, codes, counts, own, variety, related, unrelated)


def specialised(activities: Activities) -> Values:
    """Return regions × activities: 1 where the location quotient is at least 1 and the basis is not tiny."""
    quotients = np.nan_to_num(location_quotient(activities.counts))
    return np.asarray((quotients >= 1) & (activities.counts >= _LEAST), dtype=float)


def diversify(activities: Activities) -> Options:
    """Rank the activities in which the region is not specialised by relatedness density times complexity.

    Activities in which fewer than three regions are specialised are left out: too little to read from.

    Relatedness is proximity (Hidalgo et al. 2007) among all the regions; complexity is the average diversity
    of the regions specialised in the activity (k_p,1 of the method of reflections, Hidalgo & Hausmann 2009).
    """
    if activities.region is None or not len(activities.codes):
        return Options((), ())
    marks = specialised(activities)
    density = relatedness_density(marks, proximity(marks))[activities.region]
    quotients = location_quotient(activities.counts)[activities.region]
    _, complexity = reflections(marks, 1)
    _, ubiquity = diversity_and_ubiquity(marks)
    known = np.isfinite(complexity)
    found = []
    for index, code in enumerate(activities.codes):
        if (
            marks[activities.region, index]
            or ubiquity[index] < _LEAST_REGIONS
            or not np.isfinite(density[index])
        ):
            continue
        percentile = float((complexity[known] <= complexity[index]).mean())
        now = None if np.isnan(quotients[index]) else float(quotients[index])
        score = float(density[index]) * percentile
        found.append((-score, code, now, float(density[index]), percentile, int(ubiquity[index])))
    found.sort(key=lambda item: item[:2])
    items = tuple(
        Option(rank, code, now, near, complex_, regions, -score)
        for rank, (score, code, now, near, complex_, regions) in enumerate(found, start=1)
    )
    own = tuple(code for index, code in enumerate(activities.codes) if marks[activities.region, index])
    return Options(items, own)
