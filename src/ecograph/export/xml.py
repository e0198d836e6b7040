"""Texts of XML files, column by column: escaped, typed, and made in batches, so that no tree is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import polars as pl

from ecograph.export.typed import Attribute

BATCH = 20_000
"""Rows that are written at once."""

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " ", "\r": " "}
)
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Return `text` for an attribute or element: markup escaped, what XML 1.0 cannot carry left out."""
    return _UNWRITABLE.sub("", text).translate(_ESCAPES)


def value_text(value: Any, attribute: Attribute) -> str:
    """Return the text of a known value: true/false, a double to 12 significant digits, or escaped text."""
    if attribute.kind == "boolean":
        return "true" if value else "false"
    if attribute.kind == "double":
        return double_text(value)
    return escaped(str(value))


def double_text(value: float) -> str:
    """Return a double at 12 significant digits, as every export writes it."""
    return repr(float(f"{value:.12g}"))


def column_text(values: pl.Series, attribute: Attribute) -> pl.Series:
    """Return a column as texts of `value_text`; an unknown value stays null."""
    if attribute.kind == "integer":
        return values.cast(pl.String)
    return pl.Series(
        values.name,
        [None if value is None else value_text(value, attribute) for value in values.to_list()],
        dtype=pl.String,
    )


def escaped_column(values: pl.Series) -> pl.Series:
    """Return a column of texts, escaped; fast where nothing has to be."""
    if values.str.contains(r"[^\x20-\x7e]|[&<>\x22]").any():
        return pl.Series(values.name, [escaped(value) for value in values.to_list()], dtype=pl.String)
    return values


def batches(frame: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield the rows of a frame in batches, with the number of the first row of each."""
    for start in range(0, frame.height, BATCH):
        yield start, frame.slice(start, BATCH)


def write_lines(lines: pl.Series, out: BinaryIO) -> None:
    """Write texts one after another, in UTF-8."""
    out.write("".join(lines.to_list()).encode())
