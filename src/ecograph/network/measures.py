"""The measures of networks, in one place; each takes a sparse adjacency, symmetric unless `directed`."""

from ecograph.network.adjacency import binary, checked, mutual, to_igraph, to_networkx
from ecograph.network.betweenness import (
    EXACT_UP_TO,
    Betweenness,
    between_groups,
    betweenness,
    measured_betweenness,
    pairs_without,
    q_betweenness,
    sampled_betweenness,
)
from ecograph.network.centrality import Values, degree, divided, harmonic, pagerank, strength
from ecograph.network.communities import Communities, consensus_communities
from ecograph.network.groups import (
    assortativity,
    degree_assortativity,
    participation_coefficient,
    within_module_z,
)
from ecograph.network.holes import constraint, effective_size, hierarchy
from ecograph.network.rolenulls import brokerage_roles, fractional_roles, possible
from ecograph.network.roles import ROLES, Roles, brokerage
from ecograph.network.structure import (
    articulation_points,
    bridge_ties,
    clustering,
    components,
    k_core,
    transitivity,
)
from ecograph.network.whole import RichClub, SmallWorld, nestedness, rich_club, small_world

__all__ = [
    "EXACT_UP_TO",
    "ROLES",
    "Betweenness",
    "Communities",
    "RichClub",
    "Roles",
    "SmallWorld",
    "Values",
    "articulation_points",
    "assortativity",
    "between_groups",
    "betweenness",
    "binary",
    "bridge_ties",
    "brokerage",
    "brokerage_roles",
    "checked",
    "clustering",
    "components",
    "consensus_communities",
    "constraint",
    "degree",
    "degree_assortativity",
    "divided",
    "effective_size",
    "fractional_roles",
    "harmonic",
    "hierarchy",
    "k_core",
    "measured_betweenness",
    "mutual",
    "nestedness",
    "pagerank",
    "pairs_without",
    "participation_coefficient",
    "possible",
    "q_betweenness",
    "rich_club",
    "sampled_betweenness",
    "small_world",
    "strength",
    "to_igraph",
    "to_networkx",
    "transitivity",
    "within_module_z",
]
