"""From frames of text to canonical frames: every cell checked, rows in violation left out with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

import polars as pl
from stdnum.se import orgnr

from ecograph.errors import Place, SourceError
from ecograph.tables import cells
from ecograph.tables.batch import Finding
from ecograph.tables.known import class_keys, concept_keys, nearest
from ecograph.tables.messages import finding
from ecograph.tables.personal import MASK, is_personal, mask, ten_digits
from ecograph.tables.schema import ORIGIN, Column, Table

_ORGANISATION_NUMBERS = ("orgnr", "vat")
_PERSONAL = (*_ORGANISATION_NUMBERS, "name", "name_sv", "name_en", "other_names", "website")
_CANONICAL_ORGNR = r"^(\d{6})-?(\d{4})$"
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Check:
    """One thing that may be wrong: `bad` is true in the rows where it is."""

    code: str
    column: str
    bad: pl.Expr
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Where:
    """The file and source that findings name."""

    source: str
    file: str
    sheet: str | None


def parse(
    frame: pl.DataFrame,
    table: Table,
    *,
    source_id: str,
    file: str,
    sheet: str | None = None,
    first_row: int = 2,
) -> tuple[pl.DataFrame, list[Finding]]:
    """Check a frame of text against a canonical table and give its columns their types.

    Parameters
    ----------
    frame: columns of text named as the table's; a column ``_row`` (integer) gives true row numbers, else
        rows are counted from `first_row`. A missing optional column counts as empty.
    table: the canonical table.
    source_id, file, sheet: what findings and the columns ``_file`` and ``_sheet`` name.

    Returns
    -------
    The rows without violation, with all columns of the table and ``_file``, ``_sheet``, ``_row``; and the
    findings, at most one per cell. No finding holds a personal number.

    Raises
    ------
    SourceError: when a required column is missing.
    """
    where = _Where(source_id, file, sheet)
    findings = _unknown_columns(frame, table, where)
    text = _text(frame, table, where, first_row)
    checks = _checks(table)
    marks = text.select(check.bad.fill_null(False).alias(str(n)) for n, check in enumerate(checks))
    failed = [check for n, check in enumerate(checks) if marks[str(n)].any()]
    rejected = pl.Series("rejected", [False]).new_from_index(0, text.height)
    if failed:
        columns = [marks[str(checks.index(check))] for check in failed]
        rejected = reduce(lambda left, right: left | right, columns)
        findings += _describe(text, table, where, list(zip(failed, columns, strict=True)))
    if "orgnr" in table.names:
        wrong = _wrong_check_digits(text)
        fresh = wrong & ~rejected
        findings += _describe(text, table, where, [(_Check("bad-check-digit", "orgnr", pl.lit(True)), fresh)])
        rejected = rejected | wrong
    return _typed(text.filter(~rejected), table), findings


def duplicate_keys(frame: pl.DataFrame, source_id: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Leave out rows of a canonical frame whose key stands in an earlier row, which may be another file's.

    Returns the other rows and one finding for each row left out.
    """
    if "key" not in frame.columns or frame["key"].is_first_distinct().all():
        return frame, []
    again = frame.filter(~pl.col("key").is_first_distinct())
    firsts = {
        row["key"]: row for row in frame.filter(pl.col("key").is_first_distinct()).iter_rows(named=True)
    }
    findings = []
    for row in again.iter_rows(named=True):
        place = Place(row["_file"], row["_sheet"], row["_row"], "key")
        first = firsts[row["key"]]
        record = {
            name: mask(str(cell)) for name, cell in row.items() if cell is not None and name not in ORIGIN
        }
        findings.append(
            finding(
                "duplicate-key",
                source_id,
                place,
                record=record,
                value=mask(row["key"]),
                first_sv=f"{first['_file']}, rad {first['_row']}",
                first_en=f"{first['_file']}, row {first['_row']}",
            )
        )
    return frame.filter(pl.col("key").is_first_distinct()), findings


def _unknown_columns(frame: pl.DataFrame, table: Table, where: _Where) -> list[Finding]:
    missing = [
        column.name for column in table.columns if column.required and column.name not in frame.columns
    ]
    if missing:
        raise SourceError(
            f"The required column {', '.join(missing)} is missing in the table {table.name}.",
            place=Place(where.file, where.sheet),
            remedy=f"The first row must name the columns; expected: {', '.join(table.names)}.",
        )
    return [
        finding(
            "unknown-column",
            where.source,
            Place(where.file, where.sheet, 1, name),
            table=table.name,
            known=", ".join(table.names),
            **nearest(name, table.names),
        )
        for name in frame.columns
        if name not in table.names and not name.startswith("_")
    ]


