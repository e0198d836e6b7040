"""What a build says of one thing, which thing took its place, and whether an earlier build knew it."""

from __future__ import annotations

import threading
from itertools import islice

from ecograph.errors import StoreError
from ecograph.model.namespaces import expand
from ecograph.store.graph import BlankNode, NamedNode, PublishedGraph, Triple
from ecograph.web.context import Site

_INCOMING = 1000
"""At most so many statements that point at a resource belong to its description."""
_REPLACED = NamedNode(expand("dcterms:isReplacedBy"))
_LABEL = NamedNode(expand("skos:prefLabel"))
_TYPE = NamedNode(expand("rdf:type"))
_HOPS = 10
_LOOKING = threading.Lock()


def bounded_description(graph: PublishedGraph, node: NamedNode) -> list[Triple]:
    """Return a concise bounded description with neighbours' labels; empty when nothing is said of the node.

    What is said of the node and of blank nodes reached from it, what points at it (at most 1,000 statements,
    none that it is somebody's class), and the preferred labels of all that these name.
    """
    found: list[Triple] = []
    queue: list[NamedNode | BlankNode] = [node]
    seen: set[NamedNode | BlankNode] = {node}
    while queue:
        for quad in graph.quads(queue.pop()):
            found.append(quad.triple)
            if isinstance(quad.object, BlankNode) and quad.object not in seen:
                seen.add(quad.object)
                queue.append(quad.object)
    if not found:
        return []
    # That something is of this class says little of the class, and there may be thousands of it.
    incoming = (quad.triple for quad in graph.quads(None, None, node) if quad.predicate != _TYPE)
    found += islice(incoming, _INCOMING)
    neighbours = {
        term
        for triple in found
        for term in (triple.subject, triple.object)
        if isinstance(term, NamedNode) and term != node
    }
    for neighbour in neighbours:
        found += [quad.triple for quad in graph.quads(neighbour, _LABEL)]
    return found


def survivor(graph: PublishedGraph, node: NamedNode) -> NamedNode | None:
    """Return the thing that took this one's place, the last in the row, or None."""
    current: NamedNode | None = None
    for _ in range(_HOPS):
        found = next(graph.quads(current or node, _REPLACED), None)
        if found is None or not isinstance(found.object, NamedNode) or found.object == node:
            break
        current = found.object
    return current


def earlier_build(site: Site, node: NamedNode) -> str:
    """Return the id of the newest kept build that says something of the node, or nothing.

    The kept builds are asked, and only for what the served one does not know; one request at a time looks, so
    that a flood of unknown addresses opens no flood of stores.
    """
    served = site.served()
    return served.memo(("earlier", node.value), lambda: _look(site, served.build.path.name, node))


def _look(site: Site, current: str, node: NamedNode) -> str:
    with _LOOKING:
        for build in site.builds.all():
            if build.path.name == current:
                continue
            try:
                if next(build.graph().quads(node), None) is not None:
                    return build.id
            except StoreError:  # cleared away since, or damaged: then it says nothing
                continue
    return ""
