"""CSV files and Excel workbooks as frames of text with the row numbers that a spreadsheet shows."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
from pathlib import Path

import fastexcel
import polars as pl

from ecograph.errors import Place, SourceError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# A geometry is longer than the module's usual limit of 131,072 characters.
csv.field_size_limit(2**31 - 1)

_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00(?:\.0+)?$"


def require(path: Path, remedy: str = "") -> Path:
    """Return `path` when it is a file or directory.

    Raises
    ------
    SourceError: naming the file and what to do, when it is missing.
    """
    if path.exists():
        return path
    raise SourceError(
        f"The file {path.name} is missing.",
        place=Place(str(path)),
        remedy=remedy or "Put the file there, or correct the source's path in ecograph.toml.",
    )


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, gzipped or not, without its byte order mark.

    Raises
    ------
    SourceError: when the file is missing, is not gzip in spite of its name, or is not UTF-8 (naming the
        first wrong byte and its line).
    """
    raw = require(path).read_bytes()
    if path.suffix == ".gz":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError) as error:
            raise SourceError(
                f"The file is not whole gzip: {error}.",
                place=Place(str(path)),
                remedy="Fetch the file again.",
            ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"The byte 0x{raw[error.start]:02X} on line {line} is not UTF-8; "
            "the file seems to be saved in another encoding (often Windows-1252).",
            place=Place(str(path), row=line),
            remedy="Save the file as UTF-8 (in Excel: Save as, 'CSV UTF-8'; in LibreOffice: character set "
            "UTF-8).",
        ) from error


def read_csv(path: Path, delimiter: str | None = ",", *, tolerant: bool = False) -> pl.DataFrame:
    """Read a CSV file (RFC 4180, UTF-8, gzipped or not) with every cell as text.

    Parameters
    ----------
    path: the file.
    delimiter: the delimiter expected; None takes the most frequent one of the header.
    tolerant: mend fields that open and close with a doubled quote, as some CORDIS files have.

    Returns
    -------
    The columns of the header and ``_row``: the number of the record with the header as 1, which is the
    row a spreadsheet shows, also where a cell holds line breaks. Empty cells are null; blank records are
    left out.

    Raises
    ------
    SourceError: for a missing or empty file, a wrong encoding or delimiter, a repeated column, or a record
        with more or fewer cells than the header.
    """
    text = read_text(path)
    if not text.strip():
        raise SourceError(
            "The file is empty.", place=Place(str(path)), remedy="The first row must name the columns."
        )
    delimiter = delimiter or _most_frequent(text)
    header = _header(text, path, delimiter)
    if tolerant:
        text = mend_quotes(text, delimiter)
    lengths = _lengths(text, path, delimiter)
    ragged = [row for row, length in enumerate(lengths, start=1) if length not in {0, len(header)}]
    if ragged:
        raise SourceError(
            f"The row has {lengths[ragged[0] - 1]} cells, but the header has {len(header)}"
            + (f"; {len(ragged) - 1} further rows differ too." if len(ragged) > 1 else "."),
            place=Place(str(path), row=ragged[0]),
            remedy="Put text that holds a delimiter or a quote in quotes, and double the quotes inside it.",
        )
    frame = _polars(text, delimiter, header)
    if frame is None or frame.height != len(lengths) - 1:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        cells = [record or [""] * len(header) for record in records][1:]
        frame = pl.DataFrame(cells, schema=dict.fromkeys(header, pl.String), orient="row")
    filled = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    numbered = filled.with_columns((pl.int_range(pl.len()) + 2).alias("_row"))
    return numbered.filter(~pl.all_horizontal(pl.exclude("_row").is_null()))


def sheet_names(path: Path) -> list[str]:
    """Return the names of a workbook's sheets.

    Raises
    ------
    SourceError: when the file is missing or no workbook.
    """
    return list(_workbook(path).sheet_names)


