"""The page of one actor: who it is, what it does, with whom, and who says so."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from ecograph.model.namespaces import ECO, PREFIXES, VOCABULARY
from ecograph.web.explorer.asking import Shown, ask, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.bridges import window_of
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
    projects = ask("actor-projects", actor=local)
    measures = ask("actor-measures", actor=local)
    return render_template(
        "actor.html",
        iri=site().base.instance(local),
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
        areas=_areas(projects),
        all_areas=areas(),
        partners=ask("actor-partners", actor=local),
        money=ask("actor-money", actor=local),
        changes=ask("actor-changes", actor=local),
        measures=measures,
        window=window_of(measures.rows),
        coverage=coverage(),
        blind=_blind(projects),
    )  # fmt: skip


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
