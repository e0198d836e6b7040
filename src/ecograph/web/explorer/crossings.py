"""Cross-fertilisation: what is declared, enacted and potential between areas; the evidence of each pair."""

from __future__ import annotations

from typing import Any

from flask import render_template

from ecograph.web.explorer.asking import ask, region, site
from ecograph.web.explorer.blueprint import explorer
from ecograph.web.explorer.resource import resource
from ecograph.web.explorer.themes import areas, blind_sources, coverage
from ecograph.web.explorer.verdicts import FEWER, MORE, tally

_BROKERS = 5


@explorer.get("/<any(sv,en):lang>/cross-fertilisation")
def crossings() -> str:
    """The matrix of areas."""
    pairs = ask("area-pairs")
    cells = {frozenset((row["areaA"], row["areaB"])): row for row in pairs.rows}
    return render_template(
        "crossings.html",
        pairs=pairs,
        pair_of=lambda a, b: cells.get(frozenset((a.iri, b.iri))),
        index=areas(),
        tally=tally(pairs.rows),
        met=sum(1 for row in pairs.rows if row["jointProjects"]),
        less=[row for row in pairs.rows if row["verdict"] == FEWER],
        more=[row for row in pairs.rows if row["verdict"] == MORE],
        coverage=coverage(),
        blind=blind_sources(),
    )


@explorer.get("/<any(sv,en):lang>/cross-fertilisation/<a>/<b>")
def crossing(a: str, b: str) -> str:
    """The evidence of one pair of areas; an address that names none may be that of a thing."""
    index = areas()
    one, other = (index.get(site().base.instance(f"area/{key}")) for key in (a, b))
    if one is None or other is None or one == other:
        return resource(f"cross-fertilisation/{a}/{b}")
    pair = {"areaA": f"area/{a}", "areaB": f"area/{b}"}
    listed = ask("area-pairs")
    sides = {one.iri, other.iri}
    return render_template(
        "crossing.html",
        a=one,
        b=other,
        a_local=pair["areaA"],
        b_local=pair["areaB"],
        pair=next(row for row in listed.rows if {row["areaA"], row["areaB"]} == sides),
        said=[row for row in ask("area-links", area=pair["areaA"]).rows if _declares(row, other.iri)],
        links=ask("area-links", area=pair["areaA"]),
        tests=ask("area-pair-tests", **pair),
        projects=ask("area-pair-projects", **pair),
        introductions=ask("introductions-between-areas", **pair),
        brokers=ask("area-pair-bridges", place=region(), **pair),
        shown_brokers=_BROKERS,
        coverage=coverage(),
        blind=blind_sources(),
    )


def _declares(row: dict[str, Any], other: str) -> bool:
    return row["other"] == other and str(row["basis"]).endswith("/declared")
