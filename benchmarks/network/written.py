"""Write the whole network as GEXF by ecograph or by networkx; print the seconds and the peak memory in MiB.

Run by run.py in a process of its own: written.py ecograph|networkx SOURCE TARGET.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from reading import incidence
from run import peak_mib, timed
from scipy.sparse import csr_array, triu

from ecograph.network.projection import Projection, newman_weights, shared_projects

COLOUR = (44, 122, 75)


def by_ecograph(shared: csr_array, newman: csr_array, target: Path) -> float:
    """Return the seconds that ecograph takes to write the file."""
    import polars as pl

    from ecograph.export.gexf import write_gexf
    from ecograph.export.typed import Attribute, TypedGraph

    size = shared.shape[0]
    ids = [f"actor/{number}" for number in range(size)]
    degree = (shared != 0).sum(axis=1)
    nodes = pl.DataFrame({"id": ids, "label": ids, "degree": pl.Series(degree, dtype=pl.Int64)}).with_columns(
        *(pl.lit(part).alias(name) for name, part in zip(("red", "green", "blue"), COLOUR, strict=True)),
        pl.lit(4.0).alias("size"), pl.lit(0.0).alias("x"), pl.lit(0.0).alias("y"),
    )  # fmt: skip
    edges = Projection(ids, shared, newman).edges().rename({"shared": "weight"})
    graph = TypedGraph(
        "whole", "", "", None, (Attribute("degree", "degree", "integer"),),
        (Attribute("newman", "newman", "double"),), nodes, edges,
    )  # fmt: skip
    start = time.perf_counter()
    with target.open("wb") as out:
        write_gexf(graph, out)
    return timed(start)


def by_networkx(shared: csr_array, newman: csr_array, target: Path) -> float:
    """Return the seconds that networkx takes to write the same."""
    import networkx as nx

    graph = nx.Graph()
    degree = (shared != 0).sum(axis=1).tolist()
    red, green, blue = COLOUR
    for number in range(shared.shape[0]):
        key = f"actor/{number}"
        viz = {
            "color": {"r": red, "g": green, "b": blue}, "size": 4.0,
            "position": {"x": 0.0, "y": 0.0, "z": 0.0},
        }  # fmt: skip
        graph.add_node(key, label=key, degree=degree[number], viz=viz)
    weights, parts = triu(shared, k=1, format="coo"), triu(newman, k=1, format="coo")
    for row, column, weight, part in zip(weights.row, weights.col, weights.data, parts.data, strict=True):
        graph.add_edge(f"actor/{row}", f"actor/{column}", weight=float(weight), newman=float(part))
    start = time.perf_counter()
    nx.write_gexf(graph, target, version="1.2draft")
    return timed(start)


if __name__ == "__main__":
    matrix = incidence(Path(sys.argv[2]))
    write = by_ecograph if sys.argv[1] == "ecograph" else by_networkx
    print(write(shared_projects(matrix), newman_weights(matrix), Path(sys.argv[3])), peak_mib())
