"""Localities and municipality names as sources write them, mapped to the codes of places.

Whole names are compared, never parts of words: VÅNGE and BORLANGE do not lie in Ånge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from ecograph.config import Workspace
from ecograph.errors import Place, SourceError

_POSTCODE = re.compile(r"\b(?:SE?[- ]?)?\d{3} ?\d{2}\b|\d+")
_PARTS = re.compile(r"[,/();]|\s[-–]\s")
_NOT_LETTER = re.compile(r"[^\w]+|_")
_TRANSLITERATED = re.compile(r"AA|AE|OE|UE")


def _plain(name: str) -> str:
    """Return the name in capitals without postcode and punctuation: ``SE-852 30 Umeå`` → ``UMEÅ``."""
    without_code = _POSTCODE.sub(" ", unicodedata.normalize("NFC", name).upper())
    return _NOT_LETTER.sub(" ", without_code).strip()


def _folded(plain: str) -> str:
    decomposed = unicodedata.normalize("NFKD", plain.replace("Æ", "AE").replace("Ø", "O"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _collapsed(folded: str) -> str:
    """Return the name with AA, AE, OE, UE as one letter: OERNSKOELDSVIK, ORNSKOELDSVIK → ORNSKOLDSVIK."""
    return _TRANSLITERATED.sub(lambda match: match.group()[0], folded)


def _spellings(name: str) -> tuple[str, str, str]:
    """Return three spellings of a name, from the exact to the coarse."""
    plain = _plain(name)
    folded = _folded(plain)
    return plain, folded, _collapsed(folded)


class Localities:
    """Names of places with the code that each stands for; looked up with and without diacritics.

    A name is tried as it stands, then without diacritics, then with AA, AE, OE read as Å, Ä, Ö.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        by_spelling: tuple[dict[str, set[str]], ...] = ({}, {}, {})
        for name, code in pairs:
            for index, spelling in zip(by_spelling, _spellings(name), strict=True):
                index.setdefault(spelling, set()).add(code)
        # A name of two places says nothing about where a thing is.
        self._indexes = tuple(
            {name: next(iter(codes)) for name, codes in index.items() if len(codes) == 1}
            for index in by_spelling
        )

    def code(self, name: str) -> str | None:
        """Return the code of the place that the whole name, or a part of it between commas, stands for."""
        for part in (name, *_PARTS.split(name)):
            for index, spelling in zip(self._indexes, _spellings(part), strict=True):
                if spelling in index:
                    return index[spelling]
        return None

    def codes(self, names: pl.Series) -> pl.Series:
        """Return the codes of a column of names; null where a name is null or stands for no known place."""
        found = {name: self.code(name) for name in names.unique().drop_nulls()}
        return names.replace_strict(found, default=None, return_dtype=pl.String)


def localities(workspace: Workspace) -> Localities:
    """Return the workspace's ``localities.csv`` (locality, lau_code, note); nothing when there is none.

    Raises
    ------
    SourceError: when the file lacks its columns.
    """
    return Localities(_pairs(workspace.root / "localities.csv", "locality", "lau_code"))


def municipalities(workspace: Workspace) -> dict[str, str]:
    """Return code and Swedish name of the municipalities in the workspace's table of places."""
    path = workspace.root / workspace.tables / "places.csv"
    return {code: name for name, code in _pairs(path, "label_sv", "lau_code") if re.fullmatch(r"\d{4}", code)}


def _pairs(path: Path, name: str, code: str) -> list[tuple[str, str]]:
    if not path.is_file():
        return []
    frame = pl.read_csv(path, infer_schema=False)
    missing = [column for column in (name, code) if column not in frame.columns]
    if missing:
        raise SourceError(
            f"The column {', '.join(missing)} is missing.",
            place=Place(path.name, row=1),
            remedy=f"The first row must name the columns {name} and {code}.",
        )
    filled = frame.select(name, code).drop_nulls()
    return [(row[0], row[1].strip()) for row in filled.iter_rows() if row[1].strip()]
