"""Follow-up: indicators against targets, money against the priorities, helices over time, and goals."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ecograph.web.explorer.asking import Shown, ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.charts import Chart, chart_of, first_year_after
from ecograph.web.explorer.reports.cells import unit
from ecograph.web.explorer.themes import areas, blind_sources, coverage

_MOST_SERIES_CHARTS = 4
_FEWEST_POINTS = 3
_PRIVATE = "private-co-funding"


@explorer.get("/<any(sv,en):lang>/follow-up")
def follow_up() -> str:
    """The page of results-based follow-up."""
    indicators = ask("follow-up-indicators", place=region())
    money = ask("money-by-area-and-year")
    kinds = ask("follow-up-money", place=region())
    elements = ask("follow-up-elements")
    home = site().base.instance(region())
    merged = _merged(indicators)
    series = ask("indicators-and-targets")
    private = [row for row in kinds.rows if row["kind"].endswith(f"/{_PRIVATE}")]
    return render_template(
        "follow_up.html",
        indicators=indicators,
        own=[row for row in merged if row["ownTarget"]],
        others=[row for row in merged if row["targetYear"] is not None and not row["ownTarget"]],
        observed=[row for row in merged if row["targetYear"] is None and home in row["places"]],
        elsewhere=[row for row in merged if row["targetYear"] is None and home not in row["places"]],
        series=series,
        series_charts=_series(series, indicators, home),
        results=ask("follow-up-results"),
        money=money,
        periods=_periods(money, first_year_after(site().workspace.region.strategy_adopted)),
        money_chart=chart_of("stacked", money, "year", "grantedEUR", "areaLabel"),
        begun=ask("before-and-after-the-strategy"),
        kinds=kinds,
        private=next((row for row in private if row["projectsWithAmount"]), None),
        private_label=private[0]["kindLabel"] if private else "",
        helices=ask("helices-by-year"),
        elements=elements,
        goals=[row for row in elements.rows if row["goal"]],
        principles=[row for row in elements.rows if not row["goal"]],
        index=areas(),
        coverage=coverage(),
        unit=unit,
        blind=blind_sources(),
    )


def _merged(indicators: Shown) -> list[dict[str, Any]]:
    """Gather the rows of one target that holds for several places together; others stand as they are."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for number, row in enumerate(indicators.rows):
        shared = row["targetYear"] is not None and not row["observations"]
        key = (row["indicator"], row["targetYear"], row["target"], row["ownerLabel"] if shared else number)
        entry = found.setdefault(key, {**row, "places": [], "place_labels": []})
        entry["places"].append(row["forPlace"])
        entry["place_labels"].append(row["forPlaceLabel"])
    return list(found.values())


def _periods(money: Shown, change: int) -> list[dict[str, Any]]:
    """Gather the years of each area before and after the strategy, and the undated: kept apart."""
    found: dict[str, dict[str, Any]] = {}
    for row in money.rows:
        entry = found.setdefault(row["area"], {"area": row["area"], "areaLabel": row["areaLabel"]})
        year = row["year"]
        name = "undated" if year is None else "before" if year < change else "after"
        period = entry.setdefault(name, {"projects": 0, "projectsWithAmount": 0, "grantedEUR": None})
        period["projects"] += row["projects"]
        period["projectsWithAmount"] += row["projectsWithAmount"]
        if row["grantedEUR"] is not None:
            period["grantedEUR"] = (period["grantedEUR"] or 0) + row["grantedEUR"]
    return list(found.values())


def _series(series: Shown, indicators: Shown, home: str) -> list[Chart]:
    """Draw the region's indicators with most observations, each by itself: their units differ."""
    label = next((row["forPlaceLabel"] for row in indicators.rows if row["forPlace"] == home), "")
    known = sorted(
        (row for row in indicators.rows if row["forPlace"] == home and row["observations"] >= _FEWEST_POINTS),
        key=lambda row: -row["observations"],
    )
    made = [
        chart_of(
            "line",
            series,
            "year",
            "value",
            "kindLabel",
            caption=f"{row['indicatorLabel']}, {unit(row['unit'])}",
            rows=[
                each
                for each in series.rows
                if each["indicator"] == row["indicator"] and each["placeLabel"] == label
            ],
        )
        for row in known[:_MOST_SERIES_CHARTS]
    ]
    return [chart for chart in made if chart is not None]
