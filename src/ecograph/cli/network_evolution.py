"""`ecograph network evolution`: how actors, ties and the meetings of areas changed over the years."""

from __future__ import annotations

from typing import Any

import click

from ecograph.cli.network_output import Asked, NetworkAnswer, Shown, coverage_of, network_options
from ecograph.insight import evolution as insight
from ecograph.network.incidence import TwoMode, read_two_mode
from ecograph.network.projection import Consortia
from ecograph.network.reading import label_of, read_labels

_KINDS = ("years", "pairs", "periods", "programmes")

_COLUMNS: dict[str, tuple[Shown, ...]] = {
    "years": (
        Shown("year", "År", "Year"),
        Shown("projects", "Projekt", "Projects"),
        Shown("with_partners", "Med kända parter", "With known partners"),
        Shown("actors", "Aktörer", "Actors"),
        Shown("actors_new", "Nya", "New"),
        Shown("actors_returned", "Åter", "Back"),
        Shown("actors_gone", "Borta", "Gone"),
        Shown("actors_stayed", "Kvar", "Stayed", on_screen=False),
        Shown("actor_persistence", "Andel kvar", "Share stayed"),
        Shown("ties", "Band", "Ties"),
        Shown("ties_new", "Nya band", "New ties"),
        Shown("ties_returned", "Band åter", "Ties back", on_screen=False),
        Shown("ties_gone", "Band borta", "Ties gone"),
        Shown("ties_stayed", "Band kvar", "Ties stayed", on_screen=False),
        Shown("tie_persistence", "Andel band kvar", "Share of ties stayed"),
    ),
    "pairs": (
        Shown("year", "År", "Year"),
        Shown("area_a", "Område", "Area"),
        Shown("area_b", "och", "and"),
        Shown("joint_projects", "Gemensamma projekt", "Joint projects"),
        Shown("actors_in_both", "Aktörer i båda", "Actors in both"),
        Shown("bridges_stayed", "Brobyggare kvar", "Bridging actors that stayed"),
        Shown("bridges", "Svenska aktörer i båda", "Domestic actors in both"),
    ),
    "periods": (
        Shown("period", "Period", "Period"),
        Shown("area_a", "Område", "Area"),
        Shown("area_b", "och", "and"),
        Shown("projects", "Projekt", "Projects"),
        Shown("actors", "Aktörer", "Actors"),
        Shown("ties", "Band", "Ties"),
        Shown("joint_projects", "Gemensamma projekt", "Joint projects"),
        Shown("actors_in_both", "Aktörer i båda", "Actors in both"),
    ),
    "programmes": (
        Shown("programme_id", "Programmets id", "Programme id", on_screen=False),
        Shown("programme", "Program", "Programme"),
        Shown("projects", "Projekt", "Projects"),
        Shown("actors", "Aktörer", "Actors"),
        Shown("actors_lost", "Bara genom det", "Only through it"),
        Shown("ties", "Band", "Ties"),
        Shown("ties_lost", "Band bara genom det", "Ties only through it"),
        Shown("ties_lost_share", "Del av alla band", "Share of all ties"),
        Shown("joint_projects", "Projekt i flera områden", "Projects in several areas"),
        Shown("pairs_lost", "Områden som inte längre möts", "Areas that no longer meet"),
    ),
}

_TITLES = {
    "years": ("Nätverket år för år", "The network year by year"),
    "pairs": ("Områdenas möten år för år", "How areas met year by year"),
    "periods": ("Före och efter strategin", "Before and after the strategy"),
    "programmes": ("Vad som hänger på varje program", "What hangs on each programme"),
}

_METHODS = {
    "years": (
        "Ett projekt räknas varje år det pågår. Ny: aldrig i nätverket tidigare; åter: varit med, men inte "
        "året före; borta: med året före, inte nu. Andelen kvar är de som stannat av dem som var med året "
        "före. Odaterade projekt står utanför åren.",
        "A project counts in every year in which it runs. New: never in the network before; back: in it "
        "before, but not the year before; gone: in it the year before, not now. The share stayed is of those "
        "of the year before. Undated projects stand outside the years.",
    ),
    "pairs": (
        "För varje år och par av områden: projekt som räknas till båda, aktörer med projekt i båda, och de "
        "svenska av dem, flest projekt först. Kvar är de som var med i båda även året före.",
        "For every year and pair of areas: projects that count to both, actors with projects in both, and "
        "the domestic ones of these, most projects first. Stayed are those that were in both the year before "
        "as well.",
    ),
    "periods": (
        "Projekt efter året då de började: före strategin, efter den, och odaterade för sig. Delarna läggs "
        "aldrig ihop, och det som började före strategin är inte dess verkan.",
        "Projects by the year in which they began: before the strategy, after it, and undated by themselves. "
        "The parts are never added up, and what began before the strategy is not its effect.",
    ),
    "programmes": (
        "Vad nätverket skulle förlora med ett program: aktörer som bara är med genom dess projekt, band som "
        "bara dess projekt gör, och par av områden som bara möts i dem. Ett tankeexperiment på de projekt vi "
        "känner till, ingen prognos.",
        "What the network would lose with a programme: actors that are in it only by the programme's "
        "projects, ties that only its projects make, and pairs of areas that meet only there. A thought "
        "experiment on the projects that we know of, no forecast.",
    ),
}

