"""How values are printed for people to read in a terminal."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from rich.console import Console

_WIDE = 240
"""Columns of a table that does not go to a terminal, where nobody turns a page."""


def console() -> Console:
    """Return what tables are printed on: as wide as the terminal, or wide when it goes elsewhere."""
    return Console(highlight=False, width=None if Console().is_terminal else _WIDE)


def readable(value: Any, lang: str, *, digits: int = 3, year: bool = False) -> str:
    """Return a value as a person reads it, in ``sv`` or (anything else) English.

    Thin spaces group thousands, except in a year, which is no quantity; fractions below 1,000 have so many
    significant digits, with a decimal comma in Swedish; what is not finite is empty.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return (("nej", "ja") if lang == "sv" else ("no", "yes"))[value]
    if isinstance(value, int):
        return str(value) if year else f"{value:,}".replace(",", "\u2009")
    if isinstance(value, (float, Decimal)):
        number = float(value)
        if not math.isfinite(number):
            return ""
        text = f"{number:.{digits}g}" if abs(number) < 1000 else f"{number:,.0f}".replace(",", "\u2009")
        return text.replace(".", ",") if lang == "sv" else text
    if isinstance(value, (list, tuple)):
        return "; ".join(readable(item, lang, digits=digits) for item in value)
    return str(value)
