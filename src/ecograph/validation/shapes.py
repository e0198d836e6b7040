"""The shapes as typed objects: targets, paths, constraints, messages and remedies in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path as FilePath
from typing import Literal

import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.collection import Collection

from ecograph.config import resource
from ecograph.model.namespaces import ECO
from ecograph.tables.batch import Severity
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.paths import Path, read_path

TargetKind = Literal["class", "node", "subjectsOf", "objectsOf"]

REMEDY = rdflib.URIRef(ECO + "remedy")

_TARGETS: dict[rdflib.URIRef, TargetKind] = {
    SH.targetClass: "class",
    SH.targetNode: "node",
    SH.targetSubjectsOf: "subjectsOf",
    SH.targetObjectsOf: "objectsOf",
}
_LISTS = {"in", "languageIn", "and", "or", "xone"}
_NESTED_LISTS = {"and", "or", "xone"}
_NESTED = {"not", "node", "property", "qualifiedValueShape"}
_VALUES = {
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "minLength", "maxLength", "pattern", "uniqueLang", "equals", "disjoint", "lessThan",
    "lessThanOrEquals", "hasValue", "closed", "sparql",
}  # fmt: skip
CONSTRAINTS = frozenset(_LISTS | _NESTED | _VALUES)
"""The parameters of SHACL Core and SHACL-SPARQL that state a constraint, without their prefix."""
_SILENT = {
    "path", "name", "description", "order", "group", "defaultValue", "message", "severity", "deactivated",
    "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "flags", "ignoredProperties",
    "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "declare", "prefixes", "rule",
    "select",
}  # fmt: skip
_SEVERITIES: dict[rdflib.term.Node, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


@dataclass(frozen=True, slots=True)
class Target:
    """One target declaration: the class, node or property that it names."""

    kind: TargetKind
    node: rdflib.term.Node


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape: `kind` is its parameter (``minCount``), `values` the value or list.

    For constraints by shape (``and``, ``or``, ``xone``, ``not``, ``node``, ``property``,
    ``qualifiedValueShape``) the values are the nodes of those shapes.
    """

    kind: str
    values: tuple[rdflib.term.Node, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape (no path) or property shape."""

    node: rdflib.term.Node
    path: Path | None
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    severity: Severity
    deactivated: bool
    messages: dict[str, str] = field(hash=False)
    """`sh:message` by language; ``""`` for one without language."""
    remedies: dict[str, str] = field(hash=False)
    """`eco:remedy` by language."""
    names: dict[str, str] = field(hash=False)
    unknown: tuple[str, ...] = ()
    """Predicates of the shape that may state a constraint and that this reading does not know."""


class Shapes:
    """The shapes of a shapes graph."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = graph
        self._read: dict[rdflib.term.Node, Shape] = {}

    def shape(self, node: rdflib.term.Node) -> Shape:
        """Return the shape that `node` stands for; a node without any statement is a shape that all fit.

        Raises
        ------
        NotCompiledError: when its path is not well-formed.
        """
        if node not in self._read:
            self._read[node] = _read_shape(self.graph, node, self._parameters)
        return self._read[node]

    @cached_property
    def _parameters(self) -> frozenset[rdflib.term.Node]:
        """The predicates that custom constraint components of this graph (SHACL §6.2) are stated with."""
        components = self.graph.subjects(SH.parameter, None)
        return frozenset(
            path
            for component in components
            for parameter in self.graph.objects(component, SH.parameter)
            for path in self.graph.objects(parameter, SH.path)
        )

    @cached_property
    def target_nodes(self) -> list[rdflib.term.Node]:
        """The nodes of all shapes with a target, sorted; deactivated ones are left out."""
        nodes = {node for property_ in _TARGETS for node in self.graph.subjects(property_, None)}
        nodes |= set(self.graph.subjects(SH.target, None))
        nodes |= set(_class_shapes(self.graph))
        active = (node for node in nodes if not _flag(self.graph, node, SH.deactivated))
        return sorted(active, key=str)

    def name(self, node: rdflib.term.Node) -> str:
        """Return a shape's IRI; of a blank property shape the name of the shape that holds it and its path.

        So that reports of equal data are equal, whatever labels the blank nodes have.
        """
        if not isinstance(node, rdflib.BNode):
            return str(node)
        holder = min(
            (self.name(one) for one in self.graph.subjects(SH.property, node) if one != node), default=""
        )
        try:
            path = self.shape(node).path
        except NotCompiledError:
            path = None
        own = (path.iri or str(path)) if path is not None else "-"
        return f"{holder} {own}".strip()


def _class_shapes(graph: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    for kind in (SH.NodeShape, SH.PropertyShape):
        for node in graph.subjects(RDF.type, kind):
            if (node, RDF.type, RDFS.Class) in graph or (node, RDF.type, OWL.Class) in graph:
                yield node


def _flag(graph: rdflib.Graph, node: rdflib.term.Node, property_: rdflib.URIRef) -> bool:
    return any(
        isinstance(value, rdflib.Literal) and value.value is True for value in graph.objects(node, property_)
    )


def _texts(graph: rdflib.Graph, node: rdflib.term.Node, property_: rdflib.URIRef) -> dict[str, str]:
    return {
        (value.language or "").lower(): str(value)
        for value in sorted(graph.objects(node, property_), key=str)
        if isinstance(value, rdflib.Literal)
    }


def _read_shape(
    graph: rdflib.Graph, node: rdflib.term.Node, parameters: frozenset[rdflib.term.Node]
) -> Shape:
    targets = [
        Target(kind, value)
        for property_, kind in _TARGETS.items()
        for value in sorted(graph.objects(node, property_), key=str)
    ]
    if node in set(_class_shapes(graph)):
        targets.append(Target("class", node))
    constraints: list[Constraint] = []
    unknown: list[str] = []
    for property_ in sorted(set(graph.predicates(node)), key=str):
        local = str(property_).removeprefix(str(SH))
        if property_ in parameters or (_is_shacl(property_) and local not in CONSTRAINTS | _SILENT):
            unknown.append(str(property_))
            continue
        if not _is_shacl(property_) or local not in CONSTRAINTS:
            continue
        for value in sorted(graph.objects(node, property_), key=str):
            values = tuple(Collection(graph, value)) if local in _LISTS else (value,)
            constraints.append(Constraint(local, values))
    path = graph.value(node, SH.path)
    return Shape(
        node=node,
        path=None if path is None else read_path(graph, path),
        targets=tuple(targets),
        constraints=tuple(constraints),
        severity=_SEVERITIES.get(graph.value(node, SH.severity) or SH.Violation, "violation"),
        deactivated=_flag(graph, node, SH.deactivated),
        messages=_texts(graph, node, SH.message),
        remedies=_texts(graph, node, REMEDY),
        names=_texts(graph, node, SH.name),
        unknown=tuple(unknown),
    )


def nested_nodes(constraint: Constraint) -> tuple[rdflib.term.Node, ...]:
    """Return the nodes of the shapes that a constraint refers to; none for a constraint on values."""
    return constraint.values if constraint.kind in _NESTED | _NESTED_LISTS else ()


def read_shapes(*paths: FilePath) -> Shapes:
    """Read shapes from Turtle files, or from all ``*.ttl`` of directories."""
    graph = rdflib.Graph()
    for path in paths:
        for file in sorted(path.glob("*.ttl")) if path.is_dir() else [path]:
            graph.parse(file, format="turtle")
    return Shapes(graph)


@lru_cache(maxsize=1)
def load_shapes() -> Shapes:
    """Return the shapes that ecograph carries; read once a process."""
    return read_shapes(resource("shapes"))


def _is_shacl(property_: rdflib.term.Node) -> bool:
    return str(property_).startswith(str(SH))
