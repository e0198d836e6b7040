"""What if: the network without an actor or a programme, or with a collaboration that is not there yet.

A thought experiment on the projects that we know of, not a forecast: nobody's behaviour changes, and a
project goes on without the actor that is taken away as long as another is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import polars as pl

from ecograph.insight.bridge_answer import Pair
from ecograph.insight.groups import By, Groups, Marks, groups_of
from ecograph.insight.loss import pair_distances
from ecograph.insight.messages import NOTHING
from ecograph.insight.profile import pair_score
from ecograph.insight.resampling import TOP, ranks
from ecograph.insight.whatif_change import Change, apply, check, with_actors
from ecograph.network.condensed import FAR, condense
from ecograph.network.incidence import TwoMode


@dataclass(frozen=True)
class Place:
    """An actor's place among those that bridge a pair, before and after; None: in no place."""

    actor: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class PairEffect:
    """What a change does to one pair of groups.

    joint_*: projects in which the two meet. pairs: pairs of an actor in only the one and one in only the
    other, as they are before the change and without those that are taken away. reached_*: of these, joined by
    some path. cut_off, further: reached before, but then not or by more steps; nearer, joined: the reverse.
    bridges: who bridges the pair first, where a place changes among the first five.
    """

    pair: Pair
    joint_before: int
    joint_after: int
    pairs: int
    reached_before: int
    reached_after: int
    cut_off: int
    further: int
    joined: int
    nearer: int
    bridges: tuple[Place, ...]


@dataclass(frozen=True)
class Effect:
    """What a change does to the network.

    projects_*, ties_*, parts_*: counted projects, pairs of collaborating actors, separate parts with two or
    more actors. projects_lost: projects that are left without a collaborating actor. projects_without_region:
    projects that lose their last actor of the region and stay. alone: actors that had a partner and have none
    then. message: what there is to say beside the figures, (sv, en).
    """

    by: By
    change: Change
    projects_before: int
    projects_after: int
    ties_before: int
    ties_after: int
    parts_before: int
    parts_after: int
    projects_lost: tuple[str, ...]
    projects_without_region: tuple[str, ...]
    alone: tuple[str, ...]
    pairs: tuple[PairEffect, ...] = field(default=())
    message: tuple[str, str] = ("", "")


def what_if(
    network: TwoMode,
    change: Change,
    *,
    by: By = "area",
    national: TwoMode | None = None,
    among: Sequence[str] | None = None,
) -> Effect:
    """Return what a change does to a network: its ties, and the meetings, reach and bridges of each pair.

    Of a network without a project nothing can be taken away: the answer says so.

    `national` gives what is known of an added actor that is not in the network yet. `among` are the groups
    whose pairs are compared, all when None. Cost: two condensed searches and the Q measures of all pairs;
    0.04 seconds for a county of 700 actors once `network` is read, which takes a second or two; keep it for
    the next question (as `ecograph.api.opened.Opened` does, with the names of actors and programmes).

    Raises
    ------
    QueryError: when an actor, programme or area is not in the network, or an actor is to meet itself.
    """
    before = with_actors(network, change, national)
    if before.participations.is_empty() and not change.add:
        return Effect(by, change, 0, 0, 0, 0, 0, 0, (), (), (), message=NOTHING)
    check(before, change)
    after = apply(before, change)
    old, new = groups_of(before, by), groups_of(after, by)
    pairs = list(combinations([name for name in old.names if among is None or name in among], 2))
    effects = _pair_effects(before, after, change, old, new, pairs) if pairs else ()
    facts = _Structure(before), _Structure(after)
    gone = set(change.remove)
    local = set(before.actors.filter("in_region")["actor"].to_list())
    return Effect(
        by=by,
        change=change,
        projects_before=before.projects.height,
        projects_after=after.projects.height,
        ties_before=facts[0].ties,
        ties_after=facts[1].ties,
        parts_before=facts[0].parts,
        parts_after=facts[1].parts,
        projects_lost=tuple(sorted(set(before.project_ids) - set(after.project_ids))),
        projects_without_region=_without(before, after, local),
        alone=tuple(sorted((facts[0].tied - facts[1].tied) - gone)),
        pairs=effects,
        message=_message(effects, facts),
    )


