"""The network: who works with whom, as a picture to filter and explore, with its table beside it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Response, current_app, g, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from ecograph.errors import EcographError
from ecograph.export.formats import FORMATS, network_bytes
from ecograph.export.gexf import gephi_lite_link
from ecograph.model.iris import slug
from ecograph.web.explorer.asking import build, region_name, served, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.errors import page as error_page
from ecograph.web.explorer.network_files import actor_table, canvas_data, tie_table, typed
from ecograph.web.explorer.network_filter import Wanted, wanted
from ecograph.web.explorer.network_look import colour_words, colouring, named, radii, size_words
from ecograph.web.explorer.network_looking import Step, looked_at, path_between, row_of
from ecograph.web.explorer.network_picture import picture
from ecograph.web.explorer.network_view import View, view_of
from ecograph.web.explorer.network_words import areas_by_id, choices, described, helices
from ecograph.web.explorer.networks import label, national
from ecograph.web.explorer.themes import areas, blind_sources, coverage
from ecograph.web.explorer.unqueried import PAGE_ROWS, as_file, page_number

_SORTS = ("degree", "projects", "betweenness", "bridging", "constraint", "name")
_CHOICES = 3_000
"""So many names are offered while typing: those with most partners."""

_WHOLE = "county"

_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@explorer.get("/<any(sv,en):lang>/network")
def network() -> str | Response:
    """The page of the network."""
    served()
    try:
        chosen = _wanted()
        view = view_of(chosen.part)
    except EcographError:
        return error_page(503)
    rows = _rows(view, chosen)
    sort = request.args.get("sort", "degree")
    sort = sort if sort in _SORTS else "degree"
    number, pages = page_number(view.actors.height)
    ordered = _sorted(view, sort)
    shown = slice((number - 1) * PAGE_ROWS, number * PAGE_ROWS)
    return render_template(
        "network.html",
        view=view,
        wanted=chosen,
        words=described(chosen.part),
        choices=choices(chosen.part.reach),
        top=view.actors.row(ordered[0], named=True) if view.tied and sort == "degree" else _top(view),
        found=rows,
        actor=looked_at(view, rows["actor"]) if rows["actor"] is not None else None,
        steps=_path(view, rows),
        picked=[looked_at(view, row) for row in rows["picked"]],
        unknown=[text for text, row in _asked(chosen, rows) if row is None],
        names=_names(view),
        legend=colouring(view, chosen.colour),
        shapes=helices(),
        sizes=size_words(),
        colours=colour_words(),
        largest=_largest(view, chosen.size),
        table=[view.actors.row(row, named=True) for row in ordered[shown]],
        sort=sort,
        page=number,
        pages=pages,
        area_of=areas_by_id(),
        named=named(),
        label=label,
        picture_url=_address("explorer.network_picture", chosen, page=False),
        data_url=url_for("explorer.network_data", **chosen.part.arguments()),
        files=_files(chosen),
        compare_url=_compare(view, rows["picked"]),
        coverage=coverage(),
        blind=blind_sources(),
    )


@explorer.get("/<any(sv,en):lang>/network/data.json")
def network_data() -> Response:
    """What the canvas draws of a part of the network."""
    served()
    view = view_of(_wanted().part)
    body = view.made.get(g.lang) or view.made.setdefault(g.lang, canvas_data(view))
    return Response(body, mimetype="application/json")


@explorer.get("/<any(sv,en):lang>/network/picture.svg")
def network_picture() -> Response:
    """A part of the network as a picture."""
    served()
    chosen = _wanted()
    view = view_of(chosen.part)
    rows = _rows(view, chosen)
    marked = [rows["actor"], rows["start"], rows["goal"], *rows["picked"]]
    title = (
        f"{gettext('Collaboration in projects, %(region)s', region=region_name())}. {described(chosen.part)}"
    )
    about = gettext(
        "%(actors)s actors and %(ties)s ties.",
        actors=int(view.actors["drawn"].sum()),
        ties=int(view.ties["drawn"].sum()),
    )
    drawn = picture(
        view, chosen, title=title, about=about, looked_at=[row for row in marked if row is not None]
    )
    response = Response(drawn, mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = _PICTURE_POLICY
    if "download" in request.args:
        response.headers["Content-Disposition"] = 'attachment; filename="network.svg"'
    return response


@explorer.get("/<any(sv,en):lang>/network/<any(actors,ties):table>")
def network_table(table: str) -> Response:
    """The actors or the ties of a part of the network as a file."""
    served()
    view = view_of(_wanted().part)
    return as_file(actor_table(view) if table == "actors" else tie_table(view))


@explorer.get("/api/network/<any(sv,en):lang>/<path:choice>.<any(gexf,graphml,json):fmt>")
def network_file(choice: str, fmt: str) -> Response:
    """A part of the network in a format of other programs, which any site may read.

    `choice` is what stands after the question mark of the page's address, or `_WHOLE`: Gephi Lite tells a
    format by the ending of the address.
    """
    served()
    part = _wanted(MultiDict(parse_qsl(choice))).part
    content = network_bytes(typed(view_of(part), described(part)), fmt)
    response = Response(content, mimetype=FORMATS[fmt].media_type)
    name = slug(f"network-{region_name()}-{build().id}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{FORMATS[fmt].ending}"'
    return response


def _wanted(given: MultiDict[str, str] | None = None) -> Wanted:
    known = [site().base.local(iri) or iri for iri in areas()]
    sources = national().stated["source"].unique().to_list()
    return wanted(request.args if given is None else given, sources=sources, areas=known)


def _rows(view: View, chosen: Wanted) -> dict[str, Any]:
    picked = [row_of(view, text) for text in chosen.picked]
    return {
        "actor": row_of(view, chosen.actor),
        "start": row_of(view, chosen.start),
        "goal": row_of(view, chosen.goal),
        "asked": picked,
        "picked": list(dict.fromkeys(row for row in picked if row is not None)),
    }


def _asked(chosen: Wanted, rows: dict[str, Any]) -> list[tuple[str, int | None]]:
    asked = [(text, rows[name]) for name, text in _typed(chosen) if text]
    return [*asked, *zip(chosen.picked, rows["asked"], strict=True)]


def _typed(chosen: Wanted) -> list[tuple[str, str]]:
    return [("actor", chosen.actor), ("start", chosen.start), ("goal", chosen.goal)]


def _path(view: View, rows: dict[str, Any]) -> list[Step] | None:
    """Return the path between the two actors asked for; None when two known ones are not asked for."""
    if rows["start"] is None or rows["goal"] is None:
        return None
    return path_between(view, rows["start"], rows["goal"])


def _sorted(view: View, sort: str) -> list[int]:
    frame = view.actors.with_row_index("row")
    if sort == "name":
        return sorted(range(frame.height), key=frame[named()].str.to_lowercase().to_list().__getitem__)
    ordered = frame.sort(
        sort, named(), descending=[sort != "constraint", False], nulls_last=True, maintain_order=True
    )
    return [int(row) for row in ordered["row"]]


def _top(view: View) -> dict[str, Any] | None:
    return view.actors.row(_sorted(view, "degree")[0], named=True) if view.tied else None


def _names(view: View) -> list[str]:
    names = view.actors[named()].to_list()
    return list(dict.fromkeys(names[row] for row in _sorted(view, "degree")[:_CHOICES]))


def _largest(view: View, size: str) -> dict[str, Any] | None:
    """Return the actor that is drawn largest."""
    if not view.tied:
        return None
    sizes = radii(view, size)
    row = max(range(len(sizes)), key=sizes.__getitem__)
    return {"about": view.actors.row(row, named=True), "value": view.actors[size][row]}


def _address(endpoint: str, chosen: Wanted, **changes: Any) -> str:
    changes.pop("page", None)
    return url_for(endpoint, **chosen.arguments(**changes))


def _compare(view: View, picked: list[int]) -> str | None:
    """Return the page that compares the actors picked, where there is one."""
    if "explorer.compare" not in current_app.view_functions:
        return None
    return url_for("explorer.compare", actor=[view.network.actor_ids[row] for row in picked])


def _files(chosen: Wanted) -> dict[str, str]:
    """Return the addresses of the view as files; that for Gephi Lite is absolute."""
    choice = urlencode(chosen.part.arguments(), doseq=True) or _WHOLE
    gexf = url_for("explorer.network_file", choice=choice, fmt="gexf", _external=True)
    return {
        "gexf": gexf,
        "graphml": url_for("explorer.network_file", choice=choice, fmt="graphml"),
        "json": url_for("explorer.network_file", choice=choice, fmt="json"),
        "svg": _address("explorer.network_picture", chosen, download="1"),
        "gephi_lite": gephi_lite_link(gexf, instance=site().workspace.gephi_lite),
    }
