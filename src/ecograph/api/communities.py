"""Communities: who collaborates densely, what they have in common, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ecograph.api.answer import Answer, Column, Text
from ecograph.api.opened import Opened, Window
from ecograph.api.structure import answered, given, part_of
from ecograph.insight.groups import By, group_labels, groups_of
from ecograph.insight.structure import DRAWS, Structure, find_structure
from ecograph.insight.structure_actors import SEED, Community, Share
from ecograph.insight.structure_text import sentence
from ecograph.network.incidence import TwoMode

_COLUMNS = (
    Column("community", "Nr", "No."),
    Column("size", "Aktörer", "Actors"),
    Column("in_region", "I regionen", "In the region"),
    Column("core", "Kärna", "Core"),
    Column("core_ids", "Kärnans id", "Ids of the core", on_screen=False),
    Column("areas", "Områden", "Areas"),
    Column("helices", "Aktörsgrupper", "Helices"),
    Column("municipalities", "Kommuner", "Municipalities"),
    Column("certainty", "Säkerhet", "Certainty"),
    Column("actors", "Alla aktörer", "All actors", on_screen=False),
    Column("actor_ids", "Aktörernas id", "Ids of the actors", on_screen=False),
)

_SHOWN = 3
"""Groups of each kind that a row names, most members first."""


def communities(
    opened: Opened,
    *,
    smallest: int = 2,
    number: int | None = None,
    areas: Sequence[str] = (),
    places: Sequence[str] = (),
    window: Window | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Answer:
    """Answer which actors collaborate more densely with one another than with others.

    smallest: leave out smaller communities. number: only this one, with all of its actors by name.
    The rest is as in `structure.structure`.
    """
    network = part_of(opened, areas, places, window)
    found = find_structure(network, draws=draws, seed=seed)
    chosen = [
        community
        for community in found.actors.communities
        if community.size >= smallest and number in {None, community.number}
    ]
    return answered(
        opened,
        network,
        found,
        "communities",
        ("Gemenskaper i nätverket", "Communities of the network"),
        # All names are read of one community; in a table of many they would hide the rest.
        [
            replace(column, on_screen=True) if column.name == "actors" and number else column
            for column in _COLUMNS
        ],
        _rows(opened, network, chosen),
        given(areas, places, window, smallest=smallest, number=number, stability=found.value("stability")),
        message=_message(found, number, any_chosen=bool(chosen)),
    )


def _message(found: Structure, number: int | None, *, any_chosen: bool) -> Text:
    if found.message[0]:
        return found.message
    if not any_chosen:
        if number is not None:
            return (f"Det finns ingen gemenskap nr {number}.", f"There is no community no. {number}.")
        return ("Ingen gemenskap är så stor.", "No community is that large.")
    says = [sentence(found.figures[key], found) for key in ("stability", "modularity")]
    return " ".join(text[0] for text in says), " ".join(text[1] for text in says)


def _rows(opened: Opened, network: TwoMode, chosen: Sequence[Community]) -> list[dict[str, Any]]:
    actors = dict(network.actors.select("actor", f"label_{opened.lang}").iter_rows())
    labels = {by: _labels(opened, network, by) for by in ("area", "helix", "municipality")}
    return [
        {
            "community": community.number,
            "size": community.size,
            "in_region": community.in_region,
            "core": [actors[actor] for actor in community.core],
            "core_ids": list(community.core),
            "areas": _named(community.areas, labels["area"]),
            "helices": _named(community.helices, labels["helix"]),
            "municipalities": _named(community.municipalities, labels["municipality"]),
            "certainty": community.certainty,
            "actors": [actors[actor] for actor in community.actors],
            "actor_ids": list(community.actors),
        }
        for community in chosen
    ]


def _labels(opened: Opened, network: TwoMode, by: By) -> dict[str, str]:
    known = group_labels(opened.graph, opened.base, network, groups_of(network, by))
    return {name: both[opened.side] for name, both in known.items()}


def _named(shares: Sequence[Share], labels: dict[str, str]) -> list[str]:
    return [f"{labels.get(name, name)} ({number})" for name, number in shares[:_SHOWN]]
