"""The list of actors with facets: place, helix, area, municipality and kind, combinable in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from ecograph.model.iris import slug
from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.web.explorer.asking import Shown, ask, region, served, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.language import current
from ecograph.web.explorer.statements import label_of, statements_of
from ecograph.web.explorer.themes import actor_kinds, areas, chips, kinds, split

PAGE_SIZE = 50
_SORTS = ("projects", "name", "areas")
_LONGEST = 200
_VALUES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the number of actors it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor's row with its values per facet and its name folded for comparison."""

    row: dict[str, Any]
    values: dict[str, tuple[str, ...]]
    folded: str

    def fits(self, chosen: dict[str, str]) -> bool:
        """Say whether the actor has every value chosen; an empty choice leaves all."""
        return all(value in self.values[name] for name, value in chosen.items() if value)


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
    everyone = _entries(scope)
    entries = [entry for entry in everyone if _fits_text(entry, text)] if text else everyone
    matching = [entry.row for entry in entries if entry.fits(chosen)]
    sort = request.args.get("sort", "projects")
    ordered = _sorted(matching, sort if sort in _SORTS else "projects")
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-len(ordered) // PAGE_SIZE)))
    part = ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return render_template(
        "actors.html",
        scope=scope,
        country_name=_country_name(),
        chosen=chosen,
        text=text,
        sort=sort,
        narrowed=any(chosen.values()) or bool(text),
        shown=_ask(scope, chosen),
        rows=[{**row, "chips": chips(row["areas"]), "kind": kinds().closest(row["kinds"])} for row in part],
        total=len(ordered),
        everyone=len(everyone),
        found=sum(1 for row in ordered if row["projects"]),
        page=page,
        pages=max(1, -(-len(ordered) // PAGE_SIZE)),
        facets={name: _facet(entries, chosen, name) for name in chosen},
        labels={name: _labels(entries, name).get(value, value) for name, value in chosen.items()},
    )


def _country_name() -> str:
    country = site().workspace.region.country
    return label_of(statements_of(f"place/{country}")[1], country)


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


def _entries(scope: str) -> tuple[Entry, ...]:
    """Return every actor of a scope with its values per facet, made once a build and language."""
    return served().memo(
        ("explorer.actors", scope, current()), lambda: tuple(_entry(row) for row in _ask(scope, {}).rows)
    )


def _entry(row: dict[str, Any]) -> Entry:
    kinds_of_actors = actor_kinds()
    values = {
        "helix": (row["helix"].removeprefix(f"{VOCABULARY}helix/"),) if row["helix"] else (),
        "municipality": tuple(_local(iri) for iri in split(row["locations"])),
        "area": tuple(_local(iri) for iri in split(row["areas"])),
        "kind": tuple(iri.removeprefix(ECO) for iri in split(row["kinds"]) if iri in kinds_of_actors),
    }
    return Entry(row, values, slug(row["actorLabel"]))


def _labels(entries: Iterable[Entry], facet: str) -> dict[str, str]:
    if facet == "area":
        return {_local(iri): area.label for iri, area in areas().items()}
    if facet == "municipality":
        return {
            _local(row["municipality"]): row["municipalityLabel"] for row in ask("municipality-list").rows
        }
    if facet == "kind":
        return {iri.removeprefix(ECO): label for iri, label in kinds().labels.items() if iri in actor_kinds()}
    return {value: e.row["helixLabel"] or value for e in entries for value in e.values["helix"]}


def _facet(entries: Iterable[Entry], chosen: dict[str, str], facet: str) -> list[Choice]:
    """Count each value of a facet among the actors that the other facets leave."""
    others = {name: value for name, value in chosen.items() if name != facet}
    counts = Counter(value for entry in entries if entry.fits(others) for value in entry.values[facet])
    labels = _labels(entries, facet)
    found = [
        Choice(value, label, counts.get(value, 0), value == chosen[facet])
        for value, label in labels.items()
        if counts.get(value) or value == chosen[facet] or facet == "area"
    ]
    if facet == "area":
        return found
    return sorted(found, key=lambda choice: (-choice.count, choice.label))[:_VALUES_SHOWN]


def _fits_text(entry: Entry, text: str) -> bool:
    return all(word in entry.folded for word in slug(text).split("-"))


def _sorted(rows: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    if sort == "name":
        return sorted(rows, key=lambda row: row["actorLabel"].casefold())
    if sort == "areas":
        return sorted(rows, key=lambda row: (-len(split(row["areas"])), -row["projects"], row["actorLabel"]))
    return sorted(rows, key=lambda row: (-row["projects"], row["actorLabel"].casefold()))
