"""Where a network's actors stand on a drawing: communities apart, no ball upon another, the same every time.

Each component is drawn by itself and the smaller ones stand in rows beneath the largest. A component of up to
`EXACT` actors is drawn by Fruchterman and Reingold's forces between all of them; a larger one as its
communities, each drawn so, with the communities as balls of their own. ForceAtlas2 and DrL draw a consortium,
whose actors all know each other, as one point; the decision on layouts says how they were compared.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from ecograph.network.adjacency import checked, seeded, to_igraph
from ecograph.network.projection import membership
from ecograph.network.structure import components, renumbered

Points = npt.NDArray[np.float64]

SEED = 20201215

EXACT = 1_500
"""The largest part in which every actor repels every other; beyond it time grows with the square."""

_ROUNDS = 500
_APART = 0.25
"""The gap between two balls, as a share of the typical radius."""

_GOLDEN = math.pi * (3 - math.sqrt(5))


def drawn(ties: csr_array, *, radii: npt.ArrayLike | None = None, seed: int = SEED) -> Points:
    """Return x, y of each vertex, centred, to two decimals, in the unit of the radii.

    Fruchterman & Reingold (1991), Software: Practice and Experience 21, 1129–1164; communities by Leiden
    (Traag, Waltman & van Eck 2019, Scientific Reports 9, 5233). The same ties, radii, seed and library give
    the same drawing. About O(n²) a round up to `EXACT` vertices, O(n·EXACT + m) beyond.

    Parameters
    ----------
    ties: symmetric adjacency; a heavier tie draws its ends nearer. radii: of the vertices' balls, which
    do not overlap in the result; each 1 if not given.

    Raises
    ------
    EcographError: when the adjacency is no valid network.
    """
    matrix = checked(ties)
    size = matrix.shape[0]
    balls = np.ones(size) if radii is None else np.asarray(radii, dtype=float)
    if size == 0:
        return np.zeros((0, 2))
    part = components(matrix)
    pieces = [np.flatnonzero(part == number) for number in range(int(part.max()) + 1)]
    places = [_piece(csr_array(matrix[piece][:, piece]), balls[piece], seed) for piece in pieces]
    result = np.empty((size, 2))
    gap = 4 * float(np.median(balls))
    for piece, place, corner in zip(
        pieces, places, _rows(places, [balls[one] for one in pieces], gap), strict=True
    ):
        result[piece] = place + corner
    centre = (result.min(axis=0) + result.max(axis=0)) / 2
    return np.asarray(np.round(result - centre, 2) + 0.0)


def _piece(matrix: csr_array, balls: Points, seed: int) -> Points:
    """Return the drawing of a connected network."""
    if matrix.shape[0] <= EXACT:
        return _without_overlap(_to_scale(_forces(matrix, seed, grid=False), balls), balls)
    graph = to_igraph(matrix)
    with seeded(seed):
        found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=3)
    labels = renumbered(np.asarray(found.membership))
    names = [str(label) for label in labels]
    number = int(labels.max()) + 1
    if number == 1:
        return _without_overlap(_to_scale(_forces(matrix, seed, grid=True), balls), balls)
    parts = [np.flatnonzero(labels == label) for label in range(number)]
    inner = [_piece(csr_array(matrix[one][:, one]), balls[one], seed) for one in parts]
    inner = [place - _middle(place, balls[one]) for one, place in zip(parts, inner, strict=True)]
    outer = np.array(
        [float((np.hypot(*place.T) + balls[one]).max()) for one, place in zip(parts, inner, strict=True)]
    )
    belongs = membership(names, [str(label) for label in range(number)])
    between = checked(csr_array(belongs @ matrix @ belongs.T))
    centres = _without_overlap(_to_scale(_forces(between, seed, grid=False), outer, apart=0.5), outer)
    result = np.empty((matrix.shape[0], 2))
    for one, place, centre in zip(parts, inner, centres, strict=True):
        result[one] = place + centre
    return result


def _forces(matrix: csr_array, seed: int, *, grid: bool) -> Points:
    graph = to_igraph(matrix)
    # A sunflower start spreads the vertices evenly, so that no two begin in the same place.
    turn = np.arange(1, graph.vcount() + 1)
    start = np.sqrt(turn)[:, np.newaxis] * np.column_stack([np.cos(turn * _GOLDEN), np.sin(turn * _GOLDEN)])
    with seeded(seed):
        layout = graph.layout_fruchterman_reingold(
            seed=start.tolist(),
            niter=_ROUNDS,
            grid="grid" if grid else "nogrid",
            weights="weight" if graph.ecount() else None,
        )
    return np.asarray(layout.coords, dtype=float).reshape(-1, 2)


def _to_scale(points: Points, balls: Points, *, apart: float = 3.0) -> Points:
    """Return a drawing so large that a typical ball stands `apart` radii from the nearest."""
    if len(points) < 2:
        return points - points
    nearest = cKDTree(points).query(points, k=2)[0][:, 1]
    typical = float(np.median(nearest))
    return points * (apart * float(np.median(balls)) / typical if typical > 0 else 1.0)


def _without_overlap(points: Points, balls: Points) -> Points:
    """Return the drawing with balls pushed apart, the smaller one further, until none overlap."""
    found = points.copy()
    gap = _APART * float(np.median(balls))
    for _ in range(500):
        pairs = cKDTree(found).query_pairs(2 * float(balls.max()) + gap, output_type="ndarray")
        if not len(pairs):
            break
        one, other = pairs.T
        way = found[other] - found[one]
        distance = np.hypot(way[:, 0], way[:, 1])
        missing = balls[one] + balls[other] + gap - distance
        close = missing > 1e-6
        if not close.any():
            break
        one, other, way, distance, missing = (
            one[close],
            other[close],
            way[close],
            distance[close],
            missing[close],
        )
        way[distance == 0] = (1.0, 0.0)
        push = way / np.hypot(way[:, 0], way[:, 1])[:, np.newaxis] * (0.6 * missing)[:, np.newaxis]
        share = (balls[other] / (balls[one] + balls[other]))[:, np.newaxis]
        np.add.at(found, one, -push * share)
        np.add.at(found, other, push * (1 - share))
    return found


def _middle(points: Points, balls: Points) -> Points:
    low = (points - balls[:, np.newaxis]).min(axis=0)
    high = (points + balls[:, np.newaxis]).max(axis=0)
    return np.asarray((low + high) / 2)


def _rows(places: list[Points], balls: list[Points], gap: float) -> list[Points]:
    """Return the shift of each piece: the first on top, the others in rows beneath, as wide as it."""
    lows = [(place - ball[:, np.newaxis]).min(axis=0) for place, ball in zip(places, balls, strict=True)]
    highs = [(place + ball[:, np.newaxis]).max(axis=0) for place, ball in zip(places, balls, strict=True)]
    sizes = [high - low for low, high in zip(lows, highs, strict=True)]
    area = sum(float((size[0] + gap) * (size[1] + gap)) for size in sizes[1:])
    width = max(float(sizes[0][0]), 1.3 * math.sqrt(area))
    shifts = [-lows[0]]
    # y grows upwards in Gephi and sigma, so that rows beneath have less of it.
    left, top, height = 0.0, -gap, 0.0
    for low, high, size in zip(lows[1:], highs[1:], sizes[1:], strict=True):
        if left and left + size[0] > width:
            left, top, height = 0.0, top - height - gap, 0.0
        shifts.append(np.array([left - low[0], top - high[1]]))
        left += float(size[0]) + gap
        height = max(height, float(size[1]))
    return shifts
