"""The participations that regions can be compared by: those of sources that cover the whole country."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from ecograph.config import RegionConfig
from ecograph.insight.gaps_classification import read_classifications
from ecograph.model.iris import Base
from ecograph.model.namespaces import VOCABULARY
from ecograph.network.incidence import TwoMode
from ecograph.network.reading import local_id
from ecograph.store.graph import Graph, python_value

Values = npt.NDArray[np.float64]
_SOURCE = re.compile(r"/graph/source/([^/]+)/")


@dataclass(frozen=True)
class Participations:
    """Participations of domestic actors in counted projects of comparable sources, one row each.

    rows: actor, project, county (a NUTS 3 place, null when unknown), euros (granted support, null when
    unknown). shares: project, area, share, by the rules alone. region: the region's place.
    """

    rows: pl.DataFrame
    shares: pl.DataFrame
    region: str
    classifiable: frozenset[str]
    sources: tuple[str, ...]
    placed: int
    domestic: int

    @cached_property
    def projects(self) -> list[str]:
        """The projects, sorted."""
        return sorted(self.rows["project"].unique().to_list())

    @property
    def project_series(self) -> pl.Series:
        """The projects as a series."""
        return pl.Series("project", self.projects, dtype=pl.String)

    @cached_property
    def in_region(self) -> Values:
        """1 for a participation of an actor of the region."""
        return (self.rows["county"] == self.region).fill_null(value=False).to_numpy().astype(float)

    @cached_property
    def ones(self) -> Values:
        """1 for each participation."""
        return np.ones(self.rows.height)

    @cached_property
    def euros(self) -> Values:
        """Granted support of each participation, 0 where unknown."""
        return self.rows["euros"].fill_null(0.0).to_numpy()

    @cached_property
    def _position(self) -> npt.NDArray[np.int64]:
        place = {project: index for index, project in enumerate(self.projects)}
        return np.array([place[project] for project in self.rows["project"].to_list()], dtype=np.int64)

    def per_project(self, values: Values) -> Values:
        """Return the sum of values of participations per project."""
        summed = np.bincount(self._position, weights=values, minlength=len(self.projects))
        return np.asarray(summed, dtype=float)

    def area_share(self, area: str) -> Values:
        """Return the part of each participation's project that counts to an area."""
        parts = dict(self.shares.filter(pl.col("area") == area).select("project", "share").iter_rows())
        return np.array([parts.get(project, 0.0) for project in self.rows["project"].to_list()], dtype=float)


def read_comparable(graph: Graph, network: TwoMode, *, base: Base, region: RegionConfig) -> Participations:
    """Read the comparable participations of a country's network.

    An area is classifiable when a rule assigns some project of the comparable sources to it. The share of a
    project that rules assign to several areas is split evenly.
    """
    found = graph.select('SELECT DISTINCT ?source { ?source eco:sourceScope "country" }').rows
    matched = (_SOURCE.search(str(python_value(source))) for (source,) in found)
    sources = tuple(sorted({match.group(1) for match in matched if match}))
    actors = network.actors.filter("domestic")
    within = _counties(graph, base)
    pairs = (
        network.stated.filter(pl.col("source").is_in(sources))
        .select("actor", "project")
        .unique()
        .join(actors.select("actor", "municipality"), on="actor")
        .sort("actor", "project")
    )
    county = [within.get(place) if place else None for place in pairs["municipality"].to_list()]
    euros = _support(graph, base)
    rows = pairs.select("actor", "project").with_columns(
        pl.Series("county", county, dtype=pl.String),
        pl.Series(
            "euros",
            [euros.get(pair) for pair in pairs.select("actor", "project").iter_rows()],
            dtype=pl.Float64,
        ),
    )
    classes = read_classifications(graph, network, base=base)
    present = set(rows["project"].to_list())
    ruled = {project: areas for project, areas in classes.by_rule.items() if project in present}
    shares = [
        (project, area, 1 / len(areas)) for project, areas in sorted(ruled.items()) for area in sorted(areas)
    ]
    schema = {"project": pl.String, "area": pl.String, "share": pl.Float64}
    own = rows.select("actor", "county").unique()
    return Participations(
        rows,
        pl.DataFrame(shares, schema=schema, orient="row"),
        f"place/{region.nuts3}",
        _classifiable(graph, base),
        sources,
        own["county"].drop_nulls().len(),
        own.height,
    )


def _classifiable(graph: Graph, base: Base) -> frozenset[str]:
    """Return the areas to which a rule assigns some project of a source that covers the country."""
    query = f"""SELECT DISTINCT ?area {{ ?source eco:sourceScope "country" .
      GRAPH ?source {{ ?project a eco:Project }} ?assignment eco:assignmentOf ?project ; eco:toArea ?area ;
      eco:basis <{VOCABULARY}assignment-basis/rule> }}"""
    return frozenset(local_id(base, str(python_value(area))) for (area,) in graph.select(query).rows)


def _counties(graph: Graph, base: Base) -> dict[str, str]:
    """Return the NUTS 3 region of each municipality."""
    query = """SELECT ?place ?county { ?county eco:placeLevel ?level .
      FILTER(?level = <https://w3id.org/ecograph/vocabulary/place-level/nuts3>) ?place eco:within ?county }"""
    found: dict[str, str] = {}
    for row in graph.select(query).rows:
        place, county = (local_id(base, str(python_value(term))) for term in row)
        found[place] = min(found.get(place, county), county)
    return found


def _support(graph: Graph, base: Base) -> dict[tuple[str, str], float]:
    """Return the granted support in euros by recipient and project; other kinds of money are left out."""
    query = """SELECT ?actor ?project ?funding ?amount { ?funding eco:recipient ?actor ;
      eco:fundsProject ?project ; eco:amountEUR ?amount ;
      eco:moneyKind <https://w3id.org/ecograph/vocabulary/money-kind/granted-support> }"""
    found: dict[tuple[str, str], float] = defaultdict(float)
    seen = set()
    for row in sorted(graph.select(query).rows, key=str):
        actor, project, funding, amount = (python_value(term) for term in row)
        if (funding, actor) not in seen:
            seen.add((funding, actor))
            found[local_id(base, actor), local_id(base, project)] += float(amount)
    return dict(found)
