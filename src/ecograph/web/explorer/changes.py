"""What changed between two kept builds: what entered, left and changed, and what each build is made of."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, cast

from flask import Response, current_app, g, render_template, request

from ecograph.insight.changes import KINDS, Changes, Kind, predecessor, restated
from ecograph.insight.changes import changes as compare
from ecograph.model.namespaces import shorten
from ecograph.store.builds import Build
from ecograph.store.graph import Graph
from ecograph.tables.canonical import TABLES
from ecograph.web.explorer.asking import Shown, ask, graph, served, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.language import current
from ecograph.web.explorer.statements import word_for
from ecograph.web.explorer.unqueried import PAGE_ROWS, as_file, listing, page_number

_KEPT = 8
"""Comparisons kept in memory."""
_FIRST = ("organisations", "projects", "participations", "areas", "assignments")
"""The tables that the sentence and the key figures speak of; the others stand in the table."""
_VALUES_SHOWN = 6


class Comparisons:
    """The latest comparisons; one is made at a time, so that a slow one is not made twice."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, str], Changes] = OrderedDict()
        self._graphs: OrderedDict[str, Graph] = OrderedDict()
        self._lock = Lock()

    def get(self, earlier: Build, later: Build) -> Changes:
        """Return the comparison of two builds.

        Raises
        ------
        StoreError: when a build cannot be read.
        """
        key = (earlier.path.name, later.path.name)
        with self._lock:
            if key not in self._made:
                self._made[key] = compare(earlier, later)
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return self._made[key]

    def graph(self, build: Build) -> Graph:
        """Return the graph of a build that is kept, open; the latest two stay open."""
        with self._lock:
            if build.path.name not in self._graphs:
                self._graphs[build.path.name] = build.graph()
                while len(self._graphs) > 2:
                    self._graphs.popitem(last=False)
            return self._graphs[build.path.name]


def compared(earlier: Build, later: Build) -> Changes:
    """Return what changed between two builds, kept in memory for this service.

    Raises
    ------
    StoreError: when a build cannot be read.
    """
    return _comparisons().get(earlier, later)


def _comparisons() -> Comparisons:
    return cast(
        Comparisons, current_app.extensions.setdefault("ecograph.explorer.comparisons", Comparisons())
    )


@explorer.get("/<any(sv,en):lang>/changes")
def changes() -> str:
    """The page of what changed between two builds; by default the served one and the one before it."""
    served()
    kept = site().builds.all()
    earlier, later = _chosen(kept)
    if earlier is None or later is None:
        return render_template("changes.html", kept=kept, found=None, earlier=None, later=later)
    found = compared(earlier, later)
    table, change, source = _filters()
    chosen = found.of(change, table, source)
    number, pages = page_number(chosen.height)
    rows = chosen.slice((number - 1) * PAGE_ROWS, PAGE_ROWS).to_dicts()
    return render_template(
        "changes.html",
        kept=kept,
        found=found,
        earlier=earlier,
        later=later,
        first=[row for row in found.totals.to_dicts() if row["table"] in _FIRST],
        totals=found.totals.to_dicts(),
        by_source=found.by_source.to_dicts(),
        names=_names(),
        titles=_titles(),
        table=table,
        change=change,
        source=source,
        kinds=KINDS,
        rows=[_row(row, earlier, later) for row in rows],
        matches=chosen.height,
        page=number,
        pages=pages,
    )


@explorer.get("/<any(sv,en):lang>/changes/download")
def changes_download() -> Response:
    """What entered, left and changed, as a file; filtered as the page is."""
    served()
    earlier, later = _chosen(site().builds.all())
    rows: list[dict[str, Any]] = []
    if earlier is not None and later is not None:
        table, change, source = _filters()
        rows = compared(earlier, later).of(change, table, source).to_dicts()
    return as_file(_as_table(rows, earlier, later))


