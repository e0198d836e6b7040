"""The landing page of the reports: what each answers, for whom, and the form that makes it."""

from __future__ import annotations

from flask import render_template

from ecograph.web.explorer.asking import ask, region, region_name, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import areas


@explorer.get("/<any(sv,en):lang>/reports")
def reports() -> str:
    """The page of reports."""
    places = [(region(), region_name())] + [
        (_local(row["municipality"]), row["municipalityLabel"])
        for row in ask("municipality-figures", place=region()).rows
    ]
    return render_template(
        "reports/landing.html",
        areas=area_choices(),
        actors=_actors(),
        places=places,
    )


def area_choices() -> list[tuple[str, str]]:
    """Return the priority areas as (local id, label), in the strategy's order."""
    return [(_local(iri), area.label) for iri, area in areas().items()]


def _actors() -> list[tuple[str, str]]:
    """Return the region's actors as (local id, label), those found in projects first."""
    rows = ask("place-actors", place=region()).rows
    return [(_local(row["actor"]), row["actorLabel"]) for row in sorted(rows, key=_order)]


def _order(row: dict[str, object]) -> tuple[bool, str]:
    return not row["projects"], str(row["actorLabel"]).casefold()


def _local(iri: str) -> str:
    return site().base.local(iri) or iri
