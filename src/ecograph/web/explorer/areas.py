"""The priority areas, and the page of one: who, what, with what money, linked to which others."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import abort, render_template

from ecograph.model.namespaces import VOCABULARY
from ecograph.web.explorer.asking import Shown, ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.charts import Chart, chart_of, first_year_after
from ecograph.web.explorer.start import GRANTED
from ecograph.web.explorer.statements import statements_of
from ecograph.web.explorer.themes import areas as area_index
from ecograph.web.explorer.themes import blind_sources, concepts, coverage, split

OURS = frozenset(f"{VOCABULARY}assignment-basis/{key}" for key in ("collector", "rule"))


@explorer.get("/<any(sv,en):lang>/areas")
def areas() -> str:
    """The overview of priority areas."""
    return render_template(
        "areas.html",
        shown=ask("area-list", place=region()),
        index=area_index(),
        pairs=ask("area-pairs"),
        coverage=coverage(),
    )


@explorer.get("/<any(sv,en):lang>/area/<key>")
def area(key: str) -> str:
    """The page of one priority area."""
    local = f"area/{key}"
    iri = site().base.instance(local)
    listed = ask("area-list", place=region())
    row = next((row for row in listed.rows if row["area"] == iri), None)
    if row is None:
        abort(404)
    projects = ask("area-projects", place=region(), area=local)
    actors = ask("area-actors", place=region(), area=local)
    money = ask("area-money", place=region(), area=local)
    statements, stated = statements_of(local)
    links = ask("area-links", area=local)
    change = first_year_after(site().workspace.region.strategy_adopted)
    return render_template(
        "area.html",
        iri=iri,
        local=local,
        area=area_index()[iri],
        row=row,
        listed=listed,
        facts={item.name: item for item in stated},
        statements=statements,
        stated=stated,
        projects=projects,
        ours=sum(1 for p in projects.rows if split(p["bases"]) and set(split(p["bases"])) <= OURS),
        times=_times(projects, change),
        actors=actors,
        helices=_helices(actors),
        missing=[name for name, count in _helices(actors) if name and not count],
        empty=_empty_municipalities(actors),
        indicators=ask("area-indicators", area=local),
        introductions=ask("introductions-between-areas", areaA=local),
        municipalities=_shares(actors, "municipality"),
        all_municipalities=ask("municipality-figures", place=region()),
        money=money,
        sums=_sums(money),
        chart=_chart(money),
        links=links,
        link_rows=_links(links),
        meetings=ask("area-pairs"),
        tests=_tests(iri),
        elements=ask("area-elements", area=local),
        index=area_index(),
        coverage=coverage(),
        blind=blind_sources(),
        ours_bases=OURS,
    )


def _times(projects: Shown, change: int) -> dict[str, int]:
    """Count projects before and after the strategy, and undated ones: kept apart."""
    years = [row["startYear"] for row in projects.rows]
    return {
        "before": sum(1 for year in years if year is not None and year < change),
        "after": sum(1 for year in years if year is not None and year >= change),
        "undated": sum(1 for year in years if year is None),
    }


def _shares(actors: Shown, name: str) -> list[tuple[str | None, int]]:
    return Counter(row[f"{name}Label"] for row in actors.rows).most_common()


def _helices(actors: Shown) -> list[tuple[str | None, int]]:
    """Count the actors of every helix, also of those that have none."""
    counts = dict(_shares(actors, "helix"))
    every: list[tuple[str | None, int]] = [(name, counts.get(name, 0)) for name in concepts("helix").values()]
    unknown = [(None, counts[None])] if counts.get(None) else []
    return sorted(every, key=lambda pair: -pair[1]) + unknown


def _empty_municipalities(actors: Shown) -> list[str]:
    """Return the region's municipalities without an actor in the area, in the projects we know of."""
    found = {row["municipalityLabel"] for row in actors.rows}
    names = {row["municipalityLabel"] for row in ask("municipality-figures", place=region()).rows}
    return sorted(names - found)


def _sums(money: Shown) -> list[dict[str, Any]]:
    """Add the years of one kind of money in one currency; kinds and currencies stay apart."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in money.rows:
        key = (row["kind"], row["currency"])
        entry = found.setdefault(key, {**row, "amount": 0.0, "projectsWithAmount": 0, "splitProjects": 0})
        for name in ("amount", "projectsWithAmount", "splitProjects"):
            entry[name] += float(row[name]) if name == "amount" else row[name]
    return sorted(
        found.values(), key=lambda entry: (entry["kind"] != GRANTED, entry["kind"], -entry["amount"])
    )


def _chart(money: Shown) -> Chart | None:
    """Draw granted support by start year in the currency with most projects; other money is in the table."""
    granted = [row for row in money.rows if row["kind"] == GRANTED]
    weights: Counter[str] = Counter()
    for row in granted:
        weights[row["currency"]] += row["projectsWithAmount"]
    if not weights:
        return None
    currency = weights.most_common(1)[0][0]
    rows = [row for row in granted if row["currency"] == currency]
    return chart_of("bar", money, "year", "amount", caption=rows[0]["kindLabel"], unit=currency, rows=rows)


def _tests(iri: str) -> dict[str, dict[str, Any]]:
    """Return what the test says of the area with each other area, by the other's IRI."""
    pairs = [row for row in ask("area-pairs").rows if iri in {row["areaA"], row["areaB"]}]
    return {row["areaB"] if row["areaA"] == iri else row["areaA"]: row for row in pairs}


def _links(links: Shown) -> list[dict[str, Any]]:
    """Gather the links by other area: what is declared and what is enacted stay in columns of their own."""
    found: dict[str, dict[str, Any]] = {}
    for row in links.rows:
        entry = found.setdefault(row["other"], {**row, "declared": [], "joint": None})
        if row["basis"].endswith("/declared"):
            entry["declared"].append(row)
        elif row["basis"].endswith("/enacted") and row["jointProjects"] is not None:
            entry["joint"] = max(row["jointProjects"], entry["joint"] or 0)
    return list(found.values())
