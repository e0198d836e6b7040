"""Why an ontology is inconsistent: a smallest set of its axioms that clash."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from ecograph.reasoning.axioms import Axiom, Ontology, Statement, names_of, telling
from ecograph.reasoning.hermit import first_inconsistent
from ecograph.reasoning.minimise import OutOfTimeError, nearest_first, smallest

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

    told = {str(node) for statement in extra for node in statement if telling(node)}
    start = nearest_first(ontology.axioms, names_of, told)
    try:
        found = smallest(start, first, width=_AT_ONCE, order=_near_what_is_kept)
    except OutOfTimeError as stopped:
        return Clash(tuple(cast("Sequence[Axiom]", stopped.found)), False)
    return Clash(tuple(found), True)


def _near_what_is_kept(rest: list[Axiom], kept: list[Axiom]) -> list[Axiom]:
    return nearest_first(rest, names_of, {name for axiom in kept for name in names_of(axiom)})
