"""Renders the card that social media show for a link: card.svg of the front end, as assets/card.png.

Run after a change of card.svg, with the front end installed: .venv/bin/python tools/render_card.py
"""

from __future__ import annotations

import base64
from pathlib import Path

from find_chromium import find
from playwright.sync_api import sync_playwright

FRONTEND = Path(__file__).resolve().parents[1] / "src/ecograph/web/frontend"
FONT = "node_modules/@fontsource-variable/schibsted-grotesk/files/schibsted-grotesk-latin-wght-normal.woff2"
SIZE = {"width": 1200, "height": 630}


def render() -> Path:
    """Draw the card in Chromium with the site's own font and return where it was written."""
    font = base64.b64encode((FRONTEND / FONT).read_bytes()).decode()
    source = f"src:url(data:font/woff2;base64,{font})"
    face = f"@font-face{{font-family:'Schibsted Grotesk Variable';font-weight:400 900;{source}}}"
    drawing = (FRONTEND / "card.svg").read_text(encoding="utf-8")
    target = FRONTEND / "assets/card.png"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        page.set_content(f"<style>{face} body{{margin:0}} svg{{display:block}}</style>{drawing}")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=target, clip={"x": 0, "y": 0, **SIZE})
        browser.close()
    return target


if __name__ == "__main__":
    print(render())
