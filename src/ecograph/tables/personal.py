"""Personal numbers among organisation numbers: found, and masked wherever they would be shown.

A sole trader's organisationsnummer is the person's own number. It is told from a legal person's by the
third digit: in a legal person's number it is at least 2, in a date of birth it is 0 or 1
(Skatteverket, SKV 709).
"""

from __future__ import annotations

import re

import polars as pl

MASK = "••••••-••••"

_NUMBER = re.compile(r"(?<!\d)(?:1[689]|20)?\d{2}[01]\d{3}[-+ ]?\d{4}(?:[ ]?01)?(?!\d)")


def mask(text: str) -> str:
    """Return `text` with everything that may be a personal number replaced by dots."""
    return _NUMBER.sub(MASK, text)


def ten_digits(column: str) -> pl.Expr:
    """Return the ten digits of the organisation number in a column, or null where there is no such number.

    Read are NNNNNN-NNNN with or without hyphen, the same after a century (16, 18, 19 or 20), and Swedish
    VAT numbers SE + ten digits + 01.
    """
    digits = pl.col(column).str.to_uppercase().str.replace_all(r"[\s+\-.]", "")
    vat = digits.str.extract(r"^SE(\d{10})\d{2}$")
    century = digits.str.extract(r"^(?:1[689]|20)(\d{10})$")
    bare = digits.str.extract(r"^(?:SE)?(\d{10})$")
    return pl.coalesce(vat, century, bare)


def is_personal(column: str) -> pl.Expr:
    """Return whether a column's organisation number is a personal number; null where there is no number.

    Twelve digits without a country can be a century with ten digits or ten digits with VAT's 01: either
    reading suffices, so that no personal number slips through.
    """
    digits = pl.col(column).str.to_uppercase().str.replace_all(r"[\s+\-.]", "")
    without_country = digits.str.extract(r"^(\d{10})01$")
    third = ten_digits(column).str.slice(2, 1).is_in(["0", "1"])
    return third | without_country.str.slice(2, 1).is_in(["0", "1"]).fill_null(False)
