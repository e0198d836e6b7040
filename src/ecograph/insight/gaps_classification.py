"""Other plausible classifications of the projects, which a gap must survive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.network.reading import local_id
from ecograph.store.graph import Graph, python_value

Areas = frozenset[str]


@dataclass(frozen=True)
class Recoding:
    """One ambiguous project read otherwise: from its areas to others (none: left unclassified)."""

    project: str
    before: Areas
    after: Areas


@dataclass(frozen=True)
class Classifications:
    """Why a network's projects count to areas.

    stated: project, area, basis, share, proxy; one row an assignment (share null when it gives none).
    """

    network: TwoMode
    stated: pl.DataFrame

    @cached_property
    def by_rule(self) -> dict[str, Areas]:
        """The areas that rules give each project, also where an explicit assignment goes before them."""
        return self._sets(pl.col("basis") == "rule")

    @cached_property
    def explicit(self) -> dict[str, Areas]:
        """The areas that a source, a collector or a steward states for each project."""
        return self._sets(pl.col("basis") != "rule")

    @cached_property
    def current(self) -> dict[str, Areas]:
        """The areas that each project counts to."""
        found: dict[str, set[str]] = {}
        for project, area in self.network.shares.select("project", "area").iter_rows():
            found.setdefault(project, set()).add(area)
        return {project: frozenset(areas) for project, areas in found.items()}

    def _sets(self, condition: pl.Expr) -> dict[str, Areas]:
        rows = self.stated.filter(condition).group_by("project").agg("area")
        return {project: frozenset(areas) for project, areas in rows.iter_rows()}

    def matrix(self, areas_of: dict[str, Areas]) -> csr_array:
        """Return areas × projects of the network for a classification."""
        order = self.network.areas["area"].to_list()
        cells = np.zeros((len(order), len(self.network.project_ids)), dtype=np.int64)
        for column, project in enumerate(self.network.project_ids):
            for area in areas_of.get(project, frozenset()):
                cells[order.index(area), column] = 1
        return csr_array(cells)

    def recodings(self) -> Iterator[Recoding]:
        """Yield every other reading of every ambiguous project, one project at a time.

        A project is ambiguous when rules and explicit assignments disagree (read: as the rules say), when it
        counts to several areas (read: without one of them), or when only rules on codes wider than the area
        classify it (read: not at all).
        """
        proxies = self.stated.group_by("project").agg(
            ((pl.col("basis") == "rule") & pl.col("proxy").fill_null(value=False)).all().alias("proxy")
        )
        only_proxy = set(proxies.filter("proxy")["project"].to_list())
        for project, areas in sorted(self.current.items()):
            others: list[Areas] = []
            ruled = self.by_rule.get(project)
            if ruled and ruled != areas:
                others.append(ruled)
            if len(areas) > 1:
                others += [areas - {area} for area in sorted(areas)]
            if project in only_proxy:
                others.append(frozenset())
            for other in dict.fromkeys(others):
                yield Recoding(project, areas, other)


def read_classifications(graph: Graph, network: TwoMode, *, base: Base) -> Classifications:
    """Read the assignments of a network's projects to its areas, each with its basis."""
    query = """SELECT ?project ?area ?basis ?share ?proxy { ?assignment eco:assignmentOf ?project ;
      eco:toArea ?area ; eco:basis ?basis . OPTIONAL { ?assignment eco:share ?share }
      OPTIONAL { ?assignment eco:byRule ?rule . ?rule eco:isProxy ?proxy } }"""
    projects, areas = set(network.project_ids), set(network.areas["area"].to_list())
    rows = []
    for row in graph.select(query).rows:
        project, area, basis, share, proxy = (python_value(term) for term in row)
        known = local_id(base, project), local_id(base, area)
        if known[0] in projects and known[1] in areas:
            key = str(basis).rpartition("/")[2]
            rows.append((*known, key, None if share is None else float(share), proxy))
    schema = {
        "project": pl.String, "area": pl.String, "basis": pl.String, "share": pl.Float64, "proxy": pl.Boolean,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Classifications(network, frame.sort("project", "area", "basis", "proxy"))
