"""Writes the generated pages of docs/reference/, or says which are not current."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def write_or_check(pages: Mapping[str, Callable[[], Iterable[str]]], remedy: str) -> int:
    """Write each page whose text has changed; with --check, only name those and return 1."""
    stale = []
    for name, page in pages.items():
        path = ROOT / "docs" / "reference" / name
        text = "\n".join(page()).rstrip() + "\n"
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if "--check" in sys.argv[1:]:
            stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    if stale:
        print(f"Not current: {', '.join(stale)}; run {remedy}", file=sys.stderr)
    return 1 if stale else 0
