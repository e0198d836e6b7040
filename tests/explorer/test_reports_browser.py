"""The reports on paper: what the browser prints is a real PDF on A4, complete without the page around it."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

pytestmark = pytest.mark.browser

A4 = (595, 842)


def _words(text: str) -> str:
    """Text without white space and soft breaks: a PDF breaks lines where the paper ends."""
    return re.sub(r"[\s\u00ad]+", "", text)


def test_a_brief_prints_on_one_a4_page_with_its_sentence_and_address(
    browser: Any, server: str, things: dict[str, str]
) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path, most in (
        (f"sv/brief?about={things['area']}", 1), (f"en/brief?about={things['actor']}", 1),
        ("sv/brief?about=place/SE321", 1), ("sv/reports/board", 3), ("en/reports/call", 3),
    ):  # fmt: skip
        page.goto(f"{server}/{path}")
        sentence = page.locator("h1").inner_text()
        permalink = page.locator(".permalink a").inner_text()
        reader = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert 1 <= len(reader.pages) <= most, path
        for sheet in reader.pages:
            assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == A4
        text = _words(" ".join(sheet.extract_text() for sheet in reader.pages))
        assert _words(sentence) in text, path
        assert _words(permalink) in text, path
        assert permalink.startswith(server)
        for word in ("Huvudmeny", "Main menu", "Skriv ut", "Print or save", "Excel (XLSX)"):
            assert _words(word) not in text, (path, word)
    context.close()


def test_a_report_offers_to_print_and_says_how_without_javascript(browser: Any, server: str) -> None:
    with_script = browser.new_context()
    page = with_script.new_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(f"{server}/sv/brief")
    page.get_by_role("button", name="Skriv ut eller spara som PDF").click()
    assert page.evaluate("window.printed")
    with_script.close()
    without = browser.new_context(java_script_enabled=False)
    page = without.new_page()
    page.goto(f"{server}/sv/reports")
    page.locator("#about-area").select_option(index=1)
    page.get_by_role("button", name=re.compile("Gör lägesbilden.*Prioriterat område")).click()
    assert "/sv/brief?about=area" in page.url
    assert not page.get_by_role("button", name="Skriv ut eller spara som PDF").is_visible()
    assert page.get_by_text("välj Skriv ut och spara som PDF").is_visible()
    without.close()
