"""The colours of the areas by the name that an area carries: one palette for every face."""

from __future__ import annotations

AREA_COLOURS: dict[str, tuple[int, int, int]] = {
    "forest": (0x2C, 0x7A, 0x4B),
    "digital": (0x1F, 0x6F, 0xB5),
    "mobility": (0xC2, 0x57, 0x0C),
    "energy": (0x8A, 0x70, 0x00),
    "manufacturing": (0x6B, 0x4F, 0xA0),
    "6": (0xA8, 0x3A, 0x5B),
    "7": (0x16, 0x7A, 0x80),
}

NO_AREA = (0x66, 0x70, 0x6C)


def area_colour(name: str | None) -> tuple[int, int, int]:
    """Return red, green, blue (0–255) of a colour name; the neutral one for None or an unknown name."""
    return AREA_COLOURS.get((name or "").removeprefix("area-"), NO_AREA)
