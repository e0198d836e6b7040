"""Why an ontology is inconsistent: a smallest set of its axioms that clash, found by leaving axioms out.

Deletion-based minimisation (Kalyanpur et al., 2007, Finding all justifications of OWL DL entailments,
ISWC), several deletions a step: the axioms are put in order, and the shortest beginning that still clashes
is sought among a grid of beginnings; its last axiom is needed, what comes after it is left out. Then the
same with that axiom kept. Every axiom of the result is needed: without it the rest does not clash.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from ecograph.reasoning.axioms import Axiom, Ontology, Statement
from ecograph.reasoning.hermit import first_inconsistent

_BUILTIN = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#",
            "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2001/XMLSchema#")  # fmt: skip
_GRID = 24


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
    rest = _by_nearness(ontology.axioms, {node for statement in extra for node in statement})
    kept: list[Axiom] = []
    try:
        while True:
            end = _shortest(ontology, kept, rest, extra, deadline)
            if end == 0:
                return Clash(tuple(kept), True)
            kept.append(rest[end - 1])
            rest = _by_nearness(rest[: end - 1], _signature(kept))
    except _OutOfTimeError:
        return Clash((*kept, *rest), False)


class _OutOfTimeError(Exception):
    """The time for the search has run out."""


def _shortest(
    ontology: Ontology, kept: list[Axiom], rest: list[Axiom], extra: Sequence[Statement], deadline: float
) -> int:
    """Return the length of the shortest beginning of `rest` that clashes with `kept`."""
    low, high = -1, len(rest)
    while high - low > 1:
        ends = _grid(low + 1, high - 1)
        left = deadline - time.monotonic()
        if left <= 0:
            raise _OutOfTimeError
        found = first_inconsistent(
            [ontology.triples([*kept, *rest[:end]], extra) for end in ends], seconds=left + 10
        )
        if found is None:
            low = ends[-1]
        else:
            high, low = ends[found], ends[found - 1] if found else low
    return high


def _grid(first: int, last: int) -> list[int]:
    """Return up to _GRID numbers from `first` to `last`, denser at the beginning, where answers are likely."""
    span = last - first
    if span < _GRID:
        return list(range(first, last + 1))
    return sorted({first + round(span * (step / (_GRID - 1)) ** 2) for step in range(_GRID)})


def _signature(axioms: Sequence[Axiom]) -> set[Node]:
    return {node for axiom in axioms for statement in axiom.statements for node in statement if _telling(node)}


def _telling(node: Node) -> bool:
    return isinstance(node, URIRef) and not str(node).startswith(_BUILTIN)


def _by_nearness(axioms: list[Axiom], names: set[Node]) -> list[Axiom]:
    """Return the axioms with those first that share names with `names`, then those that share with these."""
    reached = {node for node in names if _telling(node)}
    if not reached:
        return axioms
    ordered, left = [], axioms
    while left:
        near = [axiom for axiom in left if _signature([axiom]) & reached]
        if not near:
            return ordered + left
        ordered += near
        reached |= _signature(near)
        left = [axiom for axiom in left if axiom not in near]
    return ordered
