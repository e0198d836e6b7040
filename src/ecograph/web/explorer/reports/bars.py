"""Bars by year drawn on the server as SVG: paper has no script."""

from __future__ import annotations

from dataclasses import dataclass

from ecograph.export.document import Bars
from ecograph.web.explorer.charts import first_year_after

WIDTH, HEIGHT = 560.0, 150.0
_TOP, _BOTTOM = 18.0, 20.0
_MANY_YEARS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with its year and whether it lies before the strategy was adopted."""

    year: int
    value: int
    x: float
    y: float
    width: float
    height: float
    before: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bars in a box; their feet stand at `base`, and one year in `every` is labelled."""

    bars: tuple[Bar, ...]
    width: float
    height: float
    base: float
    every: int


def draw(picture: Bars) -> Drawing:
    """Draw numbers by year; a year of no number keeps its place."""
    first, last = picture.values[0][0], picture.values[-1][0]
    step = WIDTH / (last - first + 1)
    most = max(value for _, value in picture.values) or 1
    drop = HEIGHT - _TOP - _BOTTOM
    change = first_year_after(picture.adopted)
    bars = []
    for year, value in picture.values:
        height = round(drop * value / most, 1)
        x = round((year - first) * step + step * 0.12, 1)
        bars.append(
            Bar(year, value, x, round(_TOP + drop - height, 1), round(step * 0.76, 1), height, year < change)
        )
    every = 1 if last - first < _MANY_YEARS else 2 if last - first < 2 * _MANY_YEARS else 5
    return Drawing(tuple(bars), WIDTH, HEIGHT, _TOP + drop, every)
