"""How actors, ties and the meetings of areas changed over the years."""

from __future__ import annotations

from typing import Any, Literal

from ecograph.api.answer import Answer, Column
from ecograph.api.opened import Opened, Window
from ecograph.insight import evolution as insight
from ecograph.insight import methods
from ecograph.insight.coverage import measure_coverage
from ecograph.network.incidence import TwoMode
from ecograph.network.projection import Consortia
from ecograph.network.reading import label_of, read_labels

Show = Literal["years", "pairs", "periods", "programmes"]

_COLUMNS: dict[Show, tuple[Column, ...]] = {
    "years": (
        Column("year", "År", "Year"),
        Column("projects", "Projekt", "Projects"),
        Column("with_partners", "Med kända parter", "With known partners"),
        Column("actors", "Aktörer", "Actors"),
        Column("actors_new", "Nya", "New"),
        Column("actors_returned", "Åter", "Back"),
        Column("actors_gone", "Borta", "Gone"),
        Column("actors_stayed", "Kvar", "Stayed", on_screen=False),
        Column("actor_persistence", "Andel kvar", "Share stayed", share=True),
        Column("ties", "Band", "Ties"),
        Column("ties_new", "Nya band", "New ties"),
        Column("ties_returned", "Band åter", "Ties back", on_screen=False),
        Column("ties_gone", "Band borta", "Ties gone"),
        Column("ties_stayed", "Band kvar", "Ties stayed", on_screen=False),
        Column("tie_persistence", "Andel band kvar", "Share of ties stayed", share=True),
    ),
    "pairs": (
        Column("year", "År", "Year"),
        Column("area_a", "Område", "Area"),
        Column("area_b", "och", "and"),
        Column("joint_projects", "Gemensamma projekt", "Joint projects"),
        Column("actors_in_both", "Aktörer i båda", "Actors in both"),
        Column("bridges_stayed", "Brobyggare kvar", "Bridging actors that stayed"),
        Column("bridges", "Svenska aktörer i båda", "Domestic actors in both"),
    ),
    "periods": (
        Column("period", "Period", "Period"),
        Column("area_a", "Område", "Area"),
        Column("area_b", "och", "and"),
        Column("projects", "Projekt", "Projects"),
        Column("actors", "Aktörer", "Actors"),
        Column("ties", "Band", "Ties"),
        Column("joint_projects", "Gemensamma projekt", "Joint projects"),
        Column("actors_in_both", "Aktörer i båda", "Actors in both"),
    ),
    "programmes": (
        Column("programme_id", "Programmets id", "Programme id", on_screen=False),
        Column("programme", "Program", "Programme"),
        Column("projects", "Projekt", "Projects"),
        Column("actors", "Aktörer", "Actors"),
        Column("actors_lost", "Bara genom det", "Only through it"),
        Column("ties", "Band", "Ties"),
        Column("ties_lost", "Band bara genom det", "Ties only through it"),
        Column("ties_lost_share", "Del av alla band", "Share of all ties", share=True),
        Column("joint_projects", "Projekt i flera områden", "Projects in several areas"),
        Column("pairs_lost", "Områden som inte längre möts", "Areas that no longer meet"),
    ),
}

_TITLES: dict[Show, tuple[str, str]] = {
    "years": ("Nätverket år för år", "The network year by year"),
    "pairs": ("Områdenas möten år för år", "How areas met year by year"),
    "periods": ("Före och efter strategin", "Before and after the strategy"),
    "programmes": ("Vad som hänger på varje program", "What hangs on each programme"),
}

_PERIODS = {
    "before": ("före strategin", "before the strategy"),
    "after": ("efter strategin", "after the strategy"),
    "undated": ("odaterade", "undated"),
}


def evolution(
    opened: Opened,
    *,
    show: Show = "years",
    largest: int | None = None,
    window: Window | None = None,
) -> Answer:
    """Answer how actors, ties and the meetings of areas changed (see `insight.evolution`).

    show: ``years``, ``pairs`` of areas by year, ``periods`` before and after the strategy, or ``programmes``:
    what hangs on each. largest: leave ties of projects with more collaborators out (years). Cost: a tenth of
    a second for a county.
    """
    whole = opened.county()
    consortia = None if largest is None else Consortia(largest)
    rows = _rows(opened, whole, show, consortia, window)
    undated = whole.projects["start_year"].null_count()
    return Answer(
        question="evolution",
        title=_TITLES[show],
        method=methods.EVOLUTION[show],
        columns=_COLUMNS[show],
        rows=rows,
        parameters=opened.parameters(
            window,
            show=show,
            consortia=str(consortia or Consortia()),
            strategy_adopted=opened.region.strategy_adopted,
        ),
        coverage=measure_coverage(whole),
        message=("", "") if rows else _nothing(show),
        caveats=(
            (
                f"{undated} projekt är odaterade och står utanför åren. De senaste årens projekt är inte "
                f"alla kända ännu, och källorna täcker åren olika väl.",
                f"{undated} projects are undated and stand outside the years. Not all projects of the "
                f"latest years are known yet, and sources cover the years unevenly.",
            ),
        ),
        lang=opened.lang,
        headings={"periods": ("period",)}.get(show, ()),
    )


def _nothing(show: Show) -> tuple[str, str]:
    if show == "programmes":
        return (
            "Inget projekt i urvalet har ett känt program.",
            "No project of the selection has a known programme.",
        )
    return "Inga daterade projekt i urvalet.", "No dated projects in the selection."


def _rows(
    opened: Opened, whole: TwoMode, show: Show, consortia: Consortia | None, window: Window | None
) -> list[dict[str, Any]]:
    areas = dict(whole.areas.select("area", f"label_{opened.lang}").iter_rows())
    first, last = window or (None, None)
    inside = whole if first is None and last is None else whole.in_window(first, last)
    if show == "programmes":
        labels = read_labels(opened.graph, opened.base, "?thing a eco:Programme .")
        return [
            row
            | {
                "programme_id": row["programme"],
                "programme": label_of(labels, row["programme"], opened.lang),
                "pairs_lost": [
                    " – ".join(areas[area] for area in pair.split("–")) for pair in row["pairs_lost"]
                ],
            }
            for row in insight.programmes(inside).iter_rows(named=True)
        ]
    if show == "periods":
        return [
            row
            | {
                "period": _PERIODS[row["period"]][opened.side],
                "area_a": areas.get(row["area_a"]),
                "area_b": areas.get(row["area_b"]),
            }
            for row in insight.periods(inside, opened.region).iter_rows(named=True)
        ]
    traced = insight.trace(whole, first=first, last=last, consortia=consortia)
    if show == "years":
        return list(traced.years.iter_rows(named=True))
    names = dict(whole.actors.select("actor", f"label_{opened.lang}").iter_rows())
    return [
        row
        | {
            "area_a": areas[row["area_a"]],
            "area_b": areas[row["area_b"]],
            "bridges": [names[actor] for actor in row["bridges"]],
        }
        for row in traced.pairs.filter(traced.pairs["actors_in_both"] > 0).iter_rows(named=True)
    ]
