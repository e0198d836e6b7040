"""The typed graph that every network format is written from: nodes and edges with declared attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from ecograph.config import RegionConfig
from ecograph.errors import EcographError
from ecograph.export.description import described, network_title
from ecograph.export.palette import area_colour
from ecograph.export.variants import dynamic, simplified
from ecograph.export.years import actor_years, tie_years
from ecograph.insight.bridges import area_activity
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.structure_actors import actor_structure
from ecograph.model.iris import Base
from ecograph.network import measures
from ecograph.network.incidence import Selection, TwoMode, read_two_mode
from ecograph.network.layout import drawn
from ecograph.network.projection import Projection, project_actors
from ecograph.network.reading import label_of, read_labels
from ecograph.store.graph import Graph, python_value

Kind = Literal["string", "integer", "double", "boolean"]
Language = Literal["sv", "en"]
Extent = Literal["county", "all"]
Variant = Literal["static", "dynamic", "simplified"]

EXACT_UP_TO = 1_000_000_000
"""Vertices × ties up to which an export measures exactly: a county in a second, a continent by sampling."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A declared attribute of nodes or edges: the name of its column, its title, its kind."""

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class TypedGraph:
    """An undirected network ready to be written.

    nodes: id, label, red, green, blue, size, x, y and the columns of `node_attributes`.
    edges: source, target, weight (shared projects) and the columns of `edge_attributes`.
    `date` is the latest retrieval date of the data (ISO, a full day) or None; nulls are unknown values.
    Nodes and edges also have the column spells, a list of {start, end} in whole years, null without a dated
    project; it is written as times when the network is `dynamic`.
    """

    title: str
    description: str
    caveat: str
    date: str | None
    node_attributes: tuple[Attribute, ...]
    edge_attributes: tuple[Attribute, ...]
    nodes: pl.DataFrame
    edges: pl.DataFrame
    dynamic: bool = False


_PLACES: dict[str, Kind] = {
    "community": "integer",
    "participation": "double",
    "module_z": "double",
    "harmonic": "double",
    "pagerank": "double",
    "clustering": "double",
}

_MEASURES: dict[str, Kind] = {
    "projects": "integer",
    "degree": "integer",
    "strength": "double",
    "betweenness": "double",
    "constraint": "double",
    "effective_size": "double",
    "core": "integer",
    **_PLACES,
}

_NODE_ATTRIBUTES: dict[str, Kind] = {
    "local_id": "string",
    "areas": "string",
    "main_area": "string",
    "helix": "string",
    "municipality": "string",
    "country": "string",
    "in_region": "boolean",
    **_MEASURES,
    "first_year": "integer",
    "last_year": "integer",
    "years": "string",
}

_EDGE_ATTRIBUTES: dict[str, Kind] = {
    "newman": "double",
    "first_year": "integer",
    "last_year": "integer",
    "years": "string",
}


def network_graph(
    graph: Graph,
    *,
    base: Base,
    region: RegionConfig,
    network: Extent = "county",
    lang: Language = "sv",
    variant: Variant = "static",
    selection: Selection | None = None,
) -> TypedGraph:
    """Return the county network, or the network of all counted projects, with labels in one language.

    This is the one place where a network gets its positions, sizes and colours: every format
    (`formats.network_bytes`) and the explorer's drawing are made of what it returns.

    `selection` narrows the projects (window, areas, places, sources).

    `variant`: ``static`` is all of it; ``dynamic`` has the years in which actors and ties were active (what
    is undated is left out, and the description says how much); ``simplified`` is the region's own actors with
    the strongest ties between them. Measures are those of the whole network in every variant.

    Raises
    ------
    EcographError: when there is no counted project with a collaborating actor.
    """
    everything = read_two_mode(graph, base=base, region=region, selection=selection)
    two_mode = everything.county() if network == "county" else everything
    if two_mode.actors.is_empty():
        raise EcographError(
            "There is no network to export: no counted project has a collaborating actor"
            + (" in the region." if network == "county" else "."),
            remedy="Look at the projects' status and the participations' roles with `ecograph doctor`"
            + ("; or export all of the data with --network all." if network == "county" else "."),
        )
    projection = project_actors(two_mode)
    title = network_title(region, network, lang)
    betweenness = measures.measured_betweenness(projection.shared, exact_up_to=EXACT_UP_TO)
    whole = TypedGraph(
        title=title,
        description=described(len(projection.ids), betweenness, lang),
        caveat=measure_coverage(two_mode).sentence(lang),
        date=_data_date(graph),
        # Names stay the same in every language, so that a script does not hang on the labels' language.
        node_attributes=tuple(Attribute(name, name, kind) for name, kind in _NODE_ATTRIBUTES.items()),
        edge_attributes=tuple(Attribute(name, name, kind) for name, kind in _EDGE_ATTRIBUTES.items()),
        nodes=_nodes(graph, base, two_mode, projection, betweenness, lang),
        edges=projection.edges()
        .rename({"shared": "weight"})
        .join(tie_years(two_mode), on=["source", "target"], how="left", maintain_order="left"),
    )
    if variant == "dynamic":
        return dynamic(whole, lang)
    return simplified(whole, lang) if variant == "simplified" else whole


