"""The neighbourhood of a node holds all that the shapes read: pySHACL says the same of it as of the whole."""

from __future__ import annotations

import pyshacl
import pytest
import rdflib
from gate_support import shapes, stored, turtle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import SH
from test_screen_generated import OWN, SHAPES, SUBJECTS, own_statements, statements

from ecograph.errors import EcographError
from ecograph.validation.authority import run_pyshacl
from ecograph.validation.compile import compile_shapes
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.neighbourhood import extract
from ecograph.validation.scope import Classes
from ecograph.validation.shapes import Shapes
from ecograph.validation.terms import from_rdflib


def told(report: rdflib.Graph) -> set[tuple[str, ...]]:
    """Return the results of a report as comparable rows."""
    parts = (SH.focusNode, SH.sourceConstraintComponent, SH.value, SH.resultSeverity)
    rows = set()
    for result in report.objects(None, SH.result):
        values = [report.value(result, part) for part in parts]
        rows.add(tuple("" if value is None else value.n3() for value in values))
    return rows


def both(data: rdflib.Graph, given_shapes: Shapes) -> None:
    """For each node by itself compare pySHACL's results on its neighbourhood with those on the whole graph."""
    graph = stored(data)
    _, report, _ = pyshacl.validate(data, shacl_graph=given_shapes.graph, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph)
    whole = told(report)
    targets = compile_shapes(given_shapes, Classes.of(graph)).targets
    gathered: set[tuple[str, ...]] = set()
    for node, pattern in targets.items():
        shape = given_shapes.shape(node)
        for row in graph.select(f"SELECT DISTINCT ?this {{ {pattern} }}").rows:
            assert row[0] is not None
            wanted = [(shape, {row[0]})]
            gathered |= told(run_pyshacl(extract(graph, given_shapes, wanted), given_shapes, wanted))
    assert gathered == whole


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(statements, max_size=25))
def test_a_node_is_judged_alike_in_its_neighbourhood_and_in_the_whole(triples: list[tuple]) -> None:
    data = turtle("ex:C rdfs:subClassOf ex:B .")
    for triple in triples:
        data.add(triple)
    both(data, SHAPES)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(own_statements, min_size=5, max_size=25))
def test_the_shapes_of_ecograph_reach_nothing_beyond_the_neighbourhood(triples: list[tuple]) -> None:
    data = rdflib.Graph()
    for triple in triples:
        data.add(triple)
    both(data, OWN)


def reached(select: str, data: str) -> rdflib.Graph:
    given_shapes = shapes(
        f"ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:sparql [ sh:select '''{select}''' ] ."
    )
    wanted = [(given_shapes.shape(rdflib.URIRef("https://example.org/s")), {from_rdflib(SUBJECTS[0])})]
    return extract(stored(turtle(data)), given_shapes, wanted)


DATA = (
    "ex:n0 ex:p ex:n1 . ex:n1 ex:q 1 . ex:n2 ex:q 1 . ex:n3 ex:q 2 ; ex:p ex:n4 . ex:n5 ex:p ex:n0 ; ex:r 9 ."
)


@pytest.mark.parametrize(
    ("where", "statements_reached"),
    [
        ("$this <https://example.org/p> ?a . ?a <https://example.org/q> ?v", 2),
        (
            "$this <https://example.org/p> ?a . ?a <https://example.org/q> ?v . ?b <https://example.org/q> ?v",
            3,
        ),
        ("?a <https://example.org/p> $this . FILTER NOT EXISTS { ?a <https://example.org/r> 9 }", 2),
        ("$this <https://example.org/p>/<https://example.org/q> ?v", 2),
        ("$this ^<https://example.org/p> ?a . OPTIONAL { ?a <https://example.org/r> ?v }", 2),
        ("?a <https://example.org/q> 1 . $this <https://example.org/none> ?b", 2),
        (
            "{ SELECT $this (COUNT(?a) AS ?n) WHERE { $this <https://example.org/p> ?a } GROUP BY $this } FILTER(?n > 1)",
            1,
        ),
    ],
)
def test_a_sparql_constraint_reaches_what_its_patterns_join_and_no_more(
    where: str, statements_reached: int
) -> None:
    assert len(reached(f"SELECT $this WHERE {{ {where} }}", DATA)) == statements_reached


def test_a_form_whose_reach_is_not_known_is_refused() -> None:
    with pytest.raises(NotCompiledError):
        reached("SELECT $this WHERE { GRAPH ?g { $this ?p ?o } }", DATA)


def test_shapes_that_pyshacl_refuses_are_named_with_a_remedy() -> None:
    broken = shapes(
        "ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:class 'x' ; sh:minLength 'y' ] ."
    )
    wanted = [(broken.shape(rdflib.URIRef("https://example.org/s")), {from_rdflib(SUBJECTS[0])})]
    with pytest.raises(EcographError) as caught:
        run_pyshacl(turtle("ex:n0 a ex:A ; ex:p 1 ."), broken, wanted)
    assert caught.value.remedy
