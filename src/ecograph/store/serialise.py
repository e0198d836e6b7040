"""Writing triples in the formats of the web, the same bytes for the same triples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, NamedNode, RdfFormat, serialize

from ecograph.model.namespaces import PREFIXES
from ecograph.store.graph import Literal, Triple

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_TURTLE_HEAD = re.compile(rb"\A(?:@prefix [^\n]*\n)+")
_XML_HEAD = re.compile(rb"<rdf:RDF((?: xmlns:\w+=\"[^\"]*\")+)")


def serialise(triples: Iterable[Triple], format: str, more: Mapping[str, str] | None = None) -> bytes:
    """Return `triples` as Turtle (``ttl``), N-Triples (``nt``), JSON-LD (``jsonld``) or RDF/XML (``rdf``).

    Triples come out sorted and without repetition; Turtle and RDF/XML declare the prefixes that they need,
    of those of the model and `more`.

    Raises
    ------
    KeyError: for another format.
    """
    ordered = sorted(set(triples), key=str)
    prefixes = _needed(ordered, {**PREFIXES, **(more or {})}) if format in {"ttl", "rdf"} else None
    content = serialize(ordered, format=_FORMATS[format], prefixes=prefixes)
    assert content is not None
    # The engine declares prefixes in no fixed order.
    if format == "ttl":
        return _TURTLE_HEAD.sub(lambda head: b"".join(sorted(head[0].splitlines(keepends=True))), content)
    if format == "rdf":
        return _XML_HEAD.sub(lambda head: b"<rdf:RDF " + b" ".join(sorted(head[1].split())), content, count=1)
    return content


def _needed(triples: list[Triple], known: Mapping[str, str]) -> dict[str, str]:
    terms: set[NamedNode | BlankNode | Literal | Triple] = set()
    for triple in triples:
        terms |= {triple.subject, triple.predicate, triple.object}
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    iris |= {term.datatype.value for term in terms if isinstance(term, Literal)}
    spaces = {re.split(r"[^#/]*$", iri)[0] for iri in iris}
    return {prefix: space for prefix, space in known.items() if space in spaces or prefix == "rdf"}
