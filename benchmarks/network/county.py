"""Part (c): everything on the county network of the workspace's current build."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

from run import timed

from ecograph.config import Workspace, load_workspace
from ecograph.insight.bridges import find_bridges
from ecograph.insight.evolution import periods, programmes, trace
from ecograph.insight.gaps import find_gaps
from ecograph.insight.groups import KINDS, By, groups_of
from ecograph.insight.profile import profile_pairs
from ecograph.insight.roles import find_facets, find_roles
from ecograph.model.iris import Base
from ecograph.network import measures as m
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.projection import project_actors
from ecograph.store.builds import Builds
from ecograph.store.graph import Graph


def county_network(root: Path) -> list[str]:
    """Print one line a question and return the target if it is missed."""
    workspace = load_workspace(root)
    build = Builds(workspace.state).current()
    if build is None:
        print(f"{root.name}: no build; make one first with ecograph build -C {root.name}")
        return ["the county network, which needs a build"]
    graph = build.graph()
    national = read_two_mode(graph, base=Base(workspace.base), region=workspace.region)
    network = national.county()
    print(f"{len(network.actor_ids)} actors, {len(network.project_ids)} projects")
    start = time.perf_counter()
    questions = _questions(network, workspace) | _tests(graph, national, network, workspace)
    for name, run in questions.items():
        began = time.perf_counter()
        run()
        print(f"{name:<22} {timed(began):8.2f} s", flush=True)
    total = timed(start)
    print(f"{'everything':<22} {total:8.2f} s")
    return [] if total < 10 else [f"the county network takes {total:.1f} s"]


def _questions(network: TwoMode, workspace: Workspace) -> dict[str, Callable[[], Any]]:
    projection = project_actors(network)
    shared = projection.shared
    helix = network.actors["helix"].to_list()

    def whole() -> None:
        m.hierarchy(shared)
        m.harmonic(shared)
        m.pagerank(shared)
        m.clustering(shared)
        m.k_core(shared)
        m.participation_coefficient(shared, helix)
        m.within_module_z(shared, helix)
        m.assortativity(shared, helix)
        m.rich_club(shared, draws=5)
        m.nestedness(network.matrix)
        m.small_world(shared)

    return {
        "bridges": lambda: find_bridges(network),
        **{
            f"roles by {kind}": lambda kind=kind: find_roles(network, groups_of(network, kind))
            for kind in KINDS
        },
        "roles in each area": lambda: find_facets(network, groups_of(network, "area")),
        "communities": lambda: m.consensus_communities(projection.newman),
        "the other measures": whole,
        "years": lambda: trace(network),
        "periods": lambda: periods(network, workspace.region),
        "programmes": lambda: programmes(network),
    }


def _tests(
    graph: Graph, national: TwoMode, network: TwoMode, workspace: Workspace
) -> dict[str, Callable[[], Any]]:
    """Gaps with their null models, and bridging actors with their resamples."""
    base, region = Base(workspace.base), workspace.region
    areas = list(combinations(network.areas["area"].to_list(), 2))

    def gaps(kind: By) -> Callable[[], Any]:
        return lambda: find_gaps(graph, base=base, region=region, by=kind, national=national)

    return {
        **{f"gaps by {kind}": gaps(kind) for kind in KINDS},
        "bridges, resampled": lambda: profile_pairs(network, groups_of(network, "area"), areas),
    }