class _Structure:
    """Ties, parts and tied actors of a network."""

    def __init__(self, network: TwoMode) -> None:
        from scipy.sparse.csgraph import connected_components

        shared = (network.matrix @ network.matrix.T).tocsr()
        shared.setdiag(0)
        shared.eliminate_zeros()
        degree = np.diff(shared.indptr)
        self.ties = int(shared.nnz // 2)
        self.tied = {network.actor_ids[row] for row in np.flatnonzero(degree).tolist()}
        _, labels = connected_components(shared, directed=False) if shared.shape[0] else (0, np.zeros(0))
        self.parts = int((np.bincount(labels.astype(np.int64)) > 1).sum()) if len(labels) else 0


def _without(before: TwoMode, after: TwoMode, local: set[str]) -> tuple[str, ...]:
    """Return the remaining projects that had an actor of the region and have none then."""
    had, has = (
        set(network.participations.filter(pl.col("actor").is_in(sorted(local)))["project"].to_list())
        for network in (before, after)
    )
    return tuple(sorted((had - has) & set(after.project_ids)))


def meetings(network: TwoMode, groups: Groups) -> np.ndarray:
    """Return groups × groups: projects that count to both (areas) or have collaborators of both."""
    if groups.by == "area":
        at = network.area_matrix.toarray()
    else:
        at = ((groups.members.astype(np.int64) @ network.matrix) > 0).astype(np.int64)
    return np.asarray(at @ at.T)


def _pair_effects(
    before: TwoMode, after: TwoMode, change: Change, old: Groups, new: Groups, pairs: Sequence[Pair]
) -> tuple[PairEffect, ...]:
    stays = ~before.actors["actor"].is_in(list(change.remove)).to_numpy()
    eligible = before.actors["domestic"].to_numpy().astype(bool)
    condensed = condense(before.matrix), condense(after.matrix)
    joint = meetings(before, old), meetings(after, new)
    places = [
        ranks(
            pair_score(network, groups, pairs)(paths, network.matrix, np.arange(network.matrix.shape[1])),
            eligible,
        )
        for network, groups, paths in zip((before, after), (old, new), condensed, strict=True)
    ]
    effects = []
    for row, pair in enumerate(pairs):
        sides = tuple(side & stays for side in old.apart(*pair))
        # Classes differ between the two networks, so steps are compared actor by actor.
        steps = [pair_distances(paths, (sides[0], sides[1])) for paths in condensed]
        first, second = (old.names.index(name) for name in pair)
        effects.append(
            PairEffect(
                pair=pair,
                joint_before=int(joint[0][first, second]),
                joint_after=int(joint[1][first, second]),
                pairs=steps[0].size,
                reached_before=int((steps[0] < FAR).sum()),
                reached_after=int((steps[1] < FAR).sum()),
                cut_off=int(((steps[0] < FAR) & (steps[1] == FAR)).sum()),
                further=int(((steps[1] > steps[0]) & (steps[1] < FAR)).sum()),
                joined=int(((steps[0] == FAR) & (steps[1] < FAR)).sum()),
                nearer=int(((steps[1] < steps[0]) & (steps[0] < FAR)).sum()),
                bridges=_places(before.actor_ids, places[0][row], places[1][row]),
            )
        )
    return tuple(effects)


def _places(ids: Sequence[str], before: Marks, after: Marks) -> tuple[Place, ...]:
    leading = np.flatnonzero((before <= TOP) | (after <= TOP)).tolist()
    found = [Place(ids[actor], _rank(before[actor]), _rank(after[actor])) for actor in leading]
    changed = [place for place in found if place.before != place.after]
    return tuple(
        sorted(changed, key=lambda place: (place.before or 10**9, place.after or 10**9, place.actor))
    )


def _rank(place: float) -> int | None:
    return int(place) if np.isfinite(place) else None


def _message(effects: Sequence[PairEffect], facts: tuple[_Structure, _Structure]) -> tuple[str, str]:
    moved = any(
        effect.joint_before != effect.joint_after
        or effect.reached_before != effect.reached_after
        or effect.further
        or effect.nearer
        or effect.bridges
        for effect in effects
    )
    if moved:
        return "", ""
    if facts[0].ties == facts[1].ties:
        return (
            "Inget ändras i de projekt vi känner till: varken band, möten, räckvidd eller brobyggare.",
            "Nothing changes in the projects that we know of: neither ties, meetings, reach nor bridges.",
        )
    return (
        "Band ändras, men varken möten, räckvidd eller brobyggare mellan grupperna, i de projekt vi känner "
        "till.",
        "Ties change, but neither meetings, reach nor bridges between the groups, in the projects that we "
        "know of.",
    )
