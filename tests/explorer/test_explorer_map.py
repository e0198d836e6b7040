"""Map, follow-up and comparison: figures from one question each, in words, by keyboard, against bad input."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from ecograph.config import resource
from ecograph.query.catalogue import read_question
from ecograph.store.graph import MemoryGraph
from ecograph.web.explorer import asking
from ecograph.web.explorer.asking import ask

FIGURES = ("projects", "actors", "projectsPer10000", "actorsPer10000", "ties", "counties", "countries")
HOSTILE = ("", "x" * 5000, "<script>", "place/none", "\u0000", "'; DROP", "9" * 40, "åäö 😀")


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def test_the_map_says_which_municipality_is_highest_and_shows_the_same_in_its_table(
    app: Flask, client: FlaskClient
) -> None:
    page = client.get("/sv/map").text
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        rows = ask("map-municipalities", place="place/SE321").rows
    top = rows[0]
    assert f"{top['municipalityLabel']} ligger högst: {top['projects']} projekt." in heading(page)
    for row in rows:
        assert f'aria-label="{row["municipalityLabel"]}: {row["projects"]}"' in page
    assert page.count('class="place"') == len(rows)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_of_the_map_has_its_table_and_its_query(client: FlaskClient, figure: str) -> None:
    page = client.get(f"/en/map?figure={figure}&from=2010&to=2024&area=area/digitalisation")
    assert page.status_code == 200
    assert "<pre tabindex" in page.text
    assert "stand outside the window" in page.text or "stands outside the window" in page.text
    if figure == "countries":
        assert "no geometry of countries" in page.text


def test_a_municipality_without_an_amount_is_hatched_and_not_called_zero(client: FlaskClient) -> None:
    money = re.search(r'<option value="(granted-support-[A-Z]+)"', client.get("/sv/map").text)
    assert money
    page = client.get(f"/sv/map?figure={money[1]}").text
    assert 'fill="url(#no-figure)"' in page
    assert "ingen uppgift i källorna" in page
    assert "slagen läggs aldrig ihop" in page


@pytest.mark.parametrize("path", ["map", "follow-up", "compare", "questions"])
def test_hostile_parameters_never_break_a_page(client: FlaskClient, path: str) -> None:
    names = ("figure", "area", "from", "to", "kind", "actor", "county", "year", "q")
    assert client.get(f"/sv/{path}").status_code == 200
    for value in HOSTILE:
        page = client.get(f"/en/{path}", query_string=dict.fromkeys(names, value))
        assert page.status_code == 200
        assert "<script>" not in page.text


def test_the_page_says_whose_the_targets_are(client: FlaskClient) -> None:
    page = client.get("/sv/follow-up").text
    assert heading(page).startswith("Strategin har inget mätbart mål i underlaget. 1 mål är satt av andra")
    assert "Ingen källa i underlaget anger planerade eller uppnådda resultat" in page
    assert "slagen läggs aldrig ihop" in page
    assert "av " in page


def test_a_target_of_the_strategys_own_is_told_from_that_of_others() -> None:
    graph = MemoryGraph()
    graph.update(
        """
        PREFIX id: <https://w3id.org/ecograph/id/>
        INSERT DATA {
          <https://w3id.org/ecograph/id/indicator/jobs> skos:prefLabel "Jobb"@sv .
          <https://w3id.org/ecograph/id/place/SE321> skos:prefLabel "Länet"@sv .
          <https://w3id.org/ecograph/id/strategy/own> eco:isSmartSpecialisation true .
          id:one a eco:Target ; eco:ofIndicator <https://w3id.org/ecograph/id/indicator/jobs> ; eco:referenceYear 2030 ;
            eco:value 10 ; eco:forPlace <https://w3id.org/ecograph/id/place/SE321> ;
            eco:ofStrategy <https://w3id.org/ecograph/id/strategy/own> .
          id:two a eco:Target ; eco:ofIndicator <https://w3id.org/ecograph/id/indicator/jobs> ; eco:referenceYear 2025 ;
            eco:value 5 ; eco:forPlace <https://w3id.org/ecograph/id/place/SE321> .
        }"""
    )
    question = read_question(resource("queries") / "explorer/follow-up-indicators.rq")
    rows = {row["targetYear"]: row for row in graph.select(question.sparql).values()}
    assert {year: row["ownTarget"] for year, row in rows.items()} == {2030: True, 2025: False}
    assert rows[2030]["target"] == 10


def test_two_actors_stand_side_by_side_with_their_difference_in_words(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context("/en/"):
        g.lang = "en"
        rows = sorted(ask("compare-actors", place="place/SE321").rows, key=lambda row: -row["projects"])
        first, second = rows[0], next(row for row in rows if 0 < row["projects"] < rows[0]["projects"])
    locals_ = [row["actor"].split("/id/")[1] for row in (first, second)]
    page = client.get("/en/compare", query_string={"actor": locals_}).text
    assert heading(page).startswith(f"{first['actorLabel']} has most projects, {first['projects']} against")
    assert f"<b>{first['projects']}</b>" in page
    assert "for " + first["actorLabel"] in page
    assert 'href="/en/questions/compare-actors' in page


def test_what_cannot_be_compared_is_named(client: FlaskClient) -> None:
    page = client.get("/en/compare?kind=year&year=1066&year=2016").text
    assert "Not among those that can be compared here: 1066." in page
    assert heading(page) == "Choose two to four to see them side by side."


@pytest.mark.browser
def test_the_keyboard_reaches_each_municipality_of_the_map(browser: Any, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/sv/map")
    page.locator("#map-to").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('place')"):
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert page.locator(".terrain output").inner_text() == name
    assert page.locator("tr.pointed").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/place/**")
    page.close()


def test_a_build_with_nothing_in_it_gets_pages_that_say_so(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A graph without statements stands in for the build's; what earlier tests asked must not answer for it.
    monkeypatch.setattr(asking, "graph", MemoryGraph)
    monkeypatch.setitem(app.extensions, "ecograph.explorer.answers", asking.AnswerCache())
    said = {
        "map": "The sources give no such figure for this choice.",
        "map?figure=ties": "No project joins two municipalities, in the projects we know of.",
        "map?figure=counties": "No joint project with another place is known.",
        "follow-up": "The data hold no indicator yet.",
        "compare": "The data hold nothing of this kind to compare yet.",
        "questions/money-by-area-and-year": "The answer is empty",
    }
    for path, words in said.items():
        page = client.get(f"/en/{path}")
        assert page.status_code == 200, path
        assert words in page.text
