"""Graphs and the W3C suites for the tests of the gate: rdflib graphs put into the store, focus nodes compared."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from rdflib import RDF, SH

from ecograph.store.graph import MemoryGraph, NamedNode, Quad, Term
from ecograph.validation.shapes import Shapes
from ecograph.validation.terms import from_rdflib, to_rdflib

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
ARCHIVE = Path(__file__).resolve().parents[2].parent / "shared/data/w3c-tests/w3c-shacl-tests.tar.gz"
GRAPH = "https://example.org/graph/batch"

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix eco: <https://w3id.org/ecograph/ns#> .
@prefix ex: <https://example.org/> .
"""


def turtle(text: str) -> rdflib.Graph:
    """Return an rdflib graph of Turtle; the prefixes of the tests are known."""
    return rdflib.Graph().parse(data=PREFIXES + text, format="turtle")


def shapes(text: str) -> Shapes:
    """Return shapes written in Turtle."""
    return Shapes(turtle(text))


def stored(graph: rdflib.Graph, name: str = GRAPH) -> MemoryGraph:
    """Return a store that holds the graph's statements in one named graph, blank node labels kept."""
    return MemoryGraph(
        Quad(from_rdflib(s), NamedNode(str(p)), from_rdflib(o), NamedNode(name)) for s, p, o in graph
    )


def as_stored(node: rdflib.term.Node) -> Term:
    """Return a term as the store gives it back: numbers and dates in canonical form."""
    link = NamedNode("https://example.org/link")
    store = MemoryGraph([Quad(link, link, from_rdflib(node), NamedNode(GRAPH))])
    return next(iter(store.quads())).object


def nodes(terms: object) -> set[str]:
    """Return terms of the store or of rdflib as comparable text."""
    found = set()
    for term in terms:  # type: ignore[attr-defined]
        node = term if isinstance(term, rdflib.term.Node) else to_rdflib(term)
        found.add(to_rdflib(as_stored(node)).n3())
    return found


def reported(data: rdflib.Graph, shapes_graph: rdflib.Graph) -> set[str]:
    """Return the focus nodes of pySHACL's report on the whole graph."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph)
    return focus_nodes(report)


def focus_nodes(report: rdflib.Graph) -> set[str]:
    """Return the focus nodes of the results of a report."""
    return nodes(report.value(result, SH.focusNode) for result in report.objects(None, SH.result))


@dataclass(frozen=True)
class Case:
    """One test of the W3C suites; `expected` is None where a failure is expected."""

    name: str
    data: rdflib.Graph
    shapes: rdflib.Graph
    expected: set[str] | None


def w3c_cases(folder: Path) -> Iterator[Case]:
    """Yield the tests of the suites unpacked into `folder`."""
    if not (folder / "tests").is_dir():
        with tarfile.open(ARCHIVE) as archive:
            archive.extractall(folder)
    for path in sorted((folder / "tests").rglob("*.ttl")):
        graph = _parsed(path)
        for test in sorted(graph.subjects(RDF.type, SHT.Validate), key=str):
            action = graph.value(test, MF.action)
            data = _part(graph, path, graph.value(action, SHT.dataGraph))
            shapes_graph = _part(graph, path, graph.value(action, SHT.shapesGraph))
            result = graph.value(test, MF.result)
            expected = None
            if result != SHT.Failure:
                expected = nodes(graph.value(item, SH.focusNode) for item in graph.objects(result, SH.result))
            name = path.relative_to(folder / "tests").with_suffix("").as_posix()
            yield Case(name, data, shapes_graph, expected)


def _part(graph: rdflib.Graph, path: Path, address: rdflib.term.Node | None) -> rdflib.Graph:
    target = Path(str(address).removeprefix("file://"))
    return graph if target == path else _parsed(target)


def _parsed(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle", publicID=f"file://{path}")
