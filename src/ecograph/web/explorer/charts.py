"""Charts drawn on the server as SVG; each has its table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 560.0, 150.0
_TOP, _BOTTOM = 18.0, 20.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with its year and whether it lies before the strategy was adopted."""

    year: int
    value: float
    x: float
    y: float
    width: float
    height: float
    before: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart over years; `adopted_x` is where the strategy was adopted, None outside the years shown."""

    bars: tuple[Bar, ...]
    width: float
    height: float
    base: float
    adopted_x: float | None
    every: int
    """A label at each so many years."""


def year_bars(amounts: dict[int, Any], adopted: str) -> Bars | None:
    """Draw amounts by year; `adopted` is the ISO date of the strategy, for instance 2020-12.

    A project that began in the year of adoption, before its month, is before it; with years only, the year
    of adoption counts as before when the strategy came in its second half.
    """
    if not amounts:
        return None
    first, last = min(amounts), max(amounts)
    step = WIDTH / (last - first + 1)
    most = max(float(value) for value in amounts.values()) or 1.0
    drop = HEIGHT - _TOP - _BOTTOM
    change = first_year_after(adopted)
    bars = []
    for year, value in sorted(amounts.items()):
        height = round(drop * float(value) / most, 1)
        x = round((year - first) * step + step * 0.12, 1)
        y = round(_TOP + drop - height, 1)
        bars.append(Bar(year, float(value), x, y, round(step * 0.76, 1), height, year < change))
    line = round((change - first) * step, 1) if first < change <= last + 1 else None
    return Bars(tuple(bars), WIDTH, HEIGHT, _TOP + drop, line, 1 if last - first < 12 else 2)


def first_year_after(adopted: str) -> int:
    """Return the first whole year of starts that can follow a strategy adopted on an ISO date."""
    year, _, rest = adopted.partition("-")
    return int(year) + (1 if rest[:2] > "01" else 0)
