"""The start page: the region in one sentence, key figures, questions, and the map."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ecograph.model.namespaces import VOCABULARY
from ecograph.web.explorer import geography
from ecograph.web.explorer.asking import Shown, ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import blind_sources, coverage
from ecograph.web.explorer.verdicts import tally

GRANTED = f"{VOCABULARY}money-kind/granted-support"
_SHOWN_QUESTIONS = 7


@explorer.get("/<any(sv,en):lang>/")
def start() -> str:
    """The start page."""
    pairs = ask("area-pairs")
    tests = ask("meetings", partition="area")
    money = ask("region-money", place=region())
    municipalities = ask("municipality-figures", place=region())
    return render_template(
        "start.html",
        coverage=coverage(),
        areas=ask("area-list", place=region()),
        money=money,
        granted=[row for row in money.rows if row["kind"] == GRANTED],
        pairs=pairs,
        tests=tests,
        tally=tally(tests.rows),
        met=[row for row in pairs.rows if row["jointProjects"]],
        municipalities=municipalities,
        map=_map(municipalities),
        questions=featured(),
        blind=blind_sources(),
    )


def featured() -> list[Any]:
    """Return the catalogue's questions for the start page: the first of each theme, then the rest."""
    questions = list(site().catalogue.values())
    seen: set[str] = set()
    first = [q for q in questions if not (q.theme in seen or seen.add(q.theme))]  # type: ignore[func-returns-value]
    return (first + [q for q in questions if q not in first])[:_SHOWN_QUESTIONS]


def _map(figures: Shown) -> dict[str, Any] | None:
    geometries = {row["municipality"]: row["wkt"] for row in ask("municipality-shapes", place=region()).rows}
    drawn = geography.draw(geometries)
    if drawn is None:
        return None
    rows = {row["municipality"]: row for row in figures.rows}
    most = max((row["projects"] for row in figures.rows), default=0)
    shapes = [
        {"shape": shape, "row": rows[shape.key], "tint": tint(rows[shape.key]["projects"], most)}
        for shape in drawn.shapes
        if shape.key in rows
    ]
    return {"shapes": shapes, "width": drawn.width, "height": drawn.height}


def tint(value: int, most: int) -> int:
    """Return the step 0–4 of a tint: 0 for none, else the quarter of the square root of its share.

    Area of colour reads as amount, so that one large municipality does not blank out all others.
    """
    if not value or not most:
        return 0
    return min(4, 1 + int(((value / most) ** 0.5) * 3.999))
