"""Search over all labels and other names, without regard to case, accents and order of words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template, request

from ecograph.model.iris import slug
from ecograph.model.namespaces import ECO
from ecograph.web.explorer.asking import ask, served
from ecograph.web.explorer.blueprint import explorer

_SHOWN = 60
_LONGEST = 200
_GROUPS = ("PriorityArea", "Actor", "Project", "Place", "Programme", "Strategy", "StrategyElement")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with one of its names, folded for comparison."""

    iri: str
    label: str
    kind: str
    name: str
    folded: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, and by which other name if not by its label."""

    iri: str
    label: str
    by: str | None


@explorer.get("/<any(sv,en):lang>/search")
def search() -> str:
    """The search page."""
    text = request.args.get("q", "").strip()[:_LONGEST]
    found, total = find(text) if text else ({}, 0)
    return render_template("search.html", text=text, found=found, total=total, limit=_SHOWN)


def find(text: str) -> tuple[dict[str, list[Hit]], int]:
    """Return what has every word of `text` in one of its names, by kind, and how many there are."""
    words = [word for word in slug(text).split("-") if word]
    if not words:
        return {}, 0
    best: dict[str, tuple[tuple[int, int, str], Named]] = {}
    for entry in _index():
        if all(word in entry.folded for word in words):
            rank = (_rank(entry.folded, words), len(entry.folded), entry.label)
            if entry.iri not in best or rank < best[entry.iri][0]:
                best[entry.iri] = (rank, entry)
    ordered = sorted(best.values(), key=lambda pair: pair[0])
    groups: dict[str, list[Hit]] = {}
    for kind in _GROUPS:
        members = [named for _, named in ordered if named.kind == ECO + kind]
        if members:
            groups[kind] = [
                Hit(named.iri, named.label, named.name if named.name != named.label else None)
                for named in members[:_SHOWN]
            ]
    return groups, len(best)


def _rank(folded: str, words: list[str]) -> int:
    whole = "-".join(words)
    if folded == whole:
        return 0
    if folded.startswith(whole):
        return 1
    parts = folded.split("-")
    return 2 if all(any(part.startswith(word) for part in parts) for word in words) else 3


def _index() -> tuple[Named, ...]:
    lang = g.lang
    return served().memo(("explorer.names", lang), _names)


def _names() -> tuple[Named, ...]:
    found = []
    for row in ask("label-list").rows:
        names = dict.fromkeys(str(row["names"]).split(" | "))
        found += [
            Named(row["thing"], row["thingLabel"], row["kind"], name, slug(name)) for name in names if name
        ]
    return tuple(found)
