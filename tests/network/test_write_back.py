"""What the analyses write back: every result with its method and uncertainty, in terms that exist."""

from __future__ import annotations

import random
from functools import cache

import pyshacl
import pytest
from rdflib import Graph as RdfGraph
from rdflib import URIRef

from ecograph.config import RegionConfig, resource
from ecograph.insight.analyses import analyses
from ecograph.model.iris import Base
from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.store.graph import MemoryGraph, NamedNode

_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
RUNS = ("", "-bridges", "-gaps", "-introductions", "-evolution", "-strengths", "-structure")


@pytest.fixture(scope="module")
def graphs(county_graph: MemoryGraph, base: Base, region: RegionConfig) -> list[list[str]]:
    """The lines of every analysis graph of the small county."""
    return analyses(county_graph, base=base, region=region, version="1.2.3")


@pytest.fixture(scope="module")
def written(graphs: list[list[str]]) -> MemoryGraph:
    """The analysis graphs alone."""
    graph = MemoryGraph()
    graph.load("".join(line for lines in graphs for line in lines).encode())
    return graph


@cache
def known_terms() -> set[str]:
    graph = RdfGraph()
    for path in resource("ontology").rglob("*.ttl"):
        graph.parse(path)
    return {str(subject) for subject in graph.subjects() if isinstance(subject, URIRef)}


def test_each_run_has_a_graph_of_its_own_with_sorted_lines(graphs: list[list[str]], base: Base) -> None:
    for lines, run in zip(graphs, RUNS, strict=True):
        end = f" <{base.graph(f'analysis/county-network{run}')}> .\n"
        assert lines == sorted(set(lines))
        assert all(line.endswith(end) for line in lines)


def test_equal_graphs_give_equal_lines_whatever_was_loaded_first(
    county_graph: MemoryGraph, graphs: list[list[str]], base: Base, region: RegionConfig
) -> None:
    quads = [*county_graph.quads()]
    random.Random(3).shuffle(quads)
    assert analyses(MemoryGraph(quads), base=base, region=region, version="1.2.3") == graphs


def test_every_term_that_is_written_is_in_the_ontology_or_a_vocabulary(written: MemoryGraph) -> None:
    used = {quad.predicate.value for quad in written.quads()}
    used |= {quad.object.value for quad in written.quads() if isinstance(quad.object, NamedNode)}
    own = {term for term in used if term.startswith((ECO, VOCABULARY))}
    assert own - known_terms() == set()


def test_every_run_states_method_caveat_software_and_coverage(written: MemoryGraph) -> None:
    rows = written.select(
        """SELECT ?run (COUNT(DISTINCT ?method) AS ?methods) (COUNT(DISTINCT ?caveat) AS ?caveats) {
          ?run a eco:AnalysisRun ; eco:method ?method ; eco:caveat ?caveat ; eco:coverageProjects ?all ;
            eco:coverageProjectsWithPartners ?some ; eco:parameter "software=ecograph 1.2.3" } GROUP BY ?run"""
    ).values()
    assert len(rows) == len(RUNS)
    assert all((row["methods"], row["caveats"]) == (2, 2) for row in rows)


def test_every_result_says_which_run_it_is_from(written: MemoryGraph) -> None:
    kinds = (
        "eco:BrokerageProfile eco:CollaborationGap eco:Introduction eco:Measurement eco:CrossFertilisation"
    )
    query = f"""SELECT ?thing {{ VALUES ?kind {{ {kinds} }} ?thing a ?kind .
      MINUS {{ ?thing prov:wasGeneratedBy ?run . ?run a eco:AnalysisRun }} }}"""
    assert written.select(query).rows == []


def test_a_profile_carries_its_uncertainty_and_what_is_lost(written: MemoryGraph) -> None:
    rows = written.select(
        """SELECT ?actor ?rank ?low ?high ?top ?least ?reached ?without ?cut {
          ?profile a eco:BrokerageProfile ; eco:measuredActor ?actor ; eco:rank ?rank ; eco:rankLow ?low ;
            eco:rankHigh ?high ; eco:topShare ?top ; eco:leastTopShare ?least ; eco:pairsReached ?reached ;
            eco:pairsReachedWithout ?without ; eco:pairsCutOff ?cut ;
            eco:betweenArea <https://w3id.org/ecograph/id/area/forest>, <https://w3id.org/ecograph/id/area/energy> }
          ORDER BY ?rank"""
    ).values()
    assert rows[0]["actor"].endswith("/beta")
    assert (rows[0]["reached"], rows[0]["without"], rows[0]["cut"]) == (3, 0, 3)
    assert all(row["low"] <= row["high"] for row in rows)
    assert all(0 <= row["least"] <= 1 and 0 <= row["top"] <= 1 for row in rows)


def test_every_pair_of_areas_has_a_verdict_in_every_period_and_little_data_is_said(
    written: MemoryGraph,
) -> None:
    rows = written.select(
        """SELECT ?gap ?verdict ?period ?expected ?lower ?upper ?testable {
          ?gap a eco:CollaborationGap ; eco:partition <https://w3id.org/ecograph/vocabulary/partition/area> ;
            eco:verdict ?verdict ; eco:period ?period ; eco:expectedValue ?expected ; eco:pLower ?lower ;
            eco:pUpper ?upper ; eco:testable ?testable }"""
    ).values()
    assert len(rows) == 3 * 4
    assert {row["verdict"].rsplit("/", 1)[1] for row in rows} == {"too-little-data"}
    assert not any(row["testable"] for row in rows)


def test_roles_are_written_with_what_chance_explains(written: MemoryGraph) -> None:
    rows = written.select(
        """SELECT ?value ?expected { ?m eco:measure <https://w3id.org/ecograph/vocabulary/measure/role-liaison> ;
          eco:partition <https://w3id.org/ecograph/vocabulary/partition/area> ; eco:value ?value ;
          eco:expectedValue ?expected }"""
    ).values()
    assert rows


def test_what_is_written_has_the_shape_of_a_result(written: MemoryGraph) -> None:
    data = RdfGraph()
    data.parse(data="".join(f"{triple} .\n" for triple in written.construct(_ALL)), format="nt")
    shapes = RdfGraph().parse(resource("shapes") / "analysis" / "results.ttl")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, text


def test_no_value_is_a_nan_or_infinite(graphs: list[list[str]]) -> None:
    text = "".join(line for lines in graphs for line in lines)
    assert '"nan"' not in text.lower()
    assert '"inf' not in text.lower()


def test_an_analysis_of_nothing_says_so_and_does_not_fail(base: Base, region: RegionConfig) -> None:
    bare = MemoryGraph()
    bare.load(
        b"""@prefix eco: <https://w3id.org/ecograph/ns#> .
        <https://w3id.org/ecograph/vocabulary/role/partner> eco:collaborating true .
        <https://w3id.org/ecograph/vocabulary/project-status/granted> eco:countsByDefault true .""",
        format="ttl",
        graph=base.graph("vocabulary"),
    )
    found = analyses(bare, base=base, region=region, version="1")
    assert len(found) == len(RUNS)
    assert any("inga räknade projekt" in line for line in found[0])
