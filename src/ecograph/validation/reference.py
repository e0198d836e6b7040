"""The shapes as a reader looks them up: fields and rules of each class, and what is said when one fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import rdflib
from rdflib import RDFS, SH
from rdflib.collection import Collection

from ecograph.model.namespaces import shorten
from ecograph.validation.shapes import CONSTRAINTS, REMEDY, load_shapes

_SHOWN_FIRST = ("minCount", "maxCount", "datatype", "class", "nodeKind", "in", "pattern")


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape of a class: a field (`path` is its property) or a rule on the whole thing (no `path`)."""

    name: dict[str, str]
    path: str | None
    limits: tuple[str, ...]
    severity: str
    message: dict[str, str]
    remedy: dict[str, str]


def shapes_by_class() -> dict[str, list[Rule]]:
    """Return the rules of every class that a shape targets (by IRI), fields first, in the order of forms."""
    graph = load_shapes().graph
    found: dict[str, list[tuple[float, Rule]]] = {}
    targeted = {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf)}
    for shape in sorted(targeted, key=str):
        rows = [(_order(graph, field), _rule(graph, field)) for field in graph.objects(shape, SH.property)]
        if graph.value(shape, SH.message) is not None:
            rows.append((1000.0, _rule(graph, shape)))
        # a rule that only the bearers of a property are held to names the shape that it belongs with
        holders = [shape, *graph.objects(shape, RDFS.seeAlso)]
        for kind in {kind for holder in holders for kind in graph.objects(holder, SH.targetClass)}:
            found.setdefault(str(kind), []).extend(rows)
    return {
        kind: [
            rule
            for _, rule in sorted(
                rows, key=lambda row: (row[0], row[1].name.get("en", ""), row[1].path or "")
            )
        ]
        for kind, rows in sorted(found.items())
    }


def _order(graph: rdflib.Graph, field: rdflib.term.Node) -> float:
    return float(str(graph.value(field, SH.order) or 999))


def _rule(graph: rdflib.Graph, shape: rdflib.term.Node) -> Rule:
    path = graph.value(shape, SH.path)
    severity = str(graph.value(shape, SH.severity) or SH.Violation).rpartition("#")[2].lower()
    return Rule(
        name=_texts(graph, shape, SH.name) or {"sv": _local(shape), "en": _local(shape)},
        path=_path(graph, path),
        limits=tuple(_limits(graph, shape)),
        severity=severity,
        message=_texts(graph, shape, SH.message),
        remedy=_texts(graph, shape, REMEDY),
    )


def _local(shape: rdflib.term.Node) -> str:
    return str(shape).rpartition("#")[2]


def _path(graph: rdflib.Graph, path: rdflib.term.Node | None) -> str | None:
    if path is None:
        return None
    if isinstance(path, rdflib.BNode):
        inverse = graph.value(path, SH.inversePath)
        return f"^{shorten(str(inverse))}" if inverse is not None else "…"
    return shorten(str(path))


def _texts(graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.URIRef) -> dict[str, str]:
    values = (value for value in graph.objects(node, predicate) if isinstance(value, rdflib.Literal))
    return {value.language: str(value) for value in values if value.language}


def _limits(graph: rdflib.Graph, shape: rdflib.term.Node) -> Iterator[str]:
    others = sorted(CONSTRAINTS - set(_SHOWN_FIRST) - {"property"})
    for kind in (*_SHOWN_FIRST, *others):
        for value in sorted(graph.objects(shape, SH[kind]), key=str):
            if kind == "sparql":
                yield "SPARQL"
            elif (value, rdflib.RDF.first, None) in graph:
                items = [shorten(str(item)) for item in Collection(graph, value)]
                yield f"{kind} {', '.join(item.rpartition('/')[2] for item in items)}"
            else:
                yield f"{kind} {shorten(str(value))}"
