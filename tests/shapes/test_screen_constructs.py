"""Each construct that the screen compiles finds the faulty node and no other, as pySHACL does."""

from __future__ import annotations

import pytest
from gate_support import nodes, reported, shapes, stored, turtle

from ecograph.validation.compile import COMPILED, compile_shapes
from ecograph.validation.scope import Classes
from ecograph.validation.screen import screen
from ecograph.validation.shapes import CONSTRAINTS
from ecograph.validation.statistics import Statistics

FAULTY = {"<https://example.org/faulty>"}

# construct: (shape's body, statements of the valid node, statements of the faulty node, further data)
CASES: dict[str, tuple[str, str, str, str]] = {
    "minCount": ("sh:property [ sh:path ex:p ; sh:minCount 1 ]", "ex:p 1", "ex:q 1", ""),
    "minCount two": ("sh:property [ sh:path ex:p ; sh:minCount 2 ]", "ex:p 1, 2", "ex:p 1", ""),
    "maxCount none": ("sh:property [ sh:path ex:p ; sh:maxCount 0 ]", "ex:q 1", "ex:p 1", ""),
    "maxCount": ("sh:property [ sh:path ex:p ; sh:maxCount 1 ]", "ex:p 1", "ex:p 1, 2", ""),
    "maxCount two": ("sh:property [ sh:path ex:p ; sh:maxCount 2 ]", "ex:p 1, 2", "ex:p 1, 2, 3", ""),
    "datatype": ("sh:property [ sh:path ex:p ; sh:datatype xsd:integer ]", "ex:p 1", 'ex:p "1"', ""),
    "datatype of an IRI": ("sh:property [ sh:path ex:p ; sh:datatype xsd:string ]", 'ex:p "a"', "ex:p ex:a", ""),
    "datatype ill-typed integer": (
        "sh:property [ sh:path ex:p ; sh:datatype xsd:integer ]", "ex:p 1", 'ex:p "one"^^xsd:integer', "",
    ),
    "datatype ill-typed date": (
        "sh:property [ sh:path ex:p ; sh:datatype xsd:date ]",
        'ex:p "2016-09-01"^^xsd:date', 'ex:p "2016-13-01"^^xsd:date', "",
    ),
    "datatype langString": (
        "sh:property [ sh:path ex:p ; sh:datatype rdf:langString ]", 'ex:p "a"@sv', 'ex:p "a"', "",
    ),
    "class": (
        "sh:property [ sh:path ex:p ; sh:class ex:Project ]", "ex:p ex:a", "ex:p ex:b",
        "ex:a a ex:Project . ex:b a ex:Other .",
    ),
    "class by subclass": (
        "sh:property [ sh:path ex:p ; sh:class ex:Project ]", "ex:p ex:a", "ex:p ex:b",
        "ex:a a ex:Pilot . ex:Pilot rdfs:subClassOf ex:Small . ex:Small rdfs:subClassOf ex:Project . ex:b a ex:Other .",
    ),
    "class of a literal": (
        "sh:property [ sh:path ex:p ; sh:class ex:Project ]", "ex:p ex:a", 'ex:p "a"', "ex:a a ex:Project .",
    ),
    "nodeKind IRI": ("sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ]", "ex:p ex:a", 'ex:p "a"', ""),
    "nodeKind Literal": ("sh:property [ sh:path ex:p ; sh:nodeKind sh:Literal ]", "ex:p 1", "ex:p ex:a", ""),
    "nodeKind BlankNode": ("sh:property [ sh:path ex:p ; sh:nodeKind sh:BlankNode ]", "ex:p []", "ex:p ex:a", ""),
    "nodeKind BlankNodeOrIRI": (
        "sh:property [ sh:path ex:p ; sh:nodeKind sh:BlankNodeOrIRI ]", "ex:p [], ex:a", "ex:p 1", "",
    ),
    "in": ("sh:property [ sh:path ex:p ; sh:in ( ex:a ex:b 3 ) ]", "ex:p ex:a, 3", "ex:p ex:c", ""),
    "in without members": ("sh:property [ sh:path ex:p ; sh:in () ]", "ex:q 1", "ex:p 1", ""),
    "pattern": ('sh:property [ sh:path ex:p ; sh:pattern "^[0-9]{4}$" ]', 'ex:p "2281"', 'ex:p "22810"', ""),
    "pattern with flags": (
        'sh:property [ sh:path ex:p ; sh:pattern "^se" ; sh:flags "i" ]', 'ex:p "SE321"', 'ex:p "NO"', "",
    ),
    "minInclusive": ("sh:property [ sh:path ex:p ; sh:minInclusive 0 ]", "ex:p 0", "ex:p -0.1", ""),
    "minExclusive": ("sh:property [ sh:path ex:p ; sh:minExclusive 0 ]", "ex:p 0.1", "ex:p 0", ""),
    "maxInclusive": ("sh:property [ sh:path ex:p ; sh:maxInclusive 9 ]", "ex:p 9", "ex:p 10", ""),
    "maxExclusive": ("sh:property [ sh:path ex:p ; sh:maxExclusive 9 ]", "ex:p 8", "ex:p 9", ""),
    "range of what cannot be compared": (
        "sh:property [ sh:path ex:p ; sh:minInclusive 0 ]", "ex:p 1", 'ex:p "many"', "",
    ),
    "minLength": ("sh:property [ sh:path ex:p ; sh:minLength 2 ]", 'ex:p "åä"', 'ex:p "å"', ""),
    "maxLength": ("sh:property [ sh:path ex:p ; sh:maxLength 2 ]", 'ex:p "åä"', 'ex:p "åäö"', ""),
    "maxLength of a blank node": ("sh:property [ sh:path ex:p ; sh:maxLength 99 ]", 'ex:p "a"', "ex:p []", ""),
    "languageIn": ('sh:property [ sh:path ex:p ; sh:languageIn ( "sv" "en" ) ]', 'ex:p "a"@sv', 'ex:p "a"@de', ""),
    "uniqueLang": (
        "sh:property [ sh:path ex:p ; sh:uniqueLang true ]", 'ex:p "a"@sv, "a"@en', 'ex:p "a"@sv, "b"@sv', "",
    ),
    "hasValue": ("sh:property [ sh:path ex:p ; sh:hasValue ex:a ]", "ex:p ex:a, ex:b", "ex:p ex:b", ""),
    "lessThan": ("sh:property [ sh:path ex:p ; sh:lessThan ex:q ]", "ex:p 1 ; ex:q 2", "ex:p 2 ; ex:q 2", ""),
    "lessThan not comparable": (
        "sh:property [ sh:path ex:p ; sh:lessThan ex:q ]", "ex:p 1 ; ex:q 2", 'ex:p 1 ; ex:q "2"', "",
    ),
    "lessThanOrEquals": (
        "sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ]", "ex:p 2 ; ex:q 2", "ex:p 3 ; ex:q 2", "",
    ),
    "disjoint": ("sh:property [ sh:path ex:p ; sh:disjoint ex:q ]", "ex:p 1 ; ex:q 2", "ex:p 1 ; ex:q 1", ""),
    "equals": ("sh:property [ sh:path ex:p ; sh:equals ex:q ]", "ex:p 1 ; ex:q 1", "ex:p 1 ; ex:q 1, 2", ""),
    "equals the other way": ("sh:property [ sh:path ex:p ; sh:equals ex:q ]", "ex:p 1 ; ex:q 1", "ex:p 1, 2 ; ex:q 1", ""),
    "closed": ("sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ]", "ex:p 1", "ex:q 1", ""),
    "not": ("sh:not [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ]", "ex:q 1", "ex:p 1", ""),
    "and": (
        "sh:and ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
        "ex:p 1 ; ex:q 1", "ex:p 1", "",
    ),
    "or": (
        "sh:or ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
        "ex:q 1", "ex:r 1", "",
    ),
    "or of values": (
        "sh:property [ sh:path ex:p ; sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYear ] ) ]",
        'ex:p "2016"^^xsd:gYear, "2016-09-01"^^xsd:date', 'ex:p "2016"^^xsd:gYear, "2016"', "",
    ),
    "xone": (
        "sh:xone ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )",
        "ex:q 1", "ex:p 1 ; ex:q 1", "",
    ),
    "node": (
        "sh:property [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ]",
        "ex:p ex:a", "ex:p ex:a, ex:b", "ex:a ex:q 1 . ex:b ex:r 1 .",
    ),
    "qualified at least": (
        "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:A ] ; sh:qualifiedMinCount 1 ]",
        "ex:p ex:a, ex:b", "ex:p ex:b", "ex:a a ex:A .",
    ),
    "qualified at most": (
        "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:A ] ; sh:qualifiedMaxCount 1 ]",
        "ex:p ex:a, ex:b", "ex:p ex:a, ex:c", "ex:a a ex:A . ex:c a ex:A .",
    ),
    "inverse path": ("sh:property [ sh:path [ sh:inversePath ex:of ] ; sh:minCount 1 ]", "ex:q 1", "ex:q 1", "ex:x ex:of ex:valid ."),
    "sequence path": (
        "sh:property [ sh:path ( ex:p ex:q ) ; sh:nodeKind sh:IRI ]", "ex:p ex:a", "ex:p ex:b", "ex:a ex:q ex:c . ex:b ex:q 1 .",
    ),
    "alternative path": (
        "sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:minCount 1 ]", "ex:q 1", "ex:r 1", "",
    ),
    "path of any length": (
        "sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:class ex:Thing ]",
        "a ex:Thing ; ex:p ex:a", "a ex:Thing ; ex:p ex:b", "ex:a a ex:Thing . ex:b a ex:Thing ; ex:p ex:c .",
    ),
    "path of one step or more": (
        "sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:hasValue ex:end ]",
        "ex:p ex:a", "ex:p ex:b", "ex:a ex:p ex:end .",
    ),
    "path of at most one step": (
        "sh:property [ sh:path [ sh:zeroOrOnePath ex:p ] ; sh:maxCount 2 ]", "ex:p ex:a", "ex:p ex:a, ex:b", "",
    ),
    "sparql": (
        'sh:sparql [ sh:select "SELECT $this WHERE { $this <https://example.org/p> ?v . FILTER(?v > 3) }" ]',
        "ex:p 1", "ex:p 4", "",
    ),
    "sparql with a count": (
        'sh:sparql [ sh:select "SELECT $this WHERE { $this <https://example.org/p> ?v } '
        'GROUP BY $this HAVING (COUNT(DISTINCT ?v) > 1)" ]',
        "ex:p 1", "ex:p 1, 2", "",
    ),
    "sparql with a union": (
        'sh:sparql [ sh:select "SELECT $this WHERE { { $this <https://example.org/p> 1 } UNION '
        '{ FILTER NOT EXISTS { $this <https://example.org/q> ?v } } }" ]',
        "ex:q 1", "ex:r 1", "",
    ),
    "sparql with the path": (
        'sh:property [ sh:path ex:p ; sh:sparql [ sh:select "SELECT $this ?value WHERE { $this $PATH ?value . '
        'FILTER(?value > 3) }" ] ]',
        "ex:p 1", "ex:p 4", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("construct", CASES)
def test_the_faulty_node_is_found_and_no_other(construct: str) -> None:
    body, valid, faulty, more = CASES[construct]
    shape = shapes(f"ex:shape a sh:NodeShape ; sh:targetClass ex:Thing ; {body} .")
    data = turtle(f"ex:valid a ex:Thing ; {valid} . ex:faulty a ex:Thing ; {faulty} . {more}")
    graph = stored(data)

    compilation = compile_shapes(shape, Classes.of(graph))
    assert not compilation.uncompiled
    found = nodes(screen(graph, compilation).nodes())
    assert found == reported(data, shape.graph)
    tuned = compile_shapes(shape, Classes.of(graph), None, Statistics(graph))
    assert nodes(screen(graph, tuned).nodes()) == found
    # a path of any length makes its values targets of the same shape
    assert found >= FAULTY and "<https://example.org/valid>" not in found


def test_every_compiled_construct_has_a_case() -> None:
    bodies = " ".join(body for body, *_ in CASES.values())
    missing = {name for name in COMPILED if f"sh:{name} " not in bodies}
    assert not missing


def test_the_screen_compiles_all_of_shacl_core() -> None:
    assert COMPILED == CONSTRAINTS


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("sh:targetClass ex:Thing", {"<https://example.org/a>", "<https://example.org/b>"}),
        (
            "sh:targetNode ex:c, 7",
            {"<https://example.org/c>", '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'},
        ),
        ("sh:targetSubjectsOf ex:p", {"<https://example.org/c>"}),
        ("sh:targetObjectsOf ex:p", {"<https://example.org/d>"}),
        (
            "sh:targetClass ex:Thing ; sh:targetNode ex:c",
            {"<https://example.org/a>", "<https://example.org/b>", "<https://example.org/c>"},
        ),
    ],
)
def test_each_kind_of_target_is_looked_at(target: str, expected: set[str]) -> None:
    shape = shapes(f"ex:shape a sh:NodeShape ; {target} ; sh:property [ sh:path ex:none ; sh:minCount 1 ] .")
    data = turtle("ex:a a ex:Thing . ex:b a ex:Part . ex:Part rdfs:subClassOf ex:Thing . ex:c ex:p ex:d .")
    graph = stored(data)
    found = nodes(screen(graph, compile_shapes(shape, Classes.of(graph))).nodes())
    assert found == expected == reported(data, shape.graph)


