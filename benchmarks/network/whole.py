"""Part (b): the projection and every measure on the whole network."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reading import incidence
from run import peak_mib, timed

from ecograph.network import measures as m
from ecograph.network.projection import newman_weights, shared_projects


def whole_network(source: Path) -> list[str]:
    """Print one line a measure and return the targets that are missed."""
    matrix = incidence(source)
    start = time.perf_counter()
    shared, newman = shared_projects(matrix), newman_weights(matrix)
    projection = timed(start)
    print(f"{shared.shape[0]} actors, {matrix.shape[1]} projects, {shared.nnz // 2} ties")
    print(f"{'projection':<22} {projection:8.2f} s")
    groups = [f"group {vertex % 5}" for vertex in range(shared.shape[0])]
    start = time.perf_counter()
    for name, run in _measures(matrix, shared, newman, groups).items():
        began = time.perf_counter()
        result = run()
        pairs = len(groups) * (len(groups) - 1) / 2
        note = (
            f"sampled, within {result.error / pairs:.2g} of the pairs"
            if getattr(result, "error", None)
            else ""
        )
        print(f"{name:<22} {timed(began):8.2f} s   {note}".rstrip(), flush=True)
    total, memory = timed(start), peak_mib() / 1024
    print(f"{'all measures':<22} {total:8.2f} s, peak {memory:.2f} GiB")
    missed = [] if projection < 5 else [f"projection takes {projection:.1f} s"]
    missed += [] if total < 360 else [f"all measures take {total:.0f} s"]
    return missed + ([] if memory < 4 else [f"{memory:.1f} GiB of memory"])


def _measures(matrix: Any, shared: Any, newman: Any, groups: list[str]) -> dict[str, Callable[[], Any]]:
    return {
        "degree": lambda: m.degree(shared),
        "strength": lambda: m.strength(newman),
        "betweenness": lambda: m.measured_betweenness(shared),
        "constraint": lambda: m.constraint(shared),
        "constraint, weighted": lambda: m.constraint(newman, weighted=True),
        "effective size": lambda: m.effective_size(shared),
        "hierarchy": lambda: m.hierarchy(shared),
        "brokerage roles": lambda: m.brokerage_roles(shared, groups),
        "participation": lambda: m.participation_coefficient(shared, groups),
        "within-module z": lambda: m.within_module_z(shared, groups),
        "k-core": lambda: m.k_core(shared),
        "articulation points": lambda: m.articulation_points(shared),
        "bridges": lambda: m.bridge_ties(shared),
        "components": lambda: m.components(shared),
        "harmonic": lambda: m.harmonic(shared),
        "PageRank": lambda: m.pagerank(shared),
        "clustering": lambda: m.clustering(shared),
        "clustering, Onnela": lambda: m.clustering(newman, weights="onnela"),
        "assortativity": lambda: m.assortativity(shared, groups),
        "degree assortativity": lambda: m.degree_assortativity(shared),
        "communities": lambda: m.consensus_communities(newman),
        "rich club": lambda: m.rich_club(shared),
        "nestedness": lambda: m.nestedness(matrix),
        "small world": lambda: m.small_world(shared, draws=1),
    }
