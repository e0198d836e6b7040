"""A view of the network as files: for the canvas, for Gephi and others, and as tables."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
from flask_babel import gettext

from ecograph.export.palette import area_colour
from ecograph.export.typed import Attribute, Kind, TypedGraph
from ecograph.web.explorer.asking import Shown, site
from ecograph.web.explorer.language import current
from ecograph.web.explorer.network_filter import COLOURS, SIZES
from ecograph.web.explorer.network_look import colouring, named, radii
from ecograph.web.explorer.network_view import TIES, View
from ecograph.web.explorer.networks import label
from ecograph.web.explorer.themes import areas
from ecograph.web.explorer.unqueried import listing

_NODES: dict[str, Kind] = {
    "areas": "string", "main_area": "string", "helix": "string", "municipality": "string",
    "country": "string", "in_region": "boolean", "projects": "integer", "first_year": "integer",
    "last_year": "integer", "years": "string", "degree": "integer", "strength": "double",
    "betweenness": "double", "bridging": "double", "constraint": "double", "effective_size": "double",
    "community": "integer",
}  # fmt: skip
_TIES: dict[str, Kind] = {
    "newman": "double", "projects": "string", "sources": "string", "first_year": "integer",
    "last_year": "integer", "years": "string",
}  # fmt: skip

_ACTOR_COLUMNS = {
    "actor": ("Aktör (id)", "Actor (id)"),
    "label": ("Aktör", "Actor"),
    "helix": ("Aktörsgrupp (helix)", "Helix"),
    "municipality": ("Kommun", "Municipality"),
    "country": ("Land", "Country"),
    "areas": ("Områden", "Areas"),
    "projects": ("Projekt", "Projects"),
    "first_year": ("Första år", "First year"),
    "last_year": ("Sista år", "Last year"),
    "degree": ("Parter", "Partners"),
    "strength": ("Styrka", "Strength"),
    "betweenness": ("Mellanläge (betweenness)", "Betweenness"),
    "bridging": ("Överbryggande läge mellan områden", "Bridging between areas"),
    "constraint": ("Bundenhet", "Constraint"),
    "effective_size": ("Effektiv storlek", "Effective size"),
    "community": ("Grupp som samarbetar tätt", "Group that collaborates closely"),
}
_TIE_COLUMNS = {
    "source": ("Aktör A (id)", "Actor A (id)"),
    "sourceLabel": ("Aktör A", "Actor A"),
    "target": ("Aktör B (id)", "Actor B (id)"),
    "targetLabel": ("Aktör B", "Actor B"),
    "weight": ("Gemensamma projekt", "Shared projects"),
    "newman": ("Newmans vikt", "Newman's weight"),
    "first_year": ("Första år", "First year"),
    "last_year": ("Sista år", "Last year"),
    "sources": ("Källor", "Sources"),
    "projects": ("Projekten", "The projects"),
}


def typed(view: View, words: str) -> TypedGraph:
    """Return a view as a network that every format can be written from; `words` say what was filtered."""
    region = site().workspace.region
    name = region.name_sv if current() == "sv" else region.name_en
    about = gettext(
        "Nodes are actors, ties are shared projects; a tie's weight is their number. Measures are those of "
        "this part of the network."
    )
    return TypedGraph(
        title=gettext("Collaboration in projects, %(region)s", region=name),
        description=f"{about} {words}".strip(),
        caveat=view.coverage.sentence("sv" if current() == "sv" else "en"),
        date=max((source.retrieved for source in site().workspace.sources if source.retrieved), default=None),
        node_attributes=tuple(Attribute(key, key, kind) for key, kind in _NODES.items()),
        edge_attributes=tuple(
            Attribute(key, key, kind) for key, kind in _TIES.items() if key != "projects" or _titled(view)
        ),
        nodes=_nodes(view),
        edges=_ties(view),
    )


def _nodes(view: View) -> pl.DataFrame:
    order = {key: place for place, key in enumerate(view.network.areas["area"].to_list())}
    colours = view.network.areas["colour"].to_list()
    rgb = [
        area_colour(None if key is None else colours[order[key]])
        for key in view.actors["main_area"].to_list()
    ]
    return view.actors.select(
        pl.col("actor").alias("id"),
        pl.col(named()).alias("label"),
        *(
            pl.Series(part, [one[at] for one in rgb], dtype=pl.Int64)
            for at, part in enumerate(("red", "green", "blue"))
        ),
        pl.Series("size", radii(view, "degree"), dtype=pl.Float64),
        # Who is not drawn stands in the middle.
        pl.col("x").fill_null(0.0),
        pl.col("y").fill_null(0.0),
        *_described(view),
    )


def _described(view: View) -> list[pl.Expr | pl.Series]:
    """Return the columns of `_NODES`, in the reader's words."""
    words = dict(view.network.areas.select("area", named()).iter_rows())
    rows = view.actors
    joined = ["; ".join(words[key] for key in each or []) or None for each in rows["areas"].to_list()]
    return [
        pl.Series("areas", joined, dtype=pl.String),
        pl.Series("main_area", [words.get(key) for key in rows["main_area"]], dtype=pl.String),
        pl.Series("helix", [label("helix", key) for key in rows["helix"]], dtype=pl.String),
        pl.Series("municipality", [label("place", key) for key in rows["municipality"]], dtype=pl.String),
        pl.Series("country", [label("place", key) for key in rows["country"]], dtype=pl.String),
        *(pl.col(key) for key in ("in_region", "projects", "first_year", "last_year", "years", "degree")),
        *(pl.col(key) for key in ("strength", "betweenness", "bridging", "constraint")),
        pl.col("effective-size").alias("effective_size"),
        pl.col("community"),
    ]  # fmt: skip


