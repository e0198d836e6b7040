"""Kind ``cordis``: the CSV set that CORDIS has published since 2021 for Horizon 2020, Horizon Europe and FP7.

Read are ``project``, ``organization``, ``euroSciVoc``, ``topics`` and ``legalBasis``; contact persons are
never read. Columns that a vintage lacks count as empty.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from stdnum.se import orgnr

from ecograph.config import SourceConfig, Workspace
from ecograph.model.iris import slug
from ecograph.sources import cordis_terms as terms
from ecograph.sources.cordis_files import load
from ecograph.sources.reading import Progress, Reading
from ecograph.tables.batch import Batch

_PLACEHOLDER_PICS = [digit * 9 for digit in "0123456789"]
_STATUSES = {"CLOSED": "finished", "CLO": "finished", "TERMINATED": "cancelled"}
_BY_DATES = ["SIGNED", "ONG", "SUSPENDED"]
_SCHEMES = {
    "euroSciVoc": ("euroscivoc", "euroSciVocCode", "euroSciVocTitle"),
    "topics": ("topic", "topic", "title"),
    "legalBasis": ("programme-part", "legalBasis", "title"),
}


def read(source: SourceConfig, workspace: Workspace, progress: Progress | None = None) -> Batch:
    """Read a CORDIS set from a directory, CSV or XLSX, with any of CORDIS's delimiters.

    Options: ``country`` and ``select`` (see `Reading.chosen`); ``project``, ``organization``,
    ``euroSciVoc``, ``topics``, ``legalBasis``: names of the files where they differ from CORDIS's;
    ``keyword_text = false`` leaves out the texts for keyword rules.

    Raises
    ------
    SourceError: when the file of projects or organisations is missing, or one cannot be read.
    """
    reading = Reading(source, workspace, progress)
    organisations_path, rows = load(reading, "organization", required=True)
    projects_path, projects = load(reading, "project", required=True)
    projects = projects.unique("id", keep="first", maintain_order=True)
    rows = _known_projects(reading, organisations_path, _organisation_rows(rows), projects["id"])
    organisations = reading.located(_organisations(rows), organisations_path, nuts="nutsCode").drop(
        "nutsCode"
    )
    if reading.option("country") or reading.option("select"):
        chosen = reading.chosen(rows, organisations)
        rows = rows.filter(pl.col("project").is_in(chosen.implode()))
        projects = projects.filter(("cordis:" + pl.col("id")).is_in(chosen.implode()))
        organisations = organisations.filter(pl.col("key").is_in(rows["organisation"].implode()))
    rows = _without_duplicates(reading, rows, organisations_path)
    reading.add("organisations", organisations, organisations_path)
    _add_projects(reading, projects, projects_path)
    years = projects.select(
        ("cordis:" + pl.col("id")).alias("project"), pl.col("startDate").str.slice(0, 4).alias("year")
    )
    participations = rows.unique(["project", "organisation", "role"], keep="first", maintain_order=True)
    reading.add(
        "participations",
        participations.select(
            "project", "organisation", "role", sme="SME", ended="endOfParticipation", _row="_row"
        ),
        organisations_path,
    )
    _add_money(reading, rows, projects, years, (organisations_path, projects_path))
    for which in _SCHEMES:
        _classify(reading, which, projects, projects_path)
    return reading.finish()


def _organisation_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each row its keys: the PIC, which may stand in the contact form's address only, else the name."""
    stated = pl.col("organisationID").str.strip_chars().str.replace(r"\.0$", "")
    in_address = pl.col("contactForm").str.extract(r"/project/(\d+)/")
    real = [
        pl.when(pic.str.contains(r"^\d{9}$") & ~pic.is_in(_PLACEHOLDER_PICS)).then(pic)
        for pic in (stated, in_address)
    ]
    named = pl.concat_str(pl.col("name"), pl.col("country"), separator=" ", ignore_nulls=True)
    return (
        rows.with_columns(pl.coalesce(real).alias("pic"), terms.country(), terms.role())
        .with_columns(pl.when(pl.col("pic").is_null()).then(named).alias("_named"))
        .with_columns(pl.col("_named").map_elements(slug, return_dtype=pl.String).alias("_named"))
        .with_columns(
            ("cordis:" + pl.coalesce("pic", pl.concat_str(pl.lit("name-"), "_named"))).alias("organisation"),
            ("cordis:" + pl.col("projectID").str.replace(r"\.0$", "")).alias("project"),
        )
    )