def _chosen(kept: list[Build]) -> tuple[Build | None, Build | None]:
    """Return the earlier and the later build: the address's, else the served one and its predecessor."""
    by_id = {build.id: build for build in kept}
    later = by_id.get(request.args.get("to", "")) or by_id.get(served().build.id) or served().build
    earlier = by_id.get(request.args.get("from", ""))
    if earlier is None or earlier.id == later.id:
        earlier = predecessor(site().builds, later)
    if earlier is None:  # the oldest is served, after a rollback
        earlier = next((build for build in kept if build.id != later.id), None)
    return earlier, later


def _filters() -> tuple[str | None, Kind | None, str | None]:
    table, change, source = (request.args.get(name, "") for name in ("table", "change", "source"))
    return (
        table if table in TABLES else None,
        change if change in KINDS else None,
        source[:80] or None,
    )


def _names() -> dict[str, str]:
    return {name: t.label_sv if g.lang == "sv" else t.label_en for name, t in TABLES.items()}


def _titles() -> dict[str, str]:
    return {s.id: s.title_sv if g.lang == "sv" else s.title_en for s in site().workspace.sources}


def _row(row: dict[str, Any], earlier: Build, later: Build) -> dict[str, Any]:
    """Return a row as the page shows it: its label, whether it has a page, what is stated otherwise."""
    before, after = (
        (graph() if build.path == served().build.path else _comparisons().graph(build))
        for build in (earlier, later)
    )
    holder = before if row["change"] == "left" else after
    shown = {
        **row,
        "label": row[f"label_{current()}"] or _described(holder, row["id"]),
        "lives": row["change"] != "left" and later.path == served().build.path,
        "iri": site().base.instance(row["id"]),
        "restated": [],
    }
    if row["change"] == "changed":
        shown["restated"] = [
            {
                "property": _word(one.property),
                "before": [_shown(value) for value in one.before[:_VALUES_SHOWN]],
                "after": [_shown(value) for value in one.after[:_VALUES_SHOWN]],
                "more": max(len(one.before), len(one.after)) - _VALUES_SHOWN,
            }
            for one in restated(before, after, row["id"], site().base)
        ]
    return shown


def _described(holder: Graph, local: str) -> str:
    """Return what a thing without a label joins, such as the actor and the project of a participation."""
    iri = site().base.instance(local)
    found = holder.select(
        f"""SELECT DISTINCT ?label WHERE {{ <{iri}> ?property ?other . ?other skos:prefLabel ?label .
        FILTER(LANG(?label) = "{current()}" && STRSTARTS(STR(?other), "{site().base.instance("")}")) }}
        ORDER BY ?property ?label LIMIT 3"""
    ).values()
    return " · ".join(row["label"] for row in found) or local


def _word(iri: str) -> str:
    words: dict[str, str] = served().memo(
        ("explorer.property-words", g.lang),
        lambda: {row["property"]: row["propertyLabel"] for row in ask("ontology-properties").rows},
    )
    return words.get(iri) or word_for(iri)


def _shown(value: str) -> str:
    local = site().base.local(value)
    text = local if local is not None else shorten(value)
    return text if len(text) <= 160 else f"{text[:160]}…"


def _as_table(rows: list[dict[str, Any]], earlier: Build | None, later: Build | None) -> Shown:
    span = f"{earlier.id if earlier else '–'} → {later.id if later else '–'}"
    return listing(
        f"changes-{earlier.id if earlier else 'none'}-{later.id if later else 'none'}",
        (f"Vad som ändrats {span}", f"What changed {span}"),
        (
            "Poster som tillkommit, utgått eller ändrats mellan två dataversioner.",
            "Things that entered, left or changed between two builds of the data.",
        ),
        {
            "change": ("Ändring", "Change"),
            "table": ("Tabell", "Table"),
            "id": ("Id", "Id"),
            "label_sv": ("Benämning på svenska", "Label in Swedish"),
            "label_en": ("Benämning på engelska", "Label in English"),
            "sources": ("Källor", "Sources"),
        },
        rows,
    )
