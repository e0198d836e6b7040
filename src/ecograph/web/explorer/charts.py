"""Charts of a page's own tables: what the script draws, and what it says to those who do not see it.

A chart is made from the rows of an answered question and adds nothing to them: one row, one mark. Observable
Plot draws it in the browser (`frontend/src/pages/charts.ts`); the table beside it is its text alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import g
from flask_babel import gettext

from ecograph.query.catalogue import Drawing
from ecograph.web.explorer import language, themes
from ecograph.web.explorer.asking import Shown, site

MOST_MARKS = 30
"""Categories along an axis; more cannot be read, and the table has them."""
MOST_SERIES = 8
_MOST_CHARTS = 4
_FEWEST_MARKS = 2

_PLAIN = ("--spruce", "--contour", "--water", "--ink-soft")
"""Colours of series that are no priority areas: an area's colour means the area, and purple a gap."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the template shows it.

    `data` is what the script draws, `sentence` the highest and lowest values in words, `notes` what the
    drawing leaves out. `number` is unique on the page.
    """

    kind: str
    caption: str
    sentence: str
    notes: tuple[str, ...]
    data: dict[str, Any]
    shown: Shown
    number: int
    first: bool


def first_year_after(adopted: str) -> int:
    """Return the first whole year of starts that can follow a strategy adopted on an ISO date."""
    year, _, rest = adopted.partition("-")
    return int(year) + (1 if rest[:2] > "01" else 0)


def charts_of(drawing: Drawing | None, shown: Shown) -> list[Chart]:
    """Return the charts that a question's header names, one for each value of the columns it keeps apart.

    Kinds of money and currencies are kept apart so; of many, those with most rows are drawn.
    """
    if drawing is None:
        return []
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in shown.rows:
        groups.setdefault(tuple(_text(row.get(name)) for name in drawing.each), []).append(row)
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))[:_MOST_CHARTS]
    made = [
        chart_of(
            drawing.kind, shown, drawing.x, drawing.y, drawing.series, low=drawing.low, high=drawing.high,
            caption=", ".join(key) or None, rows=rows,
        )
        for key, rows in largest
    ]  # fmt: skip
    return [chart for chart in made if chart is not None]


def chart_of(
    kind: str,
    shown: Shown,
    x: str,
    y: str,
    series: str | None = None,
    *,
    low: str | None = None,
    high: str | None = None,
    caption: str | None = None,
    unit: str = "",
    rows: Sequence[Row] | None = None,
) -> Chart | None:
    """Return the chart of some columns of an answered question.

    Parameters
    ----------
    kind: ``bar``, ``stacked``, ``line``, ``interval`` (estimate `y` between `low` and `high`) or ``heat``
        (`x` across, `series` down, `y` in the cell).
    x: the column of categories or, when it holds whole numbers and its name ends in year, of years.
    rows: the rows of `shown` to draw, all when None.

    None when fewer than two marks remain, or when two rows would make the same mark: a chart adds nothing up.
    """
    every = [row for row in (shown.rows if rows is None else rows) if _is_number(row.get(y))]
    years = _is_year(x) and all(isinstance(row.get(x), int) for row in every if row.get(x) is not None)
    kept = [row for row in every if not years or row.get(x) is not None]
    undated = [row for row in every if years and row.get(x) is None]
    marks = [_mark(row, x, y, series, low, high) for row in kept]
    left_out = 0
    if not years:
        names = list(dict.fromkeys(mark["x"] for mark in marks))
        left_out = max(0, len(names) - MOST_MARKS)
        marks = [mark for mark in marks if mark["x"] in set(names[:MOST_MARKS])]
    groups = list(dict.fromkeys(mark["s"] for mark in marks)) if series else []
    if kind != "heat" and len(groups) > MOST_SERIES:
        return None
    if len(marks) < _FEWEST_MARKS or len({(mark["x"], mark["s"]) for mark in marks}) < len(marks):
        return None
    headings = shown.headings(g.lang)
    adopted = site().workspace.region.strategy_adopted
    data = {
        "kind": kind,
        "lang": g.lang,
        "unit": unit,
        "years": years,
        "x": headings.get(x, x),
        "y": headings.get(y, y),
        "marks": marks,
        "series": _series(groups, kept, series) if kind != "heat" else groups,
        "adopted": _adopted(adopted) if years else None,
        "words": {"before": gettext("begun before the strategy was adopted: not its effect"),
                  "after": gettext("begun after")},
    }  # fmt: skip
    number = g.get("ecograph_charts", 0) + 1
    g.ecograph_charts = number
    notes = _notes(marks, undated, y, series, unit, left_out, years, first_year_after(adopted))
    return Chart(
        kind=kind,
        caption=caption or f"{headings.get(y, y)}{f', {unit}' if unit else ''}",
        sentence=_sentence(marks, groups, unit, years, heat=kind == "heat"),
        notes=tuple(notes),
        data=data,
        shown=shown,
        number=number,
        first=number == 1,
    )


def _mark(row: Row, x: str, y: str, series: str | None, low: str | None, high: str | None) -> dict[str, Any]:
    value = row[x] if isinstance(row[x], int) and _is_year(x) else _text(row[x])
    mark = {"x": value, "y": _float(row[y]), "s": _text(row[series]) if series else ""}
    if low and high and _is_number(row.get(low)) and _is_number(row.get(high)):
        mark |= {"low": _float(row[low]), "high": _float(row[high])}
    colour = _area_colour(row, x)
    return mark | ({"colour": colour} if colour else {})


def _series(groups: list[str], rows: Iterable[Row], name: str | None) -> list[dict[str, Any]]:
    """Give each series its colour and its pattern; a priority area has its own colour on every page."""
    colours = {_text(row[name]): _area_colour(row, name) for row in rows} if name else {}
    others = ("--area-none",) if any(colours.values()) else _PLAIN
    return [
        {"name": group, "colour": colours.get(group) or others[number % len(others)], "pattern": number}
        for number, group in enumerate(groups)
    ]


def _area_colour(row: Row, name: str) -> str | None:
    area = themes.areas().get(str(row.get(name.removesuffix("Label"))))
    if area is None:
        return None
    return f"--{area.colour}" if area.colour.startswith("area-") else f"--area-{area.colour}"


def _adopted(adopted: str) -> dict[str, Any]:
    """Place the strategy's adoption on the axis of years, in whole years and months."""
    year, _, rest = adopted.partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else 1
    return {
        "at": int(year) + (month - 1) / 12,
        "from": first_year_after(adopted),
        "label": gettext("the strategy, %(date)s", date=adopted),
    }


