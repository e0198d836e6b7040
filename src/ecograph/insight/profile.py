"""Profiles of bridging actors for one question: who joins two areas, helices or municipalities.

A profile, not a score: through which projects and partners an actor joins the two, what the network loses
without it, and how sure its place is. Each question has its own ranking; only domestic actors are ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from ecograph.insight.groups import By, Groups, groups_of, members_by_project
from ecograph.insight.messages import pair_message
from ecograph.insight.resampling import (
    DRAWS,
    SEED,
    Floats,
    Marks,
    Missing,
    Score,
    Uncertainty,
    affordable,
    bootstrap,
    ranks,
    under_missing,
)
from ecograph.network.condensed import FAR, Condensed, condense
from ecograph.network.incidence import TwoMode

Pair = tuple[str, str]


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


@dataclass(frozen=True)
class BridgeProfile:
    """One actor on one question. `bridging` is the Q measure, `share` its part of the pairs.

    projects_*: the actor's counted projects that count to (areas) or have another collaborator of (helices,
    municipalities) the group. partners_*: its partners that are in only that group. rank_low, rank_high: the
    middle 95 % of its ranks on resampled projects; top: share of resamples among the first five; top_missing:
    that share where 5, 10, 20, 30 % of the participations are left out. None where nothing was resampled.
    """

    actor: str
    label_sv: str
    label_en: str
    in_region: bool
    rank: int
    bridging: float
    share: float | None
    in_first: bool
    in_second: bool
    projects_first: tuple[str, ...]
    projects_second: tuple[str, ...]
    projects_both: tuple[str, ...]
    partners_first: tuple[str, ...]
    partners_second: tuple[str, ...]
    loss: Loss
    rank_low: int | None = None
    rank_high: int | None = None
    top: float | None = None
    top_missing: tuple[float, ...] = ()


@dataclass(frozen=True)
class Stability:
    """How the ranking of a question holds when a share of the participations is missing (see `Missing`)."""

    share: float
    top_kept: float | None
    first_kept: float | None
    correlation: float | None


@dataclass(frozen=True)
class BridgeAnswer:
    """All ranked profiles of one question, best first, or a message that says why there is none.

    only_first, only_second: how many actors are in only the one group. draws: resamples made, 0 for none.
    message: what there is to say, (sv, en); empty texts when the profiles speak for themselves.
    """

    by: By
    pair: Pair
    profiles: tuple[BridgeProfile, ...]
    only_first: int
    only_second: int
    draws: int
    seed: int
    stability: tuple[Stability, ...]
    message: tuple[str, str]


def profile_pair(
    network: TwoMode, by: By, pair: Pair, *, draws: int = DRAWS, seed: int = SEED
) -> BridgeAnswer:
    """Return the profiles of the actors that bridge two groups (see `profile_pairs`)."""
    return profile_pairs(network, by, [pair], draws=draws, seed=seed)[0]


def profile_pairs(
    network: TwoMode, by: By, pairs: Sequence[Pair], *, draws: int = DRAWS, seed: int = SEED
) -> list[BridgeAnswer]:
    """Return the bridging actors of each pair of groups with loss and uncertainty; `draws` 0 leaves it out.

    Missing participations are drawn a fifth as often for each share. For a network beyond some hundred
    classes of actors fewer resamples are made (see `affordable`); the answer states how many.

    Raises
    ------
    QueryError: when a group is not in the network.
    """
    groups = groups_of(network, by)
    condensed = condense(network.matrix)
    apart = [groups.apart(*pair) for pair in pairs]
    eligible = network.actors["domestic"].to_numpy().astype(bool)
    score = pair_score(network, groups, pairs)
    values = score(condensed, network.matrix, np.arange(network.matrix.shape[1]))
    places = ranks(values, eligible)
    sure: Uncertainty | None = None
    missing: list[Missing] = []
    made = affordable(draws, len(condensed.sizes)) if np.isfinite(places).any() else 0
    if made:
        sure = bootstrap(network.matrix, score, eligible, draws=made, seed=seed)
        missing = under_missing(network.matrix, score, eligible, draws=max(1, made // 5), seed=seed)
    answers = []
    for row, (pair, sides) in enumerate(zip(pairs, apart, strict=True)):
        resampled = (sure, missing) if made else None
        facts = _Facts(network, groups, condensed, pair, sides, values[row], places[row])
        answers.append(_answer(facts, row, resampled, made=made, seed=seed))
    return answers


def pair_score(network: TwoMode, groups: Groups, pairs: Sequence[Pair]) -> Score:
    """Return the function that gives pairs × actors, the Q measure of each pair, for any sample of a network.

    Membership of areas follows the projects and participations of the sample; that of helices and
    municipalities stays.
    """
    positions = [(groups.position(first), groups.position(second)) for first, second in pairs]

    def score(condensed: Condensed, incidence: csr_array, columns: npt.NDArray[np.int64]) -> Floats:
        members = groups.members
        if groups.by == "area":
            members = members_by_project(csr_array(network.area_matrix[:, columns]), incidence)
        values = np.zeros((len(positions), incidence.shape[0]))
        for row, (first, second) in enumerate(positions):
            one, other = members[first], members[second]
            values[row] = condensed.between(one & ~other, other & ~one)
        return values

    return score


@dataclass(frozen=True)
class _Facts:
    network: TwoMode
    groups: Groups
    condensed: Condensed
    pair: Pair
    sides: tuple[Marks, Marks]
    values: Floats
    places: Floats


def _answer(
    facts: _Facts, row: int, resampled: tuple[Uncertainty | None, list[Missing]] | None, *, made: int, seed: int
) -> BridgeAnswer:
    ranked = np.flatnonzero(np.isfinite(facts.places))
    ids = facts.network.actor_ids
    order = sorted(ranked.tolist(), key=lambda actor: (facts.places[actor], ids[actor]))
    profiles = tuple(_profile(facts, actor, row, resampled) for actor in order)
    missing = resampled[1] if resampled else []
    stability = tuple(
        Stability(one.share, *(_defined(series[row]) for series in (one.top_kept, one.first_kept, one.correlation)))
        for one in missing
        if order
    )
    distances = _pair_distances(facts.condensed.distance, facts.condensed, facts.sides)
    message = pair_message(
        facts.groups.by,
        sides=(int(facts.sides[0].sum()), int(facts.sides[1].sum())),
        members=(_count(facts, 0), _count(facts, 1)),
        actors=len(ids),
        direct=_total(distances, distances.steps == 1),
        reached=_total(distances, distances.steps < FAR),
        values=[facts.values[actor] for actor in order],
    )
    return BridgeAnswer(
        by=facts.groups.by,
        pair=facts.pair,
        profiles=profiles,
        only_first=int(facts.sides[0].sum()),
        only_second=int(facts.sides[1].sum()),
        draws=made if order else 0,
        seed=seed,
        stability=stability,
        message=message,
    )


def _count(facts: _Facts, side: int) -> int:
    return int(facts.groups.members[facts.groups.position(facts.pair[side])].sum())


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _profile(
    facts: _Facts, actor: int, row: int, resampled: tuple[Uncertainty | None, list[Missing]] | None
) -> BridgeProfile:
    known = facts.network.actors.row(actor, named=True)
    loss = lost_without(facts.condensed, facts.sides, actor)
    projects = _projects(facts, actor)
    partners = _partners(facts, actor)
    first, second = (facts.groups.members[facts.groups.position(name), actor] for name in facts.pair)
    sure = resampled[0] if resampled else None
    return BridgeProfile(
        actor=known["actor"],
        label_sv=known["label_sv"],
        label_en=known["label_en"],
        in_region=bool(known["in_region"]),
        rank=int(facts.places[actor]),
        bridging=float(facts.values[actor]),
        share=float(facts.values[actor]) / loss.pairs if loss.pairs else None,
        in_first=bool(first),
        in_second=bool(second),
        projects_first=projects[0],
        projects_second=projects[1],
        projects_both=tuple(project for project in projects[0] if project in set(projects[1])),
        partners_first=partners[0],
        partners_second=partners[1],
        loss=loss,
        rank_low=None if sure is None else int(sure.low[row, actor]),
        rank_high=None if sure is None else int(sure.high[row, actor]),
        top=None if sure is None else float(sure.top[row, actor]),
        top_missing=tuple(float(one.top[row, actor]) for one in resampled[1]) if resampled else (),
    )


def _projects(facts: _Facts, actor: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actor's projects that touch the first and the second group."""
    network = facts.network
    own = network.matrix[[actor]].indices
    found = []
    for name in facts.pair:
        if facts.groups.by == "area":
            row = network.areas["area"].to_list().index(name)
            touching = set(network.area_matrix[[row]].indices.tolist())
        else:
            others = facts.groups.members[facts.groups.position(name)].copy()
            others[actor] = False
            touching = set(np.flatnonzero(others.astype(np.int64) @ network.matrix).tolist())
        found.append(tuple(sorted(network.project_ids[column] for column in own.tolist() if column in touching)))
    return found[0], found[1]