def _nodes(
    graph: Graph,
    base: Base,
    network: TwoMode,
    projection: Projection,
    betweenness: measures.Betweenness,
    lang: Language,
) -> pl.DataFrame:
    labels = read_labels(graph, base, "?thing eco:placeLevel|^eco:municipality|^eco:country ?any .")
    helices = read_labels(graph, base, "?any eco:helix ?thing .")
    helix = {key.rsplit("/", 1)[-1]: label_of(helices, key, lang) for key in helices}
    areas = _areas(network, area_activity(network), lang)
    degree = measures.degree(projection.shared)
    size = np.round(4 + 36 * np.sqrt(degree / max(degree.max(), 1)), 2)
    points = drawn(projection.newman, radii=size)

    def place(name: str) -> pl.Expr:
        return pl.col(name).map_elements(lambda key: label_of(labels, key, lang), return_dtype=pl.String)

    frame = _measured(network, projection, betweenness).join(
        areas, on="actor", how="left", maintain_order="left"
    )
    frame = frame.join(
        actor_years(network), left_on="actor", right_on="id", how="left", maintain_order="left"
    )
    colours = [area_colour(name) for name in frame["colour"].to_list()]
    return frame.select(
        pl.col("actor").alias("id"),
        pl.col(f"label_{lang}").alias("label"),
        *(
            pl.Series(name, [rgb[part] for rgb in colours])
            for part, name in enumerate(("red", "green", "blue"))
        ),
        pl.Series("size", size),
        pl.Series("x", points[:, 0]),
        pl.Series("y", points[:, 1]),
        pl.col("actor").alias("local_id"),
        "areas",
        "main_area",
        pl.col("helix").map_elements(lambda key: helix.get(key, key), return_dtype=pl.String),
        place("municipality"),
        place("country"),
        "in_region",
        *_MEASURES,
        "first_year",
        "last_year",
        "years",
        "spells",
    )


def _measured(network: TwoMode, projection: Projection, betweenness: measures.Betweenness) -> pl.DataFrame:
    """Return the actors with a column for each of `_MEASURES`; null is undefined, or not worked out."""
    shared = projection.shared
    values = {
        "projects": np.asarray(network.matrix.sum(axis=1), dtype=float).ravel(),
        "degree": measures.degree(shared),
        "strength": measures.strength(projection.newman),
        "betweenness": betweenness.values,
        "constraint": measures.constraint(shared),
        "effective_size": measures.effective_size(shared),
        "core": measures.k_core(shared),
    }
    frame = network.actors.with_columns(
        pl.Series(name, found, dtype=pl.Float64).fill_nan(None) for name, found in values.items()
    )
    if betweenness.error is None:
        places = actor_structure(network, projection).frame.select("actor", *_PLACES)
        frame = frame.join(places, on="actor", how="left", maintain_order="left")
    else:
        frame = frame.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in _PLACES)
    return frame.with_columns(
        pl.col(name).cast(pl.Int64) for name, kind in _MEASURES.items() if kind == "integer"
    )


def _areas(network: TwoMode, activity: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Return per actor its areas joined by '; ', and the one with most projects with its colour name."""
    order = network.areas.with_row_index("place").select("area", "place", "colour", f"label_{lang}")
    return (
        activity.join(order, on="area")
        .sort("actor", "place")
        .group_by("actor", maintain_order=True)
        .agg(
            pl.col(f"label_{lang}").str.join("; ").alias("areas"),
            # arg_max takes the first of equals: the order of the areas decides.
            pl.col(f"label_{lang}").get(pl.col("projects").arg_max()).alias("main_area"),
            pl.col("colour").get(pl.col("projects").arg_max()),
        )
    )


def _data_date(graph: Graph) -> str | None:
    query = "SELECT ?issued { ?dataset a dcat:Dataset ; dcterms:issued ?issued }"
    found = [str(python_value(row[0])) for row in graph.select(query).rows]
    padded = [value + {4: "-01-01", 7: "-01"}.get(len(value), "") for value in found]
    return max((value[:10] for value in padded), default=None)
