"""Compile shapes to SPARQL: one query a constraint, which selects the focus nodes in violation.

A constraint becomes a group graph pattern all of whose solutions are violations. It starts from
*candidates*, a pattern that binds the nodes to look at: the targets at first, the value nodes of a
path further in. Constraints by other shapes are put together from the patterns of these shapes.
Class checks are written with MINUS over the class and its subclasses, known beforehand: the engine
makes one hash of the instances, where NOT EXISTS would look each value up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import rdflib

from ecograph.validation import compile_counts, compile_logic, compile_sparql, compile_values
from ecograph.validation.errors import NotCompiledError
from ecograph.validation.scope import Classes, Scope, Violations
from ecograph.validation.shapes import Constraint, Shape, Shapes, Target
from ecograph.validation.statistics import Statistics
from ecograph.validation.terms import sparql

Family = Callable[[Scope, Shape, Constraint], str]

_FAMILIES: Mapping[str, Family] = {
    **compile_values.FAMILY,
    **compile_counts.FAMILY,
    **compile_logic.FAMILY,
    **compile_sparql.FAMILY,
}

# what a node without any value of the path cannot violate
_OF_VALUES = frozenset(compile_values.FAMILY) | {
    "maxCount", "uniqueLang", "disjoint", "lessThan", "lessThanOrEquals", "node", "or", "and", "not", "xone",
}  # fmt: skip

COMPILED = frozenset(_FAMILIES) | {"property"}
"""The constraint parameters that the screen covers, without their prefix."""


@dataclass(frozen=True, slots=True)
class CompiledConstraint:
    """A constraint as a query: `root` is the shape with the target, `source` the shape that states it.

    The query is empty where the data hold nothing that it could be about.
    The query's first column holds the root's focus nodes; where the constraint stands in a property
    shape within a property shape, a second one holds the value nodes that the report will name.
    """

    root: Shape
    source: Shape
    component: str
    query: str


@dataclass(frozen=True, slots=True)
class Uncompiled:
    """A shape that goes to pySHACL whole, and why."""

    root: Shape
    reason: str


@dataclass(frozen=True, slots=True)
class Compilation:
    """All shapes with a target, compiled; a shape stands in one of the two lists, never in both."""

    constraints: tuple[CompiledConstraint, ...]
    uncompiled: tuple[Uncompiled, ...]
    targets: dict[rdflib.term.Node, str]
    """For each shape with a target the pattern that binds ``?this`` to its focus nodes."""


def compile_shapes(
    shapes: Shapes,
    classes: Classes,
    batch: Sequence[str] | None = None,
    statistics: Statistics | None = None,
) -> Compilation:
    """Compile every shape that has a target.

    Parameters
    ----------
    classes: the subclass relation of the data.
    batch: the named graphs whose nodes are looked at (a node belongs to the graph that states what makes
        it a target); None for all.
    statistics: of the data, to choose the side a query starts from; None to start from the targets.
    """
    done: list[CompiledConstraint] = []
    left: list[Uncompiled] = []
    targets: dict[rdflib.term.Node, str] = {}
    for node in shapes.target_nodes:
        try:
            root = shapes.shape(node)
        except NotCompiledError as error:
            left.append(Uncompiled(_unreadable(node), str(error)))
            continue
        if not root.targets:
            left.append(Uncompiled(root, "its target is not of SHACL Core"))
            continue
        try:
            targets[node] = target_pattern(root.targets, classes, batch)
            compiler = _Compiler(shapes, classes, statistics)
            found = list(compiler.top(root, targets[node]))
        except NotCompiledError as error:
            left.append(Uncompiled(root, str(error)))
            continue
        done.extend(found)
    return Compilation(tuple(done), tuple(left), targets)


def _unreadable(node: rdflib.term.Node) -> Shape:
    return Shape(node, None, (), (), "violation", False, {}, {}, {})


def target_pattern(targets: Sequence[Target], classes: Classes, batch: Sequence[str] | None = None) -> str:
    """Return the pattern that binds ``?this`` to the focus nodes of target declarations (SHACL §2.1.3).

    Raises
    ------
    NotCompiledError: when a target node is a blank node.
    """
    patterns: list[str] = []
    for number, target in enumerate(targets):
        name = f"?target{number}"
        if target.kind == "node":
            patterns.append(f"VALUES ?this {{ {sparql(target.node)} }}")
            continue
        if target.kind == "class":
            found = classes.closure(str(target.node))
            pattern = f"?this a <{found[0]}> ."
            if len(found) > 1:
                pattern = f"VALUES {name} {{ {' '.join(f'<{one}>' for one in found)} }} ?this a {name} ."
        elif target.kind == "subjectsOf":
            pattern = f"?this {sparql(target.node)} {name} ."
        else:
            pattern = f"{name} {sparql(target.node)} ?this ."
        if batch is not None:
            graphs = " ".join(f"<{graph}>" for graph in batch)
            pattern = f"VALUES ?batch {{ {graphs} }} GRAPH ?batch {{ {pattern} }}"
        patterns.append(pattern)
    if len(patterns) == 1:
        return patterns[0]
    union = " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
    return f"{{ SELECT DISTINCT ?this {{ {union} }} }}"


class _Part(NamedTuple):
    """One constraint: the shape that states it, its parameter, its pattern, the variable in violation."""

    source: Shape
    component: str
    pattern: str
    focus: str


class _Compiler:
    """Compiles one shape with a target and the shapes it refers to."""

    def __init__(self, shapes: Shapes, classes: Classes, statistics: Statistics | None) -> None:
        self._shapes = shapes
        self._classes = classes
        self._statistics = statistics
        self._target = ""
        self._targets = 0
        self._stack: list[rdflib.term.Node] = []
        self._count = 0

    def fresh(self) -> str:
        """Return a variable that no other pattern of this shape uses."""
        self._count += 1
        return f"?v{self._count}"

    def top(self, root: Shape, candidates: str) -> Iterator[CompiledConstraint]:
        """Yield the constraints of a shape and of its property shapes, each with its query."""
        self._target = candidates
        self._targets = self._statistics.focus_nodes(candidates) if self._statistics else 0
        for part in self._constraints(root, candidates, "?this"):
            names = "?this" if part.focus == "?this" else f"?this {part.focus}"
            query = f"SELECT DISTINCT {names} WHERE {{ {part.pattern} }}"
            if self._statistics and self._void(part):
                query = ""
            yield CompiledConstraint(root, part.source, part.component, query)

    def _void(self, part: _Part) -> bool:
        """Whether nothing can violate a constraint: no focus nodes, or no value where it needs one."""
        path = part.source.path
        if self._targets == 0:
            return True
        if part.component not in _OF_VALUES or path is None or path.kind != "predicate":
            return False
        return self._statistics is not None and self._statistics.statements(path.iri) == 0

    def violations(self, node: rdflib.term.Node, candidates: str, focus: str) -> str | None:
        """Return the pattern of the candidates that do not conform to a shape; None when all do."""
        parts = self._constraints(self._shapes.shape(node), candidates, focus)
        patterns = [part.pattern for part in parts]
        if not patterns:
            return None
        if len(patterns) == 1:
            return patterns[0]
        return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)

    def _constraints(self, shape: Shape, candidates: str, focus: str) -> Iterator[_Part]:
        if shape.deactivated:
            return
        if shape.unknown:
            raise NotCompiledError(f"it uses {', '.join(shape.unknown)}")
        if shape.node in self._stack:
            raise NotCompiledError("it refers to itself")
        self._stack.append(shape.node)
        scope = self._scope(shape, candidates, focus)
        for constraint in shape.constraints:
            if constraint.kind == "property":
                nested = self._shapes.shape(constraint.values[0])
                if nested.path is None:
                    raise NotCompiledError("a property shape has no path")
                yield from self._constraints(nested, scope.values, scope.value)
                continue
            compile_ = _FAMILIES.get(constraint.kind)
            if compile_ is None:
                raise NotCompiledError(f"it uses sh:{constraint.kind}")
            pattern = compile_(scope, shape, constraint)
            if pattern:
                yield _Part(shape, constraint.kind, pattern, focus)
        self._stack.pop()

    def _scope(self, shape: Shape, candidates: str, focus: str) -> Scope:
        value, values = focus, candidates
        if shape.path is not None:
            value = self.fresh()
            values = f"{candidates} {focus} {shape.path} {value} ."
        first = False
        if self._statistics and candidates == self._target and shape.path and shape.path.kind == "predicate":
            first = self._statistics.statements(shape.path.iri) <= 2 * self._targets
        violations: Violations = self.violations
        return Scope(
            self._shapes, self._classes, candidates, focus, value, values, shape.path, self.fresh,
            violations, first,
        )  # fmt: skip
