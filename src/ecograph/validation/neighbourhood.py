"""The part of a graph that shapes can reach from given nodes, as a small rdflib graph.

Why it is enough: a shape reads the data only through its targets, the paths of its property shapes,
the types and superclasses of values, the properties that it compares with, all statements about a value
(closed shapes), and the patterns of its SPARQL constraints. Each of these is walked here from the given
nodes, through nested shapes, without regard to whether a constraint is met. So validation of these nodes
reads the same statements in the neighbourhood as in the whole. Other nodes may be there in part only:
a report about the neighbourhood holds for the given nodes alone.
"""

from __future__ import annotations

from collections.abc import Iterable

import rdflib

from ecograph.model.namespaces import PREFIXES
from ecograph.store.graph import BlankNode, Graph, NamedNode, Term
from ecograph.validation import sparql_reach
from ecograph.validation.compile_logic import siblings
from ecograph.validation.compile_sparql import query_text
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.paths import Path, predicate
from ecograph.validation.shapes import Shape, Shapes, nested_nodes
from ecograph.validation.terms import to_rdflib

_TYPE = predicate(PREFIXES["rdf"] + "type")
_SUPERCLASSES = Path("zeroOrMore", parts=(predicate(PREFIXES["rdfs"] + "subClassOf"),))
_PAIRS = {"equals", "disjoint", "lessThan", "lessThanOrEquals"}


class Neighbourhood:
    """Gathers statements of `graph` into `found`, an rdflib graph."""

    def __init__(self, graph: Graph, shapes: Shapes) -> None:
        self.found = rdflib.Graph()
        self._graph = graph
        self._shapes = shapes
        self._typed: set[Term] = set()

    def walk(self, path: Path, nodes: Iterable[Term]) -> set[Term]:
        """Return the nodes at the ends of a path from `nodes`; the statements passed are gathered."""
        if path.kind in ("predicate", "any"):
            return self._forward(NamedNode(path.iri) if path.iri else None, nodes)
        if path.kind == "inverse":
            inner = path.parts[0]
            if inner.kind in ("predicate", "any"):
                return self._backward(NamedNode(inner.iri) if inner.iri else None, nodes)
            return self.walk(inner.reversed(), nodes)
        if path.kind == "sequence":
            reached = set(nodes)
            for part in path.parts:
                reached = self.walk(part, reached)
            return reached
        if path.kind == "alternative":
            start = set(nodes)
            return {node for part in path.parts for node in self.walk(part, start)}
        return self._repeat(path, set(nodes))

    def all_of(self, iri: str | None, end: Term | None = None) -> tuple[set[Term], set[Term]]:
        """Gather all statements of a property (and object) and return their subjects and objects."""
        subjects: set[Term] = set()
        objects: set[Term] = set()
        for quad in self._graph.quads(None, NamedNode(iri) if iri else None, end):
            self._keep(quad.subject, quad.predicate, quad.object)
            subjects.add(quad.subject)
            objects.add(quad.object)
        return subjects, objects

    def reach(self, shape: Shape, nodes: set[Term]) -> None:
        """Gather what a shape reads when it is applied to `nodes`.

        Raises
        ------
        NotCompiledError: when what it reads has no bound (a custom component, a SPARQL constraint that
            reads named graphs); then only the whole graph will do.
        """
        if shape.deactivated or not nodes:
            return
        if shape.unknown:
            raise NotCompiledError(f"what it reads is not known: {', '.join(shape.unknown)}")
        values = nodes if shape.path is None else self.walk(shape.path, nodes)
        for constraint in shape.constraints:
            if constraint.kind == "class":
                self._types(values)
            elif constraint.kind in _PAIRS:
                self.walk(predicate(str(constraint.values[0])), nodes)
            elif constraint.kind == "closed":
                self._forward(None, values)
            elif constraint.kind == "sparql":
                text = query_text(
                    self._shapes.graph, constraint.values[0], None if shape.path is None else str(shape.path)
                )
                sparql_reach.gather(text, nodes, self)
            for node in nested_nodes(constraint):
                self.reach(self._shapes.shape(node), values)
            if constraint.kind == "qualifiedValueShape":
                for node in siblings(self._shapes.graph, shape.node):
                    self.reach(self._shapes.shape(node), values)

    def _types(self, nodes: Iterable[Term]) -> None:
        fresh = set(nodes) - self._typed
        self._typed |= fresh
        self.walk(_SUPERCLASSES, self.walk(_TYPE, fresh))

    def _keep(self, subject: Term, property_: NamedNode, object_: Term) -> None:
        self.found.add((to_rdflib(subject), rdflib.URIRef(property_.value), to_rdflib(object_)))

    def _forward(self, property_: NamedNode | None, nodes: Iterable[Term]) -> set[Term]:
        reached: set[Term] = set()
        for node in nodes:
            if not isinstance(node, NamedNode | BlankNode):
                continue
            for quad in self._graph.quads(node, property_):
                self._keep(node, quad.predicate, quad.object)
                reached.add(quad.object)
        return reached

    def _backward(self, property_: NamedNode | None, nodes: Iterable[Term]) -> set[Term]:
        reached: set[Term] = set()
        for node in nodes:
            for quad in self._graph.quads(None, property_, node):
                self._keep(quad.subject, quad.predicate, node)
                reached.add(quad.subject)
        return reached

    def _repeat(self, path: Path, start: set[Term]) -> set[Term]:
        step = path.parts[0]
        once = self.walk(step, start)
        if path.kind == "zeroOrOne":
            return start | once
        reached, edge = set(once), once
        while edge:
            edge = self.walk(step, edge) - reached
            reached |= edge
        return reached if path.kind == "oneOrMore" else reached | start


def extract(graph: Graph, shapes: Shapes, wanted: Iterable[tuple[Shape, set[Term]]]) -> rdflib.Graph:
    """Return the statements that each shape can reach from its nodes.

    Raises
    ------
    NotCompiledError: when a shape's reach has no bound.
    """
    neighbourhood = Neighbourhood(graph, shapes)
    for shape, nodes in wanted:
        neighbourhood.reach(shape, nodes)
    return neighbourhood.found


def whole(graph: Graph) -> rdflib.Graph:
    """Return the union of all named graphs as an rdflib graph, for shapes whose reach has no bound."""
    neighbourhood = Neighbourhood(graph, Shapes(rdflib.Graph()))
    neighbourhood.all_of(None)
    return neighbourhood.found
