"""Pages to read: data and sources, about and method, accessibility."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from flask import g, render_template

from ecograph.web.explorer.asking import NoBuildError, ask, build, graph, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import coverage

_REMARKS_SHOWN = 100


@explorer.get("/<any(sv,en):lang>/data")
def data() -> str:
    """Data and sources: who published what, when, under which licence, and how much of it came in."""
    shown = ask("source-list")
    return render_template(
        "data.html",
        shown=shown,
        coverage=coverage(),
        remarks=remarks(build().path / "quarantine.csv"),
        titles=_titles(),
        networks=ask("network-coverage"),
        statements=len(graph()),
        manifest=build().manifest,
    )


def _titles() -> dict[str, str]:
    return {s.id: s.title_sv if g.lang == "sv" else s.title_en for s in site().workspace.sources}


@dataclass(frozen=True, slots=True)
class Remark:
    """What the build found wrong or odd in a source, and in how many records."""

    source: str
    message: str
    remedy: str
    count: int


def remarks(path: Path) -> dict[str, list[Remark]]:
    """Count the findings of a build: those of records kept out (``violation``) and all others (``other``).

    Most frequent first; nothing of the records themselves is shown.
    """
    counts: Counter[tuple[str, str, str, str]] = Counter()
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                kind = "violation" if row["severity"] == "violation" else "other"
                counts[(kind, row["source"], row[f"message_{g.lang}"], row[f"remedy_{g.lang}"])] += 1
    found: dict[str, list[Remark]] = {"violation": [], "other": []}
    for (kind, source, message, remedy), count in counts.most_common():
        if len(found[kind]) < _REMARKS_SHOWN:
            found[kind].append(Remark(source, message, remedy, count))
    return found


@explorer.get("/<any(sv,en):lang>/about")
def about() -> str:
    """What the site is, how figures are made, and what they cannot say."""
    try:
        targets = ask("follow-up-indicators", place=region()).rows
    except NoBuildError:
        targets = []
    own = {row["indicator"] for row in targets if row["ownTarget"]}
    others = {row["indicator"] for row in targets if row["targetYear"] is not None and not row["ownTarget"]}
    return render_template("about.html", own=len(own), others=len(others))


@explorer.get("/<any(sv,en):lang>/accessibility")
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("accessibility.html", operator=site().workspace.site)
