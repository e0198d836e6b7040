"""Structural holes: how far an actor's partners are tied to one another, after Burt.

A directed network counts as its sum of both directions (see `mutual`), as in Burt's own definition.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from ecograph.network.adjacency import binary, checked, mutual, to_igraph
from ecograph.network.centrality import Values, floats

_ROWS = 2_000


def constraint(adjacency: csr_array, *, weighted: bool = False, directed: bool = False) -> Values:
    """Return Burt's constraint, cᵢ = Σⱼ (pᵢⱼ + Σ_q pᵢ_q·p_qⱼ)² over i's partners j, pᵢⱼ = aᵢⱼ / Σₖ aᵢₖ.

    Low where the partners do not know each other; 1 with a single partner who has none but i; above 1 in
    small closed groups; NaN for an isolate. Burt (1992), Structural Holes; Burt (2004), American Journal of
    Sociology 110, 349–399. Cost: the sum over vertices of their partners' degrees.
    """
    matrix = mutual(adjacency, weighted=weighted) if directed else checked(adjacency)
    graph = to_igraph(matrix, weights=weighted or directed)
    if graph.ecount() == 0:
        return np.full(graph.vcount(), np.nan)
    return floats(graph.constraint(weights="weight" if weighted or directed else None))


def effective_size(adjacency: csr_array, *, weighted: bool = False, directed: bool = False) -> Values:
    """Return Burt's effective size of the ego network, its partners less their redundancy, in partners.

    Unweighted kᵢ − 2tᵢ/kᵢ with tᵢ ties among the partners (Borgatti 1997, Connections 20, 35–38); weighted
    or directed Σⱼ (1 − Σ_q pᵢ_q·mⱼ_q), mⱼ_q = aⱼ_q / maxₖ aⱼₖ (Burt 1992). NaN for an isolate.
    Cost: the sum over vertices of their partners' degrees.
    """
    matrix = mutual(adjacency, weighted=weighted) if directed else checked(adjacency)
    partners = floats(np.diff(matrix.indptr))
    size = np.where(partners > 0, partners, np.nan)
    if not weighted and not directed:
        plain = binary(matrix)
        # Paths of length two that close: each tie among the partners is met twice.
        return floats(size - masked_sums(plain, plain, plain) / size)
    proportional = _scaled(matrix, np.asarray(matrix.sum(axis=1)).ravel())
    marginal = _scaled(matrix, matrix.max(axis=1).toarray().ravel())
    return floats(size - masked_sums(proportional, csr_array(marginal.T), binary(matrix)))


def hierarchy(adjacency: csr_array, *, weighted: bool = False, directed: bool = False) -> Values:
    """Return Burt's hierarchy, how far an actor's constraint comes from one partner: 0 (all alike) to 1.

    Hᵢ = Σⱼ rⱼ ln rⱼ / (N ln N), rⱼ = cᵢⱼ / (C/N), with the N partners' shares cᵢⱼ of the constraint
    C = Σⱼ cᵢⱼ. NaN with fewer than two partners. Burt (1992), Structural Holes, 70–71.
    Cost: the sum over vertices of their partners' degrees.
    """
    matrix = mutual(adjacency, weighted=weighted) if directed else checked(adjacency)
    if not weighted and not directed:
        matrix = binary(matrix)
    shares = _scaled(matrix, np.asarray(matrix.sum(axis=1)).ravel())
    dyadic = csr_array((shares + masked_product(shares, shares, binary(matrix))).power(2))
    partners = np.diff(dyadic.indptr)
    total = np.asarray(dyadic.sum(axis=1)).ravel()
    rows = np.repeat(np.arange(len(partners)), partners)
    ratio = dyadic.data * partners[rows] / total[rows]
    sums = np.bincount(rows, weights=ratio * np.log(ratio), minlength=len(partners))
    several = partners > 1
    log = np.log(np.where(several, partners, 2))
    # A rounding below zero would be no hierarchy.
    share = sums / (np.maximum(partners, 1) * log)
    return floats(np.where(several, np.maximum(share, 0.0), np.nan))


def _scaled(matrix: csr_array, by: Values) -> csr_array:
    inverse = np.divide(1.0, by, out=np.zeros_like(by), where=by > 0)
    return csr_array(matrix.multiply(inverse[:, np.newaxis]))


def masked_product(first: csr_array, second: csr_array, mask: csr_array) -> csr_array:
    """Return first·second on the ties of a binary mask only, a block of rows at a time."""
    from scipy.sparse import vstack

    blocks = [
        csr_array((first[start : start + _ROWS] @ second).multiply(mask[start : start + _ROWS]))
        for start in range(0, first.shape[0], _ROWS)
    ]
    return csr_array(vstack(blocks)) if blocks else csr_array(mask.shape)


def masked_sums(first: csr_array, second: csr_array, mask: csr_array) -> Values:
    """Return the row sums of first·second over the ties of a mask, weighted by it."""
    sums = np.zeros(first.shape[0])
    for start in range(0, first.shape[0], _ROWS):
        part = (first[start : start + _ROWS] @ second).multiply(mask[start : start + _ROWS])
        sums[start : start + _ROWS] = np.asarray(part.sum(axis=1)).ravel()
    return sums
