"""Graphs that answer SPARQL: in memory, in a draft being built, or in a published build (read-only).

The engine is Oxigraph. Its term classes are re-exported here, so that the rest of ecograph names no engine.
Default graph of a query: the union of all named graphs, as DESIGN of the build lays down.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from ecograph.errors import StoreError
from ecograph.model.namespaces import PREFIXES

__all__ = [
    "BlankNode",
    "DraftGraph",
    "Graph",
    "Literal",
    "MemoryGraph",
    "NamedNode",
    "PublishedGraph",
    "Quad",
    "Rows",
    "Term",
    "Triple",
    "python_value",
]

Term = NamedNode | BlankNode | Literal | Triple

_XSD = PREFIXES["xsd"]
_INTEGERS = {_XSD + kind for kind in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_FLOATS = {_XSD + "double", _XSD + "float"}


def python_value(term: Term | None) -> Any:
    """Return the Python value of an RDF term: str for IRIs and text, int, float, Decimal, bool; else text."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else str(term)
    kind = term.datatype.value
    if kind in _INTEGERS:
        return int(term.value)
    if kind in _FLOATS:
        return float(term.value)
    if kind == _XSD + "decimal":
        return Decimal(term.value)
    if kind == _XSD + "boolean":
        return term.value in {"true", "1"}
    return term.value


@dataclass(frozen=True, slots=True)
class Rows:
    """The solutions of a SELECT query: variable names without '?', and one list of terms a solution."""

    variables: list[str]
    rows: list[list[Term | None]]

    def values(self) -> list[dict[str, Any]]:
        """Return the solutions as dictionaries of Python values."""
        return [
            dict(zip(self.variables, (python_value(term) for term in row), strict=True)) for row in self.rows
        ]

    def frame(self) -> pl.DataFrame:
        """Return the solutions as a frame; decimals become floats, a column of mixed kinds becomes text."""
        columns: dict[str, list[Any]] = {name: [] for name in self.variables}
        for row in self.rows:
            for name, term in zip(self.variables, row, strict=True):
                value = python_value(term)
                columns[name].append(float(value) if isinstance(value, Decimal) else value)
        return pl.DataFrame({name: _series(name, values) for name, values in columns.items()})


def _series(name: str, values: list[Any]) -> pl.Series:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int, float}:
        return pl.Series(name, [None if value is None else float(value) for value in values], pl.Float64)
    if len(kinds) == 1 and kinds != {str}:
        return pl.Series(name, values)
    return pl.Series(name, [None if value is None else str(value) for value in values], pl.String)


class Graph:
    """What every graph answers. All queries see the union of the named graphs as default graph."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __len__(self) -> int:
        return len(self._store)

    def select(self, sparql: str) -> Rows:
        """Run a SELECT query of our own (trusted: it runs in this process, without limits).

        Raises
        ------
        SyntaxError: when the query is not SPARQL 1.1.
        TypeError: when it is another form of query.
        """
        answer = self._store.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
        if not isinstance(answer, QuerySolutions):
            raise TypeError("not a SELECT query")
        variables = [variable.value for variable in answer.variables]
        return Rows(variables, [[solution[name] for name in variables] for solution in answer])

    def frame(self, sparql: str) -> pl.DataFrame:
        """Run a SELECT query and return its solutions as a frame (see `Rows.frame`)."""
        return self.select(sparql).frame()

    def ask(self, sparql: str) -> bool:
        """Run an ASK query."""
        answer = self._store.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
        if not isinstance(answer, QueryBoolean):
            raise TypeError("not an ASK query")
        return bool(answer)

    def construct(self, sparql: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE query and yield its triples."""
        answer = self._store.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)
        if not isinstance(answer, QueryTriples):
            raise TypeError("not a CONSTRUCT or DESCRIBE query")
        return iter(answer)

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit the pattern; None fits anything."""
        return self._store.quads_for_pattern(subject, predicate, object, graph)

    def named_graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self._store.named_graphs() if isinstance(name, NamedNode))

    def ntriples(self, graph: str) -> bytes:
        """Return the statements of one named graph as N-Triples, in no particular order."""
        content = self._store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph))
        return content or b""

    def write_nquads(self, out: BinaryIO) -> int:
        """Write the whole graph as N-Quads in canonical order and return the number of lines.

        Lines are sorted by graph, then by line; blank nodes get the labels of RDFC-1.0 within their graph,
        so that equal graphs give equal bytes.
        """
        count = 0
        for name in self.named_graphs():
            lines = _graph_lines(list(self._store.quads_for_pattern(None, None, None, NamedNode(name))))
            for line in lines:
                out.write(line)
            count += len(lines)
        return count


def _graph_lines(quads: list[Quad]) -> list[bytes]:
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        quads = list(dataset)
    return sorted(f"{quad} .\n".encode() for quad in quads)


class MemoryGraph(Graph):
    """A graph in memory, for a batch under validation or a test."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        super().__init__(Store())
        self._store.bulk_extend(quads)

    def load(self, content: bytes | Path, *, format: str = "nq", graph: str | None = None) -> None:
        """Load RDF of a format (``nq``, ``nt``, ``ttl``, ``rdf``, ``trig``), into `graph` if it has none."""
        _bulk_load(self._store, content, format, graph)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self._store.bulk_extend(quads)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads; those that are not there do not matter."""
        for quad in quads:
            self._store.remove(quad)

    def update(self, sparql: str) -> None:
        """Run a SPARQL update."""
        self._store.update(sparql, prefixes=PREFIXES)


class DraftGraph(MemoryGraph):
    """The writable store of a build that is being made; one process at a time."""

    def __init__(self, path: Path) -> None:
        try:
            Graph.__init__(self, Store(str(path)))
        except OSError as error:
            raise StoreError(f"The store cannot be opened for writing: {error}.") from error

    def compact(self) -> None:
        """Merge what was loaded so far, which makes reading it several times faster."""
        self._store.optimize()

    def finish(self) -> None:
        """Compact and flush to disk; afterwards nothing is written to this store."""
        self.compact()
        self._store.flush()


class PublishedGraph(Graph):
    """The store of a published build, opened read-only; any number of processes may hold it."""

    def __init__(self, path: Path) -> None:
        try:
            super().__init__(Store.read_only(str(path)))
        except OSError as error:
            raise StoreError(
                f"The store of the build cannot be opened: {error}.",
                remedy="Run `ecograph doctor`; build again if it says that the build is damaged.",
            ) from error


def _bulk_load(store: Store, content: bytes | Path, format: str, graph: str | None) -> None:
    formats = {
        "nq": RdfFormat.N_QUADS,
        "nt": RdfFormat.N_TRIPLES,
        "ttl": RdfFormat.TURTLE,
        "rdf": RdfFormat.RDF_XML,
        "trig": RdfFormat.TRIG,
    }
    target = NamedNode(graph) if graph else DefaultGraph()
    if isinstance(content, Path):
        store.bulk_load(path=str(content), format=formats[format], to_graph=target if graph else None)
    else:
        store.bulk_load(input=io.BytesIO(content), format=formats[format], to_graph=target if graph else None)
