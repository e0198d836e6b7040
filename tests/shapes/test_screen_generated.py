"""On generated data, valid and invalid mixed, screen and pySHACL find the same nodes for every shape."""

from __future__ import annotations

import rdflib
from gate_support import focus_nodes, nodes, reported, shapes, stored, turtle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH

from ecograph.config import resource
from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.store.graph import Graph
from ecograph.validation.compile import compile_shapes
from ecograph.validation.gate import validate
from ecograph.validation.scope import Classes
from ecograph.validation.screen import screen
from ecograph.validation.shapes import Shapes, read_shapes
from ecograph.validation.statistics import Statistics

EX = rdflib.Namespace("https://example.org/")

SHAPES = shapes(
    """
    ex:counts a sh:NodeShape ; sh:targetClass ex:A ;
        sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:maxCount 2 ; sh:datatype xsd:integer ] ;
        sh:property [ sh:path ex:q ; sh:maxCount 1 ; sh:class ex:B ] .
    ex:logic a sh:NodeShape ; sh:targetClass ex:B ;
        sh:or ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:class ex:A ] ) ;
        sh:not [ sh:property [ sh:path ex:r ; sh:minCount 2 ] ] ;
        sh:xone ( [ sh:property [ sh:path ex:p ; sh:maxCount 0 ] ]
                  [ sh:property [ sh:path ex:q ; sh:maxCount 0 ] ]
                  [ sh:property [ sh:path ex:r ; sh:maxCount 1 ] ] ) .
    ex:deep a sh:NodeShape ; sh:targetSubjectsOf ex:r ;
        sh:property [ sh:path ex:r ; sh:or ( [ sh:class ex:B ] [ sh:datatype xsd:string ]
                      [ sh:node [ sh:property [ sh:path ( ex:q ex:p ) ; sh:maxInclusive 2 ] ] ] ) ] ;
        sh:property [ sh:path ex:r ; sh:qualifiedValueShape [ sh:class ex:A ] ; sh:qualifiedMinCount 1 ;
                      sh:qualifiedMaxCount 1 ] .
    ex:paths a sh:NodeShape ; sh:targetObjectsOf ex:q ;
        sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:maxCount 1 ] ;
        sh:property [ sh:path [ sh:zeroOrMorePath ex:q ] ; sh:class ex:B ] ;
        sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:r ] ;
        sh:property [ sh:path ex:q ; sh:equals ex:r ] .
    ex:queries a sh:NodeShape ; sh:targetClass ex:A ;
        sh:sparql [ sh:select '''SELECT $this WHERE { ?other <https://example.org/q> $this .
            ?other <https://example.org/p> ?v . FILTER NOT EXISTS { $this <https://example.org/p> ?v } }''' ] ;
        sh:sparql [ sh:select '''SELECT $this WHERE { $this <https://example.org/r>/<https://example.org/p> ?v
            FILTER(ISNUMERIC(?v)) } GROUP BY $this HAVING (SUM(?v) > 3)''' ] .
    """
)

SUBJECTS = [EX[f"n{number}"] for number in range(6)]
VALUES = [
    *SUBJECTS, *(rdflib.Literal(number) for number in range(4)), rdflib.Literal("text"),
    rdflib.Literal("sv", lang="sv"),
]  # fmt: skip
statements = st.one_of(
    st.tuples(st.sampled_from(SUBJECTS), st.just(RDF.type), st.sampled_from([EX.A, EX.B, EX.C])),
    st.tuples(st.sampled_from(SUBJECTS), st.sampled_from([EX.p, EX.q, EX.r]), st.sampled_from(VALUES)),
)


def found(graph: Graph, given_shapes: Shapes) -> set[str]:
    """Return what the screen finds; every shape must be compiled."""
    plain = compile_shapes(given_shapes, Classes.of(graph))
    tuned = compile_shapes(given_shapes, Classes.of(graph), None, Statistics(graph))
    assert not plain.uncompiled
    found_plainly = nodes(screen(graph, plain).nodes())
    assert found_plainly == nodes(screen(graph, tuned).nodes())
    return found_plainly


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(statements, max_size=30))
def test_screen_gate_and_pyshacl_agree_on_shapes_of_every_kind(triples: list[tuple]) -> None:
    data = turtle("ex:C rdfs:subClassOf ex:B .")
    for triple in triples:
        data.add(triple)
    graph = stored(data)
    expected = reported(data, SHAPES.graph)
    assert found(graph, SHAPES) == expected
    assert focus_nodes(validate(graph, SHAPES).graph) == expected


OWN = read_shapes(resource("shapes"))
PROPERTIES = sorted(
    {path for path in OWN.graph.objects(None, SH.path) if isinstance(path, rdflib.URIRef)}, key=str
)
CLASSES = sorted(set(OWN.graph.objects(None, SH.targetClass)), key=str)
CONCEPTS = sorted(
    {
        member
        for node in OWN.graph.objects(None, SH["in"])
        for member in rdflib.collection.Collection(OWN.graph, node)
        if str(member).startswith(VOCABULARY)
    },
    key=str,
)
OWN_VALUES = [
    *SUBJECTS, *CONCEPTS[::3], rdflib.Literal("Sundsvall", lang="sv"), rdflib.Literal("Sundsvall", lang="en"),
    rdflib.Literal("Sundsvall"), rdflib.Literal(""), rdflib.Literal("202100-4524"), rdflib.Literal("550101-1234"),
    rdflib.Literal("2281"), rdflib.Literal("SE321"), rdflib.Literal(2016), rdflib.Literal(1850),
    rdflib.Literal("-3", datatype=rdflib.XSD.decimal), rdflib.Literal("3.5", datatype=rdflib.XSD.decimal),
    rdflib.Literal("2016-09-01", datatype=rdflib.XSD.date), rdflib.Literal("2015", datatype=rdflib.XSD.gYear),
    rdflib.Literal("2016-13-01", datatype=rdflib.XSD.date), rdflib.Literal(True),
]  # fmt: skip
own_statements = st.one_of(
    st.tuples(st.sampled_from(SUBJECTS), st.just(RDF.type), st.sampled_from(CLASSES)),
    st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(PROPERTIES), st.sampled_from(OWN_VALUES)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(own_statements, min_size=5, max_size=60))
def test_screen_and_pyshacl_agree_on_the_shapes_of_ecograph(triples: list[tuple]) -> None:
    data = rdflib.Graph()
    data.add((rdflib.URIRef(ECO + "Company"), rdflib.RDFS.subClassOf, rdflib.URIRef(ECO + "Actor")))
    for triple in triples:
        data.add(triple)
    assert found(stored(data), OWN) == reported(data, OWN.graph)
