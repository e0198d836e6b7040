"""Bridging actors, ranked per pair of priority areas; without a pair, all pairs and the strongest one."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from ecograph.web.explorer.asking import ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.themes import areas, blind_sources, chips, coverage

_SHOWN = 30


@explorer.get("/<any(sv,en):lang>/bridges")
def bridges() -> str:
    """The page of bridging actors."""
    pairs = ask("area-pairs")
    known = {site().base.local(iri) or iri: area for iri, area in areas().items()}
    wanted = [_full(request.args.get(name, "")) for name in ("a", "b")]
    chosen = all(value in known for value in wanted) and wanted[0] != wanted[1]
    if not chosen:
        wanted = _default([(row["areaA"], row["areaB"], row["bridgingActors"]) for row in pairs.rows])
    shown = (
        ask("area-pair-bridges", place=region(), areaA=wanted[0], areaB=wanted[1]) if all(wanted) else None
    )
    rows = [{**row, "chips": chips(row["areas"])} for row in (shown.rows if shown else [])]
    loss = max(rows, key=lambda row: row["cutOff"], default=None)
    pair = next(
        (row for row in pairs.rows if {_local(row["areaA"]), _local(row["areaB"])} == set(wanted)), None
    )
    return render_template(
        "bridges.html",
        known=known,
        a=known.get(wanted[0]),
        b=known.get(wanted[1]),
        a_local=wanted[0],
        b_local=wanted[1],
        chosen=chosen,
        same=bool(wanted[0]) and request.args.get("a", "") == request.args.get("b", "") != "",
        pair=pair,
        pairs=pairs,
        shown=shown,
        rows=rows[:_SHOWN],
        loss=loss if loss and loss["cutOff"] else None,
        full=ask("bridge-profiles", areaA=wanted[0], areaB=wanted[1]) if all(wanted) else None,
        total=len(rows),
        window=window_of(rows),
        coverage=coverage(),
        blind=blind_sources(),
        index=areas(),
    )


def window_of(rows: list[dict[str, Any]]) -> str | None:
    """Return the window of years of measured rows, in the reader's words as the query gives it."""
    return next((str(row["window"]) for row in rows if row["window"]), None)


def _full(value: str) -> str:
    value = value.strip()[:200]
    return value if not value or value.startswith("area/") else f"area/{value}"


def _local(iri: str) -> str:
    return site().base.local(iri) or iri


def _default(pairs: list[tuple[str, str, int]]) -> list[str]:
    """Return the pair with most bridging actors, else the first; two empty texts when there is none."""
    if not pairs:
        return ["", ""]
    first, second, _ = max(pairs, key=lambda pair: pair[2] or 0)
    return [_local(first), _local(second)]
