"""Where the region is specialised compared with the country, and what is near."""

from __future__ import annotations

import dataclasses
from typing import Any

from ecograph.api.answer import Answer, Column
from ecograph.api.opened import Opened, Window
from ecograph.insight import methods
from ecograph.insight.strengths import Quotient, Standing, Strength, Strengths, find_strengths
from ecograph.insight.strengths_activities import CAUTIONS

_STANDINGS: dict[Standing, tuple[str, str]] = {
    "above": ("▲ över landets nivå", "▲ above the country's level"),
    "below": ("▼ under landets nivå", "▼ below the country's level"),
    "not-told-apart": ("kan inte skiljas från landets nivå", "cannot be told from the country's level"),
    "no-data": ("inga deltaganden att jämföra", "no participations to compare"),
    "not-classifiable": ("kan inte klassas i källan", "not classifiable in the source"),
}

_AREAS = (
    Column("area_id", "Områdets id", "Area id", on_screen=False),
    Column("area", "Område", "Area"),
    Column("projects", "Projekt", "Projects"),
    Column("participations", "Deltaganden", "Participations"),
    Column("country_participations", "I landet", "In the country"),
    Column("lq", "Kvot", "Quotient"),
    Column("lq_low", "95 %", "95 %", beside="lq_high", joined="{}–{}"),
    Column("lq_high", "Kvot, högst", "Quotient, high", on_screen=False),
    Column("standing", "Ställning (nyckel)", "Standing (key)", on_screen=False),
    Column("says", "Ställning", "Standing"),
    Column("euros", "Beviljat stöd, euro", "Granted support, EUR", on_screen=False),
    Column("lq_money", "Kvot, pengar", "Quotient, money"),
    Column("lq_money_low", "95 %", "95 %", beside="lq_money_high", joined="{}–{}"),
    Column("lq_money_high", "Kvot, pengar, högst", "Quotient, money, high", on_screen=False),
)

_OPTIONS = (
    Column("rank", "Plats", "Rank"),
    Column("code", "Aktivitet", "Activity"),
    Column("quotient", "Lokaliseringskvot", "Location quotient"),
    Column("density", "Släktskapstäthet", "Relatedness density"),
    Column("complexity", "Komplexitet, percentil", "Complexity, percentile"),
    Column("regions", "Län specialiserade", "Regions specialised"),
    Column("score", "Täthet × komplexitet", "Density × complexity"),
)


def strengths(opened: Opened, *, options: bool = False, window: Window | None = None) -> Answer:
    """Compare the region's participations and money per area with the country's (see `insight.strengths`).

    options: instead, activities that the region could move into, ranked. Cost: about a second for a county
    and its country.
    """
    found = find_strengths(
        opened.graph, base=opened.base, region=opened.region, national=opened.national(window)
    )
    values = {"draws": found.parameters["draws"], "seed": found.parameters["seed"]}
    return Answer(
        question="strengths",
        title=(
            ("Vad ligger nära det länet redan gör?", "What lies near what the region does already?")
            if options
            else (
                "Var är länet specialiserat jämfört med landet?",
                "Where is the region specialised in its country?",
            )
        ),
        method=(methods.STRENGTHS[0].format(**values), methods.STRENGTHS[1].format(**values)),
        columns=_OPTIONS if options else _AREAS,
        rows=[dataclasses.asdict(option) for option in found.options.items]
        if options
        else [_row(area, opened.side) for area in found.areas],
        parameters=opened.parameters(
            window, **found.parameters, options=options, area_entropy=found.area_entropy,
            variety=found.activities.variety, related_variety=found.activities.related,
            unrelated_variety=found.activities.unrelated, code_scheme=found.activities.scheme,
            specialised=list(found.options.specialised),
        ),
        coverage=found.coverage,
        message=_message(found),
        caveats=(*((CAUTIONS,) if options else ()), _placed(found)),
        lang=opened.lang,
        found=found,
    )  # fmt: skip


def _placed(found: Strengths) -> tuple[str, str]:
    return (
        f"{found.placed} av {found.domestic} svenska aktörer i de jämförda källorna har känd kommun; "
        "övriga räknas i landet men inte i något län.",
        f"{found.placed} of {found.domestic} domestic actors in the compared sources have a known "
        "municipality; the others count in the country but in no county.",
    )


def _message(found: Strengths) -> tuple[str, str]:
    if not found.sources:
        return (
            "Ingen källa täcker hela landet; länet kan inte jämföras.",
            "No source covers the whole country; the region cannot be compared.",
        )
    sources = ", ".join(found.sources)
    kinds = found.activities
    if kinds.variety is None or kinds.related is None or kinds.unrelated is None:
        return (
            f"Länet har inga deltaganden i {sources}; det kan inte jämföras.",
            f"The region has no participations in {sources}; it cannot be compared.",
        )
    variety = f"{kinds.variety:.2f}", f"{kinds.related:.2f}", f"{kinds.unrelated:.2f}"
    swedish = [value.replace(".", ",") for value in variety]
    return (
        f"Jämförelsen vilar på {sources}. Mångfald i länets aktiviteter: {swedish[0]} bitar, varav "
        f"{swedish[1]} besläktad och {swedish[2]} obesläktad.",
        f"The comparison rests on {sources}. Variety of the region's activities: {variety[0]} bits, of which "
        f"{variety[1]} related and {variety[2]} unrelated.",
    )


def _row(area: Strength, side: int) -> dict[str, Any]:
    count, money = area.participations, area.money
    standing: Standing = "not-classifiable" if count is None else count.standing
    return {
        "area_id": area.area,
        "area": area.label[side],
        "projects": None if count is None else count.projects,
        "participations": None if count is None else count.region,
        "country_participations": None if count is None else count.country,
        **_interval("lq", count),
        "standing": standing,
        "says": _STANDINGS[standing][side],
        "euros": None if money is None else money.region,
        **_interval("lq_money", money),
    }


def _interval(name: str, found: Quotient | None) -> dict[str, float | None]:
    if found is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
