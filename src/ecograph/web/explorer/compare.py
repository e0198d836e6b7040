"""Compare: two to four actors, areas, counties or years side by side, from one answer that holds them all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext

from ecograph.web.explorer.asking import Shown, ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.charts import Chart, chart_of
from ecograph.web.explorer.language import number, percent
from ecograph.web.explorer.presentation import is_number
from ecograph.web.explorer.themes import blind_sources, coverage

MOST = 4
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """What is compared: the parameter of its members, the column that names them, and the figures to show."""

    key: str
    label: str
    member: str
    figures: tuple[str, ...]
    drawn: str
    noun: str


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of all chosen members; `difference` is said where there are two numbers."""

    key: str
    heading: str
    values: tuple[Any, ...]
    most: Decimal | float | int | None
    difference: str


@explorer.get("/<any(sv,en):lang>/compare")
def compare() -> str:
    """The page of comparison; without members it is the form."""
    kinds = _kinds()
    kind = next((each for each in kinds if request.args.getlist(each.key)), None)
    kind = next((each for each in kinds if each.key == request.args.get("kind")), kind) or kinds[0]
    shown = _asked(kind)
    wanted = [value.strip()[:_LONGEST] for value in request.args.getlist(kind.key) if value.strip()]
    by_value = {_value(kind, row): row for row in shown.rows}
    chosen = [value for value in dict.fromkeys(wanted) if value in by_value][:MOST]
    rows = [by_value[value] for value in chosen]
    lines = _lines(kind, shown, rows)
    return render_template(
        "compare.html",
        kinds=kinds,
        kind=kind,
        shown=shown,
        options=_options(kind, shown),
        chosen=chosen,
        slots=[chosen[number] if number < len(chosen) else "" for number in range(MOST)],
        unknown=[value for value in wanted if value not in by_value],
        names=[_name(kind, row) for row in rows],
        iris=[row[kind.member] if kind.key != "year" else None for row in rows],
        lines=lines,
        leading=_leading(kind, rows),
        chart=_chart(kind, shown, rows),
        shared=ask("compare-shared", actorA=chosen[0], actorB=chosen[1])
        if kind.key == "actor" and len(chosen) == 2
        else None,
        coverage=coverage(),
        blind=blind_sources(),
    )


def _kinds() -> tuple[Kind, ...]:
    money = ("grantedEUR", "projectsWithAmount")
    return (
        Kind(
            "actor", gettext("Actors"), "actor",
            ("helixLabel", "projects", "coordinated", "partners", "areas", "areaLabels", "firstYear",
             "lastYear", "undated", *money),
            "projects", gettext("projects"),
        ),
        Kind(
            "area", gettext("Areas"), "area",
            ("projects", "actors", "municipalities", "shared", "firstYear", "lastYear", "undated", "abroad",
             *money),
            "projects", gettext("projects"),
        ),
        Kind(
            "county", gettext("Counties"), "county",
            ("participations", "shareOfParticipations", "projects", "actors", *money),
            "participations", gettext("participations"),
        ),
        Kind(
            "year", gettext("Years"), "year",
            ("projects", "actors", "newActors", "goneActors", "ties", "newTies"),
            "projects", gettext("projects"),
        ),
    )  # fmt: skip


def _asked(kind: Kind) -> Shown:
    """Return the one question whose answer holds every member of a kind."""
    if kind.key in {"actor", "area"}:
        return ask(f"compare-{kind.key}s", place=region())
    return ask("county-compared-with-sweden" if kind.key == "county" else "network-by-year")


def _value(kind: Kind, row: dict[str, Any]) -> str:
    value = str(row[kind.member])
    return site().base.local(value) or value


def _name(kind: Kind, row: dict[str, Any]) -> str:
    return str(row["year"] if kind.key == "year" else row[f"{kind.member}Label"])


def _options(kind: Kind, shown: Shown) -> list[tuple[str, str]]:
    found = [(_value(kind, row), _name(kind, row)) for row in shown.rows]
    return sorted(found, key=lambda option: option[1].casefold())


def _lines(kind: Kind, shown: Shown, rows: list[dict[str, Any]]) -> list[Line]:
    headings = shown.headings(g.lang)
    lines = []
    for figure in kind.figures:
        values = tuple(row.get(figure) for row in rows)
        numbers: list[Any] = [value for value in values if is_number(value)]
        counted = len(numbers) == len(values) and not figure.endswith("Year")
        most = max(numbers) if counted and len(set(numbers)) > 1 else None
        lines.append(Line(figure, headings[figure], values, most, _difference(kind, rows, numbers, counted)))
    return lines


def _difference(kind: Kind, rows: list[dict[str, Any]], numbers: list[Any], counted: bool) -> str:
    """Say in words how two members differ in one figure."""
    if len(rows) != 2 or not counted:
        return ""
    first, second = numbers
    if first == second:
        return str(gettext("no difference"))
    more = rows[0] if first > second else rows[1]
    low, high = sorted((first, second))
    if not low:
        return str(gettext("only %(name)s has any", name=_name(kind, more)))
    if high >= 2 * low:
        times = number(float(high) / float(low), 0 if high % low == 0 else 1)
        return str(gettext("%(times)s times as high for %(name)s", name=_name(kind, more), times=times))
    return str(
        gettext("%(share)s higher for %(name)s", name=_name(kind, more), share=percent(high - low, low))
    )


def _leading(kind: Kind, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the member with most of the drawn figure, and the next; None when none has most."""
    ranked = sorted((row for row in rows if row[kind.drawn] is not None), key=lambda row: -row[kind.drawn])
    if len(ranked) < 2 or ranked[0][kind.drawn] == ranked[1][kind.drawn]:
        return None
    return {
        "name": _name(kind, ranked[0]),
        "value": ranked[0][kind.drawn],
        "next": _name(kind, ranked[1]),
        "next_value": ranked[1][kind.drawn],
    }


def _chart(kind: Kind, shown: Shown, rows: list[dict[str, Any]]) -> Chart | None:
    if len(rows) < 2:
        return None
    name = "year" if kind.key == "year" else f"{kind.member}Label"
    return chart_of("bar", shown, name, kind.drawn, rows=sorted(rows, key=lambda row: str(row[name])))