def _titled(view: View) -> bool:
    """Say whether ties carry the titles of their projects, which would be most of a large network's file."""
    return view.ties.height <= TIES


def _ties(view: View) -> pl.DataFrame:
    ids = pl.Series("ids", view.network.actor_ids, dtype=pl.String)
    titles = view.network.projects[named()].to_list()
    stating = sources_of(view)
    projects = view.ties["projects"].to_list()
    texts = ["; ".join(titles[at] for at in each) for each in projects] if _titled(view) else None
    frame = pl.DataFrame(
        {
            "source": ids.gather(view.ties["first"]),
            "target": ids.gather(view.ties["second"]),
            "weight": view.ties["shared"],
            "newman": view.ties["newman"],
            "projects": pl.Series(texts or [None] * len(projects), dtype=pl.String),
            "sources": pl.Series(
                [" ".join(sorted({name for at in each for name in stating[at]})) for each in projects],
                dtype=pl.String,
            ),
        }
    )
    return frame.join(view.years, on=["source", "target"], how="left", maintain_order="left")


def _dated(view: View, ties: pl.DataFrame) -> pl.DataFrame:
    """Return ties with first_year and last_year, null without a dated project."""
    ids = pl.Series("ids", view.network.actor_ids, dtype=pl.String)
    ends = [ids.gather(ties[end]).alias(name) for end, name in (("first", "source"), ("second", "target"))]
    return ties.with_columns(ends).join(
        view.years, on=["source", "target"], how="left", maintain_order="left"
    )


def sources_of(view: View) -> list[list[str]]:
    """Return the ids of the sources that state parts in each project of a view, by the project's column."""
    found: dict[str, set[str]] = {}
    for project, source in view.network.stated.select("project", "source").unique().iter_rows():
        found.setdefault(project, set()).add(source)
    return [sorted(found.get(project, ())) for project in view.network.project_ids]


def actor_table(view: View) -> Shown:
    """Return the actors of a view as a table with a row each, most partners first."""
    frame = view.actors.select("actor", pl.col(named()).alias("label"), *_described(view))
    frame = frame.sort("degree", "label", descending=[True, False])
    return listing(
        "network-actors",
        ("Aktörer i nätverket", "Actors of the network"),
        (
            "Måtten gäller den visade delen av nätverket.",
            "The measures are of the part of the network shown.",
        ),
        _ACTOR_COLUMNS,
        frame.to_dicts(),
    )


def tie_table(view: View) -> Shown:
    """Return the ties of a view as a table with a row each."""
    names = dict(view.actors.select("actor", named()).iter_rows())
    rows = (
        {**row, "sourceLabel": names[row["source"]], "targetLabel": names[row["target"]]}
        for row in _ties(view).sort("weight", descending=True, maintain_order=True).iter_rows(named=True)
    )
    return listing(
        "network-ties",
        ("Band i nätverket", "Ties of the network"),
        ("Ett band är minst ett gemensamt projekt.", "A tie is at least one shared project."),
        _TIE_COLUMNS,
        rows,
    )


def canvas_data(view: View) -> bytes:
    """Return what the canvas draws, as JSON: one list for each attribute, in the same order of actors.

    actors: id, label, x, y (y upwards), areas (numbers), helix, local (of the region),
    municipality, country, first, last, the
    measures, radius (by measure), group (by attribute, into `groups`). ties: source, target (places in
    actors), weight, first, last, projects and sources (places in those lists). Unknown is null.
    """
    rows = np.flatnonzero(view.actors["drawn"].to_numpy())
    actors = view.actors[rows]
    place = {int(row): number for number, row in enumerate(rows)}
    ties = _dated(view, view.ties.filter("drawn"))
    known = {site().base.local(iri): number for number, iri in enumerate(areas())}
    groups = {attribute: colouring(view, attribute) for attribute in COLOURS}
    stating = sources_of(view)
    names = sorted({name for each in stating for name in each})
    content: dict[str, Any] = {
        "actors": {
            "id": actors["actor"].to_list(),
            "label": actors[named()].to_list(),
            "x": actors["x"].to_list(),
            "y": actors["y"].to_list(),
            "areas": [
                [known[key] for key in each or [] if key in known] for each in actors["areas"].to_list()
            ],
            "helix": actors["helix"].to_list(),
            "local": actors["in_region"].to_list(),
            "municipality": [label("place", key) for key in actors["municipality"]],
            "country": [label("place", key) for key in actors["country"]],
            "first": actors["first_year"].to_list(),
            "last": actors["last_year"].to_list(),
            "measures": {
                name: [None if value is None else float(f"{value:.5g}") for value in actors[name]]
                for name in SIZES
            },
            "radius": {name: [sizes[row] for row in rows] for name in SIZES for sizes in [radii(view, name)]},
            "group": {name: [made.of[row] for row in rows] for name, made in groups.items()},
        },
        "ties": {
            "source": [place[row] for row in ties["first"].to_list()],
            "target": [place[row] for row in ties["second"].to_list()],
            "weight": ties["shared"].to_list(),
            "projects": ties["projects"].to_list(),
            "first": ties["first_year"].to_list(),
            "last": ties["last_year"].to_list(),
        },
        "projects": {
            "id": view.network.project_ids,
            "label": view.network.projects[named()].to_list(),
            "sources": [[names.index(name) for name in each] for each in stating],
        },
        "sources": names,
        "areas": [{"id": site().base.local(iri), "label": area.label} for iri, area in areas().items()],
        "groups": {
            name: [{"label": group.label, "colour": group.colour} for group in made.groups]
            for name, made in groups.items()
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
