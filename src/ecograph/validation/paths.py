"""SHACL property paths: read from a shapes graph, written as SPARQL, turned round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import rdflib
from rdflib import RDF, SH
from rdflib.collection import Collection

from ecograph.validation.errors import NotCompiledError

PathKind = Literal[
    "predicate", "inverse", "sequence", "alternative", "zeroOrMore", "oneOrMore", "zeroOrOne", "any"
]

_MARKS = {"zeroOrMore": "*", "oneOrMore": "+", "zeroOrOne": "?"}
_WRAPPED: dict[rdflib.URIRef, PathKind] = {
    SH.inversePath: "inverse",
    SH.zeroOrMorePath: "zeroOrMore",
    SH.oneOrMorePath: "oneOrMore",
    SH.zeroOrOnePath: "zeroOrOne",
}


@dataclass(frozen=True, slots=True)
class Path:
    """A property path; `iri` for a predicate, `parts` for what the other kinds are made of.

    ``any`` stands for every predicate; only the reach of SPARQL constraints uses it.
    """

    kind: PathKind
    iri: str = ""
    parts: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return self.sparql()

    @property
    def simple(self) -> bool:
        """Whether the path is one predicate, forwards or backwards."""
        return self.kind == "predicate" or (self.kind == "inverse" and self.parts[0].kind == "predicate")

    def sparql(self) -> str:
        """Return the path in SPARQL 1.1 syntax with full IRIs."""
        if self.kind == "predicate":
            return f"<{self.iri}>"
        if self.kind == "inverse":
            return f"^({self.parts[0].sparql()})" if self.parts[0].parts else f"^{self.parts[0].sparql()}"
        if self.kind in ("sequence", "alternative"):
            sign = "/" if self.kind == "sequence" else "|"
            return "(" + sign.join(part.sparql() for part in self.parts) + ")"
        return f"({self.parts[0].sparql()}){_MARKS[self.kind]}"

    def reversed(self) -> Path:
        """Return the path that leads from the values back to the nodes."""
        if self.kind == "inverse":
            return self.parts[0]
        if self.kind == "sequence":
            return Path("sequence", parts=tuple(part.reversed() for part in reversed(self.parts)))
        if self.kind in ("predicate", "any"):
            return Path("inverse", parts=(self,))
        return Path(self.kind, parts=tuple(part.reversed() for part in self.parts))


def predicate(iri: str) -> Path:
    """Return the path of a single predicate."""
    return Path("predicate", iri)


def read_path(graph: rdflib.Graph, node: rdflib.term.Node) -> Path:
    """Read the SHACL path that `node` stands for (SHACL §2.3.1).

    Raises
    ------
    NotCompiledError: when the node is no well-formed path.
    """
    if isinstance(node, rdflib.URIRef):
        return Path("predicate", str(node))
    if (node, RDF.first, None) in graph:
        return Path("sequence", parts=tuple(read_path(graph, part) for part in Collection(graph, node)))
    alternative = graph.value(node, SH.alternativePath)
    if alternative is not None:
        parts = tuple(read_path(graph, part) for part in Collection(graph, alternative))
        return Path("alternative", parts=parts)
    for property_, kind in _WRAPPED.items():
        inner = graph.value(node, property_)
        if inner is not None:
            return Path(kind, parts=(read_path(graph, inner),))
    raise NotCompiledError("the shape's path is not well-formed")