def _sentence(marks: list[dict[str, Any]], groups: list[str], unit: str, years: bool, *, heat: bool) -> str:
    if heat:
        return _extremes([{**mark, "x": f"{mark['s']} – {mark['x']}"} for mark in marks], unit)
    if len(groups) < 2:
        return _one(marks, unit, years)
    parts = [(group, [mark for mark in marks if mark["s"] == group]) for group in groups]
    return " ".join(f"{group}: {_one(part, unit, years)}" for group, part in parts if part)


def _one(marks: list[dict[str, Any]], unit: str, years: bool) -> str:
    said = _extremes(marks, unit)
    if not years or len(marks) < 2:
        return said
    first, last = min(marks, key=lambda mark: mark["x"]), max(marks, key=lambda mark: mark["x"])
    course = gettext(
        "From %(first)s in %(start)s to %(last)s in %(end)s.",
        first=_amount(first["y"], unit), start=first["x"], last=_amount(last["y"], unit), end=last["x"],
    )  # fmt: skip
    return f"{course} {said}"


def _extremes(marks: list[dict[str, Any]], unit: str) -> str:
    most, least = max(mark["y"] for mark in marks), min(mark["y"] for mark in marks)
    if most == least:
        return str(gettext("The same everywhere: %(value)s.", value=_amount(most, unit)))
    said = gettext(
        "Highest: %(most)s (%(high)s). Lowest: %(least)s (%(low)s).",
        most=_names(marks, most), high=_amount(most, unit),
        least=_names(marks, least), low=_amount(least, unit),
    )  # fmt: skip
    return str(said)


def _names(marks: list[dict[str, Any]], value: float) -> str:
    names = [str(mark["x"]) for mark in marks if mark["y"] == value]
    if len(names) <= 3:
        return language.joined(names)
    return str(gettext("%(name)s and %(others)s more", name=names[0], others=len(names) - 1))


def _notes(
    marks: list[dict[str, Any]],
    undated: list[Row],
    y: str,
    series: str | None,
    unit: str,
    left_out: int,
    years: bool,
    change: int,
) -> list[str]:
    notes = []
    if undated:
        amounts = [
            (f"{_text(row[series])} " if series else "") + _amount(_float(row[y]), unit) for row in undated
        ]
        notes.append(
            gettext("No year stated, outside the chart: %(amounts)s.", amounts=language.joined(amounts[:8]))
        )
    if left_out:
        notes.append(gettext("The first %(shown)s; %(others)s more are in the table.",
                             shown=MOST_MARKS, others=language.number(left_out)))  # fmt: skip
    if years and max(mark["x"] for mark in marks) < change:
        notes.append(gettext("All years lie before the strategy was adopted."))
    return notes


def _amount(value: float, unit: str) -> str:
    places = None if value == int(value) else (3 if abs(value) < 0.1 else 2 if abs(value) < 10 else 1)
    return language.number(value, places) + (f"\u00a0{unit}" if unit else "")


def _is_year(name: str) -> bool:
    return name.lower().endswith("year")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return {"sv": ("nej", "ja"), "en": ("no", "yes")}[g.lang][int(value)]
    return gettext("not stated") if value is None else str(value)


def _float(value: Any) -> float:
    return float(value) if value != int(value) else int(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
