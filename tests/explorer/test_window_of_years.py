"""The window of years of an analysis stands in the reader's language."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("lang", "words", "others"),
    [
        ("sv", "alla år, odaterade projekt medräknade", "all years, undated"),
        ("en", "all years, undated projects included", "alla år, odaterade"),
    ],
)
def test_the_window_is_said_in_the_language_of_the_page(
    client: FlaskClient, lang: str, words: str, others: str
) -> None:
    for path in ("bridges", "actor/se-2021004524"):
        page = client.get(f"/{lang}/{path}").get_data(as_text=True)
        assert words in page
        assert others not in page
