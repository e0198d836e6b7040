"""Statements of one analysis graph, gathered and written as sorted N-Quads lines."""

from __future__ import annotations

from urllib.parse import quote

from ecograph.model.iris import Base, slug
from ecograph.model.namespaces import expand
from ecograph.store.graph import Literal, NamedNode, Quad

_XSD_DOUBLE = NamedNode(expand("xsd:double"))
_XSD_INTEGER = NamedNode(expand("xsd:integer"))
_XSD_BOOLEAN = NamedNode(expand("xsd:boolean"))


def double_text(value: float) -> str:
    """Return a double at 12 significant digits: beyond them lies the engine's order of summing."""
    return repr(float(f"{value:.12g}"))


class Writer:
    """Gathers statements about instances under `base` into the graph ``graph/<graph>``."""

    def __init__(self, base: Base, graph: str) -> None:
        self._base = base
        self._graph = NamedNode(base.graph(graph))
        self._lines: set[str] = set()

    def iri(self, thing: str) -> str:
        """Return the IRI of a local id; an address of another base stays as it is."""
        return thing if "://" in thing else self._base.instance(thing)

    def slug(self, thing: str) -> str:
        """Return the last part of a thing's id, as a path segment of a derived id."""
        return slug(thing) if "://" in thing else quote(thing.partition("/")[2], safe="-._~")

    def instance(self, local: str, kind: str) -> str:
        """State that an instance is of a class (prefixed name) and return its IRI."""
        node = self._base.instance(local)
        self.link(node, "rdf:type", kind)
        return node

    def link(self, subject: str, predicate: str, target: str) -> None:
        """State a link to an IRI or a prefixed name."""
        value = target if "://" in target else expand(target)
        self._add(subject, predicate, NamedNode(value))

    def text(self, subject: str, predicate: str, value: str, lang: str | None = None) -> None:
        """State a text, in a language or in none."""
        self._add(subject, predicate, Literal(value, language=lang) if lang else Literal(value))

    def integer(self, subject: str, predicate: str, value: int) -> None:
        """State a whole number."""
        self._add(subject, predicate, Literal(str(value), datatype=_XSD_INTEGER))

    def boolean(self, subject: str, predicate: str, value: bool) -> None:
        """State whether something is so."""
        self._add(subject, predicate, Literal("true" if value else "false", datatype=_XSD_BOOLEAN))

    def double(self, subject: str, predicate: str, value: float) -> None:
        """State a measured number (see `double_text`)."""
        self._add(subject, predicate, Literal(double_text(value), datatype=_XSD_DOUBLE))

    def lines(self) -> list[str]:
        """Return all statements, each a line with its end, sorted."""
        return sorted(self._lines)

    def _add(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        quad = Quad(NamedNode(subject), NamedNode(expand(predicate)), value, self._graph)
        self._lines.add(f"{quad} .\n")