def _known_projects(reading: Reading, path: Path, rows: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    known = rows["project"].is_in(("cordis:" + ids).implode())
    if not known.all():
        lost = rows.filter(~known)
        reading.note(
            "no-such-record",
            path,
            "projectID",
            row=lost["_row"][0],
            value=lost["project"][0].removeprefix("cordis:"),
            target="project",
            count=lost.height,
        )
    return rows.filter(known)


def _organisations(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per organisation, the most recently updated one."""
    latest = rows.sort("contentUpdateDate", descending=True, nulls_last=True, maintain_order=True)
    latest = latest.unique("organisation", keep="first", maintain_order=True).sort("_row")
    vat = pl.col("vatNumber").str.to_uppercase().str.replace_all(r"[\s.\-]", "")
    latest = latest.with_columns(
        pl.when(vat.str.contains(r"^[A-Z]{2}[A-Z0-9]*\d[A-Z0-9]*$")).then(vat).alias("vat")
    )
    swedish = latest["vat"].str.extract(r"^SE(\d{10})\d{2}$")
    # A number that fails its check digit was never stated as an organisation number: the VAT number stays.
    valid = [number for number in swedish.unique().drop_nulls() if orgnr.is_valid(number)]
    address = pl.col("organizationURL").str.strip_chars()
    with_scheme = pl.when(address.str.contains(r"^https?://")).then(address).otherwise("http://" + address)
    short = pl.col("shortName").str.replace_all(";", ",", literal=True)
    return latest.with_columns(swedish.alias("_orgnr")).select(
        pl.col("organisation").alias("key"),
        pl.col("name").str.strip_chars(' "'),
        pl.when(short.str.to_lowercase() != pl.col("name").str.to_lowercase())
        .then(short)
        .alias("other_names"),
        *terms.kind("activityType"),
        "country",
        "city",
        "nutsCode",
        pl.when(pl.col("_orgnr").is_in(valid) | pl.col("_orgnr").str.contains(r"^..[01]"))
        .then("_orgnr")
        .alias("orgnr"),
        "vat",
        "pic",
        pl.when(with_scheme.str.contains(r"^https?://[^\s.]+\.\S+$")).then(with_scheme).alias("website"),
        "_row",
    )


def _without_duplicates(reading: Reading, rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Leave out rows that differ in `order` alone; one organisation may well stand in a project twice."""
    same = ["project", "organisation", "role", "ecContribution", "netEcContribution", "endOfParticipation"]
    unique = rows.unique(same, keep="first", maintain_order=True)
    if unique.height < rows.height:
        reading.note("duplicates-dropped", path, count=rows.height - unique.height)
    return unique


def _add_projects(reading: Reading, projects: pl.DataFrame, path: Path) -> None:
    retrieved = reading.source.retrieved
    code = pl.col("status").str.strip_chars().str.to_uppercase()
    unknown = projects.filter(code.is_not_null() & ~code.is_in([*_STATUSES, *_BY_DATES]))
    for value, count in unknown["status"].value_counts().sort("status").iter_rows():
        reading.note(
            "unknown-code",
            path,
            "status",
            value=value,
            count=count,
            instead_sv="projektets datum får avgöra",
            instead_en="the project's dates decide instead",
        )
    scope = pl.coalesce("frameworkProgramme", "legalBasis").str.to_uppercase()
    programme = (
        pl.when(scope.str.contains("^HORIZON"))
        .then(pl.lit("horizon-europe"))
        .when(scope.str.contains("^(?:H2020|EU\\.)"))
        .then(pl.lit("horizon-2020"))
        .when(scope.str.contains("^FP7"))
        .then(pl.lit("fp7"))
    )
    by_dates = terms.status_by_dates(retrieved, "startDate", "endDate")
    explicit = code.replace_strict(_STATUSES, default=None, return_dtype=pl.String)
    frame = projects.with_columns(programme.alias("programme")).select(
        ("cordis:" + pl.col("id")).alias("key"),
        pl.col("title").str.strip_chars(' "').alias("title_en"),
        "acronym",
        pl.coalesce(explicit, by_dates).alias("status"),
        pl.when(explicit.is_not_null())
        .then("CORDIS: " + code)
        .otherwise(pl.lit(terms.STATUS_BASIS_DATES))
        .alias("status_basis"),
        pl.lit(retrieved).alias("status_date"),
        pl.col("startDate").alias("start"),
        pl.col("endDate").alias("end"),
        pl.col("startDate").str.extract(r"^(\d{4})").alias("start_year"),
        pl.col("endDate").str.extract(r"^(\d{4})").alias("end_year"),
        "programme",
        pl.col("id").alias("grant_number"),
        pl.col("rcn").str.replace(r"\.0$", "").alias("record_number"),
        ("cordis-rcn:" + pl.col("rcn").str.replace(r"\.0$", "")).alias("same_as"),
        ("https://cordis.europa.eu/project/id/" + pl.col("id")).alias("source_url"),
        "_row",
    )
    reading.add(
        "programmes", terms.programmes(frame["programme"].unique().drop_nulls().sort().to_list()), path
    )
    reading.add("projects", frame, path)
    if reading.option("keyword_text", True):
        reading.add_keyword_text(
            projects.select(
                ("cordis:" + pl.col("id")).alias("project"),
                "_row",
                pl.concat_str("title", "objective", separator=" ", ignore_nulls=True).alias("code"),
            ),
            path,
        )


def _add_money(
    reading: Reading,
    rows: pl.DataFrame,
    projects: pl.DataFrame,
    years: pl.DataFrame,
    paths: tuple[Path, Path],
) -> None:
    """Support per organisation, net of what it passes on where stated; zero total costs are unknown."""
    amount = terms.money("netEcContribution")
    granted = rows.with_columns(pl.coalesce(amount, terms.money("ecContribution")).alias("amount"))
    granted = granted.drop_nulls("amount").join(years, on="project", how="left", maintain_order="left")
    euro = pl.lit("EUR").alias("currency"), pl.col("amount").alias("amount_eur")
    reading.add(
        "fundings",
        granted.select(
            "project",
            "organisation",
            pl.lit("granted-support").alias("money_kind"),
            "amount",
            *euro,
            "year",
            "_row",
        ),
        paths[0],
    )
    budgets = (
        projects.select(
            ("cordis:" + pl.col("id")).alias("project"),
            terms.known_money("totalCost").alias("amount"),
            "_row",
        )
        .drop_nulls("amount")
        .join(years, on="project", how="left", maintain_order="left")
    )
    reading.add(
        "fundings",
        budgets.select(
            "project", pl.lit("total-budget").alias("money_kind"), "amount", *euro, "year", "_row"
        ),
        paths[1],
    )


def _classify(reading: Reading, which: str, projects: pl.DataFrame, projects_path: Path) -> None:
    """Codes of a table of its own; where the set lacks it, those that the projects' file repeats."""
    scheme, code, title = _SCHEMES[which]
    path, frame = load(reading, which, required=False)
    if frame.is_empty():
        if which == "euroSciVoc":
            return
        path = projects_path
        frame = projects.select(
            pl.col("id").alias("projectID"),
            pl.col(which).str.split(";").alias(code),
            pl.lit(None, pl.String).alias(title),
            "_row",
        ).explode(code)
    rows = frame.select(
        ("cordis:" + pl.col("projectID").str.replace(r"\.0$", "")).alias("project"),
        pl.lit(scheme).alias("scheme"),
        pl.col(code).str.strip_chars().alias("code"),
        pl.col(title).str.strip_chars(' "').alias("label_en"),
        "_row",
    ).drop_nulls("code")
    if not (reading.option("country") or reading.option("select")):
        rows = _known_projects(reading, path, rows, projects["id"])
    rows = rows.filter(pl.col("project").is_in(("cordis:" + projects["id"]).implode()))
    reading.add("classifications", rows.unique(["project", "code"], keep="first", maintain_order=True), path)
