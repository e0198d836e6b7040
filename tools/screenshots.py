"""Take pictures of every page type, in both languages, on a desktop and a phone, in light and dark.

Usage: python tools/screenshots.py WORKSPACE [--to docs/screenshots] [--only start,bridges]

Serves the workspace's current build on a free port of its own. The few pictures that the README uses are
tracked; the others are ignored by git.
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
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PAGES = {
    "start": "",
    "actors": "actors",
    "actor": "actor/se-2021004524",
    "areas": "areas",
    "area": "area/forest-bioeconomy",
    "bridges": "bridges?a=area/forest-bioeconomy&b=area/digitalisation",
    "cross-fertilisation": "cross-fertilisation",
    "pair": "cross-fertilisation/digitalisation/forest-bioeconomy",
    "gaps": "gaps",
    "project": "project/projektbanken-20201010",
    "questions": "questions",
    "question": "questions/money-by-area-and-year",
    "search": "search?q=mittuniv",
    "data": "data",
    "model": "model",
    "sparql": "sparql",
    "about": "about",
    "accessibility": "accessibility",
    "missing": "no-such-page",
}
SIZES = {"": (1280, 900), "-phone": (390, 844)}


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


def _take(browser: Browser, address: str, to: Path, only: set[str]) -> int:
    count = 0
    for scheme in ("light", "dark"):
        for size, (width, height) in SIZES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            for lang in ("sv", "en"):
                for name, path in PAGES.items():
                    if only and name not in only:
                        continue
                    page.goto(f"{address}/{lang}/{path}", wait_until="load")
                    dark = "-dark" if scheme == "dark" else ""
                    page.screenshot(path=str(to / f"{name}-{lang}{size}{dark}.png"), full_page=bool(size))
                    count += 1
            page.close()
    return count


def main() -> int:
    """Write the pictures and say how many."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--to", type=Path, default=Path("docs/screenshots"))
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    finder = [sys.executable, str(Path(__file__).with_name("find_chromium.py")), "--install"]
    chromium = subprocess.run(finder, check=True, capture_output=True, text=True).stdout.strip()
    port = _free_port()
    server = _serve(options.workspace, port)
    try:
        with sync_playwright() as playwright:
            sandbox = [] if os.geteuid() else ["--no-sandbox"]
            browser = playwright.chromium.launch(executable_path=chromium, args=sandbox)
            only = {name for name in options.only.split(",") if name}
            count = _take(browser, f"http://127.0.0.1:{port}", options.to, only)
            browser.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=15)
    print(f"{count} pictures in {options.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
