"""Node and edge tables as CSV, with the headers that Gephi's import knows."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl

from ecograph.export.typed import Attribute, TypedGraph


def write_nodes(graph: TypedGraph, out: BinaryIO) -> None:
    """Write the nodes: Id, Label, then every attribute by its title; UTF-8, comma, unknown values empty."""
    graph.nodes.select(
        pl.col("id").alias("Id"), pl.col("label").alias("Label"), *_attributes(graph.node_attributes)
    ).write_csv(out)


def write_edges(graph: TypedGraph, out: BinaryIO) -> None:
    """Write the edges: Source, Target, Type (Undirected), Weight (shared projects), then every attribute."""
    graph.edges.select(
        pl.col("source").alias("Source"),
        pl.col("target").alias("Target"),
        pl.lit("Undirected").alias("Type"),
        pl.col("weight").alias("Weight"),
        *_attributes(graph.edge_attributes),
    ).write_csv(out)


def _attributes(attributes: tuple[Attribute, ...]) -> list[pl.Expr]:
    return [
        (
            pl.col(attribute.name).round_sig_figs(12)
            if attribute.kind == "double"
            else pl.col(attribute.name)
        ).alias(attribute.title)
        for attribute in attributes
    ]
