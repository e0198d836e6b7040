"""A part of the network as it is shown: its actors with measures and places on the drawing, and its ties."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl
from flask import current_app
from scipy.sparse import csr_array

from ecograph.export.years import actor_years, tie_years
from ecograph.insight.bridges import MEASURES, actor_profiles, area_activity, find_bridges
from ecograph.insight.coverage import Coverage, measure_coverage
from ecograph.insight.structure_actors import communities_of
from ecograph.network.incidence import TwoMode
from ecograph.network.layout import drawn
from ecograph.network.measures import degree, strength
from ecograph.network.projection import Projection, project_actors
from ecograph.network.structure import components
from ecograph.web.explorer.asking import build, served
from ecograph.web.explorer.network_filter import Filter
from ecograph.web.explorer.networks import county, national

ACTORS, TIES = 5_000, 50_000
"""So many actors and ties are drawn at most; of a larger network the strongest ties."""

MEASURED = 2_000, 20_000
"""Actors and ties of the largest part whose costly measures are computed while a reader waits."""

_KEPT, _TIES_KEPT = 24, 1_500_000
"""So many views, with so many ties altogether, are kept in memory."""


@dataclass(frozen=True)
class View:
    """A part of the network.

    network: its projects and actors. coverage: of its projects, before actors were left out. shared: ties of
    at least the wanted weight, by the rows of `actors`. actors: actor, label_sv, label_en, helix,
    municipality, country, in_region, domestic, projects, areas (list of local ids, in the order of the
    areas), main_area, first_year, last_year, years (of its projects), degree, strength, betweenness,
    constraint, effective-size, bridging, community (from 1 by size), x, y (y upwards), drawn; null is unknown
    or not measured. ties: first, second (rows), shared, newman, projects (list of columns), drawn.
    least_drawn: the weight that a tie needs to be drawn, when not all are.
    """

    part: Filter
    network: TwoMode
    coverage: Coverage
    shared: csr_array
    actors: pl.DataFrame
    ties: pl.DataFrame
    parts: int
    largest: int
    least_drawn: int | None
    made: dict[str, bytes] = field(default_factory=dict, compare=False)
    """What has been written of the view, kept with it."""

    @property
    def measured(self) -> bool:
        """Whether the costly measures are known; see `MEASURED`."""
        return _measurable(self.actors.height, self.ties.height)

    @cached_property
    def years(self) -> pl.DataFrame:
        """The years of each tie with a dated project: source, target, first_year, last_year, years."""
        return tie_years(self.network).drop("spells")

    @cached_property
    def tied(self) -> int:
        """How many actors have a tie."""
        return self.actors.filter(pl.col("degree") > 0).height


class ViewCache:
    """The latest views; those longest unused make room."""

    def __init__(self, most: int = _KEPT) -> None:
        self._views: OrderedDict[tuple[str, Filter], View] = OrderedDict()
        self._lock = threading.Lock()
        self._large = threading.Lock()
        self._most = most

    def view(self, part: Filter) -> View:
        """Return the view of a part of the served build's network, made when it is not kept."""
        key = (str(build().path), part)
        # Two large networks at once would take the processors from everybody else.
        with self._large if part.reach == "all" else nullcontext():
            found = self._kept(key)
            return found if found is not None else self._keep(key, make_view(part))

    def _kept(self, key: tuple[str, Filter]) -> View | None:
        with self._lock:
            if key in self._views:
                self._views.move_to_end(key)
            return self._views.get(key)

    def _keep(self, key: tuple[str, Filter], made: View) -> View:
        with self._lock:
            self._views[key] = made
            while len(self._views) > 1 and (len(self._views) > self._most or self._ties() > _TIES_KEPT):
                self._views.popitem(last=False)
        return made

    def _ties(self) -> int:
        return sum(view.ties.height for view in self._views.values())


