"""The two-mode network of a graph: which actors take a collaborating part in which counted projects.

Everything is read from participations by SPARQL; nothing inferred is needed except ``eco:hasArea``, which is
the one authority on the areas that a project counts to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from ecograph.config import RegionConfig
from ecograph.model.iris import Base
from ecograph.network.reading import (
    read_actors,
    read_area_shares,
    read_areas,
    read_participations,
    read_projects,
)
from ecograph.store.graph import Graph


@dataclass(frozen=True, slots=True)
class Selection:
    """Which participations make the network.

    `window` is a first and a last year, both included, either open (None): a project counts when it runs in
    at least one of these years; an undated project stands outside every window. `sources` are source ids.
    `roles` and `statuses` are keys of their vocabularies; None means what the vocabularies say
    (``eco:collaborating``, ``eco:countsByDefault``). `areas`, `programmes` and `places` are local ids: a
    project is in when it counts to one of the areas, is funded under one of the programmes, has a
    collaborator seated in one of the places (municipality or country); its collaborators are in whole.
    """

    window: tuple[int | None, int | None] | None = None
    sources: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    areas: frozenset[str] | None = None
    programmes: frozenset[str] | None = None
    places: frozenset[str] | None = None


@dataclass(frozen=True)
class TwoMode:
    """Actors × projects, with what is known of both; ids are local ids, every frame sorted by them.

    participations: actor, project (distinct pairs). stated: actor, project, role, source (as stated).
    actors: actor, label_sv, label_en, helix, municipality, country, in_region, domestic.
    projects: project, label_sv, label_en, start_year, end_year, programme, open_end (goes on if no end is
    known). shares: project, area, share (the area's part of the project, summing to 1 over its areas).
    areas: area, label_sv, label_en, colour, order (all areas of the graph, in their display order).
    """

    participations: pl.DataFrame
    stated: pl.DataFrame
    actors: pl.DataFrame
    projects: pl.DataFrame
    shares: pl.DataFrame
    areas: pl.DataFrame

    @cached_property
    def actor_ids(self) -> list[str]:
        """The ids of the rows of the matrix."""
        return self.actors["actor"].to_list()

    @cached_property
    def project_ids(self) -> list[str]:
        """The ids of the columns of the matrix."""
        return self.projects["project"].to_list()

    @cached_property
    def position(self) -> dict[str, int]:
        """The row of each actor."""
        return {actor: row for row, actor in enumerate(self.actor_ids)}

    @cached_property
    def matrix(self) -> csr_array:
        """The binary incidence, actors × projects."""
        rows = _positions(self.participations["actor"], self.actors["actor"])
        columns = _positions(self.participations["project"], self.projects["project"])
        shape = (self.actors.height, self.projects.height)
        return csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)

    @cached_property
    def area_matrix(self) -> csr_array:
        """Which projects count to which areas: binary, areas × projects."""
        rows = _positions(self.shares["area"], self.areas["area"])
        columns = _positions(self.shares["project"], self.projects["project"])
        shape = (self.areas.height, self.projects.height)
        return csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)

    def with_projects(self, ids: pl.Series) -> TwoMode:
        """Return the network of those projects and all their collaborating actors."""
        inside = pl.col("project").is_in(ids.implode())
        kept = self.participations.filter(inside)
        return TwoMode(
            participations=kept,
            stated=self.stated.filter(inside),
            actors=self.actors.filter(pl.col("actor").is_in(kept["actor"].implode())),
            projects=self.projects.filter(inside),
            shares=self.shares.filter(inside),
            areas=self.areas,
        )

    def in_window(self, first: int | None, last: int | None) -> TwoMode:
        """Return the network of the projects that run in at least one year of a window; see `Selection`."""
        return self.with_projects(_overlapping(self.projects, first, last)["project"])

    def narrowed(self, chosen: Selection) -> TwoMode:
        """Return what a selection leaves of this network; its roles and statuses are chosen when reading."""
        network = self
        if chosen.sources is not None:
            stated = self.stated.filter(pl.col("source").is_in(sorted(chosen.sources)))
            pairs = stated.select("actor", "project").unique().sort("actor", "project")
            network = replace(self, stated=stated, participations=pairs).with_projects(
                pairs["project"].unique()
            )
        if chosen.window is not None:
            network = network.in_window(*chosen.window)
        return _narrowed(network, chosen)

    def of_actors(self, ids: pl.Series) -> TwoMode:
        """Return the network among those actors: their participations, and the projects that are left."""
        inside = pl.col("actor").is_in(ids.implode())
        network = replace(
            self, participations=self.participations.filter(inside), stated=self.stated.filter(inside)
        )
        return network.with_projects(network.participations["project"].unique())

    def county(self) -> TwoMode:
        """Return the county network: projects with at least one collaborating actor in the region, whole.

        An actor is in the region when its municipality, or that of a site of it, is one of the region's.
        """
        local = self.actors.filter("in_region")["actor"].implode()
        return self.with_projects(
            self.participations.filter(pl.col("actor").is_in(local))["project"].unique()
        )


def _positions(values: pl.Series, order: pl.Series) -> np.ndarray:
    """Return where each value stands in the sorted or unsorted, but distinct, `order`."""
    index = pl.DataFrame({"value": order, "position": np.arange(len(order), dtype=np.int64)})
    found = values.to_frame("value").join(index, on="value", how="left", maintain_order="left")
    return found["position"].to_numpy()


def read_two_mode(
    graph: Graph, *, base: Base, region: RegionConfig, selection: Selection | None = None
) -> TwoMode:
    """Read the national network (everything in the graph) under a selection; see `TwoMode.county`.

    Raises
    ------
    EcographError: when the graph lacks the vocabulary of roles or of project statuses.
    """
    chosen = selection or Selection()
    projects = read_projects(graph, base, statuses=chosen.statuses)
    if chosen.window is not None:
        projects = _overlapping(projects, *chosen.window)
    stated = read_participations(graph, base, roles=chosen.roles)
    if chosen.sources is not None:
        stated = stated.filter(pl.col("source").is_in(sorted(chosen.sources)))
    stated = stated.join(projects.select("project"), on="project", how="semi").sort(stated.columns)
    pairs = stated.select("actor", "project").unique().sort("actor", "project")
    projects = projects.join(pairs.select("project"), on="project", how="semi")
    areas = read_areas(graph, base)
    shares = read_area_shares(graph, base).join(projects.select("project"), on="project", how="semi")
    shares = shares.join(areas.select("area"), on="area", how="semi")
    network = TwoMode(
        participations=pairs,
        stated=stated,
        actors=read_actors(graph, base, region, pairs["actor"].unique().sort()),
        projects=projects.sort("project"),
        shares=shares.sort("project", "area"),
        areas=areas,
    )
    return _narrowed(network, chosen)


def _narrowed(network: TwoMode, chosen: Selection) -> TwoMode:
    if chosen.areas is not None:
        inside = network.shares.filter(pl.col("area").is_in(sorted(chosen.areas)))
        network = network.with_projects(inside["project"].unique())
    if chosen.programmes is not None:
        inside = network.projects.filter(pl.col("programme").is_in(sorted(chosen.programmes)))
        network = network.with_projects(inside["project"])
    if chosen.places is not None:
        wanted = sorted(chosen.places)
        seated = pl.col("municipality").is_in(wanted) | pl.col("country").is_in(wanted)
        actors = network.actors.filter(seated).select("actor")
        inside = network.participations.join(actors, on="actor", how="semi")
        network = network.with_projects(inside["project"].unique())
    return network


def _overlapping(projects: pl.DataFrame, first: int | None, last: int | None) -> pl.DataFrame:
    """Keep projects that run in a year of the window; without an end, an open project runs on."""
    alone = pl.when("open_end").then(pl.lit(9999)).otherwise(pl.col("start_year"))
    end = pl.coalesce("end_year", alone)
    inside = pl.col("start_year").is_not_null()
    if first is not None:
        inside &= end >= first
    if last is not None:
        inside &= pl.col("start_year") <= last
    return projects.filter(inside)
