"""Axioms in words that a reader of ontologies knows, after the OWL 2 Manchester Syntax (W3C Note, 2012)."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from ecograph.model.namespaces import shorten
from ecograph.reasoning.axioms import Axiom

_BETWEEN: dict[Node, str] = {
    RDFS.subClassOf: "SubClassOf",
    RDFS.subPropertyOf: "SubPropertyOf",
    RDFS.domain: "Domain",
    RDFS.range: "Range",
    OWL.equivalentClass: "EquivalentTo",
    OWL.equivalentProperty: "EquivalentTo",
    OWL.disjointWith: "DisjointWith",
    OWL.propertyDisjointWith: "DisjointWith",
    OWL.disjointUnionOf: "DisjointUnionOf",
    OWL.inverseOf: "InverseOf",
    OWL.sameAs: "SameAs",
    OWL.differentFrom: "DifferentFrom",
    RDF.type: "Type",
}
_FILLED = {OWL.someValuesFrom: "some", OWL.allValuesFrom: "only", OWL.hasValue: "value"}
_COUNTED = {
    OWL.minCardinality: "min", OWL.maxCardinality: "max", OWL.cardinality: "exactly",
    OWL.minQualifiedCardinality: "min", OWL.maxQualifiedCardinality: "max",
    OWL.qualifiedCardinality: "exactly",
}  # fmt: skip
_GROUPS: dict[Node, str] = {
    OWL.AllDisjointClasses: "DisjointClasses", OWL.AllDisjointProperties: "DisjointProperties",
    OWL.AllDifferent: "DifferentIndividuals",
}  # fmt: skip


def sentence(axiom: Axiom, graph: Graph) -> str:
    """Return an axiom as one line, such as ``eco:Company DisjointWith eco:PublicAuthority``."""
    subject, predicate, value = axiom.head
    if predicate == RDF.type and value in _GROUPS:
        members = graph.value(subject, OWL.members) or graph.value(subject, OWL.distinctMembers)
        return f"{_GROUPS[value]}: {', '.join(expression(each, graph) for each in _items(graph, members))}"
    if predicate == RDF.type and value == OWL.NegativePropertyAssertion:
        parts = [graph.value(subject, p) for p in (OWL.sourceIndividual, OWL.assertionProperty)]
        target = graph.value(subject, OWL.targetIndividual) or graph.value(subject, OWL.targetValue)
        return f"not: {' '.join(expression(each, graph) for each in (*parts, target))}"
    if predicate == RDF.type and str(value).startswith(str(OWL)) and str(value).endswith("Property"):
        return f"{expression(subject, graph)} Characteristics: {str(value)[len(str(OWL)) : -len('Property')]}"
    if predicate == OWL.propertyChainAxiom:
        chain = " o ".join(expression(each, graph) for each in _items(graph, value))
        return f"{chain} SubPropertyOf {expression(subject, graph)}"
    if predicate == OWL.hasKey:
        keys = ", ".join(expression(each, graph) for each in _items(graph, value))
        return f"{expression(subject, graph)} HasKey: {keys}"
    word = _BETWEEN.get(predicate) or name(predicate, graph)
    return f"{expression(subject, graph)} {word} {expression(value, graph)}"


def expression(node: Node | None, graph: Graph) -> str:
    """Return a class or property expression in words; a named term by its short name."""
    if not isinstance(node, BNode):
        return name(node, graph)
    for joined, word in ((OWL.intersectionOf, " and "), (OWL.unionOf, " or ")):
        if (operands := graph.value(node, joined)) is not None:
            return f"({word.join(expression(each, graph) for each in _items(graph, operands))})"
    if (members := graph.value(node, OWL.oneOf)) is not None:
        return "{" + ", ".join(expression(each, graph) for each in _items(graph, members)) + "}"
    if (operand := graph.value(node, OWL.complementOf)) is not None:
        return f"not {expression(operand, graph)}"
    if (inverse := graph.value(node, OWL.inverseOf)) is not None:
        return f"inverse {expression(inverse, graph)}"
    if (prop := graph.value(node, OWL.onProperty)) is not None:
        return f"({expression(prop, graph)} {_restricted(node, graph)})"
    if (node, RDF.first, None) in graph:
        return ", ".join(expression(each, graph) for each in _items(graph, node))
    return f"_:{node}"


def _restricted(node: BNode, graph: Graph) -> str:
    for predicate, word in _FILLED.items():
        if (filler := graph.value(node, predicate)) is not None:
            return f"{word} {expression(filler, graph)}"
    for predicate, word in _COUNTED.items():
        if (number := graph.value(node, predicate)) is not None:
            filler = graph.value(node, OWL.onClass) or graph.value(node, OWL.onDataRange)
            return f"{word} {number}" + (f" {expression(filler, graph)}" if filler is not None else "")
    return "Self" if graph.value(node, OWL.hasSelf) is not None else "?"


def _items(graph: Graph, head: Node | None) -> list[Node]:
    return list(Collection(graph, head)) if head is not None else []


def name(node: Node | None, graph: Graph) -> str:
    """Return a term as short as can be without doubt: prefixed name, address in brackets, or literal."""
    if isinstance(node, Literal):
        return node.n3(graph.namespace_manager)
    if node is None:
        return "?"
    short = shorten(str(node))
    if short != str(node):
        return short
    spaces = ((str(space), prefix) for prefix, space in graph.namespaces())
    fitting = [pair for pair in spaces if str(node).startswith(pair[0])]
    space, prefix = max(fitting, default=("", ""))
    return f"{prefix}:{str(node)[len(space) :]}" if space else f"<{node}>"
