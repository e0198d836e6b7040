"""The network canvas in a real browser: drawn, filtered, walked by keyboard, saved, and done without."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a context of its own that has said nothing wrong when the test is over."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert errors == []


def drawn(page: Any, after: str = "") -> dict[str, str]:
    """Wait until a network other than `after` is drawn; return what the canvas says of itself."""
    page.wait_for_function(
        """before => { const d = document.querySelector('#canvas').dataset;
        return d.took && d.actors && !document.querySelector('#canvas').ariaBusy && d.source !== before }""",
        arg=after,
    )
    found: dict[str, str] = page.evaluate("({...document.querySelector('#canvas').dataset})")
    return found


def said(page: Any) -> str:
    return str(page.locator("#canvas-said").inner_text())


def test_the_network_is_drawn_and_follows_the_form(page: Any, server: str) -> None:
    page.goto(f"{server}/sv/network")
    before = drawn(page)
    assert int(before["actors"]) > 40
    assert page.locator(".still").is_hidden()
    pixels = page.evaluate("document.querySelectorAll('.canvas-stage canvas').length")
    assert pixels >= 4
    heading = page.locator("h1").inner_text()
    page.get_by_label("akademi").check()
    after = drawn(page, before["source"])
    assert 0 < int(after["actors"]) < int(before["actors"])
    assert "helix=academia" in page.url
    assert page.locator("h1").inner_text() != heading
    assert "Aktörsgrupp: akademi." in page.locator(".lead").inner_text()
    assert "helix=academia" in page.locator("header [hreflang=en]").get_attribute("href")
    # The slider writes into the field that is sent.
    page.get_by_label("Första år").fill("2018")
    page.get_by_label("Första år").dispatch_event("change")
    later = drawn(page, after["source"])
    assert "first=2018" in page.url
    assert int(later["actors"]) < int(after["actors"])
    page.reload()
    assert drawn(page)["actors"] == later["actors"]


def test_the_keyboard_walks_along_ties_and_chooses(page: Any, server: str) -> None:
    page.goto(f"{server}/en/network")
    drawn(page)
    stage = page.get_by_role("application")
    assert "arrow keys" in page.locator("#canvas-help").inner_text()
    stage.focus()
    page.keyboard.press("ArrowRight")
    first = page.evaluate("document.querySelector('#canvas').dataset.looked")
    assert first == "actor/se-2021004524"
    assert said(page) == "Mid Sweden University, 27 partners"
    page.keyboard.press("ArrowLeft")
    second = page.evaluate("document.querySelector('#canvas').dataset.looked")
    assert second != first
    page.keyboard.press("+")
    page.keyboard.press("Enter")
    page.locator(f"#looking[data-actor='{second}']").wait_for()
    assert "actor=" in page.url
    assert page.get_by_label("Find an actor").input_value() == page.locator("#looking h2").inner_text()
    stage.focus()
    page.keyboard.press("Escape")
    page.locator("#looking[data-actor='']").wait_for(state="attached")
    assert said(page) == "Nothing is chosen."
    assert "actor=" not in page.url


def test_a_path_and_a_comparison_are_put_together_without_loading_anew(page: Any, server: str) -> None:
    page.goto(f"{server}/en/network")
    drawn(page)
    page.evaluate("window.same = true")
    page.get_by_label("From actor").fill("Valmet")
    page.get_by_label("To actor").fill("Permobil AB")
    page.get_by_role("button", name="Find the way").click()
    page.get_by_text("A shortest way has").wait_for()
    assert page.locator(".steps li").count() >= 2
    for name in ("Valmet", "Skogforsk"):
        page.get_by_label("Add an actor").fill(name)
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator("#side-by-side th", has_text=name).first.wait_for()
    assert page.url.count("pick=") == 2
    assert page.evaluate("window.same") is True


def test_the_view_is_saved_in_every_form(page: Any, server: str, tmp_path: Path) -> None:
    page.goto(f"{server}/en/network?reach=inside")
    actors = int(drawn(page)["actors"])
    with page.expect_download() as gexf:
        page.get_by_role("link", name="GEXF").click()
    graph = networkx.read_gexf(io.BytesIO(Path(gexf.value.path()).read_bytes()))
    assert sum(1 for node in graph if graph.degree(node)) == actors
    with page.expect_download() as png:
        page.get_by_role("button", name="PNG").click()
    assert Path(png.value.path()).read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as svg:
        page.get_by_role("button", name="What is on the screen as SVG").click()
    picture = ElementTree.fromstring(Path(svg.value.path()).read_text(encoding="utf-8"))
    shapes = picture.findall("{http://www.w3.org/2000/svg}path[@fill-rule]")
    assert len(shapes) == actors


def test_five_thousand_actors_and_fifty_thousand_ties_are_drawn(page: Any, server: str) -> None:
    page.route(
        "**/network/data.json*", lambda route: route.fulfill(body=_large(), content_type="application/json")
    )
    page.goto(f"{server}/sv/network")
    found = drawn(page)
    assert (found["actors"], found["ties"]) == ("5000", "50000")
    print(f"5,000 actors and 50,000 ties fetched and drawn in {found['took']} ms")


def _large() -> str:
    numbers = random.Random(1)
    ids = [f"actor/x{number}" for number in range(5000)]
    ties: set[tuple[int, int]] = set()
    while len(ties) < 50_000:
        first, second = sorted(numbers.sample(range(5000), 2))
        ties.add((first, second))
    source, target = zip(*sorted(ties), strict=True)
    actors = {
        "id": ids, "label": ids, "x": [number % 70 * 8 for number in range(5000)],
        "y": [number // 70 * 8 for number in range(5000)], "helix": ["academia"] * 5000, "local": [False] * 5000,
        "radius": {"degree": [1 + number % 4 for number in range(5000)]}, "group": {"area": [0] * 5000},
    }  # fmt: skip
    groups = {"area": [{"label": "a", "colour": "forest"}]}
    return json.dumps(
        {
            "actors": actors,
            "ties": {"source": source, "target": target, "weight": [1] * 50_000},
            "groups": groups,
        }
    )


def test_without_webgl_or_script_the_picture_and_the_form_serve(browser: Any, server: str) -> None:
    for settings in ({}, {"java_script_enabled": False}):
        context = browser.new_context(**settings)
        page = context.new_page()
        page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page.goto(f"{server}/sv/network")
        assert page.locator("#canvas").is_hidden()
        picture = page.locator(".still img")
        picture.scroll_into_view_if_needed()
        assert picture.is_visible()
        page.wait_for_function(
            "document.querySelector('.still img').naturalWidth > 0"
        ) if not settings else None
        if settings:
            page.get_by_label("bara aktörer i").check()
            page.get_by_role("button", name="Visa").first.click()
            page.wait_for_url("**/network?*reach=inside*")
            assert "Bara aktörer i Västernorrland." in page.locator(".lead").inner_text()
        context.close()
