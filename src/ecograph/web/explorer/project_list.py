"""The list of projects with facets: area, programme, source, status, years, municipality, helix, amount."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext as _

from ecograph.model.namespaces import VOCABULARY
from ecograph.web.explorer.asking import ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.listing import Listing
from ecograph.web.explorer.listing_query import Column, Facet
from ecograph.web.explorer.themes import areas, chips, concepts, municipalities

SCOPES = ("region", "all")


@explorer.get("/<any(sv,en):lang>/projects")
def projects() -> str:
    """The list of projects."""
    view = _listing(scope()).view()
    return render_template(
        "projects.html",
        scope=scope(),
        view=view,
        rows=[{**row, "chips": chips(row["areas"])} for row in view.part],
        counted=sum(1 for row in view.rows if row["counted"]),
        amounts=sum(1 for row in view.rows if row["amountKnown"]),
    )


@explorer.get("/<any(sv,en):lang>/projects/download")
def projects_file() -> Response:
    """The list of projects as it is seen, as a file."""
    return _listing(scope()).file()


def scope() -> str:
    """Return which projects the address asks for: those with actors of the region, or all."""
    given = request.args.get("scope", "")
    return given if given in SCOPES else SCOPES[0]


def _listing(scope: str) -> Listing:
    base = site().base.address
    asked = ask("project-list", place=region() if scope == "region" else "")
    programmes = {row["programme"]: row["programmeLabel"] for row in asked.rows if row["programme"]}
    sources = {row["source"]: row["sourceTitle"] for row in ask("source-list").rows if row["sourceTitle"]}
    statuses = concepts("project-status")
    known = {"yes": _("an amount is known"), "no": _("no amount is known")}
    titles = {a.iri: a.label for a in areas().values()}
    return Listing(
        "projects",
        "project",
        "projectLabel",
        asked,
        facets=(
            Facet("area", "areas", _("Area"), f"{base}id/", titles, ordered=True),
            Facet("status", "status", _("Status"), f"{VOCABULARY}project-status/", statuses),
            Facet("helix", "helices", _("Helix"), f"{VOCABULARY}helix/", concepts("helix")),
            Facet("municipality", "municipalities", _("Municipality"), f"{base}id/", municipalities()),
            Facet("programme", "programme", _("Programme"), f"{base}id/", programmes),
            Facet("source", "sources", _("Source"), f"{base}graph/", sources),
            Facet("amount", "amountKnown", _("Amount"), "", known),
        ),
        columns=(
            Column("name", _("Project"), ("projectLabel",)),
            Column("status", _("Status"), ("statusLabel",)),
            Column("start", _("Start year"), ("startYear",), number=True),
            Column("end", _("End year"), ("endYear",), number=True, usual=False),
            Column("areas", _("Areas"), ("areaLabels",), sortable=False),
            Column("programme", _("Programme"), ("programmeLabel",)),
            Column("partners", _("Known partners"), ("partners",), number=True),
            Column("helices", _("Helices"), ("helixLabels",), usual=False, sortable=False),
            Column(
                "municipalities", _("Municipalities"), ("municipalityLabels",), usual=False, sortable=False
            ),
            Column("sources", _("Sources"), ("sourceTitles",), usual=False, sortable=False),
            Column("amount", _("Amount known"), ("amountKnown",), usual=False, sortable=False),
        ),
        usual_sort="-start",
        years=("startYear", "endYear"),
    )
