"""The analysis graph: what it says, that it can be asked, and that it repeats to the byte."""

from __future__ import annotations

import random

import pytest

from ecograph.config import RegionConfig
from ecograph.insight.write import analyse
from ecograph.model.iris import Base
from ecograph.store.graph import MemoryGraph

ID = "https://w3id.org/ecograph/id/"


@pytest.fixture(scope="module")
def lines(county_graph: MemoryGraph, base: Base, region: RegionConfig) -> list[str]:
    """The lines of the small county's analysis."""
    return analyse(county_graph, base=base, region=region, version="1.2.3")


@pytest.fixture(scope="module")
def analysed(county_graph: MemoryGraph, lines: list[str]) -> MemoryGraph:
    """The small county with its analysis."""
    graph = MemoryGraph(county_graph.quads())
    graph.load("".join(lines).encode())
    return graph


def test_all_lines_stand_sorted_in_one_graph(lines: list[str]) -> None:
    assert lines == sorted(set(lines))
    assert all(
        line.endswith(" <https://w3id.org/ecograph/graph/analysis/county-network> .\n") for line in lines
    )


def test_equal_graphs_give_equal_lines_whatever_the_order_of_loading(
    county_graph: MemoryGraph, lines: list[str], base: Base, region: RegionConfig
) -> None:
    quads = list(county_graph.quads())
    random.Random(5).shuffle(quads)
    again = MemoryGraph(quads)
    assert analyse(again, base=base, region=region, version="1.2.3") == lines


def test_an_analysis_does_not_change_when_an_earlier_one_is_in_the_graph(
    analysed: MemoryGraph, lines: list[str], base: Base, region: RegionConfig
) -> None:
    assert analyse(analysed, base=base, region=region, version="1.2.3") == lines


def test_the_bridge_between_two_areas_can_be_asked_for(analysed: MemoryGraph) -> None:
    rows = analysed.select(
        f"""SELECT ?actor ?value ?rank {{
          ?measurement a eco:Measurement ; eco:measure <https://w3id.org/ecograph/vocabulary/measure/bridging> ;
            eco:betweenArea <{ID}area/forest>, <{ID}area/energy> ;
            eco:measuredActor ?actor ; eco:value ?value ; eco:rank ?rank }} ORDER BY ?rank"""
    ).values()
    assert rows == [
        {"actor": f"{ID}actor/beta", "value": 3.0, "rank": 1},
        {"actor": f"{ID}actor/alfa", "value": 2.0, "rank": 2},
    ]


def test_a_foreign_actor_has_ties_but_no_measurement(analysed: MemoryGraph) -> None:
    assert not analysed.ask(f"ASK {{ ?measurement eco:measuredActor <{ID}actor/delta> }}")
    assert analysed.ask(f"ASK {{ <{ID}actor/delta> eco:collaboratesWith <{ID}actor/alfa> }}")


def test_an_undefined_measure_is_absent_and_not_zero(analysed: MemoryGraph) -> None:
    query = """SELECT ?measure ?value {
      ?node eco:measuredActor <https://w3id.org/ecograph/id/actor/eta> ; eco:measure ?measure ; eco:value ?value }"""
    found = {row["measure"].rsplit("/", 1)[-1]: row["value"] for row in analysed.select(query).values()}
    assert found == {"degree": 0.0, "strength": 0.0, "betweenness": 0.0}


def test_a_tie_shows_its_projects_and_reads_both_ways(analysed: MemoryGraph) -> None:
    rows = analysed.select(
        f"""SELECT ?shared ?weight ?project {{ ?tie a eco:Collaboration ;
          eco:collaborator <{ID}actor/alfa>, <{ID}actor/beta> ; eco:sharedProjects ?shared ;
          eco:newmanWeight ?weight ; eco:evidence ?project }} ORDER BY ?project"""
    ).values()
    assert [row["project"].rsplit("/", 1)[-1] for row in rows] == ["p1", "p8"]
    assert (rows[0]["shared"], rows[0]["weight"]) == (2, 2.0)
    for one, other in (("alfa", "beta"), ("beta", "alfa")):
        assert analysed.ask(f"ASK {{ <{ID}actor/{one}> eco:collaboratesWith <{ID}actor/{other}> }}")


def test_ties_among_outsiders_are_not_written(analysed: MemoryGraph) -> None:
    assert not analysed.ask(f"ASK {{ <{ID}actor/gamma> eco:collaboratesWith <{ID}actor/iota> }}")


def test_an_enacted_pair_is_written_with_its_evidence_and_a_silent_pair_is_not(analysed: MemoryGraph) -> None:
    rows = analysed.select(
        """SELECT ?pair ?joint ?project { ?pair a eco:CrossFertilisation ;
          eco:crossFertilisationBasis <https://w3id.org/ecograph/vocabulary/cross-fertilisation-basis/enacted> ;
          eco:jointProjects ?joint ; eco:evidence ?project }"""
    ).values()
    assert rows == [
        {
            "pair": f"{ID}cross-fertilisation/county-network/forest--digital",
            "joint": 1,
            "project": f"{ID}project/p3",
        }
    ]


def test_the_run_states_method_parameters_and_coverage_in_both_languages(analysed: MemoryGraph) -> None:
    run = f"<{ID}analysis/county-network>"
    (row,) = analysed.select(
        f"""SELECT ?all ?partners {{ {run} a eco:AnalysisRun ; eco:coverageProjects ?all ;
          eco:coverageProjectsWithPartners ?partners }}"""
    ).values()
    assert row == {"all": 6, "partners": 5}
    for lang in ("sv", "en"):
        assert analysed.ask(f'ASK {{ {run} eco:method ?text FILTER(LANG(?text) = "{lang}") }}')
        assert analysed.ask(f'ASK {{ {run} eco:caveat ?text FILTER(LANG(?text) = "{lang}") }}')
    assert analysed.ask(
        f'ASK {{ {run} eco:parameter "roles=coordinator partner", "software=ecograph 1.2.3" }}'
    )


def test_values_carry_twelve_significant_digits(lines: list[str]) -> None:
    doubles = [line.split('"')[1] for line in lines if "XMLSchema#double" in line]
    assert doubles
    assert all(text == repr(float(f"{float(text):.12g}")) for text in doubles)
