"""Constraints by other shapes: node, not, and, or, xone, qualified value shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import rdflib
from rdflib import SH

from ecograph.validation.compile_values import condition
from ecograph.validation.scope import Scope
from ecograph.validation.shapes import Constraint, Shape


def _node(scope: Scope, _: Shape, constraint: Constraint) -> str:
    return scope.violations(constraint.values[0], scope.values, scope.value) or ""


def _not(scope: Scope, _: Shape, constraint: Constraint) -> str:
    return f"{scope.values} {_conforming(scope, constraint.values[0])}"


def _and(scope: Scope, _: Shape, constraint: Constraint) -> str:
    patterns = [scope.violations(node, scope.values, scope.value) for node in constraint.values]
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns if pattern is not None)


def _or(scope: Scope, _: Shape, constraint: Constraint) -> str:
    conditions = [condition(scope, node) for node in constraint.values]
    if conditions and None not in conditions:
        return scope.where(f"FILTER({' && '.join(one for one in conditions if one is not None)})")
    failing = [_failing(scope, node) for node in constraint.values]
    if None in failing:
        return ""
    return " ".join([scope.values, *(pattern for pattern in failing if pattern is not None)])


def _xone(scope: Scope, _: Shape, constraint: Constraint) -> str:
    """In violation: whoever is not among those that conform to exactly one of the shapes."""
    exactly_one: list[str] = []
    for chosen in range(len(constraint.values)):
        others = [_failing(scope, node) for place, node in enumerate(constraint.values) if place != chosen]
        if None in others:
            continue
        conforming = _conforming(scope, constraint.values[chosen])
        parts = [scope.values, *(pattern for pattern in others if pattern is not None), conforming]
        exactly_one.append(f"MINUS {{ SELECT DISTINCT {scope.value} {{ {' '.join(parts)} }} }}")
    return " ".join([scope.values, *exactly_one])


def _failing(scope: Scope, node: rdflib.term.Node) -> str | None:
    """Return a group that keeps the values which do not conform to a shape; None when all conform."""
    pattern = scope.violations(node, scope.values, scope.value)
    return None if pattern is None else f"{{ SELECT DISTINCT {scope.value} {{ {pattern} }} }}"


def _conforming(scope: Scope, node: rdflib.term.Node) -> str:
    failing = _failing(scope, node)
    return "" if failing is None else f"MINUS {failing}"


def _qualified(scope: Scope, shape: Shape, constraint: Constraint) -> str:
    graph = scope.shapes.graph
    least = _number(graph, shape.node, SH.qualifiedMinCount)
    most = _number(graph, shape.node, SH.qualifiedMaxCount)
    qualifying = f"{scope.values} {_conforming(scope, constraint.values[0])}"
    disjoint = graph.value(shape.node, SH.qualifiedValueShapesDisjoint)
    if isinstance(disjoint, rdflib.Literal) and disjoint.value is True:
        for sibling in siblings(graph, shape.node):
            # a shape that every value conforms to leaves no value to this one
            qualifying += f" {_failing(scope, sibling) or 'FILTER(false)'}"
    counted = (
        f"SELECT {scope.focus} {{ {qualifying} }} GROUP BY {scope.focus} HAVING(COUNT(DISTINCT {scope.value})"
    )
    patterns = []
    if least is not None and least > 0:
        patterns.append(f"{scope.candidates} MINUS {{ {counted} >= {least}) }}")
    if most is not None:
        patterns.append(f"{scope.candidates} {{ {counted} > {most}) }}")
    if len(patterns) < 2:
        return "".join(patterns)
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)


def siblings(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[rdflib.term.Node]:
    """Yield the qualified value shapes beside that of a property shape (SHACL §4.7.3)."""
    own = set(graph.objects(node, SH.qualifiedValueShape))
    found = {
        shape
        for parent in graph.subjects(SH.property, node)
        for other in graph.objects(parent, SH.property)
        for shape in graph.objects(other, SH.qualifiedValueShape)
    }
    yield from sorted(found - own, key=str)


def _number(graph: rdflib.Graph, node: rdflib.term.Node, property_: rdflib.URIRef) -> int | None:
    value = graph.value(node, property_)
    return None if value is None else int(str(value))


FAMILY: Mapping[str, Callable[[Scope, Shape, Constraint], str]] = {
    "node": _node,
    "not": _not,
    "and": _and,
    "or": _or,
    "xone": _xone,
    "qualifiedValueShape": _qualified,
}
"""The compilers of this module by constraint parameter; each returns "" where nothing can be in violation."""
