"""GraphML 1.0 for NetworkX, igraph, yEd, Cytoscape and others, written batch by batch."""

from __future__ import annotations

from typing import BinaryIO

import polars as pl

from ecograph.export.typed import Attribute, TypedGraph
from ecograph.export.xml import batches, column_text, escaped, escaped_column, write_lines

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {"string": "string", "integer": "long", "double": "double", "boolean": "boolean"}
_NODE = (
    Attribute("label", "label", "string"),
    Attribute("red", "r", "integer"),
    Attribute("green", "g", "integer"),
    Attribute("blue", "b", "integer"),
    Attribute("size", "size", "double"),
    Attribute("x", "x", "double"),
    Attribute("y", "y", "double"),
)
_EDGE = (Attribute("weight", "weight", "double"),)


def write_graphml(graph: TypedGraph, out: BinaryIO) -> None:
    """Write a network as GraphML: label, colour, size and place of nodes, weight of edges, and every
    attribute.

    An unknown value has no data element. Equal networks give equal bytes.
    """
    nodes, edges = _NODE + graph.node_attributes, _EDGE + graph.edge_attributes
    keys = "".join(
        f'  <key id="{kind[0]}{place}" for="{kind}" attr.name="{escaped(item.title)}" '
        f'attr.type="{_TYPES[item.kind]}"/>\n'
        for kind, items in (("node", nodes), ("edge", edges))
        for place, item in enumerate(items)
    )
    description = escaped(f"{graph.title}. {graph.description} {graph.caveat}")
    out.write(
        (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n{keys}'
            f'  <graph id="ecograph" edgedefault="undirected">\n    <desc>{description}</desc>\n'
        ).encode()
    )
    for _, rows in batches(graph.nodes):
        lines = pl.concat_str(
            pl.lit('    <node id="'), escaped_column(rows["id"]), pl.lit('">'), _data(rows, nodes, "n"),
            pl.lit("</node>\n"),
        )  # fmt: skip
        write_lines(pl.select(lines).to_series(), out)
    for start, rows in batches(graph.edges):
        lines = pl.concat_str(
            pl.lit('    <edge id="e'), pl.int_range(start, start + rows.height).cast(pl.String),
            pl.lit('" source="'), escaped_column(rows["source"]),
            pl.lit('" target="'), escaped_column(rows["target"]), pl.lit('">'),
            _data(rows.with_columns(pl.col("weight").cast(pl.Float64)), edges, "e"), pl.lit("</edge>\n"),
        )  # fmt: skip
        write_lines(pl.select(lines).to_series(), out)
    out.write(b"  </graph>\n</graphml>\n")


def _data(rows: pl.DataFrame, attributes: tuple[Attribute, ...], kind: str) -> pl.Series:
    texts = [
        pl.select(
            pl.when(text.is_not_null())
            .then(pl.concat_str(pl.lit(f'<data key="{kind}{place}">'), text, pl.lit("</data>")))
            .otherwise(pl.lit(""))
        ).to_series()
        for place, attribute in enumerate(attributes)
        for text in [column_text(rows[attribute.name], attribute)]
    ]
    return pl.select(pl.concat_str(*texts)).to_series()
