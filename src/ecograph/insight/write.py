"""The analysis of a build's county network as statements: one run, its measurements, ties and area pairs.

Nothing here depends on the clock or on the order of a store: equal graphs give equal lines.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ecograph.config import RegionConfig
from ecograph.insight.bridges import MEASURES, Bridges, find_bridges
from ecograph.insight.coverage import Coverage, measure_coverage
from ecograph.insight.crossfertilisation import enacted
from ecograph.insight.runs import RUN, common_parameters, describe_run
from ecograph.insight.statements import Writer
from ecograph.model.iris import Base
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.projection import Consortia
from ecograph.store.graph import Graph

_METHOD_SV = (
    "Länsnätverket: alla räknade projekt med minst en samverkande aktör i {region} (kommun eller "
    "verksamhetsställe) och alla deras samverkande aktörer. Två aktörer har ett band när de delar minst ett "
    "projekt. Mått: grad, mellanläge (betweenness, exakt, oviktat, paren räknade en gång), bundenhet (Burts "
    "constraint), effektiv storlek (Borgatti) och styrka (Newmans vikter 1/(n−1)). Överbryggande läge mellan "
    "två områden: andelen av de kortaste vägarna, summerad över par av en aktör i bara det ena och en i bara "
    "det andra området (Q-mått). Bara inhemska aktörer mäts och rangordnas, eftersom utländska aktörers band "
    "är avskurna av urvalet. Band skrivs ut när minst en av de två aktörerna finns i {region}."
)
_METHOD_EN = (
    "The county network: all counted projects with at least one collaborating actor in {region} "
    "(municipality or site) and all their collaborating actors. Two actors are tied when they share at least "
    "one project. Measures: degree, betweenness (exact, unweighted, each pair counted once), Burt's "
    "constraint, effective size (Borgatti) and strength (Newman's weights 1/(n−1)). Bridging between two "
    "areas: the share of shortest paths, summed over pairs of an actor in only the one and an actor in only "
    "the other area (Q-measure). Only domestic actors are measured and ranked, since the ties of foreign "
    "actors are cut by the selection. Ties are written when at least one of the two actors is in {region}."
)


def analyse(
    graph: Graph, *, base: Base, region: RegionConfig, version: str, national: TwoMode | None = None
) -> list[str]:
    """Return the N-Quads lines, sorted and each with its line end, of the graph ``analysis/county-network``.

    `national` is the network of everything in the graph, when it is read already.

    Raises
    ------
    EcographError: when the graph lacks the vocabularies that say what counts.
    """
    country = national if national is not None else read_two_mode(graph, base=base, region=region)
    network = country.county()
    bridges = find_bridges(network)
    writer = Writer(base, f"analysis/{RUN}")
    coverage = measure_coverage(network)
    run = describe_run(
        writer,
        RUN,
        title=("Länsnätverket", "The county network"),
        method=(_METHOD_SV.format(region=region.name_sv), _METHOD_EN.format(region=region.name_en)),
        caveat=(bridges.answer_sv, bridges.answer_en),
        coverage=coverage,
        parameters=[*common_parameters(graph, region, version), f"consortia={Consortia()}"],
    )
    writer.integer(run, "eco:networkActors", len(bridges.projection.ids))
    writer.integer(run, "eco:networkTies", bridges.projection.shared.nnz // 2)
    _write_sources(writer, run, coverage)
    _write_measurements(writer, bridges)
    _write_ties(writer, network, bridges)
    _write_pairs(writer, network)
    return writer.lines()


def _write_sources(writer: Writer, run: str, coverage: Coverage) -> None:
    for source, projects, partners, _ in coverage.by_source.iter_rows():
        part = writer.instance(f"coverage/{RUN}/{source}", "eco:SourceCoverage")
        writer.text(part, "eco:ofSource", source)
        writer.integer(part, "eco:coverageProjects", projects)
        writer.integer(part, "eco:coverageProjectsWithPartners", partners)
        writer.link(part, "prov:wasGeneratedBy", run)


def _write_measurements(writer: Writer, bridges: Bridges) -> None:
    for row in bridges.actors.filter("domestic").iter_rows(named=True):
        for measure in MEASURES:
            if row[measure] is not None:
                _measurement(writer, row["actor"], measure, value=row[measure], rank=row[f"{measure}_rank"])
    for row in bridges.pairs.filter("domestic").iter_rows(named=True):
        pair = (row["area_a"], row["area_b"])
        node = _measurement(
            writer, row["actor"], "bridging", value=row["bridging"], rank=row["bridging_rank"], pair=pair
        )
        if row["bridging_normalised"] is not None:
            writer.double(node, "eco:normalisedValue", row["bridging_normalised"])
        if row["in_both"]:
            count, rank = row["projects_in_both"], row["projects_in_both_rank"]
            _measurement(writer, row["actor"], "projects-in-both", value=count, rank=rank, pair=pair)


def _measurement(
    writer: Writer,
    actor: str,
    measure: str,
    *,
    value: float,
    rank: int | None,
    pair: tuple[str, str] | None = None,
) -> str:
    joined = "" if pair is None else f"/{writer.slug(pair[0])}--{writer.slug(pair[1])}"
    node = writer.instance(f"measurement/{RUN}/{writer.slug(actor)}/{measure}{joined}", "eco:Measurement")
    writer.link(node, "eco:measuredActor", writer.iri(actor))
    writer.link(node, "eco:measure", f"voc:measure/{measure}")
    writer.double(node, "eco:value", value)
    if rank is not None:
        writer.integer(node, "eco:rank", rank)
    for area in pair or ():
        writer.link(node, "eco:betweenArea", writer.iri(area))
    writer.link(node, "prov:wasGeneratedBy", writer.iri(f"analysis/{RUN}"))
    return node


def _write_ties(writer: Writer, network: TwoMode, bridges: Bridges) -> None:
    local = set(network.actors.filter("in_region")["actor"].to_list())
    for source, target, shared, newman in bridges.projection.edges().iter_rows():
        if not local & {source, target}:
            continue
        node = writer.instance(
            f"collaboration/{RUN}/{writer.slug(source)}--{writer.slug(target)}", "eco:Collaboration"
        )
        writer.integer(node, "eco:sharedProjects", shared)
        writer.double(node, "eco:newmanWeight", newman)
        for project in _shared(network, source, target):
            writer.link(node, "eco:evidence", writer.iri(project))
        for one, other in ((source, target), (target, source)):
            writer.link(node, "eco:collaborator", writer.iri(one))
            writer.link(writer.iri(one), "eco:collaboratesWith", writer.iri(other))
        writer.link(node, "prov:wasGeneratedBy", writer.iri(f"analysis/{RUN}"))


def _shared(network: TwoMode, source: str, target: str) -> Iterator[str]:
    row, column = (network.position[actor] for actor in (source, target))
    matrix = network.matrix
    first = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    second = matrix.indices[matrix.indptr[column] : matrix.indptr[column + 1]]
    return (network.project_ids[project] for project in sorted(set(first.tolist()) & set(second.tolist())))


def _write_pairs(writer: Writer, network: TwoMode) -> None:
    for row in enacted(network).filter(pl.col("joint_projects") > 0).iter_rows(named=True):
        first, second = row["area_a"], row["area_b"]
        node = writer.instance(
            f"cross-fertilisation/{RUN}/{writer.slug(first)}--{writer.slug(second)}", "eco:CrossFertilisation"
        )
        writer.link(node, "eco:crossFertilisationBasis", "voc:cross-fertilisation-basis/enacted")
        writer.link(node, "eco:joinsArea", writer.iri(first))
        writer.link(node, "eco:joinsArea", writer.iri(second))
        writer.integer(node, "eco:jointProjects", row["joint_projects"])
        writer.integer(node, "eco:bridgingActors", row["bridging_actors"])
        for project in row["evidence"]:
            writer.link(node, "eco:evidence", writer.iri(project))
        writer.link(node, "prov:wasGeneratedBy", writer.iri(f"analysis/{RUN}"))
