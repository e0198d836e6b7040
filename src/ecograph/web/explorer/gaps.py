"""Collaboration gaps: which areas, helices and municipalities meet less often than chance can explain."""

from __future__ import annotations

from flask import render_template

from ecograph.web.explorer.asking import ask
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import areas, blind_sources, coverage
from ecograph.web.explorer.verdicts import tally


@explorer.get("/<any(sv,en):lang>/gaps")
def gaps() -> str:
    """The page of collaboration gaps, in all years."""
    shown = {kind: ask("meetings", partition=kind) for kind in ("area", "helix", "municipality")}
    return render_template(
        "gaps.html",
        shown=shown,
        tallies={kind: tally(answer.rows) for kind, answer in shown.items()},
        introductions=ask("introductions-between-areas"),
        index=areas(),
        coverage=coverage(),
        blind=blind_sources(),
    )
