"""One-mode projections of a two-mode network by sparse matrices. Weights are strengths, never distances.

Rows and columns keep the order of the incidence they are made of, and diagonals are empty unless said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array, triu

from ecograph.network.incidence import TwoMode


@dataclass(frozen=True, slots=True)
class Consortia:
    """What is done with big consortia, which make cliques of actors that may never have met.

    `largest`: projects with more known collaborators are left out of the projection (None: all are in).
    Newman's weights soften the rest: a project adds at most 1 to the strength of each of its actors.
    """

    largest: int | None = None

    def __str__(self) -> str:
        return "all projects" if self.largest is None else f"projects with at most {self.largest} actors"


@dataclass(frozen=True)
class Projection:
    """Actor–actor network: `ids` of its rows, symmetric `shared` (projects) and `newman` weights."""

    ids: list[str]
    shared: csr_array
    newman: csr_array

    def edges(self) -> pl.DataFrame:
        """Return each tie once: source, target, shared, newman, sorted, with source before target."""
        # Both matrices come of the same incidence, so that they have the same ties in the same order.
        upper, weights = (_sorted_upper(matrix) for matrix in (self.shared, self.newman))
        rows = np.repeat(np.arange(upper.shape[0], dtype=np.uint32), np.diff(upper.indptr))
        names = pl.Series("ids", self.ids, dtype=pl.String)
        return pl.DataFrame(
            {
                "source": names.gather(pl.Series(rows)),
                "target": names.gather(pl.Series(upper.indices.astype(np.uint32))),
                "shared": pl.Series(upper.data, dtype=pl.Int64),
                "newman": pl.Series(weights.data, dtype=pl.Float64),
            }
        )


def _sorted_upper(matrix: csr_array) -> csr_array:
    upper = triu(matrix, k=1, format="csr")
    upper.sort_indices()
    return csr_array(upper)


def project_actors(network: TwoMode, consortia: Consortia | None = None) -> Projection:
    """Return the actor–actor projection of a network; actors without a tie stay as isolates."""
    incidence = _limited(network.matrix, consortia or Consortia())
    return Projection(network.actor_ids, shared_projects(incidence), newman_weights(incidence))


def _limited(incidence: csr_array, consortia: Consortia) -> csr_array:
    if consortia.largest is None:
        return incidence
    small = np.asarray(incidence.sum(axis=0)).ravel() <= consortia.largest
    kept = csr_array(incidence.multiply(small.astype(np.int64)[np.newaxis, :]))
    kept.eliminate_zeros()
    return kept


def shared_projects(incidence: csr_array) -> csr_array:
    """Return the number of shared projects of each pair of rows, B·Bᵀ without its diagonal.

    Cost: the sum over projects of the square of their sizes.
    """
    return _without_diagonal(csr_array(incidence @ incidence.T))


def newman_weights(incidence: csr_array) -> csr_array:
    """Return Newman's collaboration strength, wᵢⱼ = Σₚ bᵢₚ·bⱼₚ / (nₚ − 1) over projects with nₚ ≥ 2.

    So the strength of an actor is the number of its projects with at least one known partner.
    Newman, M. E. J. (2001), Scientific collaboration networks II, Physical Review E 64, 016132.
    """
    sizes = np.asarray(incidence.sum(axis=0), dtype=float).ravel()
    scale = np.divide(1.0, sizes - 1, out=np.zeros_like(sizes), where=sizes > 1)
    weights = _without_diagonal(
        csr_array(incidence.multiply(scale[np.newaxis, :]) @ incidence.T.astype(float))
    )
    # Products of the two triangles are summed in another order; make them equal to the last bit.
    upper = triu(weights, k=1, format="csr")
    return csr_array(upper + upper.T)


def money_weights(network: TwoMode, amounts: pl.DataFrame, consortia: Consortia | None = None) -> csr_array:
    """Return the money that two actors share, wᵢⱼ = Σₚ (cᵢₚ + cⱼₚ) / (nₚ − 1), in euro.

    cᵢₚ is what project p gave actor i (`reading.read_amounts`), spread evenly over its nₚ − 1 partners, so
    that the ties of a project sum to its money. Only projects in which both amounts are known are in: a tie
    without such a project is absent, which is unknown and not zero.
    """
    kept = _limited(network.matrix, consortia or Consortia())
    known = amounts.join(network.participations, on=["actor", "project"], how="semi")
    project = {name: column for column, name in enumerate(network.project_ids)}
    rows = [network.position[actor] for actor in known["actor"].to_list()]
    columns = [project[name] for name in known["project"].to_list()]
    # Zero euro is a known amount, so that a mark of what is known goes beside the amounts.
    mark = csr_array((np.ones(len(rows)), (rows, columns)), shape=kept.shape).multiply(kept)
    money = csr_array((known["euro"].to_numpy(), (rows, columns)), shape=kept.shape).multiply(kept)
    sizes = np.asarray(kept.sum(axis=0), dtype=float).ravel()
    scale = np.divide(1.0, sizes - 1, out=np.zeros_like(sizes), where=sizes > 1)
    half = csr_array(money.multiply(scale[np.newaxis, :]) @ mark.T)
    upper = triu(_without_diagonal(csr_array(half + half.T)), k=1, format="csr")
    return csr_array(upper + upper.T)


def _without_diagonal(matrix: csr_array) -> csr_array:
    result = csr_array(matrix - _diagonal(matrix))
    result.eliminate_zeros()
    result.sort_indices()
    return result


def _diagonal(matrix: csr_array) -> csr_array:
    size = matrix.shape[0]
    return csr_array((matrix.diagonal(), (np.arange(size), np.arange(size))), shape=matrix.shape)


def area_pairs(network: TwoMode) -> csr_array:
    """Return areas × areas: projects that count to both; the diagonal holds the projects of each area."""
    return csr_array(network.area_matrix @ network.area_matrix.T)


def membership(groups: Sequence[str | None], names: Sequence[str]) -> csr_array:
    """Return groups × members, binary, from each member's group; a member without one is in none."""
    position = {name: index for index, name in enumerate(names)}
    inside = [(position[group], index) for index, group in enumerate(groups) if group in position]
    rows, columns = ([pair[side] for pair in inside] for side in (0, 1))
    return csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(names), len(groups)))


def group_pairs(network: TwoMode, groups: Sequence[str | None]) -> tuple[list[str], csr_array]:
    """Return the groups' names, sorted, and groups × groups: in how many projects do they meet?

    Two groups meet in a project when each has a collaborating actor in it; a group meets itself (diagonal)
    when at least two of its actors take part. Each actor belongs to one group at most (helix, or the
    municipality of its seat), so that no actor meets itself.
    """
    names = sorted({group for group in groups if group is not None})
    counts = csr_array(membership(groups, names) @ network.matrix)
    present, several = (csr_array((counts >= least).astype(np.int64)) for least in (1, 2))
    between = _without_diagonal(csr_array(present @ present.T))
    within = np.asarray(several.sum(axis=1)).ravel()
    size = len(names)
    diagonal = csr_array((within, (np.arange(size), np.arange(size))), shape=(size, size))
    return names, csr_array(between + diagonal)
