"""Take pictures of every page type, in both languages, at 390, 1280 and 1920 pixels, in light and dark.

Usage: python tools/screenshots.py WORKSPACE [--to docs/screenshots] [--only start,bridges]
           [--languages sv,en] [--sizes phone,wide] [--schemes light,dark]

Serves the workspace's current build on a free port of its own. The few pictures that the README uses are
tracked and show a window; the others are ignored by git and show the whole page.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from itertools import product
from pathlib import Path

from page_types import PAGE_TYPES
from playwright.sync_api import Browser, sync_playwright

PAGES = {**PAGE_TYPES, "missing": "no-such-page"}

SIZES = {"": (1280, 900), "-phone": (390, 844), "-wide": (1920, 1080)}
"""Ending of the picture's name: width and height of the window."""

KEPT = ("start-sv", "bridges-sv", "actor-en")
"""The pictures of the README: the window at its width, not the whole page."""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(workspace: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ecograph", "serve", "-C", str(workspace), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("The server did not start.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return server
    raise SystemExit("The server did not answer.")


def _take(browser: Browser, address: str, to: Path, chosen: argparse.Namespace) -> int:
    count = 0
    for scheme, size in product(chosen.schemes, chosen.sizes):
        width, height = SIZES[size]
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        for lang, (name, path) in product(chosen.languages, PAGES.items()):
            if chosen.only and name not in chosen.only:
                continue
            page.goto(f"{address}/{lang}/{path}", wait_until="load")
            page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
            picture = f"{name}-{lang}{size}{'-dark' if scheme == 'dark' else ''}"
            page.screenshot(path=str(to / f"{picture}.png"), full_page=picture not in KEPT)
            count += 1
        page.close()
    return count


def _several(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _sizes(text: str) -> list[str]:
    """Return the endings of the sizes named; "desktop" has none."""
    return ["" if part == "desktop" else f"-{part}" for part in _several(text)]


def main() -> int:
    """Write the pictures and say how many."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--to", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--only", type=_several, default="", help="names of pages, with commas")
    parser.add_argument("--languages", type=_several, default="sv,en")
    parser.add_argument("--sizes", type=_sizes, default="desktop,phone,wide")
    parser.add_argument("--schemes", type=_several, default="light,dark")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    finder = [sys.executable, str(Path(__file__).with_name("find_chromium.py")), "--install"]
    chromium = subprocess.run(finder, check=True, capture_output=True, text=True).stdout.strip()
    port = _free_port()
    server = _serve(options.workspace, port)
    try:
        with sync_playwright() as playwright:
            sandbox = [] if os.geteuid() else ["--no-sandbox"]
            # The canvas of the network draws by WebGL, which a machine without a screen does in software.
            browser = playwright.chromium.launch(
                executable_path=chromium, args=[*sandbox, "--enable-unsafe-swiftshader"]
            )
            count = _take(browser, f"http://127.0.0.1:{port}", options.to, options)
            browser.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=15)
    print(f"{count} pictures in {options.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
