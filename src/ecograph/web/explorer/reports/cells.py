"""The cells of a report's tables: numbers, texts, things with their pages, verdicts in words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from flask import request
from flask_babel import gettext as _

from ecograph.export.document import Cell, Value
from ecograph.web.explorer import links
from ecograph.web.explorer.language import number


def absolute(address: str) -> str:
    """Return an address of this site in full, as paper needs it."""
    return urljoin(request.url_root, address)


def count(value: Value, places: int | None = None) -> Cell:
    """Return a number as a cell; '–' where there is none."""
    if value is None or isinstance(value, bool | str):
        return Cell("–")
    return Cell(number(value, places), value)


def text(value: Any, otherwise: str = "–") -> Cell:
    """Return a text as a cell."""
    return Cell(str(value), str(value)) if value not in (None, "") else Cell(otherwise, "")


def thing(row: dict[str, Any], name: str) -> Cell:
    """Return a thing's label as a cell that leads to its page; `name` is the variable of its IRI."""
    label = row[f"{name}Label"] or str(row[name]).rpartition("/")[2]
    return Cell(label, label, absolute(links.page_of(row[name])))


def verdict(row: dict[str, Any]) -> Cell:
    """Return what a test says, in words; only what is established carries a mark."""
    key = (row["verdict"] or "").rpartition("/")[2]
    if not row["verdict"]:
        return Cell(_("not tested"), "")
    sign = {"fewer": "▼ ", "more": "▲ "}.get(key, "")
    mark = {"fewer": "less", "more": "more"}.get(key, "")
    return Cell(sign + row["verdictLabel"], row["verdictLabel"], mark=mark)


def years(row: dict[str, Any]) -> Cell:
    """Return a project's years as a cell."""
    start, end = row["startYear"], row["endYear"]
    if start is None and end is None:
        return Cell(_("no year stated"), "")
    if end is None or end == start:
        return text(start)
    return text(f"{'' if start is None else start}–{end}")


def unit(name: str | None) -> str:
    """Return an indicator's unit in the reader's language; one without a translation as the data have it."""
    known = {
        "percent": _("per cent"), "persons": _("persons"), "jobs": _("jobs"), "index": _("index"),
        "class": _("class"), "million SEK": _("million SEK"), "million EUR": _("million EUR"),
        "thousand SEK": _("thousand SEK"), "FTE": _("full-time equivalents"),
        "net emissions": _("net emissions"), "km2": "km²",
    }  # fmt: skip
    return str(known.get(name or "", name or ""))
