"""The formats that a network is written in, by name: who writes it, its media type and its file's ending."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from ecograph.export.gexf import write_gexf
from ecograph.export.graphml import write_graphml
from ecograph.export.graphology import write_graphology
from ecograph.export.pajek import write_pajek
from ecograph.export.tables import write_edges, write_nodes
from ecograph.export.typed import TypedGraph


@dataclass(frozen=True, slots=True)
class Format:
    """How a network is written: the writer, the media type that it is served as, the file's ending."""

    write: Callable[[TypedGraph, BinaryIO], None]
    media_type: str
    ending: str


FORMATS: dict[str, Format] = {
    "gexf": Format(write_gexf, "application/gexf+xml", "gexf"),
    "graphml": Format(write_graphml, "application/graphml+xml", "graphml"),
    "json": Format(write_graphology, "application/json", "json"),
    "pajek": Format(write_pajek, "text/plain; charset=utf-8", "net"),
    "nodes": Format(write_nodes, "text/csv; charset=utf-8", "csv"),
    "edges": Format(write_edges, "text/csv; charset=utf-8", "csv"),
}


def network_bytes(graph: TypedGraph, name: str) -> bytes:
    """Return a network in one of `FORMATS`; equal networks give equal bytes.

    Raises
    ------
    KeyError: when there is no such format.
    """
    out = io.BytesIO()
    FORMATS[name].write(graph, out)
    return out.getvalue()
