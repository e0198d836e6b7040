"""The network as a whole: its figures, its actors' places, the collaborations that join alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ecograph.api.answer import Answer, Column, Text
from ecograph.api.opened import Opened, Window
from ecograph.errors import QueryError
from ecograph.insight import methods
from ecograph.insight.coverage import measure_coverage
from ecograph.insight.structure import DRAWS, Structure, find_structure
from ecograph.insight.structure_actors import PLACES, RUNS, SEED
from ecograph.insight.structure_text import LABELS, sentence
from ecograph.network.incidence import Selection, TwoMode, read_two_mode

SORTS = (*PLACES, "cut_off")
"""What the actors' places can be ordered by."""

_STANDING = {
    "above": ("▲ över slumpen", "▲ above chance"),
    "below": ("▼ under slumpen", "▼ below chance"),
    "within": ("som slumpen", "as chance"),
}

_FIGURES = (
    Column("key", "Nyckel", "Key", on_screen=False),
    Column("figure", "Mått", "Figure", on_screen=False),
    Column("value", "Värde", "Value"),
    Column("expected", "Väntat", "Expected"),
    Column("low", "Lägst", "Low", on_screen=False),
    Column("high", "Högst", "High", on_screen=False),
    Column("p", "p", "p"),
    Column("standing", "Mot slumpen", "Against chance", on_screen=False),
    Column("says", "I ord", "In words"),
)

_PLACES = (
    Column("actor_id", "Aktörens id", "Actor id", on_screen=False),
    Column("actor", "Aktör", "Actor"),
    Column("in_region", "I regionen", "In the region"),
    Column("community", "Gemenskap", "Community"),
    Column("certainty", "Säkerhet", "Certainty", on_screen=False),
    Column("participation", "Spridning", "Participation"),
    Column("module_z", "z i gemenskapen", "Within-module z"),
    Column("core", "Kärntal", "Core number"),
    Column("harmonic", "Närhet", "Closeness"),
    Column("pagerank", "PageRank", "PageRank"),
    Column("clustering", "Slutenhet", "Clustering"),
    Column("cut_off", "Avskurna utan", "Cut off without"),
)

_BRIDGES = (
    Column("source_id", "Id", "Id", on_screen=False),
    Column("source", "Aktör", "Actor"),
    Column("target_id", "Id", "Id", on_screen=False),
    Column("target", "Aktör", "Actor"),
    Column("cut_off", "Aktörer på den mindre sidan", "Actors on the lesser side"),
)


