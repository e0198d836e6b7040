"""The page of one actor: who it is, what it does, with whom, and who says so."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from ecograph.model.namespaces import ECO, PREFIXES, VOCABULARY
from ecograph.web.explorer.asking import Shown, ask, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.bridges import window_of
from ecograph.web.explorer.charts import charts_of
from ecograph.web.explorer.ego import ego_network
from ecograph.web.explorer.events import events
from ecograph.web.explorer.statements import Stated, label_of, statements_of
from ecograph.web.explorer.themes import areas, chips, coverage, kinds, split

IDENTIFIERS = ("organisationNumber", "vatNumber", "pic", "ror", "lei", "wikidata", "homepage")
_NAMES = (PREFIXES["skos"] + "altLabel", PREFIXES["rdfs"] + "label")


@explorer.get("/<any(sv,en):lang>/actor/<path:key>")
def actor(key: str) -> str:
    """The page of an actor."""
    local = f"actor/{key}"
    shown, stated = statements_of(local)
    if not stated:
        abort(404)
    iri = site().base.instance(local)
    projects = ask("actor-projects", actor=local)
    measures = ask("actor-measures", actor=local)
    bridges = ask("actor-bridges", actor=local)
    roles = ask("actor-roles", actor=local)
    years, money_years = ask("actor-years", actor=local), ask("actor-money-years", actor=local)
    changes = ask("actor-changes", actor=local)
    introductions = ask("actor-introductions", actor=local)
    own = _areas(projects)
    joined = joined_areas(bridges.rows, {entry["area"].iri for entry in own})
    return render_template(
        "actor.html",
        iri=iri,
        local=local,
        label=label_of(stated, key),
        facts={item.name: item for item in stated},
        names=_names(stated),
        kind=_kinds(stated),
        classified_by_us=_says(stated, f"{ECO}classifiedBy", f"{VOCABULARY}classified-by/collector"),
        statements=shown,
        stated=stated,
        conflicts=[item for item in stated if item.conflict],
        projects=projects,
        rows=by_project(projects),
        counted=_counted(projects),
        areas=own,
        all_areas=areas(),
        partners=ask("actor-partners", actor=local),
        money=ask("actor-money", actor=local),
        money_years=money_years,
        money_charts=charts_of(money_years.question.drawing, money_years),
        years=years,
        year_charts=charts_of(years.question.drawing, years),
        changes=changes,
        events=events(changes.rows, iri),
        introductions=introductions,
        own=[row for row in introductions.rows if not row["knowsBoth"]],
        known=[row for row in introductions.rows if row["knowsBoth"]],
        bridges=bridges,
        bridge_charts=charts_of(bridges.question.drawing, bridges),
        joined=joined,
        loss=max(
            (row for row in bridges.rows if {row["areaA"], row["areaB"]} <= joined),
            key=lambda row: row["cutOff"],
            default=None,
        ),
        roles=roles,
        partitions=_by_partition(roles),
        ego=ego_network(local),
        measures=measures,
        window=window_of(measures.rows),
        coverage=coverage(),
        blind=_blind(projects),
    )  # fmt: skip


def joined_areas(rows: list[dict[str, Any]], own: set[str]) -> set[str]:
    """Return the areas of its own that an actor joins: of two such areas some actors meet through it."""
    pairs = [{row["areaA"], row["areaB"]} for row in rows if row["bridging"]]
    return {iri for pair in pairs if pair <= own for iri in pair}


def _by_partition(roles: Shown) -> list[tuple[str, list[dict[str, Any]]]]:
    """Gather the brokerage roles by what they stand between: areas, helices, municipalities."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in roles.rows:
        found.setdefault(row["partitionLabel"], []).append(row)
    return list(found.items())


def _names(stated: list[Stated]) -> list[str]:
    shown = {s.value for item in stated if item.name == "prefLabel" for s in item.statements}
    others = {s.value for item in stated if item.iri in _NAMES for s in item.statements}
    return sorted(others - shown, key=str.casefold)


def _kinds(stated: list[Stated]) -> list[str]:
    types = [s.iri for item in stated if item.name == "type" for s in item.statements if s.iri]
    return kinds().closest(" ".join(iri for iri in types if iri != f"{ECO}Actor"))


def _says(stated: list[Stated], about: str, value: str) -> bool:
    return any(s.iri == value for item in stated if item.iri == about for s in item.statements)


def by_project(shown: Shown) -> list[dict[str, Any]]:
    """Gather the participations by project: several roles or sources of one project stand in one row."""
    found: dict[str, dict[str, Any]] = {}
    for row in shown.rows:
        entry = found.setdefault(
            row["project"], {**row, "roles": [], "sources": {}, "chips": chips(row["areas"])}
        )
        if row["roleLabel"] and row["roleLabel"] not in entry["roles"]:
            entry["roles"].append(row["roleLabel"])
        entry["sources"][row["source"]] = (row["sourceTitle"] or row["source"], row["sourceDate"])
    return list(found.values())


def _blind(shown: Shown) -> list[str]:
    """Return the titles of the actor's sources that name only the beneficiary."""
    return sorted(
        {row["sourceTitle"] or row["source"] for row in shown.rows if row["coverage"] == "beneficiary"}
    )


def _counted(shown: Shown) -> int:
    return len({row["project"] for row in shown.rows if row["counted"]})


def _areas(shown: Shown) -> list[dict[str, Any]]:
    """Count the actor's counted projects by area, in the strategy's order."""
    projects: dict[str, set[str]] = {}
    for row in shown.rows:
        if row["counted"]:
            for iri in split(row["areas"]):
                projects.setdefault(iri, set()).add(row["project"])
    return [{"area": area, "projects": len(projects[i])} for i, area in areas().items() if i in projects]
