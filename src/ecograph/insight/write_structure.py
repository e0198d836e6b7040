"""The network as a whole, its communities and its actors' places in them, as statements."""

from __future__ import annotations

import polars as pl

from ecograph.config import RegionConfig
from ecograph.insight import methods
from ecograph.insight.bridges import ranked
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.groups import By, group_iri
from ecograph.insight.runs import RUN, common_parameters, describe_run
from ecograph.insight.statements import Writer
from ecograph.insight.structure import Figure, Structure, find_structure
from ecograph.insight.structure_actors import PLACES, RUNS, Community, Share
from ecograph.insight.structure_text import community_name
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.store.graph import Graph

NAME = f"{RUN}-structure"

MEASURE = {
    "participation": "participation-coefficient",
    "module_z": "within-module-z",
    "core": "core-number",
    "harmonic": "harmonic-closeness",
    "pagerank": "pagerank",
    "clustering": "clustering",
    "cut_off": "cut-off-actors",
}
"""The key of the vocabulary of measures of each column of an actor's place."""


def write_structure(
    graph: Graph, network: TwoMode, *, base: Base, region: RegionConfig, version: str
) -> list[str]:
    """Return the lines of the graph ``analysis/county-network-structure``."""
    found = find_structure(network)
    writer = Writer(base, f"analysis/{NAME}")
    values = {"draws": found.draws, "seed": found.seed, "runs": RUNS}
    caveat = found.message if found.message[0] else methods.KNOWN
    run = describe_run(
        writer,
        NAME,
        title=("Länsnätverket i stort", "The county network as a whole"),
        method=(methods.STRUCTURE[0].format(**values), methods.STRUCTURE[1].format(**values)),
        caveat=caveat,
        coverage=measure_coverage(network),
        parameters=[
            *common_parameters(graph, region, version),
            *(f"{name}={value}" for name, value in values.items()),
            f"prominent-projects={found.prominent_projects}",
            f"prominent-actors={found.prominent}",
            *(f"known-{name}={number}" for name, number in sorted(found.known.items())),
        ],
    )
    writer.integer(run, "eco:networkActors", len(found.projection.ids))
    writer.integer(run, "eco:networkTies", found.projection.shared.nnz // 2)
    for figure in found.figures.values():
        _figure(writer, run, figure)
    if found.message[0]:
        return writer.lines()
    _actors(writer, run, found)
    _communities(writer, base, run, network, found)
    _bridge_ties(writer, network, found)
    return writer.lines()


def _figure(writer: Writer, run: str, figure: Figure) -> None:
    """State a figure of the network; an undefined one is left out, since unknown is not zero."""
    if figure.value is None:
        return
    node = writer.instance(f"measurement/{NAME}/network/{figure.key}", "eco:Measurement")
    writer.link(node, "eco:measure", f"voc:measure/network-{figure.key}")
    writer.link(node, "eco:measuredNetwork", run)
    writer.double(node, "eco:value", figure.value)
    against = {
        "eco:expectedValue": figure.expected,
        "eco:expectedLow": figure.low,
        "eco:expectedHigh": figure.high,
        "eco:pTwoSided": figure.p,
    }
    for name, value in against.items():
        if value is not None:
            writer.double(node, name, value)
    writer.link(node, "prov:wasGeneratedBy", run)


def _actors(writer: Writer, run: str, found: Structure) -> None:
    frame = found.actors.frame.with_columns(ranked(name) for name in (*PLACES, "cut_off"))
    for row in frame.filter(pl.col("domestic")).iter_rows(named=True):
        for column, key in MEASURE.items():
            # Nobody is cut off without most actors; only those that hold something together are told.
            if row[column] is None or (column == "cut_off" and row[column] == 0):
                continue
            node = writer.instance(f"measurement/{NAME}/{writer.slug(row['actor'])}/{key}", "eco:Measurement")
            writer.link(node, "eco:measuredActor", writer.iri(row["actor"]))
            writer.link(node, "eco:measure", f"voc:measure/{key}")
            writer.double(node, "eco:value", float(row[column]))
            if row[f"{column}_rank"] is not None:
                writer.integer(node, "eco:rank", row[f"{column}_rank"])
            writer.link(node, "prov:wasGeneratedBy", run)


def _communities(writer: Writer, base: Base, run: str, network: TwoMode, found: Structure) -> None:
    labels = tuple(dict(network.actors.select("actor", f"label_{lang}").iter_rows()) for lang in ("sv", "en"))
    for community in found.actors.communities:
        if community.size < 2:
            continue
        node = writer.instance(f"community/{NAME}-{community.number}", "eco:Community")
        for side, lang in enumerate(("sv", "en")):
            writer.text(node, "skos:prefLabel", community_name(community, labels[side], side), lang)
        writer.integer(node, "eco:rank", community.number)
        writer.integer(node, "eco:communitySize", community.size)
        writer.integer(node, "eco:communityInRegion", community.in_region)
        if community.certainty is not None:
            writer.double(node, "eco:communityCertainty", community.certainty)
        for place, actor in enumerate(community.core):
            if place < 3:
                writer.link(node, "eco:coreActor", writer.iri(actor))
        for actor in community.actors:
            writer.link(writer.iri(actor), "eco:inCommunity", node)
        _main_groups(writer, base, node, community)
        writer.link(node, "prov:wasGeneratedBy", run)


def _main_groups(writer: Writer, base: Base, node: str, community: Community) -> None:
    """State the area, helix and municipality that most of the members, a third at least, are in."""
    kinds: tuple[tuple[str, By, tuple[Share, ...]], ...] = (
        ("eco:mainArea", "area", community.areas),
        ("eco:mainHelix", "helix", community.helices),
        ("eco:mainPlace", "municipality", community.municipalities),
    )
    for name, by, shares in kinds:
        if shares and 3 * shares[0][1] >= community.size:
            writer.link(node, name, group_iri(base, by, shares[0][0]))


def _bridge_ties(writer: Writer, network: TwoMode, found: Structure) -> None:
    """State which of the written collaborations join alone; only those of the region's actors are written."""
    local = set(network.actors.filter("in_region")["actor"].to_list())
    for tie in found.actors.bridges:
        if local & {tie.source, tie.target}:
            # The county network's own node: what is known of one collaboration stands together.
            node = writer.iri(f"collaboration/{RUN}/{writer.slug(tie.source)}--{writer.slug(tie.target)}")
            writer.integer(node, "eco:joinsAlone", tie.cut_off)
