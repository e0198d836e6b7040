"""Things that are of two disjoint classes are found and kept out before they enter the graph."""

from __future__ import annotations

import polars as pl
import pytest

from ecograph.errors import Place
from ecograph.identity.actors import ActorIdentity
from ecograph.identity.resolution import Resolved
from ecograph.model.iris import Base
from ecograph.model.namespaces import expand
from ecograph.reasoning.disjointness import clashes, conflicting_types, disjoint_pairs
from ecograph.reasoning.ontology import load_ontology
from ecograph.store.graph import MemoryGraph, NamedNode
from ecograph.validation.disjoint import disjoint_results
from ecograph.validation.gate import Report
from ecograph.validation.quarantine import quarantine

BASE = "https://w3id.org/ecograph/"
DATA = """
@prefix eco: <https://w3id.org/ecograph/ns#> . @prefix : <https://w3id.org/ecograph/id/actor/> .
@prefix participation: <https://w3id.org/ecograph/id/participation/> .
:both a eco:Actor, eco:Municipality, eco:Company . :company a eco:Actor, eco:Company .
:place a eco:Actor, eco:Place .
participation:one a eco:Participation ; eco:byActor :both .
"""


@pytest.fixture
def graph() -> MemoryGraph:
    made = MemoryGraph()
    load_ontology(made, Base(BASE))
    made.load(DATA.encode(), format="ttl", graph=BASE + "graph/source/test/1")
    return made


def test_an_actor_that_is_both_municipality_and_company_is_reported_in_both_languages(
    graph: MemoryGraph,
) -> None:
    found = [clash for clash in clashes(graph) if clash.subject.endswith("/both")]
    assert len(found) == 1
    assert (
        found[0].message_sv
        == "Posten är klassad både som företag och som kommun, vilket ontologin utesluter."
    )
    assert (
        found[0].message_en
        == "The record is classed both as company and as municipality, which the ontology rules out."
    )
    assert set(found[0].axiom) == {expand("eco:Company"), expand("eco:PublicAuthority")}


def test_all_pairs_of_the_ontology_are_watched_and_no_lawful_pair(graph: MemoryGraph) -> None:
    assert {clash.subject.rpartition("/")[2] for clash in clashes(graph)} == {"both", "place"}
    pairs = disjoint_pairs(graph)
    assert (expand("eco:Cluster"), expand("eco:Place")) in pairs
    assert (expand("eco:Actor"), expand("eco:Company")) not in pairs


def test_such_things_go_to_quarantine_with_what_hangs_on_them(graph: MemoryGraph) -> None:
    report = Report(results=disjoint_results(graph))
    findings = quarantine(graph, report, lambda subject: [Place("organisations.csv", row=7)])
    assert {finding.code for finding in findings} == {"DisjointClasses rdf:type", "hangs-on-quarantined"}
    first = findings[0]
    assert (first.place.file, first.place.row, first.severity) == ("organisations.csv", 7, "violation")
    assert "rätta kolumnen type" in first.remedy_sv
    left = {
        quad.subject.value.rpartition("/")[2]
        for quad in graph.quads(graph=NamedNode(BASE + "graph/source/test/1"))
    }
    assert left == {"company"}


def test_sources_that_cannot_both_be_right_on_a_kind_are_told_where_the_row_stands(
    graph: MemoryGraph,
) -> None:
    def rows(*cells: tuple[str, str | None, int]) -> pl.DataFrame:
        keys, types, numbers = zip(*cells, strict=True)
        return pl.DataFrame(
            {
                "id": ["actor/x"] * len(cells),
                "key": keys,
                "type": types,
                "_file": "list.csv",
                "_sheet": None,
                "_row": numbers,
            }
        )

    said = {"value": ["Company", "FundingBody"], "kept": ["Municipality", "Municipality"]}
    conflicts = pl.DataFrame(
        {"id": ["actor/x"] * 2, "key": ["b", "c"], "source": ["second"] * 2, "column": ["type"] * 2, **said}
    )
    frames = {
        "first": {"organisations": rows(("a", "Municipality", 2))},
        "second": {"organisations": rows(("b", None, 5), ("c", None, 6))},
    }
    empty = pl.DataFrame()
    resolved = Resolved(frames, {}, empty, conflicts, ActorIdentity(ids={}), empty)
    found = conflicting_types(resolved, graph)
    assert [str(finding.place) for finding in found] == ["list.csv, row 5, column type"]
    assert found[0].message_sv.startswith("Posten säger företag, en annan källa kommun;")
    assert found[0].severity == "warning"
