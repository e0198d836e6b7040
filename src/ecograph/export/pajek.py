"""Pajek's .net: vertices with label and place, edges with weight."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO

import polars as pl

from ecograph.export.typed import TypedGraph
from ecograph.export.xml import batches, double_text

_UNQUOTABLE = str.maketrans({'"': "'", "\\": "/", "\n": " ", "\r": " ", "\t": " "})


def write_pajek(graph: TypedGraph, out: BinaryIO) -> None:
    """Write a network for Pajek in UTF-8: labels (made unique by the id), places within the unit square.

    Weights are shared projects. Attributes have no place in this format.
    """
    labels = _labels(graph.nodes)
    places = [_unit(graph.nodes[axis]) for axis in ("x", "y")]
    out.write(f"*Vertices {graph.nodes.height}\n".encode())
    for number, (label, x, y) in enumerate(zip(labels, *places, strict=True), start=1):
        out.write(f'{number} "{label}" {double_text(x)} {double_text(y)} 0.5\n'.encode())
    out.write(b"*Edges\n")
    number_of = pl.DataFrame({"id": graph.nodes["id"], "number": range(1, graph.nodes.height + 1)})
    for _, rows in batches(graph.edges):
        ends = [
            rows.select(pl.col(side).alias("id")).join(number_of, on="id", how="left", maintain_order="left")
            for side in ("source", "target")
        ]
        weights = rows["weight"].cast(pl.Float64)
        triples = zip(ends[0]["number"], ends[1]["number"], weights, strict=True)
        out.write("".join(f"{one} {other} {weight!r}\n" for one, other, weight in triples).encode())


def _labels(nodes: pl.DataFrame) -> list[str]:
    plain = [label.translate(_UNQUOTABLE).strip() for label in nodes["label"].to_list()]
    often = Counter(plain)
    ids = nodes["id"].to_list()
    return [
        label if label and often[label] == 1 else f"{label} ({key})".strip()
        for label, key in zip(plain, ids, strict=True)
    ]


def _unit(values: pl.Series) -> list[float]:
    low, high = values.min(), values.max()
    if low is None or high is None or low == high:
        return [0.5] * len(values)
    span = float(high) - float(low)  # type: ignore[arg-type]
    return [(value - float(low)) / span for value in values.to_list()]  # type: ignore[arg-type]
