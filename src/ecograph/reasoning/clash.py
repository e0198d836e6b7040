"""Why an ontology is inconsistent: a smallest set of its axioms that clash."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from rdflib import URIRef
from rdflib.term import Node

from ecograph.model.namespaces import PREFIXES
from ecograph.reasoning.axioms import Axiom, Ontology, Statement
from ecograph.reasoning.hermit import first_inconsistent
from ecograph.reasoning.minimise import OutOfTimeError, smallest

_BUILTIN = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
_AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class Clash:
    """Axioms that clash; `minimal` is False when the time did not suffice to leave out all that can be."""

    axioms: tuple[Axiom, ...]
    minimal: bool


def smallest_clash(ontology: Ontology, extra: Sequence[Statement] = (), *, seconds: float = 30) -> Clash:
    """Return a minimal set of axioms that are inconsistent together.

    Parameters
    ----------
    ontology: an ontology that is inconsistent, or becomes so by `extra`.
    extra: statements that are always there, such as an instance of a class that ought to have none.
    seconds: when to stop with what is found.
    """
    deadline = time.monotonic() + seconds

    def first(candidates: list[list[Axiom]]) -> int | None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return first_inconsistent([ontology.triples(axioms, extra) for axioms in candidates], left + 10)

    start = _by_nearness(ontology.axioms, (node for statement in extra for node in statement))
    try:
        found = smallest(
            start, first, width=_AT_ONCE, order=lambda rest, kept: _by_nearness(rest, _names(kept))
        )
    except OutOfTimeError as stopped:
        return Clash(tuple(cast("Sequence[Axiom]", stopped.found)), False)
    return Clash(tuple(found), True)


def _names(axioms: Iterable[Axiom]) -> set[Node]:
    nodes = (node for axiom in axioms for statement in axiom.statements for node in statement)
    return {node for node in nodes if _telling(node)}


def _telling(node: Node) -> bool:
    return isinstance(node, URIRef) and not str(node).startswith(_BUILTIN)


def _by_nearness(axioms: list[Axiom], names: Iterable[Node]) -> list[Axiom]:
    """Return the axioms with those first that share names with `names`, then those that share with these."""
    reached = {node for node in names if _telling(node)}
    ordered: list[Axiom] = []
    left = axioms
    while left and reached:
        near = [axiom for axiom in left if _names([axiom]) & reached]
        if not near:
            break
        ordered += near
        reached |= _names(near)
        taken = {id(axiom) for axiom in near}
        left = [axiom for axiom in left if id(axiom) not in taken]
    return ordered + left