_PERIODS = {
    "before": ("före strategin", "before the strategy"),
    "after": ("efter strategin", "after the strategy"),
    "undated": ("odaterade", "undated"),
}


@click.command("evolution")
@click.option(
    "--show", type=click.Choice(_KINDS), default="years", show_default=True,
    help="Years, pairs of areas by year, before and after the strategy, or what hangs on each programme.",
)  # fmt: skip
@click.option(
    "--largest-consortium", "largest", type=click.IntRange(2),
    help="Leave ties of projects with more collaborators than this out (years).",
)  # fmt: skip
@network_options
def evolution(asked: Asked, show: str, largest: int | None) -> None:
    """How actors, ties and the meetings of areas changed, and what a programme's end would take away.

    \b
    Examples:
      ecograph network evolution -C data
      ecograph network evolution -C data --show pairs --from 2014 --to 2024 -o csv
      ecograph network evolution -C data --show programmes
    """
    whole = read_two_mode(asked.graph, base=asked.base, region=asked.workspace.region).county()
    consortia = None if largest is None else Consortia(largest)
    rows, undated = _rows(asked, whole, show, consortia)
    if asked.output == "table" and show in ("years", "pairs"):
        # A year is a name here: no thin space in its thousands.
        rows = [row | {"year": str(row["year"])} for row in rows]
    asked.emit(
        NetworkAnswer(
            question="evolution",
            title=_TITLES[show],
            method=_METHODS[show],
            columns=_COLUMNS[show],
            rows=rows,
            parameters=asked.parameters(
                show=show,
                consortia=str(consortia or Consortia()),
                strategy_adopted=asked.workspace.region.strategy_adopted,
            ),
            coverage=coverage_of(whole),
            message=("", "") if rows else _nothing(show),
            caveats=(
                (
                    f"{undated} projekt är odaterade och står utanför åren. De senaste årens projekt är inte "
                    f"alla kända ännu, och källorna täcker åren olika väl.",
                    f"{undated} projects are undated and stand outside the years. Not all projects of the "
                    f"latest years are known yet, and sources cover the years unevenly.",
                ),
            ),
        )
    )


def _nothing(show: str) -> tuple[str, str]:
    if show == "programmes":
        return (
            "Inget projekt i urvalet har ett känt program.",
            "No project of the selection has a known programme.",
        )
    return "Inga daterade projekt i urvalet.", "No dated projects in the selection."


def _rows(
    asked: Asked, whole: TwoMode, show: str, consortia: Consortia | None
) -> tuple[list[dict[str, Any]], int]:
    side = 0 if asked.lang == "sv" else 1
    undated = whole.projects["start_year"].null_count()
    areas = dict(whole.areas.select("area", f"label_{asked.lang}").iter_rows())
    inside = whole if asked.window is None else whole.in_window(*asked.window)
    if show == "programmes":
        labels = read_labels(asked.graph, asked.base, "?thing a eco:Programme .")
        return [
            row
            | {
                "programme_id": row["programme"],
                "programme": label_of(labels, row["programme"], asked.lang),
                "pairs_lost": [
                    " – ".join(areas[area] for area in pair.split("–")) for pair in row["pairs_lost"]
                ],
            }
            for row in insight.programmes(inside).iter_rows(named=True)
        ], undated
    if show == "periods":
        found = insight.periods(inside, asked.workspace.region)
        return [
            row
            | {
                "period": _PERIODS[row["period"]][side],
                "area_a": areas.get(row["area_a"]),
                "area_b": areas.get(row["area_b"]),
            }
            for row in found.iter_rows(named=True)
        ], undated
    traced = insight.trace(whole, first=asked.first, last=asked.last, consortia=consortia)
    if show == "years":
        return list(traced.years.iter_rows(named=True)), undated
    names = dict(whole.actors.select("actor", f"label_{asked.lang}").iter_rows())
    return [
        row
        | {
            "area_a": areas[row["area_a"]],
            "area_b": areas[row["area_b"]],
            "bridges": [names[actor] for actor in row["bridges"]],
        }
        for row in traced.pairs.filter(traced.pairs["actors_in_both"] > 0).iter_rows(named=True)
    ], undated