def structure(
    opened: Opened,
    *,
    areas: Sequence[str] = (),
    places: Sequence[str] = (),
    window: Window | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Answer:
    """Answer how the region's network is built as a whole, each figure in words and against chance.

    areas, places: ids, or the last part of them, of priority areas and of municipalities or countries; only
    projects of one of the areas, with a collaborator seated in one of the places, are then in. draws: of the
    null. Cost: about 30 milliseconds a draw for a county.

    Raises
    ------
    QueryError: when the network has no such area or place.
    """
    network = part_of(opened, areas, places, window)
    found = find_structure(network, draws=draws, seed=seed)
    rows = [
        {
            "key": figure.key,
            "figure": LABELS[figure.key][opened.side],
            "value": figure.value,
            "expected": figure.expected,
            "low": figure.low,
            "high": figure.high,
            "p": figure.p,
            "standing": None if figure.standing is None else _STANDING[figure.standing][opened.side],
            "says": sentence(figure, found)[opened.side],
        }
        for figure in found.figures.values()
    ]
    title = ("Nätverket i stort", "The network as a whole")
    return answered(opened, network, found, "structure", title, _FIGURES, rows, given(areas, places, window))


def actor_places(
    opened: Opened,
    *,
    sort: str = "cut_off",
    areas: Sequence[str] = (),
    places: Sequence[str] = (),
    window: Window | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Answer:
    """Answer how each domestic actor stands in the network, ordered by one of `SORTS`; see `structure`."""
    network = part_of(opened, areas, places, window)
    found = find_structure(network, draws=draws, seed=seed)
    labels = _labels(opened, network)
    rows = [
        row | {"actor_id": row["actor"], "actor": labels[row["actor"]]}
        for row in found.actors.frame.filter("domestic").iter_rows(named=True)
    ]
    rows.sort(key=lambda row: (-_sortable(row[sort]), row["actor_id"]))
    title = ("Aktörernas plats i nätverket", "The actors' places in the network")
    return answered(
        opened, network, found, "structure", title, _PLACES, rows, given(areas, places, window, sort=sort)
    )


def bridge_ties(
    opened: Opened,
    *,
    areas: Sequence[str] = (),
    places: Sequence[str] = (),
    window: Window | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Answer:
    """Answer which collaborations are the only link between their two sides; see `structure`."""
    network = part_of(opened, areas, places, window)
    found = find_structure(network, draws=draws, seed=seed)
    labels = _labels(opened, network)
    rows = [
        {
            "source_id": tie.source,
            "source": labels[tie.source],
            "target_id": tie.target,
            "target": labels[tie.target],
            "cut_off": tie.cut_off,
        }
        for tie in found.actors.bridges
    ]
    message = (
        "Inget samarbete är ensamt om att förena två sidor av nätverket.",
        "No collaboration is alone in joining two sides of the network.",
    )
    return answered(
        opened, network, found, "structure",
        ("Samarbeten som ensamma förenar", "Collaborations that join alone"),
        _BRIDGES, rows, given(areas, places, window), message=("", "") if rows else message,
    )  # fmt: skip


def answered(
    opened: Opened,
    network: TwoMode,
    found: Structure,
    question: str,
    title: Text,
    columns: Sequence[Column],
    rows: Sequence[dict[str, Any]],
    parameters: dict[str, Any],
    message: Text = ("", ""),
) -> Answer:
    """Return an answer on a structure with its method, parameters and guards."""
    values = {"draws": found.draws, "seed": found.seed, "runs": RUNS}
    window = parameters.pop("window")
    return Answer(
        question=question,
        title=title,
        method=(methods.STRUCTURE[0].format(**values), methods.STRUCTURE[1].format(**values)),
        columns=columns,
        rows=[] if found.message[0] else rows,
        parameters=opened.parameters(
            window,
            **parameters,
            **values,
            actors=len(found.projection.ids),
            ties=found.projection.shared.nnz // 2,
            prominent_projects=found.prominent_projects,
            prominent_actors=found.prominent,
            known=found.known,
        ),
        coverage=measure_coverage(network),
        message=found.message if found.message[0] else message,
        caveats=_guards(found),
        lang=opened.lang,
        found=found,
    )


def given(areas: Sequence[str], places: Sequence[str], window: Window | None, **more: Any) -> dict[str, Any]:
    """Return what a question was narrowed by, to be stated in its answer."""
    return {"areas": list(areas), "places": list(places), "window": window, **more}


def part_of(opened: Opened, areas: Sequence[str], places: Sequence[str], window: Window | None) -> TwoMode:
    """Return the region's network, narrowed to areas and places, in a window of years.

    Raises
    ------
    QueryError: when the network has no such area or place; the known ones are named.
    """
    whole = opened.county(window)
    if not areas and not places:
        return whole
    seats = {
        seat
        for name in ("municipality", "country")
        for seat in opened.county().actors[name].to_list()
        if seat is not None
    }
    selection = Selection(
        window=window,
        areas=_named(areas, "area", set(whole.areas["area"].to_list())),
        places=_named(places, "place", seats),
    )
    return read_two_mode(opened.graph, base=opened.base, region=opened.region, selection=selection).county()


def _named(given: Sequence[str], path: str, known: set[str]) -> frozenset[str] | None:
    if not given:
        return None
    found = {text if "/" in text else f"{path}/{text}" for text in given}
    if unknown := sorted(found - known):
        raise QueryError(
            f"There is no {path} {unknown[0].rpartition('/')[2]!r} in the network.",
            remedy="Choose from: " + ", ".join(sorted(name.rpartition("/")[2] for name in known)) + ".",
        )
    return frozenset(found)


def _guards(found: Structure) -> tuple[Text, ...]:
    if found.message[0]:
        return ()
    size = len(found.projection.ids)
    helix, seat = found.known.get("helix", 0), found.known.get("municipality", 0)
    return (
        methods.KNOWN,
        (
            f"{helix} av {size} aktörer har en känd aktörsgrupp och {seat} en känd kommun; övriga är inte "
            "med i blandningen.",
            f"{helix} of {size} actors have a known helix and {seat} a known municipality; the others take "
            "no part in the mixing.",
        ),
    )


def _labels(opened: Opened, network: TwoMode) -> dict[str, str]:
    return dict(network.actors.select("actor", f"label_{opened.lang}").iter_rows())


def _sortable(value: float | None) -> float:
    return -math.inf if value is None else round(value, 12)
