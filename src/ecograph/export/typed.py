"""The typed graph that every network format is written from: nodes and edges with declared attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from ecograph.config import RegionConfig
from ecograph.errors import EcographError
from ecograph.export.palette import area_colour
from ecograph.export.variants import simplified, with_spells
from ecograph.insight.bridges import MEASURES, actor_profiles, area_activity
from ecograph.insight.coverage import measure_coverage
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.layout import grid_layout
from ecograph.network.measures import k_core
from ecograph.network.projection import Projection, project_actors
from ecograph.network.reading import label_of, read_labels
from ecograph.store.graph import Graph, python_value

Kind = Literal["string", "integer", "double", "boolean"]
Language = Literal["sv", "en"]
Extent = Literal["county", "all"]
Variant = Literal["static", "dynamic", "simplified"]


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
    In a `dynamic` network nodes and edges have the column spells, a list of {start, end} in whole years.
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


_NODE_ATTRIBUTES: dict[str, Kind] = {
    "local_id": "string",
    "areas": "string",
    "main_area": "string",
    "helix": "string",
    "municipality": "string",
    "country": "string",
    "in_region": "boolean",
    "projects": "integer",
    "degree": "integer",
    "strength": "double",
    "betweenness": "double",
    "constraint": "double",
    "effective_size": "double",
    "core": "integer",
}


def network_graph(
    graph: Graph,
    *,
    base: Base,
    region: RegionConfig,
    network: Extent = "county",
    lang: Language = "sv",
    variant: Variant = "static",
) -> TypedGraph:
    """Return the county network, or the network of all counted projects, with labels in one language.

    `variant`: ``static`` is all of it; ``dynamic`` has the years in which actors and ties were active (what
    is undated is left out, and the description says how much); ``simplified`` is the region's own actors with
    the strongest ties between them. Measures are those of the whole network in every variant.

    Raises
    ------
    EcographError: when there is no counted project with a collaborating actor.
    """
    everything = read_two_mode(graph, base=base, region=region)
    two_mode = everything.county() if network == "county" else everything
    if two_mode.actors.is_empty():
        raise EcographError(
            "There is no network to export: no counted project has a collaborating actor"
            + (" in the region." if network == "county" else "."),
            remedy="Look at the projects' status and the participations' roles with `ecograph doctor`"
            + ("; or export all of the data with --network all." if network == "county" else "."),
        )
    projection = project_actors(two_mode)
    title, description = _texts(region, network, lang)
    whole = TypedGraph(
        title=title,
        description=description,
        caveat=measure_coverage(two_mode).sentence(lang),
        date=_data_date(graph),
        # Names stay the same in every language, so that a script does not hang on the labels' language.
        node_attributes=tuple(Attribute(name, name, kind) for name, kind in _NODE_ATTRIBUTES.items()),
        edge_attributes=(Attribute("newman", "newman", "double"),),
        nodes=_nodes(graph, base, two_mode, projection, lang),
        edges=projection.edges().rename({"shared": "weight"}),
    )
    if variant == "dynamic":
        return with_spells(whole, two_mode, lang)
    return simplified(whole, lang) if variant == "simplified" else whole


def _texts(region: RegionConfig, network: Extent, lang: Language) -> tuple[str, str]:
    name = region.name_sv if lang == "sv" else region.name_en
    if lang == "sv":
        what = f"Samarbeten i projekt, {name}" if network == "county" else "Samarbeten i projekt, alla data"
        return what, (
            "Noder är aktörer, kanter är gemensamma räknade projekt; kantens vikt är antalet projekt. "
            "Färgen visar aktörens huvudområde; alla dess områden står i attributet areas."
        )
    what = (
        f"Collaboration in projects, {name}" if network == "county" else "Collaboration in projects, all data"
    )
    return what, (
        "Nodes are actors, edges are shared counted projects; an edge's weight is the number of projects. "
        "The colour shows the actor's main area; all of its areas stand in the attribute areas."
    )


def _nodes(
    graph: Graph, base: Base, network: TwoMode, projection: Projection, lang: Language
) -> pl.DataFrame:
    labels = read_labels(graph, base, "?thing eco:placeLevel|^eco:municipality|^eco:country ?any .")
    helices = read_labels(graph, base, "?any eco:helix ?thing .")
    helix = {key.rsplit("/", 1)[-1]: label_of(helices, key, lang) for key in helices}
    activity = area_activity(network)
    areas = _areas(network, activity, lang)
    profiles = actor_profiles(network, projection, activity)
    points = grid_layout(projection.shared)
    degree = profiles["degree"].to_numpy()
    size = np.round(4 + 36 * np.sqrt(degree / max(degree.max(), 1)), 2)

    def place(name: str) -> pl.Expr:
        return pl.col(name).map_elements(lambda key: label_of(labels, key, lang), return_dtype=pl.String)

    frame = network.actors.join(
        profiles.select("actor", "projects", *MEASURES), on="actor", maintain_order="left"
    ).join(areas, on="actor", how="left", maintain_order="left")
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
        "projects",
        pl.col("degree").cast(pl.Int64),
        "strength",
        "betweenness",
        "constraint",
        pl.col("effective-size").alias("effective_size"),
        pl.Series("core", k_core(projection.shared)).cast(pl.Int64),
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
