"""All analyses of a build, one graph each; what a build writes back, in one place."""

from __future__ import annotations

from ecograph.config import RegionConfig
from ecograph.insight.write import analyse
from ecograph.insight.write_bridges import write_bridges
from ecograph.insight.write_evolution import write_evolution
from ecograph.insight.write_gaps import write_gaps
from ecograph.insight.write_strengths import write_strengths
from ecograph.insight.write_structure import write_structure
from ecograph.model.iris import Base
from ecograph.network.incidence import read_two_mode
from ecograph.store.graph import Graph


def analyses(graph: Graph, *, base: Base, region: RegionConfig, version: str) -> list[list[str]]:
    """Return the N-Quads lines of every analysis graph, each sorted and every line with its end.

    Nothing depends on the clock or on the order of the store: equal graphs give equal lines.

    Raises
    ------
    EcographError: when the graph lacks the vocabularies that say what counts.
    """
    national = read_two_mode(graph, base=base, region=region)
    network = national.county()
    gaps, introductions = write_gaps(graph, national, base=base, region=region, version=version)
    return [
        analyse(graph, base=base, region=region, version=version, national=national),
        write_bridges(graph, network, base=base, region=region, version=version),
        gaps,
        introductions,
        write_evolution(graph, network, base=base, region=region, version=version),
        write_strengths(graph, national, base=base, region=region, version=version),
        write_structure(graph, network, base=base, region=region, version=version),
    ]
