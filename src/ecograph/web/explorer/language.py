"""Languages: gettext catalogues, numbers and lists as each language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from babel.lists import format_list
from flask import Flask, g
from flask_babel import Babel

from ecograph.web.explorer.blueprint import LANGUAGES

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
_THIN = "\u202f"
_MINUS = "\u2212"

Number = int | float | Decimal
"""What figures are made of."""


def configure(app: Flask) -> None:
    """Let Flask-Babel read the catalogues and take the language from the address."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS))
    Babel(app, default_locale="en", locale_selector=current)


def current() -> str:
    """Return the language of this request."""
    return str(g.get("lang", LANGUAGES[0]))


def number(value: Number | None, places: int | None = None) -> str:
    """Return a number with thin spaces between thousands and the language's decimal mark; '–' for None.

    Without `places`, whole numbers have none and others two.
    """
    if value is None:
        return "–"
    if places is None:
        places = 0 if value == int(value) else 2
    text = f"{abs(value):,.{places}f}".replace(",", _THIN)
    if current() == "sv":
        text = text.replace(".", ",")
    return (_MINUS if value < 0 else "") + text


def places(value: Number | None) -> int:
    """Return how many decimals an expected number is shown with: one, or two where one would show nothing."""
    return 2 if value is not None and 0 < value < 0.1 else 1


def percent(part: Number, whole: Number) -> str:
    """Return `part` of `whole` as whole per cent, '–' of nothing; never rounded to 0 or 100 wrongly."""
    if not whole:
        return "–"
    share = 100 * float(part) / float(whole)
    rounded = round(share)
    if rounded == 0 and share > 0:
        shown = "<1"
    elif rounded == 100 and share < 100:
        shown = ">99"
    else:
        shown = str(rounded)
    return f"{shown}\u00a0%" if current() == "sv" else f"{shown}%"


def money(value: Number, currency: str) -> str:
    """Return an amount for a sentence or a key figure: millions from a million on, with its currency."""
    swedish = current() == "sv"
    amount = float(value)
    millions = abs(amount) >= 1_000_000
    places = 1 if millions and abs(amount) < 100_000_000 else 0
    shown = number(amount / 1_000_000 if millions else amount, places)
    if not swedish:
        return f"{currency}\u00a0{shown}" + (" million" if millions else "")
    if currency == "SEK":
        return f"{shown}\u00a0{'mnkr' if millions else 'kr'}"
    unit = "euro" if currency == "EUR" else currency
    return f"{shown} miljoner {unit}" if millions else f"{shown}\u00a0{unit}"


_WORDS = {
    "sv": ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    "en": ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
           "twelve"),
}  # fmt: skip


def in_words(value: int) -> str:
    """Return a number for a sentence: as a word up to twelve, which both languages' style guides advise."""
    known = _WORDS[current()]
    return known[value] if 0 <= value < len(known) else number(value)


def joined(names: Iterable[str]) -> str:
    """Return names as a list in a sentence: a, b och c."""
    return format_list(list(names), locale=current())