def _text(frame: pl.DataFrame, table: Table, where: _Where, first_row: int) -> pl.DataFrame:
    rows = pl.col("_row").cast(pl.Int64) if "_row" in frame.columns else pl.int_range(pl.len()) + first_row
    return frame.select(
        *(
            cells.stripped(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
            for name in table.names
        ),
        pl.lit(where.file).alias("_file"),
        pl.lit(where.sheet, pl.String).alias("_sheet"),
        rows.cast(pl.Int64).alias("_row"),
    )


def _checks(table: Table) -> list[_Check]:
    checks = []
    for column in table.columns:
        if column.required:
            checks.append(
                _Check("required-empty", column.name, pl.col(column.name).is_null(), _example(column))
            )
        checks += _value_checks(column, table)
    if "key" in table.names:
        again = pl.col("key").is_not_null() & ~pl.col("key").is_first_distinct()
        checks.append(_Check("duplicate-key", "key", again))
    if table.name == "declared_links":
        areas = cells.listed("areas")
        checks.append(
            _Check("not-two-areas", "areas", (areas.list.n_unique() != 2) | (areas.list.len() != 2))
        )
    for name in _ORGANISATION_NUMBERS:
        if name in table.names:
            checks.append(_Check("sole-trader", name, is_personal(name) & _swedish(name)))
    return checks


def _swedish(name: str) -> pl.Expr:
    """Whether a number is Swedish: ten digits alone are a VAT number in other countries too."""
    if name != "vat":
        return pl.lit(True)
    return pl.col("vat").str.to_uppercase().str.starts_with("SE") | (
        pl.col("country").fill_null("SE") == "SE"
    )


def _value_checks(column: Column, table: Table) -> Iterator[_Check]:
    filled = pl.col(column.name).is_not_null()
    value = cells.value(column)
    match column.kind:
        case "date":
            yield _Check("bad-date", column.name, filled & value.is_null())
        case "integer" | "decimal":
            code = "not-an-integer" if column.kind == "integer" else "not-a-number"
            yield _Check(code, column.name, filled & value.is_null())
            if column.minimum is not None:
                code = "negative-amount" if column.minimum == 0 else "too-small"
                yield _Check(code, column.name, value < column.minimum, {"minimum": f"{column.minimum:g}"})
        case "boolean":
            yield _Check("not-a-boolean", column.name, filled & value.is_null())
        case "concept" | "term":
            yield _closed(column, table, value)
        case _:
            if column.pattern:
                values = {"pattern": column.pattern, **_example(column)}
                yield _Check(
                    "bad-pattern", column.name, ~pl.col(column.name).str.contains(column.pattern), values
                )


def _closed(column: Column, table: Table, value: pl.Expr) -> _Check:
    concept = column.kind == "concept"
    known = concept_keys(column.target or column.name) if concept else class_keys(table.rdf_class)
    inside = value.list.eval(pl.element().is_in(known)).list.all() if column.many else value.is_in(known)
    code = "unknown-concept" if concept else "unknown-class"
    return _Check(code, column.name, ~inside, {"scheme": column.target, "keys": known, "known": _some(known)})


def _wrong_check_digits(text: pl.DataFrame) -> pl.Series:
    numbers = text.select(ten_digits("orgnr").alias("digits"))["digits"]
    wrong = [number for number in numbers.unique().drop_nulls() if not orgnr.is_valid(number)]
    return numbers.is_in(wrong).fill_null(False)


def _describe(
    text: pl.DataFrame, table: Table, where: _Where, marked: list[tuple[_Check, pl.Series]]
) -> list[Finding]:
    findings: dict[tuple[int, str], Finding] = {}
    firsts: dict[str, int] = {}
    if any(check.code == "duplicate-key" for check, _ in marked):
        firsts = dict(text.filter(pl.col("key").is_first_distinct()).select("key", "_row").iter_rows())
    # A personal number is told as such and never a second time as a number of the wrong form.
    for check, bad in sorted(marked, key=lambda pair: pair[0].code != "sole-trader"):
        for row in text.filter(bad).iter_rows(named=True):
            at = (row["_row"], check.column)
            if at in findings:
                continue
            record = _record(row, table, personal=check.code == "sole-trader")
            values = {**check.values, "value": record.get(check.column, "")}
            if "keys" in values:
                values |= nearest(record[check.column], check.values["keys"])  # type: ignore[arg-type]
            if check.code == "duplicate-key":
                first = firsts[row["key"]]
                values |= {"first_sv": f"rad {first}", "first_en": f"row {first}"}
            place = Place(where.file, where.sheet, row["_row"], check.column)
            findings[at] = finding(check.code, where.source, place, record=record, **values)
    return sorted(findings.values(), key=lambda one: one.place.row or 0)


def _record(row: dict[str, str], table: Table, *, personal: bool) -> dict[str, str]:
    numbers = {column.name for column in table.columns if column.kind in {"integer", "decimal", "wkt"}}
    record = {
        name: row[name] if name in numbers else mask(row[name])
        for name in table.names
        if row[name] is not None
    }
    if personal:
        # Blanks in odd places can hide a number from the pattern, and the firm's name is often the person's.
        record |= {name: MASK for name in _PERSONAL if name in record}
    return record


def _typed(text: pl.DataFrame, table: Table) -> pl.DataFrame:
    frame = text.select(*(cells.value(column).cast(cells.dtype(column)) for column in table.columns), *ORIGIN)
    if "orgnr" in table.names:
        frame = frame.with_columns(pl.col("orgnr").str.replace(_CANONICAL_ORGNR, "${1}-${2}"))
    return frame


def _example(column: Column) -> dict[str, object]:
    if not column.example:
        return {"example_sv": "", "example_en": ""}
    return {
        "example_sv": f", till exempel {column.example}",
        "example_en": f", for instance {column.example}",
    }


def _some(known: tuple[str, ...]) -> str:
    return ", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
