"""Search over everything that has a name: a page with groups and pages, and suggestions while one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, g, jsonify, render_template, request, url_for
from flask_babel import gettext as _

from ecograph.model.namespaces import ECO
from ecograph.web.explorer.asking import ask, region, served, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.finding import Found, Hit, Index, Item
from ecograph.web.explorer.links import page_of

PAGE_SIZE = 40
_FEW = 6
"""Things shown of each kind before one chooses a kind."""
_LONGEST = 200
_SUGGESTED = 9
_KINDS = {
    "PriorityArea": 1.0, "Actor": 0.5, "Project": 0.15, "Place": 0.45, "question": 0.3, "Programme": 0.3,
    "Strategy": 0.3, "StrategyElement": 0.25, "term": 0.1,
}  # fmt: skip
"""The kinds in the order shown, each with what it weighs among names that fit equally well."""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: how many, and those shown."""

    kind: str
    total: int
    hits: tuple[Hit, ...]


@explorer.get("/<any(sv,en):lang>/search")
def search() -> str:
    """The search page: a few of each kind, or all of one kind by pages."""
    text = request.args.get("q", "").strip()[:_LONGEST]
    found = index().find(text)
    kind = request.args.get("kind", "")
    groups = grouped(found)
    chosen = next((group for group in groups if group.kind == kind), None)
    pages = max(1, -(-chosen.total // PAGE_SIZE)) if chosen else 1
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = [Group(group.kind, group.total, group.hits[:_FEW]) for group in groups]
    if chosen is not None:
        part = chosen.hits[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        shown = [Group(chosen.kind, chosen.total, part)]
    return render_template(
        "search.html",
        text=text,
        groups=groups,
        shown=shown,
        chosen=chosen.kind if chosen else None,
        total=len(found.hits),
        meant=found.meant,
        names=kinds(),
        size=len(index()),
        page=page,
        pages=pages,
        page_of_hit=address,
    )


@explorer.get("/<any(sv,en):lang>/search/suggest")
def suggest() -> Response:
    """What a reader may mean, as JSON: groups by kind, the best fitting kind first."""
    text = request.args.get("q", "").strip()[:_LONGEST]
    names = kinds(one=True)
    groups = [
        {
            "kind": names[group.kind],
            "options": [{"label": h.item.label, "by": h.by, "url": address(h)} for h in group.hits],
        }
        for group in _best(index().find(text, _SUGGESTED))
    ]
    response = jsonify({"query": text, "groups": groups})
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def kinds(one: bool = False) -> dict[str, str]:
    """Return the names of the kinds in the reader's language, of many things or of one."""
    plural = {
        "PriorityArea": _("Priority areas"), "Actor": _("Actors"), "Project": _("Projects"),
        "Place": _("Places"), "question": _("Questions"), "Programme": _("Programmes"),
        "Strategy": _("Strategies"), "StrategyElement": _("Goals, challenges and themes"),
        "term": _("Words of the model"),
    }  # fmt: skip
    single = {
        "PriorityArea": _("priority area"), "Actor": _("actor"), "Project": _("project"), "Place": _("place"),
        "question": _("question"), "Programme": _("programme"), "Strategy": _("strategy"),
        "StrategyElement": _("goal, challenge or theme"), "term": _("word of the model"),
    }  # fmt: skip
    return single if one else plural


def grouped(found: Found) -> list[Group]:
    """Return what was found by kind, in the order of the kinds."""
    members: dict[str, list[Hit]] = {}
    for hit in found.hits:
        members.setdefault(hit.item.kind, []).append(hit)
    return [Group(kind, len(members[kind]), tuple(members[kind])) for kind in _KINDS if kind in members]


def nearest(text: str, limit: int = 6) -> tuple[Hit, ...]:
    """Return what fits a text best; where nothing has all its words, what has its longest word."""
    for attempt in (text, *sorted(text.split(), key=len, reverse=True)[:4]):
        hits = index().find(attempt, limit).hits
        if hits:
            return hits
    return ()


def address(hit: Hit) -> str:
    """Return the address of the page of what was found."""
    if hit.item.kind == "question":
        return url_for("explorer.question", slug=hit.item.key)
    return page_of(hit.item.key)


def index() -> Index:
    """Return the index of all names, made once a build and language."""
    return served().memo(("explorer.names", g.lang), lambda: Index(_named()))


def _best(found: Found) -> list[Group]:
    """Return what was found gathered by kind; the kind of the best comes first."""
    members: dict[str, list[Hit]] = {}
    for hit in found.hits:
        members.setdefault(hit.item.kind, []).append(hit)
    return [Group(kind, len(hits), tuple(hits)) for kind, hits in members.items()]


def _named() -> Iterator[tuple[Item, Sequence[str]]]:
    identifiers = {row["thing"]: row["identifiers"].split(" | ") for row in ask("identifier-list").rows}
    weights = {row["actor"]: _weight(row) for row in ask("activity-list", place=region()).rows}
    known = set()
    for row in ask("label-list").rows:
        known.add(row["thing"])
        thing, kind = row["thing"], row["kind"].removeprefix(ECO)
        weight = _KINDS[kind] * (weights.get(thing, 0.1) if kind == "Actor" else 1.0)
        names = [row["thingLabel"], *row["names"].split(" | "), *identifiers.get(thing, [])]
        yield Item(thing, row["thingLabel"], kind, weight), names
    for row in ask("term-list").rows:
        if row["thing"] not in known:
            yield Item(row["thing"], row["thingLabel"], "term", _KINDS["term"]), row["names"].split(" | ")
    for question in site().catalogue.values():
        names = [question.title(g.lang), question.title("sv"), question.title("en")]
        yield Item(question.slug, question.title(g.lang), "question", _KINDS["question"]), names


def _weight(row: dict[str, Any]) -> float:
    """Return what an actor weighs: half for being of the region, half for its projects, levelling off."""
    projects = row["projects"] or 0
    return 0.5 * bool(row["inPlace"]) + 0.5 * projects / (projects + 10)