def view_of(part: Filter) -> View:
    """Return a part of the served build's network; kept, because a build never changes.

    Raises
    ------
    EcographError: when the graph lacks the vocabularies that a network is read with.
    """
    cache: ViewCache = current_app.extensions.setdefault("ecograph.explorer.views", ViewCache())
    return cache.view(part)


def make_view(part: Filter) -> View:
    """Select, project, measure and place a part of the network.

    Measures are those of the ties that are shown: what the filter leaves out has no part in them. Of the
    county's network about 0.1 s, of all data some seconds.
    """
    everything = national() if part.reach == "all" else county()
    chosen = everything.narrowed(part.selection)
    coverage = measure_coverage(chosen)
    actors = chosen.actors
    if part.reach == "inside":
        actors = actors.filter("in_region")
    if part.helices:
        actors = actors.filter(pl.col("helix").fill_null("unknown").is_in(list(part.helices)))
    network = chosen if actors.height == chosen.actors.height else chosen.of_actors(actors["actor"])
    projection = project_actors(network)
    if part.least > 1:
        projection = _at_least(projection, part.least)
    rows, ties, least = _drawn(projection, _ties(network, projection))
    labels = components(projection.shared)
    sizes = np.bincount(labels)[np.bincount(labels) > 1] if len(labels) else np.zeros(0, dtype=np.int64)
    return View(
        part=part,
        network=network,
        coverage=coverage,
        shared=projection.shared,
        actors=_actors(network, projection).with_columns(_placed(part, network, projection, rows)),
        ties=ties,
        parts=len(sizes),
        largest=int(sizes.max()) if len(sizes) else 0,
        least_drawn=least,
    )


def _at_least(projection: Projection, least: int) -> Projection:
    strong = csr_array(projection.shared >= least)
    return Projection(
        projection.ids,
        csr_array(projection.shared.multiply(strong)),
        csr_array(projection.newman.multiply(strong)),
    )


def _ties(network: TwoMode, projection: Projection) -> pl.DataFrame:
    """Return each tie once with the projects that make it, as rows of actors and columns of projects."""
    row = {actor: number for number, actor in enumerate(projection.ids)}
    edges = projection.edges()
    ends = pl.DataFrame(
        {
            "first": pl.Series([row[name] for name in edges["source"].to_list()], dtype=pl.Int64),
            "second": pl.Series([row[name] for name in edges["target"].to_list()], dtype=pl.Int64),
            "shared": edges["shared"],
            "newman": edges["newman"],
        }
    )
    at = network.matrix.tocoo()
    parts = pl.DataFrame({"actor": at.row.astype(np.int64), "project": at.col.astype(np.int64)})
    pairs = parts.join(parts, on="project", suffix="_other").filter(pl.col("actor") < pl.col("actor_other"))
    made = pairs.group_by(first="actor", second="actor_other").agg(pl.col("project").sort().alias("projects"))
    return ends.join(made, on=["first", "second"], how="left", maintain_order="left")


def _drawn(projection: Projection, ties: pl.DataFrame) -> tuple[np.ndarray, pl.DataFrame, int | None]:
    """Return which actors are drawn, the ties with the mark `drawn`, and the weight needed to be drawn."""
    weights = np.sort(ties["shared"].to_numpy())[::-1]
    least = int(weights[TIES]) + 1 if len(weights) > TIES else None
    strong = ties.with_columns((pl.col("shared") >= (least or 1)).alias("drawn"))
    ends = strong.filter("drawn").select("first", "second").to_numpy().ravel()
    partners = np.bincount(ends, minlength=len(projection.ids))
    rows = np.flatnonzero(partners)
    if len(rows) > ACTORS:
        rows = np.sort(np.argsort(-partners, kind="stable")[:ACTORS])
        inside = pl.col("first").is_in(rows) & pl.col("second").is_in(rows)
        strong = strong.with_columns((pl.col("drawn") & inside).alias("drawn"))
        least = least or 1
    return rows, strong, least


