"""`ecograph network strengths`: where the region is specialised compared with the country, and what is
near."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from ecograph.cli.network_output import Asked, NetworkAnswer, Shown, network_options
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
    Shown("area_id", "Områdets id", "Area id", on_screen=False),
    Shown("area", "Område", "Area"),
    Shown("projects", "Projekt", "Projects"),
    Shown("participations", "Deltaganden", "Participations"),
    Shown("country_participations", "I landet", "In the country"),
    Shown("lq", "Lokaliseringskvot", "Location quotient"),
    Shown("lq_low", "Lägst", "Low"),
    Shown("lq_high", "Högst", "High"),
    Shown("standing", "Ställning (nyckel)", "Standing (key)", on_screen=False),
    Shown("says", "Ställning", "Standing"),
    Shown("euros", "Beviljat stöd, euro", "Granted support, EUR", on_screen=False),
    Shown("lq_money", "Kvot, pengar", "Quotient, money"),
    Shown("lq_money_low", "Lägst, pengar", "Low, money"),
    Shown("lq_money_high", "Högst, pengar", "High, money"),
)

_OPTIONS = (
    Shown("rank", "Plats", "Rank"),
    Shown("code", "Aktivitet", "Activity"),
    Shown("quotient", "Lokaliseringskvot", "Location quotient"),
    Shown("density", "Släktskapstäthet", "Relatedness density"),
    Shown("complexity", "Komplexitet, percentil", "Complexity, percentile"),
    Shown("regions", "Län specialiserade", "Regions specialised"),
    Shown("score", "Täthet × komplexitet", "Density × complexity"),
)

_METHOD = (
    "Bara källor som täcker hela landet jämförs, och projekten räknas till områden bara efter reglerna, "
    "så att alla län ses på samma sätt. Lokaliseringskvoten är områdets andel av länets deltaganden "
    "(eller beviljade stöd) delad med dess andel av landets. Intervallet (95 %) kommer av att projekten "
    "dras om med återläggning {draws} gånger (frö {seed}); har länet inget i området är det 0 till den "
    "exakta Poissongränsen. Ett område som källans koder inte kan skilja ut är inte klassbart, inte noll. "
    "Aktörer räknas till länet efter sätets kommun. Släktskapstäthet: hur stor del av släktskapet kring "
    "en aktivitet länet redan har (Hidalgo m.fl. 2007); komplexitet: genomsnittlig mångfald hos de län "
    "som är specialiserade i den (Hidalgo och Hausmann 2009).",
    "Only sources that cover the whole country are compared, and projects count to areas by the rules "
    "alone, so that all counties are seen alike. The location quotient is the area's share of the "
    "county's participations (or granted support) over its share of the country's. The interval (95 %) "
    "comes from drawing the projects again with replacement {draws} times (seed {seed}); where the county "
    "has nothing in the area it is 0 to the exact Poisson limit. An area that the source's codes cannot "
    "tell apart is not classifiable, not zero. Actors count to the county by the municipality of their "
    "seat. Relatedness density: how much of the relatedness around an activity the county already has "
    "(Hidalgo et al. 2007); complexity: average diversity of the counties specialised in it (Hidalgo and "
    "Hausmann 2009).",
)


@click.command("strengths")
@network_options
@click.option("--options", is_flag=True, help="Instead: activities that the region could move into, ranked.")
def strengths(asked: Asked, options: bool) -> None:
    """Compare the region's participations and money per area with the country's.

    \b
    Examples:
      ecograph network strengths -C data
      ecograph network strengths -C data --options
    """
    found = find_strengths(
        asked.graph, base=asked.base, region=asked.workspace.region, national=asked.national()
    )
    asked.emit(_answer(asked, found, options))


def _answer(asked: Asked, found: Strengths, options: bool) -> NetworkAnswer:
    side = 0 if asked.lang == "sv" else 1
    values = {"draws": found.parameters["draws"], "seed": found.parameters["seed"]}
    rows = (
        [dataclasses.asdict(option) for option in found.options.items]
        if options
        else [_row(area, side) for area in found.areas]
    )
    title = (
        ("Vad ligger nära det länet redan gör?", "What lies near what the region does already?")
        if options
        else (
            "Var är länet specialiserat jämfört med landet?",
            "Where is the region specialised in its country?",
        )
    )
    return NetworkAnswer(
        question="network strengths",
        title=title,
        method=(_METHOD[0].format(**values), _METHOD[1].format(**values)),
        columns=_OPTIONS if options else _AREAS,
        rows=rows,
        parameters=asked.parameters(
            **found.parameters, options=options, area_entropy=found.area_entropy,
            variety=found.activities.variety, related_variety=found.activities.related,
            unrelated_variety=found.activities.unrelated, code_scheme=found.activities.scheme,
            specialised=list(found.options.specialised),
        ),
        coverage=found.coverage,
        message=_message(found),
        caveats=(*((CAUTIONS,) if options else ()), _placed(found)),
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
