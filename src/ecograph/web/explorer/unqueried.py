"""A table that no query made (two builds compared, a network measured), shown and downloaded as others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flask import Response, abort, request

from ecograph.query.catalogue import Column, Question
from ecograph.store.graph import Rows
from ecograph.web.explorer.asking import THEME, Shown
from ecograph.web.explorer.downloads import download
from ecograph.web.explorer.links import FORMATS, permalink

PAGE_ROWS = 50
"""Rows of a long table on one page."""


def listing(
    slug: str,
    title: tuple[str, str],
    description: tuple[str, str],
    columns: Mapping[str, tuple[str, str]],
    rows: Iterable[Mapping[str, Any]],
) -> Shown:
    """Return rows as an answered question without a query.

    Parameters
    ----------
    title, description: in Swedish and English.
    columns: name → heading in Swedish and English, in the order shown.
    rows: one mapping a row; what is no column is left out.
    """
    question = Question(
        slug, THEME, Path(), *title, *description, "", "", (),
        tuple(Column(name, *labels) for name, labels in columns.items()), "",
    )  # fmt: skip
    chosen = [{name: row.get(name) for name in columns} for row in rows]
    return Shown(question, {}, "", Rows(list(columns), []), chosen)


def as_file(shown: Shown) -> Response:
    """Return the listing in the format that the address asks for; 404 for one that does not exist."""
    fmt = request.args.get("format", "csv")
    if fmt not in FORMATS:
        abort(404)
    return download(shown, fmt, permalink())


def page_number(total: int) -> tuple[int, int]:
    """Return the page that the address asks for and the number of pages, both at least 1."""
    pages = max(1, -(-total // PAGE_ROWS))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    return min(max(number, 1), pages), pages
