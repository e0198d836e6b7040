"""How many statements and focus nodes a graph has, so that each query starts from the smaller side."""

from __future__ import annotations

from ecograph.store.graph import Graph, python_value


class Statistics:
    """Counts of a graph, each counted when first asked for."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._counted: dict[str, int] = {}

    def statements(self, property_: str) -> int:
        """Return how many statements of a property (an IRI) there are."""
        return self._count(f"?s <{property_}> ?o .")

    def focus_nodes(self, target: str) -> int:
        """Return how many solutions a target pattern has."""
        return self._count(target)

    def _count(self, pattern: str) -> int:
        if pattern not in self._counted:
            rows = self._graph.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows
            self._counted[pattern] = int(python_value(rows[0][0]))
        return self._counted[pattern]
