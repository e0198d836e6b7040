"""Tables to take away: CSV, CSV for Excel, XLSX and JSON of exactly what is seen."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import xlsxwriter
from flask import Response, g

from ecograph.model.iris import slug
from ecograph.web.explorer.asking import Shown, build

_TYPES = {
    "csv": ("text/csv", "csv"),
    "csv-excel": ("text/csv", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "json": ("application/json", "json"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def download(shown: Shown, fmt: str, address: str) -> Response:
    """Return the answer as a file; `address` is its permalink, kept where the format has room for it.

    Raises
    ------
    KeyError: when there is no such format.
    """
    mimetype, ending = _TYPES[fmt]
    headings = shown.headings(g.lang)
    writers = {"csv": _csv, "csv-excel": _excel_csv, "xlsx": _xlsx, "json": _json}
    content = writers[fmt](shown, headings, address)
    response = Response(content, mimetype=mimetype)
    name = f"{slug(shown.question.title(g.lang))[:60]}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(shown: Shown, headings: dict[str, str], address: str) -> bytes:
    """RFC 4180 with the variables' names as header: for programs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(shown.terms.variables)
    for row in shown.rows:
        writer.writerow([bare(row[name]) for name in shown.terms.variables])
    return out.getvalue().encode("utf-8")


def _excel_csv(shown: Shown, headings: dict[str, str], address: str) -> bytes:
    """Semicolons, byte order mark and decimal comma, as Excel in Swedish opens it at a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([headings[name] for name in shown.terms.variables])
    for row in shown.rows:
        writer.writerow([for_excel(row[name]) for name in shown.terms.variables])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _xlsx(shown: Shown, headings: dict[str, str], address: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    sheet = book.add_worksheet("Svar" if g.lang == "sv" else "Answer")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for column, name in enumerate(shown.terms.variables):
        sheet.write_string(0, column, headings[name], bold)
        width = max([len(headings[name]), *(len(str(row[name] or "")) for row in shown.rows[:200])])
        sheet.set_column(column, column, min(60, width + 2))
    for number, row in enumerate(shown.rows, start=1):
        for column, name in enumerate(shown.terms.variables):
            write_cell(sheet, number, column, row[name])
    sheet.freeze_panes(1, 0)
    if shown.rows:
        sheet.autofilter(0, 0, len(shown.rows), len(shown.terms.variables) - 1)
    about = book.add_worksheet("Om" if g.lang == "sv" else "About")
    about.set_column(0, 0, 110)
    lines = [
        shown.question.title(g.lang),
        shown.question.description(g.lang),
        shown.question.caveat(g.lang),
        address,
        f"{'Dataversion' if g.lang == 'sv' else 'Build of the data'}: {build().id}",
        "",
        *shown.sparql.splitlines(),
    ]
    for number, line in enumerate(lines):
        about.write_string(number, 0, line)
    book.close()
    return out.getvalue()


def write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """Write a value into a cell of a workbook as what it is; text is never taken for a formula."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, str(value))


def _json(shown: Shown, headings: dict[str, str], address: str) -> bytes:
    content = {
        "question": shown.question.slug,
        "title": shown.question.title(g.lang),
        "caveat": shown.question.caveat(g.lang),
        "parameters": shown.values,
        "address": address,
        "build": build().id,
        "columns": headings,
        "results": shown.rows,
        "sparql": shown.sparql,
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=_number).encode("utf-8")


def _number(value: Any) -> float | str:
    return float(value) if isinstance(value, Decimal) else str(value)


def bare(value: Any) -> Any:
    """Return a value for a CSV that programs read."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def for_excel(value: Any) -> Any:
    """Return a value for a CSV that Excel opens: decimal comma, and no cell that runs as a formula."""
    if isinstance(value, bool) or value is None or isinstance(value, int):
        return bare(value)
    if isinstance(value, float | Decimal):
        return format(value, "f").rstrip("0").rstrip(".").replace(".", ",") if value % 1 else str(int(value))
    # A leading apostrophe keeps Excel from running a cell of a source as a formula.
    return "'" + value if str(value).startswith(_FORMULA) else value
