"""Brokerage roles of Gould and Fernandez: between whose groups an actor stands.

A broker v stands in an open path a → v → b when a is tied to v, v to b, and a not to b. The role is told by
the groups of the three: coordinator AAA, itinerant broker ABA, gatekeeper ABB, representative AAB, liaison
ABC (broker in the middle). Ordered pairs (a, b) are counted, in undirected networks both orders, so that a
gatekeeper there is as often a representative. Vertices without a group take no part.

Gould & Fernandez (1989), Structures of mediation: a formal approach to brokerage in transaction networks,
Sociological Methodology 19, 89–126.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.network.adjacency import binary, checked
from ecograph.network.centrality import Values, floats
from ecograph.network.holes import masked_product, masked_sums
from ecograph.network.projection import membership

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""The order of the columns of every array of this module."""


@dataclass(frozen=True)
class Roles:
    """Counts of the five roles with what chance explains of them; arrays vertices × `ROLES`, NaN undefined.

    z is (counts − expected) / √variance; NaN where the variance is zero.
    """

    counts: Values
    expected: Values
    variance: Values

    @cached_property
    def z(self) -> Values:
        """Standard deviations above what is expected."""
        spread = np.sqrt(np.where(self.variance > 1e-12, self.variance, np.nan))
        return floats((self.counts - self.expected) / spread)


@dataclass(frozen=True)
class OpenPaths:
    """The open paths of a network: how many each broker v has, by where they start and end.

    starts[v, a] and ends[v, b] are the open paths through v from a, and to b; adjacency is binary.
    """

    adjacency: csr_array
    starts: csr_array
    ends: csr_array
    directed: bool

    @cached_property
    def total(self) -> Values:
        """The number of open paths of each broker."""
        return _sum(self.starts)

    @cached_property
    def reversed(self) -> Values:
        """Of these, how many are open in the other direction too."""
        if not self.directed:
            return self.total
        there = self.adjacency.multiply(self.adjacency.T)
        both = binary(csr_array(there))
        either = binary(csr_array(self.adjacency + self.adjacency.T))
        number = _sum(both)
        return floats(number * (number - 1) - masked_sums(both, either, both))


def open_paths(adjacency: csr_array, *, directed: bool = False) -> OpenPaths:
    """Count the open paths of two ties. Cost: the sum over vertices of their partners' degrees."""
    ties = binary(checked(adjacency, directed=directed))
    back = csr_array(ties.T)
    both = csr_array(ties.multiply(back))
    out, into = _sum(ties), _sum(back)
    if not directed:
        open_ends = csr_array(_spread(ties, out - 1) - masked_product(ties, ties, ties))
        return OpenPaths(ties, open_ends, open_ends, directed)
    # From a there are as many ways on as v has receivers, less a itself and those a reaches without v.
    starts = csr_array(_spread(back, out) - _on(back, both) - masked_product(ties, back, back))
    ends = csr_array(_spread(ties, into) - _on(ties, both) - masked_product(back, ties, ties))
    return OpenPaths(ties, starts, ends, directed)


def _spread(pattern: csr_array, values: Values) -> csr_array:
    """Return the pattern with each row's value on its ties."""
    return csr_array(
        (np.repeat(values, np.diff(pattern.indptr)), pattern.indices, pattern.indptr), shape=pattern.shape
    )


def _on(pattern: csr_array, other: csr_array) -> csr_array:
    return csr_array(pattern.multiply(other))


def _sum(matrix: csr_array) -> Values:
    return floats(np.asarray(matrix.sum(axis=1)).ravel())


def brokerage(adjacency: csr_array, groups: Sequence[str | None], *, directed: bool = False) -> Values:
    """Return the counts of the five roles of a partition, vertices × `ROLES`; NaN without a group.

    In ordered pairs. Cost: the sum over vertices of their partners' degrees.
    """
    inside, matrix, shares = grouped(adjacency, groups)
    return widened(counted(open_paths(matrix, directed=directed), shares), inside)


