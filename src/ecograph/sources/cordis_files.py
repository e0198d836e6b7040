"""The files of a CORDIS set: their names, the columns read from each, and where they lie."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ecograph.sources import tabular
from ecograph.sources.reading import Reading

_FILES = {
    "project": ("project", "projects", "project_head100"),
    "organization": ("organization", "organisation", "orgs", "organization_head100"),
    "euroSciVoc": ("euroSciVoc", "euroSciVoc_head100"),
    "topics": ("topics", "topics_head100"),
    "legalBasis": ("legalBasis", "legalBasis_head100"),
}
_REQUIRED = {
    "project": ("id", "title", "startDate", "endDate", "totalCost"),
    "organization": ("projectID", "name", "country", "role", "ecContribution"),
    "euroSciVoc": ("projectID", "euroSciVocCode", "euroSciVocTitle"),
    "topics": ("projectID", "topic", "title"),
    "legalBasis": ("projectID", "legalBasis", "title"),
}
_OPTIONAL = {
    "project": ("acronym", "status", "frameworkProgramme", "legalBasis", "topics", "rcn", "objective"),
    "organization": (
        "organisationID",
        "vatNumber",
        "shortName",
        "SME",
        "activityType",
        "city",
        "nutsCode",
        "organizationURL",
        "contactForm",
        "contentUpdateDate",
        "netEcContribution",
        "endOfParticipation",
    ),
}


def load(reading: Reading, which: str, *, required: bool) -> tuple[Path, pl.DataFrame]:
    """Return the path and rows of one file of the set, with the columns read from it and ``_row``.

    A file that may be missing gives an empty frame.

    Raises
    ------
    SourceError: when a required file is missing, or the file cannot be read or lacks a required column.
    """
    directory = reading.source.path
    named = reading.option(which)
    names = (
        [named]
        if named
        else [f"{stem}.{ending}" for stem in _FILES[which] for ending in ("csv", "xlsx", "csv.gz")]
    )
    path = next((directory / name for name in names if (directory / name).is_file()), directory / names[0])
    if not required and not named and not path.is_file():
        return path, pl.DataFrame()
    tabular.require(path, f"Unpack the whole CORDIS set into {reading.name(directory)}.")
    frame = (
        tabular.read_sheet(path) if path.suffix == ".xlsx" else tabular.read_csv(path, None, tolerant=True)
    )
    tabular.require_columns(frame, _REQUIRED[which], path)
    reading.took(path, frame.height)
    wanted = (*_REQUIRED[which], *_OPTIONAL.get(which, ()))
    return path, frame.select(
        *(pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in wanted),
        "_row",
    )
