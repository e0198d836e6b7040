"""pySHACL, run on a small graph with the shapes aimed at given nodes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pyshacl
import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query

from ecograph.errors import EcographError
from ecograph.store.graph import Term
from ecograph.validation.shapes import Shape, Shapes
from ecograph.validation.terms import to_rdflib

_FOCUS = rdflib.Variable("this")
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)


def run_pyshacl(
    data: rdflib.Graph, shapes: Shapes, wanted: Iterable[tuple[Shape, set[Term]]]
) -> rdflib.Graph:
    """Return pySHACL's report graph on `data` for each shape with its focus nodes.

    The shapes are validated in full; only their target declarations are replaced, by sh:targetNode of
    the nodes given, since other nodes of `data` may stand there in part.

    Raises
    ------
    EcographError: when pySHACL refuses the shapes.
    """
    aimed = _aimed(shapes, wanted)
    try:
        _, report, text = pyshacl.validate(
            _Prepared(data),
            shacl_graph=aimed,
            inference="none",
            advanced=False,
            inplace=True,
            do_owl_imports=False,
        )
    except Exception as error:  # pySHACL and the SPARQL parser under it raise many kinds
        raise _refused(str(error)) from error
    if not isinstance(report, rdflib.Graph):
        raise _refused(text)
    return report


class _Prepared(rdflib.Graph):
    """A graph that parses each query once: pySHACL asks the same of every focus node, as text."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(store=graph.store, identifier=graph.identifier)
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *arguments: Any, **settings: Any) -> rdflib.query.Result:
        """Answer a query as rdflib does."""
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                query = prepareQuery(query_object, initNs=dict(self.namespaces()))
                traverse(query.algebra, visitPost=_from_focus)
                self._prepared[query_object] = query
            query_object = self._prepared[query_object]
        return super().query(query_object, *arguments, **settings)


def _from_focus(part: Any) -> None:
    """Let a basic graph pattern begin at the focus node, which is bound.

    rdflib orders the patterns while it does not know that yet, and joins what only the focus node connects.
    """
    if not isinstance(part, CompValue) or part.name != "BGP":
        return
    left, ordered = list(part.triples), []
    known: set[Any] = {_FOCUS}
    while left:
        best = min(left, key=lambda triple: _cost(triple, known))
        left.remove(best)
        ordered.append(best)
        known.update(term for term in best if isinstance(term, rdflib.Variable | rdflib.BNode))
    part["triples"] = ordered


def _cost(triple: tuple[Any, Any, Any], known: set[Any]) -> tuple[bool, int]:
    """Return whether a pattern hangs on nothing known, and how many of its terms are open."""
    open_terms = [term for term in triple if isinstance(term, rdflib.Variable | rdflib.BNode)]
    return not any(term in known for term in open_terms), sum(term not in known for term in open_terms)


def _aimed(shapes: Shapes, wanted: Iterable[tuple[Shape, set[Term]]]) -> rdflib.Graph:
    roots = set(shapes.target_nodes)
    aimed = rdflib.Graph()
    for subject, property_, object_ in shapes.graph:
        if property_ in _TARGETS:
            continue
        # a shape that is a class as well would have all its instances as targets
        if property_ == RDF.type and subject in roots and object_ in (RDFS.Class, OWL.Class):
            continue
        aimed.add((subject, property_, object_))
    for shape, nodes in wanted:
        for node in nodes:
            aimed.add((shape.node, SH.targetNode, to_rdflib(node)))
    return aimed


def _refused(reason: str) -> EcographError:
    return EcographError(
        f"The shapes cannot be applied: {reason}", remedy="Correct the shape that the message is about."
    )


@contextmanager
def quiet_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal: the report says it better."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
