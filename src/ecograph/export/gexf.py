"""GEXF 1.3 for Gephi, written batch by batch, so that a big network needs no tree in memory.

The structure is that of the published 1.3 schema: meta, graph, declared attributes, nodes, edges; colours,
sizes and positions in the viz namespace. An unknown value has no attvalue at all. In a dynamic network the
times of nodes and edges are spells of whole days, both ends included.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from urllib.parse import urlencode

import polars as pl

from ecograph.config import GEPHI_LITE
from ecograph.export.typed import Attribute, TypedGraph
from ecograph.export.xml import batches, column_text, escaped, escaped_column, write_lines

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"


def write_gexf(graph: TypedGraph, out: BinaryIO) -> None:
    """Write a network as GEXF 1.3, encoded in UTF-8; equal networks give equal bytes."""
    date = f' lastmodifieddate="{graph.date}"' if graph.date else ""
    description = escaped(f"{graph.title}. {graph.description} {graph.caveat}")
    time = (
        ' mode="dynamic" timeformat="date" timerepresentation="interval"'
        if graph.dynamic
        else ' mode="static"'
    )
    out.write(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<gexf xmlns="{NAMESPACE}" xmlns:viz="{VIZ}" version="1.3">\n'
            f"  <meta{date}>\n    <creator>ecograph</creator>\n"
            f"    <keywords>{escaped(graph.title)}</keywords>\n"
            f"    <description>{description}</description>\n  </meta>\n"
            f'  <graph defaultedgetype="undirected"{time} idtype="string">\n'
            + _declarations("node", graph.node_attributes)
            + _declarations("edge", graph.edge_attributes)
            + f'    <nodes count="{graph.nodes.height}">\n'
        ).encode()
    )
    _nodes(graph, out)
    out.write(f'    </nodes>\n    <edges count="{graph.edges.height}">\n'.encode())
    _edges(graph, out)
    out.write(b"    </edges>\n  </graph>\n</gexf>\n")


def gephi_lite_link(address: str, *, instance: str = GEPHI_LITE) -> str:
    """Return the link that opens a GEXF file at a public address in Gephi Lite, in the browser.

    Gephi Lite tells the format by the ending of the address and fetches it from the browser, so that the
    file has to be served with ``Access-Control-Allow-Origin``. Its manual, "Share graphs as URL".

    Parameters
    ----------
    address: of the file, whole. instance: of Gephi Lite; an own one when the file is on a closed net.

    Raises
    ------
    ValueError: when the address does not end in ``.gexf``.
    """
    if not address.endswith(".gexf"):
        raise ValueError("Gephi Lite opens an address that ends in .gexf only")
    return f"{instance}?{urlencode({'file': address})}"


def _declarations(kind: str, attributes: Iterable[Attribute]) -> str:
    lines = [f'    <attributes class="{kind}">\n']
    for item in attributes:
        name, title = escaped(item.name), escaped(item.title)
        lines.append(f'      <attribute id="{name}" title="{title}" type="{item.kind}"/>\n')
    return "".join([*lines, "    </attributes>\n"])


def _values(rows: pl.DataFrame, attributes: tuple[Attribute, ...]) -> pl.Series:
    """Return the attvalues element of every row; an empty text where no value is known."""
    texts = [
        pl.select(
            pl.when(text.is_not_null())
            .then(
                pl.concat_str(
                    pl.lit(f'<attvalue for="{escaped(attribute.name)}" value="'), text, pl.lit('"/>')
                )
            )
            .otherwise(pl.lit(""))
        ).to_series()
        for attribute in attributes
        for text in [column_text(rows[attribute.name], attribute)]
    ]
    if not texts:
        return pl.Series([""] * rows.height, dtype=pl.String)
    known = pl.select(pl.concat_str(*texts).alias("known"))
    wrapped = pl.concat_str(pl.lit("<attvalues>"), "known", pl.lit("</attvalues>"))
    return known.select(pl.when(pl.col("known") != "").then(wrapped).otherwise(pl.lit(""))).to_series()


def _spells(rows: pl.DataFrame, dynamic: bool) -> pl.Series:
    if not dynamic:
        return pl.Series([""] * rows.height, dtype=pl.String)
    texts = []
    for spells in rows["spells"].to_list():
        spans = "".join(
            f'<spell start="{spell["start"]}-01-01" end="{spell["end"]}-12-31"/>' for spell in spells
        )
        texts.append(f"<spells>{spans}</spells>" if spans else "")
    return pl.Series(texts, dtype=pl.String)


def _nodes(graph: TypedGraph, out: BinaryIO) -> None:
    for _, rows in batches(graph.nodes):
        line = pl.select(
            pl.concat_str(
                pl.lit('      <node id="'), escaped_column(rows["id"]),
                pl.lit('" label="'), escaped_column(rows["label"]), pl.lit('">'),
                _values(rows, graph.node_attributes), _spells(rows, graph.dynamic),
                pl.lit('<viz:color r="'), rows["red"].cast(pl.String),
                pl.lit('" g="'), rows["green"].cast(pl.String),
                pl.lit('" b="'), rows["blue"].cast(pl.String),
                pl.lit('"/><viz:size value="'), _plain(rows["size"]),
                pl.lit('"/><viz:position x="'), _plain(rows["x"]),
                pl.lit('" y="'), _plain(rows["y"]), pl.lit('" z="0.0"/></node>\n'),
            )
        )  # fmt: skip
        write_lines(line.to_series(), out)


def _edges(graph: TypedGraph, out: BinaryIO) -> None:
    for start, rows in batches(graph.edges):
        line = pl.select(
            pl.concat_str(
                pl.lit('      <edge id="'), pl.int_range(start, start + rows.height).cast(pl.String),
                pl.lit('" source="'), escaped_column(rows["source"]),
                pl.lit('" target="'), escaped_column(rows["target"]),
                pl.lit('" weight="'), _plain(rows["weight"]), pl.lit('">'),
                _values(rows, graph.edge_attributes), _spells(rows, graph.dynamic), pl.lit("</edge>\n"),
            )
        )  # fmt: skip
        write_lines(line.to_series(), out)


def _plain(values: pl.Series) -> pl.Series:
    """Return numbers as Python writes doubles."""
    return pl.Series(values.name, [repr(float(value)) for value in values.to_list()], dtype=pl.String)
