"""Looking closer at the network: one actor with its partners, a path between two, several side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse.csgraph import shortest_path

from ecograph.web.explorer.network_look import named
from ecograph.web.explorer.network_view import View

_PARTNERS = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """An actor of a view by its row, and its strongest ties."""

    row: int
    about: dict[str, Any]
    partners: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """One tie of a path, with the projects that make it."""

    start: dict[str, Any]
    goal: dict[str, Any]
    projects: list[tuple[str, str]]
    """Local id and name."""


def row_of(view: View, text: str) -> int | None:
    """Return the row of the actor that `text` names: its local id, with or without ``actor/``, or its name.

    Of several with one name the one with most partners is meant; None when nobody is.
    """
    wanted = text.strip()
    if not wanted:
        return None
    for local in (wanted, f"actor/{wanted}"):
        if local in view.network.position:
            return view.network.position[local]
    fold = wanted.casefold()
    same = pl.Series(
        [
            fold in (sv.casefold(), en.casefold())
            for sv, en in view.actors.select("label_sv", "label_en").iter_rows()
        ],
        dtype=pl.Boolean,
    )
    rows = np.flatnonzero(same.to_numpy())
    if not len(rows):
        return None
    return int(rows[np.argmax(view.actors["degree"].to_numpy()[rows])])


def looked_at(view: View, row: int) -> Looked:
    """Return an actor with its strongest ties, most shared projects first."""
    names = view.actors[named()]
    ties = view.shared[[row]]
    order = sorted(
        zip(ties.indices.tolist(), ties.data.tolist(), strict=True),
        key=lambda tie: (-tie[1], names[tie[0]].casefold()),
    )[:_PARTNERS]
    partners = [
        {**view.actors.row(partner, named=True), "shared": int(shared), "joint": joint(view, row, partner)}
        for partner, shared in order
    ]
    return Looked(row, view.actors.row(row, named=True), partners)


def joint(view: View, first: int, second: int) -> list[tuple[str, str]]:
    """Return local id and name of the projects that two actors share."""
    rows = view.network.matrix[[first]].multiply(view.network.matrix[[second]]).tocoo()
    titles = view.network.projects[named()]
    return [(view.network.project_ids[column], titles[column]) for column in sorted(rows.col.tolist())]


def path_between(view: View, start: int, goal: int) -> list[Step]:
    """Return a shortest path of ties from one actor to another; empty when none joins them."""
    if start == goal:
        return []
    _, before = shortest_path(
        view.shared, directed=False, unweighted=True, indices=start, return_predecessors=True
    )
    rows = [goal]
    while rows[-1] != start:
        previous = int(before[rows[-1]])
        if previous < 0:
            return []
        rows.append(previous)
    rows.reverse()
    return [
        Step(view.actors.row(a, named=True), view.actors.row(b, named=True), joint(view, a, b))
        for a, b in pairwise(rows)
    ]
