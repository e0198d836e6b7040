"""A smallest part of a list that has a property which more items can only give, found by leaving items out.

Deletion-based minimisation (Kalyanpur et al., 2007, Finding all justifications of OWL DL entailments,
ISWC), several deletions a step: the items stand in an order, and the shortest beginning that still has the
property is sought; its last item is needed, what comes after it is left out. Then the same with that item
kept. Every item of the result is needed: without it the rest has not the property.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


class OutOfTimeError(Exception):
    """Raised by a test when the time for the search has run out; `found` is what is left by then."""

    def __init__(self, found: Sequence[object] = ()) -> None:
        super().__init__("out of time")
        self.found = found


def smallest(
    items: Sequence[Item],
    first: Callable[[list[list[Item]]], int | None],
    *,
    width: int = 1,
    order: Callable[[list[Item], list[Item]], list[Item]] | None = None,
) -> list[Item]:
    """Return a minimal part of `items` that has the property; they all together must have it.

    Parameters
    ----------
    first: gives the index of the first of several lists that has the property, or None; it may raise
        OutOfTimeError, to which the items that are left are added.
    width: how many lists to hand to `first` at once.
    order: puts items in order when some are kept, the likely ones first.
    """
    kept: list[Item] = []
    rest = list(items)
    while True:
        try:
            end = _shortest(kept, rest, first, width)
        except OutOfTimeError:
            raise OutOfTimeError([*kept, *rest]) from None
        if end == 0:
            return kept
        kept.append(rest[end - 1])
        rest = rest[: end - 1]
        rest = order(rest, kept) if order else rest


def _shortest(
    kept: list[Item], rest: list[Item], first: Callable[[list[list[Item]]], int | None], width: int
) -> int:
    """Return the length of the shortest beginning of `rest` that has the property together with `kept`."""
    low, high = -1, len(rest)
    while high - low > 1:
        ends = _grid(low + 1, high - 1, width)
        found = first([[*kept, *rest[:end]] for end in ends])
        if found is None:
            low = ends[-1]
        else:
            high, low = ends[found], ends[found - 1] if found else low
    return high


def _grid(start: int, last: int, width: int) -> list[int]:
    """Return up to `width` numbers from `start` to `last`, denser at the beginning, where answers are."""
    span = last - start
    if span < width:
        return list(range(start, last + 1))
    if width == 1:
        return [start + span // 2]
    return sorted({start + round(span * (step / (width - 1)) ** 2) for step in range(width)})


def nearest_first(
    items: Sequence[Item], names: Callable[[Item], set[str]], start: Iterable[str]
) -> list[Item]:
    """Return the items with those first that share names with `start`, then those that share with these."""
    reached = set(start)
    ordered: list[Item] = []
    left = [(item, names(item)) for item in items]
    while left and reached:
        near = [pair for pair in left if pair[1] & reached]
        if not near:
            break
        ordered += [item for item, _ in near]
        for _, own in near:
            reached |= own
        taken = {id(pair) for pair in near}
        left = [pair for pair in left if id(pair) not in taken]
    return ordered + [item for item, _ in left]
