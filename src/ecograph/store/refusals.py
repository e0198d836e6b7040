"""Why a worker does not run a query: what is wrong with it, told so that its author can mend it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Store

from ecograph.model.namespaces import ECO
from ecograph.store.tokens import Findings

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_MOST = 10
"""So many unknown terms are named at most."""


class RefusedError(Exception):
    """The job is answered with an error: a kind that the web process knows, and details."""

    def __init__(self, kind: str, **details: Any) -> None:
        super().__init__(kind)
        self.details = {"error": kind, **details}


def require_graph(store: Store, graph: str) -> None:
    """Refuse a graph that the build does not have.

    Raises
    ------
    RefusedError: with what was asked and what there is.
    """
    try:
        node = NamedNode(graph)
    except ValueError as error:
        raise RefusedError("malformed", detail=f"{graph!r} is not an absolute IRI") from error
    if not store.contains_named_graph(node):
        names = sorted(name.value for name in store.named_graphs() if not isinstance(name, DefaultGraph))
        raise RefusedError("unknown-graph", graph=graph, known=names[:50])


def ontology_terms(store: Store) -> list[str]:
    """Return the local names of the ontology's terms."""
    graphs = [name for name in store.named_graphs() if str(name.value).endswith("graph/ontology")]
    found = {
        quad.subject.value[len(ECO) :]
        for graph in graphs
        for quad in store.quads_for_pattern(None, None, None, graph)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ECO)
    }
    return sorted(found - {""})


def unknown_terms(found: Findings, known: list[str], query: str) -> list[dict[str, Any]]:
    """Return the terms of the ontology's namespace that it does not have, with place and likely meaning."""
    unknown = []
    names = set(known)
    for iri, start in found.terms.items():
        name = iri[len(ECO) :]
        if name in names or not names:
            continue
        line = query.count("\n", 0, start) + 1
        near = get_close_matches(name[:80], known, n=2, cutoff=0.7)
        unknown.append(
            {
                "term": f"eco:{name}",
                "line": line,
                "column": start - (query.rfind("\n", 0, start) + 1) + 1,
                "suggestions": [f"eco:{each}" for each in near],
            }
        )
        if len(unknown) == _MOST:
            break
    return unknown


def syntax(error: SyntaxError, query: str, found: Findings) -> RefusedError:
    """Return the refusal of a query that is no SPARQL: line, column, the text around it."""
    match = _POSITION.match(str(error))
    if match is None:
        return RefusedError("syntax", line=1, column=1, detail=str(error), prefixes=found.unknown_prefixes)
    line, column = int(match[1]), int(match[2])
    lines = query.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    start = max(0, column - 60)
    return RefusedError(
        "syntax",
        line=line,
        column=column,
        detail=_readable(match[3]),
        excerpt=text[start : start + 120].rstrip("\r"),
        caret=column - 1 - start,
        prefixes=found.unknown_prefixes,
    )


def _readable(expected: str) -> str:
    """Shorten the parser's list of expectations: character classes say nothing to a reader."""
    if not expected.startswith("expected one of "):
        return expected
    words = [
        word
        for word in re.split(r",\s+", re.sub(r"\[[^\]]*\](?:\s*\|[^,]*)?", "", expected[16:]))
        if word.strip() and not re.match(r"[|'\\]", word.strip())
    ]
    return "expected one of " + ", ".join(words[:12]) if words else "this is not expected here"
