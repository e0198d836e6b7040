"""Kind ``cordis-fp7-network``: the Seventh Framework Programme as pairs of project and organisation.

The files are those derived from CORDIS for the eu-research-funding-network: no titles, dates, roles or
money. An organisation's id is its PIC where that was known and otherwise a checksum.
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

_FILES = {
    "participations": ("fp7edges.csv.gz", "fp7edges.csv"),
    "organisations": ("fp7org.csv.gz", "fp7org.csv", "fp7org_sod16.csv.gz"),
}
_ENDED = "Sjunde ramprogrammet är avslutat / The Seventh Framework Programme has ended"
_NUTS = "REGION_Level_NUTS_3"


def read(source: SourceConfig, workspace: Workspace, progress: Progress | None = None) -> Batch:
    """Read FP7's participations and organisations from a directory.

    Options: ``country`` and ``select`` (see `Reading.chosen`); ``participations``, ``organisations``: names
    of the files where they differ from the usual.

    Raises
    ------
    SourceError: when a file is missing or cannot be read.
    """
    reading = Reading(source, workspace, progress)
    path, rows = _participations(reading)
    names_path, organisations = _organisations(reading)
    located = reading.located(organisations, names_path, nuts=_NUTS).drop(_NUTS)
    chosen = reading.chosen(rows, located)
    rows = rows.filter(pl.col("project").is_in(chosen.implode()))
    reading.add("programmes", terms.programmes(["fp7"]), path)
    reading.add(
        "organisations", located.filter(pl.col("key").is_in(rows["organisation"].implode())), names_path
    )
    reading.add("projects", _projects(rows, source.retrieved), path)
    reading.add(
        "participations",
        rows.select("project", "organisation", pl.lit("participant").alias("role"), "_row"),
        path,
    )
    return reading.finish()


def _participations(reading: Reading) -> tuple[Path, pl.DataFrame]:
    path = reading.file("participations", _FILES["participations"])
    frame = tabular.read_csv(path, "\t")
    tabular.require_columns(frame, ("projectRcn", "new_org_id"), path)
    reading.took(path, frame.height)
    unique = frame.unique(["projectRcn", "new_org_id"], keep="first", maintain_order=True)
    if unique.height < frame.height:
        reading.note("duplicates-dropped", path, count=frame.height - unique.height)
    return path, unique.select(
        ("cordis-rcn:" + pl.col("projectRcn")).alias("project"),
        _key().alias("organisation"),
        "projectRcn",
        "_row",
    )


def _organisations(reading: Reading) -> tuple[Path, pl.DataFrame]:
    path = reading.file("organisations", _FILES["organisations"])
    frame = tabular.read_csv(path, ";")
    tabular.require_columns(frame, ("new_org_id", "organisationName", "country", "city"), path)
    reading.took(path, frame.height)
    unique = frame.drop_nulls("new_org_id").unique("new_org_id", keep="first", maintain_order=True)
    if unique.height < frame.height:
        reading.note("duplicates-dropped", path, count=frame.height - unique.height)
    unique = unique.with_columns(
        mend(unique[column], "cp1252").alias(column)
        for column in ("organisationName", "organisationShortName", "city")
    )
    name, short = (
        pl.col("organisationName"),
        pl.col("organisationShortName").str.replace_all(";", ",", literal=True),
    )
    address = pl.col("organizationUrl")
    with_scheme = pl.when(address.str.contains(r"^https?://")).then(address).otherwise("http://" + address)
    return path, unique.select(
        _key().alias("key"),
        pl.coalesce("organisationName", "organisationShortName").alias("name"),
        pl.when(name.is_null() & short.is_null()).then("Organisation " + _key()).alias("name_sv"),
        pl.when(name.is_null() & short.is_null()).then("Organisation " + _key()).alias("name_en"),
        pl.when(short.str.to_lowercase() != name.str.to_lowercase()).then(short).alias("other_names"),
        pl.when(pl.col("country").str.contains(r"^[A-Za-z]{2}$")).then(terms.country()).alias("country"),
        "city",
        pl.col(_NUTS).str.strip_chars().str.to_uppercase().alias(_NUTS),
        pl.when(_is_pic()).then(pl.col("new_org_id")).alias("pic"),
        pl.when(with_scheme.str.contains(r"^https?://[^\s.]+\.\S+$")).then(with_scheme).alias("website"),
        "_row",
    )


def _projects(rows: pl.DataFrame, retrieved: str) -> pl.DataFrame:
    return rows.unique("project", keep="first", maintain_order=True).select(
        pl.col("project").alias("key"),
        ("Sjunde ramprogrammet, post " + pl.col("projectRcn")).alias("title_sv"),
        ("FP7, record " + pl.col("projectRcn")).alias("title_en"),
        pl.lit("finished").alias("status"),
        pl.lit(_ENDED).alias("status_basis"),
        pl.lit(retrieved).alias("status_date"),
        pl.lit("fp7").alias("programme"),
        pl.col("projectRcn").alias("record_number"),
        ("https://cordis.europa.eu/project/rcn/" + pl.col("projectRcn")).alias("source_url"),
        "_row",
    )


def _is_pic() -> pl.Expr:
    return pl.col("new_org_id").str.contains(r"^\d{9}$")


def _key() -> pl.Expr:
    prefix = pl.when(_is_pic()).then(pl.lit("cordis:")).otherwise(pl.lit("fp7:"))
    return prefix + pl.col("new_org_id")
