"""The screen: run the compiled constraints over the data and gather the nodes in violation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import rdflib

from ecograph.store.graph import Graph, Term
from ecograph.validation.compile import Compilation, CompiledConstraint, Uncompiled

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, what is done and what there is in all."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one constraint found: pairs of a focus node (of the shape with the target) and a node at fault.

    The two differ only for a property shape within a property shape, where a value is in violation.
    """

    constraint: CompiledConstraint
    pairs: list[tuple[Term, Term]]

    @property
    def nodes(self) -> set[Term]:
        """The focus nodes of the shape with the target."""
        return {node for node, _ in self.pairs}


@dataclass(slots=True)
class Screening:
    """What the screen found: nodes by constraint (only constraints with any), and the targets of the rest."""

    found: list[Found] = field(default_factory=list)
    whole: list[tuple[Uncompiled, list[Term]]] = field(default_factory=list)
    """Shapes left to pySHACL with all their focus nodes."""
    screened: int = 0

    def nodes(self) -> set[Term]:
        """Return all nodes in violation, as a report names them."""
        return {node for found in self.found for _, node in found.pairs}

    def by_shape(self) -> dict[rdflib.term.Node, set[Term]]:
        """Return the focus nodes found, by the shape with the target."""
        shapes: dict[rdflib.term.Node, set[Term]] = {}
        for found in self.found:
            shapes.setdefault(found.constraint.root.node, set()).update(found.nodes)
        return shapes


def screen(graph: Graph, compilation: Compilation, progress: Progress | None = None) -> Screening:
    """Run every compiled constraint over the graph; of shapes not compiled, find the focus nodes."""
    screening = Screening(screened=len(compilation.constraints))
    for number, constraint in enumerate(compilation.constraints, start=1):
        if not constraint.query:
            continue
        pairs = [
            (first, last)
            for first, last in ((row[0], row[-1]) for row in graph.select(constraint.query).rows)
            if first is not None and last is not None
        ]
        if pairs:
            screening.found.append(Found(constraint, pairs))
        if progress:
            progress("screen", number, len(compilation.constraints))
    for left in compilation.uncompiled:
        target = compilation.targets.get(left.root.node)
        nodes = [] if target is None else _nodes(graph, f"SELECT DISTINCT ?this WHERE {{ {target} }}")
        screening.whole.append((left, nodes))
    return screening


def _nodes(graph: Graph, query: str) -> list[Term]:
    return [row[0] for row in graph.select(query).rows if row[0] is not None]
