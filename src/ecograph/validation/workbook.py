"""The steward's own workbook with the findings in it: cells marked, reason and remedy as comments, a summary.

openpyxl reads and writes the workbook itself, so that its styles, formulas, lists and other sheets stay;
charts and pictures it cannot keep.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from ecograph.errors import Place, SourceError
from ecograph.sources.tabular import read_csv
from ecograph.tables.batch import Finding, Severity
from ecograph.tables.sheets import SUMMARY
from ecograph.validation.findings import counts
from ecograph.validation.report import Language, in_order, severity_word, told, told_counts

_AUTHOR = "ecograph"
_FILLS: dict[Severity, str] = {"violation": "FFE9C6F0", "warning": "FFFFF0B3", "info": "FFDCE9F2"}
_WORDS: dict[Language, dict[str, str]] = {
    "sv": {
        "title": "Granskning", "none": "Inga avvikelser.", "open": "Klicka på en rad för att gå till cellen.",
        "severity": "Allvar", "sheet": "Blad", "row": "Rad", "column": "Kolumn",
        "message": "Vad som är fel", "remedy": "Åtgärd", "do": "Åtgärd: ",
    },
    "en": {
        "title": "Check", "none": "No violations.", "open": "Click a row's number to go to the cell.",
        "severity": "Severity", "sheet": "Sheet", "row": "Row", "column": "Column",
        "message": "What is wrong", "remedy": "Remedy", "do": "Remedy: ",
    },
}  # fmt: skip
_WIDTHS = (14, 22, 8, 20, 70, 70)


@dataclass(slots=True)
class _Marked:
    """What is said of one cell: the worst finding first."""

    findings: list[Finding] = field(default_factory=list)


def annotate(
    files: Sequence[Path],
    findings: Sequence[Finding],
    out: BinaryIO,
    language: Language = "sv",
    sentences: Sequence[str] = (),
) -> None:
    """Write the files as one workbook with the cells of each finding marked and a summary sheet in front.

    Parameters
    ----------
    files: one .xlsx, which keeps all its sheets, or CSV files and directories of them, a sheet each; what
        is neither (JSON) gives the summary alone.
    findings: what to mark: each by sheet (or file), row and column; one without column marks the row's
        first cell, one without row the column's heading.
    sentences: what stands above the list.

    Raises
    ------
    SourceError: when the workbook cannot be opened for marking.
    """
    book, sheets = _opened(files)
    for name in SUMMARY.values():
        if name in book.sheetnames:
            del book[name]
    ordered = in_order(findings)
    targets = {id(one): _target(book, sheets, one.place) for one in ordered}
    marks: dict[tuple[str, int, int], _Marked] = {}
    for one in ordered:
        target = targets[id(one)]
        if target is not None:
            marks.setdefault(target, _Marked()).findings.append(one)
    for (sheet, row, column), marked in marks.items():
        _mark(book[sheet].cell(row, column), marked.findings, language)
    _summarise(book, ordered, targets, language, sentences)
    book.save(out)


def _opened(files: Sequence[Path]) -> tuple[Any, dict[str, str]]:
    """Return a workbook and, by the name of each CSV file, the sheet that holds it."""
    if len(files) == 1 and files[0].suffix.lower() == ".xlsx":
        try:
            book = openpyxl.load_workbook(files[0])
        except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError) as error:
            raise SourceError(
                f"The workbook cannot be opened for marking: {error}.",
                place=Place(str(files[0])),
                remedy="Save it anew as .xlsx, or ask for another report: --report html.",
            ) from error
        for sheet in book.worksheets:
            _unmark(sheet)
        return book, {}
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    sheets: dict[str, str] = {}
    for file in _tables(files):
        frame = read_csv(file, None, tolerant=True)
        sheet = book.create_sheet(file.name.partition(".")[0][:31])
        sheets[file.name] = sheet.title
        names = [name for name in frame.columns if name != "_row"]
        for column, name in enumerate(names, start=1):
            sheet.cell(1, column, name).font = Font(bold=True)
        for record in frame.iter_rows(named=True):
            for column, name in enumerate(names, start=1):
                if record[name] is not None:
                    cell = sheet.cell(record["_row"], column, record[name])
                    # a text that begins with = is a text, never a formula
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
    return book, sheets


def _tables(files: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for file in files:
        found += sorted(file.glob("*.csv")) if file.is_dir() else [file]
    return [file for file in found if file.name.endswith((".csv", ".csv.gz"))]


def _unmark(sheet: Any) -> None:
    """Take away the marks of an earlier check."""
    ours = set(_FILLS.values())
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
            if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in ours:
                cell.fill = PatternFill()


def _target(book: Any, sheets: Mapping[str, str], place: Place) -> tuple[str, int, int] | None:
    name = place.sheet if place.sheet in book.sheetnames else sheets.get(Path(place.file).name)
    if name is None:
        return None
    heading = {str(cell.value).strip(): cell.column for cell in book[name][1] if cell.value is not None}
    if place.row is None and place.column not in heading:
        return None
    return name, place.row or 1, heading.get(place.column or "", 1)


def _mark(cell: Any, findings: Sequence[Finding], language: Language) -> None:
    colour = _FILLS[findings[0].severity]
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    parts = []
    for one in findings:
        message, remedy = told(one, language)
        parts.append(
            f"{severity_word(one.severity, language)}: {message}\n{_WORDS[language]['do']}{remedy}".strip()
        )
    if cell.comment is not None:
        parts.append(cell.comment.text)
    text = "\n\n".join(dict.fromkeys(parts))
    comment = Comment(text, _AUTHOR, width=380)
    comment.height = 24 + 18 * sum(max(1, math.ceil(len(line) / 52)) for line in text.split("\n"))
    cell.comment = comment


def _summarise(
    book: Any,
    findings: Sequence[Finding],
    targets: Mapping[int, tuple[str, int, int] | None],
    language: Language,
    sentences: Sequence[str],
) -> None:
    words = _WORDS[language]
    sheet = book.create_sheet(SUMMARY[language], 0)
    sheet.append([words["title"]])
    sheet["A1"].font = Font(bold=True, size=16)
    for sentence in sentences:
        sheet.append([sentence])
    for number in counts(findings).values():
        sheet.append([told_counts(number, language)])
    sheet.append([words["open"] if findings else words["none"]])
    sheet.append([])
    names = ("severity", "sheet", "row", "column", "message", "remedy")
    sheet.append([words[name] for name in names])
    heading = sheet.max_row
    for cell in sheet[heading]:
        cell.font = Font(bold=True)
    for one in findings:
        _line(sheet, one, targets[id(one)], language)
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    if findings:
        sheet.freeze_panes = f"A{heading + 1}"
        sheet.auto_filter.ref = f"A{heading}:F{sheet.max_row}"
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _line(sheet: Any, one: Finding, target: tuple[str, int, int] | None, language: Language) -> None:
    place = one.place
    message, remedy = told(one, language)
    shown = place.sheet or (target[0] if target else place.file)
    sheet.append([severity_word(one.severity, language), shown, place.row, place.column, message, remedy])
    row = sheet[sheet.max_row]
    colour = _FILLS[one.severity]
    row[0].fill = PatternFill("solid", start_color=colour, end_color=colour)
    for cell in row:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(cell.value, str):
            cell.data_type = "s"
    if target is not None:
        name, number, column = target
        address = (
            f"#'{name.replace(chr(39), chr(39) * 2)}'!{openpyxl.utils.get_column_letter(column)}{number}"
        )
        for cell in (row[2], row[3]):
            if cell.value is not None:
                cell.hyperlink = address
                cell.font = Font(color="FF0B5394", underline="single")
