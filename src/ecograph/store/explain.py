"""The algebra of a query, as the SPARQL 1.1 recommendation (section 18) translates it, for people to read.

The engine shows neither its algebra nor its plan, so rdflib's translation is shown: the query before any
optimisation. It is made in a query worker only, on request.
"""

from __future__ import annotations

from typing import Any

from ecograph.model.namespaces import shorten

_DEEPEST = 60


def algebra(query: str, base: str) -> Any:
    """Return the algebra as nested lists and objects of JSON, or None when rdflib cannot read the query."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return _tree(translateQuery(parseQuery(query), base=base or None).algebra, 0)
    except Exception:  # a parser other than the engine's: whatever it stumbles over is no fault of the query
        return None


def _tree(node: Any, depth: int) -> Any:
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Identifier, URIRef

    if depth > _DEEPEST:
        return "…"
    if isinstance(node, CompValue):
        found: dict[str, Any] = {"operator": node.name}
        for name in node:
            if name not in {"_vars", "datasetClause", "lazy"}:
                found[name] = _tree(node[name], depth + 1)
        return found
    if isinstance(node, URIRef):
        short = shorten(str(node))
        return short if short != str(node) else node.n3()
    if isinstance(node, Identifier):
        return node.n3()
    if isinstance(node, dict):
        return {str(key): _tree(value, depth + 1) for key, value in node.items()}
    if isinstance(node, tuple) and len(node) == 3 and all(isinstance(each, Identifier) for each in node):
        return " ".join(_tree(each, depth + 1) for each in node)
    if isinstance(node, list | tuple | set | frozenset):
        items = sorted(node, key=str) if isinstance(node, set | frozenset) else node
        return [_tree(each, depth + 1) for each in items]
    return node if isinstance(node, bool | int | float | str) or node is None else str(node)
