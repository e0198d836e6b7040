"""Which axioms are outside OWL 2 RL, by the tables of W3C; the OWL API, which gives no reasons, agrees."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from ecograph.reasoning import java
from ecograph.reasoning.axioms import Ontology
from ecograph.reasoning.manchester import sentence
from ecograph.reasoning.profiles import outside_dl, outside_rl

HEAD = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/> a owl:Ontology .
:A a owl:Class . :B a owl:Class . :C a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :d a owl:DatatypeProperty .
:i a owl:NamedIndividual . :j a owl:NamedIndividual .
# one axiom that EL and QL forbid and RL allows: the OWL API names the smallest profile only
:inv a owl:ObjectProperty, owl:InverseFunctionalProperty .
"""
RESTRICTION = "[ a owl:Restriction ; owl:onProperty {} ; {} ]"
ONE, TWO, THREE = (f'"{number}"^^xsd:nonNegativeInteger' for number in (1, 2, 3))
WITHIN = {
    "subclass": ":A rdfs:subClassOf :B .",
    "some-below": f":r rdfs:subClassOf :B . {RESTRICTION.format(':p', 'owl:someValuesFrom :A')} rdfs:subClassOf :B . :r a owl:Class .",
    "or-below": "[ a owl:Class ; owl:unionOf ( :A :B ) ] rdfs:subClassOf :C .",
    "oneof-below": "[ a owl:Class ; owl:oneOf ( :i :j ) ] rdfs:subClassOf :C .",
    "only-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:allValuesFrom :B')} .",
    "value-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:hasValue :i')} .",
    "not-above": ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .",
    "max-1-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:maxCardinality ' + ONE)} .",
    "max-1-of-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:maxQualifiedCardinality ' + ONE + ' ; owl:onClass :B')} .",
    "and-equivalent": f":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B {RESTRICTION.format(':p', 'owl:hasValue :i')} ) ] .",
    "key": ":A owl:hasKey ( :p ) .",
    "chain": ":q owl:propertyChainAxiom ( :p :q ) .",
    "disjoint": "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
    "range": ":p rdfs:domain :A ; rdfs:range :B . :d rdfs:range xsd:string .",
    "assertion": ":i a :A ; :p :j .",
}
OUTSIDE = {
    "some-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:someValuesFrom :B')} .",
    "or-above": ":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
    "or-domain": ":p rdfs:domain [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
    "only-below": f"{RESTRICTION.format(':p', 'owl:allValuesFrom :A')} rdfs:subClassOf :B .",
    "not-below": "[ a owl:Class ; owl:complementOf :A ] rdfs:subClassOf :B .",
    "max-3-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:maxCardinality ' + THREE)} .",
    "min-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:minCardinality ' + ONE)} .",
    "exactly-2-above": f":A rdfs:subClassOf {RESTRICTION.format(':p', 'owl:cardinality ' + TWO)} .",
    "some-equivalent": f":A owl:equivalentClass {RESTRICTION.format(':p', 'owl:someValuesFrom :B')} .",
    "or-equivalent": ":A owl:equivalentClass [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
    "disjoint-union": ":A owl:disjointUnionOf ( :B :C ) .",
    "reflexive": ":p a owl:ReflexiveProperty .",
    "or-type": ":i a [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
}  # fmt: skip


def ontology(text: str) -> Ontology:
    return Ontology(Graph().parse(data=HEAD + text, format="turtle"))


def profile_by_owl_api(made: Ontology, folder: Path) -> str:
    path = folder / "ontology.nt"
    path.write_text(str(made.graph.serialize(format="nt")), encoding="utf-8")
    out, _ = java.run(java.OWL_API, "info", path.as_uri())
    return next(line.partition(" = ")[2] for line in out.splitlines() if line.startswith("OWL Profile"))


@pytest.mark.parametrize("name", WITHIN)
def test_what_rl_allows_is_within(name: str) -> None:
    made = ontology(WITHIN[name])
    assert [sentence(axiom, made.graph) for axiom in outside_rl(made)] == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_rl_forbids_is_outside(name: str) -> None:
    assert len(outside_rl(ontology(OUTSIDE[name]))) == 1


def test_the_owl_api_finds_all_allowed_axioms_together_in_rl(tmp_path: Path) -> None:
    assert profile_by_owl_api(ontology("\n".join(WITHIN.values())), tmp_path) == "OWL 2 RL"


@pytest.mark.parametrize("name", ["or-domain", "exactly-2-above", "some-equivalent", "max-3-above"])
def test_the_owl_api_finds_each_forbidden_axiom_outside_rl(name: str, tmp_path: Path) -> None:
    assert profile_by_owl_api(ontology(OUTSIDE[name]), tmp_path) == "OWL 2 DL"


def test_a_functional_transitive_property_and_an_unknown_datatype_are_outside_dl() -> None:
    made = ontology(":p a owl:TransitiveProperty, owl:FunctionalProperty . :d rdfs:range xsd:gYear .")
    found = outside_dl(made)
    assert any("non-simple property" in violation for violation in found)
    assert any("XMLSchema#gYear" in violation for violation in found)
    assert outside_dl(ontology(WITHIN["key"])) == []
