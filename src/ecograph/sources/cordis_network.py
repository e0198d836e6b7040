"""Kind ``cordis-network``: Horizon 2020 as participations without names, joined to an older list of names.

The files are those derived by the project eunets from CORDIS (one row a participation, one row a
programme part) and a Tulip export of organisations of 2017, whose text was read as Mac Roman. `rcn` is the
record number of a project, not its grant number.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ecograph.config import SourceConfig, Workspace
from ecograph.sources import cordis_terms as terms
from ecograph.sources import tabular
from ecograph.sources.mending import mend
from ecograph.sources.reading import Progress, Reading
from ecograph.tables.batch import Batch

_PROGRAMME = "horizon-2020"
_FILES = {
    "participations": ("h2020.csv.gz", "h2020.csv"),
    "programme_parts": ("programme_parts.csv.gz", "programme_parts.csv"),
    "organisations": ("organisations-2017.csv.gz", "organisations-2017.csv", "stacked_dump.csv.gz"),
}


def read(source: SourceConfig, workspace: Workspace, progress: Progress | None = None) -> Batch:
    """Read the participations, programme parts and names of Horizon 2020 from a directory.

    Options: ``country`` and ``select`` (see `Reading.chosen`); ``participations``, ``programme_parts``,
    ``organisations``: names of the files, relative to the directory, where they differ from the usual.

    Raises
    ------
    SourceError: when a file is missing or cannot be read.
    """
    reading = Reading(source, workspace, progress)
    path = reading.file("participations", _FILES["participations"])
    rows = _participations(reading, path)
    organisations = _organisations(reading, rows, path)
    chosen = reading.chosen(rows.select("project", "organisation"), organisations)
    rows = rows.filter(pl.col("project").is_in(chosen.implode()))
    organisations = organisations.filter(pl.col("key").is_in(rows["organisation"].implode()))
    reading.add("programmes", terms.programmes([_PROGRAMME]), path)
    reading.add("organisations", reading.located(organisations, path), path)
    reading.add("projects", _projects(rows, source.retrieved), path)
    reading.add("participations", rows.select("project", "organisation", "role", "_row"), path)
    reading.add("fundings", _fundings(rows), path)
    _classify(reading, chosen)
    return reading.finish()


def _participations(reading: Reading, path: Path) -> pl.DataFrame:
    frame = tabular.read_csv(path)
    tabular.require_columns(
        frame,
        (
            "rcn",
            "role",
            "pic",
            "type",
            "contribution",
            "country",
            "start_date",
            "end_date",
            "total_cost",
            "start_year",
            "end_year",
        ),
        path,
    )
    reading.took(path, frame.height)
    # R writes NA for what is missing; as a country it may also be Namibia, so it says nothing.
    frame = frame.with_columns(pl.when(pl.col(pl.String) != "NA").then(pl.col(pl.String)))
    return frame.with_columns(
        ("cordis-rcn:" + pl.col("rcn")).alias("project"),
        ("cordis:" + pl.col("pic")).alias("organisation"),
        terms.role(),
        terms.country(),
    )


def _organisations(reading: Reading, rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """One row per PIC: kind and country of its first participation, name and city of the older list."""
    names_path = reading.file("organisations", _FILES["organisations"])
    names = tabular.read_csv(names_path)
    tabular.require_columns(names, ("orgId", "name", "shortName", "city"), names_path)
    reading.took(names_path, names.height)
    names = names.drop_nulls("orgId").unique("orgId", keep="first", maintain_order=True)
    names = names.select("orgId", "name", "shortName", "city").with_columns(
        mend(names[column], "mac_roman").alias(column) for column in ("name", "shortName", "city")
    )
    named = pl.col("name").is_not_null()
    joined = rows.unique("pic", keep="first", maintain_order=True).join(
        names, left_on="pic", right_on="orgId", how="left"
    )
    other = pl.col("shortName").str.replace_all(";", ",", literal=True)
    return joined.select(
        pl.col("organisation").alias("key"),
        pl.when(named).then(pl.col("name")).alias("name"),
        pl.when(~named).then("Organisation med PIC " + pl.col("pic")).alias("name_sv"),
        pl.when(~named).then("Organisation with PIC " + pl.col("pic")).alias("name_en"),
        pl.when(other.str.to_lowercase() != pl.col("name").str.to_lowercase())
        .then(other)
        .alias("other_names"),
        *terms.kind("type"),
        "country",
        "city",
        "pic",
        "_row",
    )


def _projects(rows: pl.DataFrame, retrieved: str) -> pl.DataFrame:
    projects = rows.unique("rcn", keep="first", maintain_order=True)
    projects = projects.rename({"start_date": "start", "end_date": "end"})
    return projects.select(
        pl.col("project").alias("key"),
        ("Horisont 2020, post " + pl.col("rcn")).alias("title_sv"),
        ("Horizon 2020, record " + pl.col("rcn")).alias("title_en"),
        terms.status_by_dates(retrieved).alias("status"),
        pl.lit(terms.STATUS_BASIS_DATES).alias("status_basis"),
        pl.lit(retrieved).alias("status_date"),
        "start",
        "end",
        "start_year",
        "end_year",
        pl.lit(_PROGRAMME).alias("programme"),
        pl.col("rcn").alias("record_number"),
        ("https://cordis.europa.eu/project/rcn/" + pl.col("rcn")).alias("source_url"),
        "_row",
    )


def _fundings(rows: pl.DataFrame) -> pl.DataFrame:
    """Support per participation, and the total budget once a project; zero costs are costs not known."""
    granted = rows.drop_nulls("contribution").select(
        "project",
        "organisation",
        pl.lit("granted-support").alias("money_kind"),
        pl.col("contribution").alias("amount"),
        "start_year",
        "_row",
    )
    budgets = rows.unique("rcn", keep="first", maintain_order=True).select(
        "project",
        pl.lit(None, pl.String).alias("organisation"),
        pl.lit("total-budget").alias("money_kind"),
        terms.known_money("total_cost").alias("amount"),
        "start_year",
        "_row",
    )
    together = pl.concat([granted, budgets.drop_nulls("amount")])
    return together.select(
        pl.exclude("start_year"),
        pl.lit("EUR").alias("currency"),
        pl.col("amount").alias("amount_eur"),
        pl.col("start_year").alias("year"),
    )


def _classify(reading: Reading, chosen: pl.Series) -> None:
    path = reading.file("programme_parts", _FILES["programme_parts"])
    parts = tabular.read_csv(path)
    tabular.require_columns(parts, ("rcn", "programme_part"), path)
    reading.took(path, parts.height)
    parts = parts.with_columns(("cordis-rcn:" + pl.col("rcn")).alias("project")).filter(
        pl.col("project").is_in(chosen.implode()) & pl.col("programme_part").is_not_null()
    )
    unique = parts.unique(["project", "programme_part"], keep="first", maintain_order=True)
    reading.add(
        "classifications",
        unique.select(
            "project",
            pl.lit("programme-part").alias("scheme"),
            pl.col("programme_part").alias("code"),
            "_row",
        ),
        path,
    )
