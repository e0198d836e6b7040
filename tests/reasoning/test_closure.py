"""What the build infers, against an independent engine."""

from __future__ import annotations

import owlrl
import pytest
from rdflib import Graph as RdfGraph
from rdflib import URIRef

from ecograph.model.namespaces import PREFIXES
from ecograph.reasoning.closure import entailments
from ecograph.reasoning.rules import RULES, apply_rules
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph, NamedNode

EXAMPLE = "http://example.org/"
ONTOLOGY = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Company rdfs:subClassOf :Actor . :Actor rdfs:subClassOf :Agent .
:partOf a owl:TransitiveProperty ; owl:inverseOf :hasPart ; rdfs:domain :Unit .
:knows a owl:SymmetricProperty . :label rdfs:subPropertyOf rdfs:label .
:number a owl:FunctionalProperty, owl:InverseFunctionalProperty .
"""
DATA = """
@prefix : <http://example.org/> .
:a a :Company ; :partOf :b ; :knows :c ; :label "Alfa"@sv ; :note "untouched" ; :number :n . :b :partOf :c .
:x :number :n .
"""


@pytest.fixture
def graph() -> MemoryGraph:
    made = MemoryGraph()
    made.load(ONTOLOGY.encode(), format="ttl", graph=EXAMPLE + "ontology")
    made.load(DATA.encode(), format="ttl", graph=EXAMPLE + "data")
    return made


def about_instances(triples: set[str]) -> set[str]:
    names = tuple(f"<{EXAMPLE}{name}> " for name in "abcxn")
    return {triple for triple in triples if triple.startswith(names)}


def test_the_closure_equals_that_of_an_independent_engine(graph: MemoryGraph) -> None:
    ours = about_instances(set(entailments(graph, [EXAMPLE + "ontology"])))
    other = RdfGraph().parse(data=ONTOLOGY + DATA, format="turtle")
    stated = set(other)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(other)
    theirs = {
        f"{s.n3()} {p.n3()} {o.n3()}"
        for s, p, o in set(other) - stated
        if isinstance(s, URIRef)
        and str(p) != PREFIXES["owl"] + "sameAs"
        and str(o) != PREFIXES["owl"] + "Thing"
    }
    merged = f"<{EXAMPLE}x>"  # the other engine makes x and a one thing, by the inverse functional property
    assert {line for line in ours if merged not in line} == {
        line for line in about_instances(theirs) if merged not in line
    }
    assert f"<{EXAMPLE}a> <{EXAMPLE}partOf> <{EXAMPLE}c>" in ours


def test_keys_never_make_two_actors_one(graph: MemoryGraph) -> None:
    assert not [line for line in entailments(graph, [EXAMPLE + "ontology"]) if "sameAs" in line]


def test_what_is_stated_is_not_inferred_again(graph: MemoryGraph) -> None:
    assert f"<{EXAMPLE}a> <{EXAMPLE}knows> <{EXAMPLE}c>" not in entailments(graph, [EXAMPLE + "ontology"])


def test_every_rule_derives_something_from_the_small_workspace(fixture_build: Build) -> None:
    published = fixture_build.graph()
    inferred = NamedNode("https://w3id.org/ecograph/graph/inferred")
    graph = MemoryGraph(quad for quad in published.quads() if quad.graph_name != inferred)
    counts = apply_rules(graph, inferred.value)
    assert set(counts) == {rule.name for rule in RULES}
    assert all(counts.values()), counts
    kept = {str(quad) for quad in published.quads(graph=inferred)}
    assert {str(quad) for quad in graph.quads(graph=inferred)} <= kept
