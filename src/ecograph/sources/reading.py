"""What every reader does: gather parsed tables, findings, checksums and row counts into one batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from ecograph.config import SourceConfig, Workspace
from ecograph.errors import ConfigurationError, Place, SourceError
from ecograph.sources.tabular import checksum, read_text, require
from ecograph.tables import places
from ecograph.tables.batch import Batch
from ecograph.tables.canonical import TABLES
from ecograph.tables.messages import finding
from ecograph.tables.parse import duplicate_keys, parse

Progress = Callable[[int], None]
"""Called with the number of rows read since the last call."""

_COMMON_LOCALITIES = 10


class Reading:
    """One source being read: names its files and collects what becomes its batch."""

    def __init__(self, source: SourceConfig, workspace: Workspace, progress: Progress | None) -> None:
        self.source = source
        self.workspace = workspace
        self.batch = Batch(source=source, frames={})
        self._progress = progress
        self._parts: dict[str, list[pl.DataFrame]] = {}

    @property
    def country(self) -> str:
        """The country whose localities map to municipalities: the region's own."""
        return self.workspace.region.country

    @cached_property
    def localities(self) -> places.Localities:
        """The workspace's table of localities."""
        return places.localities(self.workspace)

    def option(self, name: str, default: Any = None) -> Any:
        """Return an option of the source's configuration."""
        return self.source.options.get(name, default)

    def name(self, path: Path) -> str:
        """Return a file's name for findings: relative to the workspace where it lies inside."""
        root = self.workspace.root
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name

    def file(self, which: str, usual: tuple[str, ...]) -> Path:
        """Return the file that an option names, else the first of the usual ones in the source's directory.

        Raises
        ------
        SourceError: when there is none.
        """
        directory = self.source.path
        named = self.option(which)
        candidates = [directory / name for name in ((named,) if named else usual)]
        found = next((path for path in candidates if path.is_file()), candidates[0])
        return require(
            found, f"Put it into {self.name(directory)}, or name another file in the option {which}."
        )

    def only_file(self, *patterns: str) -> Path:
        """Return the source's path when it is a file, else the one file in it that fits a pattern.

        Raises
        ------
        SourceError: when the path is missing or the directory does not hold exactly one such file.
        """
        path = require(self.source.path)
        if path.is_file():
            return path
        found = sorted(file for pattern in patterns for file in path.glob(pattern))
        if len(found) != 1:
            raise SourceError(
                f"{len(found)} files fit {' or '.join(patterns)}; one is expected.",
                place=Place(self.name(path)),
                remedy="Name the file itself as the source's path in ecograph.toml.",
            )
        return found[0]

    def took(self, path: Path, rows: int) -> None:
        """Count the rows of a file that was read, and keep its checksum."""
        self.batch.files[self.name(path)] = checksum(path)
        self.batch.rows_read += rows
        if self._progress:
            self._progress(rows)

    def add(self, table: str, frame: pl.DataFrame, path: Path, sheet: str | None = None) -> None:
        """Parse rows of text into a canonical table (see `parse`)."""
        parsed, findings = parse(
            frame, TABLES[table], source_id=self.source.id, file=self.name(path), sheet=sheet
        )
        self._parts.setdefault(table, []).append(parsed)
        self.batch.findings.extend(findings)

    def add_keyword_text(self, frame: pl.DataFrame, path: Path) -> None:
        """Add texts (columns ``project``, ``code``, ``_row``) for keyword rules; they are not stored."""
        filled = frame.with_columns(pl.col("code").str.replace_all(r"\s+", " ")).drop_nulls("code")
        self.add("classifications", filled.with_columns(pl.lit("keyword").alias("scheme")), path)

    def note(
        self, code: str, path: Path, column: str | None = None, *, row: int | None = None, **values: Any
    ) -> None:
        """Add a finding about a file (see `ecograph.tables.messages`)."""
        place = Place(self.name(path), row=row, column=column)
        self.batch.findings.append(finding(code, self.source.id, place, **values))

    def located(self, organisations: pl.DataFrame, path: Path, nuts: str | None = None) -> pl.DataFrame:
        """Give organisations (columns ``country``, ``city``) their municipality, in the region's country.

        Where the locality is not known, the NUTS 3 code in column `nuts` is used if there is one. The
        share not mapped is noted as a finding and in the batch's figures.
        """
        home = pl.col("country") == self.country
        codes = self.localities.codes(organisations["city"])
        code = pl.when(home).then(codes)
        located = organisations.with_columns(code.alias("municipality"))
        if nuts:
            fine = home & pl.col(nuts).str.contains(r"^[A-Z]{2}[A-Z0-9]{3}$")
            fallback = pl.when(fine).then(pl.col(nuts))
            located = located.with_columns(pl.coalesce("municipality", fallback).alias("municipality"))
        self._count_unplaced(located.filter(home), path)
        return located

    def _count_unplaced(self, inside: pl.DataFrame, path: Path) -> None:
        unplaced = inside.filter(pl.col("municipality").is_null())
        self.batch.figures |= {
            "organisations-in-country": inside.height,
            "organisations-not-placed": unplaced.height,
        }
        if unplaced.height:
            unknown = unplaced["city"].drop_nulls().value_counts(sort=True)["city"]
            names = ", ".join(sorted(unknown.head(_COMMON_LOCALITIES)))
            self.note(
                "not-placed",
                path,
                "city",
                unplaced=unplaced.height,
                total=inside.height,
                unnamed=unplaced["city"].null_count(),
                common_sv=f", vanligast okända: {names}" if names else "",
                common_en=f", most frequent unknown: {names}" if names else "",
            )

    def chosen(self, participations: pl.DataFrame, organisations: pl.DataFrame) -> pl.Series:
        """Return the keys of the projects that the source's options select, whole consortia.

        Option ``country``: projects with a participant of that country. Option ``select = "region"``:
        projects with a participant in the region's municipalities or its NUTS 3 area. Without either, all.

        Raises
        ------
        ConfigurationError: for another value of ``select``.
        """
        country, select = self.option("country"), self.option("select", "all")
        if select not in {"all", "region"}:
            raise ConfigurationError(
                f"The source {self.source.id} has the option select = {select!r}.",
                remedy='Use select = "region" or leave it out.',
            )
        wanted = pl.lit(True)
        if country:
            wanted = pl.col("country") == country
        if select == "region":
            region = self.workspace.region
            wanted = wanted & pl.col("municipality").is_in([*region.municipalities, region.nuts3])
        keys = organisations.filter(wanted)["key"] if country or select == "region" else organisations["key"]
        return participations.filter(pl.col("organisation").is_in(keys.implode()))["project"].unique()

    def finish(self) -> Batch:
        """Return the batch; a key that stands in two files is kept once."""
        for table, parts in self._parts.items():
            frame, findings = duplicate_keys(pl.concat(parts), self.source.id)
            self.batch.frames[table] = frame
            self.batch.findings.extend(findings)
        return self.batch


def read_json(path: Path) -> object:
    """Return what a JSON file holds.

    Raises
    ------
    SourceError: when the file is missing, not UTF-8 or not JSON (naming the line).
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise SourceError(
            f"The file is not valid JSON: {error.msg}.",
            place=Place(str(path), row=error.lineno),
            remedy="Fetch the file again; it may be cut short.",
        ) from error


def as_text(value: object) -> str | None:
    """Return a JSON value as a cell of text; null and empty text as None."""
    return None if value is None or value == "" else str(value)
