"""Shapes that tell the helices apart on pictures of networks, so that nothing hangs on colour alone."""

from __future__ import annotations

import math

HELICES = ("academia", "industry", "public-sector", "civil-society")
"""The helices in the order of legends; circle, square, diamond, triangle. An unknown one is a ring."""

_SIDES = {"industry": (4, 45), "public-sector": (4, 0), "civil-society": (3, 0)}
"""Corners, and degrees by which the first is turned from the top."""
_REACH = {"industry": 1.22, "public-sector": 1.3, "civil-society": 1.35}
"""Corners reach further out than a circle of the same area."""


def outline(helix: str | None, x: float, y: float, radius: float) -> str:
    """Return the SVG path of an actor's shape of the area of a circle of that radius, centred at x, y."""
    if helix not in _SIDES:
        inner = f"{_ring(x, y, radius * 0.55)}" if helix != "academia" else ""
        return _ring(x, y, radius) + inner
    corners, turned = _SIDES[helix]
    reach = radius * _REACH[helix]
    points = []
    for number in range(corners):
        angle = math.radians(turned + 360 * number / corners)
        points.append(f"{x + reach * math.sin(angle):.2f} {y - reach * math.cos(angle):.2f}")
    return f"M{'L'.join(points)}Z"


def _ring(x: float, y: float, radius: float) -> str:
    across = 2 * radius
    return (
        f"M{x - radius:.2f} {y:.2f}a{radius:.2f} {radius:.2f} 0 1 0 {across:.2f} 0"
        f"a{radius:.2f} {radius:.2f} 0 1 0 {-across:.2f} 0Z"
    )
