"""Facets count what they leave, and page, query and file of a list give the same rows in the same order."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.web.explorer.facets import Faceted
from ecograph.web.explorer.listing_query import text_filters

LISTS = {
    "actors": ("helix", "area", "municipality", "kind"),
    "projects": ("area", "status", "helix", "amount"),
}


def _facets(page: str, name: str) -> list[tuple[str, str, int]]:
    found = re.findall(
        rf'<li><a href="(/sv/{name}\?[^"]*)">([^<]*)</a> <span class="num">([^<]*)</span>', page
    )
    return [(unescape(address), label, int(count.replace("\u202f", ""))) for address, label, count in found]


def _total(page: str) -> int:
    sentence = re.search(r"<h1>(.*?)</h1>", page, re.S)
    assert sentence is not None
    number = re.search(r"[\d\u202f]+", sentence[1])
    return int(number[0].replace("\u202f", "")) if number else 0


def _file(client: FlaskClient, page: str, fmt: str = "json") -> Any:
    file = re.search(rf'href="([^"]*/download[^"]*format={fmt}[^"]*)"', page)
    assert file is not None
    answer = client.get(unescape(file[1]))
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("name", LISTS)
def test_a_facet_leaves_as_many_rows_as_it_says(client: FlaskClient, name: str) -> None:
    found = _facets(client.get(f"/sv/{name}").text, name)
    assert all(any(f"{facet}=" in address for address, _, _ in found) for facet in LISTS[name])
    for address, label, count in found:
        page = client.get(address).text
        assert _total(page) == count, label
        assert len(_file(client, page).get_json()["results"]) == count, label


def test_choices_of_different_kinds_narrow_and_are_kept_in_the_address(client: FlaskClient) -> None:
    first = next(f for f in _facets(client.get("/sv/actors").text, "actors") if "helix=" in f[0])
    both = next(f for f in _facets(client.get(first[0]).text, "actors") if "municipality=" in f[0])
    assert "helix=" in both[0]
    assert _total(client.get(both[0]).text) == both[2] <= first[2]


def test_several_values_of_one_kind_widen(client: FlaskClient) -> None:
    one, other = [f for f in _facets(client.get("/sv/actors").text, "actors") if "helix=" in f[0]][:2]
    page = client.get(one[0]).text
    wider = next(address for address, label, _ in _facets(page, "actors") if label == other[1])
    assert wider.count("helix=") == 2
    assert _total(client.get(wider).text) == one[2] + other[2]


@pytest.mark.parametrize(
    "address",
    [
        "projects?status=finished&status=ongoing&sort=name",
        "projects?scope=all&from=2014&to=2018&sort=-partners&col=partners&col=sources",
        "projects?amount=no&area=area/digitalisation&area=area/renewable-energy",
        "projects?q=utveckling&sort=-name",
        "projects?programme=programme/none",
        "actors?q=HARNOSAND&sort=municipality",
        "actors?helix=industry&helix=academia&municipality=place/2281&sort=-projects&col=kinds",
        "actors?q=%22%3E%7D",
    ],
)
def test_page_query_and_file_show_the_same_rows_in_the_same_order(
    client: FlaskClient, graph: Any, address: str
) -> None:
    page = client.get(f"/sv/{address}").text
    shown = _file(client, page).get_json()
    key = "project" if address.startswith("projects") else "actor"
    asked = [row[key] for row in graph.select(shown["sparql"]).values()]
    assert [row[key] for row in shown["results"]] == asked
    links = re.findall(rf'<th scope="row"><a href="/sv/({key}/[^"]*)">', page)
    assert links == [iri.split("/id/")[1] for iri in asked[:50]]


def test_files_hold_the_columns_seen_and_no_others(client: FlaskClient) -> None:
    page = client.get("/sv/projects?col=status&col=sources").text
    headings = re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)', page)
    assert headings == ["Projekt", "Status", "Källor"]
    names = next(csv.reader(io.StringIO(_file(client, page, "csv").text)))
    assert names == ["project", "projectLabel", "statusLabel", "sourceTitles"]
    assert _file(client, page, "xlsx").data.startswith(b"PK")
    assert _file(client, page, "csv-excel").data.startswith(b"\xef\xbb\xbf")


def test_headings_sort_and_say_how(client: FlaskClient) -> None:
    page = client.get("/sv/actors?sort=name").text
    names = re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)
    assert names == sorted(names, key=lambda name: unescape(name).lower())
    assert page.count("aria-sort=") == 1
    assert 'aria-sort="ascending"' in page
    turned = re.search(r'aria-sort="ascending"><a href="([^"]*)"', page)
    assert turned is not None
    assert 'aria-sort="descending"' in client.get(unescape(turned[1])).text


def test_undated_projects_are_outside_every_span_of_years(client: FlaskClient) -> None:
    page = client.get("/sv/projects?scope=all&from=1950&to=2150&col=start&col=end").text
    rows = _file(client, page).get_json()["results"]
    assert rows
    assert all(row["startYear"] is not None or row["endYear"] is not None for row in rows)
    everything = _file(client, client.get("/sv/projects?scope=all").text).get_json()["results"]
    assert len(rows) < len(everything)


@given(
    st.lists(st.lists(st.sampled_from("abc"), max_size=3), min_size=1, max_size=12),
    st.lists(st.lists(st.sampled_from("xyz"), max_size=3), min_size=12, max_size=12),
    st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("xyz")),
)  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_counting_equals_counting_by_hand(
    one: list[list[str]], other: list[list[str]], first: set[str], second: set[str]
) -> None:
    rows = [{"name": str(n), "one": one[n], "other": other[n]} for n in range(len(one))]
    data = Faceted(rows, {"one": lambda r: r["one"], "other": lambda r: r["other"]}, "name")
    masks = data.masks({"one": sorted(first), "other": sorted(second)})
    everyone = masks["one"] | ~masks["one"]
    counts = data.counts("one", masks, everyone)
    for value in counts:
        fits = [row for row in rows if value in row["one"] and (not second or second & set(row["other"]))]
        assert counts[value] == len(fits)


def test_a_filter_by_name_takes_letters_with_and_without_accents() -> None:
    (condition,) = text_filters("name", "Håll")
    pattern = re.search(r'"(.*?)", "i"', condition)
    assert pattern is not None
    assert re.search(pattern[1], "hållbar", re.IGNORECASE)
    assert re.search(pattern[1], "HALLBAR", re.IGNORECASE)
    assert not re.search(pattern[1], "hylla", re.IGNORECASE)
