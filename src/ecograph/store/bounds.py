"""How much work a lookup is at most: the engine's own order of joins, and how far each predicate fans out.

The engine (Oxigraph 0.5, ``sparopt``) joins patterns that hang together one index lookup after the other. It
begins with the part it takes for the smallest and goes on with the smallest that shares a variable; its
estimates depend on nothing but which places are bound. So the order is known, and with the largest number of
statements that a predicate has for one subject or one object, so is the largest number of statements read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ecograph.store.lookups import Lookup, Node, Pattern, Values

MOST = 500
"""So many statements are read at most for a lookup; what may be more is for a worker."""
UNBOUNDED = 1 << 30
_DUPLICATES = 8
"""A statement may stand in so many graphs; a LIMIT counts it once, the engine reads each."""
_ESTIMATES = {
    (True, True, True): 1,
    (True, False, True): 2,
    (True, True, False): 10,
    (True, False, False): 100,
    (False, True, True): 10_000,
    (False, False, True): 100_000,
    (False, True, False): 1_000_000,
    (False, False, False): 1_000_000_000,
}
"""The engine's guess of a pattern's size: subject, predicate, object bound or not."""
_CEILING = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class FanOut:
    """The most statements of one predicate that share a subject, and that share an object."""

    subject: int
    object: int


Count = Callable[[Node, Node, Node], int]
"""Counts the statements of a pattern with a constant subject or object, up to `MOST` and one."""


def bound(lookup: Lookup, fan_outs: dict[str, FanOut], count: Count) -> int:
    """Return how many statements the engine reads at most for the lookup; `UNBOUNDED` when that is not known.

    Parameters
    ----------
    lookup: what is asked.
    fan_outs: predicate (IRI) → how far it fans out in the build.
    count: counts what stands in the build where the fan-out alone says too little.
    """
    left = list(lookup.parts)
    known: set[str] = set()
    rows, read, estimate = 1, 0, 1
    while left:
        fitting = [part for part in left if part.variables() & known] if known else left
        if not fitting:
            return UNBOUNDED  # parts that do not hang together: every row of one with every row of the other
        part = min(fitting, key=lambda each: min(_CEILING, estimate * _estimate(each, known)))
        each = _reads(part, known, fan_outs, count)
        if len(lookup.parts) == 1 and lookup.limit is not None and not (lookup.distinct or lookup.filters):
            each = min(each, lookup.limit * _DUPLICATES) if each < UNBOUNDED else each
        read += rows * max(each, 1)
        rows *= each
        if read > MOST:
            return UNBOUNDED
        estimate = min(_CEILING, estimate * _estimate(part, known))
        known |= part.variables()
        left.remove(part)
    return read


def _estimate(part: Pattern | Values, known: set[str]) -> int:
    if isinstance(part, Values):
        return len(part.nodes)
    subject, predicate, object = (
        not node.variable or node.value in known for node in (part.subject, part.predicate, part.object)
    )
    return _ESTIMATES[subject, predicate, object]


def _reads(part: Pattern | Values, known: set[str], fan_outs: dict[str, FanOut], count: Count) -> int:
    """Return how many statements one row leads to at most."""
    if isinstance(part, Values):
        return len(part.nodes)
    subject, object = (not node.variable or node.value in known for node in (part.subject, part.object))
    constant = not part.subject.variable or not part.object.variable
    if part.predicate.variable:
        # Not even a bound variable helps: nothing is known of how much is said of just any thing.
        return count(part.subject, part.predicate, part.object) if not part.subject.variable else UNBOUNDED
    fan_out = fan_outs.get(part.predicate.value)
    if fan_out is None:
        return UNBOUNDED
    most = min(
        fan_out.subject if subject else UNBOUNDED,
        fan_out.object if object else UNBOUNDED,
    )
    if most > _DUPLICATES and constant:
        return min(most, count(part.subject, part.predicate, part.object))
    return most
