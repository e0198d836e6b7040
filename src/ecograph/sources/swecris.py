"""Kind ``swecris``: research projects of Swedish funders, as the JSON answer or the CSV export of Swecris.

It names the coordinating organisation of a project and no partners. People are left out before anything
else is done with the records.
"""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from ecograph.config import SourceConfig, Workspace
from ecograph.errors import Place, SourceError
from ecograph.sources import tabular
from ecograph.sources.cordis_terms import STATUS_BASIS_DATES, status_by_dates
from ecograph.sources.reading import Progress, Reading, as_text, read_json
from ecograph.tables.batch import Batch
from ecograph.tables.personal import is_personal

_COORDINATOR, _FUNDER = "coordinatingOrganisation", "fundingOrganisation"
_FIELDS = (
    "projectId",
    "projectTitleSv",
    "projectTitleEn",
    "projectAbstractSv",
    "projectAbstractEn",
    "projectStartDate",
    "projectEndDate",
    "fundingsSek",
    "fundingYear",
    "scbs",
    *(
        who + what
        for who in (_COORDINATOR, _FUNDER)
        for what in ("Id", "NameSv", "NameEn", "TypeOfOrganisationEn")
    ),
)
_REPEATING_SUFFIX = "RJ"
"""The export lists very many of Vinnova's grants once more as Riksbankens Jubileumsfond's."""

_KINDS = {
    "University": ("academia", "HigherEducationInstitution"),
    "University College": ("academia", "HigherEducationInstitution"),
    "Company": ("industry", "Company"),
    "Governmental": ("public-sector", "PublicAuthority"),
    "Non profits & Foundations": ("civil-society", None),
}
_UNCLASSIFIED = {"9", "999", "99999"}
_SCB_ENTRY = re.compile(r"(?:^|,)\s*(\d{1,5}):\s*(.*?)\s*(?=,\s*\d{1,5}:|$)", re.DOTALL)


def read(source: SourceConfig, workspace: Workspace, progress: Progress | None = None) -> Batch:
    """Read an answer (``.json``) or export (``.csv``, ``.csv.gz``), or the only one in a directory.

    Option ``coordinators``: a list of organisation numbers; only projects that these coordinate are read.

    Raises
    ------
    SourceError: when the file is missing, cannot be read, or lacks the field of project numbers.
    """
    reading = Reading(source, workspace, progress)
    path = reading.only_file("*.json", "*.csv", "*.csv.gz")
    rows = _records(reading, path)
    coordinators = reading.option("coordinators")
    if coordinators:
        rows = rows.filter(pl.col(_COORDINATOR + "Id").is_in(list(coordinators)))
    rows = _merged(reading, rows, path)
    rows = rows.with_columns(
        *(_organisation_key(who) for who in (_COORDINATOR, _FUNDER)),
        pl.col("projectStartDate").str.slice(0, 10).alias("start"),
        pl.col("projectEndDate").str.slice(0, 10).alias("end"),
    ).with_columns(pl.col("start").str.extract(r"^(\d{4})").alias("start_year"))
    reading.add(
        "organisations",
        pl.concat([_organisations(rows, who) for who in (_COORDINATOR, _FUNDER)]).unique(
            "key", keep="first", maintain_order=True
        ),
        path,
    )
    reading.add("projects", _projects(rows, source.retrieved), path)
    taking_part = rows.drop_nulls(_COORDINATOR).select(
        "project", pl.col(_COORDINATOR).alias("organisation"), pl.lit("coordinator").alias("role"), "_row"
    )
    reading.add("participations", taking_part, path)
    reading.add("fundings", _fundings(rows), path)
    reading.add("classifications", _scb_codes(rows), path)
    texts = [pl.col(name) for name in _FIELDS if name.startswith(("projectTitle", "projectAbstract"))]
    text = pl.concat_str(texts, separator=" ", ignore_nulls=True).str.replace_all(r"<[^>]+>", " ")
    reading.add_keyword_text(rows.select("project", text.alias("code"), "_row"), path)
    return reading.finish()


def _records(reading: Reading, path: Path) -> pl.DataFrame:
    """Return the fields wanted, as text; all others, people among them, are dropped here."""
    if path.suffix == ".json":
        answer = read_json(path)
        records = answer.get("result") if isinstance(answer, dict) else answer
        if not isinstance(records, list) or not records or not all(isinstance(one, dict) for one in records):
            raise SourceError(
                "The file holds no list of projects in 'result'.",
                place=Place(reading.name(path)),
                remedy="Fetch the answer of the Swecris API again.",
            )
        cells = [{name: _cell(name, record.get(name)) for name in _FIELDS} for record in records]
        frame = pl.DataFrame(cells, schema=dict.fromkeys(_FIELDS, pl.String))
        frame = frame.with_columns((pl.int_range(pl.len()) + 1).alias("_row"))
    else:
        frame = tabular.read_csv(path, None)
        frame = frame.rename(
            {name: name[0].lower() + name[1:] for name in frame.columns if name[0].isupper()}
        )
        tabular.require_columns(
            frame, ("projectId", "projectTitleSv", _COORDINATOR + "Id", "fundingsSek"), path
        )
        frame = frame.select(
            *(
                pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
                for name in _FIELDS
            ),
            "_row",
        )
    reading.took(path, frame.height)
    return frame


def _cell(name: str, value: object) -> str | None:
    if name == "scbs" and isinstance(value, list):
        return "".join("¤¤¤ " + ", ".join(_scb_level(one, level) for level in (1, 3, 5)) for one in value)
    return as_text(value)


