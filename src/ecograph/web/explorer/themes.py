"""What many pages share of the region: its areas with their colours, and the kinds of actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g

from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.web.explorer.asking import Shown, ask, region

_COLOURS = frozenset({"forest", "digital", "mobility", "energy", "manufacturing", "area-6", "area-7"})


@dataclass(frozen=True, slots=True)
class Area:
    """A priority area as it is shown everywhere: local id, label and colour class."""

    iri: str
    label: str
    colour: str


def areas() -> dict[str, Area]:
    """Return the priority areas by IRI, in the strategy's order."""
    found = {}
    for row in ask("area-list", place=region()).rows:
        colour = row["colour"] if row["colour"] in _COLOURS else "area-none"
        found[row["area"]] = Area(row["area"], row["areaLabel"], colour)
    return found


def split(value: str | None) -> list[str]:
    """Return the IRIs that a query joined by blanks."""
    return (value or "").split()


def chips(value: str | None) -> list[Area]:
    """Return the areas that a query joined by blanks, in the strategy's order."""
    wanted = set(split(value))
    return [area for iri, area in areas().items() if iri in wanted]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The classes of actors: labels in the reader's language and superclasses."""

    labels: dict[str, str]
    parents: dict[str, frozenset[str]]

    def closest(self, value: str | None) -> list[str]:
        """Return the labels of the most specific of the classes that a query joined by blanks."""
        given = {iri for iri in split(value) if iri in self.labels}
        above = {parent for iri in given for parent in self.all_parents(iri)}
        return sorted(self.labels[iri] for iri in given if iri not in above)

    def all_parents(self, iri: str) -> set[str]:
        """Return every superclass of a class, near and far."""
        found: set[str] = set()
        waiting = list(self.parents.get(iri, ()))
        while waiting:
            parent = waiting.pop()
            if parent not in found and parent != iri:
                found.add(parent)
                waiting.extend(self.parents.get(parent, ()))
        return found


def kinds() -> Kinds:
    """Return the classes of the ontology by IRI."""
    if "ecograph_kinds" not in g:
        rows = ask("ontology-classes").rows
        g.ecograph_kinds = Kinds(
            {row["class"]: row["classLabel"] for row in rows},
            {row["class"]: frozenset(split(row["parents"])) for row in rows},
        )
    known: Kinds = g.ecograph_kinds
    return known


def actor_kinds() -> frozenset[str]:
    """Return the IRIs of the subclasses of eco:Actor."""
    hierarchy = kinds()
    return frozenset(iri for iri in hierarchy.labels if f"{ECO}Actor" in hierarchy.all_parents(iri))


def concepts(scheme: str) -> dict[str, str]:
    """Return the labels of a vocabulary's concepts by IRI, in alphabetical order."""
    prefix = f"{VOCABULARY}{scheme}/"
    return {r["thing"]: r["thingLabel"] for r in ask("term-list").rows if r["thing"].startswith(prefix)}


def municipalities() -> dict[str, str]:
    """Return the names of the municipalities by IRI, in alphabetical order."""
    return {row["municipality"]: row["municipalityLabel"] for row in ask("municipality-list").rows}


def coverage() -> dict[str, Any]:
    """Return the coverage of the region's projects: how many, and how many with several known partners."""
    shown: Shown = ask("region-figures", place=region())
    row = shown.first
    return {"shown": shown, "projects": row["projects"] or 0, "known": row["projectsWithPartners"] or 0}


def blind_sources() -> list[dict[str, Any]]:
    """Return the sources that name only the beneficiary, so that collaborations are not seen in them."""
    return [row for row in ask("source-list").rows if row["coverage"] == "beneficiary"]