def test_a_shape_that_is_a_class_has_its_instances_as_targets() -> None:
    shape = shapes("ex:Thing a sh:NodeShape, rdfs:Class ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .")
    graph = stored(turtle("ex:a a ex:Thing ."))
    assert nodes(screen(graph, compile_shapes(shape, Classes.of(graph))).nodes()) == {
        "<https://example.org/a>"
    }


def test_a_deactivated_shape_finds_nothing() -> None:
    shape = shapes(
        "ex:shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:deactivated true ;"
        " sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
        "ex:other a sh:NodeShape ; sh:targetClass ex:Thing ;"
        " sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:deactivated true ] ."
    )
    graph = stored(turtle("ex:a a ex:Thing ."))
    assert not screen(graph, compile_shapes(shape, Classes.of(graph))).nodes()


@pytest.mark.parametrize(
    "body",
    [
        "sh:property ex:shape-of-itself",
        'sh:property [ sh:path ex:p ; sh:pattern "(?=a)b" ]',
        'sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o . MINUS { $this ?p 1 } }" ]',
        'sh:sparql [ sh:select "SELECT ?o WHERE { ?o ?p $this }" ]',
        "sh:unheardOf 1",
    ],
)
def test_what_the_screen_cannot_compile_is_said_with_its_reason(body: str) -> None:
    shape = shapes(
        f"ex:shape a sh:NodeShape ; sh:targetClass ex:Thing ; {body} ."
        "ex:shape-of-itself a sh:PropertyShape ; sh:path ex:p ; sh:property ex:shape-of-itself ."
    )
    compilation = compile_shapes(shape, Classes(set()))
    assert [str(left.root.node) for left in compilation.uncompiled] == ["https://example.org/shape"]
    assert compilation.uncompiled[0].reason
