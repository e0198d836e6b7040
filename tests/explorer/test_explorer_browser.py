"""In a real browser: accessible, narrow, silent, by keyboard, and without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

FRONTEND = Path(__file__).resolve().parents[2] / "src/ecograph/web/frontend"
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # The page is the same but for its colours, so all other rules have had their say.
    "dark": ["color-contrast", "link-in-text-block"],
}


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return (FRONTEND / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_page_type(
    browser: Any, server: str, page_types: dict[str, str], axe: str, scheme: str
) -> None:
    # The page's own policy forbids the injected script, so it is lifted for axe alone.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = []
    for number, (kind, path) in enumerate(page_types.items()):
        page.goto(f"{server}/{'sv' if number % 2 else 'en'}/{path}")
        page.evaluate(axe)
        result = page.evaluate("only => axe.run(document, {runOnly: only})", RULES[scheme])
        found += [
            (kind, violation["id"], violation["nodes"][0]["html"][:160]) for violation in result["violations"]
        ]
    context.close()
    print(f"axe, {scheme}: {len(page_types)} page types")
    assert found == []


def test_no_page_scrolls_sideways_at_320_pixels(
    browser: Any, server: str, page_types: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    wide = []
    for kind, path in page_types.items():
        for lang in ("sv", "en"):
            page.goto(f"{server}/{lang}/{path}")
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                wide.append((lang, kind, width))
    context.close()
    assert wide == []


def test_no_page_logs_an_error_or_asks_another_host(
    browser: Any, server: str, page_types: dict[str, str]
) -> None:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    page.on(
        "console",
        lambda message: errors.append(f"{page.url}: {message.text}") if message.type == "error" else None,
    )
    for kind, path in page_types.items():
        if kind != "not found":
            page.goto(f"{server}/sv/{path}")
    context.close()
    assert errors == []
    assert hosts == {server}


def test_the_keyboard_alone_reaches_an_actors_page(browser: Any, server: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server}/sv/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.name === 'q'"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("universitet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=universitet")
    for _ in range(60):
        if "/actor/" in (page.evaluate("document.activeElement.href") or ""):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/actor/**")
    outline = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "Schibsted" in outline
    context.close()


def test_the_focus_is_always_visible(browser: Any, server: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server}/sv/actors")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    context.close()


def test_without_javascript_a_pair_of_areas_can_be_chosen(browser: Any, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/sv/bridges")
    page.locator("#pair-b").select_option(index=0)
    page.locator("#pair-a").select_option(index=1)
    page.get_by_role("button", name="Visa").click()
    assert "a=area" in page.url
    assert "b=area" in page.url
    page.goto(f"{server}/sv/actors")
    page.get_by_role("link", name="näringsliv").first.click()
    assert "helix=industry" in page.url
    context.close()


def test_the_link_to_a_table_is_copied_with_a_word(browser: Any, server: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server}/sv/areas")
    page.get_by_role("button", name="Länk till den här tabellen").first.click()
    page.get_by_role("status").filter(has_text="Länken är kopierad.").first.wait_for()
    assert "/questions/area-list" in page.evaluate("navigator.clipboard.readText()")
    context.close()