def grouped(
    adjacency: csr_array, groups: Sequence[str | None]
) -> tuple[npt.NDArray[np.bool_], csr_array, csr_array]:
    """Return which vertices have a group, the network of those, and their memberships, vertices × groups."""
    inside = np.array([group is not None for group in groups], dtype=bool)
    kept = [group for group in groups if group is not None]
    shares = csr_array(membership(kept, sorted(set(kept))).T, dtype=float)
    matrix = csr_array(adjacency)[np.flatnonzero(inside)][:, np.flatnonzero(inside)]
    return inside, csr_array(matrix), shares


def widened(values: Values, inside: npt.NDArray[np.bool_]) -> Values:
    """Return the rows of the vertices with a group among all vertices; NaN for the others."""
    wide = np.full((len(inside), values.shape[1]), np.nan)
    wide[inside] = values
    return wide


def counted(paths: OpenPaths, shares: csr_array) -> Values:
    """Return the role counts of actors that belong to groups by shares summing to 1 (vertices × groups).

    An actor in several groups acts in each of them to its share, independently of the others on the path:
    a count is the expected number of paths in the role. With whole memberships it is Gould and Fernandez's.
    """
    within = pairs_within(paths, shares)
    start, end = (csr_array(side @ shares).toarray() for side in (paths.starts, paths.ends))
    own = shares.toarray()
    coordinator = (own * within).sum(axis=1)
    itinerant = within.sum(axis=1) - coordinator
    gatekeeper = (own * (end - within)).sum(axis=1)
    representative = (own * (start - within)).sum(axis=1)
    liaison = paths.total - coordinator - itinerant - gatekeeper - representative
    values = np.column_stack([coordinator, itinerant, gatekeeper, representative, liaison])
    # Differences of products may fall a rounding beside zero.
    return floats(np.where(np.abs(values) < 1e-9, 0.0, values))


def pairs_within(paths: OpenPaths, shares: csr_array) -> Values:
    """Return Σ over open paths a → v → b of share(a, g)·share(b, g), vertices × groups."""
    ties = paths.adjacency
    back = csr_array(ties.T)
    both = csr_array(ties.multiply(back))
    by_group = shares.tocsc()
    received, sent = (csr_array(side @ shares).toarray() for side in (back, ties))
    loops = csr_array(both @ shares.power(2)).toarray()
    within = received * sent - loops
    for group in range(shares.shape[1]):
        members = by_group.indices[by_group.indptr[group] : by_group.indptr[group + 1]]
        if len(members) < 2:
            continue
        weight = by_group.data[by_group.indptr[group] : by_group.indptr[group + 1]][np.newaxis, :]
        inner = csr_array(ties[members][:, members].T)
        reached = csr_array(ties[:, members].multiply(weight))
        came = csr_array(back[:, members].multiply(weight))
        within[:, group] -= masked_sums(reached, inner, came)
    return floats(within)


def facet_roles(paths: OpenPaths, members: csr_array) -> dict[str, Values]:
    """Return for each group of an actor that is in several, the roles it has as a member of that one group.

    members: vertices × groups, 0 or 1. As a member of g: ``coordinator`` when both ends are (also) in g,
    ``gatekeeper`` when only the end is, ``representative`` when only the start is, ``outside`` when neither
    is (itinerant or liaison). In ordered pairs, vertices × groups; NaN where the actor is not in the group.
    """
    whole = csr_array(members, dtype=float)
    within = pairs_within(paths, whole)
    start, end = (csr_array(side @ whole).toarray() for side in (paths.starts, paths.ends))
    outside = paths.total[:, np.newaxis] - start - end + within
    inside = whole.toarray() > 0
    found = {
        "coordinator": within,
        "gatekeeper": end - within,
        "representative": start - within,
        "outside": outside,
    }
    return {role: floats(np.where(inside, values, np.nan)) for role, values in found.items()}