def read_sheet(path: Path, sheet: str | int = 0) -> pl.DataFrame:
    """Read one sheet of an Excel workbook with every cell as text; its first row names the columns.

    Returns the columns and ``_row``, the row that the spreadsheet shows. Blank rows are left out; a date
    without time is written as a date.

    Raises
    ------
    SourceError: when the file is missing or no workbook, or the sheet is missing or empty.
    """
    try:
        loaded = _workbook(path).load_sheet(sheet, header_row=None, dtypes="string")
    except (fastexcel.FastExcelError, ValueError) as error:
        raise SourceError(
            f"The sheet {sheet!r} cannot be read: {error}.", place=Place(str(path)), remedy="Check its name."
        ) from error
    cells: pl.DataFrame = loaded.to_polars()
    cells = cells.with_row_index("_row", offset=1).with_columns(pl.col("_row").cast(pl.Int64))
    cells = cells.filter(~pl.all_horizontal(pl.exclude("_row").is_null()))
    if cells.is_empty():
        raise SourceError(
            "The sheet is empty.",
            place=Place(str(path), str(sheet)),
            remedy="The first row must name the columns.",
        )
    named = {
        column: str(name).strip()
        for column, name in cells.drop("_row").row(0, named=True).items()
        if name is not None and str(name).strip()
    }
    _no_repeats(list(named.values()), path)
    frame = cells.slice(1).select(
        *(pl.col(old).cast(pl.String).alias(new) for old, new in named.items()), "_row"
    )
    return frame.with_columns(pl.exclude("_row").str.replace(_MIDNIGHT, "${1}"))


def mend_quotes(text: str, delimiter: str) -> str:
    """Return CSV text whose fields that open and close with a doubled quote are quoted once.

    CORDIS writes some texts as ``""The action ""X"" works""``: the outer quotes are doubled like those
    inside. Such a field starts where an even number of quotes stands before it; inside a well-formed
    field the number is odd.
    """
    start = re.compile(rf'""(?<=[{re.escape(delimiter)}\n]"")(?=[^"{re.escape(delimiter)}\r\n])')
    end = re.compile(rf'""(?={re.escape(delimiter)}"|\r?\n|\Z)')
    pieces: list[str] = []
    done = quotes = 0
    for match in start.finditer(text):
        if match.start() < done:
            continue
        quotes += text.count('"', done, match.start())
        pieces.append(text[done : match.start()])
        done = match.start()
        closing = end.search(text, match.end()) if quotes % 2 == 0 else None
        if closing:
            pieces.append(f'"{text[match.end() : closing.start()]}"')
            done = closing.end()
    return "".join([*pieces, text[done:]])


def _workbook(path: Path) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(require(path))
    except fastexcel.FastExcelError as error:
        raise SourceError(
            f"The file is no Excel workbook: {error}.",
            place=Place(str(path)),
            remedy="Save it as .xlsx, or as CSV UTF-8.",
        ) from error


def _header(text: str, path: Path, delimiter: str) -> list[str]:
    record = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = [name.strip() for name in record]
    if len(names) == 1:
        found = _most_frequent(names[0])
        if found in names[0] and found != delimiter:
            raise SourceError(
                f"The columns are split by {DELIMITERS[found]} ('{found}'), "
                f"but {DELIMITERS.get(delimiter, 'delimiter')} ('{delimiter}') is expected.",
                place=Place(str(path), row=1),
                remedy=f"Save the file with {DELIMITERS.get(delimiter, delimiter)} as the delimiter.",
            )
    _no_repeats(names, path)
    return names


def _most_frequent(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _no_repeats(names: list[str], path: Path) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise SourceError(
            f"The column {', '.join(repeated)} stands more than once in the header.",
            place=Place(str(path), row=1),
            remedy="Give every column a name of its own.",
        )


def _lengths(text: str, path: Path, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [len(record) for record in reader]
    except csv.Error as error:
        raise SourceError(
            f"The record cannot be read: {error}.",
            place=Place(str(path), row=reader.line_num),
            remedy="A quote is probably not closed; look at that line of the file.",
        ) from error


def _polars(text: str, delimiter: str, header: list[str]) -> pl.DataFrame | None:
    try:
        frame = pl.read_csv(text.encode(), separator=delimiter, infer_schema=False)
    except pl.exceptions.PolarsError:
        return None
    return frame.rename(dict(zip(frame.columns, header, strict=True)))


def require_columns(frame: pl.DataFrame, expected: tuple[str, ...], path: Path) -> None:
    """Check that a publisher's file has the columns that its reader needs.

    Raises
    ------
    SourceError: naming the missing ones and those that are there.
    """
    missing = [name for name in expected if name not in frame.columns]
    if missing:
        present = ", ".join(name for name in frame.columns if name != "_row")
        raise SourceError(
            f"The column {', '.join(missing)} is missing; the file has: {present}.",
            place=Place(str(path), row=1),
            remedy=f"Fetch the file again; expected: {', '.join(expected)}.",
        )
