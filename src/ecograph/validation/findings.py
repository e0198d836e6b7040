"""Findings made of a report: each result with the file, sheet, row and column that its node was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import polars as pl

from ecograph.errors import Place
from ecograph.model.namespaces import expand, shorten
from ecograph.store.graph import BlankNode, Graph, NamedNode
from ecograph.tables.batch import Finding
from ecograph.tables.canonical import TABLES
from ecograph.validation.gate import Report
from ecograph.validation.masking import masked
from ecograph.validation.results import Result

_NAMES = {"organisations": "name", "projects": "title"}

Origins = Callable[[str], list[Place]] | pl.DataFrame
"""Where a node was read: by its IRI, or a frame of subject, file, sheet, row, source."""


def findings_of(
    graph: Graph, report: Report, origins: Origins, losses: Mapping[str, str | None] | None = None
) -> list[Finding]:
    """Return a finding for each result and each place its node was read from; nothing is taken out.

    `losses` names nodes that leave with another (`quarantine.leaving`); each becomes a finding of its own.
    A node whose origin is not known has its source, or its graph's name, as the file.
    """
    hanging = {subject: cause for subject, cause in (losses or {}).items() if cause is not None}
    located = _locate(graph, {result.focus for result in report.results} | set(hanging), origins)
    findings = [finding for result in report.results for finding in _of_result(result, located[result.focus])]
    for subject, cause in hanging.items():
        findings.extend(_of_loss(subject, cause, _reference(graph, subject, cause), located[subject]))
    return findings


def node_of(text: str) -> NamedNode | BlankNode | None:
    """Return the node that a report names; None for a literal."""
    if text.startswith("_:"):
        return BlankNode(text[2:])
    try:
        return NamedNode(text)
    except ValueError:
        return None


def _locate(graph: Graph, subjects: set[str], origins: Origins) -> dict[str, list[tuple[str, Place]]]:
    located: dict[str, list[tuple[str, Place]]] = {subject: [] for subject in subjects}
    if isinstance(origins, pl.DataFrame):
        for row in origins.filter(pl.col("subject").is_in(list(subjects))).iter_rows(named=True):
            place = Place(row["file"], row["sheet"] or None, row["row"])
            located[row["subject"]].append((row["source"], place))
    else:
        for subject in subjects:
            source = _source(graph, subject)
            located[subject] = [(source, place) for place in origins(subject)]
    for subject, places in located.items():
        if not places:
            source = _source(graph, subject)
            places.append((source, Place(source)))
    return located


def _source(graph: Graph, subject: str) -> str:
    """Return the source whose named graph speaks of a node, or the graph's own name."""
    node = node_of(subject)
    if node is None:
        return ""
    names = sorted(
        {quad.graph_name.value for quad in graph.quads(node) if isinstance(quad.graph_name, NamedNode)}
    )
    for name in names:
        _, found, rest = name.partition("/graph/source/")
        if found:
            return rest.split("/")[0]
    return names[0] if names else ""


def column_of(subject: str, path: str | None) -> str | None:
    """Return the column of the canonical table that a node and a property of it were written from."""
    if path is None:
        return None
    _, _, local = subject.partition("/id/")
    for table in TABLES.values():
        if local.startswith(f"{table.path}/"):
            for column in table.columns:
                if column.property and expand(column.property) == path:
                    return column.name
            # a label that is chosen among names is mended in the first column of names
            if path == expand("skos:prefLabel"):
                return _NAMES.get(table.name)
    return None


def _of_result(result: Result, places: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    column = column_of(result.focus, result.path)
    record = {"node": masked(result.focus)}
    if result.value is not None:
        record["value"] = masked(result.value)
    code = result.component + (f" {shorten(result.path)}" if result.path else "")
    for source, place in places:
        yield Finding(
            source=source,
            place=Place(place.file, place.sheet, place.row, column or place.column),
            severity=result.severity,
            code=code,
            message_sv=masked(result.message_sv),
            message_en=masked(result.message_en),
            remedy_sv=result.remedy_sv,
            remedy_en=result.remedy_en,
            record=record,
        )


def _reference(graph: Graph, subject: str, cause: str) -> str | None:
    """Return the column in which a node refers to another."""
    one, other = node_of(subject), node_of(cause)
    if one is None or other is None:
        return None
    columns = (column_of(subject, quad.predicate.value) for quad in graph.quads(one, None, other))
    return next((column for column in columns if column), None)


def _local(node: str) -> str:
    """Return a node as a steward knows it: table path and key, without the address before them."""
    return masked(node.partition("/id/")[2] or node)


def _of_loss(
    subject: str, cause: str, column: str | None, places: Iterable[tuple[str, Place]]
) -> Iterator[Finding]:
    for source, place in places:
        yield Finding(
            source=source,
            place=Place(place.file, place.sheet, place.row, column or place.column),
            severity="violation",
            code="hangs-on-quarantined",
            message_sv=f"Posten hör till {_local(cause)}, som står i karantän.",
            message_en=f"The record belongs to {_local(cause)}, which is in quarantine.",
            remedy_sv="Rätta den posten, så läses även denna in.",
            remedy_en="Correct that record, and this one will be loaded as well.",
            record={"node": masked(subject), "belongs_to": masked(cause)},
        )


def counts(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """Return for each source the number of findings by severity, and of `rows` in quarantine.

    A row counts once, however many constraints it violates.
    """
    by_source: dict[str, Counter[str]] = {}
    rows: set[tuple[str, Place | str]] = set()
    for finding in findings:
        counter = by_source.setdefault(finding.source, Counter())
        counter[finding.severity] += 1
        if finding.severity == "violation":
            place = finding.place
            row: Place | str = Place(place.file, place.sheet, place.row)
            if place.row is None:
                row = finding.record.get("node", str(place))
            if (finding.source, row) not in rows:
                rows.add((finding.source, row))
                counter["rows"] += 1
    return {source: dict(counter) for source, counter in sorted(by_source.items())}