def _placed(part: Filter, network: TwoMode, projection: Projection, rows: np.ndarray) -> list[pl.Series]:
    """Return x, y and drawn of every actor. A filter moves nobody, unless the whole is too large to draw."""
    points = np.full((len(projection.ids), 2), np.nan)
    if part.reach == "all":
        points[rows] = drawn(csr_array(projection.newman[rows][:, rows]), radii=_radii(projection, rows))
    else:
        places = served().memo(("explorer.network.places", part.reach), lambda: _places(part))
        for row, actor in enumerate(projection.ids):
            points[row] = places[actor]
    marks = np.zeros(len(projection.ids), dtype=bool)
    marks[rows] = True
    return [
        pl.Series("x", points[:, 0]).fill_nan(None),
        pl.Series("y", points[:, 1]).fill_nan(None),
        pl.Series("drawn", marks),
    ]


def _places(part: Filter) -> dict[str, tuple[float, float]]:
    """Return where everyone of the region's network stands, whatever is filtered."""
    network = county()
    if part.reach == "inside":
        network = network.of_actors(network.actors.filter("in_region")["actor"])
    projection = project_actors(network)
    points = drawn(projection.newman, radii=_radii(projection, np.arange(len(projection.ids))))
    return dict(zip(projection.ids, map(tuple, points.tolist()), strict=True))


def _radii(projection: Projection, rows: np.ndarray) -> np.ndarray:
    partners = degree(projection.shared)[rows]
    return np.asarray(1 + 3 * np.sqrt(partners / max(float(partners.max(initial=0)), 1)))


def _actors(network: TwoMode, projection: Projection) -> pl.DataFrame:
    activity = area_activity(network)
    order = network.areas.with_row_index("place").select("area", "place")
    areas = (
        activity.join(order, on="area")
        .sort("actor", "place")
        .group_by("actor", maintain_order=True)
        .agg("area", pl.col("area").get(pl.col("projects").arg_max()).alias("main_area"))
        .rename({"area": "areas"})
    )
    frame = network.actors.with_columns(
        pl.Series("projects", np.asarray(network.matrix.sum(axis=1)).ravel(), dtype=pl.Int64)
    )
    frame = frame.join(areas, on="actor", how="left", maintain_order="left")
    years = actor_years(network).select("id", pl.col("first_year", "last_year", "years"))
    frame = frame.join(years, left_on="actor", right_on="id", how="left", maintain_order="left")
    return pl.concat([frame, _measures(network, projection, activity)], how="horizontal")


def _measurable(actors: int, ties: int) -> bool:
    return actors <= MEASURED[0] and ties <= MEASURED[1]


def _measures(network: TwoMode, projection: Projection, activity: pl.DataFrame) -> pl.DataFrame:
    """Return degree, strength and, of a network not too large, all else that an actor's size can show."""
    if not _measurable(network.actors.height, projection.shared.nnz // 2):
        plain = {"degree": degree(projection.shared), "strength": strength(projection.newman)}
        costly = [pl.lit(None, dtype=pl.Float64).alias(name) for name in (*MEASURES, "bridging")]
        frame = pl.DataFrame(plain).with_columns(one for one in costly if one.meta.output_name() not in plain)
        return frame.with_columns(
            pl.col("degree").cast(pl.Int64), pl.lit(None, dtype=pl.Int64).alias("community")
        )
    profiles = actor_profiles(network, projection, activity)
    pairs = find_bridges(network).pairs.group_by("actor").agg(pl.col("bridging").sum())
    bridging = network.actors.select("actor").join(pairs, on="actor", how="left", maintain_order="left")
    labels = communities_of(projection).labels + 1
    tied = degree(projection.shared) > 0
    return profiles.select(*MEASURES).with_columns(
        pl.col("degree").cast(pl.Int64),
        bridging["bridging"].fill_null(0.0),
        pl.Series("community", [int(one) if any_ else None for one, any_ in zip(labels, tied, strict=True)]),
    )
