"""What a reader wants to see of the network, read from the address and written back to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from werkzeug.datastructures import MultiDict

from ecograph.network.incidence import Selection
from ecograph.web.explorer.shapes import HELICES

Reach = Literal["inside", "partners", "all"]
"""The region's own actors only; the region's projects with all their actors; everything in the data."""

SIZES = (
    "degree", "strength", "betweenness", "bridging", "constraint", "effective-size", "projects",
)  # fmt: skip
"""Measures that the size of an actor can show; those known to the vocabulary of measures have its words."""

COLOURS = ("area", "helix", "municipality", "community")
"""Attributes that the colour of an actor can show."""

_LONGEST, _MOST, _PICKED = 200, 20, 8
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of the network: equal filters have equal views. Areas and programmes are local ids."""

    reach: Reach = "partners"
    areas: tuple[str, ...] = ()
    helices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    programme: str = ""
    first: int | None = None
    last: int | None = None
    least: int = 1

    @property
    def selection(self) -> Selection:
        """The projects that are in, whoever takes part."""
        window = None if self.first is None and self.last is None else (self.first, self.last)
        return Selection(
            window=window,
            sources=frozenset(self.sources) or None,
            areas=frozenset(self.areas) or None,
            programmes=frozenset({self.programme}) if self.programme else None,
        )

    @property
    def default(self) -> bool:
        """Whether nothing is left out that the page shows at first."""
        return self == Filter()

    def arguments(self) -> dict[str, Any]:
        """Return the parameters of an address that ask for this part; what is as at first is left out."""
        given: dict[str, Any] = {
            "reach": self.reach if self.reach != "partners" else None,
            "area": [area.removeprefix("area/") for area in self.areas],
            "helix": list(self.helices),
            "source": list(self.sources),
            "programme": self.programme.removeprefix("programme/") or None,
            "first": self.first,
            "last": self.last,
            "least": self.least if self.least > 1 else None,
        }
        return {name: value for name, value in given.items() if value not in (None, [])}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page shows: a part of the network, how it is drawn, and who is looked at, as typed."""

    part: Filter = Filter()
    size: str = "degree"
    colour: str = "area"
    actor: str = ""
    start: str = ""
    goal: str = ""
    picked: tuple[str, ...] = ()

    def arguments(self, **changes: Any) -> dict[str, Any]:
        """Return the parameters of this page's address, some changed; None takes one away."""
        given: dict[str, Any] = {
            **self.part.arguments(),
            "size": self.size if self.size != "degree" else None,
            "colour": self.colour if self.colour != "area" else None,
            "actor": self.actor or None,
            "start": self.start or None,
            "goal": self.goal or None,
            "pick": list(self.picked),
        } | changes
        return {name: value for name, value in given.items() if value not in (None, "", [])}


def wanted(given: MultiDict[str, str], *, sources: Iterable[str], areas: Iterable[str]) -> Wanted:
    """Read what is wanted; a value that is none of the known ones, or no number, is as if not given.

    `sources` and `areas` are the ids that the data know.
    """
    known = set(areas)
    chosen = [text if text.startswith("area/") else f"area/{text}" for text in _several(given, "area")]
    reach = given.get("reach", "")
    programme = given.get("programme", "").strip()[:_LONGEST]
    first, last = _number(given, "first"), _number(given, "last")
    if first is not None and last is not None and first > last:
        first, last = last, first
    part = Filter(
        reach=cast(Reach, reach) if reach in get_args(Reach) else "partners",
        areas=tuple(sorted(set(chosen) & known)),
        helices=tuple(sorted(set(_several(given, "helix")) & {*HELICES, "unknown"})),
        sources=tuple(sorted(set(_several(given, "source")) & set(sources))),
        programme=f"programme/{programme.removeprefix('programme/')}" if programme else "",
        first=first if first in _YEARS else None,
        last=last if last in _YEARS else None,
        least=min(max(_number(given, "least") or 1, 1), 999),
    )
    size, colour = given.get("size", ""), given.get("colour", "")
    return Wanted(
        part=part,
        size=size if size in SIZES else "degree",
        colour=colour if colour in COLOURS else "area",
        actor=_text(given, "actor"),
        start=_text(given, "start"),
        goal=_text(given, "goal"),
        picked=tuple(dict.fromkeys(text for text in _several(given, "pick") if text))[:_PICKED],
    )


def _text(given: MultiDict[str, str], name: str) -> str:
    return given.get(name, "").strip()[:_LONGEST]


def _several(given: MultiDict[str, str], name: str) -> list[str]:
    return [text.strip()[:_LONGEST] for text in given.getlist(name)[:_MOST]]


def _number(given: MultiDict[str, str], name: str) -> int | None:
    text = given.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
