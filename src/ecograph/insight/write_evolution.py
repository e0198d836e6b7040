"""How the region's network has changed from year to year, as statements."""

from __future__ import annotations

from ecograph.config import RegionConfig
from ecograph.insight import methods
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.evolution import trace
from ecograph.insight.runs import RUN, common_parameters, describe_run
from ecograph.insight.statements import Writer
from ecograph.insight.write_bridges import pair_slug
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.store.graph import Graph

NAME = f"{RUN}-evolution"

MEASURES = {
    "year-projects": "projects",
    "year-actors": "actors",
    "year-actors-new": "actors_new",
    "year-actors-gone": "actors_gone",
    "year-ties": "ties",
    "year-ties-new": "ties_new",
}
"""The concept of the vocabulary measure for each column that is written."""


def write_evolution(
    graph: Graph, network: TwoMode, *, base: Base, region: RegionConfig, version: str
) -> list[str]:
    """Return the lines of the graph ``analysis/county-network-evolution``: a measurement a year and measure.

    Pairs of areas have one for each year in which they met.
    """
    evolution = trace(network)
    writer = Writer(base, f"analysis/{NAME}")
    run = describe_run(
        writer,
        NAME,
        title=("Länsnätverket över tid", "The county network over time"),
        method=methods.joined(methods.EVOLUTION["years"], methods.EVOLUTION["pairs"]),
        caveat=(
            f"{evolution.undated} räknade projekt saknar år och ingår inte i något år. {methods.KNOWN[0]}",
            f"{evolution.undated} counted projects have no year and are in no year. {methods.KNOWN[1]}",
        ),
        coverage=measure_coverage(network),
        parameters=common_parameters(graph, region, version),
    )
    for row in evolution.years.iter_rows(named=True):
        for measure, column in MEASURES.items():
            node = writer.instance(f"measurement/{NAME}/{row['year']}/{measure}", "eco:Measurement")
            _year(writer, run, node, measure, row["year"], row[column])
    for row in evolution.pairs.iter_rows(named=True):
        if row["joint_projects"]:
            pair = (row["area_a"], row["area_b"])
            node = writer.instance(
                f"measurement/{NAME}/{row['year']}/joint-projects/{pair_slug(pair)}", "eco:Measurement"
            )
            _year(writer, run, node, "joint-projects", row["year"], row["joint_projects"])
            for area in pair:
                writer.link(node, "eco:betweenArea", writer.iri(area))
    return writer.lines()


def _year(writer: Writer, run: str, node: str, measure: str, year: int, value: int) -> None:
    writer.link(node, "eco:measure", f"voc:measure/{measure}")
    writer.integer(node, "eco:measuredYear", year)
    writer.double(node, "eco:value", value)
    writer.link(node, "prov:wasGeneratedBy", run)
