"""Print the path of a Chromium for the browser tests; with --install, get one when there is none.

In this order: ECOGRAPH_CHROMIUM, PATH, the test library's own download, and with --install: Debian's package
when root (system-wide, said so), then the test library's download. Exit code 1 with a remedy when all fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def _works(path: str) -> bool:
    """Ask for the version: Ubuntu's chromium-browser may be a stub that only names a snap."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find() -> str | None:
    """Return the path of an installed browser, or None."""
    named = os.environ.get("ECOGRAPH_CHROMIUM")
    on_path = [path for name in NAMES if (path := shutil.which(name))]
    for path in [*([named] if named else []), *on_path, *(p for p in MACOS if Path(p).exists())]:
        if _works(path):
            return path
    return _downloaded()


def _downloaded() -> str | None:
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Exception:
        return None
    return path if Path(path).exists() and _works(path) else None


def install() -> None:
    """Install a browser: Debian's package when root, else the test library's download."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No Chromium found: installing Debian's package chromium system-wide.", file=sys.stderr)
        quiet = {"stdout": sys.stderr, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)
        if find():
            return
    print("No Chromium found: asking the test library to download its own.", file=sys.stderr)
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdout=sys.stderr
    )


def main() -> int:
    """Print the path; return the exit code."""
    path = find()
    if path is None and "--install" in sys.argv[1:]:
        install()
        path = find()
    if path is None:
        print(
            "The browser tests need a Chromium, and none was found or could be installed.\n"
            "  Remedy: install one (Debian: sudo apt-get install chromium; macOS: brew install chromium),\n"
            "  or name it: ECOGRAPH_CHROMIUM=/path/to/chromium make test",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
