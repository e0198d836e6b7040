"""Charts say in words what they draw, add nothing up, and never stand without their table."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from ecograph.query.catalogue import Drawing
from ecograph.web.explorer.asking import ask
from ecograph.web.explorer.charts import chart_of, charts_of
from ecograph.web.explorer.themes import areas


@pytest.fixture
def reading(app: Flask) -> Iterator[None]:
    """A reader of Swedish, in the middle of a request."""
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        yield


@pytest.mark.usefixtures("reading")
def test_a_chart_says_its_course_its_highest_and_its_lowest_value() -> None:
    shown = ask("newcomers-by-year")
    dated = [row for row in shown.rows if row["year"] is not None]
    chart = chart_of("bar", shown, "year", "newcomers", caption="Nya aktörer")
    assert chart is not None
    most = max(dated, key=lambda row: row["newcomers"])
    first, last = dated[0], dated[-1]
    assert f"Från {first['newcomers']} år {first['year']}" in chart.sentence
    assert f"till {last['newcomers']} år {last['year']}" in chart.sentence
    assert f"Högst: {most['year']}" in chart.sentence
    assert [mark["y"] for mark in chart.data["marks"]] == [row["newcomers"] for row in dated]
    undated = [row["newcomers"] for row in shown.rows if row["year"] is None]
    assert any(f"Utan uppgift om år, utanför diagrammet: {undated[0]}" in note for note in chart.notes)


@pytest.mark.usefixtures("reading")
def test_every_area_keeps_its_colour_and_no_other_series_takes_it() -> None:
    shown = ask("area-list", place="place/SE321")
    chart = chart_of("bar", shown, "areaLabel", "projects")
    assert chart is not None
    wanted = {area.label: area.colour for area in areas().values()}
    for mark in chart.data["marks"]:
        colour = mark["colour"].removeprefix("--area-").removeprefix("--")
        assert colour == wanted[mark["x"]]
    helices = chart_of("stacked", ask("helices-by-year"), "year", "actors", "helixLabel")
    assert helices is not None
    assert not any(series["colour"].startswith("--area") for series in helices.data["series"])
    assert len({series["pattern"] for series in helices.data["series"]}) == len(helices.data["series"])


@pytest.mark.usefixtures("reading")
def test_two_rows_that_would_share_a_mark_are_not_drawn() -> None:
    shown = ask("helices-by-year")
    years = [row["year"] for row in shown.rows]
    assert len(set(years)) < len(years)
    assert chart_of("bar", shown, "year", "actors") is None
    assert chart_of("bar", shown, "year", "actors", rows=shown.rows[:1]) is None


@pytest.mark.usefixtures("reading")
def test_what_must_not_be_added_gets_a_chart_of_its_own() -> None:
    shown = ask("indicators-and-targets")
    drawing = Drawing("line", "year", "value", series="kindLabel", each=("indicatorLabel", "placeLabel"))
    charts = charts_of(drawing, shown)
    assert charts
    for chart in charts:
        rows = [r for r in shown.rows if chart.caption == f"{r['indicatorLabel']}, {r['placeLabel']}"]
        assert len(chart.data["marks"]) == sum(1 for row in rows if row["value"] is not None)


@pytest.mark.usefixtures("reading")
def test_of_many_categories_the_first_are_drawn_and_the_rest_are_told() -> None:
    shown = ask("actor-list", place="place/SE321")
    rows = [{"actorLabel": f"Aktör {number}", "projects": number} for number in range(45)]
    chart = chart_of("bar", shown, "actorLabel", "projects", rows=rows)
    assert chart is not None
    assert len(chart.data["marks"]) == 30
    assert chart.notes == ("De 30 första; 15 till står i tabellen.",)


def test_every_question_with_a_chart_shows_it_beside_its_table(app: Flask, client: FlaskClient) -> None:
    catalogue = app.extensions["ecograph"].catalogue
    drawn = [question for question in catalogue.values() if question.drawing]
    assert len(drawn) >= 20
    shown = 0
    for question in drawn:
        page = client.get(f"/en/questions/{question.slug}")
        assert page.status_code == 200
        for block in re.findall(r'data-drawing="(.+?)"', page.text):
            data = json.loads(html.unescape(block))
            assert data["kind"] == question.drawing.kind
            assert len(data["marks"]) >= 2
            shown += 1
        if "<figure" in page.text:
            assert '<div id="answer">' in page.text
            assert page.text.count("charts.js") == 1
    assert shown >= len(drawn) // 2


def test_a_question_takes_an_actor_by_its_name_in_either_language(client: FlaskClient) -> None:
    slug = "/en/questions/collaborations-of-an-actor"
    by_name = client.get(slug, query_string={"actor": "Mittuniversitetet"})
    by_id = client.get(slug, query_string={"actor": "actor/se-2021004524"})
    assert by_name.status_code == by_id.status_code == 200
    table = re.compile(r"<tbody>.*</tbody>", re.DOTALL)
    assert table.search(by_name.text)[0] == table.search(by_id.text)[0]  # type: ignore[index]
    assert client.get(slug, query_string={"actor": "Ingen som finns"}).status_code == 400


def test_the_questions_can_be_filtered_by_their_words(client: FlaskClient) -> None:
    every = client.get("/sv/questions").text
    some = client.get("/sv/questions", query_string={"q": "kommun projekt"}).text
    assert 0 < some.count('href="/sv/questions/') < every.count('href="/sv/questions/')
    none = client.get("/sv/questions", query_string={"q": "<xyzzy>"}).text
    assert "Ingen fråga innehåller orden &lt;xyzzy&gt;." in none


@pytest.mark.browser
def test_a_chart_is_drawn_only_by_the_script_and_without_it_the_table_stands(
    browser: Any, server: str
) -> None:
    page = browser.new_page(reduced_motion="reduce")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server}/sv/questions/money-by-area-and-year")
    page.wait_for_selector("figure.chart svg.plot")
    assert page.locator("figure.chart svg.plot path, figure.chart svg.plot rect").count() > 3
    assert page.locator("figure.chart style").count() == 0
    label = page.locator("figure.chart .drawing").get_attribute("aria-label")
    assert "Högst:" in label
    fills = page.eval_on_selector_all(
        "figure.chart svg.plot pattern path:first-child", "all => all.map(e => getComputedStyle(e).fill)"
    )
    assert len(set(fills)) == len(fills) > 1
    assert said == []
    page.close()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{server}/sv/questions/money-by-area-and-year")
    assert not plain.locator("figure.chart").first.is_visible()
    assert plain.locator("#answer table").is_visible()
    context.close()
