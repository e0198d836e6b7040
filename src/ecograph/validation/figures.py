"""What a check would bring in, told in sentences of Swedish or English."""

from __future__ import annotations

from collections.abc import Mapping

from ecograph.tables.canonical import TABLES
from ecograph.validation.report import Language

_SENTENCES: dict[str, dict[str, str]] = {
    "sv": {
        "rows-read": "Lästa rader: {n}.",
        "statements": "Prövade påståenden: {n}.",
        "organisations": "Organisationer: {known} är kända sedan tidigare, {new} är nya.",
        "projects": "Projekt: {known} är kända sedan tidigare, {new} är nya; {area} får område av regler.",
        "loaded": "Skulle läsas in: {tables}.",
        "nothing": "Ingen rad skulle läsas in.",
        "nothing-changed": "Inget har ändrats: detta var en granskning.",
    },
    "en": {
        "rows-read": "Rows read: {n}.",
        "statements": "Statements checked: {n}.",
        "organisations": "Organisations: {known} are known already, {new} are new.",
        "projects": "Projects: {known} are known already, {new} are new; the rules give {area} an area.",
        "loaded": "Would be loaded: {tables}.",
        "nothing": "No row would be loaded.",
        "nothing-changed": "Nothing was changed: this was a check.",
    },
}


def sentences(rows: Mapping[str, int], figures: Mapping[str, int], language: Language) -> list[str]:
    """Return what was read, what would be loaded, and which actors and projects are known already.

    Parameters
    ----------
    rows: how many rows of each canonical table would be loaded.
    figures: counts by name, as `ecograph.check.Checked` has them.
    """
    said = _SENTENCES[language]
    told = [said[name].format(n=figures[name]) for name in ("rows-read", "statements") if name in figures]
    if "rows-read" in figures:
        names = [
            f"{TABLES[table].label_sv if language == 'sv' else TABLES[table].label_en} {count}"
            for table, count in rows.items()
        ]
        told.append(said["loaded"].format(tables=", ".join(names)) if names else said["nothing"])
    for table in ("organisations", "projects"):
        if f"{table}-new" in figures:
            told.append(
                said[table].format(
                    known=figures[f"{table}-known"],
                    new=figures[f"{table}-new"],
                    area=figures.get("projects-with-area", 0),
                )
            )
    return [*told, said["nothing-changed"]]
