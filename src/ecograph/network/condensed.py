"""Shortest paths of an actor–actor projection on its condensed form, for the many runs of resampling.

Actors with the same projects have the same partners: they are one class. An actor with a single project
stands on no shortest path between others, since its partners all know each other there. So all paths are
counted on classes, and only those with two projects or more are met within a path; a county's 700 actors
are some 200 classes, half of them inner ones. Values equal those of `between_groups` (betweenness restricted
to two groups).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

FAR = 1_000_000
"""The distance of what no path joins, and of a class from itself."""

_HASH_SEED = 4
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Condensed:
    """Classes of actors with equal project sets, and the shortest paths between them.

    of: the class of each actor. sizes: actors of each class. ties: classes × classes, whether they share a
    project. inner: the classes that can stand within a path. distance: steps between members of two classes
    (`FAR` without a path). paths: number of shortest paths between a member of each. tied: whether a class
    has a project, so that two of its members are partners.
    """

    of: Whole
    sizes: Floats
    ties: npt.NDArray[np.bool_]
    inner: Whole
    distance: Whole
    paths: Floats
    tied: npt.NDArray[np.bool_]

    def weights(self, actors: npt.NDArray[np.bool_]) -> Floats:
        """Return how many of the marked actors each class has."""
        return np.asarray(np.bincount(self.of, actors.astype(float), len(self.sizes)), float)

    def between(self, sources: npt.NDArray[np.bool_], targets: npt.NDArray[np.bool_]) -> Floats:
        """Return for each actor Q(v) = Σ σₛₜ(v)/σₛₜ over pairs of a source and a target, s ≠ v ≠ t.

        `sources` and `targets` mark actors and are disjoint. Flom, Friedman, Strauss & Neaigus (2004),
        Connections 26, 62–70. Cost: inner classes × classes of sources × classes of targets.
        """
        values = np.zeros(len(self.sizes))
        left, right = self.weights(sources), self.weights(targets)
        rows, columns = np.flatnonzero(left), np.flatnonzero(right)
        if len(rows) and len(columns) and len(self.inner):
            step = max(1, _BLOCK // (len(self.inner) * len(columns)))
            for start in range(0, len(rows), step):
                part = rows[start : start + step]
                values[self.inner] += self._through(part, columns, left[part], right[columns])
        return np.asarray(values[self.of], float)

    def _through(self, rows: Whole, columns: Whole, left: Floats, right: Floats) -> Floats:
        direct = self.distance[rows][:, columns]
        counts = self.paths[rows][:, columns]
        share = np.divide(np.outer(left, right), counts, out=np.zeros(counts.shape), where=counts > 0)
        before, into = self._before[0][rows], self._before[1][rows]
        after, out = self._after[0][:, columns], self._after[1][:, columns]
        weighted = np.equal(before[:, :, np.newaxis], (direct[:, np.newaxis, :] - after[np.newaxis]))
        through = np.einsum("svt,st,vt->sv", weighted, share, out)
        return np.asarray((through * into).sum(axis=0), float)

    @cached_property
    def _before(self) -> tuple[Whole, Floats]:
        """Distances and numbers of paths from each class to the inner ones."""
        return self.distance[:, self.inner], self.paths[:, self.inner]

    @cached_property
    def _after(self) -> tuple[Whole, Floats]:
        """Distances and numbers of paths from the inner classes to each."""
        return self.distance[self.inner], self.paths[self.inner]

    def without(self, actor: int) -> Whole:
        """Return the distances between classes when an actor is gone; its own class is then `FAR` from all.

        An actor with a twin (another of its class) leaves every distance as it is.
        """
        own = int(self.of[actor])
        if self.sizes[own] > 1 or own not in self.inner:
            return self.distance
        ties = self.ties.copy()
        ties[own, :] = ties[:, own] = False
        inner = self.inner[self.inner != own]
        return _search(ties, self.sizes, inner)[0]


def condense(incidence: csr_array) -> Condensed:
    """Return the condensed projection of a binary incidence, actors × projects.

    Cost: O(classes² · inner classes) for each step of the longest path.
    """
    pattern = np.random.default_rng(_HASH_SEED).integers(0, 2**63, incidence.shape[1], dtype=np.uint64)
    # The sum of random 64-bit numbers tells project sets apart (wrapping is meant; equal by chance: 2⁻⁶⁴).
    keys = csr_array(incidence, dtype=np.uint64) @ pattern
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    members = csr_array(csr_array(incidence)[first], dtype=np.float32)
    sizes = np.bincount(of, minlength=len(first)).astype(float)
    ties = np.asarray(members @ members.toarray().T > 0)
    np.fill_diagonal(ties, False)
    projects = np.asarray(members.sum(axis=1)).ravel()
    inner = np.flatnonzero(projects >= 2)
    distance, paths = _search(ties, sizes, inner)
    return Condensed(np.asarray(of, np.int64), sizes, ties, inner, distance, paths, projects > 0)


def _search(ties: npt.NDArray[np.bool_], sizes: Floats, inner: Whole) -> tuple[Whole, Floats]:
    """Return distances and numbers of shortest paths, found breadth first from all classes at once."""
    distance = np.where(ties, 1, FAR).astype(np.int64)
    paths = ties.astype(float)
    # A sparse product runs on one core whatever engine dense ones have, so that sums repeat exactly.
    onward = csr_array(ties[inner].T.astype(float))
    own = np.eye(len(sizes), dtype=bool)
    front, step = paths, 1
    while front.any() and len(inner):
        reached = (onward @ (front[:, inner] * sizes[inner]).T).T
        new = (reached > 0) & (distance == FAR) & ~own
        step += 1
        distance[new] = step
        front = np.where(new, reached, 0.0)
        paths += front
    return distance, paths
