"""The gate's report: in two languages with remedies, from pySHACL, honest about what it did not do."""

from __future__ import annotations

from gate_support import GRAPH, shapes, stored, turtle
from rdflib.plugins.sparql.algebra import traverse

from ecograph.store.graph import MemoryGraph, NamedNode, Quad
from ecograph.validation import authority
from ecograph.validation.gate import validate

SHAPES = shapes(
    """
    ex:project a sh:NodeShape ; sh:targetClass eco:Project ; sh:property ex:project-amount, ex:project-title,
        [ sh:path eco:status ; sh:minCount 1 ; sh:severity sh:Warning ] .
    ex:project-amount a sh:PropertyShape ; sh:path eco:amount ; sh:minInclusive 0 ;
        sh:message "Beloppet är negativt."@sv, "The amount is negative."@en ;
        eco:remedy "Skriv beloppet utan minus."@sv, "Write the amount without a minus."@en .
    ex:project-title a sh:PropertyShape ; sh:path eco:title ; sh:minCount 1 ; sh:severity sh:Info ;
        sh:message "Titeln saknas."@sv, "There is no title."@en .
    """
)
DATA = """
    ex:good a eco:Project ; eco:amount 3 ; eco:title "A" ; eco:status ex:s .
    ex:negative a eco:Project ; eco:amount -3 ; eco:title "A" ; eco:status ex:s .
    ex:untitled a eco:Project ; eco:amount 3 ; eco:status ex:s .
    ex:no-status a eco:Project ; eco:amount 3 ; eco:title "A" .
"""
MANY = "".join(
    f"ex:p{number:03} a eco:Project ; eco:title 'A' ; eco:status ex:s ; eco:amount -1 . "
    for number in range(120)
)


def test_a_result_tells_what_is_wrong_and_the_remedy_in_both_languages() -> None:
    report = validate(stored(turtle(DATA)), SHAPES)
    (result,) = report.of("violation")
    assert result.focus == "https://example.org/negative"
    assert result.path == "https://w3id.org/ecograph/ns#amount"
    assert result.value == "-3"
    assert (result.message_sv, result.message_en) == ("Beloppet är negativt.", "The amount is negative.")
    assert (result.remedy_sv, result.remedy_en) == (
        "Skriv beloppet utan minus.",
        "Write the amount without a minus.",
    )
    assert result.component == "MinInclusive"


def test_severities_are_kept_apart() -> None:
    report = validate(stored(turtle(DATA)), SHAPES)
    assert [result.focus for result in report.of("warning")] == ["https://example.org/no-status"]
    assert [result.focus for result in report.of("info")] == ["https://example.org/untitled"]
    assert not report.conforms


def test_valid_data_conform_and_the_report_says_how_much_was_checked() -> None:
    report = validate(
        stored(turtle("ex:good a eco:Project ; eco:amount 3 ; eco:title 'A' ; eco:status ex:s .")), SHAPES
    )
    assert report.conforms
    assert report.screened == 3
    assert report.uncompiled == []


def test_a_shape_of_a_blank_node_has_the_same_name_in_every_run() -> None:
    (result,) = validate(stored(turtle(DATA)), SHAPES).of("warning")
    assert result.shape == "https://example.org/project https://w3id.org/ecograph/ns#status"


def test_only_the_nodes_of_the_batch_are_validated_but_its_context_is_seen() -> None:
    shape = shapes(
        "ex:s a sh:NodeShape ; sh:targetClass ex:Part ; sh:property [ sh:path ex:of ; sh:class ex:Whole ] ."
    )
    other = "https://example.org/graph/other"
    graph = MemoryGraph(
        [
            *stored(turtle("ex:new a ex:Part ; ex:of ex:whole, ex:nothing ."), GRAPH).quads(),
            *stored(turtle("ex:old a ex:Part ; ex:of ex:nothing . ex:whole a ex:Whole ."), other).quads(),
        ]
    )
    report = validate(graph, shape, batch=[GRAPH])
    assert [(result.focus, result.value) for result in report.results] == [
        ("https://example.org/new", "https://example.org/nothing")
    ]
    assert {result.focus for result in validate(graph, shape).results} == {
        "https://example.org/new",
        "https://example.org/old",
    }


def test_context_may_stand_in_another_graph() -> None:
    shape = shapes(
        "ex:s a sh:NodeShape ; sh:targetClass ex:Part ; sh:property [ sh:path ex:of ; sh:class ex:Whole ] ."
    )
    batch = stored(turtle("ex:new a ex:Part ; ex:of ex:whole ."))
    assert not validate(batch, shape).conforms
    assert validate(batch, shape, context=stored(turtle("ex:whole a ex:Whole ."))).conforms


def test_a_broken_source_is_reported_in_full_by_chunks() -> None:
    stages: list[tuple[str, int, int]] = []
    report = validate(stored(turtle(MANY)), SHAPES, chunk=50, progress=lambda *stage: stages.append(stage))
    assert len(report.results) == 120
    assert all(result.detailed for result in report.results)
    assert stages[-1] == ("report", 3, 3)


def test_nodes_beyond_the_limit_are_counted_and_still_reported() -> None:
    report = validate(stored(turtle(MANY)), SHAPES, detail=20)
    assert len({result.focus for result in report.results}) == 120
    assert sum(result.detailed for result in report.results) == 20
    assert report.undetailed == 100
    beyond = next(result for result in report.results if not result.detailed)
    assert beyond.message_sv == "Beloppet är negativt."
    assert beyond.severity == "violation"


