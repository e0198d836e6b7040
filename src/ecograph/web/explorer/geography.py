"""The map: municipalities projected on the server and drawn as SVG paths."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_RING = re.compile(r"\(([^()]+)\)")
_WIDTH = 540.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A place on the map: its path, and where its name fits."""

    key: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """Shapes in one system of coordinates, with the box that holds them all."""

    shapes: tuple[Shape, ...]
    width: float
    height: float


def rings(wkt: str) -> list[list[Point]]:
    """Return the rings of a POLYGON or MULTIPOLYGON, as (longitude, latitude) in degrees."""
    found = []
    for body in _RING.findall(wkt):
        points = [pair.split() for pair in body.split(",")]
        found.append([(float(pair[0]), float(pair[1])) for pair in points if len(pair) >= 2])
    return [ring for ring in found if len(ring) >= 4]


def mercator(point: Point) -> Point:
    """Project degrees to the plane, y growing downwards (spherical Mercator, radius 1)."""
    longitude, latitude = (math.radians(value) for value in point)
    return longitude, -math.log(math.tan(math.pi / 4 + latitude / 2))


def draw(geometries: dict[str, str], width: float = _WIDTH) -> Map | None:
    """Return the map of places given as WKT by key; None when nothing can be drawn."""
    projected = {key: [[mercator(p) for p in ring] for ring in rings(wkt)] for key, wkt in geometries.items()}
    points = [point for shape in projected.values() for ring in shape for point in ring]
    if not points:
        return None
    left, top = min(x for x, _ in points), min(y for _, y in points)
    scale = width / max(max(x for x, _ in points) - left, 1e-9)
    height = (max(y for _, y in points) - top) * scale
    shapes = []
    for key, outlines in projected.items():
        placed = [[((x - left) * scale, (y - top) * scale) for x, y in ring] for ring in outlines]
        if not placed:
            continue
        x, y = _inside(max(placed, key=lambda ring: abs(_area(ring))))
        shapes.append(Shape(key, "".join(_path(ring) for ring in placed), round(x, 1), round(y, 1)))
    return Map(tuple(shapes), width, round(height, 1))


_STEPS = 4


def steps(values: Iterable[float]) -> list[tuple[float, float]]:
    """Return at most four classes of values above zero, each with the least and greatest value in it.

    The bounds grow as squares of even steps, so that one large place does not blank out all others; classes
    that hold no value are left out, and each legend entry names values that stand on the map.
    """
    known = sorted(value for value in values if value > 0)
    if not known:
        return []
    groups: dict[int, list[float]] = {}
    for value in known:
        share = (value / known[-1]) ** 0.5
        groups.setdefault(min(_STEPS - 1, int(share * _STEPS)), []).append(value)
    return [(min(group), max(group)) for _, group in sorted(groups.items())]


def step_of(value: float, bounds: list[tuple[float, float]]) -> int:
    """Return the class of a value, 4 for the highest so that few classes use the dark tints; 0 for none."""
    for number, (_, highest) in enumerate(bounds):
        if 0 < value <= highest:
            return _STEPS - len(bounds) + number + 1
    return 0


def neighbours(geometries: Mapping[str, str], key: str) -> set[str]:
    """Return the places that share a stretch of border (two points or more) with one place."""
    points = {name: {point for ring in rings(wkt) for point in ring} for name, wkt in geometries.items()}
    own = points.get(key, set())
    return {name for name, theirs in points.items() if name != key and len(own & theirs) >= 2}


def _path(ring: list[Point]) -> str:
    kept = [ring[0]]
    for point in ring[1:]:
        # Points closer than half a unit cannot be told apart on the screen.
        if math.dist(point, kept[-1]) >= 0.5:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def _area(ring: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _inside(ring: list[Point]) -> Point:
    """Return the middle of the widest stretch of the ring on a few horizontal lines: a name fits there."""
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    best, widest = ring[0], -1.0
    for step in range(4, 17):
        y = low + (high - low) * step / 20
        cuts = sorted(
            x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
            if (y1 > y) != (y2 > y)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            if right - left > widest:
                best, widest = ((left + right) / 2, y), right - left
    return best
