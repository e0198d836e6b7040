"""What is taken away is what is seen, in the form that its program expects."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import polars as pl
from flask import Flask, g
from flask.testing import FlaskClient

from ecograph.query.catalogue import read_question
from ecograph.store.graph import Literal, Rows
from ecograph.web.explorer.asking import Shown, page_questions
from ecograph.web.explorer.downloads import download

_ADDRESS = "/sv/questions/actor-list/download?format="


def test_the_formats_hold_the_same_rows(client: FlaskClient) -> None:
    rows = client.get(_ADDRESS + "json").get_json()["results"]
    assert rows
    plain = list(csv.DictReader(io.StringIO(client.get(_ADDRESS + "csv").text)))
    assert [row["actor"] for row in plain] == [row["actor"] for row in rows]
    sheet = pl.read_excel(client.get(_ADDRESS + "xlsx").data, sheet_name="Svar")
    assert sheet.height == len(rows)


def test_the_workbook_says_where_it_comes_from(client: FlaskClient) -> None:
    about = pl.read_excel(client.get(_ADDRESS + "xlsx").data, sheet_name="Om", has_header=False)
    text = "\n".join(str(value) for value in about.to_series(0))
    assert "/sv/questions/actor-list" in text
    assert "SELECT" in text


def test_csv_for_excel_has_semicolons_a_mark_and_swedish_headings(client: FlaskClient) -> None:
    content = client.get(_ADDRESS + "csv-excel").data
    assert content.startswith(b"\xef\xbb\xbf")
    heading = content.decode("utf-8-sig").splitlines()[0]
    assert heading.startswith("Aktör;")


def test_decimals_have_a_comma_and_no_cell_runs_as_a_formula(app: Flask) -> None:
    question = page_questions()["actor-money"]
    row = {"kindLabel": "=cmd()", "amount": Decimal("1234.5")}
    terms = Rows(list(row), [[Literal("=cmd()"), Literal("1234.5")]])
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        answer = download(Shown(question, {}, "SELECT", terms, [row]), "csv-excel", "")
    assert answer.get_data(as_text=True).splitlines()[1] == "'=cmd();1234,5"


def test_the_query_shown_is_the_query_asked(client: FlaskClient) -> None:
    shown = client.get(_ADDRESS + "json").get_json()["sparql"]
    question = page_questions()["actor-list"]
    assert read_question(question.path).sparql.split("WHERE")[0] in shown
