"""The list of actors with facets: place, helix, area, municipality and kind, combinable in the address."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from ecograph.model.iris import slug
from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.web.explorer.asking import Shown, ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import actor_kinds, areas, chips, kinds, split

PAGE_SIZE = 50
_SORTS = ("projects", "name", "areas")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the number of actors it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


@explorer.get("/<any(sv,en):lang>/actors")
def actors() -> str:
    """The list of actors."""
    scope = request.args.get("scope", "region")
    if scope not in {"region", "country", "abroad"}:
        scope = "region"
    chosen = {
        name: request.args.get(name, "")[:_LONGEST] for name in ("helix", "area", "municipality", "kind")
    }
    text = request.args.get("q", "").strip()[:_LONGEST]
    everyone = _ask(scope, {})
    rows = [row for row in everyone.rows if _fits_text(row, text)]
    matching = [row for row in rows if all(value in _values(row, n) for n, value in chosen.items() if value)]
    sort = request.args.get("sort", "projects")
    ordered = _sorted(matching, sort if sort in _SORTS else "projects")
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-len(ordered) // PAGE_SIZE)))
    part = ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return render_template(
        "actors.html",
        scope=scope,
        chosen=chosen,
        text=text,
        sort=sort,
        narrowed=any(chosen.values()) or bool(text),
        shown=_ask(scope, chosen),
        rows=[{**row, "chips": chips(row["areas"]), "kind": kinds().closest(row["kinds"])} for row in part],
        total=len(ordered),
        everyone=len(everyone.rows),
        found=sum(1 for row in ordered if row["projects"]),
        page=page,
        pages=max(1, -(-len(ordered) // PAGE_SIZE)),
        facets={name: _facet(rows, chosen, name) for name in chosen},
        labels={name: _labels(rows, name).get(value, value) for name, value in chosen.items()},
    )


def _ask(scope: str, chosen: dict[str, str]) -> Shown:
    """Ask for the actors of a scope; the choices are bound, so that query and download give what is seen."""
    values = {
        "helix_is": chosen.get("helix", ""),
        "area": chosen.get("area", ""),
        "municipality_is": chosen.get("municipality", ""),
        "kind": ECO + chosen["kind"] if chosen.get("kind") else "",
    }
    country = f"place/{site().workspace.region.country}"
    if scope == "abroad":
        return ask("actors-abroad", home=country, **values)
    return ask("actor-list", place=region() if scope == "region" else country, **values)


def _local(iri: str | None) -> str:
    return (site().base.local(iri) or iri) if iri else ""


def _values(row: dict[str, Any], facet: str) -> list[str]:
    if facet == "helix":
        return [row["helix"].removeprefix(f"{VOCABULARY}helix/")] if row["helix"] else []
    if facet == "municipality":
        return [_local(row["municipality"])] if row["municipality"] else []
    if facet == "area":
        return [_local(iri) for iri in split(row["areas"])]
    return [iri.removeprefix(ECO) for iri in split(row["kinds"]) if iri in actor_kinds()]


def _labels(rows: list[dict[str, Any]], facet: str) -> dict[str, str]:
    if facet == "area":
        return {_local(iri): area.label for iri, area in areas().items()}
    if facet == "kind":
        return {iri.removeprefix(ECO): label for iri, label in kinds().labels.items() if iri in actor_kinds()}
    return {value: row[f"{facet}Label"] or value for row in rows for value in _values(row, facet)}


def _facet(rows: list[dict[str, Any]], chosen: dict[str, str], facet: str) -> list[Choice]:
    """Count each value of a facet among the rows that the other facets leave."""
    left = [
        row
        for row in rows
        if all(value in _values(row, name) for name, value in chosen.items() if value and name != facet)
    ]
    counts = Counter(value for row in left for value in set(_values(row, facet)))
    labels = _labels(rows, facet)
    found = [
        Choice(value, labels[value], counts.get(value, 0), value == chosen[facet])
        for value in labels
        if counts.get(value) or value == chosen[facet] or facet == "area"
    ]
    if facet == "area":
        return found
    return sorted(found, key=lambda choice: (-choice.count, choice.label))[:40]


def _fits_text(row: dict[str, Any], text: str) -> bool:
    return not text or all(word in slug(row["actorLabel"]) for word in slug(text).split("-"))


def _sorted(rows: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    if sort == "name":
        return sorted(rows, key=lambda row: row["actorLabel"].casefold())
    if sort == "areas":
        return sorted(rows, key=lambda row: (-len(split(row["areas"])), -row["projects"], row["actorLabel"]))
    return sorted(rows, key=lambda row: (-row["projects"], row["actorLabel"].casefold()))
