"""`ecograph check`: a file is judged as a build would judge it, beside the workspace, and nothing changes."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import html5lib
import openpyxl
import polars as pl
import pytest
import rdflib
from click.testing import CliRunner, Result

from ecograph.build import build
from ecograph.cli import main
from ecograph.config import Workspace, load_workspace
from ecograph.store.builds import Build
from ecograph.tables.canonical import TABLES

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixture"
BAD = FIXTURE / "incoming" / "bad-workbook.xlsx"
SOURCES = ROOT / "tests" / "sources" / "fixtures"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def findings(*arguments: str | Path) -> tuple[int, list[dict[str, Any]]]:
    result = run(*arguments, "--report", "json")
    assert result.exit_code in {0, 2}, result.output
    return result.exit_code, json.loads(result.stdout)["findings"]


def csv(folder: Path, table: str, rows: Sequence[Mapping[str, str]], name: str = "") -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    path = folder / f"{name or table}.csv"
    pl.DataFrame(
        [{c: row.get(c) for c in columns} for row in rows], schema=dict.fromkeys(columns, pl.String)
    ).write_csv(path)
    return path


PROJECT = {"key": "prov", "title_sv": "Prov", "title_en": "Trial", "status": "ongoing", "source_url": "x"}


@pytest.fixture(scope="module")
def bad() -> dict[tuple[str | None, int | None, str | None], dict[str, Any]]:
    code, found = findings(BAD, "-C", FIXTURE, "--lang", "en")
    assert code == 2
    return {(one["sheet"], one["row"], one["column"]): one for one in found}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (("projects", 3, "start"), "bad-date"),
        (("fundings", 3, "amount"), "negative-amount"),
        (("fundings", 4, "currency"), "bad-pattern"),
        (("organisations", 3, "orgnr"), "bad-check-digit"),
        (("organisations", 4, "helix"), "unknown-concept"),
        (("organisations", 4, "type"), "unknown-class"),
        (("organisations", 5, "key"), "duplicate-key"),
        (("participations", 4, "project"), "dangling-required"),
        (("participations", 5, "project"), "hangs-on-quarantined"),
        (("projects", 1, "kontaktperson"), "unknown-column"),
        (("projects", 4, "end"), "SPARQL eco:end"),
    ],
)
def test_each_fault_of_a_workbook_names_sheet_row_column_and_remedy_in_both_languages(
    bad: dict[tuple[str, int, str], dict[str, Any]], cell: tuple[str, int, str], code: str
) -> None:
    one = bad[cell]
    assert one["code"] == code
    assert all(one[name] for name in ("message_sv", "message_en", "remedy_sv", "remedy_en"))
    assert one["remedy"] == one["remedy_en"]


def test_the_report_says_what_would_be_loaded_and_how_much_of_it_is_known() -> None:
    result = run(BAD, "-C", FIXTURE, "--lang", "en")
    assert result.exit_code == 2
    assert "Would be loaded: Organisations 2, Projects 2, Participations 3, Funding 1." in result.stdout
    assert "Organisations: 0 are known already, 2 are new." in result.stdout
    assert "violations, " in result.stdout
    assert "Nothing was changed" in result.stdout


def test_the_annotated_workbook_marks_the_cells_and_keeps_everything_else(tmp_path: Path) -> None:
    target = tmp_path / "checked.xlsx"
    result = run(BAD, "-C", FIXTURE, "--report", "xlsx", "-o", target)
    assert result.exit_code == 2
    before, after = openpyxl.load_workbook(BAD), openpyxl.load_workbook(target)
    assert after.sheetnames == ["Granskning", *before.sheetnames]
    amount = after["fundings"]["E3"]
    assert amount.value == -5
    assert amount.fill.start_color.rgb == "FFE9C6F0"
    assert "negativt" in amount.comment.text
    assert "Åtgärd: Skriv ett tal som är noll eller större" in amount.comment.text
    notes = after["Anteckningar"]
    assert notes["A1"].font.bold
    assert notes["B2"].value == "=SUM(1,2)"
    assert notes["A3"].fill.start_color.rgb == "FFCCFFCC"
    assert after["organisations"]["C2"].fill.start_color.rgb == "FFFFCC99"
    assert len(after["projects"].data_validations.dataValidation) == len(
        before["projects"].data_validations.dataValidation
    )
    assert after["_lists"].sheet_state == "hidden"


def test_the_summary_sheet_counts_and_links_to_each_row(tmp_path: Path) -> None:
    target = tmp_path / "checked.xlsx"
    run(BAD, "-C", FIXTURE, "--report", "xlsx", "-o", target, "--lang", "en")
    sheet = openpyxl.load_workbook(target)["Check"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("violations" in text and "rows to quarantine" in text for text in texts)
    links = {
        cell.hyperlink.location or cell.hyperlink.target
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert "'fundings'!E3" in {link.lstrip("#") for link in links}


def test_a_marked_workbook_can_be_mended_and_checked_again(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    run(BAD, "-C", FIXTURE, "--report", "xlsx", "-o", first)
    book = openpyxl.load_workbook(first)
    book["fundings"]["E3"].value = 5
    book.save(first)
    result = run(first, "-C", FIXTURE, "--report", "xlsx", "-o", second)
    assert result.exit_code == 2
    again = openpyxl.load_workbook(second)
    assert again.sheetnames.count("Granskning") == 1
    assert again["fundings"]["E3"].comment is None
    assert again["fundings"]["E3"].fill.fill_type is None
    assert "kronor" in again["fundings"]["F4"].comment.text


def test_a_csv_file_becomes_a_marked_workbook_when_asked_for(tmp_path: Path) -> None:
    path = csv(tmp_path, "projects", [PROJECT, {**PROJECT, "key": "=1+1", "start": "2020-13"}])
    target = tmp_path / "checked.xlsx"
    assert run(path, "-C", FIXTURE, "--report", "xlsx", "-o", target).exit_code == 2
    sheet = openpyxl.load_workbook(target)["projects"]
    marked = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    assert marked == ["F3"]
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s"


def test_the_page_and_the_shacl_report_are_well_formed(tmp_path: Path) -> None:
    page, turtle = tmp_path / "report.html", tmp_path / "report.ttl"
    assert run(BAD, "-C", FIXTURE, "--report", "html", "-o", page).exit_code == 2
    html5lib.HTMLParser(strict=True).parse(page.read_text(encoding="utf-8"))
    assert "Nyckeln &#x27;provbolaget&#x27; står redan" in page.read_text(encoding="utf-8")
    assert run(BAD, "-C", FIXTURE, "--report", "turtle", "-o", turtle).exit_code == 2
    graph = rdflib.Graph().parse(turtle)
    shapes = {str(shape) for shape in graph.objects(None, rdflib.SH.sourceShape)}
    assert "https://w3id.org/ecograph/shapes#project-date-order" in shapes


def test_good_tables_pass_and_warnings_do_not_fail_them(tmp_path: Path) -> None:
    assert run(FIXTURE / "tables", "-C", FIXTURE).exit_code == 0
    path = csv(tmp_path, "projects", [{**PROJECT, "colour": "blue"}])
    code, found = findings(path, "-C", FIXTURE)
    assert (code, [one["code"] for one in found]) == (0, ["unknown-column"])


def test_nothing_in_the_workspace_changes(fixture_workspace: Workspace, fixture_build: Build) -> None:
    def state() -> dict[str, str]:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(fixture_workspace.root.rglob("*"))
            if path.is_file()
        }

    before = state()
    run(BAD, "-C", fixture_workspace.root)
    run("--build", "-C", fixture_workspace.root)
    assert state() == before


def test_what_stands_in_the_workspace_is_known_to_the_file(tmp_path: Path) -> None:
    projects = pl.read_csv(FIXTURE / "tables" / "projects.csv", infer_schema=False)["key"]
    rows = [{"project": projects[0], "organisation": "mittuniversitetet", "role": "partner"}]
    good = csv(tmp_path, "participations", rows)
    assert run(good, "-C", FIXTURE).exit_code == 0
    code, found = findings(
        csv(tmp_path, "participations", [{**rows[0], "organisation": "mittuniversitet"}]), "-C", FIXTURE
    )
    assert code == 2
    assert "mittuniversitetet" in found[0]["remedy_en"]


def test_a_file_tips_a_known_project_over_a_rule_that_weighs_rows_together(tmp_path: Path) -> None:
    tables = FIXTURE / "tables"
    rows = pl.read_csv(tables / "participations.csv", infer_schema=False).filter(
        pl.col("role") == "coordinator"
    )
    organisations = pl.read_csv(tables / "organisations.csv", infer_schema=False)["key"]
    other = next(key for key in organisations if key != rows["organisation"][0])
    path = csv(
        tmp_path,
        "participations",
        [{"project": rows["project"][0], "organisation": other, "role": "coordinator"}],
    )
    code, found = findings(path, "-C", FIXTURE)
    assert code == 0
    assert [(one["severity"], one["row"]) for one in found if "flera samordnare" in one["message_sv"]] == [
        ("warning", 2)
    ]


def test_an_edited_copy_of_a_table_is_its_new_version_and_not_a_second_one(tmp_path: Path) -> None:
    for table in ("organisations", "projects", "participations", "fundings", "observations"):
        shutil.copy(FIXTURE / "tables" / f"{table}.csv", tmp_path / f"{table}.csv")
        code, found = findings(tmp_path / f"{table}.csv", "-C", FIXTURE)
        assert (table, code) == (table, 0)
        assert not [one for one in found if one["severity"] != "info"]


@pytest.mark.parametrize("kind", ["cordis", "h2020", "fp7", "projektbanken", "swecris"])
def test_the_kind_of_a_publishers_files_is_told_from_their_names_and_fields(kind: str) -> None:
    path = SOURCES / kind
    if kind == "swecris":
        path /= "swecris.csv"
    result = run(path, "-C", FIXTURE)
    assert result.exit_code == 0, result.output


def test_a_table_by_another_name_is_told_by_its_header(tmp_path: Path) -> None:
    rows = [{"key": "aa", "name": "Exempelbolaget AB", "country": "SE", "type": "Company"}]
    code, found = findings(csv(tmp_path, "organisations", rows, "export från växeln"), "-C", FIXTURE)
    assert code == 0
    assert [one["code"] for one in found if one["severity"] != "info"] == []


def test_a_sheet_by_another_name_is_told_by_its_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Blad1"
    book.active.append(["key", "title_sv", "status", "start"])
    book.active.append(["p", "Titel", "ongoing", "2020-99"])
    book.save(tmp_path / "lista.xlsx")
    code, found = findings(tmp_path / "lista.xlsx", "-C", FIXTURE)
    assert code == 2
    assert [(one["sheet"], one["row"], one["column"]) for one in found if one["code"] == "bad-date"] == [
        ("Blad1", 2, "start")
    ]


def unreadable(folder: Path) -> dict[str, tuple[Path, str]]:
    texts = {
        "delimiter": ("projects.csv", b"key;title_sv;status\np;Titel;ongoing\n", "semicolon"),
        "encoding": ("projects.csv", "key,title_sv,status\np,Åtgärd,ongoing\n".encode("cp1252"), "UTF-8"),
        "column": ("projects.csv", b"key,title_sv\np,Titel\n", "status"),
        "ragged": ("projects.csv", b"key,title_sv,status\np,Titel, med komma,ongoing\n", "cells"),
        "empty": ("projects.csv", b"", "empty"),
        "unknown": ("okänd.csv", b"a,b\n1,2\n", "--kind"),
        "workbook": ("lista.xlsx", b"no zip", "no Excel workbook"),
        "json": ("svar.json", b'{"a": ', "not valid JSON"),
        "other": ("text.docx", b"", ".csv"),
    }
    made = {}
    for name, (file, content, expected) in texts.items():
        (folder / name).mkdir()
        (folder / name / file).write_bytes(content)
        made[name] = (folder / name / file, expected)
    return {**made, "missing": (folder / "saknas.csv", "missing")}


@pytest.mark.parametrize(
    "name",
    ["delimiter", "encoding", "column", "ragged", "empty", "unknown", "workbook", "json", "other", "missing"],
)
def test_a_file_that_cannot_be_read_gives_one_message_with_its_remedy(name: str, tmp_path: Path) -> None:
    path, expected = unreadable(tmp_path)[name]
    result = run(path, "-C", FIXTURE)
    assert result.exit_code == 1
    assert expected in result.stderr
    assert "Remedy:" in result.stderr
    assert path.name in result.stderr


def test_a_workspace_is_not_needed_but_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"project": "p", "organisation": "o", "role": "partner"}]
    code, found = findings(csv(tmp_path, "participations", rows))
    assert (code, [one["code"] for one in found]) == (0, ["on-trust"])
    code, found = findings(csv(tmp_path, "participations", [{**rows[0], "role": "vän"}]))
    assert (code, found[0]["code"]) == (2, "unknown-concept")


def test_the_nearest_workspace_above_the_file_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, found = findings(BAD)
    assert code == 2
    assert "dangling-required" in {one["code"] for one in found}


def test_a_personal_number_is_never_repeated(tmp_path: Path) -> None:
    row = {"key": "firma", "name": "Firman", "country": "SE", "type": "Company", "orgnr": "640823-3234"}
    path = csv(tmp_path, "organisations", [row])
    for form in ("terminal", "json", "html", "turtle"):
        result = run(path, "-C", FIXTURE, "--report", form)
        assert result.exit_code == 2
        assert "640823" not in result.output


def test_a_likely_double_that_is_kept_apart_is_told(tmp_path: Path) -> None:
    known = pl.read_csv(FIXTURE / "tables" / "organisations.csv", infer_schema=False).filter(
        pl.col("pic").is_not_null()
    )
    row = {
        "key": "ny",
        "name": known["name_sv"][0] or known["name"][0],
        "country": "SE",
        "pic": known["pic"][0],
    }
    row["orgnr"] = "556016-0680" if known["orgnr"][0] else ""
    _, found = findings(csv(tmp_path, "organisations", [row]), "-C", FIXTURE)
    told = [one for one in found if one["code"] == "perhaps-same"]
    assert [(one["row"], one["severity"]) for one in told] == [(2, "info")]
    assert known["key"][0] in told[0]["message_en"]


def test_every_kind_of_source_and_table_can_be_said() -> None:
    result = run("--help")
    assert all(table in result.output.replace("\n", "") for table in TABLES)


def test_the_whole_build_is_checked(fixture_workspace: Workspace, fixture_build: Build) -> None:
    result = run("--build", "-C", fixture_workspace.root, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert f"Statements checked: {fixture_build.manifest['statements']['total']}" in result.stdout
    assert "constraints checked" in result.stdout


def test_the_check_of_a_build_finds_what_a_build_without_the_gate_let_in(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(FIXTURE, root, ignore=shutil.ignore_patterns(".ecograph"))
    path = root / "tables" / "projects.csv"
    frame = pl.read_csv(path, infer_schema=False)
    first = pl.int_range(pl.len()) == 0
    frame.with_columns(
        start=pl.when(first).then(pl.lit("2022-06")).otherwise("start"),
        end=pl.when(first).then(pl.lit("2021-06")).otherwise("end"),
    ).write_csv(path)

    class Silent:
        def stage(self, name: str, total: int | None) -> Any:
            from contextlib import nullcontext

            return nullcontext(lambda steps: None)

    build(load_workspace(root), Silent(), shacl=False)
    code, found = findings("--build", "-C", root)
    assert code == 2
    assert {one["code"] for one in found if one["severity"] == "violation"} == {"SPARQL eco:end"}


def test_a_file_and_the_build_are_not_checked_at_once() -> None:
    assert run(BAD, "--build").exit_code == 2
    assert "Name a file" in run().output


def test_the_report_is_never_half_written(tmp_path: Path) -> None:
    for form in ("terminal", "json", "xlsx"):
        result = run(BAD, "-C", FIXTURE, "--report", form, "-o", tmp_path / "none" / "report")
        assert result.exit_code == 1
        assert "There is no directory" in result.stderr


def test_bytes_of_the_annotated_workbook_open_from_memory() -> None:
    from ecograph.validation.workbook import annotate

    out = io.BytesIO()
    annotate([BAD], [], out, "sv")
    out.seek(0)
    assert "Inga avvikelser." in {
        row[0].value for row in openpyxl.load_workbook(out)["Granskning"].iter_rows()
    }
