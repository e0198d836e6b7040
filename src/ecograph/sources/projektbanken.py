"""Kind ``projektbanken``: Tillväxtverket's list of regional fund projects, as JSON.

It names one beneficiary a project and no partners. Its places are where a project works, not where the
beneficiary sits. Project leaders, telephone numbers and e-mail addresses are never read.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from ecograph.config import SourceConfig, Workspace
from ecograph.errors import Place, SourceError
from ecograph.model.iris import slug
from ecograph.sources.cordis_terms import STATUS_BASIS_DATES, status_by_dates
from ecograph.sources.reading import Progress, Reading, as_text, read_json
from ecograph.tables.batch import Batch
from ecograph.tables.places import municipalities

_FIELDS = {
    "ärende-id": "id",
    "stödmottagare": "beneficiary",
    "beviljat_belopp_sek": "amount",
    "projektnamn": "title",
    "projektbeskrivning": "description",
    "projekt_starttid": "start",
    "projekt_sluttid": "end",
    "kommuner": "municipalities",
    "uppdateringsdatum": "updated",
    "område": "programme_area",
    "insatsområde": "axis",
    "tematiskt_mål": "objective",
    "_source": "source",
}
_REQUIRED = ("ärende-id", "stödmottagare", "projektnamn")
_MENDED_PLACES = {"Stenungssund": "Stenungsund"}
_OBJECTIVES = (
    (
        "forskning, teknisk utveckling|innovation$|forskning och innovation",
        "TO1",
        "Forskning, teknisk utveckling och innovation",
        "Research, technological development and innovation",
    ),
    ("koldioxidsnål", "TO4", "Koldioxidsnål ekonomi", "Low-carbon economy"),
    (
        r"\bIKT\b|informations- och kommunikation|bredband",
        "TO2",
        "Informations- och kommunikationsteknik",
        "Information and communication technologies",
    ),
    (
        r"små och medelstora företag|\bSMF\b",
        "TO3",
        "Små och medelstora företags konkurrenskraft",
        "Competitiveness of small and medium-sized enterprises",
    ),
    ("hållbara transporter", "TO7", "Hållbara transporter", "Sustainable transport"),
    (
        "stads- och samhällsutveckling|Huvudstadsregionen",
        "urban",
        "Hållbar stadsutveckling",
        "Sustainable urban development",
    ),
    ("Tekniskt stöd", "technical-assistance", "Tekniskt stöd", "Technical assistance"),
)
"""Spellings (regular expressions) of the objectives of Regulation (EU) 1303/2013, article 9, and labels."""

_NATIONAL = "Nationellt regionalfondsprogram"
_STATUS_BASIS = f"Beviljat stöd / Granted support. {STATUS_BASIS_DATES}"


def read(source: SourceConfig, workspace: Workspace, progress: Progress | None = None) -> Batch:
    """Read a list of projects from one JSON file, or the only one in a directory.

    Options: ``select = "region"`` keeps projects that work in the region's municipalities (nation-wide ones
    only with ``nationwide = true``).

    Raises
    ------
    SourceError: when the file is missing, is no JSON list, or its records lack a field.
    """
    reading = Reading(source, workspace, progress)
    path, rows = _records(reading)
    rows = _placed(reading, rows, path)
    if reading.option("select") == "region":
        inside = (
            pl.col("places")
            .str.split(";")
            .list.set_intersection(list(workspace.region.municipalities))
            .list.len()
            > 0
        )
        rows = rows.filter(
            inside.fill_null(False) | (pl.col("nationwide") & pl.lit(reading.option("nationwide", False)))
        )
    rows = rows.with_columns(
        ("projektbanken:" + pl.col("id")).alias("project"),
        ("projektbanken:" + pl.col("beneficiary").map_elements(slug, return_dtype=pl.String)).alias(
            "organisation"
        ),
        pl.col("start").str.extract(r"^(\d{4})").alias("start_year"),
    )
    _add_programmes(reading, rows, path)
    organisations = rows.unique("organisation", keep="first", maintain_order=True)
    reading.add(
        "organisations",
        organisations.select(
            pl.col("organisation").alias("key"), name="beneficiary", country=pl.lit("SE"), _row="_row"
        ),
        path,
    )
    reading.add("projects", _projects(rows, source.retrieved), path)
    reading.add(
        "participations",
        rows.select("project", "organisation", pl.lit("beneficiary").alias("role"), "_row"),
        path,
    )
    reading.add(
        "fundings",
        rows.drop_nulls("amount").select(
            "project",
            "organisation",
            pl.lit("granted-support").alias("money_kind"),
            "amount",
            pl.lit("SEK").alias("currency"),
            pl.col("start_year").alias("year"),
            "_row",
        ),
        path,
    )
    _classify(reading, rows, path)
    return reading.finish()


def _records(reading: Reading) -> tuple[Path, pl.DataFrame]:
    path = reading.only_file("*.json")
    records = read_json(path)
    if (
        not isinstance(records, list)
        or not all(isinstance(record, dict) for record in records)
        or not records
    ):
        raise SourceError(
            "The file holds no list of projects.", place=Place(str(path)), remedy="Fetch the JSON list again."
        )
    missing = [name for name in _REQUIRED if not any(name in record for record in records)]
    if missing:
        raise SourceError(
            f"The field {', '.join(missing)} is missing; there are: {', '.join(records[0])}.",
            place=Place(str(path)),
            remedy=f"Expected are: {', '.join(_FIELDS)}.",
        )
    reading.took(path, len(records))
    cells = [{new: as_text(record.get(old)) for old, new in _FIELDS.items()} for record in records]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(_FIELDS.values(), pl.String))
    return path, frame.with_columns((pl.int_range(pl.len()) + 1).alias("_row"))


def _placed(reading: Reading, rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Give rows their municipalities' codes; a project that names them all is nation-wide and has none."""
    by_name = {_squeezed(name): code for code, name in municipalities(reading.workspace).items()}
    named = rows.select("_row", pl.col("municipalities").str.split(",").alias("name")).explode("name")
    named = (
        named.with_columns(pl.col("name").str.strip_chars().replace(_MENDED_PLACES))
        .drop_nulls()
        .filter(pl.col("name") != "")
    )
    codes = {name: by_name.get(_squeezed(name)) for name in named["name"].unique()}
    unknown = named.filter(pl.col("name").is_in([name for name, code in codes.items() if code is None]))
    for name in sorted(unknown["name"].unique()):
        further = unknown.filter(pl.col("name") == name).height - 1
        reading.note(
            "unknown-place-name",
            path,
            "kommuner",
            row=unknown.filter(pl.col("name") == name)["_row"][0],
            value=name,
            more_sv=f" (även i {further} poster till)" if further else "",
            more_en=f" (as in {further} further records)" if further else "",
        )
    coded = named.with_columns(
        pl.col("name").replace_strict(codes, return_dtype=pl.String).alias("code")
    ).drop_nulls()
    gathered = coded.group_by("_row").agg(pl.col("code").unique().sort())
    joined = rows.join(gathered, on="_row", how="left", maintain_order="left")
    everywhere = (pl.col("code").list.len() >= pl.lit(max(len(by_name), 1))).fill_null(False)
    return joined.with_columns(
        everywhere.alias("nationwide"),
        pl.when(~everywhere).then(pl.col("code").list.join(";")).alias("places"),
    )


