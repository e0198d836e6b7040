"""Which pairs of actors a what-if parts, joins, or moves further apart or nearer, each counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from ecograph.insight.groups import By, Groups, groups_of
from ecograph.insight.loss import pair_distances
from ecograph.insight.whatif_change import Change, apply, with_actors
from ecograph.network.condensed import FAR, condense
from ecograph.network.incidence import TwoMode

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class MovedPairs:
    """Pairs of actors of different groups: one only in the one, the other only in the other of two groups.

    A pair that stands apart in several pairs of groups counts once. cut_off, further, joined, nearer: rows
    of the first and second actor in `ids`, and the steps between them before and after (−1: no path).
    pairs: how many such pairs there are, without the actors that are taken away.
    """

    ids: list[str]
    pairs: int
    cut_off: Whole
    further: Whole
    joined: Whole
    nearer: Whole


def moved_pairs(
    network: TwoMode,
    change: Change,
    *,
    by: By = "area",
    national: TwoMode | None = None,
    among: Sequence[str] | None = None,
) -> MovedPairs:
    """Return the pairs of actors of different groups that a change moves; see `ecograph.insight.whatif`.

    `change` must fit the network (`whatif_change.check`). Cost: two condensed searches, O(actors²) memory.
    """
    before = with_actors(network, change, national)
    after = apply(before, change)
    stays = ~before.actors["actor"].is_in(list(change.remove)).to_numpy()
    everyone = np.ones(len(stays), dtype=bool)
    apart = _apart(groups_of(before, by), among)
    apart &= stays[:, np.newaxis] & stays[np.newaxis, :]
    apart &= np.triu(np.ones_like(apart), 1)
    old, new = (pair_distances(condense(one.matrix), (everyone, everyone)) for one in (before, after))

    def where(marks: npt.NDArray[np.bool_]) -> Whole:
        rows = np.argwhere(apart & marks)
        steps = [np.where(at < FAR, at, -1)[rows[:, 0], rows[:, 1]] for at in (old, new)]
        return np.column_stack([rows, *steps]).astype(np.int64)

    return MovedPairs(
        ids=before.actor_ids,
        pairs=int(apart.sum()),
        cut_off=where((old < FAR) & (new == FAR)),
        further=where((new > old) & (new < FAR)),
        joined=where((old == FAR) & (new < FAR)),
        nearer=where((new < old) & (old < FAR)),
    )


def _apart(groups: Groups, among: Sequence[str] | None) -> npt.NDArray[np.bool_]:
    """Return actors × actors: whether two are only in one each of some pair of groups."""
    size = groups.members.shape[1]
    found = np.zeros((size, size), dtype=bool)
    for pair in combinations([name for name in groups.names if among is None or name in among], 2):
        one, other = groups.apart(*pair)
        found |= one[:, np.newaxis] & other[np.newaxis, :]
    return found | found.T
