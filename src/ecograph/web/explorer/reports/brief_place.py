"""The brief about a municipality, or about the region itself."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ecograph.export.document import Area, Document
from ecograph.web.explorer.asking import Shown, ask, region, region_name, site
from ecograph.web.explorer.language import number, places
from ecograph.web.explorer.reports.cells import count, text, thing, verdict
from ecograph.web.explorer.reports.paper import Paper
from ecograph.web.explorer.reports.parts import granted, how_to_read, share_known, times

_ACTORS, _PAIRS = 7, 6


def place_brief(about: str) -> Document | None:
    """Return the brief about a municipality of the region, or the region; None for any other place."""
    iri = site().base.instance(about)
    listed = ask("municipality-figures", place=region())
    names = {row["municipality"]: row["municipalityLabel"] for row in listed.rows}
    name = region_name() if about == region() else names.get(iri)
    if name is None:
        return None
    figures, projects = ask("region-figures", place=about), ask("place-projects", place=about)
    actors = ask("place-actors", place=about)
    row = figures.first
    kind = _("Brief on the region") if about == region() else _("Brief on a municipality")
    paper = Paper(kind, name, _answer(name, row))
    paper.figures(
        [
            (
                _("Actors"),
                number(row["actors"]),
                _("%(found)s found in projects", found=number(row["activeActors"])),
                figures,
            ),
            (
                _("Projects"),
                number(row["projects"]),
                _("%(undated)s without a year", undated=number(row["undatedProjects"])),
                figures,
            ),
            *granted(ask("region-money", place=about), row["projects"] or 0),
            share_known(figures),
        ]
    )
    paper.bars(_("Projects by start year"), [each["startYear"] for each in projects.rows], projects)
    paper.say(times(each["startYear"] for each in projects.rows), projects)
    _map(paper, listed, iri)
    _areas(paper, about)
    _actors(paper, actors)
    _meetings(paper, iri)
    how_to_read(paper)
    return paper.finish(about=about)


def _map(paper: Paper, listed: Shown, iri: str) -> None:
    outlines = {row["municipality"]: row["wkt"] for row in ask("municipality-shapes", place=region()).rows}
    places = [
        Area(
            row["municipalityLabel"],
            outlines[row["municipality"]],
            row["projects"],
            row["municipality"] == iri,
        )
        for row in listed.rows
        if row["municipality"] in outlines
    ]
    paper.map(_("Projects by municipality"), places, listed)


def _answer(name: str, row: dict[str, Any]) -> str:
    if not row["projects"]:
        return str(_("No actor in %(place)s is found in the projects of the sources.", place=name))
    said: str = ngettext(
        "%(num)s of %(all)s actors in %(place)s works in %(projects)s projects, in the projects we know of.",
        "%(num)s of %(all)s actors in %(place)s work in %(projects)s projects, in the projects we know of.",
        row["activeActors"],
        all=number(row["actors"]),
        place=name,
        projects=number(row["projects"]),
    )
    return said


def _areas(paper: Paper, about: str) -> None:
    shown = ask("area-list", place=about)
    paper.table(
        _("Priority areas"),
        shown,
        [(_("Area"), False), (_("Actors"), True), (_("Projects"), True)],
        [(thing(row, "area"), count(row["actors"]), count(row["projects"])) for row in shown.rows],
        _("A project may belong to several areas, or to none."),
    )


def _actors(paper: Paper, actors: Shown) -> None:
    active = [row for row in actors.rows if row["projects"]]
    paper.table(
        _("The actors with most projects"),
        actors,
        [(_("Actor"), False), (_("Helix"), False), (_("Projects"), True)],
        [(thing(row, "actor"), text(row["helixLabel"]), count(row["projects"])) for row in active],
        limit=_ACTORS,
    )


def _meetings(paper: Paper, iri: str) -> None:
    """Add the tested meetings of municipalities: those of this one, or of the region the most frequent."""
    shown = ask("meetings", partition="municipality")
    own = [row for row in shown.rows if iri in {row["groupA"], row["groupB"]}]
    rows = []
    for row in own or shown.rows:
        other = "groupA" if row["groupB"] == iri else "groupB"
        label = row[f"{other}Label"] if own else f"{row['groupALabel']} – {row['groupBLabel']}"
        rows.append(
            (
                text(label),
                count(row["observed"]),
                count(row["expected"], places(row["expected"])),
                verdict(row),
            )
        )
    paper.table(
        _("Projects shared with other municipalities") if own else _("Municipalities that meet in projects"),
        shown,
        [(_("Municipality"), False), (_("Observed"), True), (_("Expected"), True), (_("Verdict"), False)],
        rows,
        _("Only projects with at least two known partners."),
        limit=_PAIRS,
    )
