"""GEXF 1.3 for Gephi, written line by line, so that a big network needs no tree in memory.

The structure is that of the published 1.3 schema: meta, graph, declared attributes, nodes, edges; colours,
sizes and positions in the viz namespace. An unknown value has no attvalue at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from ecograph.export.typed import Attribute, TypedGraph

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " ", "\r": " "}
)
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE_COLUMNS = ("id", "label", "red", "green", "blue", "size", "x", "y")
_BATCH = 2_000


def write_gexf(graph: TypedGraph, out: BinaryIO) -> None:
    """Write a network as GEXF 1.3, encoded in UTF-8; equal networks give equal bytes."""
    batch: list[str] = []
    for line in _lines(graph):
        batch.append(line)
        if len(batch) == _BATCH:
            out.write("".join(batch).encode())
            batch.clear()
    out.write("".join(batch).encode())


def escaped(text: str) -> str:
    """Return `text` for an attribute or element: markup escaped, what XML 1.0 cannot carry left out."""
    return _UNWRITABLE.sub("", text).translate(_ESCAPES)


def value_text(value: Any, attribute: Attribute) -> str:
    """Return the text of a known value: true/false, a double to 12 significant digits, or escaped text."""
    if attribute.kind == "boolean":
        return "true" if value else "false"
    if attribute.kind == "double":
        return repr(float(f"{value:.12g}"))
    return escaped(str(value))


def _lines(graph: TypedGraph) -> Iterator[str]:
    date = f' lastmodifieddate="{graph.date}"' if graph.date else ""
    description = escaped(f"{graph.title}. {graph.description} {graph.caveat}")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<gexf xmlns="{NAMESPACE}" xmlns:viz="{VIZ}" version="1.3">\n'
    yield f"  <meta{date}>\n    <creator>ecograph</creator>\n"
    yield f"    <keywords>{escaped(graph.title)}</keywords>\n"
    yield f"    <description>{description}</description>\n  </meta>\n"
    yield '  <graph defaultedgetype="undirected" mode="static" idtype="string">\n'
    yield from _declarations("node", graph.node_attributes)
    yield from _declarations("edge", graph.edge_attributes)
    yield f'    <nodes count="{graph.nodes.height}">\n'
    yield from _nodes(graph)
    yield f'    </nodes>\n    <edges count="{graph.edges.height}">\n'
    yield from _edges(graph)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declarations(kind: str, attributes: Iterable[Attribute]) -> Iterator[str]:
    yield f'    <attributes class="{kind}">\n'
    for item in attributes:
        name, title = escaped(item.name), escaped(item.title)
        yield f'      <attribute id="{name}" title="{title}" type="{item.kind}"/>\n'
    yield "    </attributes>\n"


def _values(values: tuple[Any, ...], attributes: tuple[Attribute, ...]) -> str:
    known = "".join(
        f'<attvalue for="{escaped(attribute.name)}" value="{value_text(value, attribute)}"/>'
        for value, attribute in zip(values, attributes, strict=True)
        if value is not None
    )
    return f"<attvalues>{known}</attvalues>" if known else ""


def _nodes(graph: TypedGraph) -> Iterator[str]:
    names = [attribute.name for attribute in graph.node_attributes]
    columns = graph.nodes.select(_NODE_COLUMNS).iter_rows()
    for fixed, values in zip(columns, graph.nodes.select(names).iter_rows(), strict=True):
        key, label, red, green, blue, size, x, y = fixed
        yield (
            f'      <node id="{escaped(key)}" label="{escaped(label)}">'
            f"{_values(values, graph.node_attributes)}"
            f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{size}"/>'
            f'<viz:position x="{x}" y="{y}" z="0.0"/></node>\n'
        )


def _edges(graph: TypedGraph) -> Iterator[str]:
    names = [attribute.name for attribute in graph.edge_attributes]
    columns = graph.edges.select("source", "target", "weight").iter_rows()
    rows = zip(columns, graph.edges.select(names).iter_rows(), strict=True)
    for number, ((source, target, weight), values) in enumerate(rows):
        yield (
            f'      <edge id="{number}" source="{escaped(source)}" target="{escaped(target)}" '
            f'weight="{float(weight)!r}">{_values(values, graph.edge_attributes)}</edge>\n'
        )
