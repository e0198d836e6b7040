"""How ties run within and between the groups of a partition: helices, municipalities, areas, communities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from ecograph.network.adjacency import binary, checked
from ecograph.network.centrality import Values, degree, floats
from ecograph.network.projection import membership

Groups = Sequence[str | None]


def participation_coefficient(
    adjacency: csr_array, groups: Groups, *, weighted: bool = False, directed: bool = False
) -> Values:
    """Return how evenly an actor's ties spread over groups, Pᵢ = 1 − Σ_g (kᵢ_g / kᵢ)².

    0 when all go to one group; NaN without a tie to a grouped actor. Ties to actors without a group are left
    out. In a directed network ties in and out count, one in both directions twice.
    Guimerà & Amaral (2005), Nature 433, 895–900. Cost O(m).
    """
    to_group = _to_groups(adjacency, groups, weighted=weighted, directed=directed)
    total = np.asarray(to_group.sum(axis=1), dtype=float).ravel()
    squares = np.asarray(to_group.multiply(to_group).sum(axis=1), dtype=float).ravel()
    ratio = np.divide(squares, total**2, out=np.full(total.shape, np.nan), where=total > 0)
    return floats(1 - ratio)


def within_module_z(adjacency: csr_array, groups: Groups, *, weighted: bool = False) -> Values:
    """Return how much more an actor is tied in its own group than the group's actors are on average.

    zᵢ = (κᵢ − κ̄) / σ_κ over the actors of i's group, κᵢ the ties (or weights) of i within it, σ the
    population's standard deviation. In standard deviations; NaN without a group or where all are tied alike.
    Guimerà & Amaral (2005), Nature 433, 895–900. Cost O(m).
    """
    names = _names(groups)
    to_group = _to_groups(adjacency, groups, weighted=weighted).tocsr()
    own = np.full(len(groups), np.nan)
    for column, name in enumerate(names):
        rows = np.array([vertex for vertex, group in enumerate(groups) if group == name])
        inside = to_group[rows][:, [column]].toarray().ravel()
        spread = inside.std()
        if spread > 0:
            own[rows] = (inside - inside.mean()) / spread
    return own


def _names(groups: Groups) -> list[str]:
    return sorted({group for group in groups if group is not None})


def _to_groups(adjacency: csr_array, groups: Groups, *, weighted: bool, directed: bool = False) -> csr_array:
    matrix = checked(adjacency, directed=directed)
    if not weighted:
        matrix = binary(matrix)
    if directed:
        matrix = csr_array(matrix + matrix.T)
    return csr_array(matrix @ membership(groups, _names(groups)).T)


def assortativity(adjacency: csr_array, groups: Groups) -> float:
    """Return how far ties run within groups, r = (Σ e_gg − Σ a_g²) / (1 − Σ a_g²), at most 1.

    e is the share of tie ends between groups, a its row sums; ties of actors without a group are left out.
    0 when groups do not matter, negative when ties run between; NaN without ties or with a single group.
    Newman (2003), Mixing patterns in networks, Physical Review E 67, 026126. Cost O(m).
    """
    matrix = binary(checked(adjacency))
    members = membership(groups, _names(groups))
    mixing = csr_array(members @ matrix @ members.T).toarray()
    if mixing.sum() == 0:
        return float("nan")
    mixing = mixing / mixing.sum()
    chance = float((mixing.sum(axis=0) * mixing.sum(axis=1)).sum())
    # A single group leaves nothing to mix, whatever the rounding.
    return float((np.trace(mixing) - chance) / (1 - chance)) if chance < 1 - 1e-12 else float("nan")


def degree_assortativity(adjacency: csr_array) -> float:
    """Return Pearson's correlation of the degrees at the two ends of ties; NaN when all are alike.

    Newman (2002), Assortative mixing in networks, Physical Review Letters 89, 208701. Cost O(m).
    """
    matrix = checked(adjacency)
    degrees = degree(matrix)
    ties = matrix.tocoo()
    one, other = degrees[ties.row], degrees[ties.col]
    if len(one) == 0 or np.ptp(one) == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])
