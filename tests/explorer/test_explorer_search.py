"""Search finds what a person means: by former names and numbers, with slips of the pen, in groups and pages."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.web.explorer.finding import Index, Item, fold, words


def _suggested(client: FlaskClient, text: str, lang: str = "sv") -> list[tuple[str, str, str | None]]:
    answer = client.get(f"/{lang}/search/suggest", query_string={"q": text})
    assert answer.status_code == 200
    groups = answer.get_json()["groups"]
    return [(g["kind"], option["label"], option["by"]) for g in groups for option in g["options"]]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("mittuniv", "aktör", "Mittuniversitetet"),
        ("Mitthögskolan", "aktör", "Mittuniversitetet"),
        ("MIUN", "aktör", "Mittuniversitetet"),
        ("2021004524", "aktör", "Mittuniversitetet"),
        ("202100-4524", "aktör", "Mittuniversitetet"),
        ("mitunivrsitetet", "aktör", "Mittuniversitetet"),
        ("harnosnd", "plats", "Härnösand"),
        ("bioekonomi", "prioriterat område", "Skoglig bioekonomi"),
        ("samarbetslucka", "ord i modellen", "samarbetslucka"),
        ("brobyggare två områden", "fråga", ""),
    ],
)
def test_a_name_is_found_however_it_is_written(client: FlaskClient, text: str, kind: str, label: str) -> None:
    assert any(k == kind and label in found for k, found, _ in _suggested(client, text))


def test_a_former_name_says_by_what_the_thing_was_found(client: FlaskClient) -> None:
    assert ("aktör", "Mittuniversitetet", "Mitthögskolan") in _suggested(client, "mitthogskolan")


def test_suggestions_name_their_kind_in_the_readers_language_and_lead_to_pages(client: FlaskClient) -> None:
    assert {kind for kind, _, _ in _suggested(client, "mid sweden", "en")} <= {"actor", "project", "place"}
    groups = client.get("/en/search/suggest?q=mid").get_json()["groups"]
    address = groups[0]["options"][0]["url"]
    assert address.startswith("/en/")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("text", ["", "   ", "%00", "🌲", "zzzzqqqq", "a" * 5000, "\\", "(", '"><script>'])
def test_whatever_is_typed_gets_an_answer(client: FlaskClient, text: str) -> None:
    assert isinstance(_suggested(client, text), list)
    assert client.get("/sv/search", query_string={"q": text}).status_code == 200


def test_suggestions_come_fast(client: FlaskClient) -> None:
    _suggested(client, "a")
    spent = []
    for text in ("a", "mi", "mitunivrsitetet sundsvall", "bio", "x" * 200):
        begin = time.perf_counter()
        _suggested(client, text)
        spent.append(time.perf_counter() - begin)
    assert sorted(spent)[len(spent) // 2] < 0.05, "the median of five; 50 ms also on the whole county"


def test_the_page_counts_each_kind_and_goes_on_by_pages(client: FlaskClient) -> None:
    page = client.get("/sv/search?q=a").text
    links = re.findall(r'href="(/sv/search\?q=a&amp;kind=(\w+))"[^>]*>[^<]*</a> ([\d\u202f]+)</li>', page)
    assert len(links) >= 4
    counts = {kind: int(count.replace("\u202f", "")) for _, kind, count in links}
    assert max(counts.values()) > 40
    kind = max(counts, key=lambda name: counts[name])
    seen: set[str] = set()
    for number in range(1, -(-counts[kind] // 40) + 1):
        part = client.get(f"/sv/search?q=a&kind={kind}&page={number}").text
        seen |= set(re.findall(r'<li><a href="(/sv/[^"]*)">', part.split("<main")[1].split("</main>")[0]))
    assert len({address for address in seen if "/search" not in address}) == counts[kind]
    assert client.get(f"/sv/search?q=a&kind={kind}&page=9999").status_code == 200


def test_a_misspelling_is_answered_and_put_right(client: FlaskClient) -> None:
    page = client.get("/sv/search?q=mitunivrsitetet").text
    assert "Menade du" in page
    assert "q=mittuniversitetet" in page


def test_a_page_that_is_not_there_suggests_what_was_meant(client: FlaskClient) -> None:
    page = client.get("/sv/actor/mittuniversitet", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "Mittuniversitetet</a>" in page.text


def test_each_language_has_an_index_of_its_own(app: Flask, client: FlaskClient) -> None:
    _suggested(client, "x", "sv")
    assert _suggested(client, "constraint (Burt)", "en")[0][1].startswith("constraint")
    assert _suggested(client, "constraint (Burt)", "sv")[0][1].startswith("bundenhet")


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_folding_knows_no_case_and_no_accents(text: str) -> None:
    assert fold(text.upper()) == fold(fold(text.upper()))
    for word in words(text):
        found = Index([(Item("it", text, "thing"), [text])]).find(word)
        assert [hit.item.key for hit in found.hits] == ["it"]


def test_the_better_name_comes_first() -> None:
    index = Index(
        [
            (Item("part", "Skogsbolaget i norr", "x"), ["Skogsbolaget i norr"]),
            (Item("whole", "Skog", "x"), ["Skog"]),
            (Item("middle", "Norrskog", "x"), ["Norrskog"]),
            (Item("other", "Fjäll", "x"), ["Fjäll", "Skog och fjäll"]),
        ]
    )
    assert [hit.item.key for hit in index.find("skog").hits] == ["whole", "other", "part", "middle"]
    assert index.find("skgo").meant == "skog"
    assert index.find("zebra").hits == ()
    assert [hit.item.key for hit in index.find("skog", limit=1).hits] == ["whole"]