def _scb_level(subject: dict[str, object], level: int) -> str:
    code, swedish, english = (subject.get(f"scb{level}{field}") for field in ("Id", "NameSv", "NameEn"))
    return f"{code}: {swedish}¤{english}"


def _merged(reading: Reading, rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Merge rows of the same number and title under two funders' suffixes, and give every row its key.

    A number alone is no identity: another funder may use it for another project.
    """
    parts = pl.col("projectId").str.extract_groups(r"^(?<number>.+?)(?:_(?<suffix>[^_]*))?$")
    title = pl.coalesce("projectTitleSv", "projectTitleEn", "projectId").str.to_lowercase().str.strip_chars()
    rows = rows.with_columns(parts.alias("_parts"), title.alias("_title")).unnest("_parts")
    rows = rows.with_columns((pl.col("suffix") == _REPEATING_SUFFIX).fill_null(False).alias("_copy"))
    merged = (
        rows.sort("_copy", "_row")
        .unique(["number", "_title"], keep="first", maintain_order=True)
        .sort("_row")
    )
    if merged.height < rows.height:
        reading.note("duplicates-dropped", path, count=rows.height - merged.height)
    shared = pl.len().over("number") > 1
    key = pl.when(shared).then(pl.col("projectId")).otherwise(pl.col("number"))
    return merged.with_columns(("swecris:" + key).alias("project"))


def _organisation_key(who: str) -> pl.Expr:
    """Return an organisation's key: its number, but never a person's, which stands for a sole trader."""
    person = is_personal(who + "Id").fill_null(False)
    by_row = pl.concat_str(pl.lit("swecris:sole-trader-in-row-"), pl.col("_row").cast(pl.String))
    return pl.when(person).then(by_row).otherwise("swecris:" + pl.col(who + "Id")).alias(who)


def _organisations(rows: pl.DataFrame, who: str) -> pl.DataFrame:
    kind = pl.col(who + "TypeOfOrganisationEn").str.strip_chars()
    helix = kind.replace_strict(
        {name: pair[0] for name, pair in _KINDS.items()}, default=None, return_dtype=pl.String
    )
    kinds = {name: pair[1] for name, pair in _KINDS.items() if pair[1]}
    return rows.drop_nulls(who).select(
        pl.col(who).alias("key"),
        pl.col(who + "NameSv").alias("name_sv"),
        pl.col(who + "NameEn").alias("name_en"),
        helix.alias("helix"),
        kind.replace_strict(kinds, default=None, return_dtype=pl.String).alias("type"),
        pl.when(helix.is_not_null()).then(pl.lit("source")).alias("classified_by"),
        pl.lit("SE").alias("country"),
        pl.col(who + "Id").alias("orgnr"),
        "_row",
    )


def _projects(rows: pl.DataFrame, retrieved: str) -> pl.DataFrame:
    untitled, number = (
        pl.col("projectTitleSv").is_null() & pl.col("projectTitleEn").is_null(),
        pl.col("number"),
    )
    return rows.select(
        pl.col("project").alias("key"),
        pl.when(untitled).then("Swecris, projekt " + number).otherwise("projectTitleSv").alias("title_sv"),
        pl.when(untitled).then("Swecris, project " + number).otherwise("projectTitleEn").alias("title_en"),
        status_by_dates(retrieved).alias("status"),
        pl.lit(STATUS_BASIS_DATES).alias("status_basis"),
        pl.lit(retrieved).alias("status_date"),
        "start",
        "end",
        "start_year",
        pl.col("end").str.extract(r"^(\d{4})").alias("end_year"),
        pl.col("number").alias("grant_number"),
        ("Swecris, projectId " + pl.col("projectId")).alias("source_url"),
        "_row",
    )


def _fundings(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop_nulls("fundingsSek").select(
        "project",
        pl.col(_COORDINATOR).alias("organisation"),
        pl.col(_FUNDER).alias("funder"),
        pl.lit("granted-support").alias("money_kind"),
        pl.col("fundingsSek").alias("amount"),
        pl.lit("SEK").alias("currency"),
        pl.coalesce("fundingYear", "start_year").alias("year"),
        "_row",
    )


def _scb_codes(rows: pl.DataFrame) -> pl.DataFrame:
    found = [
        {"project": project, "scheme": "scb", "code": code, "label_sv": sv, "label_en": en, "_row": row}
        for project, text, row in rows.select("project", "scbs", "_row").drop_nulls("scbs").iter_rows()
        for code, sv, en in scb_entries(text)
    ]
    columns = dict.fromkeys(("project", "scheme", "code", "label_sv", "label_en"), pl.String)
    frame = pl.DataFrame(found, schema={**columns, "_row": pl.Int64})
    return frame.unique(["project", "code"], keep="first", maintain_order=True)


def scb_entries(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return code, Swedish and English name of each research subject, all levels, without the unclassified.

    >>> scb_entries("¤¤¤ 2: Teknik, Engineering and Technology, 205: Materialteknik, Materials Engineering")
    [('2', 'Teknik', 'Engineering and Technology'), ('205', 'Materialteknik', 'Materials Engineering')]

    The export splits the two names by a comma, which names hold too: they are told apart only where the
    number of commas leaves the middle one.
    """
    entries = []
    for piece in text.split("¤¤¤"):
        for code, names in _SCB_ENTRY.findall(piece.strip()):
            if code not in _UNCLASSIFIED:
                entries.append((code, *_both_names(names)))
    return entries


def _both_names(names: str) -> tuple[str | None, str | None]:
    if "¤" in names:
        swedish, english = names.split("¤", 1)
        return swedish, english
    parts = names.split(", ")
    if len(parts) % 2:
        return None, None
    half = len(parts) // 2
    return ", ".join(parts[:half]), ", ".join(parts[half:])
