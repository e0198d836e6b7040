"""Amounts in euro, by the yearly mean rates that the workspace lists in `exchange-rates.csv`."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ecograph.errors import Place, SourceError

_COLUMNS = ("currency", "year", "rate")


def read_rates(path: Path) -> pl.DataFrame:
    """Return the rates: columns currency, year (Int64), rate (units of the currency for one euro).

    An absent file means that no amount is converted.

    Raises
    ------
    SourceError: when a column is missing or a cell is no number.
    """
    schema = {"currency": pl.String, "year": pl.Int64, "rate": pl.Float64}
    if not path.is_file():
        return pl.DataFrame(schema=schema)
    frame = pl.read_csv(path, infer_schema=False)
    missing = [name for name in _COLUMNS if name not in frame.columns]
    if missing:
        raise SourceError(
            f"The column {missing[0]} is missing.",
            place=Place(str(path), row=1),
            remedy=f"The columns are {', '.join(_COLUMNS)} and, if you like, source.",
        )
    try:
        return frame.select(pl.col(name).cast(kind) for name, kind in schema.items())
    except pl.exceptions.InvalidOperationError as error:
        raise SourceError(
            "A year or a rate is not a number.",
            place=Place(str(path)),
            remedy="Write the year as 2016 and the rate with a decimal point, as 9.4689.",
        ) from error


def in_euro(fundings: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Fill amount_eur, rate and rate_date where they are empty and a rate for the year is listed.

    An amount without a year, or of a currency and year without a rate, keeps amount_eur empty: a missing
    value is never a guess.
    """
    frame = fundings
    for name, kind in (
        ("amount_eur", pl.Float64),
        ("rate", pl.Float64),
        ("rate_date", pl.String),
        ("year", pl.Int64),
    ):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, dtype=kind).alias(name))
    listed = rates.rename({"rate": "_rate"})
    frame = frame.join(listed, on=["currency", "year"], how="left", maintain_order="left")
    euro = pl.col("currency") == "EUR"
    converted = (pl.col("amount") / pl.col("_rate")).round(2)
    unset = pl.col("amount_eur").is_null()
    by_rate = unset & ~euro & pl.col("_rate").is_not_null()
    return frame.with_columns(
        rate=pl.when(by_rate).then(pl.col("_rate")).otherwise(pl.col("rate")),
        rate_date=pl.when(by_rate).then(pl.col("year").cast(pl.String)).otherwise(pl.col("rate_date")),
        amount_eur=pl.when(unset & euro)
        .then(pl.col("amount"))
        .when(by_rate)
        .then(converted)
        .otherwise(pl.col("amount_eur")),
    ).drop("_rate")
