"""What the build of the small workspace infers is what an independent engine infers, statement for statement."""

from __future__ import annotations

from collections.abc import Iterable

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, BNode
from rdflib import Graph as RdfGraph
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Node

from ecograph.model.namespaces import PREFIXES, expand
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph, NamedNode, Quad

BASE = "https://w3id.org/ecograph/graph/"
INFERRED = NamedNode(BASE + "inferred")
META = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
OF_TERMS = {RDFS.domain, RDFS.range, RDFS.subPropertyOf}
EVERYTHING_IS = {OWL.Thing, OWL.NamedIndividual, RDFS.Resource, RDFS.Literal}


def lines_of(triples: Iterable[tuple[Node, Node, Node]]) -> set[str]:
    return {" ".join(node.n3() for node in triple) for triple in triples}  # type: ignore[attr-defined]


def read(quads: Iterable[Quad]) -> RdfGraph:
    lines = {f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads}
    return RdfGraph().parse(data="\n".join(lines), format="nt")


def is_compared(s: Node, p: Node, o: Node) -> bool:
    """What ecograph.reasoning.closure says that it leaves out: meta statements, blank nodes, identity, Thing."""
    if isinstance(s, BNode | RdfLiteral) or isinstance(o, BNode) or str(s).startswith(META):
        return False
    if str(p).startswith(PREFIXES["owl"]) or p in OF_TERMS or o in EVERYTHING_IS:
        return False
    if s == o and str(p).startswith(META):
        return False
    return not (p == RDF.type and str(o).startswith(META))


@pytest.fixture(scope="module")
def both(fixture_build: Build) -> tuple[set[str], set[str]]:
    """The inferred statements of the build, and those of owlrl from the same stated ones."""
    published = fixture_build.graph()
    written_after = ("analysis/", "provenance")
    graph = MemoryGraph(
        quad for quad in published.quads() if not quad.graph_name.value[len(BASE) :].startswith(written_after)
    )
    stated = read(quad for quad in graph.quads() if quad.graph_name != INFERRED)
    inferred = list(graph.quads(graph=INFERRED))
    other = stated + read(quad for quad in inferred if quad.predicate.value in RULE_DERIVED)
    other.remove((None, OWL.hasKey, None))
    for kind in (OWL.FunctionalProperty, OWL.InverseFunctionalProperty):
        other.remove((None, RDF.type, kind))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(other)
    theirs = {triple for triple in other if is_compared(*triple)}
    known = lines_of(stated)
    return lines_of(read(inferred)) - known, lines_of(theirs) - known


RULE_DERIVED = {
    expand(name) for name in ("eco:collaboratesIn", "eco:hasArea", "eco:hasLocation", "schema:sameAs")
}
"""By roles and statuses, by shares, by a lone country, by a code: no axiom says these."""


def test_nothing_is_inferred_that_the_other_engine_does_not_infer(both: tuple[set[str], set[str]]) -> None:
    ours, theirs = both
    assert sorted(ours - theirs)[:5] == []


def test_nothing_is_missed_that_the_other_engine_infers(both: tuple[set[str], set[str]]) -> None:
    ours, theirs = both
    assert sorted(theirs - ours)[:5] == []
    assert len(ours) > 1000
