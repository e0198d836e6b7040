"""The report for people and machines: terminal, JSON, HTML, SHACL Turtle; Swedish and English."""

from __future__ import annotations

import io
import json

import html5lib
import pytest
import rdflib
from gate_support import shapes, stored, turtle
from rdflib import RDF, SH
from rich.console import Console

from ecograph.errors import Place
from ecograph.tables.batch import Finding
from ecograph.validation import report as reports
from ecograph.validation.findings import findings_of
from ecograph.validation.gate import Report, validate


@pytest.fixture
def checked() -> tuple[list[Finding], Report]:
    shape = shapes(
        """
        ex:s a sh:NodeShape ; sh:targetClass ex:A ;
            sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "Fattas <p>"@sv, "Missing <p>"@en ] ;
            sh:property [ sh:path ex:q ; sh:maxCount 1 ; sh:message "För många [q]"@sv, "Too many [q]"@en ;
                eco:remedy "Stryk ett"@sv, "Drop one"@en ] .
        """
    )
    graph = stored(turtle("ex:a a ex:A ; ex:q 1, 2 ."))
    report = validate(graph, shape)
    return findings_of(graph, report, lambda _: [Place("filen.xlsx", "Blad1", 7)]), report


def printed(
    findings: list[Finding], report: Report | None, language: reports.Language, limit: int = 50
) -> str:
    out = io.StringIO()
    reports.print_findings(findings, Console(file=out, width=160), language, report, limit)
    return out.getvalue()


def test_the_terminal_shows_the_worst_first_with_place_and_remedy(
    checked: tuple[list[Finding], Report],
) -> None:
    text = printed(*checked, "sv")
    assert text.index("För många [q]") < text.index("Fattas <p>")
    assert "filen.xlsx [Blad1]" in text
    assert "Stryk ett" in text
    assert "2 villkor prövade på alla poster" in text


def test_the_terminal_speaks_english_when_asked(checked: tuple[list[Finding], Report]) -> None:
    text = printed(*checked, "en")
    assert "Too many [q]" in text
    assert "Drop one" in text
    assert "Fattas" not in text


def test_a_long_list_says_how_much_more_there_is(checked: tuple[list[Finding], Report]) -> None:
    findings, report = checked
    assert "och 1 till" in printed(findings, report, "sv", limit=1)


def test_nothing_wrong_is_said_plainly() -> None:
    assert "Inga avvikelser." in printed([], None, "sv")


def test_json_lists_place_messages_and_remedies(checked: tuple[list[Finding], Report]) -> None:
    content = json.loads(reports.to_json(*checked))
    first = content["findings"][0]
    assert (first["sheet"], first["row"], first["message_sv"], first["remedy_en"]) == (
        "Blad1", 7, "För många [q]", "Drop one",
    )  # fmt: skip
    assert content["checked"]["constraints"] == 2


def test_html_is_well_formed_and_escapes_what_it_quotes(checked: tuple[list[Finding], Report]) -> None:
    findings, report = checked
    page = reports.to_html(findings, "sv", report)
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Fattas &lt;p&gt;" in page
    assert '<html lang="sv">' in page


def test_turtle_is_a_shacl_report(checked: tuple[list[Finding], Report]) -> None:
    graph = rdflib.Graph().parse(data=reports.to_turtle(checked[1]), format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == 2


def test_the_report_says_what_it_did_not_tell_in_detail() -> None:
    lines = reports.coverage(
        Report(screened=3, nodes=700, undetailed=200, uncompiled=[("ex:s", "a reason")]), "en"
    )
    assert lines == [
        "3 constraints checked on all records; 500 records read by pySHACL.",
        "200 records beyond the limit are checked only, not reported in detail.",
        "Checked by pySHACL whole: ex:s (a reason)",
    ]
