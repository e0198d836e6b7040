"""Where the region is specialised compared with the country, as statements."""

from __future__ import annotations

from ecograph.config import RegionConfig
from ecograph.insight import methods
from ecograph.insight.runs import RUN, common_parameters, describe_run
from ecograph.insight.statements import Writer
from ecograph.insight.strengths import Quotient, Strength, find_strengths
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode
from ecograph.store.graph import Graph

NAME = f"{RUN}-strengths"


def write_strengths(
    graph: Graph, national: TwoMode, *, base: Base, region: RegionConfig, version: str
) -> list[str]:
    """Return the lines of the graph ``analysis/county-network-strengths``: location quotients of the areas.

    An area that the compared sources cannot tell apart has no value: unknown is not zero.
    """
    found = find_strengths(graph, base=base, region=region, national=national)
    writer = Writer(base, f"analysis/{NAME}")
    values = {"draws": found.parameters["draws"], "seed": found.parameters["seed"]}
    run = describe_run(
        writer,
        NAME,
        title=("Regionens styrkor mot landet", "The region's strengths against the country"),
        method=(methods.STRENGTHS[0].format(**values), methods.STRENGTHS[1].format(**values)),
        caveat=methods.KNOWN,
        coverage=found.coverage,
        parameters=[
            *common_parameters(graph, region, version),
            "compared-sources=" + " ".join(found.sources),
            f"placed-actors={found.placed} of {found.domestic}",
            *(f"{name}={value}" for name, value in sorted(found.parameters.items()) if name != "region"),
        ],
    )
    for strength in found.areas:
        kinds = {"participations": strength.participations, "money": strength.money}
        for kind, quotient in kinds.items():
            _quotient(writer, run, strength, kind, quotient)
    return writer.lines()


def _quotient(writer: Writer, run: str, strength: Strength, kind: str, quotient: Quotient | None) -> None:
    if quotient is None or quotient.value is None:
        return
    measure = f"location-quotient-{kind}"
    node = writer.instance(f"measurement/{NAME}/{writer.slug(strength.area)}/{measure}", "eco:Measurement")
    writer.link(node, "eco:measure", f"voc:measure/{measure}")
    writer.link(node, "eco:measuredArea", writer.iri(strength.area))
    writer.double(node, "eco:value", quotient.value)
    if quotient.low is not None and quotient.high is not None:
        writer.double(node, "eco:valueLow", quotient.low)
        writer.double(node, "eco:valueHigh", quotient.high)
    writer.integer(node, "eco:basedOnProjects", quotient.projects)
    writer.link(node, "prov:wasGeneratedBy", run)
