"""The years in which actors and ties were active, from the years of their projects."""

from __future__ import annotations

import polars as pl

from ecograph.network.incidence import TwoMode

SPELLS = pl.List(pl.Struct({"start": pl.Int64, "end": pl.Int64}))
"""Spans of whole years, both included, apart from one another and in order."""


def actor_years(network: TwoMode) -> pl.DataFrame:
    """Return id, spells, first_year, last_year, years of each actor with a dated project; see `tie_years`."""
    dated = network.participations.join(_years(network), on="project")
    return _spans(dated.select(pl.col("actor").alias("id"), "start", "end"), ["id"])


def tie_years(network: TwoMode) -> pl.DataFrame:
    """Return source, target (source before target), spells, first_year, last_year and years of each tie.

    A project without a known end that is not going on counts in its first year only; one that goes on until
    the last year of the data. `years` is the spells as text, such as ``2016-2020 2023``. Actors and ties of
    undated projects only have no row.
    """
    dated = network.participations.join(_years(network), on="project")
    pairs = dated.join(dated.select("project", "actor"), on="project", suffix="_other")
    pairs = pairs.filter(pl.col("actor") < pl.col("actor_other"))
    ends = [pl.col("actor").alias("source"), pl.col("actor_other").alias("target")]
    return _spans(pairs.select(*ends, "start", "end"), ["source", "target"])


def _years(network: TwoMode) -> pl.DataFrame:
    known = network.projects.filter(pl.col("start_year").is_not_null())
    latest = pl.max_horizontal(pl.col("start_year").max(), pl.col("end_year").max())
    alone = pl.when("open_end").then(latest).otherwise(pl.col("start_year"))
    end = pl.max_horizontal(pl.coalesce("end_year", alone), "start_year")
    return known.select("project", pl.col("start_year").alias("start"), end.cast(pl.Int64).alias("end"))


def _spans(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return the keys with their spans of years, spans that touch made one."""
    ordered = frame.unique().sort(*keys, "start", "end")
    before = pl.col("end").cum_max().shift(1).over(keys)
    # A span begins where all earlier years of the key ended before the year ahead of it.
    begins = (pl.col("start") > before + 1).fill_null(value=True)
    spans = (
        ordered.with_columns(begins.cast(pl.Int64).cum_sum().alias("span"))
        .group_by(*keys, "span", maintain_order=True)
        .agg(pl.col("start").min(), pl.col("end").max())
    )
    text = (
        pl.when(pl.col("start") == pl.col("end"))
        .then(pl.col("start").cast(pl.String))
        .otherwise(pl.format("{}-{}", "start", "end"))
    )
    return spans.group_by(*keys, maintain_order=True).agg(
        pl.struct("start", "end").alias("spells"),
        pl.col("start").min().alias("first_year"),
        pl.col("end").max().alias("last_year"),
        text.str.join(" ").alias("years"),
    )
