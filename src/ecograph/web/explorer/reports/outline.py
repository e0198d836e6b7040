"""A report's map drawn on the server as SVG: paper has no script."""

from __future__ import annotations

from dataclasses import dataclass

from ecograph.export.document import Area, Map
from ecograph.web.explorer import geography
from ecograph.web.explorer.start import tint


@dataclass(frozen=True, slots=True)
class Place:
    """A place as drawn: its path, where its name fits, and the step 0–4 of its tint."""

    area: Area
    path: str
    x: float
    y: float
    tint: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The places in a box; those that the report is about come last, so that their line lies on top."""

    places: tuple[Place, ...]
    width: float
    height: float


def outline(picture: Map) -> Outline | None:
    """Draw a map; None when no outline can be read."""
    areas = {str(number): area for number, area in enumerate(picture.places)}
    drawn = geography.draw({key: area.wkt for key, area in areas.items()})
    if drawn is None:
        return None
    most = max(area.value for area in picture.places)
    places = [
        Place(areas[shape.key], shape.path, shape.x, shape.y, tint(areas[shape.key].value, most))
        for shape in drawn.shapes
    ]
    return Outline(tuple(sorted(places, key=lambda place: place.area.chosen)), drawn.width, drawn.height)
