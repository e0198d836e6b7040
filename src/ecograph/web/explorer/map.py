"""The map: figures of municipalities and ties to other places, drawn from the build's geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import render_template, request
from flask_babel import gettext

from ecograph.web.explorer import geography
from ecograph.web.explorer.asking import Shown, ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import areas, blind_sources, coverage

_COUNTS = ("projects", "actors", "projectsPer10000", "actorsPer10000")
_WIDE, _NARROW = 620.0, 330.0
_FIRST_YEAR, _LAST_YEAR = 1980, 2100


@dataclass(frozen=True, slots=True)
class Figure:
    """What the map may show: the key in the address, its name, its unit, the level of other places."""

    key: str
    label: str
    unit: str = ""
    beyond: str = ""


@explorer.get("/<any(sv,en):lang>/map", endpoint="map")
def map_page() -> str:
    """The map of a chosen figure, area and window of years."""
    known = {site().base.local(iri) or iri: area for iri, area in areas().items()}
    area = request.args.get("area", "")[:200]
    area = area if area in known else ""
    window = {name: _year(request.args.get(name, "")) for name in ("from", "to")}
    chosen = {"place": region(), "area": area, **window}
    counts = ask("map-municipalities", **chosen)
    money = ask("map-money", **chosen)
    figures = _figures(money)
    figure = next((f for f in figures if f.key == request.args.get("figure")), figures[0])
    shown = _shown(figure, chosen, counts, money)
    values = _values(figure, shown)
    return render_template(
        "map.html",
        figures=figures,
        figure=figure,
        known=known,
        area=known.get(area),
        area_local=area,
        window=window,
        shown=shown,
        rows=_rows(figure, shown),
        values=values,
        drawn=_draw(figure, shown, values),
        counts=counts,
        most=max(values, key=lambda iri: values[iri], default=None) if any(values.values()) else None,
        labels={row["shape"]: row["shapeLabel"] for row in _shapes(figure).rows},
        undated=ask("region-figures", place=region()).first["undatedProjects"],
        coverage=coverage(),
        blind=blind_sources(),
    )


def _year(text: str) -> str:
    """Return a year of the address, empty when it is none."""
    digits = text.strip()[:4]
    return digits if digits.isdecimal() and _FIRST_YEAR <= int(digits) <= _LAST_YEAR else ""


def _figures(money: Shown) -> list[Figure]:
    kinds = {(row["kind"], row["currency"]): row for row in money.rows}
    return [
        Figure("projects", gettext("Projects")),
        Figure("actors", gettext("Actors that collaborate in projects")),
        Figure("projectsPer10000", gettext("Projects per 10,000 inhabitants")),
        Figure("actorsPer10000", gettext("Actors per 10,000 inhabitants")),
        *(
            Figure(f"{kind.rsplit('/', 1)[-1]}-{currency}", f"{row['kindLabel']}, {currency}", currency)
            for (kind, currency), row in kinds.items()
        ),
        Figure("ties", gettext("Joint projects between municipalities")),
        Figure("counties", gettext("Joint projects with other counties"), beyond="nuts3"),
        Figure("countries", gettext("Joint projects with other countries"), beyond="country"),
    ]


def _shown(figure: Figure, chosen: dict[str, str], counts: Shown, money: Shown) -> Shown:
    """Return the one question whose answer the map and its table show."""
    if figure.beyond:
        return ask("map-beyond", level=figure.beyond, **chosen)
    if figure.key == "ties":
        return ask("map-ties", **chosen)
    return counts if figure.key in _COUNTS else money


def _rows(figure: Figure, shown: Shown) -> list[dict[str, Any]]:
    """Return the rows of the chosen figure: of money, one kind in one currency."""
    if not figure.unit:
        return shown.rows
    return [r for r in shown.rows if f"{r['kind'].rsplit('/', 1)[-1]}-{r['currency']}" == figure.key]


def _values(figure: Figure, shown: Shown) -> dict[str, Decimal | float | int]:
    """Return the figure by place; a place that the source has no figure for is missing."""
    if figure.key == "ties":
        return {}
    place = "other" if figure.beyond else "municipality"
    column = "amount" if figure.unit else "projects" if figure.beyond else figure.key
    return {row[place]: row[column] for row in _rows(figure, shown) if row[column] is not None}


def _shapes(figure: Figure) -> Shown:
    return ask("place-shapes", level="nuts3" if figure.beyond else "municipality")


def _draw(figure: Figure, shown: Shown, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the drawing: shapes with their class, lines between places, the legend; None without shapes."""
    if figure.beyond == "country":
        return None
    geometries = {row["shape"]: row["wkt"] for row in _shapes(figure).rows}
    home = site().base.instance(region())
    drawn = geography.draw(geometries, _NARROW if figure.beyond else _WIDE)
    if drawn is None:
        return None
    steps = geography.steps(float(value) for iri, value in values.items() if iri in geometries)
    middle = {shape.key: (shape.x, shape.y) for shape in drawn.shapes}
    ties = (
        [row for row in shown.rows if row["municipalityA"] in middle and row["municipalityB"] in middle]
        if figure.key == "ties"
        else []
    )
    most = max((row["projects"] for row in ties), default=1)
    return {
        "width": drawn.width,
        "height": drawn.height,
        "home": home if figure.beyond else None,
        "near": geography.neighbours(geometries, home) if figure.beyond else set(geometries),
        "shapes": [
            {
                "shape": shape,
                "step": geography.step_of(float(values[shape.key]), steps) if shape.key in values else None,
            }
            for shape in drawn.shapes
        ],
        "steps": steps,
        "hatched": any(iri not in values and iri != home for iri in geometries) and figure.key != "ties",
        "lines": [
            {
                "row": row,
                "from": middle[row["municipalityA"]],
                "to": middle[row["municipalityB"]],
                "width": round(1 + 9 * (row["projects"] / most) ** 0.5, 1),
            }
            for row in reversed(ties)
        ],
    }  # fmt: skip
