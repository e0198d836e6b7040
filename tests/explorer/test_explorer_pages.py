"""Every page answers, in both languages, with well-formed HTML and a designed answer to what goes wrong."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from ecograph.errors import StoreError
from ecograph.web.app import create_app
from ecograph.web.explorer.blueprint import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_type_answers_and_is_strictly_well_formed(
    client: FlaskClient, page_types: dict[str, str], lang: str
) -> None:
    for kind, path in page_types.items():
        answer = client.get(f"/{lang}/{path}")
        assert answer.status_code == (404 if kind == "not found" else 200), (kind, path)
        html5lib.HTMLParser(strict=True).parse(answer.text)
        assert f'<html lang="{lang}">' in answer.text
        assert answer.text.count("<h1") == 1, kind


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_answers_with_its_defaults(app: Flask, client: FlaskClient, lang: str) -> None:
    listed = client.get(f"/{lang}/questions").text
    slugs = sorted(set(re.findall(rf'href="/{lang}/questions/([a-z-]+)"', listed)))
    assert len(slugs) >= 12
    for slug in slugs:
        answer = client.get(f"/{lang}/questions/{slug}")
        assert answer.status_code in {200, 400}, slug
        assert "Traceback" not in answer.text


def test_the_root_leads_to_the_readers_language(client: FlaskClient) -> None:
    assert client.get("/").location.endswith("/sv/")
    assert client.get("/", headers={"Accept-Language": "en-GB, sv;q=0.5"}).location.endswith("/en/")
    assert client.get("/", headers={"Accept-Language": "fi"}).location.endswith("/sv/")


def test_each_page_leads_to_itself_in_the_other_language(
    client: FlaskClient, page_types: dict[str, str]
) -> None:
    for kind, path in page_types.items():
        if kind == "not found":
            continue
        here = f"/sv/{path}"
        there = re.search(r'hreflang="en" href="([^"]*)"', client.get(here).text)
        assert there is not None
        assert there[1].replace("&amp;", "&") == f"/en/{path}", kind
        assert client.get(there[1].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "actors?page=9999", "actors?page=-3", "actors?page=x",  "actors?area=nonsense", "actors?sort=;drop",
        "actors?q=" + "a" * 5000, "bridges?a=area/none&b=%3Cscript%3E", "bridges?a=x&b=x", "search?q=%22%3E%3Cscript%3E",
        "search?q=%F0%9F%98%80", "actors?helix=%00", "projects?from=x&to=99999&sort=;&col=x&status=%3E", "sparql?question=none", "sparql?query=" + "x" * 30_000,
    ],
)  # fmt: skip
def test_odd_values_in_the_address_get_a_page(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/sv/{path}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sv/actor/none", 404), ("/en/area/none", 404), ("/sv/project/%3E%3C", 404), ("/de/", 404), ("/sv/a/" + "b" * 900, 404),
        ("/sv/questions/none", 404), ("/sv/questions/actor-list?place=%3E%20%7D%20DROP", 400),
        ("/sv/questions/actor-list/download?format=exe", 404),
    ],
)  # fmt: skip
def test_what_does_not_exist_gets_a_designed_page(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert 'class="skip"' in answer.text


def test_a_page_runs_and_fetches_nothing_of_another_host(
    client: FlaskClient, page_types: dict[str, str]
) -> None:
    for path in page_types.values():
        answer = client.get(f"/sv/{path}")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not re.search(
            r"<(script|img|link|iframe)[^>]*(src|href)=\"https?://(?!localhost)", answer.text
        )
        assert " style=" not in answer.text
        # Data in a block of JSON are no script and are never run.
        assert not re.search(r'<script(?![^>]*src=)(?![^>]*type="application/json")', answer.text)


def test_before_the_first_build_a_page_says_how_to_make_one(tmp_path: Any, fixture_workspace: Any) -> None:
    (tmp_path / "ecograph.toml").write_text((fixture_workspace.root / "ecograph.toml").read_text())
    answer = create_app(tmp_path).test_client().get("/sv/")
    assert answer.status_code == 503
    assert "ecograph build" in answer.text
    assert "Traceback" not in answer.text


def test_a_store_that_cannot_be_read_is_no_empty_answer(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise StoreError("The store is gone.")

    monkeypatch.setattr(app.extensions["ecograph"], "served", broken)
    answer = client.get("/en/actors")
    assert answer.status_code == 503
    assert "not an empty answer" in answer.text


def test_a_failure_of_ours_shows_no_traceback(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(app.extensions["ecograph"], "served", failing)
    answer = client.get("/sv/actors")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "Något gick fel" in answer.text
