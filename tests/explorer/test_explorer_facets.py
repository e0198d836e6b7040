"""Facets count what they leave, and the page, its query and its file give the same actors."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient

_FACET = re.compile(r'<li><a href="(/sv/actors\?[^"]*)">([^<]*)</a> <span class="num">(\d+)</span>')


def _total(page: str) -> int:
    sentence = re.search(r"<h1>(.*?)</h1>", page, re.S)
    assert sentence is not None
    number = re.match(r"\s*([\d\u202f]+)", sentence[1])
    return int(number[1].replace("\u202f", "")) if number else 0


def test_a_facet_leaves_as_many_actors_as_it_says(client: FlaskClient) -> None:
    found = _FACET.findall(client.get("/sv/actors").text)
    assert {
        name for name in ("helix", "area", "municipality", "kind") if any(f"{name}=" in f[0] for f in found)
    }
    for address, label, count in found:
        assert _total(client.get(unescape(address)).text) == int(count), label


def test_choices_combine_and_are_kept_in_the_address(client: FlaskClient) -> None:
    first = next(f for f in _FACET.findall(client.get("/sv/actors").text) if "helix=" in f[0])
    both = next(f for f in _FACET.findall(client.get(unescape(first[0])).text) if "municipality=" in f[0])
    assert "helix=" in both[0]
    assert _total(client.get(unescape(both[0])).text) == int(both[2])


def test_page_query_and_file_agree(client: FlaskClient) -> None:
    for address, label, count in _FACET.findall(client.get("/sv/actors").text):
        page = client.get(unescape(address)).text
        file = re.search(r'href="([^"]*/download[^"]*format=json[^"]*)"', page)
        assert file is not None
        assert len(client.get(unescape(file[1])).get_json()["results"]) == int(count), label


def test_sorting_by_name_is_alphabetical(client: FlaskClient) -> None:
    page = client.get("/sv/actors?sort=name").text
    names = re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)
    assert names == sorted(names, key=str.casefold)


def test_search_forgives_case_and_accents(client: FlaskClient) -> None:
    page = client.get("/sv/search?q=HARNOSAND").text
    assert "Härnösand" in page
