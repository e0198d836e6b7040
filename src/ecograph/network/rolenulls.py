"""What chance explains of brokerage roles: random ties (Gould and Fernandez) or randomly dealt groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from ecograph.network.adjacency import binary, checked
from ecograph.network.centrality import Values, floats
from ecograph.network.roles import (
    ROLES,
    OpenPaths,
    Roles,
    counted,
    grouped,
    open_paths,
    widened,
)

Null = Literal["labels", "density"]
_TWICE = np.array([2, 2, 1, 1, 2])


def brokerage_roles(
    adjacency: csr_array, groups: Sequence[str | None], *, directed: bool = False, null: Null = "labels"
) -> Roles:
    """Return the five roles of a partition with expectation, variance and z under a null model.

    ``labels``: the network and the broker's own group stay, the groups of all others are dealt out at random
    (exact moments over all permutations): does it broker more between groups than its partners' ties alone
    bring? ``density``: groups stay, every tie is there with the network's density, independently (Gould &
    Fernandez 1989; the R package sna's moments): does it broker more than in a random network? Collaboration
    networks are made of cliques, so that the second is beaten by almost everyone.
    """
    inside, matrix, shares = grouped(adjacency, groups)
    paths = open_paths(matrix, directed=directed)
    counts = counted(paths, shares)
    if null == "density":
        expected, variance = _density_moments(matrix, shares, directed)
    else:
        expected, variance = label_moments(paths, shares)
    return Roles(*(widened(values, inside) for values in (counts, expected, variance)))


def fractional_roles(adjacency: csr_array, shares: csr_array, *, directed: bool = False) -> Roles:
    """Return the five roles of actors that belong to several groups by shares (vertices × groups).

    Shares of an actor sum to 1; an actor without any takes no part (NaN). See `roles.counted`; the null model
    deals the actors' whole memberships out at random, as ``labels`` of `brokerage_roles`.
    """
    matrix = csr_array(shares, dtype=float)
    inside = np.asarray(matrix.sum(axis=1)).ravel() > 0
    kept = np.flatnonzero(inside)
    own = csr_array(matrix[kept])
    paths = open_paths(csr_array(csr_array(adjacency)[kept][:, kept]), directed=directed)
    expected, variance = label_moments(paths, own)
    return Roles(*(widened(values, inside) for values in (counted(paths, own), expected, variance)))


def possible(groups: Sequence[str | None]) -> Values:
    """Return the number of ordered pairs that each vertex could stand between in each role; NaN ungrouped."""
    inside, _, shares = grouped(csr_array((len(groups), len(groups))), groups)
    own, squares, _ = _sizes(shares)
    total = shares.shape[0]
    out = total - own
    values = np.column_stack(
        [
            (own - 1) * (own - 2),
            (squares - own**2) - out,
            out * (own - 1),
            out * (own - 1),
            out**2 - (squares - own**2),
        ]
    )
    return widened(floats(values), inside)


def _sizes(shares: csr_array) -> tuple[Values, Values, Values]:
    """Return of each vertex the size of its group, Σ n² over all groups, and n of all groups."""
    size = floats(np.asarray(shares.sum(axis=0)).ravel())
    own = floats(shares @ size)
    return own, np.full(len(own), (size**2).sum()), size


def _density_moments(matrix: csr_array, shares: csr_array, directed: bool) -> tuple[Values, Values]:
    total = shares.shape[0]
    own, _, size = _sizes(shares)
    ties = binary(checked(matrix, directed=directed)).nnz
    density = ties / (total * (total - 1)) if total > 1 else 0.0
    out = total - own
    squares = (size**2).sum() - own**2
    cubes = (size**3).sum() - own**3
    # Unordered pairs of each role, and ordered pairs of such pairs that share one end.
    pairs = np.column_stack(
        [
            (own - 1) * (own - 2) / 2, (squares - out) / 2, out * (own - 1), out * (own - 1),
            (out**2 - squares) / 2,
        ]
    )  # fmt: skip
    mixed = out * (own - 1) * (own - 2) + (own - 1) * out * (out - 1)
    sharing = np.column_stack(
        [
            (own - 1) * (own - 2) * (own - 3),
            cubes - 3 * squares + 2 * out,
            mixed,
            mixed,
            # Σ n·m(m − 1) with m = out − n over the other groups.
            out**3 - 2 * out * squares + cubes - out**2 + squares,
        ]
    )
    chance = density**2 * (1 - density)
    single = pairs * chance * (1 - chance) + sharing * density**3 * (1 - density) ** 3
    return floats(_TWICE * pairs * chance), floats((_TWICE if directed else _TWICE**2) * single)


def label_moments(paths: OpenPaths, shares: csr_array) -> tuple[Values, Values]:
    """Return mean and variance of the counts over all ways to deal the others' memberships out.

    Exact: E X² is the sum over pairs of open paths of the chance that both have the role, which hangs only on
    how many ends the two share. Cost O(d²) for each of the d distinct memberships.
    """
    dense = shares.toarray()
    kinds, kind_of = np.unique(dense, axis=0, return_inverse=True)
    number = np.bincount(kind_of, minlength=len(kinds)).astype(float)
    shared = _pairs_by_ends(paths)
    expected, variance = (np.full((len(dense), len(ROLES)), np.nan) for _ in range(2))
    for kind, own in enumerate(kinds):
        brokers = np.flatnonzero(kind_of == kind)
        others = number - (np.arange(len(kinds)) == kind)
        for column, kernel in enumerate(_kernels(kinds, own)):
            chance, first = _joint_chances(kernel, others)
            mean = paths.total[brokers] * first
            expected[brokers, column] = mean
            variance[brokers, column] = shared[brokers] @ chance - mean**2
    scale = np.maximum(expected**2, 1)
    return expected, floats(np.where(np.abs(variance) < 1e-9 * scale, 0.0, variance))


def _kernels(kinds: Values, own: Values) -> list[Values]:
    """Return for each role the chance that a path from kind s to kind t through the broker has it."""
    same = (kinds * own) @ kinds.T
    within = kinds @ kinds.T
    ours = kinds @ own
    coordinator = same
    itinerant = within - same
    gatekeeper = ours[np.newaxis, :] - same
    representative = ours[:, np.newaxis] - same
    liaison = 1 - coordinator - itinerant - gatekeeper - representative
    return [coordinator, itinerant, gatekeeper, representative, floats(np.maximum(liaison, 0))]


def _pairs_by_ends(paths: OpenPaths) -> Values:
    """Return how many ordered pairs of each broker's open paths are: the same, reversed, with the same start,
    the same end, one behind the other, and without a common end."""
    starts, ends = paths.starts, paths.ends
    total, back = paths.total, paths.reversed
    out = floats(np.asarray(starts.power(2).sum(axis=1)).ravel()) - total
    into = floats(np.asarray(ends.power(2).sum(axis=1)).ravel()) - total
    chain = 2 * (floats(np.asarray(starts.multiply(ends).sum(axis=1)).ravel()) - back)
    apart = total**2 - total - back - out - into - chain
    return np.column_stack([total, back, out, into, chain, apart])


def _joint_chances(kernel: Values, others: Values) -> tuple[Values, float]:
    """Return the chance that two paths both have the role, in the order of `_pairs_by_ends`, and that one
    has.

    Ends are drawn without putting back from `others`, the numbers of vertices of each kind.
    """
    size = others.sum()
    diagonal = np.diag(kernel)
    there = kernel @ others - diagonal
    here = others @ kernel - diagonal
    one = float(others @ there)
    two = float(others @ (kernel**2) @ others - others @ diagonal**2)
    turned = float(others @ (kernel * kernel.T) @ others - others @ diagonal**2)
    start = float(others @ there**2) - two
    end = float(others @ here**2) - two
    chain = float(others @ (here * there)) - turned
    apart = one**2 - two - turned - start - end - 2 * chain
    places = np.array([size * (size - 1), size * (size - 1), *[size * (size - 1) * (size - 2)] * 3])
    places = np.append(places, places[-1] * (size - 3))
    sums = np.array([two, turned, start, end, chain, apart])
    chance = np.divide(sums, places, out=np.zeros(6), where=places > 0)
    return chance, one / places[0] if places[0] > 0 else 0.0
