"""The reports: one truth on page, in Word and in the spreadsheet; what they say, and what they must not."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import docx
import html5lib
import openpyxl
import polars as pl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from ecograph.config import Workspace
from ecograph.insight.holdings import FILE as HOLDINGS
from ecograph.store.builds import Build
from ecograph.web.app import create_app

XHTML = "{http://www.w3.org/1999/xhtml}"
REPORTS = ("brief", "reports/board", "reports/call", "reports/good-governance")


@pytest.fixture(scope="module")
def briefs(things: dict[str, str], graph: Any) -> dict[str, str]:
    """The address of a brief of each kind."""
    rows = graph.select("""SELECT ?m WHERE { ?a eco:locatedIn ?m ; eco:collaboratesIn ?p .
        ?m eco:placeLevel voc:place-level\\/municipality ; eco:within ?r . ?s eco:isSmartSpecialisation true ; eco:forPlace ?r }
        ORDER BY ?m LIMIT 1""").values()
    place = rows[0]["m"].split("/id/")[1]
    return {
        "actor": f"brief?about={things['actor']}",
        "area": f"brief?about={things['area']}",
        "place": f"brief?about={place}",
        "region": "brief?about=place/SE321",
    }


def _with(path: str, fmt: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}format={fmt}"


def _text(element: Any) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _tables(page: str) -> list[list[list[str]]]:
    """The tables of a report's page as rows of texts, the header first."""
    tree = html5lib.parse(page)
    return [
        [[_text(cell) for cell in row if cell.tag in {f"{XHTML}th", f"{XHTML}td"}] for row in table.iter(f"{XHTML}tr")]
        for table in tree.iter(f"{XHTML}table")
    ]  # fmt: skip


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_landing_page_offers_every_report(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/{lang}/reports")
    assert page.status_code == 200
    actions = set(re.findall(r'<form[^>]* action="([^"]+)"', page.text.split('class="choices"')[1]))
    assert {action.split(f"/{lang}/")[1] for action in actions} == set(REPORTS)
    for action in actions:
        assert client.get(action).status_code == 200


def test_page_word_and_spreadsheet_say_the_same(client: FlaskClient, briefs: dict[str, str]) -> None:
    for path in (briefs["actor"], briefs["place"], *REPORTS[1:]):
        page = client.get(f"/sv/{path}").text
        tables = _tables(page)
        figures = page.count("<dt>")
        word = docx.Document(io.BytesIO(client.get(_with(f"/sv/{path}", "docx")).data))
        written = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
        if figures:
            assert len(written.pop(0)) == figures, path
        assert [[[_plain(cell) for cell in row] for row in table] for table in written] == tables, path
        lines = list(csv.DictReader(io.StringIO(client.get(_with(f"/sv/{path}", "csv")).text)))
        cells = sum(len(row) for table in tables for row in table[1:])
        assert len(lines) == figures + cells, path
        book = openpyxl.load_workbook(io.BytesIO(client.get(_with(f"/sv/{path}", "xlsx")).data))
        assert len(book.sheetnames) == 1 + len(tables), path
        for sheet, table in zip(book.worksheets[1:], tables, strict=True):
            assert [cell.value for cell in sheet[1]] == table[0], path
            assert sheet.max_row == len(table), path
        heading = _text(next(html5lib.parse(page).iter(f"{XHTML}h1")))
        assert heading in {_plain(paragraph.text) for paragraph in word.paragraphs}, path


def test_every_number_opens_to_its_question(client: FlaskClient, briefs: dict[str, str]) -> None:
    for path in (briefs["area"], *REPORTS[1:]):
        page = client.get(f"/en/{path}").text
        marks = re.findall(r'<sup><a href="([^"]+)"', page)
        figures = re.findall(r"<dd><a href=\"([^\"]+)\"", page)
        assert marks, path
        listed = set(
            re.findall(r'<li><a href="([^"]+)"', page.split('class="end"')[1].split("</article>")[0])
        )
        assert set(marks) | set(figures) == listed, path
        for address in listed:
            assert client.get(unescape(address)).status_code == 200, address


def test_a_report_shows_the_figures_of_its_questions(client: FlaskClient) -> None:
    pairs = client.get("/sv/questions/area-pairs/download?format=json").get_json()["results"]
    table = next(t for t in _tables(client.get("/sv/reports/board").text) if t[0][2] == "Genomförd")
    assert [int(row[2]) for row in table[1:]] == [row["jointProjects"] for row in pairs]
    areas = client.get("/sv/questions/area-list/download?format=json").get_json()["results"]
    lines = csv.DictReader(io.StringIO(client.get("/sv/reports/board?format=csv").text))
    values = [
        int(line["value"])
        for line in lines
        if line["column"] == "Projekt" and "area-list" in line["question"]
    ]
    assert values == [row["projects"] for row in areas]


def test_the_call_brief_is_of_the_pair_chosen(client: FlaskClient) -> None:
    page = client.get("/sv/reports/call?a=forest-bioeconomy&b=area/digitalisation").text
    answer = client.get(
        "/sv/questions/area-pair-actors/download?format=json&areaA=area/forest-bioeconomy&areaB=area/digitalisation"
    ).get_json()["results"]
    unused = [row for row in answer if not row["joint"]]
    assert f"{len(unused)} av de {len(answer)} aktörer" in page
    for title in (
        "Den prövade luckan",
        "Tidigare gemensamma projekt",
        "Kontaktförslag",
        "Finansiärer i underlaget",
    ):
        assert title in page
    assert "Förslag att pröva i dialog, ingen rekommendation om stöd" in page
    if "för litet" in page.split("</h1>")[0]:
        assert "Vad som skulle göra paret prövbart" in page
    same = client.get("/sv/reports/call?a=forest-bioeconomy&b=forest-bioeconomy")
    assert same.status_code == 200


def test_the_board_brief_keeps_apart_what_must_be_kept_apart(client: FlaskClient) -> None:
    page = client.get("/sv/reports/board").text
    for words in (
        "Strategin har inget eget mätbart mål i underlaget", "Olika slag av pengar läggs aldrig ihop",
        "projekt har belopp", "har minst två kända parter", "Samarbeten syns inte i källor",
        "Tre grunder, aldrig sammanlagda", "aldrig en verkan av den", "Ett projekt i flera områden delas mellan dem",
    ):  # fmt: skip
        assert words in page, words
    money = next(t for t in _tables(page) if t[0][1] == "Före")
    assert money[0] == ["Område", "Före", "har belopp", "Efter", "har belopp", "Odaterade", "har belopp"]


def test_good_governance_holds_seven_sections_and_judges_nothing(client: FlaskClient) -> None:
    for lang, missing in (("sv", "underlag saknas"), ("en", "evidence is missing")):
        page = client.get(f"/{lang}/reports/good-governance").text
        main = page.split("<main")[1].split("</main>")[0]
        assert re.findall(r'<h2 id="criterion-(\d)">\1\. ', main) == list("1234567")
        # No form of the words that would declare the condition satisfied.
        assert not re.search(r"uppfyll|fulfil|satisf|tillgodose", main, re.IGNORECASE)
        for part in re.split(r'<h2 id="criterion-\d">', main)[1:]:
            assert "<table" in part or missing in part.lower()
        assert "2021/1060" in main
        assert missing in main.lower()


def test_evidence_names_its_date_and_source(client: FlaskClient) -> None:
    page = client.get("/sv/reports/good-governance").text
    owner = next(t for t in _tables(page.split('id="criterion-2"')[1]) if t[0][0] == "Vad")
    assert owner[0] == ["Vad", "I korthet", "Datum", "Källa", "Källans datum"]
    assert owner[1][2].startswith("2020")
    assert re.match(r"\d{4}", owner[1][4])


def test_an_actor_without_projects_is_not_found_in_the_sources(client: FlaskClient, graph: Any) -> None:
    rows = graph.select(
        "SELECT ?a WHERE { ?a a eco:Actor . FILTER NOT EXISTS { ?x eco:byActor ?a } } ORDER BY ?a LIMIT 1"
    ).values()
    page = client.get(f"/sv/brief?about={rows[0]['a'].split('/id/')[1]}")
    assert page.status_code == 200
    assert "ej funnen i källornas projekt" in page.text
    assert "samarbetar inte" not in page.text


@pytest.mark.parametrize(
    "query",
    [
        "brief?about=area/none", "brief?about=place/SE", "brief?about=actor/none", "brief?about=project/x",
        "brief?about=%22%3Cscript%3E", "brief?about=" + "x" * 5000, "brief?about=actor/", "brief?format=exe",
        "reports/board?format=../x", "reports/call?format=",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/sv/{query}")
    assert answer.status_code == (200 if query.endswith("format=") else 404)


@pytest.mark.parametrize(
    "query",
    [
        "board?since=nonsense", "board?since=9999-12-31", "board?since=0001-01-01", "board?since=" + "9" * 3000,
        "call?a=<b>&b='", "call?a=" + "x" * 3000, "call?a=area/digitalisation", "good-governance?x=1&lang=zz",
        "board?since=2020-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_odd_parameters_give_the_report_with_what_is_sensible(client: FlaskClient, query: str) -> None:
    assert client.get(f"/en/reports/{query}").status_code == 200


def test_excel_opens_the_tables_with_a_mark_and_decimal_commas(client: FlaskClient) -> None:
    content = client.get("/sv/reports/call?a=forest-bioeconomy&b=digitalisation&format=csv-excel").data
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Avsnitt", "Rad", "Kolumn", "Värde", "Fråga"]
    expected = [row[3] for row in rows if row[2] == "Väntat"]
    assert expected
    assert all(re.fullmatch(r"\d+(,\d+)?", value) for value in expected)


def test_the_permalink_leads_back_to_the_same_report(client: FlaskClient) -> None:
    page = client.get("/sv/reports/board?since=2021-01-01&x=y").text
    permalink = re.search(r'class="permalink">.*?<a href="([^"]+)"', page, re.S)
    assert permalink is not None
    assert permalink[1].endswith("/sv/reports/board?since=2021-01-01")
    again = client.get(permalink[1]).text
    assert _tables(again) == _tables(page)


@pytest.fixture
def later(fixture_workspace: Workspace, fixture_build: Build, front_end: Path, tmp_path: Path) -> Flask:
    """The small workspace with an earlier build kept, in which one project was not yet known."""
    root = tmp_path / "workspace"
    shutil.copytree(fixture_workspace.root, root, symlinks=True)
    builds = root / ".ecograph/builds"
    earlier = builds / "000000000000"
    shutil.copytree(builds / fixture_build.path.name, earlier)
    manifest = json.loads((earlier / "build.json").read_text(encoding="utf-8"))
    manifest |= {"id": earlier.name, "finished": "2021-06-01T12:00:00+00:00"}
    (earlier / "build.json").write_text(json.dumps(manifest), encoding="utf-8")
    held = pl.read_parquet(earlier / HOLDINGS)
    gone = held.filter(pl.col("table") == "projects").sort("id")["id"][0]
    held.filter(pl.col("id") != gone).write_parquet(earlier / HOLDINGS)
    return create_app(root)


def test_what_changed_since_a_date_compares_the_builds_that_are_kept(later: Flask) -> None:
    page = unescape(later.test_client().get("/sv/reports/board?since=2022-01-01").text)
    assert "jämfört med 000000000000 (2021-06-01)" in page
    said = re.search(r"Projekt i dataversion .*?: (\d+) nya \((.+?)\), (\d+) borta, (\d+) ändrade", page)
    assert said is not None
    assert (said[1], said[3], said[4]) == ("1", "0", "0")
    assert "/sv/changes?from=000000000000" in page
    before = unescape(later.test_client().get("/sv/reports/board?since=2021-01-01").text)
    assert "Ingen dataversion från före 2021-01-01 finns sparad; jämförelsen görs med den äldsta" in before


def test_what_began_or_ended_since_a_date_is_told_by_the_sources(client: FlaskClient) -> None:
    page = client.get("/sv/reports/board?since=2015-01-01").text
    answer = client.get(
        "/sv/questions/projects-since/download?format=json&since=2015-01-01&until=2099-12-31"
    ).get_json()["results"]
    assert answer
    assert all(
        row["began"] is (row["start"] is not None and row["start"] >= "2015"[: len(row["start"])])
        for row in answer
    )
    assert "Odaterade projekt går inte att räkna" in page
