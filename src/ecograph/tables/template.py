"""The workbook that a steward fills in: a sheet a table, with notes, drop-down lists and worked examples.

It is made from the canonical tables and the vocabularies alone, and the reader of kind ``tables`` reads it
back: headings are the columns' names, cells hold keys, and the sheets beside the tables are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ecograph.tables.canonical import TABLES
from ecograph.tables.known import class_keys, class_labels, concept_keys, concept_labels
from ecograph.tables.schema import Column, Table
from ecograph.tables.sheets import EXAMPLES, INSTRUCTIONS, LISTS
from ecograph.tables.template_texts import KINDS, STEPS, WORDS, Language

ROWS = 2000
"""How many rows of each sheet have lists and checks."""

_MESSAGE = 255
"""The most characters that Excel shows beside a cell."""


_SHOWN = {
    ("events", "to"), ("observations", "value"), ("dialogues", "organisations"), ("projects", "title_sv"),
    ("projects", "title_en"),
}  # fmt: skip
"""Columns that may be empty, yet are part of any sensible row."""


@dataclass(slots=True)
class _Book:
    """The workbook being written: its formats, its language, and where each list of keys stands."""

    book: Any
    language: Language
    tables: dict[str, Table]
    lists: dict[str, str]
    formats: dict[str, Any]


def write_template(out: BinaryIO, tables: Sequence[str] = (), language: Language = "sv") -> None:
    """Write the workbook (.xlsx).

    Parameters
    ----------
    tables: the names of the tables that get a sheet; all where none are given.
    language: of instructions, notes and labels; headings and keys are the same in both.

    Raises
    ------
    KeyError: for a name that is no table.
    """
    chosen = {name: TABLES[name] for name in tables or TABLES}
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        book = _Book(workbook, language, chosen, {}, _formats(workbook))
        front = workbook.add_worksheet(INSTRUCTIONS[language])
        sheets = {name: workbook.add_worksheet(name) for name in chosen}
        examples = workbook.add_worksheet(EXAMPLES[language])
        _lists(book)
        for name, sheet in sheets.items():
            _table_sheet(book, chosen[name], sheet)
        _front(book, front)
        _examples(book, examples)
        front.activate()


def example_row(table: Table) -> dict[str, str]:
    """Return a row of a table as it may look: each column's example, and one for each required column."""
    row = {column.name: _example(column, table) for column in table.columns}
    return {name: value for name, value in row.items() if value}


def _example(column: Column, table: Table) -> str:
    if column.example:
        return column.example
    if not column.required and (table.name, column.name) not in _SHOWN:
        return ""
    match column.kind:
        case "ref":
            # references of the example point to the example rows of the other tables
            target = TABLES[str(column.target).split("|")[0]]
            key = target.column("key").example
            return f"{key}; {key}-2" if table.name == "declared_links" and column.many else key
        case "concept":
            return concept_keys(column.target or column.name)[0]
        case "term":
            return class_keys(table.rdf_class)[0]
        case "integer":
            return "2024"
        case "decimal":
            return "1"
        case "boolean":
            return "true"
        case "date":
            return "2024-01"
        case _:
            return table.label_en if column.lang == "en" else table.label_sv


def _formats(workbook: Any) -> dict[str, Any]:
    heading = {"bold": True, "border": 1, "border_color": "#B9C4BC", "text_wrap": True, "valign": "top"}
    return {
        "required": workbook.add_format({**heading, "bg_color": "#1F5C45", "font_color": "#FFFFFF"}),
        "optional": workbook.add_format({**heading, "bg_color": "#E4EEE7"}),
        "text": workbook.add_format({"num_format": "@"}),
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "bold": workbook.add_format({"bold": True}),
        "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "link": workbook.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"}),
    }


def _label(thing: Column | Table, language: Language) -> str:
    return thing.label_sv if language == "sv" else thing.label_en


def _note(thing: Column | Table, language: Language) -> str:
    return thing.note_sv if language == "sv" else thing.note_en


