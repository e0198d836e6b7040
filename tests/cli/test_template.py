"""`ecograph template`: a workbook to fill in that the reader takes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from ecograph.cli import main
from ecograph.tables.canonical import TABLES
from ecograph.tables.known import concept_keys
from ecograph.tables.template import example_row


def ecograph(*arguments: str | Path) -> Any:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(params=["sv", "en"])
def workbook(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "ecosystem.xlsx"
    assert ecograph("template", "-o", path, "--lang", request.param).exit_code == 0
    return path


def test_the_empty_template_passes_the_check(workbook: Path) -> None:
    result = ecograph("check", workbook, "--lang", "en")
    assert result.exit_code == 0
    assert "No violations." in result.stdout


def test_every_column_has_a_note_and_every_closed_column_its_list(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    for table in TABLES.values():
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == list(table.names)
        assert all(cell.comment and len(cell.comment.text) > 5 for cell in sheet[1])
        checks = {str(check.sqref).split(":")[0]: check for check in sheet.data_validations.dataValidation}
        for cell, column in zip(sheet[1], table.columns, strict=True):
            check = checks.get(f"{cell.column_letter}2")
            if column.kind in {"concept", "term", "boolean"} and not column.many:
                assert check is not None
                assert check.type == "list"
            if column.kind == "date":
                assert check is not None
                assert check.type == "custom"
            if column.kind in {"integer", "decimal"}:
                assert check is not None
                assert check.type in {"whole", "decimal"}


def test_the_lists_hold_the_vocabularies_keys_and_labels(workbook: Path) -> None:
    lists = openpyxl.load_workbook(workbook)["_lists"]
    assert lists.sheet_state == "hidden"
    columns = {
        column[0].value: [cell.value for cell in column[1:] if cell.value] for column in lists.iter_cols()
    }
    assert columns["role"] == list(concept_keys("role"))
    labels = next(c for c in lists.iter_cols() if c[0].value == "role")[0].column + 1
    assert all(lists.cell(row, labels).value for row in range(2, len(concept_keys("role")) + 2))


def test_a_template_filled_with_its_examples_loads_through_the_reader(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    for table in TABLES.values():
        fill(book[table.name], example_row(table))
    second = {
        **example_row(TABLES["areas"]),
        "key": f"{example_row(TABLES['areas'])['key']}-2",
        "label_sv": "Två",
        "label_en": "Two",
    }
    fill(book["areas"], second, 3)
    book.save(workbook)
    result = ecograph("check", workbook, "--lang", "en")
    assert "violation" not in result.stdout, result.stdout
    assert result.exit_code == 0
    assert all(f"{table.label_en} " in " ".join(result.stdout.split()) for table in TABLES.values())


def fill(sheet: Any, row: dict[str, str], number: int = 2) -> None:
    heading = {cell.value: cell.column for cell in sheet[1]}
    for name, value in row.items():
        sheet.cell(number, heading[name], value)


def test_only_the_tables_asked_for_get_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "projects.xlsx"
    ecograph("template", "-o", path, "--table", "projects", "--table", "participations", "--lang", "en")
    assert openpyxl.load_workbook(path).sheetnames == [
        "Read me",
        "projects",
        "participations",
        "Examples",
        "_lists",
    ]


def test_an_unknown_table_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    result = ecograph("template", "-o", tmp_path / "x.xlsx", "--table", "persons")
    assert result.exit_code == 2
    assert "organisations" in result.output
