"""Quarantine: take the nodes in violation, and what hangs on them, out of the graph and say why.

A node hangs on another when a reference that its table requires (`tables.canonical`) points there: without
the project a participation says nothing. A reference that may be absent is only cut.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from ecograph.model.namespaces import PREFIXES, expand
from ecograph.store.graph import BlankNode, Graph, MemoryGraph, NamedNode, Quad
from ecograph.tables.batch import Finding
from ecograph.tables.canonical import TABLES
from ecograph.validation.findings import Origins, counts, findings_of, node_of
from ecograph.validation.gate import Report
from ecograph.validation.scope import Classes

__all__ = ["counts", "leaving", "quarantine", "required_references", "write_quarantine_csv"]

_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_COLUMNS = (
    "source", "file", "sheet", "row", "column", "severity", "code", "message_sv", "message_en",
    "remedy_sv", "remedy_en", "record",
)  # fmt: skip


def required_references() -> list[tuple[str, str]]:
    """Return class and property (IRIs) of every reference that a canonical table requires."""
    return [
        (expand(table.rdf_class), expand(column.property))
        for table in TABLES.values()
        for column in table.columns
        if column.kind == "ref" and column.required and column.property
    ]


def leaving(graph: Graph, report: Report) -> dict[str, str | None]:
    """Return the nodes that must leave, each with the node that it hangs on; None where itself at fault.

    Nodes at fault are the focus nodes of results of severity violation.
    """
    classes = Classes.of(graph)
    references = [
        (frozenset(classes.closure(class_)), NamedNode(property_))
        for class_, property_ in required_references()
    ]
    out: dict[str, str | None] = {result.focus: None for result in report.of("violation")}
    waiting = list(out)
    while waiting:
        cause = waiting.pop()
        for subject in _hanging(graph, cause, references):
            if subject not in out:
                out[subject] = cause
                waiting.append(subject)
    return out


def _hanging(graph: Graph, cause: str, references: list[tuple[frozenset[str], NamedNode]]) -> Iterator[str]:
    node = node_of(cause)
    if node is None:
        return
    for classes, property_ in references:
        for quad in graph.quads(None, property_, node):
            if isinstance(quad.subject, NamedNode) and _is_a(graph, quad.subject, classes):
                yield quad.subject.value


def _is_a(graph: Graph, node: NamedNode, classes: frozenset[str]) -> bool:
    return any(
        isinstance(quad.object, NamedNode) and quad.object.value in classes
        for quad in graph.quads(node, _TYPE)
    )


def quarantine(graph: MemoryGraph, report: Report, origins: Origins) -> list[Finding]:
    """Take the nodes that must leave out of the graph and return a finding for each result and each loss.

    All statements with such a node as subject or object go, in every named graph, and the blank nodes that
    only they led to. Results of severity warning and info take nothing out.
    """
    out = leaving(graph, report)
    findings = findings_of(graph, report, origins, out)
    for subject in out:
        node = node_of(subject)
        if node is not None:
            _take_out(graph, node)
    return findings


def _take_out(graph: MemoryGraph, node: NamedNode | BlankNode) -> None:
    statements: list[Quad] = list(graph.quads(node))
    graph.remove([*statements, *graph.quads(None, None, node)])
    for quad in statements:
        if isinstance(quad.object, BlankNode) and next(graph.quads(None, None, quad.object), None) is None:
            _take_out(graph, quad.object)


def write_quarantine_csv(path: Path, findings: Iterable[Finding]) -> None:
    """Write findings as CSV in UTF-8 with a byte order mark, so that a spreadsheet reads å, ä and ö."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for finding in findings:
            place = finding.place
            writer.writerow(
                (
                    finding.source, place.file, place.sheet or "", "" if place.row is None else place.row,
                    place.column or "", finding.severity, finding.code, finding.message_sv,
                    finding.message_en, finding.remedy_sv, finding.remedy_en,
                    json.dumps(finding.record, ensure_ascii=False, sort_keys=True),
                )
            )  # fmt: skip
