"""What a network loses without an actor: pairs of two groups that no path joins any more, or a longer one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecograph.network.condensed import FAR, Condensed

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Loss:
    """What is lost without an actor, over the pairs of an actor in only one and one in only the other group.

    pairs: such pairs without the actor itself. reached: pairs that some path of collaborations joins, before
    and after. cut_off: pairs that no path joins any more. further: pairs still joined, by more steps.
    """

    pairs: int
    reached_before: int
    reached_after: int
    cut_off: int
    further: int


def pair_distances(
    condensed: Condensed, sides: tuple[Marks, Marks], distance: npt.NDArray[np.int64] | None = None
) -> npt.NDArray[np.int64]:
    """Return actors of the one × actors of the other side: the steps between them, `FAR` without a path.

    `distance` are other distances between the classes than those of the whole network.
    """
    between = condensed.distance if distance is None else distance
    rows, columns = (condensed.of[np.flatnonzero(side)] for side in sides)
    steps = between[np.ix_(rows, columns)].copy()
    # Two actors with the same projects stand one step apart, if they have any.
    steps[(rows[:, np.newaxis] == columns[np.newaxis]) & condensed.tied[rows][:, np.newaxis]] = 1
    return steps


def lost_without(condensed: Condensed, sides: tuple[Marks, Marks], actor: int) -> Loss:
    """Return what the pairs of two groups lose when an actor is gone; pairs with itself are left out."""
    left, right = (side.copy() for side in sides)
    left[actor] = right[actor] = False
    before = pair_distances(condensed, (left, right))
    after = pair_distances(condensed, (left, right), condensed.without(actor))
    joined = before < FAR
    return Loss(
        pairs=before.size,
        reached_before=int(joined.sum()),
        reached_after=int((after < FAR).sum()),
        cut_off=int((joined & (after == FAR)).sum()),
        further=int((joined & (after < FAR) & (after > before)).sum()),
    )
