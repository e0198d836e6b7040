"""What is known of the actors that bridge two groups: profiles with loss, roles and uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

from ecograph.insight.groups import By
from ecograph.insight.loss import Loss

Pair = tuple[str, str]


@dataclass(frozen=True)
class Role:
    """A brokerage role: how many ordered pairs of partners that are not tied themselves the actor stands
    between in it, and how many standard deviations that is above dealing the groups out at random.

    z is None where chance leaves no room. An actor in several areas acts in each to an equal share.
    """

    name: str
    count: float
    z: float | None


@dataclass(frozen=True)
class BridgeProfile:
    """One actor on one question. `bridging` is the Q measure, `share` its part of the pairs.

    rank: None for an actor that is in both groups but stands on no shortest path between the others.
    projects_*: the actor's counted projects that count to (areas) or have another collaborator of (helices,
    municipalities) the group. partners_*: its partners that are in only that group. rank_low, rank_high: the
    middle 95 % of its ranks on resampled projects; top: share of resamples among the first five; top_missing:
    that share where 5, 10, 20, 30 % of the participations are left out. None where nothing was resampled.
    roles: Gould and Fernandez's five roles between all groups of the kind, with z (see `Role`).
    """

    actor: str
    label_sv: str
    label_en: str
    in_region: bool
    rank: int | None
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
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Stability:
    """How the ranking of a question holds when a share of the participations is missing (see `Missing`)."""

    share: float
    top_kept: float | None
    first_kept: float | None
    correlation: float | None


@dataclass(frozen=True)
class BridgeAnswer:
    """The profiles of one question, ranked ones first, or a message that says why there is none.

    After the ranked ones stand the domestic actors in both groups that lie on no path between the others,
    those with the most projects in both first. only_first, only_second: how many actors are in only the one
    group; in_both: in both. draws: resamples made, 0 for none.
    message: what there is to say, (sv, en); empty texts when the profiles speak for themselves.
    """

    by: By
    pair: Pair
    profiles: tuple[BridgeProfile, ...]
    only_first: int
    only_second: int
    in_both: int
    draws: int
    seed: int
    stability: tuple[Stability, ...]
    message: tuple[str, str]
