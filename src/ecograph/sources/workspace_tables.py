"""Kind ``tables``: the workspace's own canonical tables, as CSV files or sheets of Excel workbooks."""

from __future__ import annotations

from pathlib import Path

from ecograph.config import SourceConfig, Workspace
from ecograph.errors import Place, SourceError
from ecograph.sources import tabular
from ecograph.sources.reading import Progress, Reading
from ecograph.tables.batch import Batch
from ecograph.tables.canonical import TABLES
from ecograph.tables.known import nearest
from ecograph.tables.sheets import ASIDE


def read(source: SourceConfig, workspace: Workspace, progress: Progress | None = None) -> Batch:
    """Read every ``<table>.csv`` and every ``.xlsx`` with sheets named as tables in a directory, or one file.

    Options: ``delimiter`` of the CSV files (default comma); ``table``, the table of a CSV file or of a
    workbook's first sheet that is not named as one. Sheets that the template and the check add are not read.

    Raises
    ------
    SourceError: when the path is missing, holds no table, or a file cannot be read (see `tabular`) or lacks
        a required column.
    """
    reading = Reading(source, workspace, progress)
    path = tabular.require(source.path, "Make the directory with the tables, or correct the source's path.")
    files = sorted(path.glob("*.csv")) + sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
    for file in files:
        if file.name.startswith((".", "~$")):
            continue
        if file.suffix == ".xlsx":
            _workbook(reading, file)
        else:
            _csv(reading, file)
    if not reading.batch.files:
        raise SourceError(
            "There is no table here.",
            place=Place(str(path)),
            remedy=f"Name each file (or sheet) as its table: {', '.join(TABLES)}.",
        )
    return reading.finish()


def _csv(reading: Reading, file: Path) -> None:
    table = reading.option("table") or file.stem
    if table not in TABLES:
        _unknown(reading, file, table)
        return
    frame = tabular.read_csv(file, reading.option("delimiter", ","))
    reading.took(file, frame.height)
    reading.add(table, frame, file)


def _workbook(reading: Reading, file: Path) -> None:
    sheets = [sheet for sheet in tabular.sheet_names(file) if sheet not in ASIDE]
    for number, sheet in enumerate(sheets):
        table = reading.option("table", sheet) if number == 0 and sheet not in TABLES else sheet
        if table not in TABLES:
            _unknown(reading, file, sheet)
            continue
        frame = tabular.read_sheet(file, sheet)
        reading.took(file, frame.height)
        reading.add(table, frame, file, sheet)


def _unknown(reading: Reading, file: Path, name: str) -> None:
    reading.note("unknown-table", file, table=name, known=", ".join(TABLES), **nearest(name, TABLES))
