"""The dynamic and the simplified variant of a network that is to be written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from ecograph.network.incidence import TwoMode
from ecograph.network.layout import grid_layout

if TYPE_CHECKING:
    from ecograph.export.typed import TypedGraph

SPELLS = pl.List(pl.Struct({"start": pl.Int64, "end": pl.Int64}))
"""Spans of whole years, both included, apart from one another and in order."""

_STRONG = 2

_TIMES = {
    "sv": " Tiderna är projektens år; {actors} aktörer och {ties} band med bara odaterade projekt är inte "
    "med.",
    "en": " Times are the projects' years; {actors} actors and {ties} ties of undated projects only are left "
    "out.",
}

_SIMPLE = {
    "sv": " Förenklat: länets egna aktörer; band med minst två gemensamma projekt eller det "
    "starkaste för en av de två. Måtten är hela nätverkets.",
    "en": " Simplified: the region's own actors; ties of two shared projects or more, or the strongest of "
    "one of the two. Measures are those of the whole network.",
}


def with_spells(graph: TypedGraph, network: TwoMode, lang: Literal["sv", "en"]) -> TypedGraph:
    """Return a network with the years in which its actors and ties were active, from their projects' years.

    A project without a known end that is not going on counts in its first year only; one that goes on until
    the last year of the data. Actors and ties of undated projects only are left out.
    """
    dated = network.participations.join(_years(network), on="project")
    actors = _spans(dated.select(pl.col("actor").alias("id"), "start", "end"), ["id"])
    pairs = dated.join(dated, on="project", suffix="_other").filter(pl.col("actor") < pl.col("actor_other"))
    named = {"actor": "source", "actor_other": "target"}
    ties = _spans(pairs.select("actor", "actor_other", "start", "end").rename(named), list(named.values()))
    nodes = graph.nodes.join(actors, on="id", how="inner", maintain_order="left")
    edges = graph.edges.join(ties, on=["source", "target"], how="inner", maintain_order="left")
    words = _TIMES[lang].format(
        actors=graph.nodes.height - nodes.height, ties=graph.edges.height - edges.height
    )
    return replace(graph, nodes=nodes, edges=edges, dynamic=True, description=graph.description + words)


def _years(network: TwoMode) -> pl.DataFrame:
    known = network.projects.filter(pl.col("start_year").is_not_null())
    latest = pl.max_horizontal(pl.col("start_year").max(), pl.col("end_year").max())
    alone = pl.when("open_end").then(latest).otherwise(pl.col("start_year"))
    end = pl.max_horizontal(pl.coalesce("end_year", alone), "start_year")
    return known.select("project", pl.col("start_year").alias("start"), end.cast(pl.Int64).alias("end"))


def _spans(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return the keys with their spans of years, spans that touch made one."""
    rows: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for *key, start, end in frame.unique().sort(*keys, "start", "end").iter_rows():
        spans = rows.setdefault(tuple(key), [])
        if spans and start <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    spells = [[{"start": start, "end": end} for start, end in spans] for spans in rows.values()]
    columns = [
        pl.Series(name, [key[place] for key in rows], dtype=pl.String) for place, name in enumerate(keys)
    ]
    return pl.DataFrame([*columns, pl.Series("spells", spells, dtype=SPELLS)])


def simplified(graph: TypedGraph, lang: Literal["sv", "en"]) -> TypedGraph:
    """Return the region's own actors with the strongest ties between them, drawn anew.

    A tie stays when it is of two shared projects or more, or the strongest (by Newman's weight) of one of its
    ends, so that nobody with a tie in the region falls out; actors without one are left out.
    """
    local = graph.nodes.filter("in_region").select("id")
    edges = graph.edges.join(local, left_on="source", right_on="id", how="semi", maintain_order="left")
    edges = edges.join(local, left_on="target", right_on="id", how="semi", maintain_order="left")
    ends = pl.concat([edges.select(pl.col(side).alias("id"), "newman") for side in ("source", "target")])
    best = ends.group_by("id").agg(pl.col("newman").max().alias("best"))
    for side in ("source", "target"):
        edges = edges.join(
            best.rename({"id": side, "best": f"best_{side}"}), on=side, how="left", maintain_order="left"
        )
    strongest = (pl.col("newman") >= pl.col("best_source")) | (pl.col("newman") >= pl.col("best_target"))
    edges = edges.filter((pl.col("weight") >= _STRONG) | strongest).drop("best_source", "best_target")
    tied = pl.concat([edges["source"], edges["target"]]).unique()
    nodes = graph.nodes.filter(pl.col("id").is_in(tied.implode()))
    points = grid_layout(_adjacency(nodes["id"].to_list(), edges))
    return replace(
        graph,
        nodes=nodes.with_columns(x=pl.Series(points[:, 0]), y=pl.Series(points[:, 1])),
        edges=edges,
        description=graph.description + _SIMPLE[lang],
    )


def _adjacency(ids: list[str], edges: pl.DataFrame) -> csr_array:
    place = {key: row for row, key in enumerate(ids)}
    rows, columns = ([place[key] for key in edges[side].to_list()] for side in ("source", "target"))
    half = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(ids), len(ids)))
    return csr_array(half + half.T)
