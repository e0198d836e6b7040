"""The list of actors with facets: place, helix, area, municipality and kind, combinable in the address."""

from __future__ import annotations

from flask import Response, render_template, request
from flask_babel import gettext as _

from ecograph.model.namespaces import ECO, VOCABULARY
from ecograph.web.explorer.asking import Shown, ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.listing import Listing
from ecograph.web.explorer.listing_query import Column, Facet
from ecograph.web.explorer.statements import label_of, statements_of
from ecograph.web.explorer.themes import actor_kinds, areas, chips, concepts, kinds, municipalities

SCOPES = ("region", "country", "abroad")


@explorer.get("/<any(sv,en):lang>/actors")
def actors() -> str:
    """The list of actors."""
    view = _listing(scope()).view()
    return render_template(
        "actors.html",
        scope=scope(),
        country_name=_country_name(),
        view=view,
        rows=[{**r, "chips": chips(r["areas"]), "kind": kinds().closest(r["kinds"])} for r in view.part],
        found=sum(1 for row in view.rows if row["projects"]),
    )


@explorer.get("/<any(sv,en):lang>/actors/download")
def actors_file() -> Response:
    """The list of actors as it is seen, as a file."""
    return _listing(scope()).file()


def scope() -> str:
    """Return which actors the address asks for: those of the region, of the country, or abroad."""
    given = request.args.get("scope", "")
    return given if given in SCOPES else SCOPES[0]


def _listing(scope: str) -> Listing:
    things = f"{site().base.address}id/"
    labels = kinds().labels
    return Listing(
        "actors",
        "actor",
        "actorLabel",
        _ask(scope),
        facets=(
            Facet("helix", "helix", _("Helix"), f"{VOCABULARY}helix/", concepts("helix")),
            Facet(
                "area", "areas", _("Area"), things, {a.iri: a.label for a in areas().values()}, ordered=True
            ),
            Facet("municipality", "locations", _("Municipality"), things, municipalities()),
            Facet("kind", "kinds", _("Kind"), ECO, labels, only=actor_kinds()),
        ),
        columns=(
            Column("name", _("Actor"), ("actorLabel",)),
            Column("kinds", _("Kind"), ("kinds",), usual=False, sortable=False),
            Column("helix", _("Helix"), ("helixLabel",)),
            Column("municipality", _("Municipality"), ("municipalityLabel",), usual=scope != "abroad"),
            Column("country", _("Country"), ("countryLabel",), usual=scope == "abroad"),
            Column("areas", _("Areas"), ("areaLabels",), sortable=False),
            Column("projects", _("Projects"), ("projects",), number=True),
        ),
        usual_sort="-projects",
    )


def _ask(scope: str) -> Shown:
    country = f"place/{site().workspace.region.country}"
    if scope == "abroad":
        return ask("actors-abroad", home=country)
    return ask("actor-list", place=region() if scope == "region" else country)


def _country_name() -> str:
    country = site().workspace.region.country
    return label_of(statements_of(f"place/{country}")[1], country)
