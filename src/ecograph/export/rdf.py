"""The whole graph as N-Quads in canonical order, plain or compressed: equal graphs give equal bytes."""

from __future__ import annotations

import gzip
from typing import BinaryIO, cast

from ecograph.store.graph import Graph


def write_nquads(graph: Graph, out: BinaryIO, *, compressed: bool = False) -> int:
    """Write all statements and return their number; `compressed` is gzip without name and time."""
    if not compressed:
        return graph.write_nquads(out)
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=6) as packed:
        return graph.write_nquads(cast(BinaryIO, packed))
