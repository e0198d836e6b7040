"""Both languages are complete, and write numbers in their own way."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask, g

from ecograph.web.explorer import language

WEB = Path(__file__).resolve().parents[2] / "src/ecograph/web"


def _used() -> set[str]:
    methods = [("templates/**.html", "jinja2"), ("explorer/**.py", "python")]
    found: set[str] = set()
    for _, _, message, _, _ in extract_from_dir(str(WEB), method_map=methods):
        found.add(message[0] if isinstance(message, tuple) else message)
    return found


def test_every_text_has_its_swedish() -> None:
    with (WEB / "translations/sv/LC_MESSAGES/messages.po").open("rb") as stream:
        catalogue = read_po(stream, locale="sv")
    translated = {
        message.id[0] if isinstance(message.id, tuple) else message.id
        for message in catalogue
        if message.id and all(message.string if isinstance(message.string, tuple) else [message.string])
    }
    assert _used() - translated == set()
    assert translated - _used() == set()
    assert not [message for message in catalogue if message.id and message.fuzzy]


def test_swedish_keeps_the_values_of_each_text() -> None:
    with (WEB / "translations/sv/LC_MESSAGES/messages.po").open("rb") as stream:
        catalogue = read_po(stream, locale="sv")
    for message in catalogue:
        assert not list(message.check(catalogue)), message.id


@pytest.mark.parametrize(
    ("lang", "value", "places", "expected"),
    [
        ("sv", 1234567, None, "1\u202f234\u202f567"), ("sv", 0.5, None, "0,50"), ("en", 0.5, None, "0.50"),
        ("sv", Decimal("1234.5"), 1, "1\u202f234,5"), ("sv", -3, None, "\u22123"), ("sv", None, None, "–"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_language_does(
    app: Flask, lang: str, value: float | Decimal | None, places: int | None, expected: str
) -> None:
    with app.test_request_context(f"/{lang}/"):
        g.lang = lang
        assert language.number(value, places) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, "33\u00a0%"), (0, 3, "0\u00a0%"), (1, 1000, "<1\u00a0%"), (999, 1000, ">99\u00a0%"), (1, 0, "–")],
)
def test_a_share_is_never_rounded_to_none_or_all(app: Flask, part: int, whole: int, expected: str) -> None:
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        assert language.percent(part, whole) == expected


def test_amounts_are_told_in_millions_from_a_million_on(app: Flask) -> None:
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        assert language.money(614_000_000, "SEK") == "614\u00a0mnkr"
        assert language.money(450_000, "SEK") == "450\u202f000\u00a0kr"
        assert language.money(19_900_000, "EUR") == "19,9 miljoner euro"
