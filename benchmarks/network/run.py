"""Measures of a collaboration network against networkx, in the same run and on the same network.

The network: the Horizon 2020 projects of the workspace in the order of their record numbers, until they have
2,000 actors (``--actors``). Each measure is run once by both; the values must agree. networkx's constraint
and effective size take minutes, so they are timed on every k-th actor (``--every``) and scaled, and the
printed line says so. CPU seconds of one process.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
from scipy.sparse import csr_array

from ecograph.network import measures
from ecograph.network.projection import shared_projects

SOURCE = Path(__file__).parents[2] / "data" / "sources" / "h2020" / "h2020.csv.gz"


def incidence(source: Path, actors: int) -> csr_array:
    """Return the binary incidence of the first projects of a file that together have `actors` actors."""
    frame = pl.read_csv(source, columns=["rcn", "pic"], infer_schema_length=0).unique()
    frame = frame.with_columns(pl.col("rcn").cast(pl.Int64)).sort("rcn", "pic")
    first_seen = frame.group_by("pic").agg(pl.col("rcn").min()).sort("rcn")
    last = first_seen["rcn"][min(actors, first_seen.height) - 1]
    kept = frame.filter(pl.col("rcn") <= last)
    rows = kept["pic"].rank("dense").to_numpy() - 1
    columns = kept["rcn"].rank("dense").to_numpy() - 1
    return csr_array((np.ones(kept.height, dtype=np.int64), (rows, columns)))


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of a call and its result."""
    start = time.process_time()
    result = run()
    return time.process_time() - start, result


def main() -> int:
    """Run the comparison and print one line a measure; 1 when any value differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--actors", type=int, default=2_000)
    parser.add_argument("--every", type=int, default=40)
    options = parser.parse_args()

    matrix = incidence(SOURCE, options.actors)
    own, adjacency = timed(lambda: shared_projects(matrix))
    bipartite = nx.algorithms.bipartite.from_biadjacency_matrix(matrix.tocoo())
    theirs, graph = timed(lambda: nx.bipartite.weighted_projected_graph(bipartite, range(matrix.shape[0])))
    size, ties = matrix.shape[0], adjacency.nnz // 2
    print(f"{size} actors, {matrix.shape[1]} projects, {ties} ties")
    if graph.number_of_edges() != ties:
        print("The projections differ.", file=sys.stderr)
        return 1
    plain = nx.Graph(list(graph.edges()))
    plain.add_nodes_from(range(size))
    some = list(range(0, size, options.every))
    rows: list[tuple[str, Callable[[], Any], Callable[[], Any], list[int]]] = [
        ("betweenness", lambda: measures.betweenness(adjacency),
         lambda: nx.betweenness_centrality(plain, normalized=False), list(range(size))),
        ("constraint", lambda: measures.constraint(adjacency),
         lambda: nx.constraint(plain, nodes=some), some),
        ("effective size", lambda: measures.effective_size(adjacency),
         lambda: nx.effective_size(plain, nodes=some), some),
        ("clustering", lambda: np.nan_to_num(measures.clustering(adjacency)), lambda: nx.clustering(plain),
         list(range(size))),
        ("k-core", lambda: measures.k_core(adjacency), lambda: nx.core_number(plain), list(range(size))),
        ("PageRank", lambda: measures.pagerank(adjacency), lambda: nx.pagerank(plain, tol=1e-10),
         list(range(size))),
    ]  # fmt: skip
    totals = np.array([own, theirs])
    _line("projection", own, theirs, "")
    for name, ours, peer, vertices in rows:
        seconds, found = timed(ours)
        peer_seconds, expected = timed(peer)
        scale = size / len(vertices)
        note = f"networkx on {len(vertices)} actors, scaled" if scale > 1 else ""
        _line(name, seconds, peer_seconds * scale, note)
        totals += [seconds, peer_seconds * scale]
        values = np.array([expected[vertex] for vertex in vertices], dtype=float)
        if not np.allclose(found[vertices], values, rtol=1e-6, atol=1e-6, equal_nan=True):
            print(f"The values of {name} differ.", file=sys.stderr)
            return 1
    _line("total", totals[0], totals[1], "")
    return 0


def _line(name: str, ours: float, peer: float, note: str) -> None:
    ratio = peer / max(ours, 1e-4)
    print(
        f"{name:<15} ecograph {ours:8.3f} s   networkx {peer:9.2f} s   {ratio:9.1f} times   {note}".rstrip()
    )


if __name__ == "__main__":
    sys.exit(main())
