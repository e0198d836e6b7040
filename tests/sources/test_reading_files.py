"""CSV files and workbooks: what is wrong with a whole file is told once, with the place and the remedy."""

from __future__ import annotations

import gzip
from datetime import datetime

import pytest
import xlsxwriter

from ecograph.errors import ConfigurationError, SourceError
from ecograph.sources import tabular


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def test_a_missing_file_is_named_with_its_remedy(tmp_path):
    with pytest.raises(SourceError) as caught:
        tabular.read_csv(tmp_path / "gone.csv")
    assert "gone.csv" in str(caught.value) and "ecograph.toml" in caught.value.remedy


def test_a_wrong_encoding_names_byte_and_line(tmp_path):
    path = write(tmp_path / "a.csv", "key,name\na,Umea\nb,Umeå\n", "cp1252")
    with pytest.raises(SourceError) as caught:
        tabular.read_csv(path)
    assert "0xE5" in caught.value.message and "line 3" in caught.value.message
    assert "UTF-8" in caught.value.remedy


@pytest.mark.parametrize(("found", "name"), [(";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_a_wrong_delimiter_names_the_found_and_the_expected_one(tmp_path, found, name):
    path = write(tmp_path / "a.csv", f"key{found}name\na{found}A, B\n")
    with pytest.raises(SourceError) as caught:
        tabular.read_csv(path)
    assert name in caught.value.message and "comma" in caught.value.message


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n"])
def test_an_empty_file_is_told(tmp_path, text):
    with pytest.raises(SourceError, match="empty"):
        tabular.read_csv(write(tmp_path / "a.csv", text))


@pytest.mark.parametrize("row", ["b", "b,B,more"])
def test_a_ragged_row_is_named(tmp_path, row):
    with pytest.raises(SourceError) as caught:
        tabular.read_csv(write(tmp_path / "a.csv", f"key,name\na,A\n{row}\n"))
    assert caught.value.place.row == 3 and "the header has 2" in caught.value.message


def test_a_repeated_column_is_named(tmp_path):
    with pytest.raises(SourceError, match="more than once"):
        tabular.read_csv(write(tmp_path / "a.csv", "key,name,key\na,A,b\n"))


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    assert tabular.read_csv(write(tmp_path / "a.csv", "\ufeffkey,name\na,A\n")).columns == [
        "key",
        "name",
        "_row",
    ]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    path = write(tmp_path / "a.csv", 'key,name\r\na,"two\r\nlines"\r\n\r\nb,B\r\n')
    frame = tabular.read_csv(path)
    assert frame.rows() == [("a", "two\r\nlines", 2), ("b", "B", 4)]


def test_a_gzipped_file_is_read_and_a_broken_one_told(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"key\na\n"))
    assert tabular.read_csv(path)["key"].to_list() == ["a"]
    path.write_bytes(path.read_bytes()[:12])
    with pytest.raises(SourceError, match="gzip"):
        tabular.read_csv(path)


def test_a_workbook_sheet_is_read_with_its_row_numbers(tmp_path):
    path = tmp_path / "tables.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("projects")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["key", "start", "start_year"])
        sheet.write_row(1, 0, ["a"])
        sheet.write_datetime(1, 1, datetime(2016, 9, 1), day)
        sheet.write_number(1, 2, 2016)
        sheet.write_row(3, 0, ["b", "2017", "2017"])
    frame = tabular.read_sheet(path, "projects")
    assert frame.columns == ["key", "start", "start_year", "_row"]
    assert frame["_row"].to_list() == [2, 4]
    assert frame["start"].to_list() == ["2016-09-01", "2017"]
    assert frame["start_year"].to_list() == ["2016", "2017"]


def test_a_file_that_is_no_workbook_is_told(tmp_path):
    with pytest.raises(SourceError, match="no Excel workbook"):
        tabular.sheet_names(write(tmp_path / "a.xlsx", "key,name\n"))


def test_doubled_outer_quotes_are_mended_and_doubled_inner_ones_kept():
    text = 'a;b\n"1";""The action ""X"" works""\n"2";"well;""X"" ok"\n"3";""Y; ""Z""""\n"4";""\n'
    assert tabular.mend_quotes(text, ";") == (
        'a;b\n"1";"The action ""X"" works"\n"2";"well;""X"" ok"\n"3";"Y; ""Z"""\n"4";""\n'
    )


def test_an_unknown_kind_of_source_lists_the_known_ones(read_source, tmp_path):
    with pytest.raises(ConfigurationError) as caught:
        read_source("cordiz", tmp_path)
    assert "cordis-network" in caught.value.remedy


def test_tables_are_read_from_csv_files_and_workbooks(read_source, tmp_path):
    tables = tmp_path / "own"
    tables.mkdir()
    write(tables / "organisations.csv", "key,name\na,A\nb,B\n")
    write(tables / "projekts.csv", "key\nx\n")
    with xlsxwriter.Workbook(tables / "more.xlsx") as book:
        sheet = book.add_worksheet("organisations")
        sheet.write_row(0, 0, ["key", "name"])
        sheet.write_row(1, 0, ["c", "C"])
        sheet.write_row(2, 0, ["a", "again"])
        book.add_worksheet("notes")
    batch = read_source("tables", tables)
    assert batch.frames["organisations"]["key"].to_list() == ["a", "b", "c"]
    assert batch.rows_read == 4
    assert set(batch.files) == {"own/organisations.csv", "own/more.xlsx"}
    assert all(len(checksum) == 64 for checksum in batch.files.values())
    codes = {finding.code: finding for finding in batch.findings}
    assert set(codes) == {"unknown-table", "duplicate-key"}
    assert codes["duplicate-key"].place.sheet == "organisations"
    assert "own/organisations.csv, row 2" in codes["duplicate-key"].message_en
    assert any("'projects'" in finding.remedy_en for finding in batch.findings)


def test_a_directory_without_tables_is_told(read_source, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(SourceError) as caught:
        read_source("tables", tmp_path / "none")
    assert "participations" in caught.value.remedy


@pytest.mark.parametrize(
    "kind", ["tables", "cordis", "cordis-network", "cordis-fp7-network", "projektbanken", "swecris"]
)
def test_every_reader_names_a_missing_path_with_a_remedy(read_source, tmp_path, kind):
    with pytest.raises(SourceError) as caught:
        read_source(kind, tmp_path / "gone")
    assert "gone" in str(caught.value) and caught.value.remedy