def test_the_same_statement_in_two_graphs_counts_once() -> None:
    shape = shapes(
        "ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ."
    )
    quads = list(stored(turtle("ex:a a ex:A ; ex:p 1 .")).quads())
    twice = [Quad(quad.subject, quad.predicate, quad.object, NamedNode(GRAPH + "2")) for quad in quads]
    assert validate(MemoryGraph([*quads, *twice]), shape).conforms


def test_a_shape_not_compiled_goes_to_pyshacl_whole_and_the_report_says_so() -> None:
    shape = shapes(
        """
        ex:long a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longerThan ] ;
            sh:validator [ a sh:SPARQLAskValidator ; sh:message "Too short" ;
                sh:ask "ASK { FILTER(STRLEN(STR($value)) > $longerThan) }" ] .
        ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ; ex:longerThan 2 ] .
        """
    )
    report = validate(stored(turtle("ex:a a ex:A ; ex:p 'abc' . ex:b a ex:A ; ex:p 'ab' .")), shape)
    assert [result.focus for result in report.results] == ["https://example.org/b"]
    assert report.uncompiled[0][0] == "https://example.org/s"
    assert "longerThan" in report.uncompiled[0][1]


def test_a_query_that_the_screen_cannot_read_is_still_applied() -> None:
    shape = shapes(
        """
        ex:s a sh:NodeShape ; sh:targetClass ex:A ;
            sh:property [ sh:path ex:p ; sh:pattern "^(?!x)" ; sh:message "fel"@sv, "wrong"@en ] .
        """
    )
    report = validate(stored(turtle("ex:a a ex:A ; ex:p 'abc' . ex:b a ex:A ; ex:p 'xb' .")), shape)
    assert [(result.focus, result.message_sv) for result in report.results] == [
        ("https://example.org/b", "fel")
    ]
    assert report.uncompiled


def test_nested_shapes_are_not_passed_over() -> None:
    # pySHACL's own focus_nodes argument reports conformance here
    shape = shapes(
        """
        ex:s a sh:NodeShape ; sh:targetClass ex:A ;
            sh:or ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ) .
        """
    )
    report = validate(stored(turtle("ex:a a ex:A . ex:b a ex:A ; ex:q 1 .")), shape)
    assert [(result.focus, result.component) for result in report.results] == [
        ("https://example.org/a", "Or")
    ]


def test_the_words_of_a_sparql_constraint_come_with_its_remedy() -> None:
    shape = shapes(
        """
        ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:severity sh:Warning ; sh:sparql ex:rule ;
            eco:remedy "Byt ordning."@sv, "Swap them."@en .
        ex:rule sh:message "Slutet {?value} är före början."@sv, "The end {?value} is before the start."@en ;
            sh:select '''SELECT $this ?value WHERE { $this <https://example.org/start> ?from ;
                <https://example.org/end> ?value . FILTER(?value < ?from) }''' .
        """
    )
    report = validate(stored(turtle("ex:a a ex:A ; ex:start 5 ; ex:end 4 .")), shape)
    (result,) = report.results
    assert result.severity == "warning"
    assert result.message_sv == "Slutet 4 är före början."
    assert result.message_en == "The end 4 is before the start."
    assert result.remedy_sv == "Byt ordning."


def test_where_pyshacl_fails_at_a_value_the_screen_is_kept_and_the_report_says_so() -> None:
    # rdflib sums what is no number with an exception; the store leaves the other node's sum as it is
    shape = shapes(
        """
        ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:sparql [ sh:message "För mycket"@sv, "Too much"@en ;
            sh:select '''SELECT $this WHERE { $this <https://example.org/p> ?v } GROUP BY $this
                HAVING (SUM(?v) > 3 || COUNT(?v) > 2)''' ] .
        ex:t a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .
        """
    )
    report = validate(stored(turtle('ex:a a ex:A ; ex:p 1, 2, "x" .')), shape)
    assert {result.component for result in report.results} == {"SPARQL", "MinCount"}
    assert [reason for name, reason in report.uncompiled if name == "https://example.org/s"]


def test_a_constraint_over_the_parts_of_a_project_is_read_from_the_project_on() -> None:
    prepared = authority._Prepared(turtle("ex:p ex:q ex:r ."))
    text = """PREFIX ex: <https://example.org/>
        SELECT $this WHERE { ?budget ex:kind ex:total . ?support ex:kind ex:granted .
            ?budget ex:funds $this . ?support ex:funds $this ; ex:amount ?amount . }
        GROUP BY $this HAVING (SUM(?amount) > 1)"""
    prepared.query(text)
    order: list[tuple[str, ...]] = []

    def visit(part: object) -> None:
        if getattr(part, "name", None) == "BGP":
            order.extend(tuple(str(term) for term in triple) for triple in part.triples)  # type: ignore[attr-defined]

    traverse(prepared._prepared[text].algebra, visitPost=visit)
    funds = "https://example.org/funds"
    assert order[0][1:] == (funds, "this")
    support = [triple for triple in order if triple[0] == "support"]
    assert support[0][1:] == (funds, "this"), "joined by the project, not with every other support"
