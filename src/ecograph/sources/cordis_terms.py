"""The codes of CORDIS, common to all its files: countries, roles, kinds of organisation, statuses."""

from __future__ import annotations

import polars as pl

COUNTRIES = {"UK": "GB", "EL": "GR"}
"""CORDIS's own country codes and their ISO 3166 ones; the others are the same."""

ROLES = {
    "coordinator": "coordinator",
    "participant": "participant",
    "partner": "partner",
    "thirdparty": "third-party",
    "associatedpartner": "associated-partner",
    "internationalpartner": "international-partner",
    "beneficiary": "beneficiary",
}
"""Roles in lower case, and the keys of the vocabulary ``role``."""

HELICES = {"HES": "academia", "REC": "academia", "PRC": "industry", "PUB": "public-sector"}
"""Activity types by helix; OTH says nothing."""

TYPES = {"REC": "ResearchInstitute", "PRC": "Company"}
"""Activity types by class; HES holds schools as well as universities, PUB every kind of authority."""

PROGRAMMES = {
    "horizon-europe": ("Horisont Europa", "Horizon Europe", "2021", "2027"),
    "horizon-2020": ("Horisont 2020", "Horizon 2020", "2014", "2020"),
    "fp7": ("Sjunde ramprogrammet", "Seventh Framework Programme", "2007", "2013"),
}
"""Label in Swedish, label in English, first and last year of each framework programme, by key."""

STATUS_BASIS_DATES = "Projektets datum mot källans datum / The project's dates against the source's date"


def country(column: str = "country") -> pl.Expr:
    """Return the ISO 3166 code of a CORDIS country code."""
    return pl.col(column).str.strip_chars().str.to_uppercase().replace(COUNTRIES).alias("country")


def kind(column: str) -> list[pl.Expr]:
    """Return the canonical columns ``helix``, ``type`` and ``classified_by`` of an activity type."""
    code = pl.col(column).str.strip_chars().str.to_uppercase()
    helix = code.replace_strict(HELICES, default=None, return_dtype=pl.String)
    return [
        helix.alias("helix"),
        code.replace_strict(TYPES, default=None, return_dtype=pl.String).alias("type"),
        pl.when(helix.is_not_null()).then(pl.lit("source")).alias("classified_by"),
    ]


def role(column: str = "role") -> pl.Expr:
    """Return the key of a role; an unknown role stands as it is, for the check to name it."""
    return pl.col(column).str.strip_chars().str.to_lowercase().replace(ROLES).alias("role")


def status_by_dates(retrieved: str, start: str = "start", end: str = "end") -> pl.Expr:
    """Return the status that a granted project's dates give it on the day the source was retrieved.

    Finished when it ended before that day, granted when it had not begun or has no dates, else ongoing.
    Dates are ISO 8601 and compare as text; a day of retrieval known only by year or month counts as that
    whole year or month.
    """
    known = len(retrieved)
    ended, begins = pl.col(end).str.slice(0, known) < retrieved, pl.col(start).str.slice(0, known) > retrieved
    undated = pl.col(start).is_null() & pl.col(end).is_null()
    return (
        pl.when(ended)
        .then(pl.lit("finished"))
        .when(begins | undated)
        .then(pl.lit("granted"))
        .otherwise(pl.lit("ongoing"))
    )


def money(column: str) -> pl.Expr:
    """Return amounts with a decimal point, whichever of ``363031.25`` and ``363031,25`` stands there.

    CORDIS writes no thousands separators, so a comma is always the decimal sign.
    """
    return pl.col(column).str.strip_chars().str.replace(",", ".", literal=True)


def known_money(column: str) -> pl.Expr:
    """Return amounts where zero means 'not known', as in ``totalCost``: such zeros become null."""
    amount = money(column)
    return pl.when(amount.cast(pl.Float64, strict=False) != 0).then(amount)


def programmes(keys: list[str]) -> pl.DataFrame:
    """Return the rows of the table of programmes for these keys of `PROGRAMMES`."""
    columns = ("key", "label_sv", "label_en", "start", "end")
    rows = [(key, *PROGRAMMES[key]) for key in keys]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.with_columns(pl.lit(1).alias("_row"))
