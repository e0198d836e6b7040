"""How cells of text become values: one polars expression per kind, null where the text is no such value."""

from __future__ import annotations

import polars as pl

from ecograph.tables.schema import Column, Kind

_SPACES = r"[\s\u00a0\u2007\u2009\u202f]"
_TRUE = ("true", "1", "yes", "ja", "sant", "1.0")
_FALSE = ("false", "0", "no", "nej", "falskt", "0.0")

DTYPES: dict[Kind, pl.DataType] = {
    "integer": pl.Int64(),
    "decimal": pl.Float64(),
    "boolean": pl.Boolean(),
}


def dtype(column: Column) -> pl.DataType:
    """Return the polars type of a canonical column: text unless it holds numbers or truth values."""
    single = DTYPES.get(column.kind, pl.String())
    return pl.List(single) if column.many else single


def stripped(name: str) -> pl.Expr:
    """Return the column's text without surrounding blanks; null when nothing is left."""
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text).otherwise(None).alias(name)


def listed(name: str) -> pl.Expr:
    """Return the values of a cell split by ``;``, empty ones left out; null when none is left."""
    parts = pl.col(name).str.split(";").list.eval(pl.element().str.strip_chars())
    filled = parts.list.eval(pl.element().filter(pl.element() != ""))
    return pl.when(filled.list.len() > 0).then(filled).alias(name)


def integer(name: str) -> pl.Expr:
    """Return whole numbers; ``2016.0`` as spreadsheets write it is one."""
    bare = pl.col(name).str.replace_all(_SPACES, "").str.extract(r"^(-?\d{1,18})(?:\.0+)?$")
    return bare.cast(pl.Int64, strict=False)


def decimal(name: str) -> pl.Expr:
    """Return numbers with a decimal point or comma, blanks between thousands left out.

    A comma before exactly three digits is no number: it could be either sign (1,234).
    """
    bare = pl.col(name).str.replace_all(_SPACES, "")
    clear = bare.str.contains(r"^-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$") & ~bare.str.contains(
        r"^-?\d{1,3},\d{3}$"
    )
    number = bare.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(clear).then(number).otherwise(None)


def boolean(name: str) -> pl.Expr:
    """Return truth values written in Swedish, English or digits."""
    lower = pl.col(name).str.to_lowercase()
    true = lower.is_in(_TRUE)
    return pl.when(true | lower.is_in(_FALSE)).then(true).otherwise(None)


def date(name: str) -> pl.Expr:
    """Return ISO 8601 dates as exact as they are known; null where the day does not exist."""
    text = pl.col(name)
    whole = text.str.to_date("%Y-%m-%d", strict=False).is_not_null() & (text.str.len_chars() == 10)
    coarse = text.str.contains(r"^\d{4}(?:-(?:0[1-9]|1[0-2]))?$")
    return pl.when(coarse | whole).then(text).otherwise(None)


def value(column: Column) -> pl.Expr:
    """Return the expression that reads a column of that kind from stripped text."""
    readers = {"integer": integer, "decimal": decimal, "boolean": boolean, "date": date}
    if column.many:
        return listed(column.name).alias(column.name)
    reader = readers.get(column.kind)
    return (reader(column.name) if reader else pl.col(column.name)).alias(column.name)
