"""The dynamic and the simplified variant of a network that is to be written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import polars as pl
from scipy.sparse import csr_array

from ecograph.network.layout import drawn

if TYPE_CHECKING:
    from ecograph.export.typed import TypedGraph

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


def dynamic(graph: TypedGraph, lang: Literal["sv", "en"]) -> TypedGraph:
    """Return a network with the times of its actors and ties; what is undated is left out, and it says so."""
    nodes, edges = (frame.filter(pl.col("spells").is_not_null()) for frame in (graph.nodes, graph.edges))
    words = _TIMES[lang].format(
        actors=graph.nodes.height - nodes.height, ties=graph.edges.height - edges.height
    )
    return replace(graph, nodes=nodes, edges=edges, dynamic=True, description=graph.description + words)


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
    points = drawn(_adjacency(nodes["id"].to_list(), edges), radii=nodes["size"].to_numpy())
    return replace(
        graph,
        nodes=nodes.with_columns(x=pl.Series(points[:, 0]), y=pl.Series(points[:, 1])),
        edges=edges,
        description=graph.description + _SIMPLE[lang],
    )


def _adjacency(ids: list[str], edges: pl.DataFrame) -> csr_array:
    place = {key: row for row, key in enumerate(ids)}
    rows, columns = ([place[key] for key in edges[side].to_list()] for side in ("source", "target"))
    weights = edges["newman"].to_numpy().astype(float)
    half = csr_array((weights, (rows, columns)), shape=(len(ids), len(ids)))
    return csr_array(half + half.T)
