"""How a view of the network looks: the size of each actor by a measure, its colour by an attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from flask_babel import gettext

from ecograph.web.explorer.asking import site
from ecograph.web.explorer.language import current
from ecograph.web.explorer.network_view import View
from ecograph.web.explorer.networks import label
from ecograph.web.explorer.themes import areas

_CLASSES = ("forest", "digital", "mobility", "energy", "manufacturing", "area-6", "area-7")
"""The palette's classes, in the order in which groups other than areas take them."""

OTHER = "area-none"


@dataclass(frozen=True, slots=True)
class Group:
    """One entry of the legend: its words, colour class, and how many of the actors drawn are in it."""

    label: str
    colour: str
    actors: int


@dataclass(frozen=True, slots=True)
class Colouring:
    """The groups of an attribute, and the number of the group of each actor of the view."""

    groups: tuple[Group, ...]
    of: list[int]


def colouring(view: View, attribute: str) -> Colouring:
    """Return the groups of an attribute: ``area`` (the main one), ``helix``, ``municipality``, ``community``.

    Areas keep their own colour. Of the others the seven largest have one; what is left is one more group.
    """
    if attribute == "area":
        known = list(areas().values())
        local = {site().base.local(area.iri): number for number, area in enumerate(known)}
        of = [local.get(key, len(known)) for key in view.actors["main_area"].to_list()]
        words = [(area.label, area.colour) for area in known] + [(gettext("no area"), OTHER)]
        return _counted(view, of, words)
    column = view.actors[attribute]
    drawn = view.actors.filter("drawn")[attribute].drop_nulls()
    counts = sorted(zip(*np.unique(drawn.to_numpy(), return_counts=True), strict=True), key=_largest_first)
    shown = [key for key, _ in counts[: len(_CLASSES)]]
    words = [(_word(view, attribute, key), colour) for key, colour in zip(shown, _CLASSES, strict=False)]
    place = {key: number for number, key in enumerate(shown)}
    words.append((_rest(attribute, len(counts) > len(shown)), OTHER))
    return _counted(view, [place.get(key, len(shown)) for key in column.to_list()], words)


def _largest_first(entry: tuple[Any, Any]) -> tuple[int, Any]:
    return -int(entry[1]), entry[0]


def _counted(view: View, of: list[int], words: list[tuple[str, str]]) -> Colouring:
    drawn = [number for number, seen in zip(of, view.actors["drawn"].to_list(), strict=True) if seen]
    counts = np.bincount(drawn, minlength=len(words)) if drawn else np.zeros(len(words), dtype=int)
    groups = (Group(text, colour, int(count)) for (text, colour), count in zip(words, counts, strict=True))
    return Colouring(tuple(groups), of)


def _word(view: View, attribute: str, key: Any) -> str:
    if attribute == "community":
        members = view.actors.filter(pl.col("community") == key).sort(
            pl.col("degree"), descending=True, maintain_order=True
        )
        return str(gettext("around %(actor)s", actor=members[named()][0]))
    return label("helix" if attribute == "helix" else "place", key) or str(key)


def _rest(attribute: str, more: bool) -> str:
    if attribute == "helix":
        return str(gettext("helix not known"))
    if attribute == "community":
        return str(gettext("smaller groups"))
    return str(gettext("elsewhere, or not known") if more else gettext("not known"))


def named() -> str:
    """Return the column of the actors' names in the reader's language."""
    return f"label_{current()}"


def radii(view: View, measure: str) -> list[float]:
    """Return the radius of each actor, 1 to 4 in the unit of the drawing, its area growing with the measure.

    Of constraint it is the least that makes large, since the least bound bridge most; unknown is smallest.
    """
    values = view.actors[measure].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if measure == "constraint":
        values = np.divide(1.0, values, out=np.full_like(values, np.nan), where=values > 0)
    most = np.nanmax(values, initial=0.0) if len(values) else 0.0
    share = np.nan_to_num(values / most) if most > 0 else np.zeros(len(values))
    return [round(value, 2) for value in (1 + 3 * np.sqrt(share)).tolist()]


def size_words() -> dict[str, str]:
    """Return the reader's word for each measure that the size of an actor can show."""
    return {
        "degree": gettext("partners"),
        "strength": gettext("strength (projects with partners)"),
        "betweenness": gettext("betweenness"),
        "bridging": gettext("bridging between areas"),
        "constraint": gettext("constraint (the least is largest)"),
        "effective-size": gettext("effective size"),
        "projects": gettext("projects"),
    }


def colour_words() -> dict[str, str]:
    """Return the reader's word for each attribute that the colour of an actor can show."""
    return {
        "area": gettext("main area"),
        "helix": gettext("helix"),
        "municipality": gettext("municipality"),
        "community": gettext("group that collaborates closely"),
    }