def _partners(facts: _Facts, actor: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actor's partners that are in only the first and in only the second group."""
    matrix = facts.network.matrix
    shared = np.asarray((matrix[[actor]] @ matrix.T).toarray()).ravel() > 0
    shared[actor] = False
    first, second = (np.flatnonzero(shared & side).tolist() for side in facts.sides)
    ids = facts.network.actor_ids
    return tuple(ids[other] for other in first), tuple(ids[other] for other in second)


@dataclass(frozen=True)
class _Distances:
    steps: npt.NDArray[np.int64]
    pairs: Floats


def _pair_distances(
    distance: npt.NDArray[np.int64], condensed: Condensed, sides: tuple[Marks, Marks]
) -> _Distances:
    left, right = (condensed.weights(side) for side in sides)
    rows, columns = np.flatnonzero(left), np.flatnonzero(right)
    steps = distance[np.ix_(rows, columns)].copy()
    # Two actors with the same projects stand one step apart, if they have any.
    tied = condensed.ties.any(axis=1) | (condensed.inner_or_single > 0)
    same = (rows[:, np.newaxis] == columns[np.newaxis]) & tied[rows][:, np.newaxis]
    steps[same] = 1
    return _Distances(steps, np.outer(left[rows], right[columns]))


def _total(distances: _Distances, mark: Marks) -> int:
    return int(distances.pairs[mark].sum())


def lost_without(condensed: Condensed, sides: tuple[Marks, Marks], actor: int) -> Loss:
    """Return what the pairs of two groups lose when an actor is gone; pairs with itself are left out."""
    left, right = (side.copy() for side in sides)
    left[actor] = right[actor] = False
    before = _pair_distances(condensed.distance, condensed, (left, right))
    after = _pair_distances(condensed.without(actor), condensed, (left, right))
    joined = before.steps < FAR
    return Loss(
        pairs=int(before.pairs.sum()),
        reached_before=_total(before, joined),
        reached_after=_total(after, after.steps < FAR),
        cut_off=_total(before, joined & (after.steps == FAR)),
        further=_total(before, joined & (after.steps < FAR) & (after.steps > before.steps)),
    )
