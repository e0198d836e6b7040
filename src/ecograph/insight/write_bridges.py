"""The bridging actors of a build, with their uncertainty and their roles, as statements."""

from __future__ import annotations

from itertools import combinations

import polars as pl

from ecograph.config import RegionConfig
from ecograph.insight import methods
from ecograph.insight.bridge_answer import BridgeAnswer, BridgeProfile
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.gaps_matrix import members_of
from ecograph.insight.groups import KINDS, By, Groups, group_iri, short
from ecograph.insight.profile import profile_pairs
from ecograph.insight.resampling import MISSING, SEED
from ecograph.insight.roles import find_roles
from ecograph.insight.runs import RUN, common_parameters, describe_run
from ecograph.insight.statements import Writer
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.network.roles import ROLES
from ecograph.store.graph import Graph

NAME = f"{RUN}-bridges"
DRAWS: dict[By, int] = {"area": 300, "helix": 100, "municipality": 100}
"""Resamples of a build, by what is bridged; the terminal makes more for the pair that is asked for."""

BETWEEN: dict[By, str] = {
    "area": "eco:betweenArea",
    "helix": "eco:betweenHelix",
    "municipality": "eco:betweenPlace",
}


def write_bridges(
    graph: Graph, network: TwoMode, *, base: Base, region: RegionConfig, version: str
) -> list[str]:
    """Return the lines of the graph ``analysis/county-network-bridges``: profiles and roles by kind."""
    writer = Writer(base, f"analysis/{NAME}")
    draws = ", ".join(f"{kind} {number}" for kind, number in DRAWS.items())
    run = describe_run(
        writer,
        NAME,
        title=("Brobyggare i länsnätverket", "Bridging actors of the county network"),
        method=(
            methods.BRIDGES[0].format(draws=draws, seed=SEED),
            methods.BRIDGES[1].format(draws=draws, seed=SEED),
        ),
        caveat=methods.KNOWN,
        coverage=measure_coverage(network),
        parameters=[
            *common_parameters(graph, region, version),
            f"seed={SEED}",
            *(f"draws-{kind}={number}" for kind, number in DRAWS.items()),
            "missing=" + " ".join(f"{share:g}" for share in MISSING),
        ],
    )
    for kind in KINDS:
        groups = members_of(graph, network, kind, base=base, region=region)
        pairs = list(combinations(groups.names, 2))
        if not network.actor_ids or not pairs:
            continue
        for answer in profile_pairs(network, groups, pairs, draws=DRAWS[kind]):
            for profile in answer.profiles:
                _profile(writer, base, run, answer, profile)
        _roles(writer, run, network, groups)
    return writer.lines()


def link_groups(writer: Writer, base: Base, node: str, by: By, pair: tuple[str, str]) -> None:
    """State which two groups a node is about: by the property of their kind, and by the general one."""
    writer.link(node, "eco:partition", f"voc:partition/{by}")
    for name in pair:
        iri = group_iri(base, by, name)
        writer.link(node, BETWEEN[by], iri)
        writer.link(node, "eco:betweenGroup", iri)


def pair_slug(pair: tuple[str, str]) -> str:
    """Return the path segment of a pair of groups."""
    return f"{short(pair[0])}--{short(pair[1])}"


def _profile(writer: Writer, base: Base, run: str, answer: BridgeAnswer, profile: BridgeProfile) -> None:
    node = writer.instance(
        f"brokerage-profile/{NAME}/{writer.slug(profile.actor)}/{answer.by}/{pair_slug(answer.pair)}",
        "eco:BrokerageProfile",
    )
    writer.link(node, "eco:measuredActor", writer.iri(profile.actor))
    link_groups(writer, base, node, answer.by, answer.pair)
    writer.double(node, "eco:value", profile.bridging)
    numbers = {
        "eco:rank": profile.rank,
        "eco:rankLow": profile.rank_low,
        "eco:rankHigh": profile.rank_high,
        "eco:pairsReached": profile.loss.reached_before,
        "eco:pairsReachedWithout": profile.loss.reached_after,
        "eco:pairsCutOff": profile.loss.cut_off,
        "eco:pairsFurtherApart": profile.loss.further,
    }
    for name, number in numbers.items():
        if number is not None:
            writer.integer(node, name, number)
    shares = {
        "eco:normalisedValue": profile.share,
        "eco:topShare": profile.top,
        "eco:leastTopShare": min(profile.top_missing, default=None),
    }
    for name, share in shares.items():
        if share is not None:
            writer.double(node, name, share)
    for project in profile.projects_both or profile.projects_first + profile.projects_second:
        writer.link(node, "eco:evidence", writer.iri(project))
    writer.link(node, "prov:wasGeneratedBy", run)


def _roles(writer: Writer, run: str, network: TwoMode, groups: Groups) -> None:
    rows = find_roles(network, groups).rows.filter(pl.col("between").is_not_null())
    for row in rows.iter_rows(named=True):
        for role in ROLES:
            node = writer.instance(
                f"measurement/{NAME}/{writer.slug(row['actor'])}/role-{role}/{groups.by}", "eco:Measurement"
            )
            writer.link(node, "eco:measuredActor", writer.iri(row["actor"]))
            writer.link(node, "eco:measure", f"voc:measure/role-{role}")
            writer.link(node, "eco:partition", f"voc:partition/{groups.by}")
            writer.double(node, "eco:value", row[role])
            if row[f"expected_{role}"] is not None:
                writer.double(node, "eco:expectedValue", row[f"expected_{role}"])
            if row[f"z_{role}"] is not None:
                writer.double(node, "eco:zScore", row[f"z_{role}"])
            writer.link(node, "prov:wasGeneratedBy", run)
