"""Facets over the rows of a list: several values of one facet widen it, several facets narrow it.

Rows are kept as arrays, so that counting every value of every facet takes milliseconds for tens of thousands.
Nothing here knows of the web or of what the rows are about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.web.explorer.finding import fold

Row = Mapping[str, Any]
Mask = NDArray[np.bool_]


class Facet:
    """The values of one facet and which rows have them."""

    def __init__(self, values: Sequence[Sequence[str]]) -> None:
        """Take for each row the values it has; a row may have none or several."""
        values = [tuple(dict.fromkeys(row)) for row in values]
        self.values = sorted({value for row in values for value in row})
        numbers = {value: number for number, value in enumerate(self.values)}
        self._rows = np.array([n for n, row in enumerate(values) for _ in row], dtype=np.int64)
        self._numbers = np.array([numbers[value] for row in values for value in row], dtype=np.int64)
        self._size = len(values)

    def mask(self, chosen: Sequence[str]) -> Mask:
        """Return which rows have one of the chosen values; all rows when none is chosen."""
        if not chosen:
            return np.ones(self._size, dtype=bool)
        wanted = np.isin(self.values, list(chosen))
        mask = np.zeros(self._size, dtype=bool)
        mask[self._rows[wanted[self._numbers]]] = True
        return mask

    def counts(self, among: Mask) -> dict[str, int]:
        """Return for each value how many of the rows `among` have it."""
        found = np.bincount(self._numbers[among[self._rows]], minlength=len(self.values))
        return dict(zip(self.values, found.tolist(), strict=True))


class Faceted:
    """Rows with their facets and their orders; the rows never change. Safe to use from many threads."""

    def __init__(
        self, rows: Sequence[Row], facets: Mapping[str, Callable[[Row], Sequence[str]]], text: str
    ) -> None:
        """Take the rows, what gives the values of a row for each facet, and the key of a row's name."""
        self.rows = rows
        self.names = [fold(str(row[text])) for row in rows]
        self.facets = {name: Facet([values(row) for row in rows]) for name, values in facets.items()}
        self._text = text
        self._orders: dict[tuple[str, bool], NDArray[np.int64]] = {}

    def masks(self, chosen: Mapping[str, Sequence[str]]) -> dict[str, Mask]:
        """Return for each facet which rows fit what is chosen of it."""
        return {name: facet.mask(chosen.get(name, ())) for name, facet in self.facets.items()}

    def counts(self, name: str, masks: Mapping[str, Mask], also: Mask) -> dict[str, int]:
        """Count each value of a facet among the rows that the other facets and `also` leave."""
        among = also.copy()
        for other, mask in masks.items():
            if other != name:
                among &= mask
        return self.facets[name].counts(among)

    def ordered(self, key: str, descending: bool) -> NDArray[np.int64]:
        """Return the numbers of the rows by the values of `key`; rows without one come last.

        Rows alike in `key` stand by name, without regard to case.
        """
        kept = self._orders.get((key, descending))
        if kept is None:
            kept = np.array(self._sorted(key, descending), dtype=np.int64)
            self._orders[(key, descending)] = kept
        return kept

    def _sorted(self, key: str, descending: bool) -> list[int]:
        numbers = sorted(range(len(self.rows)), key=lambda n: str(self.rows[n][self._text]).lower())
        known = [n for n in numbers if self.rows[n][key] is not None]
        unknown = [n for n in numbers if self.rows[n][key] is None]
        # Sorting is stable also when reversed, so that rows alike keep their order by text.
        return sorted(known, key=lambda n: _comparable(self.rows[n][key]), reverse=descending) + unknown


def _comparable(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value