def _squeezed(name: str) -> str:
    """Return the name without blanks and case: the source has lost blanks in LillaEdet and ÖstraGöinge."""
    return "".join(name.split()).casefold()


def _add_programmes(reading: Reading, rows: pl.DataFrame, path: Path) -> None:
    areas = rows["programme_area"].drop_nulls().unique().sort().to_list()
    frame = pl.DataFrame(
        {
            "key": [programme_key(area) for area in areas],
            "label_sv": [_label(area, "Regionalfonden", "nationella programmet") for area in areas],
            "label_en": [_label(area, "ERDF", "national programme") for area in areas],
        },
        schema=dict.fromkeys(("key", "label_sv", "label_en"), pl.String),
    )
    years = pl.lit("2014").alias("start"), pl.lit("2020").alias("end"), pl.lit(1).alias("_row")
    reading.add("programmes", frame.with_columns(*years), path)


def programme_key(area: str) -> str:
    """Return the key of an area's regional fund programme: ``erdf-mellersta-norrland-2014-2020``."""
    return f"erdf-{'national' if area == _NATIONAL else slug(area)}-2014-2020"


def _label(area: str, fund: str, national: str) -> str:
    return f"{fund} {national if area == _NATIONAL else area} 2014–2020"


def _projects(rows: pl.DataFrame, retrieved: str) -> pl.DataFrame:
    return rows.select(
        pl.col("project").alias("key"),
        pl.col("title").alias("title_sv"),
        status_by_dates(retrieved).alias("status"),
        pl.lit(_STATUS_BASIS).alias("status_basis"),
        pl.lit(retrieved).alias("status_date"),
        "start",
        "end",
        "start_year",
        pl.col("end").str.extract(r"^(\d{4})").alias("end_year"),
        pl.col("programme_area").map_elements(programme_key, return_dtype=pl.String).alias("programme"),
        "places",
        pl.when(pl.col("nationwide")).then(pl.lit("true")).alias("nationwide"),
        pl.col("id").alias("grant_number"),
        pl.col("updated").str.slice(0, 10).alias("source_date"),
        pl.col("source").alias("source_url"),
        "_row",
    )


def _classify(reading: Reading, rows: pl.DataFrame, path: Path) -> None:
    stated = rows.with_columns(pl.coalesce("objective", "axis").alias("stated")).drop_nulls("stated")
    matched = pl.coalesce(
        pl.when(pl.col("stated").str.contains(f"(?i){pattern}")).then(pl.lit(code))
        for pattern, code, _, _ in _OBJECTIVES
    )
    for column, place in (("label_sv", 2), ("label_en", 3)):
        labels = {objective[1]: objective[place] for objective in _OBJECTIVES}
        stated = stated.with_columns(
            matched.replace_strict(labels, default=None, return_dtype=pl.String).alias(column)
        )
    frame = stated.with_columns(
        pl.coalesce(matched, "stated").alias("code"), pl.lit("thematic-objective").alias("scheme")
    )
    reading.add(
        "classifications", frame.select("project", "scheme", "code", "label_sv", "label_en", "_row"), path
    )
    text = pl.concat_str("title", "description", separator=" ", ignore_nulls=True).alias("code")
    reading.add_keyword_text(rows.select("project", text, "_row"), path)
