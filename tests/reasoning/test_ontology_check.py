"""`ecograph ontology check`: sound ontologies pass, broken ones are refused with the axioms that clash."""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph

from ecograph.cli import main
from ecograph.model.namespaces import PREFIXES
from ecograph.reasoning.axioms import Ontology
from ecograph.reasoning.check import Report, check
from ecograph.reasoning.clash import smallest_clash
from ecograph.reasoning.hermit import first_inconsistent
from ecograph.reasoning.manchester import sentence
from ecograph.reasoning.ontology import ontology_files

BROKEN = Path(__file__).parent / "fixtures" / "broken.ttl"
HEAD = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/> a owl:Ontology .
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ontology.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own() -> Report:
    return check([path for group in ontology_files().values() for path in group])


def test_our_ontology_is_consistent_and_every_class_can_have_instances(own: Report) -> None:
    assert own.consistent
    assert own.unsatisfiable == ()
    assert own.sound


def test_our_ontology_is_in_owl_2_dl_and_the_axioms_beyond_rl_are_few_and_named(own: Report) -> None:
    assert own.outside_dl == []
    assert 0 < len(own.outside_rl) < 40
    assert all(" or " in axiom or "exactly 2" in axiom for axiom in own.outside_rl)


def test_the_inferred_hierarchy_has_a_municipality_below_the_outside_class_of_public_bodies(
    own: Report,
) -> None:
    labels = [label for _, label in own.tree]
    depth = {label: depth for depth, label in own.tree}
    start = labels.index("cpov:PublicOrganisation")
    assert "eco:Municipality" in labels[start : start + 8]
    assert depth["eco:Municipality"] > depth["cpov:PublicOrganisation"]


def test_the_broken_ontology_is_refused_with_a_minimal_set_of_clashing_axioms() -> None:
    started = time.monotonic()
    result = CliRunner().invoke(main, ["ontology", "check", "--file", str(BROKEN)])
    assert result.exit_code == 2
    assert "INCONSISTENT" in result.output
    assert ":Company DisjointWith :PublicAuthority" in result.output
    assert ":Owner EquivalentTo (:ownsShareOf some :Company)" in result.output
    assert ":smart" not in result.output
    assert "xsd:string for them: <http://www.w3.org/2001/XMLSchema#gYear>" in result.output
    assert time.monotonic() - started < 60


def test_without_any_one_of_the_clashing_axioms_the_clash_is_gone() -> None:
    ontology = Ontology.of_files([BROKEN])
    found = smallest_clash(ontology)
    assert found.minimal
    assert first_inconsistent([ontology.triples(found.axioms)], 60) == 0
    smaller = [ontology.triples(some) for some in combinations(found.axioms, len(found.axioms) - 1)]
    assert first_inconsistent(smaller, 60) is None


def test_when_time_runs_out_the_axioms_left_still_clash_and_it_says_so() -> None:
    ontology = Ontology.of_files([BROKEN])
    found = smallest_clash(ontology, seconds=0)
    assert not found.minimal
    assert first_inconsistent([ontology.triples(found.axioms)], 60) == 0


def test_a_class_that_can_have_no_instances_is_named_and_explained(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ":A a owl:Class . :B a owl:Class ; owl:disjointWith :A . :Both a owl:Class ; rdfs:subClassOf :A, :B ."
        " :Other a owl:Class ; rdfs:subClassOf :A .",
    )
    report = check([path])
    assert report.consistent
    assert not report.sound
    assert report.unsatisfiable == (":Both",)
    assert report.explanations[0].axioms == (
        ":B DisjointWith :A", ":Both SubClassOf :A", ":Both SubClassOf :B",
    )  # fmt: skip


def test_what_is_outside_owl_2_dl_is_told(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ":p a owl:ObjectProperty, owl:TransitiveProperty . :A a owl:Class ; rdfs:subClassOf :Undeclared ,"
        " [ a owl:Restriction ; owl:onProperty :q ; owl:someValuesFrom :A ] . :q a owl:ObjectProperty .",
    )
    report = check([path])
    assert not report.sound
    assert any("undeclared class" in violation for violation in report.outside_dl)


