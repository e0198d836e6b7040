"""What a constraint is compiled in: its candidates, its path, the classes of the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import rdflib

from ecograph.model.namespaces import PREFIXES
from ecograph.store.graph import Graph, NamedNode
from ecograph.validation.paths import Path
from ecograph.validation.shapes import Shapes

_SUBCLASS = NamedNode(PREFIXES["rdfs"] + "subClassOf")

Violations = Callable[[rdflib.term.Node, str, str], str | None]


class Classes:
    """The subclass relation of a data graph, closed once so that queries need no property path."""

    def __init__(self, pairs: set[tuple[str, str]]) -> None:
        self._below: dict[str, set[str]] = {}
        for lower, upper in pairs:
            self._below.setdefault(upper, set()).add(lower)
        self._closed: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, *graphs: Graph) -> Classes:
        """Read the statements of rdfs:subClassOf between named classes."""
        pairs = {
            (quad.subject.value, quad.object.value)
            for graph in graphs
            for quad in graph.quads(None, _SUBCLASS)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
        }
        return cls(pairs)

    def closure(self, class_: str) -> tuple[str, ...]:
        """Return the class and all its subclasses, the class first."""
        if class_ not in self._closed:
            found, waiting = {class_}, [class_]
            while waiting:
                for lower in self._below.get(waiting.pop(), ()):
                    if lower not in found:
                        found.add(lower)
                        waiting.append(lower)
            self._closed[class_] = (class_, *sorted(found - {class_}))
        return self._closed[class_]


@dataclass(frozen=True, slots=True)
class Scope:
    """One shape in its place.

    `candidates` binds `focus`; `values` binds `focus` and `value`, the same variable for a node shape.
    Patterns hold for one group: what is put after them may filter and MINUS. `value_first` says that the
    path's statements are so few beside the candidates that a query does better to start from them.
    """

    shapes: Shapes
    classes: Classes
    candidates: str
    focus: str
    value: str
    values: str
    path: Path | None
    fresh: Callable[[], str]
    violations: Violations
    value_first: bool = False

    def where(self, test: str) -> str:
        """Return the focus nodes with a value for which `test`, a group's end, keeps the solution."""
        if self.value_first:
            bad = f"SELECT DISTINCT {self.focus} {{ {self.focus} {self.path} {self.value} . {test} }}"
            return f"{{ {bad} }} {self.candidates}"
        return f"{self.values} {test}"

    def counted(self, having: str) -> str:
        """Return the focus nodes whose values, grouped by focus node, fulfil `having`."""
        values = f"{self.focus} {self.path} {self.value} ." if self.value_first else self.values
        group = f"SELECT {self.focus} {{ {values} }} GROUP BY {self.focus} HAVING({having})"
        return f"{{ {group} }} {self.candidates}"

    def absent(self, pattern: str) -> str:
        """Return what keeps the solutions for which `pattern` (which shares variables) has none.

        A hash by MINUS where the path is one predicate; a look-up for each where it is not, since an
        unbound path with * would walk the whole graph.
        """
        if self.path is None or self.path.simple:
            return f"MINUS {{ {pattern} }}"
        return f"FILTER NOT EXISTS {{ {pattern} }}"
