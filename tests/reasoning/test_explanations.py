"""What a build inferred, and what each inferred statement follows from."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ecograph.cli import main
from ecograph.config import Workspace
from ecograph.errors import QueryError
from ecograph.reasoning.explain import Step, explain, new_entailments, read_statement
from ecograph.store.builds import Build
from ecograph.store.graph import NamedNode

BASE = "https://w3id.org/ecograph/"


def steps(build: Build, statement: str) -> list[Step]:
    return explain(build.graph(), read_statement(statement, BASE), BASE)


def test_the_counts_of_what_is_new_add_up_to_the_inferred_graph(fixture_build: Build) -> None:
    graph = fixture_build.graph()
    groups = new_entailments(graph, BASE)
    assert sum(group.count for group in groups) == len(
        list(graph.quads(graph=NamedNode(BASE + "graph/inferred")))
    )
    by_name = {group.name: group for group in groups}
    assert by_name["eco:activeIn"].origin == "rule activeIn"
    assert by_name["rdf:type org:Organization"].origin == "OWL RL closure"
    assert all(len(group.examples) == 1 for group in groups)


def test_an_actors_area_is_explained_down_to_what_the_sources_state(fixture_build: Build) -> None:
    graph = fixture_build.graph()
    quad = next(graph.quads(None, NamedNode("https://w3id.org/ecograph/ns#activeIn")))
    found = explain(graph, (quad.subject, quad.predicate, quad.object), BASE)
    assert found[0].reason.startswith("by the rule activeIn: An actor is active")
    assert {step.depth for step in found} == {0, 1, 2}
    deepest = [step for step in found if step.depth == 2]
    assert all(step.reason.startswith("stated in ") for step in deepest)
    assert any("eco:collaborating" in step.statement for step in deepest)
    assert any("eco:share" in step.statement for step in deepest)


def test_a_place_within_a_place_is_explained_by_the_chain_of_places(fixture_build: Build) -> None:
    found = steps(fixture_build, "place/2281 eco:within place/SE3")
    assert found[0].reason == "by the OWL RL closure: eco:within Characteristics: Transitive"
    assert {step.statement for step in found[1:]} == {
        "place/2281 eco:within place/SE321", "place/SE321 eco:within place/SE32", "place/SE32 eco:within place/SE3",
    }  # fmt: skip


def test_an_inverse_is_explained_by_both_axioms_that_it_needs(fixture_build: Build) -> None:
    found = steps(fixture_build, "place/SE32 eco:contains place/2281")
    axioms = found[0].reason.removeprefix("by the OWL RL closure: ").split("; ")
    assert "eco:within InverseOf eco:contains" in axioms
    assert any(axiom.endswith("Characteristics: Transitive") for axiom in axioms)


def test_what_the_closure_derived_is_explained_whatever_its_kind(fixture_build: Build) -> None:
    graph = fixture_build.graph()
    for group in new_entailments(graph, BASE)[::2]:
        if group.origin == "OWL RL closure":
            found = steps(fixture_build, group.examples[0])
            assert "no shorter explanation" not in found[0].reason, group
            assert found[0].reason != "by the OWL RL closure: ", group


def test_what_a_source_states_is_said_to_be_stated(fixture_build: Build) -> None:
    found = steps(fixture_build, "place/2281 eco:within place/SE321")
    assert [step.reason.startswith("stated in ") for step in found] == [True]


def test_what_does_not_hold_is_told_and_what_is_no_statement_too(fixture_build: Build) -> None:
    with pytest.raises(QueryError, match="does not hold"):
        steps(fixture_build, "place/SE321 eco:within place/2281")
    with pytest.raises(QueryError, match="not a statement"):
        read_statement("place/SE321", BASE)
    with pytest.raises(QueryError, match="prefix"):
        read_statement("place/SE321 nope:within place/SE", BASE)


def test_the_command_lists_and_explains(fixture_workspace: Workspace, fixture_build: Build) -> None:
    listed = CliRunner().invoke(main, ["ontology", "entailments", "-C", str(fixture_workspace.root)])
    assert listed.exit_code == 0
    assert "eco:activeIn  (rule activeIn)" in listed.output
    assert "statements are inferred and not stated." in listed.output
    options = ["-C", str(fixture_workspace.root), "--explain", "place/2281 eco:within place/SE3"]
    explained = CliRunner().invoke(main, ["ontology", "entailments", *options])
    assert explained.exit_code == 0
    assert "stated in https://w3id.org/ecograph/graph/source/" in explained.output