def test_a_missing_file_and_a_file_that_is_no_rdf_are_told_with_their_remedy(tmp_path: Path) -> None:
    missing = CliRunner().invoke(main, ["ontology", "check", "--file", str(tmp_path / "none.ttl")])
    assert missing.exit_code == 1
    assert "There is no file" in missing.output
    broken = written(tmp_path, "this is no turtle")
    result = CliRunner().invoke(main, ["ontology", "check", "--file", str(broken)])
    assert result.exit_code == 1
    assert "cannot be read as RDF" in result.output
    assert "Remedy:" in result.output


def test_axioms_are_written_as_readers_of_ontologies_know_them() -> None:
    ontology = Ontology.of_files([path for group in ontology_files().values() for path in group])
    sentences = {sentence(axiom, ontology.graph) for axiom in ontology.axioms}
    assert {
        "eco:Company DisjointWith eco:PublicAuthority",
        "eco:collaboratesIn o eco:hasArea SubPropertyOf eco:activeIn",
        "inverse eco:byActor o eco:inProject SubPropertyOf eco:participatesIn",
        "eco:Collaboration SubClassOf (eco:collaborator exactly 2)",
        "DisjointClasses: eco:Municipality, eco:Region, eco:StateAgency",
        "eco:within Characteristics: Transitive",
        "eco:Target EquivalentTo (eco:Observation and (eco:observationKind value voc:observation-kind/target))",
    } <= sentences


@pytest.mark.parametrize(
    ("statements", "needed"),
    [
        (
            ":x eco:moneyKind <{v}money-kind/granted-support>, <{v}money-kind/own-funding> .",
            "eco:moneyKind Characteristics: Functional",
        ),
        (
            ":x eco:crossFertilisationBasis <{v}cross-fertilisation-basis/declared>, <{v}cross-fertilisation-basis/potential> .",
            "eco:crossFertilisationBasis Characteristics: Functional",
        ),
        (":x a eco:Target, eco:Baseline .", "eco:observationKind Characteristics: Functional"),
        (":x a eco:Municipality, eco:Company .", "eco:Company DisjointWith eco:PublicAuthority"),
        (":x a eco:Project ; eco:helix <{v}helix/academia> .", "eco:helix Domain eco:Actor"),
    ],
    ids=[
        "two-kinds-of-money",
        "two-bases",
        "target-and-baseline",
        "municipality-and-company",
        "project-with-helix",
    ],
)
def test_what_the_ontology_rules_out_is_inconsistent(statements: str, needed: str) -> None:
    space = "https://w3id.org/ecograph/"
    head = f"@prefix eco: <{space}ns#> . @prefix : <http://example.org/> .\n"
    data = Graph().parse(data=head + statements.replace("{v}", f"{space}vocabulary/"), format="turtle")
    ontology = Ontology.of_files(ontology_files()["ontology"])
    found = smallest_clash(ontology, list(data), seconds=60)
    assert found.minimal
    assert needed in {sentence(axiom, ontology.graph) for axiom in found.axioms}
    assert len(found.axioms) < 8


@pytest.mark.shared
def test_our_ontology_is_consistent_with_eurio_in_full(shared: Path) -> None:
    paths = [*ontology_files()["ontology"], shared / "vocab" / "EURIO-v2.4.ttl"]
    ontology = Ontology.of_files(paths)
    assert first_inconsistent([ontology.triples(ontology.axioms)], 60) is None


@pytest.mark.shared
def test_every_term_of_eurio_that_we_refer_to_is_in_version_2_4(shared: Path) -> None:
    eurio = Graph().parse(shared / "vocab" / "EURIO-v2.4.ttl")
    known = {str(node) for node in eurio.subjects()}
    ours = Ontology.of_files(ontology_files()["ontology"]).graph
    used = {str(node) for triple in ours for node in triple if str(node).startswith(PREFIXES["eurio"])}
    assert used - known - {PREFIXES["eurio"]} == set()
