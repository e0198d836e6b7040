"""The incidences that gaps are tested on: groups × projects, in windows before and after the strategy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.config import RegionConfig
from ecograph.insight.groups import By, Groups, groups_of
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.network.reading import local_id
from ecograph.store.graph import Graph, python_value

Window = Literal["all", "before", "after", "undated"]
WINDOWS: tuple[Window, ...] = ("all", "before", "after", "undated")
"""Before and after the strategy's adoption; undated: no start, or only the year of adoption without a
month."""

Cells = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Incidence:
    """Groups × projects, 0 or 1; every project has at least one group."""

    names: tuple[str, ...]
    projects: tuple[str, ...]
    cells: Cells

    def only(self, projects: set[str]) -> Incidence:
        """Return the incidence of some of the projects."""
        kept = [index for index, project in enumerate(self.projects) if project in projects]
        return Incidence(self.names, tuple(self.projects[index] for index in kept), self.cells[:, kept])

    def joint(self, first: int, second: int) -> tuple[str, ...]:
        """Return the projects in which two groups meet."""
        both = np.flatnonzero(self.cells[first] & self.cells[second])
        return tuple(self.projects[index] for index in both.tolist())


def members_of(graph: Graph, network: TwoMode, by: By, *, base: Base, region: RegionConfig) -> Groups:
    """Return the groups whose meetings are counted: all areas, all helices, or the region's municipalities.

    An actor belongs to the municipality of its seat; one with its seat outside the region belongs to the
    municipality of its only site in the region. With sites in several it belongs to none, since it would
    make municipalities meet by itself.
    """
    groups = groups_of(network, by)
    if by != "municipality":
        return groups
    names = tuple(f"place/{code}" for code in sorted(region.municipalities))
    sites: dict[str, set[str]] = {}
    for actor, place in graph.select("SELECT ?actor ?place { ?actor eco:siteIn ?place }").rows:
        sites.setdefault(local_id(base, str(python_value(actor))), set()).add(
            local_id(base, str(python_value(place)))
        )
    marks = np.zeros((len(names), network.actors.height), dtype=bool)
    seats = network.actors.select("actor", "municipality").iter_rows()
    for column, (actor, seat) in enumerate(seats):
        inside = {seat} & set(names) or sites.get(actor, set()) & set(names)
        if len(inside) == 1:
            marks[names.index(inside.pop()), column] = True
    return Groups(by, names, marks)


def incidence_of(network: TwoMode, groups: Groups, area_matrix: csr_array | None = None) -> Incidence:
    """Return the incidence of a network's classified projects.

    Areas: a cell is 1 when the project counts to the area, whether or not its partners are known. Helices and
    municipalities: when a collaborator belongs, for projects with at least two collaborators.
    `area_matrix`: another classification of the network's projects than its own.
    """
    areas = np.asarray((network.area_matrix if area_matrix is None else area_matrix).toarray(), np.int64)
    if groups.by == "area":
        cells = areas
    else:
        members = csr_array(groups.members.astype(np.int64))
        cells = np.asarray((members @ network.matrix).toarray() > 0, np.int64)
        partners = np.asarray(network.matrix.sum(axis=0)).ravel()
        cells = cells * ((partners >= 2) & (areas.sum(axis=0) > 0)).astype(np.int64)
    kept = np.flatnonzero(cells.sum(axis=0) > 0)
    projects = tuple(network.project_ids[index] for index in kept.tolist())
    return Incidence(groups.names, projects, cells[:, kept])


def project_windows(graph: Graph, network: TwoMode, *, base: Base, adopted: str) -> dict[str, Window]:
    """Return for each project whether it began before or after the strategy was adopted, or neither is known.

    Dates are compared as exactly as both are known. A project known only to begin in the year (or month) of
    adoption is ``undated``: it can be shown neither as earlier nor as an effect.
    """
    dates: dict[str, str] = {}
    for project, day in graph.select("SELECT ?project ?day { ?project a eco:Project ; eco:start ?day }").rows:
        known, text = local_id(base, str(python_value(project))), str(python_value(day))
        dates[known] = min(dates.get(known, text), text)
    found: dict[str, Window] = {}
    for project, year in network.projects.select("project", "start_year").iter_rows():
        start = dates.get(project) or ("" if year is None else str(year))
        shortest = min(len(start), len(adopted))
        if not start or (start[:shortest] == adopted[:shortest] and len(start) < len(adopted)):
            found[project] = "undated"
        else:
            found[project] = "before" if start[:shortest] < adopted[:shortest] else "after"
    return found
