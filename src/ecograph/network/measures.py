"""The measures of undirected networks, in one place; each takes a sparse symmetric adjacency."""

from ecograph.network.adjacency import checked, to_igraph, to_networkx
from ecograph.network.centrality import (
    Values,
    between_groups,
    betweenness,
    degree,
    divided,
    pagerank,
    pairs_without,
    q_betweenness,
    strength,
)
from ecograph.network.structure import (
    articulation_points,
    clustering,
    components,
    constraint,
    effective_size,
    k_core,
    participation_coefficient,
)

__all__ = [
    "Values",
    "articulation_points",
    "between_groups",
    "betweenness",
    "checked",
    "clustering",
    "components",
    "constraint",
    "degree",
    "divided",
    "effective_size",
    "k_core",
    "pagerank",
    "pairs_without",
    "participation_coefficient",
    "q_betweenness",
    "strength",
    "to_igraph",
    "to_networkx",
]
