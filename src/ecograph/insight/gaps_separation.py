"""How far areas keep apart overall, compared with the country."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt

from ecograph.insight.gaps_classification import Classifications, read_classifications
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.network.reading import local_id
from ecograph.store.graph import Graph, python_value

_Z = 1.959964


@dataclass(frozen=True)
class Separation:
    """Classified projects of one part of the data, and those that count to several areas.

    scope: ``region``, ``region-rules`` (areas by the rules alone) or ``country-rules`` (projects of sources
    that cover the country, without the region's, by the rules alone); only the two last are alike in how
    they were classified. share with Wilson's 95 % interval low–high; None without projects.
    p: Fisher's exact test, two-sided, of the region against the country by the rules (in the two last).
    """

    scope: str
    projects: int
    several: int
    share: float | None
    low: float | None
    high: float | None
    p: float | None = None


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Return the 95 % interval of a proportion. Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209–212."""
    share = hits / number
    middle = (share + _Z**2 / (2 * number)) / (1 + _Z**2 / number)
    half = _Z * sqrt(share * (1 - share) / number + _Z**2 / (4 * number**2)) / (1 + _Z**2 / number)
    return max(0.0, middle - half), min(1.0, middle + half)


def separation_of(
    graph: Graph, national: TwoMode, county: TwoMode, classes: Classifications, *, base: Base
) -> tuple[Separation, ...]:
    """Return how many projects count to several areas in the region and in the country.

    Fixed margins keep the number of areas of each project, so that this figure is no part of the null.
    """
    covering = country_projects(graph, base) - set(county.project_ids)
    everywhere = read_classifications(graph, national, base=base)
    sets = {
        "region": list(classes.current.values()),
        "region-rules": list(classes.by_rule.values()),
        "country-rules": [
            areas for project, areas in sorted(everywhere.by_rule.items()) if project in covering
        ],
    }
    counts = {name: (sum(len(areas) > 1 for areas in found), len(found)) for name, found in sets.items()}
    p = fisher_exact(counts["region-rules"], counts["country-rules"])
    return tuple(_separation(name, *count, None if name == "region" else p) for name, count in counts.items())


def country_projects(graph: Graph, base: Base) -> set[str]:
    """Return the projects of the sources that cover the whole country."""
    query = """SELECT DISTINCT ?project { ?source eco:sourceScope "country" .
      GRAPH ?source { ?project a eco:Project } }"""
    return {local_id(base, str(python_value(project))) for (project,) in graph.select(query).rows}


def fisher_exact(one: tuple[int, int], other: tuple[int, int]) -> float | None:
    """Return the two-sided p of Fisher's exact test that two shares (hits, number) are alike.

    The chance, with the sums given, of all tables that are no likelier than the one seen; in whole numbers,
    so without rounding. None when either number is 0. Fisher, R. A. (1922), J. R. Stat. Soc. 85, 87–94.
    """
    if not one[1] or not other[1]:
        return None
    hits = one[0] + other[0]
    ways = {
        first: comb(one[1], first) * comb(other[1], hits - first)
        for first in range(max(0, hits - other[1]), min(hits, one[1]) + 1)
    }
    return sum(way for way in ways.values() if way <= ways[one[0]]) / comb(one[1] + other[1], hits)


def _separation(scope: str, several: int, projects: int, p: float | None) -> Separation:
    if not projects:
        return Separation(scope, 0, 0, None, None, None)
    low, high = wilson(several, projects)
    return Separation(scope, projects, several, several / projects, low, high, p)
