"""The start page: the region in one sentence, key figures, questions, and the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from ecograph.insight.changes import predecessor
from ecograph.model.namespaces import VOCABULARY
from ecograph.store.builds import Build
from ecograph.web.explorer import geography
from ecograph.web.explorer.asking import Shown, ask, build, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.navigation import has_page
from ecograph.web.explorer.themes import blind_sources, coverage
from ecograph.web.explorer.verdicts import tally

GRANTED = f"{VOCABULARY}money-kind/granted-support"


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody wants to know, and the address of the answer."""

    text: str
    address: str


@explorer.get("/<any(sv,en):lang>/")
def start() -> str:
    """The start page."""
    pairs = ask("area-pairs")
    tests = ask("meetings", partition="area")
    money = ask("region-money", place=region())
    municipalities = ask("municipality-figures", place=region())
    sources = ask("source-list")
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
        tasks=_tasks(pairs),
        sources=sources,
        oldest=min((str(row["issued"]) for row in sources.rows if row["issued"]), default=None),
        earlier=_earlier(),
        blind=blind_sources(),
    )


def _tasks(pairs: Shown) -> list[Task]:
    """Return what people come here to find out, each leading to the page that answers it."""
    best = max(pairs.rows, key=lambda row: row["bridgingActors"] or 0, default=None)
    tasks = []
    if best is not None:
        names = {"a": best["areaALabel"].lower(), "b": best["areaBLabel"].lower()}
        a, b = (site().base.local(best[name]) for name in ("areaA", "areaB"))
        address = url_for("explorer.bridges", a=a, b=b)
        tasks.append(Task(_("Who bridges %(a)s and %(b)s?", **names), address))
    tasks.append(Task(_("Which areas ought to meet, but do not?"), url_for("explorer.gaps")))
    for slug, text in (
        ("money-by-area-and-year", _("Where did the money go, by area and year?")),
        ("stakeholder-groups-by-area",
         _("Are all kinds of actors on board: business, academia, public sector, civil society?")),
    ):  # fmt: skip
        if slug in site().catalogue:
            tasks.append(Task(text, url_for("explorer.question", slug=slug)))
    for endpoint, text in (
        ("what_if", _("What happens if an actor goes?")),
        ("follow_up", _("Where do we stand against targets?")),
        ("reports", _("I need material for a board or a call.")),
        ("file_check", _("Would my spreadsheet load?")),
    ):
        if has_page(endpoint):
            tasks.append(Task(text, url_for(f"explorer.{endpoint}")))
    return tasks


def _earlier() -> Build | None:
    """Return the build before the one served, when it is kept and there is a page that compares them."""
    return predecessor(site().builds, build()) if has_page("changes") else None


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
