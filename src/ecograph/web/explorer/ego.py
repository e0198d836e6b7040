"""The ego network of an actor, drawn on the server: the actor, its partners, and the ties among them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from ecograph.errors import EcographError
from ecograph.network.incidence import TwoMode
from ecograph.web.explorer.asking import site
from ecograph.web.explorer.language import current
from ecograph.web.explorer.networks import label, national, projection_of
from ecograph.web.explorer.shapes import HELICES, outline
from ecograph.web.explorer.themes import Area, areas

DRAWN = 36
"""So many partners are drawn; the rest are told in words."""

WIDTH = 820.0
_ROW, _EDGE, _LETTERS = 25.0, 24.0, 38
_CENTRE, _REACH = WIDTH / 2, 118.0


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner on the drawing: where it stands, its shape and colour class, and what it shares."""

    iri: str
    name: str
    short: str
    shared: int
    helix: str | None
    area: Area | None
    x: float
    y: float
    right: bool
    shape: str
    width: float
    """Of the line to the actor."""


@dataclass(frozen=True, slots=True)
class Ego:
    """The drawing of an actor's network.

    partners: those drawn, most shared projects first within an area. total: all known partners. chords: the
    path of the ties among the partners drawn, `ties` in number. areas, helices: those that the legend needs.
    """

    name: str
    shape: str
    partners: tuple[Partner, ...]
    total: int
    ties: int
    chords: str
    height: float
    areas: tuple[Area, ...]
    helices: tuple[tuple[str, str], ...]
    """Word and shape of each helix drawn; no word for an unknown one."""
    x: float = _CENTRE
    width: float = WIDTH

    @property
    def y(self) -> float:
        """Where the actor itself stands."""
        return self.height / 2


def ego_network(local: str) -> Ego | None:
    """Return the drawing of the network around an actor, or None when no partner of it is known.

    `local` is the actor's local id, such as ``actor/se-2021004524``. Some milliseconds once the network has
    been read (see `networks.national`). A partner's colour is the area of most of the projects they share.
    """
    try:
        network, ties = national(), projection_of("all").shared
    except EcographError:
        return None
    row = network.position.get(local)
    if row is None:
        return None
    found, shared = ties[[row]].indices, ties[[row]].data.astype(int)
    if not len(found):
        return None
    strongest = _strongest(network, found, shared)
    order = list(areas().values())
    met = _met_in(local, [network.actor_ids[found[n]] for n in strongest])
    theirs = {n: met.get(network.actor_ids[found[n]]) for n in strongest}
    placed = sorted(strongest, key=lambda n: _rank(order, theirs[n]))
    half = math.ceil(len(placed) / 2)
    height = max(half, 4) * _ROW + 2 * _EDGE
    partners = []
    for number, n in enumerate(placed):
        actor = network.actors.row(int(found[n]), named=True)
        x, y = _spot(number, half, len(placed), height)
        share = float(shared[n]) / float(shared.max())
        partners.append(
            Partner(
                iri=site().base.instance(actor["actor"]),
                name=actor[f"label_{current()}"],
                short=_shortened(actor[f"label_{current()}"]),
                shared=int(shared[n]),
                helix=actor["helix"],
                area=theirs[n],
                x=x,
                y=y,
                right=number < half,
                shape=outline(actor["helix"], x, y, 4 + 4 * math.sqrt(share)),
                width=round(1 + 4 * share, 2) if shared.max() > 1 else 1.5,
            )
        )
    own = network.actors.row(row, named=True)
    among = np.asarray(ties[found[placed]][:, found[placed]].toarray()) > 0
    pairs = [(partners[a], partners[b]) for a, b in np.argwhere(np.triu(among, 1)).tolist()]
    drawn = {partner.helix for partner in partners} | {own["helix"]}
    helices: list[str | None] = [key for key in (*HELICES, None) if key in drawn]
    return Ego(
        name=own[f"label_{current()}"],
        shape=outline(own["helix"], _CENTRE, height / 2, 13),
        partners=tuple(partners),
        total=len(found),
        ties=len(pairs),
        chords="".join(f"M{a.x} {a.y}Q{_CENTRE} {height / 2} {b.x} {b.y}" for a, b in pairs),
        height=height,
        areas=tuple(area for area in order if area in theirs.values()),
        helices=tuple((label("helix", key) or "", outline(key, 9, 9, 6)) for key in helices),
    )


def _strongest(network: TwoMode, found: Any, shared: Any) -> list[int]:
    """Return the places in `found` of the partners to draw: most shared projects, the region's own first."""
    about = network.actors[found.tolist()]
    order = [
        (-int(number), not inside, not domestic, name.casefold(), place)
        for place, (number, inside, domestic, name) in enumerate(
            zip(shared, about["in_region"], about["domestic"], about[f"label_{current()}"], strict=True)
        )
    ]
    return [each[-1] for each in sorted(order)[:DRAWN]]


def _met_in(local: str, partners: list[str]) -> dict[str, Area]:
    """Return the area of most of the projects that an actor shares with each partner; equals by order."""
    network = national()
    own = network.participations.filter(pl.col("actor") == local).select("project")
    joint = (
        network.participations.filter(pl.col("actor").is_in(partners))
        .join(own, on="project", how="semi")
        .join(network.shares, on="project")
        .group_by("actor", "area")
        .agg(pl.col("share").sum())
    )
    known, order = areas(), [site().base.local(iri) or iri for iri in areas()]
    best: dict[str, tuple[float, int, str]] = {}
    for actor, area, share in joint.iter_rows():
        if area in order:
            best[actor] = max(best.get(actor, (0.0, 0, "")), (share, -order.index(area), area))
    return {actor: known[site().base.instance(area)] for actor, (_, _, area) in best.items()}


def _rank(order: list[Area], area: Area | None) -> int:
    return order.index(area) if area in order else len(order)


def _spot(number: int, half: int, total: int, height: float) -> tuple[float, float]:
    """Return where a partner stands: down the right side, then up the left, on an arc."""
    right = number < half
    side = half if right else total - half
    place = number if right else total - 1 - number
    y = height / 2 + (place - (side - 1) / 2) * _ROW
    bend = math.sqrt(max(0.0, 1 - ((y - height / 2) / (height / 2)) ** 2))
    x = _REACH * (0.45 + 0.55 * bend)
    return round(_CENTRE + (x if right else -x), 1), round(y, 1)


def _shortened(name: str) -> str:
    if len(name) <= _LETTERS:
        return name
    return name[: _LETTERS - 1].rsplit(" ", 1)[0].rstrip(" ,–-") + "…"
