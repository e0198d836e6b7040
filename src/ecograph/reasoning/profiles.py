"""Which axioms of an ontology are outside a profile: OWL 2 DL by the OWL API, OWL 2 RL by the tables of W3C.

RL: OWL 2 Web Ontology Language Profiles (W3C Recommendation, 2012), section 4.2, read over the triples of an
axiom. DL: the checker of the OWL API (Horridge & Bechhofer, 2011, Semantic Web 2:11-21), whose global rules
(simple properties, regular hierarchies, typing) are too many to write again.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.term import Node

from ecograph.reasoning import java
from ecograph.reasoning.axioms import KNOWN_DATATYPES, Axiom, Ontology

_DL_HEADING = "OWL 2 DL violations found"
_NOT_RL_DATATYPES = {OWL.real, OWL.rational}


def outside_dl(ontology: Ontology, seconds: float = 60) -> list[str]:
    """Return what is outside OWL 2 DL, a sentence each, in the words of the OWL API."""
    found = [f"Datatype outside the OWL 2 datatype map: <{name}>" for name in sorted(ontology.mapped)]
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "ontology.nt"
        path.write_text(_without_headers(ontology), encoding="utf-8")
        options = ("lint", "--exclude-valid-punning", path.as_uri())
        out, problems = java.run(java.OWL_API, *options, seconds=seconds)
    if _DL_HEADING not in out and f"No {_DL_HEADING}" not in out:
        return [*found, f"The OWL API could not read the ontology: {' '.join(problems.split())[:200]}"]
    _, heading, after = out.partition(f"\n{_DL_HEADING}")
    lines = after.splitlines()[1:] if heading else []
    violations = lines[: lines.index("")] if "" in lines else lines
    return found + sorted({line.rpartition(" in OntologyID(")[0] or line for line in violations})


def _without_headers(ontology: Ontology) -> str:
    """Return the whole ontology as one, without the headers of its files, as N-Triples."""
    graph = Graph()
    headers = set(ontology.graph.subjects(RDF.type, OWL.Ontology))
    graph += (triple for triple in ontology.graph if triple[0] not in headers)
    return str(graph.serialize(format="nt"))


def outside_rl(ontology: Ontology) -> list[Axiom]:
    """Return the axioms that OWL 2 RL does not allow."""
    reader = _RlReader(ontology.graph)
    return [axiom for axiom in ontology.axioms if not reader.allows(axiom)]


class _RlReader:
    """The productions of section 4.2, each a method that says whether an expression fits it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def allows(self, axiom: Axiom) -> bool:
        subject, predicate, value = axiom.head
        if predicate == RDFS.subClassOf:
            return self.sub(subject) and self.wide(value)
        if predicate == OWL.equivalentClass:
            if (subject, RDF.type, RDFS.Datatype) in self.graph:
                return self.data_range(value)
            return self.equivalent(subject) and self.equivalent(value)
        if predicate == OWL.disjointWith:
            return self.sub(subject) and self.sub(value)
        if predicate in {OWL.disjointUnionOf, OWL.unionOf, OWL.intersectionOf, OWL.complementOf, OWL.oneOf}:
            return False
        if predicate == RDFS.domain:
            return self.wide(value)
        if predicate == RDFS.range:
            return self.data_range(value) if self._is_data(subject) else self.wide(value)
        if predicate == OWL.hasKey:
            return self.sub(subject)
        if predicate == RDF.type:
            return self._allows_type(subject, value)
        return True

    def _allows_type(self, subject: Node, value: Node) -> bool:
        if value == OWL.AllDisjointClasses:
            return all(self.sub(each) for each in self._list(self.graph.value(subject, OWL.members)))
        if value == OWL.ReflexiveProperty:
            return False
        return str(value).startswith(str(OWL)) or self.wide(value)

    def _is_data(self, prop: Node) -> bool:
        return (prop, RDF.type, OWL.DatatypeProperty) in self.graph

    def _list(self, head: Node | None) -> list[Node]:
        return list(Collection(self.graph, head)) if head is not None else []

    def _class(self, node: Node) -> bool:
        return not isinstance(node, BNode) and node != OWL.Thing

    def _filled(self, node: Node) -> bool:
        return self.graph.value(node, OWL.hasValue) is not None

    def sub(self, node: Node) -> bool:
        """subClassExpression"""
        if not isinstance(node, BNode):
            return self._class(node)
        for joined in (OWL.intersectionOf, OWL.unionOf):
            if (operands := self.graph.value(node, joined)) is not None:
                return all(self.sub(each) for each in self._list(operands))
        if (filler := self.graph.value(node, OWL.someValuesFrom)) is not None:
            if self._is_data(self.graph.value(node, OWL.onProperty) or node):
                return self.data_range(filler)
            return filler == OWL.Thing or self.sub(filler)
        return self._filled(node) or self.graph.value(node, OWL.oneOf) is not None

    def wide(self, node: Node) -> bool:
        """superClassExpression"""
        if not isinstance(node, BNode):
            return self._class(node)
        if (operands := self.graph.value(node, OWL.intersectionOf)) is not None:
            return all(self.wide(each) for each in self._list(operands))
        if (operand := self.graph.value(node, OWL.complementOf)) is not None:
            return self.sub(operand)
        if (filler := self.graph.value(node, OWL.allValuesFrom)) is not None:
            data = self._is_data(self.graph.value(node, OWL.onProperty) or node)
            return self.data_range(filler) if data else self.wide(filler)
        for counted in (OWL.maxCardinality, OWL.maxQualifiedCardinality):
            number = self.graph.value(node, counted)
            if isinstance(number, Literal):
                filler = self.graph.value(node, OWL.onClass)
                return int(number) <= 1 and (filler in {None, OWL.Thing} or self.sub(filler or node))
        return self._filled(node)

    def equivalent(self, node: Node) -> bool:
        """equivClassExpression"""
        if not isinstance(node, BNode):
            return self._class(node)
        if (operands := self.graph.value(node, OWL.intersectionOf)) is not None:
            return all(self.equivalent(each) for each in self._list(operands))
        return self._filled(node)

    def data_range(self, node: Node) -> bool:
        """DataRange"""
        if (operands := self.graph.value(node, OWL.intersectionOf)) is not None:
            return all(self.data_range(each) for each in self._list(operands))
        if isinstance(node, BNode) or node in _NOT_RL_DATATYPES:
            return False
        return str(node) in KNOWN_DATATYPES
