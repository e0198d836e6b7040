"""What the form of the network offers, and in words what was chosen of it."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext

from ecograph.web.explorer.asking import region_name, site
from ecograph.web.explorer.language import joined
from ecograph.web.explorer.network_filter import Filter, Reach
from ecograph.web.explorer.networks import county, label, national
from ecograph.web.explorer.shapes import HELICES, outline
from ecograph.web.explorer.themes import Area, areas


def described(part: Filter) -> str:
    """Return in words what a part of the network leaves out; nothing of the whole of the county's."""
    known = areas()
    said = []
    if part.reach == "inside":
        said.append(gettext("Only actors in %(region)s.", region=region_name()))
    elif part.reach == "all":
        said.append(
            gettext("All actors in the data, also without a project in %(region)s.", region=region_name())
        )
    if part.areas:
        names = [known[site().base.instance(area)].label for area in part.areas]
        said.append(gettext("Projects of the areas: %(names)s.", names=joined(names)))
    if part.helices:
        words = [
            label("helix", key) or key if key != "unknown" else gettext("helix not known")
            for key in part.helices
        ]
        said.append(gettext("Helix: %(names)s.", names=joined(words)))
    if part.first is not None and part.last is not None:
        said.append(gettext("Projects that ran in %(first)s–%(last)s.", first=part.first, last=part.last))
    elif part.first is not None:
        said.append(gettext("Projects that ran in %(first)s or later.", first=part.first))
    elif part.last is not None:
        said.append(gettext("Projects that ran in %(last)s or earlier.", last=part.last))
    if part.sources:
        titles = _titles()
        said.append(
            gettext("Sources: %(names)s.", names=joined(titles.get(key, key) for key in part.sources))
        )
    if part.programme:
        said.append(gettext("Programme: %(name)s.", name=label("programme", part.programme)))
    if part.least > 1:
        said.append(gettext("Ties of at least %(least)s shared projects.", least=part.least))
    return " ".join(said)


def _titles() -> dict[str, str]:
    return {s.id: s.title_sv if g.lang == "sv" else s.title_en for s in site().workspace.sources}


def areas_by_id() -> dict[str, Area]:
    """Return the priority areas by local id, in the strategy's order."""
    return {site().base.local(iri) or iri: area for iri, area in areas().items()}


def choices(reach: Reach) -> dict[str, Any]:
    """Return what the form offers: areas, helices, sources, programmes and years of the network."""
    whole = national() if reach == "all" else county()
    years = whole.projects.select("start_year", "end_year")
    titles = _titles()
    last = max(
        (value for name in years.columns for value in years[name].drop_nulls().to_list()), default=None
    )
    programmes = whole.projects["programme"].drop_nulls().unique().to_list()
    return {
        "areas": areas_by_id(),
        "helices": helices(),
        "sources": sorted((key, titles.get(key, key)) for key in whole.stated["source"].unique().to_list()),
        "programmes": sorted(
            ((key, label("programme", key) or key) for key in programmes), key=lambda pair: pair[1].casefold()
        ),
        "first": years["start_year"].min(),
        "last": last,
    }


def helices() -> list[tuple[str, str, str]]:
    """Return key, word and shape of every helix, the unknown last."""
    return [
        (key or "unknown", label("helix", key) or gettext("helix not known"), outline(key, 9, 9, 6))
        for key in (*HELICES, None)
    ]
