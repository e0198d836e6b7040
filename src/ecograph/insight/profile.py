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

from ecograph.insight.bridge_answer import BridgeAnswer, BridgeProfile, Pair, Role, Stability
from ecograph.insight.groups import Groups, members_by_project
from ecograph.insight.loss import lost_without, pair_distances
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
from ecograph.network.projection import shared_projects
from ecograph.network.rolenulls import fractional_roles
from ecograph.network.roles import ROLES, Roles


def profile_pair(
    network: TwoMode, groups: Groups, pair: Pair, *, draws: int = DRAWS, seed: int = SEED
) -> BridgeAnswer:
    """Return the profiles of the actors that bridge two groups (see `profile_pairs`)."""
    return profile_pairs(network, groups, [pair], draws=draws, seed=seed)[0]


def profile_pairs(
    network: TwoMode, groups: Groups, pairs: Sequence[Pair], *, draws: int = DRAWS, seed: int = SEED
) -> list[BridgeAnswer]:
    """Return the bridging actors of each pair of groups with loss and uncertainty; `draws` 0 leaves it out.

    Missing participations are drawn a fifth as often for each share. For a network beyond some hundred
    classes of actors fewer resamples are made (see `affordable`); the answer states how many.

    Raises
    ------
    QueryError: when a group is not in the network.
    """
    condensed = condense(network.matrix)
    apart = [groups.apart(*pair) for pair in pairs]
    eligible = network.actors["domestic"].to_numpy().astype(bool)
    score = pair_score(network, groups, pairs)
    values = score(condensed, network.matrix, np.arange(network.matrix.shape[1]))
    places = ranks(values, eligible)
    sure: Uncertainty | None = None
    missing: list[Missing] = []
    roles = group_roles(network, groups)
    made = affordable(draws, len(condensed.sizes)) if np.isfinite(places).any() else 0
    if made:
        sure = bootstrap(network.matrix, score, eligible, draws=made, seed=seed)
        missing = under_missing(network.matrix, score, eligible, draws=max(1, made // 5), seed=seed)
    answers = []
    for row, (pair, sides) in enumerate(zip(pairs, apart, strict=True)):
        resampled = (sure, missing) if made else None
        facts = _Facts(network, groups, condensed, pair, sides, roles, values[row], places[row])
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
    roles: Roles
    values: Floats
    places: Floats

    def members(self, side: int) -> Marks:
        """The actors of the first (0) or second (1) group."""
        return np.asarray(self.groups.members[self.groups.position(self.pair[side])])


def _answer(
    facts: _Facts,
    row: int,
    resampled: tuple[Uncertainty | None, list[Missing]] | None,
    *,
    made: int,
    seed: int,
) -> BridgeAnswer:
    ranked = np.flatnonzero(np.isfinite(facts.places))
    ids = facts.network.actor_ids
    order = sorted(ranked.tolist(), key=lambda actor: (facts.places[actor], ids[actor]))
    both = facts.members(0) & facts.members(1)
    profiles = [_profile(facts, actor, row, resampled) for actor in order]
    profiles += sorted(
        (_profile(facts, actor, row, None) for actor in _unranked(facts, both)),
        key=lambda profile: (-len(profile.projects_both), profile.actor),
    )
    missing = resampled[1] if resampled else []
    stability = tuple(
        Stability(
            one.share, *(_defined(series[row]) for series in (one.top_kept, one.first_kept, one.correlation))
        )
        for one in missing
        if order
    )
    steps = pair_distances(facts.condensed, facts.sides)
    message = pair_message(
        facts.groups.by,
        sides=(int(facts.sides[0].sum()), int(facts.sides[1].sum())),
        members=(int(facts.members(0).sum()), int(facts.members(1).sum())),
        actors=len(ids),
        direct=int((steps == 1).sum()),
        reached=int((steps < FAR).sum()),
        both=int(both.sum()),
        values=[facts.values[actor] for actor in order],
    )
    return BridgeAnswer(
        by=facts.groups.by,
        pair=facts.pair,
        profiles=tuple(profiles),
        only_first=int(facts.sides[0].sum()),
        only_second=int(facts.sides[1].sum()),
        in_both=int(both.sum()),
        draws=made if order else 0,
        seed=seed,
        stability=stability,
        message=message,
    )


def _unranked(facts: _Facts, both: Marks) -> list[int]:
    domestic = facts.network.actors["domestic"].to_numpy().astype(bool)
    return np.flatnonzero(both & domestic & ~np.isfinite(facts.places)).tolist()


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _profile(
    facts: _Facts, actor: int, row: int, resampled: tuple[Uncertainty | None, list[Missing]] | None
) -> BridgeProfile:
    known = facts.network.actors.row(actor, named=True)
    loss = lost_without(facts.condensed, facts.sides, actor)
    projects = _projects(facts, actor)
    partners = _partners(facts, actor)
    first, second = (facts.members(side)[actor] for side in (0, 1))
    sure = resampled[0] if resampled else None
    return BridgeProfile(
        actor=known["actor"],
        label_sv=known["label_sv"],
        label_en=known["label_en"],
        in_region=bool(known["in_region"]),
        rank=int(facts.places[actor]) if np.isfinite(facts.places[actor]) else None,
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
        roles=_roles(facts.roles, actor),
    )


def group_roles(network: TwoMode, groups: Groups) -> Roles:
    """Return the brokerage roles of all actors between the groups of a kind (see `Role`)."""
    members = groups.members.T.astype(float)
    number = members.sum(axis=1, keepdims=True)
    shares = np.divide(members, number, out=np.zeros_like(members), where=number > 0)
    return fractional_roles(shared_projects(network.matrix), csr_array(shares))


def _roles(roles: Roles, actor: int) -> tuple[Role, ...]:
    return tuple(
        Role(name, float(roles.counts[actor, column]), _defined(roles.z[actor, column]))
        for column, name in enumerate(ROLES)
        if not np.isnan(roles.counts[actor, column])
    )


def _projects(facts: _Facts, actor: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actor's projects that touch the first and the second group."""
    network = facts.network
    own = network.matrix[[actor]].indices
    found = []
    for side, name in enumerate(facts.pair):
        if facts.groups.by == "area":
            row = network.areas["area"].to_list().index(name)
            touching = set(network.area_matrix[[row]].indices.tolist())
        else:
            others = facts.members(side).copy()
            others[actor] = False
            touching = set(np.flatnonzero(others.astype(np.int64) @ network.matrix).tolist())
        found.append(
            tuple(sorted(network.project_ids[column] for column in own.tolist() if column in touching))
        )
    return found[0], found[1]


def _partners(facts: _Facts, actor: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the actor's partners that are in only the first and in only the second group."""
    matrix = facts.network.matrix
    shared = np.asarray((matrix[[actor]] @ matrix.T).toarray()).ravel() > 0
    shared[actor] = False
    first, second = (np.flatnonzero(shared & side).tolist() for side in facts.sides)
    ids = facts.network.actor_ids
    return tuple(ids[other] for other in first), tuple(ids[other] for other in second)
