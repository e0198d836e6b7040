"""A view of the network as a picture drawn on the server: for print, for no script, and for the file."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

from ecograph.web.explorer.network_filter import Wanted
from ecograph.web.explorer.network_look import colouring, named, radii
from ecograph.web.explorer.network_view import View
from ecograph.web.explorer.shapes import outline

WIDTH, HEIGHT = 1200.0, 800.0
_MARGIN, _NAMED, _SMALLEST, _LARGEST = 40.0, 30, 2.4, 22.0

# The picture is a file of its own, so that it carries its colours with it; they are those of tokens.css.
_STYLE = (
    "svg{--p:#fff;--i:#10201b;--l:#7d8c85;--forest:#2c7a4b;--digital:#1f6fb5;--mobility:#c2570c;--energy:#8a7000;"
    "--manufacturing:#6b4fa0;--area-6:#a83a5b;--area-7:#167a80;--area-none:#66706c}"
    "@media(prefers-color-scheme:dark){svg{--p:#0e1613;--i:#e9efec;--l:#6e7d76;--forest:#68c48c;--digital:#7fb6ee;"
    "--mobility:#f2a25f;--energy:#d8c24e;--manufacturing:#b9a0e6;--area-6:#ee90ac;--area-7:#64c9cf;"
    "--area-none:#9aa6a1}}"
    ".e{fill:none;stroke:var(--l);stroke-opacity:.28}"
    ".n path{fill-rule:evenodd;stroke:var(--p);stroke-width:.8}"
    "text{font:13px 'Source Sans 3',sans-serif;fill:var(--i);paint-order:stroke;stroke:var(--p);"
    "stroke-width:3px;stroke-linejoin:round}.now path{stroke:var(--i);stroke-width:2}"
)


def picture(view: View, wanted: Wanted, *, title: str, about: str, looked_at: list[int]) -> str:
    """Return the SVG document of what is drawn of a view; `looked_at` are rows that are marked and named."""
    drawn = np.flatnonzero(view.actors["drawn"].to_numpy())
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-labelledby="t d"><title id="t">{escape(title)}</title><desc id="d">{escape(about)}</desc>'
        f"<style>{_STYLE}</style>"
    )
    if not len(drawn):
        return head + "</svg>"
    places, scale = _scaled(view, drawn)
    sizes = np.asarray(radii(view, wanted.size))
    unit = min(scale, _LARGEST / float(sizes[drawn].max()))
    size = np.maximum(sizes * unit, _SMALLEST)
    groups = colouring(view, wanted.colour)
    helices = view.actors["helix"].to_list()
    parts = [head, *_lines(view, places)]
    # Large ones first, so that no small one is hidden.
    order = sorted(drawn.tolist(), key=lambda row: -size[row])
    by_colour: dict[str, list[str]] = {}
    for row in order:
        colour = groups.groups[groups.of[row]].colour
        x, y = places[row]
        by_colour.setdefault(colour, []).append(
            f'<path d="{outline(helices[row], x, y, float(size[row]))}"/>'
        )
    for colour, paths in by_colour.items():
        parts.append(f'<g class="n" fill="var(--{colour})">{"".join(paths)}</g>')
    seen = set(drawn.tolist())
    for row in (row for row in looked_at if row in seen):
        x, y = places[row]
        parts.append(
            f'<g class="now" fill="none"><path d="{outline("academia", x, y, float(size[row]) + 4)}"/></g>'
        )
    parts.append(_names(view, places, size, looked_at, order))
    return "".join([*parts, "</svg>"])


def _scaled(view: View, drawn: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float64], float]:
    """Return where each actor stands on the picture, y downwards, and how many pixels a unit is."""
    points: npt.NDArray[np.float64] = view.actors.select("x", "y").fill_null(0.0).to_numpy().copy()
    points[:, 1] *= -1
    low, high = points[drawn].min(axis=0), points[drawn].max(axis=0)
    span = np.maximum(high - low, 1e-9)
    inside = np.array([WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN])
    scale = min(float((inside / span).min()), 14.0)
    middle = np.array([WIDTH, HEIGHT]) / 2
    return np.round((points - (low + high) / 2) * scale + middle, 1), scale


def _lines(view: View, places: npt.NDArray[np.float64]) -> list[str]:
    """Return the ties as one path for each of a few widths."""
    ties = view.ties.filter("drawn")
    ends = ties.select("first", "second").to_numpy()
    shared = ties["shared"].to_numpy()
    paths = []
    for low, high, width in ((1, 1, 0.6), (2, 3, 1.4), (4, 10**9, 2.6)):
        chosen = ends[(shared >= low) & (shared <= high)]
        if len(chosen):
            moves = (
                f"M{places[a][0]:g} {places[a][1]:g}L{places[b][0]:g} {places[b][1]:g}"
                for a, b in chosen.tolist()
            )
            paths.append(f'<path class="e" stroke-width="{width}" d="{"".join(moves)}"/>')
    return paths


def _names(
    view: View,
    places: npt.NDArray[np.float64],
    size: npt.NDArray[np.float64],
    looked_at: list[int],
    order: list[int],
) -> Markup:
    """Return the names of those looked at and of the largest, as far as no two would cover each other."""
    taken: list[tuple[float, float, float, float]] = []
    texts = []
    names = view.actors[named()].to_list()
    local = view.actors["in_region"].to_list()
    # The region's own come before other large ones, since it is they that the reader knows.
    wanted = [*order[:8], *(row for row in order if local[row]), *order]
    seen = set(order)
    for row in dict.fromkeys([*(row for row in looked_at if row in seen), *wanted[: _NAMED + 8]]):
        name = names[row] if len(names[row]) <= 34 else names[row][:33] + "…"
        x, y = places[row][0] + size[row] + 3, places[row][1] + 4
        box = (x, y - 12, x + 6.6 * len(name), y + 4)
        if box[2] > WIDTH:
            x = places[row][0] - size[row] - 3 - 6.6 * len(name)
            box = (x, box[1], x + 6.6 * len(name), box[3])
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            continue
        taken.append(box)
        texts.append(Markup('<text x="{}" y="{}">{}</text>').format(f"{x:.1f}", f"{y:.1f}", name))
    return Markup("").join(texts)
