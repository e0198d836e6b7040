"""JSON as graphology serialises a graph, for sigma: read by `Graph.from(JSON.parse(text))`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from ecograph.export.typed import Attribute, TypedGraph
from ecograph.export.xml import batches, double_text


def write_graphology(graph: TypedGraph, out: BinaryIO) -> None:
    """Write a network as graphology's JSON: nodes with label, x, y, size, color and every known attribute.

    An unknown value is left out. One node or edge a line; equal networks give equal bytes.
    """
    about = {
        "title": graph.title,
        "description": graph.description,
        "caveat": graph.caveat,
        **({"date": graph.date} if graph.date else {}),
    }
    options = {"type": "undirected", "multi": False, "allowSelfLoops": False}
    out.write(f'{{"attributes":{_json(about)},"options":{_json(options)},"nodes":[\n'.encode())
    _join(_nodes(graph), out)
    out.write(b'\n],"edges":[\n')
    _join(_edges(graph), out)
    out.write(b"\n]}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _join(lines: Iterator[str], out: BinaryIO) -> None:
    first = next(lines, None)
    if first is not None:
        out.write(first.encode())
    for line in lines:
        out.write(b",\n" + line.encode())


def _known(row: dict[str, Any], attributes: tuple[Attribute, ...]) -> dict[str, Any]:
    return {
        item.title: float(double_text(row[item.name])) if item.kind == "double" else row[item.name]
        for item in attributes
        if row[item.name] is not None
    }


def _nodes(graph: TypedGraph) -> Iterator[str]:
    for _, rows in batches(graph.nodes):
        for row in rows.iter_rows(named=True):
            look = {
                "label": row["label"],
                "x": row["x"],
                "y": row["y"],
                "size": row["size"],
                "color": f"#{row['red']:02x}{row['green']:02x}{row['blue']:02x}",
            }
            yield _json({"key": row["id"], "attributes": look | _known(row, graph.node_attributes)})


def _edges(graph: TypedGraph) -> Iterator[str]:
    number = 0
    for _, rows in batches(graph.edges):
        for row in rows.iter_rows(named=True):
            known = {"weight": row["weight"]} | _known(row, graph.edge_attributes)
            # graphology takes an edge without this mark for a directed one.
            yield _json(
                {
                    "key": str(number), "source": row["source"], "target": row["target"], "undirected": True,
                    "attributes": known,
                }
            )  # fmt: skip
            number += 1
