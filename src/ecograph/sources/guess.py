"""Which reader a file is for, told from its name, its sheets and its header."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ecograph.errors import Place, SourceError
from ecograph.sources import tabular
from ecograph.sources.reading import read_json
from ecograph.sources.registry import KINDS
from ecograph.tables.canonical import TABLES

_DIRECTORIES = {
    "cordis": {"organization", "organisation", "orgs"},
    "cordis-network": {"h2020", "stacked_dump"},
    "cordis-fp7-network": {"fp7edges"},
}
_RECORDS = {"projektbanken": "ärende-id", "swecris": "projectid"}
_PART_OF_A_SET = {"projectid", "rcn", "projectrcn", "new_org_id"}


def guess(path: Path) -> tuple[str, str | None]:
    """Return the kind of reader for a file or directory, and the canonical table where the name says none.

    Raises
    ------
    SourceError: when the file is missing, or nothing tells what it is; the remedy names the ways to say it.
    """
    tabular.require(path, "Check how the name is spelt; it is looked for from the current directory.")
    if path.is_dir():
        return _directory(path), None
    ending = _ending(path)
    if ending == "json":
        return _json(path), None
    if ending == "xlsx":
        return "tables", _sheets(path)
    if ending in {"csv", "csv.gz"}:
        return _csv(path)
    raise _unknown(path, "A file must end in .csv, .csv.gz, .json or .xlsx.")


def _ending(path: Path) -> str:
    name = path.name.lower()
    return "csv.gz" if name.endswith(".csv.gz") else name.rpartition(".")[2]


def _stem(path: Path) -> str:
    return path.name.partition(".")[0]


def _directory(path: Path) -> str:
    files = [file for file in path.iterdir() if file.is_file()]
    stems = {_stem(file) for file in files}
    if stems & set(TABLES):
        return "tables"
    for kind, names in _DIRECTORIES.items():
        if stems & names:
            return kind
    data = [file for file in files if _ending(file) in {"csv", "csv.gz", "json", "xlsx"}]
    if len(data) == 1:
        return guess(data[0])[0]
    raise _unknown(path, "No file in it has a known name.")


def _json(path: Path) -> str:
    content = read_json(path)
    if isinstance(content, dict):
        content = next((value for value in content.values() if isinstance(value, list)), [])
    first = content[0] if isinstance(content, list) and content and isinstance(content[0], dict) else {}
    names = {str(name).lower() for name in first}
    for kind, mark in _RECORDS.items():
        if mark in names:
            return kind
    raise _unknown(path, "The records have none of the fields of a known publisher.")


def _sheets(path: Path) -> str | None:
    names = tabular.sheet_names(path)
    if set(names) & set(TABLES):
        return None
    return _table(path, tabular.read_sheet(path).columns)


def _csv(path: Path) -> tuple[str, str | None]:
    if _stem(path) in TABLES:
        return "tables", None
    first = tabular.read_text(path).split("\n", 1)[0]
    delimiter = max(tabular.DELIMITERS, key=first.count)
    header = [name.strip().strip('"') for name in first.split(delimiter)]
    lower = {name.lower() for name in header}
    if {"projectid", "projecttitlesv"} <= lower:
        return "swecris", None
    if lower & _PART_OF_A_SET:
        raise SourceError(
            "The file is one of a set that is read together.",
            place=Place(str(path)),
            remedy=f"Check the directory that holds the whole set: ecograph check {path.parent}",
        )
    return "tables", _table(path, header)


def _table(path: Path, header: Collection[str]) -> str:
    """Return the table with the most of the header's columns; at least half of them, all required ones."""
    shared = {
        name: len(set(header) & set(table.names))
        for name, table in TABLES.items()
        if all(column.name in header for column in table.columns if column.required)
    }
    best = max(shared, key=lambda name: shared[name], default=None)
    if best is None or 2 * shared[best] < len([name for name in header if name != "_row"]):
        raise _unknown(path, "The first row names the columns of no table.")
    return best


def _unknown(path: Path, why: str) -> SourceError:
    return SourceError(
        f"What kind of file this is cannot be told. {why}",
        place=Place(str(path)),
        remedy=f"Say it with --kind ({', '.join(KINDS)}), and for a table of your own with --table "
        f"({', '.join(TABLES)}).",
    )
