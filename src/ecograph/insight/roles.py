"""Which brokerage roles the actors of a network have between areas, helices or municipalities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from ecograph.errors import QueryError
from ecograph.insight.groups import Groups
from ecograph.insight.profile import group_roles
from ecograph.network import measures as m
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import Consortia, project_actors
from ecograph.network.rolenulls import Null
from ecograph.network.roles import facet_roles, open_paths

BETWEEN = ("itinerant", "gatekeeper", "representative", "liaison")
"""The roles with more than one group in them."""


@dataclass(frozen=True)
class ActorRoles:
    """Roles of the domestic actors that belong to a group and stand between any two others.

    rows: rank (by `between`), actor, label_sv, label_en, in_region, groups (names), between (paths in the
    roles of `BETWEEN`), and for each role its count (the role's name), ``expected_``, ``z_`` (null
    undefined). grouped: actors of the network with a group; brokers: of these with an open path, also foreign
    ones.
    """

    rows: pl.DataFrame
    grouped: int
    brokers: int
    message: tuple[str, str]


def find_roles(
    network: TwoMode, groups: Groups, *, null: Null = "labels", consortia: Consortia | None = None
) -> ActorRoles:
    """Return the roles of a network's actors between the groups of a kind.

    An actor in several areas acts in each to an equal share (`roles.counted`); `null` as in
    `brokerage_roles`.

    Raises
    ------
    QueryError: for the null model ``density`` between areas: it needs one group an actor.
    """
    found = _roles(network, groups, null, consortia)
    names = np.array(groups.names, dtype=object)
    between = found.counts[:, [m.ROLES.index(role) for role in BETWEEN]].sum(axis=1)
    total = found.counts.sum(axis=1)
    frame = network.actors.select("actor", "label_sv", "label_en", "in_region", "domestic").with_columns(
        pl.Series("groups", [names[row].tolist() for row in groups.members.T], dtype=pl.List(pl.String)),
        pl.Series("between", between, dtype=pl.Float64),
        pl.Series("total", total, dtype=pl.Float64),
        *(pl.Series(role, found.counts[:, column]) for column, role in enumerate(m.ROLES)),
        *(pl.Series(f"expected_{role}", found.expected[:, column]) for column, role in enumerate(m.ROLES)),
        *(pl.Series(f"z_{role}", found.z[:, column]) for column, role in enumerate(m.ROLES)),
    )
    frame = frame.with_columns(pl.selectors.float().fill_nan(None))
    rows = frame.filter(pl.col("domestic") & (pl.col("total") > 0))
    rank = pl.col("between").round_sig_figs(12).rank("min", descending=True).cast(pl.Int64).alias("rank")
    grouped = int(np.isfinite(total).sum())
    brokers = int((np.nan_to_num(total) > 0).sum())
    return ActorRoles(
        rows=rows.select(rank, pl.exclude("domestic", "total")).sort("rank", "actor"),
        grouped=grouped,
        brokers=brokers,
        message=_message(groups, grouped, brokers, rows.height),
    )


def _roles(network: TwoMode, groups: Groups, null: Null, consortia: Consortia | None) -> m.Roles:
    if not network.actor_ids:
        empty = np.zeros((0, len(m.ROLES)))
        return m.Roles(empty, empty, empty)
    if null == "labels" and consortia is None:
        return group_roles(network, groups)
    shared = project_actors(network, consortia).shared
    if null == "labels":
        number = groups.members.sum(axis=0)
        shares = np.divide(
            groups.members.T, number[:, np.newaxis], out=np.zeros(groups.members.T.shape),
            where=number[:, np.newaxis] > 0,
        )  # fmt: skip
        return m.fractional_roles(shared, csr_array(shares))
    if groups.by == "area":
        raise QueryError(
            "The null model of random ties needs one group an actor, and actors are in several areas.",
            remedy="Take --null labels, or --by helix or municipality.",
        )
    partition = [groups.names[int(column.argmax())] if column.any() else None for column in groups.members.T]
    return m.brokerage_roles(shared, partition, null=null)


def find_facets(network: TwoMode, groups: Groups, consortia: Consortia | None = None) -> pl.DataFrame:
    """Return for each domestic actor and each group it is in, its roles as a member of that one.

    Columns: actor, label_sv, label_en, in_region, group, coordinator, gatekeeper, representative, outside
    (see `roles.facet_roles`), sorted by the paths between a member and an outsider, most first.
    """
    facets = facet_roles(
        open_paths(project_actors(network, consortia).shared), csr_array(groups.members.T.astype(float))
    )
    actors = network.actors.select("actor", "label_sv", "label_en", "in_region", "domestic")
    parts = [
        actors.with_columns(
            pl.lit(name).alias("group"),
            *(pl.Series(role, values[:, column]) for role, values in facets.items()),
        )
        for column, name in enumerate(groups.names)
    ]
    if not parts:
        return actors.clear()
    frame = pl.concat(parts).filter(pl.col("domestic") & pl.col("coordinator").is_not_nan())
    across = pl.col("gatekeeper") + pl.col("representative")
    return frame.drop("domestic").sort(across, "actor", "group", descending=[True, False, False])


def _message(groups: Groups, grouped: int, brokers: int, shown: int) -> tuple[str, str]:
    if grouped == 0:
        return (
            "Ingen aktör i urvalet hör till någon grupp; det finns inget att förmedla mellan.",
            "No actor of the selection belongs to a group; there is nothing to broker between.",
        )
    if brokers == 0:
        return (
            "Ingen aktör står mellan två andra som inte själva samarbetar, i de projekt vi känner till.",
            "No actor stands between two others that do not collaborate themselves, in the projects that we "
            "know of.",
        )
    if shown == 0:
        return (
            "De aktörer som förmedlar är inte svenska, och utländska aktörers band är avskurna av urvalet.",
            "The actors that broker are not domestic, and foreign actors' ties are cut by the selection.",
        )
    if int(groups.members.any(axis=1).sum()) == 1:
        return (
            "Alla aktörer hör till samma grupp; då finns bara samordnare.",
            "All actors belong to the same group; there are coordinators only.",
        )
    return "", ""
