"""Terms between rdflib (shapes, pySHACL) and the store (data), and as SPARQL text."""

from __future__ import annotations

import rdflib

from ecograph.store.graph import BlankNode, Literal, NamedNode, Term
from ecograph.validation.errors import NotCompiledError

_XSD_STRING = str(rdflib.XSD.string)


def to_rdflib(term: Term) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    """Return the rdflib term for a term of the store; blank nodes keep their label."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        kind = term.datatype.value
        return rdflib.Literal(term.value, datatype=None if kind == _XSD_STRING else rdflib.URIRef(kind))
    raise TypeError(f"no RDF 1.1 term: {term}")


def from_rdflib(node: rdflib.term.Node) -> NamedNode | BlankNode | Literal:
    """Return the store's term for an rdflib term."""
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        if node.datatype is not None:
            return Literal(str(node), datatype=NamedNode(str(node.datatype)))
        return Literal(str(node))
    raise TypeError(f"no RDF 1.1 term: {node!r}")


def sparql(node: rdflib.term.Node) -> str:
    """Return an rdflib term as SPARQL text.

    Raises
    ------
    NotCompiledError: for a blank node, which SPARQL cannot name.
    """
    if isinstance(node, rdflib.BNode):
        raise NotCompiledError("a blank node is used as a value")
    return str(from_rdflib(node))
