"""The combobox and the menus by keyboard, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_suggestions_are_chosen_by_keyboard_and_told_aloud(browser: Any, server: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/sv/actors")
    box = page.get_by_role("combobox", name="Sök")
    box.focus()
    page.keyboard.type("mitthögsk")
    option = page.get_by_role("option", name="Mittuniversitetet (Mitthögskolan) aktör")
    option.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "förslag" in page.locator("form.find [role=status]").text_content()
    assert box.get_attribute("aria-activedescendant") is None

    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.name") == "q", "the focus stays in the box"
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert option.get_attribute("aria-selected") == "true"

    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "mitthögsk"
    page.keyboard.press("Escape")
    assert box.input_value() == ""

    page.keyboard.type("mitthögsk")
    option.wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/actor/**")
    assert "Mittuniversitetet" in page.title()
    context.close()


def test_enter_without_a_choice_searches_for_what_was_typed(browser: Any, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/en/")
    page.get_by_role("combobox").first.focus()
    page.keyboard.type("universitet")
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("listbox", name="Suggestions").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search?q=universitet")
    context.close()


def test_the_menu_opens_by_keyboard_one_list_at_a_time(browser: Any, server: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{server}/sv/actors")
    header = page.locator("header")
    assert header.bounding_box()["height"] < 70, "one line"
    lists = page.locator("nav.row details")
    lists.nth(0).locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Aktörer").get_attribute(
        "aria-current"
    ) == "page"  # fmt: skip
    page.keyboard.press("Escape")
    assert lists.nth(0).get_attribute("open") is None
    page.keyboard.press("Enter")
    lists.nth(1).locator("summary").click()
    assert page.locator("nav.row details[open]").count() == 1
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Samarbetsluckor").click()
    page.wait_for_url("**/sv/gaps")
    context.close()


def test_without_javascript_the_menu_and_the_search_work_on_a_small_screen(browser: Any, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server}/sv/actors")
    page.locator("nav.fold summary").click()
    page.get_by_role("navigation", name="Meny").get_by_role("link", name="Metod och gränser").click()
    page.wait_for_url("**/sv/about")
    page.locator("header input[name=q]").fill("harnosand")
    page.locator("header input[name=q]").press("Enter")
    page.wait_for_url("**/sv/search?q=harnosand")
    assert page.get_by_role("link", name="Härnösand", exact=True).count() >= 1
    context.close()


def test_columns_are_chosen_and_the_list_is_sorted_by_keyboard(browser: Any, server: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/sv/projects?scope=all")
    page.get_by_text("Kolumner", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Källor").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Visa de här kolumnerna").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**col=sources**")
    assert page.get_by_role("columnheader", name="Källor").is_visible()
    page.get_by_role("columnheader", name="Projekt").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=name**")
    assert "col=sources" in page.url
    context.close()