def _closed(book: _Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    for table in book.tables.values():
        for column in table.columns:
            if column.kind == "concept":
                yield str(column.target or column.name), concept_keys(column.target or column.name)
            elif column.kind == "term":
                yield table.rdf_class, class_keys(table.rdf_class)


def _lists(book: _Book) -> None:
    """Write the hidden sheet of keys with their labels, two columns a list."""
    sheet = book.book.add_worksheet(LISTS)
    sheet.hide()
    for number, (name, keys) in enumerate(dict(_closed(book)).items()):
        column = 2 * number
        labels = _labels(name, book.language)
        sheet.write_string(0, column, name, book.formats["bold"])
        for row, key in enumerate(keys, start=1):
            sheet.write_string(row, column, key)
            sheet.write_string(row, column + 1, labels.get(key, ""))
        letter = xl_col_to_name(column)
        book.lists[name] = f"='{LISTS}'!${letter}$2:${letter}${len(keys) + 1}"


def _labels(name: str, language: Language) -> dict[str, str]:
    return class_labels(name, language) if name.startswith("eco:") else concept_labels(name, language)


def _table_sheet(book: _Book, table: Table, sheet: Any) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 32)
    sheet.set_comments_author("ecograph")
    for number, column in enumerate(table.columns):
        heading = book.formats["required" if column.required else "optional"]
        sheet.write_string(0, number, column.name, heading)
        text = _explanation(book, table, column)
        height = 40 + 17 * sum(1 + len(line) // 56 for line in text.split("\n"))
        sheet.write_comment(0, number, text, {"width": 400, "height": min(height, 520)})
        written = None if column.kind in {"integer", "decimal"} else book.formats["text"]
        sheet.set_column(number, number, max(14, len(column.name) + 3), written)
        check = _validation(book, table, column, number)
        if check is not None:
            sheet.data_validation(1, number, ROWS, number, check)


def _explanation(book: _Book, table: Table, column: Column) -> str:
    words, language = WORDS[book.language], book.language
    kind = KINDS[language][column.kind].format(target=_targets(column, language))
    lines = [_label(column, language), f"{kind[0].upper()}{kind[1:]}."]
    if _note(column, language):
        lines.append(_note(column, language))
    if column.minimum is not None:
        lines.append(words["minimum"].format(minimum=f"{column.minimum:g}"))
    lines += [words[name] for name in ("required", "many") if getattr(column, name)]
    if column.example:
        lines.append(f"{words['example']}{column.example}")
    name = table.rdf_class if column.kind == "term" else str(column.target or column.name)
    if column.kind in {"concept", "term"}:
        labels = _labels(name, language)
        lines += [f"{key} = {labels.get(key, key)}" for key in dict(_closed(book))[name]]
    return "\n".join(lines)


def _targets(column: Column, language: Language) -> str:
    names = [TABLES[name] for name in str(column.target or "").split("|") if name in TABLES]
    return (" eller " if language == "sv" else " or ").join(f"{table.name}" for table in names)


def _validation(book: _Book, table: Table, column: Column, number: int) -> dict[str, Any] | None:
    rule = _rule(book, table, column, number)
    if rule is None:
        return None
    title = _label(column, book.language)[:32]
    message = " ".join(_explanation(book, table, column).split("\n")[1:])
    return {
        "ignore_blank": True,
        "input_title": title,
        "input_message": message[: _MESSAGE - 1] + "…" if len(message) > _MESSAGE else message,
        "error_title": WORDS[book.language]["wrong"][:32],
        **rule,
    }


def _rule(book: _Book, table: Table, column: Column, number: int) -> dict[str, Any] | None:
    least = column.minimum
    match column.kind:
        case "concept" | "term" if not column.many:
            name = table.rdf_class if column.kind == "term" else str(column.target or column.name)
            return {"validate": "list", "source": book.lists[name]}
        case "boolean":
            return {"validate": "list", "source": ["true", "false"]}
        case "integer":
            return {
                "validate": "integer",
                "criteria": ">=",
                "value": -(10**9) if least is None else int(least),
            }
        case "decimal":
            return {"validate": "decimal", "criteria": ">=", "value": -(10**15) if least is None else least}
        case "date":
            return {"validate": "custom", "value": _date_formula(xl_rowcol_to_cell(1, number))}
        case "ref" if not column.many and column.target in book.tables:
            message = WORDS[book.language]["elsewhere"].format(target=column.target)
            source = f"='{column.target}'!$A$2:$A${ROWS + 1}"
            return {
                "validate": "list",
                "source": source,
                "error_type": "information",
                "error_message": message,
            }
    return None


def _date_formula(cell: str) -> str:
    """Return the Excel condition of a date as exact as it is known, written as text."""
    year = f"ISNUMBER(VALUE(LEFT({cell},4)))"
    month = f'AND(MID({cell},5,1)="-",ISNUMBER(VALUE(MID({cell},6,2))))'
    day = f'AND(MID({cell},8,1)="-",ISNUMBER(VALUE(MID({cell},9,2))))'
    length = f"LEN({cell})"
    return f"=AND({year},OR({length}=4,AND({length}=7,{month}),AND({length}=10,{month},{day})))"


def _front(book: _Book, sheet: Any) -> None:
    words = WORDS[book.language]
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, words["title"], book.formats["title"])
    for row, step in enumerate(STEPS[book.language], start=2):
        sheet.write_string(row, 0, step)
    start = len(STEPS[book.language]) + 3
    sheet.write_string(start, 0, words["sheet"], book.formats["bold"])
    sheet.write_string(start, 1, words["what"], book.formats["bold"])
    for row, table in enumerate(book.tables.values(), start=start + 1):
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", book.formats["link"], table.name)
        text = f"{_label(table, book.language)}. {_note(table, book.language)}"
        sheet.write_string(row, 1, text, book.formats["wrap"])


def _examples(book: _Book, sheet: Any) -> None:
    sheet.write_string(0, 0, WORDS[book.language]["examples"], book.formats["bold"])
    sheet.set_column(0, 30, 22)
    row = 2
    for table in book.tables.values():
        sheet.write_string(row, 0, f"{table.name}: {_label(table, book.language)}", book.formats["bold"])
        for number, (name, value) in enumerate(example_row(table).items()):
            heading = book.formats["required" if table.column(name).required else "optional"]
            sheet.write_string(row + 1, number, name, heading)
            sheet.write_string(row + 2, number, value, book.formats["text"])
        row += 4
