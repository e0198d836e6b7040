"""Part (a): every measure that networkx has too, by both, on the same network."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from reading import incidence
from scipy.sparse import csr_array

from ecograph.network import measures as m
from ecograph.network.projection import shared_projects

TARGET = 50
SCALED = {"constraint", "effective size"}


def compare(source: Path, actors: int, every: int) -> list[str]:
    """Print one line a measure and return what differs or is too slow."""
    matrix = incidence(source, actors)
    own, adjacency = _timed(lambda: shared_projects(matrix))
    bipartite = nx.algorithms.bipartite.from_biadjacency_matrix(matrix.tocoo())
    theirs, weighted = _timed(
        lambda: nx.bipartite.weighted_projected_graph(bipartite, range(matrix.shape[0]))
    )
    size, ties = matrix.shape[0], adjacency.nnz // 2
    print(f"{size} actors, {matrix.shape[1]} projects, {ties} ties")
    _line("projection", own, theirs, "")
    missed = [] if weighted.number_of_edges() == ties else ["the projections differ"]
    totals = np.array([own, theirs])
    groups = [f"group {vertex % 5}" for vertex in range(size)]
    for name, ours, peer, vertices in _measures(adjacency, weighted, groups, every):
        seconds, found = _timed(ours)
        peer_seconds, expected = _timed(peer)
        scale = size / len(vertices) if name in SCALED else 1.0
        note = f"networkx on {len(vertices)} actors" if name in SCALED else ""
        _line(name, seconds, peer_seconds * scale, note)
        totals += [seconds, peer_seconds * scale]
        if isinstance(expected, dict):
            found = np.nan_to_num(np.asarray(found, float)[vertices])
            expected = np.nan_to_num(np.array([expected[vertex] for vertex in vertices], dtype=float))
        if not np.allclose(found, expected, rtol=1e-6, atol=1e-6):
            missed.append(f"the values of {name} differ")
    _line("total", totals[0], totals[1], "")
    ratio = totals[1] / totals[0]
    return missed if ratio >= TARGET else [*missed, f"only {ratio:.0f} times faster than networkx"]


Row = tuple[str, Callable[[], Any], Callable[[], Any], list[int]]


def _measures(adjacency: csr_array, weighted: nx.Graph, groups: list[str], every: int) -> list[Row]:
    size = adjacency.shape[0]
    plain = nx.Graph(list(weighted.edges()))
    plain.add_nodes_from(range(size))
    nx.set_node_attributes(plain, dict(enumerate(groups)), "group")
    some, everyone = list(range(0, size, every)), list(range(size))
    # networkx has no value for degrees that one actor or none exceeds.
    rich = list(range(sorted(dict(plain.degree()).values())[-2]))
    first = [vertex for vertex in everyone if groups[vertex] == "group 0"]
    second = [vertex for vertex in everyone if groups[vertex] == "group 1"]
    return [
        ("betweenness", lambda: m.betweenness(adjacency),
         lambda: nx.betweenness_centrality(plain, normalized=False), everyone),
        ("Q betweenness", lambda: m.between_groups(adjacency, first, second) / 2,
         lambda: nx.betweenness_centrality_subset(plain, first, second), everyone),
        ("constraint", lambda: m.constraint(adjacency), lambda: nx.constraint(plain, nodes=some), some),
        ("effective size", lambda: m.effective_size(adjacency),
         lambda: nx.effective_size(plain, nodes=some), some),
        ("clustering", lambda: m.clustering(adjacency), lambda: nx.clustering(plain), everyone),
        ("Onnela", lambda: m.clustering(adjacency, weights="onnela"),
         lambda: nx.clustering(weighted, weight="weight"), everyone),
        ("transitivity", lambda: m.transitivity(adjacency), lambda: nx.transitivity(plain), everyone),
        ("k-core", lambda: m.k_core(adjacency), lambda: nx.core_number(plain), everyone),
        ("PageRank", lambda: m.pagerank(adjacency), lambda: nx.pagerank(plain, tol=1e-10), everyone),
        ("harmonic", lambda: m.harmonic(adjacency), lambda: nx.harmonic_centrality(plain), everyone),
        ("articulation", lambda: m.articulation_points(adjacency),
         lambda: sorted(nx.articulation_points(plain)), everyone),
        ("bridges", lambda: m.bridge_ties(adjacency),
         lambda: sorted(tuple(sorted(tie)) for tie in nx.bridges(plain)), everyone),
        ("assortativity", lambda: m.assortativity(adjacency, groups),
         lambda: nx.attribute_assortativity_coefficient(plain, "group"), everyone),
        ("degree assort.", lambda: m.degree_assortativity(adjacency),
         lambda: nx.degree_pearson_correlation_coefficient(plain), everyone),
        ("rich club", lambda: m.rich_club(adjacency).coefficient,
         lambda: nx.rich_club_coefficient(plain, normalized=False), rich),
    ]  # fmt: skip


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of a call and its result."""
    start = time.process_time()
    result = run()
    return time.process_time() - start, result


def _line(name: str, ours: float, peer: float, note: str) -> None:
    ratio = peer / max(ours, 1e-4)
    print(
        f"{name:<15} ecograph {ours:8.3f} s   networkx {peer:9.2f} s   {ratio:9.1f} times   {note}".rstrip(),
        flush=True,
    )
