"""A report in the format asked for: the page, a Word file, a workbook, or one CSV of all its tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from flask import Response, abort, g, render_template, request
from flask_babel import gettext as _

from ecograph.export.document import Document, Value
from ecograph.export.docx import write_docx
from ecograph.model.iris import slug
from ecograph.web.explorer.downloads import bare, for_excel, write_cell
from ecograph.web.explorer.reports.bars import draw
from ecograph.web.explorer.reports.outline import outline

_TYPES = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("text/csv", "csv"),
    "csv-excel": ("text/csv", "csv"),
}
FORMATS = tuple(_TYPES)
"""The formats of a report's download, in the order in which they are offered."""

_SHEET_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def answer(document: Document, template: str = "reports/report.html", **context: object) -> str | Response:
    """Return the report as a page, or as a file where the address asks for one by ``format=``."""
    fmt = request.args.get("format", "")
    if not fmt:
        return render_template(
            template, document=document, formats=FORMATS, draw=draw, outline=outline, **context
        )
    if fmt not in _TYPES:
        abort(404)
    mimetype, ending = _TYPES[fmt]
    response = Response(_content(document, fmt), mimetype=mimetype)
    name = f"{slug(f'{document.kind} {document.about}')[:70]}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _content(document: Document, fmt: str) -> bytes:
    out = io.BytesIO()
    if fmt == "docx":
        write_docx(document, out)
    elif fmt == "xlsx":
        _write_xlsx(document, out)
    else:
        out.write(_csv(document, excel=fmt == "csv-excel"))
    return out.getvalue()


def _long(document: Document) -> Iterator[tuple[str, str, str, Value, str]]:
    """Yield every figure of the report: section, row, column, value and the address of its question.

    A row is named by its number and its first cell, so that rows with the same name stay apart.
    """
    for figure in document.figures:
        yield document.words.figures, figure.label, figure.note, figure.value, figure.reference.address
    for table in document.tables:
        for number, row in enumerate(table.rows, start=1):
            for column, cell in zip(table.columns, row, strict=True):
                yield (
                    table.title,
                    f"{number}. {row[0].text}",
                    column.heading,
                    cell.bare,
                    table.reference.address,
                )


def _csv(document: Document, *, excel: bool) -> bytes:
    """One CSV of all tables in long form, as programs (RFC 4180) or as Excel in Swedish opens it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n")
    names = (_("Section"), _("Row"), _("Column"), _("Value"), _("Question"))
    writer.writerow(names if excel else ("section", "row", "column", "value", "question"))
    shape = for_excel if excel else bare
    writer.writerows([shape(value) for value in line] for line in _long(document))
    return (b"\xef\xbb\xbf" if excel else b"") + out.getvalue().encode("utf-8")


def _write_xlsx(document: Document, out: io.BytesIO) -> None:
    """One sheet a table, and a first sheet with answer, key figures, sources and questions."""
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    first = book.add_worksheet("Rapport" if g.lang == "sv" else "Report")
    first.set_column(0, 0, 60)
    first.set_column(1, 2, 50)
    lines: list[tuple[Value, ...]] = [
        (document.kind,), (document.about,), (document.answer,), (),
        *((figure.label, figure.value, figure.note) for figure in document.figures), (),
        *((source.title, source.publisher, source.date) for source in document.sources), (),
        *((f"[{each.number}] {each.title}", each.address) for each in document.references), (),
        (document.words.colophon, document.address),
    ]  # fmt: skip
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            write_cell(first, at, column, value)
    for position, table in enumerate(document.tables, start=1):
        sheet = book.add_worksheet(f"{position} {table.title.translate(_FORBIDDEN)}"[:_SHEET_NAME].strip())
        for column, head in enumerate(table.columns):
            sheet.write_string(0, column, head.heading, bold)
            longest = max(len(head.heading) / 2, *(len(row[column].text) for row in table.rows))
            sheet.set_column(column, column, min(60, longest + 2))
        for at, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                write_cell(sheet, at, column, cell.bare)
        sheet.freeze_panes(1, 0)
    book.close()
