"""Results in both languages with their remedy, read from pySHACL's report or made by the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import rdflib
from rdflib import SH

from ecograph.tables.batch import Severity
from ecograph.validation.compile import CompiledConstraint
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.paths import read_path
from ecograph.validation.shapes import REMEDY, Shapes

_SEVERITIES: dict[rdflib.term.Node | None, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result.

    `focus` and `value` are IRIs, literal values or ``_:label`` of blank nodes; `shape` is the shape that
    states the constraint; `path` the property of a simple path, else the path in SPARQL; `component` the
    constraint component's name without prefix (``MinCount``).
    """

    focus: str
    shape: str
    path: str | None
    value: str | None
    severity: Severity
    message_sv: str
    message_en: str
    remedy_sv: str
    remedy_en: str
    component: str
    detailed: bool = True
    """Whether pySHACL reported it; else the screen alone found it, beyond the limit of detail."""


def read_results(report: rdflib.Graph, shapes: Shapes) -> Iterator[Result]:
    """Yield the results of a pySHACL report (those under sh:result; details of nested shapes are left)."""
    graph = shapes.graph
    for node in report.objects(None, SH.result):
        source = report.value(node, SH.sourceShape) or rdflib.URIRef("")
        constraint = report.value(node, SH.sourceConstraint)
        component = _component(report.value(node, SH.sourceConstraintComponent))
        texts = [str(text) for text in report.objects(node, SH.resultMessage)]
        messages = _messages(graph, constraint, source, texts)
        remedies = _remedies(graph, constraint, source)
        path = report.value(node, SH.resultPath)
        value = report.value(node, SH.value)
        message_sv, message_en = _pair(messages)
        remedy_sv, remedy_en = _pair(remedies)
        yield Result(
            focus=_text(report.value(node, SH.focusNode)) or "",
            shape=shapes.name(source),
            path=_path(report, path),
            value=_text(value),
            severity=_SEVERITIES.get(report.value(node, SH.resultSeverity), "violation"),
            message_sv=message_sv,
            message_en=message_en,
            remedy_sv=remedy_sv,
            remedy_en=remedy_en,
            component=component,
        )


def screen_result(focus: str, constraint: CompiledConstraint, name: str) -> Result:
    """Return the result that the screen alone can state: which node violates which constraint.

    `name` is the shape's name (`Shapes.name`).
    """
    source, component = constraint.source, constraint.component
    message_sv, message_en = _pair(source.messages or constraint.root.messages)
    remedy_sv, remedy_en = _pair(source.remedies or constraint.root.remedies)
    return Result(
        focus=focus,
        shape=name,
        path=None if source.path is None else source.path.iri or str(source.path),
        value=None,
        severity=source.severity,
        message_sv=message_sv,
        message_en=message_en,
        remedy_sv=remedy_sv,
        remedy_en=remedy_en,
        component="SPARQL" if component == "sparql" else component[0].upper() + component[1:],
        detailed=False,
    )


def _messages(
    graph: rdflib.Graph,
    constraint: rdflib.term.Node | None,
    source: rdflib.term.Node,
    texts: list[str],
) -> dict[str, str]:
    """Return pySHACL's messages by language, the SPARQL constraint's own before those of the shape.

    pySHACL leaves the language out where it fills a variable in, so each text is found by its template.
    """
    for holder in (constraint, source):
        templates = _by_language(graph.objects(holder, SH.message)) if holder is not None else {}
        found = {
            language: text
            for language, template in templates.items()
            for text in texts
            if _template(template).fullmatch(text)
        }
        if found:
            return found
    return {"": "; ".join(sorted(texts))}


def _template(message: str) -> re.Pattern[str]:
    parts = re.split(r"\{[?$]\w+\}", message)
    return re.compile(".*?".join(re.escape(part) for part in parts), re.DOTALL)


def _component(node: rdflib.term.Node | None) -> str:
    return str(node or "").removeprefix(str(SH)).removesuffix("ConstraintComponent")


def _remedies(
    graph: rdflib.Graph, constraint: rdflib.term.Node | None, source: rdflib.term.Node
) -> dict[str, str]:
    """The nearest remedy: of the SPARQL constraint, of the shape, of the shape that holds it."""
    holders = [constraint, source, *graph.subjects(SH.property, source)]
    for holder in holders:
        found = _by_language(graph.objects(holder, REMEDY)) if holder is not None else {}
        if found:
            return found
    return {}


def _by_language(texts: Iterator[rdflib.term.Node]) -> dict[str, str]:
    return {
        (text.language or "").lower(): str(text)
        for text in sorted(texts, key=str)
        if isinstance(text, rdflib.Literal)
    }


def _pair(texts: dict[str, str]) -> tuple[str, str]:
    """Return the Swedish and the English text; the other, or the one without language, for a missing one."""
    plain = texts.get("", "")
    swedish = texts.get("sv") or plain or texts.get("en", "")
    english = texts.get("en") or plain or texts.get("sv", "")
    return swedish, english


def _text(node: rdflib.term.Node | None) -> str | None:
    if node is None:
        return None
    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def _path(report: rdflib.Graph, node: rdflib.term.Node | None) -> str | None:
    if node is None or isinstance(node, rdflib.URIRef):
        return None if node is None else str(node)
    try:
        return str(read_path(report, node))
    except NotCompiledError:
        return str(node)
