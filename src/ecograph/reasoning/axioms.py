"""An ontology as a list of axioms: the statements that belong together, apart from declarations and notes.

The reading of RDF as axioms is that of the W3C Recommendation OWL 2 Mapping to RDF Graphs (2012), as far as
it matters which triples belong to one axiom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ecograph.errors import EcographError, Place
from ecograph.model.namespaces import PREFIXES

Statement = tuple[Node, Node, Node]

DECLARATIONS = {
    OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual,
    OWL.Ontology, RDFS.Datatype, RDFS.Class, RDF.Property, OWL.Restriction, OWL.DataRange, RDF.List,
}  # fmt: skip
_GROUPED = {
    OWL.AllDisjointClasses, OWL.AllDisjointProperties, OWL.AllDifferent, OWL.NegativePropertyAssertion,
}  # fmt: skip
_LANGUAGE = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
_STRUCTURE = {OWL.Class, OWL.Restriction, OWL.DataRange, RDFS.Datatype, RDF.List}
_LOGICAL = {
    RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass,
    OWL.equivalentProperty, OWL.disjointWith, OWL.propertyDisjointWith, OWL.disjointUnionOf, OWL.inverseOf,
    OWL.propertyChainAxiom, OWL.hasKey, OWL.sameAs, OWL.differentFrom, OWL.unionOf, OWL.intersectionOf,
    OWL.complementOf, OWL.oneOf,
}  # fmt: skip
KNOWN_DATATYPES = {
    *(str(OWL[name]) for name in ("real", "rational")),
    *(str(RDF[name]) for name in ("PlainLiteral", "XMLLiteral", "langString")),
    str(RDFS.Literal),
    *(
        str(XSD[name])
        for name in (
            "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int"
            " short byte unsignedLong unsignedInt unsignedShort unsignedByte double float string token Name"
            " normalizedString language NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime"
            " dateTimeStamp"
        ).split()
    ),
}
"""The OWL 2 datatype map (OWL 2 Structural Specification, section 4): what HermiT can reason with."""


@dataclass(frozen=True, slots=True)
class Axiom:
    """One axiom: the statement that makes it, and all its statements with those of nested expressions."""

    head: Statement
    statements: tuple[Statement, ...]


def telling(node: Node) -> bool:
    """Whether a node is a term of its own, not one of the language that ontologies are written in."""
    return isinstance(node, URIRef) and not str(node).startswith(_LANGUAGE)


def names_of(axiom: Axiom) -> set[str]:
    """Return the names that an axiom is about."""
    return {str(node) for statement in axiom.statements for node in statement if telling(node)}


class Ontology:
    """The statements of an ontology, its axioms apart.

    Parameters
    ----------
    graph: the statements; of several files together.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.mapped = _mapped_datatypes(graph)

    @classmethod
    def of_files(cls, paths: Iterable[Path]) -> Ontology:
        """Read files (Turtle, RDF/XML, N-Triples, JSON-LD, by their suffix).

        Raises
        ------
        EcographError: when a file is missing or not RDF.
        """
        graph = Graph()
        for path in paths:
            try:
                graph.parse(path)
            except FileNotFoundError:
                raise EcographError(f"There is no file {path}.", remedy="Check the path.") from None
            except Exception as error:
                line = " ".join(str(error).split())[:300]
                raise EcographError(
                    f"The file cannot be read as RDF: {line}",
                    place=Place(str(path)),
                    remedy="Mend the syntax; the suffix tells the format (.ttl, .rdf, .owl, .nt, .jsonld).",
                ) from error
        return cls(graph)

    def entities(self, kind: URIRef) -> list[URIRef]:
        """Return the named terms declared to be of a kind such as owl:Class, sorted."""
        return sorted(term for term in set(self.graph.subjects(RDF.type, kind)) if isinstance(term, URIRef))

    @cached_property
    def properties(self) -> set[Node]:
        """The declared object and data properties."""
        kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
        return {prop for kind in kinds for prop in self.graph.subjects(RDF.type, kind)}

    @cached_property
    def declarations(self) -> list[Statement]:
        """What the named terms are: kept whatever axiom is left out."""
        return sorted(
            (s, p, o) for s, p, o in self.graph.triples((None, RDF.type, None))
            if isinstance(s, URIRef) and o in DECLARATIONS and o != OWL.Ontology
        )  # fmt: skip

    @cached_property
    def axioms(self) -> list[Axiom]:
        """The logical axioms in a fixed order; notes and declarations left out."""
        found = [
            Axiom((s, p, o), tuple(self._gather((s, p, o))))
            for s, p, o in self.graph
            if self._heads_axiom(s, p, o)
        ]
        return sorted(found, key=lambda axiom: [str(node) for node in axiom.head])

    def _heads_axiom(self, s: Node, p: Node, o: Node) -> bool:
        if p == RDF.type and o in DECLARATIONS:
            return False
        if isinstance(s, BNode):
            if o in _GROUPED and p == RDF.type:
                return True
            if self._is_structure(s):
                return p in {RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith}
            if _GROUPED & set(self.graph.objects(s, RDF.type)):
                return False
        return p in _LOGICAL or p in self.properties

    def _is_structure(self, node: BNode) -> bool:
        if _STRUCTURE & set(self.graph.objects(node, RDF.type)) or (node, RDF.first, None) in self.graph:
            return True
        return (node, OWL.inverseOf, None) in self.graph

    def _gather(self, head: Statement) -> list[Statement]:
        """Return the head with everything said of the anonymous expressions and lists in it."""
        statements, queue, seen = [head], [head[0], head[2]], set()
        whole = head[1] == RDF.type and head[2] in _GROUPED
        while queue:
            node = queue.pop()
            if not isinstance(node, BNode) or node in seen:
                continue
            seen.add(node)
            if not self._is_structure(node) and not (whole and node == head[0]):
                continue
            for s, p, o in self.graph.triples((node, None, None)):
                if (s, p, o) != head:
                    statements.append((s, p, o))
                    queue.append(o)
        return sorted(statements, key=lambda statement: [str(node) for node in statement])

    def triples(self, axioms: Iterable[Axiom], extra: Iterable[Statement] = ()) -> str:
        """Return the ontology of only these axioms as N-Triples, its unknown datatypes mapped to text."""
        statements = {*self.declarations, *extra, (URIRef("urn:ecograph:checked"), RDF.type, OWL.Ontology)}
        for axiom in axioms:
            statements.update(axiom.statements)
        lines = (" ".join(self._written(node) for node in each) for each in statements)
        return "".join(f"{line} .\n" for line in sorted(lines))

    def _written(self, node: Node) -> str:
        if isinstance(node, URIRef) and str(node) in self.mapped:
            return f"<{XSD.string}>"
        if isinstance(node, Literal):
            if str(node.datatype) in self.mapped:
                node = Literal(str(node), datatype=XSD.string)
            return node._quote_encode() + (
                f"@{node.language}" if node.language else f"^^<{node.datatype}>" if node.datatype else ""
            )
        return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"


def _mapped_datatypes(graph: Graph) -> set[str]:
    """Return the datatypes in use that are not in the OWL 2 datatype map, such as xsd:date."""
    used = {str(o.datatype) for o in graph.objects() if isinstance(o, Literal) and o.datatype}
    used |= {str(o) for o in graph.objects() if isinstance(o, URIRef) and str(o).startswith(str(XSD))}
    own = {str(s) for s in graph.subjects(RDF.type, RDFS.Datatype) if not str(s).startswith(str(XSD))}
    return used - KNOWN_DATATYPES - own
