"""What the build of the small workspace infers is what an independent engine infers, statement for statement."""

from __future__ import annotations

import owlrl
import pytest
from rdflib import OWL, RDF, BNode, URIRef
from rdflib import Graph as RdfGraph
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Node

from ecograph.model.namespaces import PREFIXES
from ecograph.store.builds import Build
from ecograph.store.graph import MemoryGraph, NamedNode

BASE = "https://w3id.org/ecograph/graph/"
INFERRED = NamedNode(BASE + "inferred")
META = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
EVERYTHING_IS = {OWL.Thing, OWL.NamedIndividual, *(URIRef(PREFIXES["rdfs"] + n) for n in ("Resource", "Literal"))}


def lines_of(graph: RdfGraph) -> set[str]:
    return {" ".join(node.n3() for node in triple) for triple in graph}


def is_compared(s: Node, p: Node, o: Node) -> bool:
    """What ecograph.reasoning.closure says that it leaves out: meta statements, blank nodes, identity, Thing."""
    if isinstance(s, BNode | RdfLiteral) or isinstance(o, BNode) or str(s).startswith(META):
        return False
    if str(p).startswith(PREFIXES["owl"]) or o in EVERYTHING_IS:
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
    text = "\n".join(
        {f"{q.subject} {q.predicate} {q.object} ." for q in graph.quads() if q.graph_name != INFERRED}
    )
    stated = RdfGraph().parse(data=text, format="nt")
    other = RdfGraph() + stated
    other.remove((None, OWL.hasKey, None))
    for kind in (OWL.FunctionalProperty, OWL.InverseFunctionalProperty):
        other.remove((None, RDF.type, kind))
    for quad in graph.quads(graph=INFERRED):
        if quad.predicate.value in RULE_DERIVED:
            other.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(other)
    theirs = {triple for triple in other if is_compared(*triple)}
    ours = RdfGraph()
    ours.parse(data="".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in graph.quads(graph=INFERRED)), format="nt")
    known = lines_of(stated)
    return lines_of(ours) - known, {" ".join(n.n3() for n in triple) for triple in theirs} - known


RULE_DERIVED = {
    PREFIXES["eco"] + name
    for name in ("collaboratesIn", "hasArea", "hasLocation")  # by roles, statuses, shares, a lone country: no axiom
}


def test_nothing_is_inferred_that_the_other_engine_does_not_infer(both: tuple[set[str], set[str]]) -> None:
    ours, theirs = both
    assert sorted(ours - theirs)[:5] == []


def test_nothing_is_missed_that_the_other_engine_infers(both: tuple[set[str], set[str]]) -> None:
    ours, theirs = both
    open('/tmp/w/onto/diff.txt','w').write(chr(10).join(['T '+x for x in sorted(theirs-ours)]+['O '+x for x in sorted(ours-theirs)]))
    assert sorted(theirs - ours)[:5] == []
    assert len(ours) > 1000
