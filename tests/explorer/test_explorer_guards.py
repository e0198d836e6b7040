"""The guards against misreading hold on the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, render_template_string
from flask.testing import FlaskClient

from ecograph.model.namespaces import VOCABULARY

ROOT = Path(__file__).resolve().parents[2]


def _label(graph: Any, iri: str) -> str:
    rows = graph.select(f'SELECT ?l WHERE {{ <{iri}> skos:prefLabel ?l FILTER(LANG(?l) = "sv") }}').values()
    return str(rows[0]["l"])


def _page(client: FlaskClient, iri: str) -> str:
    answer = client.get("/sv/" + iri.split("/id/")[1])
    assert answer.status_code == 200
    return answer.text


def test_an_actor_without_projects_is_not_found_in_the_sources(client: FlaskClient, graph: Any) -> None:
    rows = graph.select(
        "SELECT ?a WHERE { ?a a eco:Actor . FILTER NOT EXISTS { ?x eco:byActor ?a } } LIMIT 1"
    ).values()
    assert rows
    assert "ej funnen i källornas projekt" in _page(client, rows[0]["a"])
    assert "samarbetar inte" not in _page(client, rows[0]["a"])


def test_only_granted_ongoing_and_finished_projects_are_counted(client: FlaskClient, graph: Any) -> None:
    rows = graph.select("""
        SELECT ?p WHERE { ?p a eco:Project ; eco:status ?s . FILTER NOT EXISTS { ?s eco:countsByDefault true } } LIMIT 1
    """).values()
    assert rows
    page = _page(client, rows[0]["p"])
    assert "räknas inte" in page
    assert "Bara beviljade, pågående och avslutade projekt" in page


def test_coverage_stands_beside_every_network_figure(client: FlaskClient, page_types: dict[str, str]) -> None:
    for kind in (
        "start",
        "areas",
        "area",
        "actor",
        "bridges",
        "cross-fertilisation",
        "pair",
        "gaps",
        "data",
    ):
        assert "har minst två kända parter" in client.get(f"/sv/{page_types[kind]}").text, kind


def test_a_source_that_names_only_the_beneficiary_is_said_to_hide_partners(
    client: FlaskClient, graph: Any
) -> None:
    rows = graph.select("""
        SELECT ?a WHERE { GRAPH ?g { ?x eco:byActor ?a } ?g eco:partnerCoverage "beneficiary" } LIMIT 1
    """).values()
    assert rows
    assert "Samarbeten syns inte i denna källa" in _page(client, rows[0]["a"])


def test_our_own_classification_is_marked_down_to_the_project(client: FlaskClient, graph: Any) -> None:
    rows = graph.select("""
        SELECT ?p WHERE { ?x eco:assignmentOf ?p ; eco:basis voc:assignment-basis\\/collector . ?p a eco:Project } LIMIT 1
    """).values()
    assert rows
    assert "klassat av oss" in _page(client, rows[0]["p"])


def test_kinds_of_money_are_never_added_together(client: FlaskClient, graph: Any) -> None:
    rows = graph.select("""
        SELECT ?a (COUNT(DISTINCT ?k) AS ?kinds) WHERE { ?f eco:recipient ?a ; eco:moneyKind ?k . ?a eco:collaboratesIn ?p . ?f eco:fundsProject ?p }
        GROUP BY ?a ORDER BY DESC(?kinds) LIMIT 1
    """).values()
    assert rows
    page = _page(client, rows[0]["a"])
    local = rows[0]["a"].split("/id/")[1]
    answer = client.get(f"/sv/questions/actor-money/download?format=json&actor={local}").get_json()
    assert len(answer["results"]) >= rows[0]["kinds"]
    assert "olika slag av pengar läggs aldrig ihop" in page


def test_time_before_the_strategy_is_kept_apart(client: FlaskClient, things: dict[str, str]) -> None:
    page = client.get(f"/sv/{things['area']}").text
    assert "Började före strategin" in page
    assert "Utan årtal" in page


def test_a_page_claims_a_gap_only_where_a_test_has_established_it(
    client: FlaskClient, page_types: dict[str, str], graph: Any
) -> None:
    established = graph.select(
        "SELECT ?x WHERE { ?x a eco:CollaborationGap ; eco:verdict voc:gap-verdict\\/fewer }"
    )
    assert not established.values()
    for kind, path in page_types.items():
        page = client.get(f"/sv/{path}").text
        assert not re.search(r'class="[^"]*\bless\b|<mark>', page), kind
        # The model and the vocabularies explain the words; no other page uses them of a pair.
        assert kind == "model" or "▼ färre än slumpen" not in page, kind
        assert "möts mer sällan än slumpen" not in page, kind
    assert "Ingen samarbetslucka" in client.get("/sv/gaps").text


def test_purple_is_kept_for_established_gaps() -> None:
    styles = (ROOT / "src/ecograph/web/frontend/src/styles").glob("*.css")
    rules = [rule for path in styles for rule in path.read_text(encoding="utf-8").split("}")]
    purple = {rule.split("{")[0].split("*/")[-1].strip() for rule in rules if "var(--course)" in rule}
    assert purple == {".matrix td.less", ".verdict.less", "mark"}


@pytest.mark.parametrize(
    ("key", "sign"),
    [("fewer", "▼"), ("more", "▲"), ("as-expected", ""), ("too-little-data", ""), ("depends-on-classification", "")],
)  # fmt: skip
def test_a_verdict_is_said_in_words_and_only_a_gap_is_purple(app: Flask, key: str, sign: str) -> None:
    row = {"verdict": f"{VOCABULARY}gap-verdict/{key}", "verdictLabel": "utslaget i ord"}
    template = "{% from 'macros.html' import verdict with context %}{{ verdict(row) }}"
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        shown = render_template_string(template, row=row)
    assert "utslaget i ord" in shown
    assert ("less" in shown) == (key == "fewer")
    assert [mark for mark in "▼▲" if mark in shown] == list(sign)


def test_too_little_data_is_an_answer_of_its_own(client: FlaskClient, page_types: dict[str, str]) -> None:
    for kind in ("start", "cross-fertilisation", "pair", "gaps"):
        page = client.get(f"/sv/{page_types[kind]}").text
        assert "för litet" in page or "går inte att bedöma" in page, kind


def test_introductions_are_suggestions_and_no_recommendation(
    client: FlaskClient, page_types: dict[str, str]
) -> None:
    for kind in ("pair with introductions", "gaps"):
        page = client.get(f"/sv/{page_types[kind]}").text
        assert "Förslag att pröva i dialog, ingen rekommendation om stöd" in page, kind


def test_a_pair_is_the_same_from_either_side(client: FlaskClient) -> None:
    one, other = (
        client.get(f"/sv/cross-fertilisation/{pair}").text
        for pair in ("digitalisation/forest-bioeconomy", "forest-bioeconomy/digitalisation")
    )
    figures = [re.findall(r"<td class=\"num\">([^<]*)</td>", page) for page in (one, other)]
    assert figures[0] == figures[1]
    assert client.get("/sv/cross-fertilisation/digitalisation/digitalisation").status_code == 404
    assert client.get("/sv/cross-fertilisation/none/digitalisation").status_code == 404


def test_what_is_lost_without_an_actor_holds_in_the_projects_we_know_of(client: FlaskClient) -> None:
    page = client.get("/sv/bridges?a=forest-bioeconomy&b=digitalisation").text
    assert re.search(r"Utan Mittuniversitetet tappar 18 aktörspar .* i de projekt vi känner till", page)
    assert "Bland de fem främsta" in page


def test_every_figure_of_the_start_page_opens_to_its_question(client: FlaskClient) -> None:
    page = client.get("/sv/").text
    figures = re.findall(r"<dd>(.*?)</dd>", page, re.S)
    assert figures
    for figure in figures:
        address = re.search(r'href="([^"]*/questions/[^"]*)"', figure)
        assert address is not None, figure
        assert client.get(address[1].replace("&amp;", "&")).status_code == 200


def test_a_statement_shows_its_source_and_date(
    client: FlaskClient, things: dict[str, str], graph: Any
) -> None:
    page = client.get(f"/sv/{things['actor']}").text
    titles = graph.select(
        'SELECT ?t WHERE { ?g a eco:SourceDataset ; dcterms:title ?t FILTER(LANG(?t) = "sv") }'
    ).values()
    assert any(row["t"] in page.split('id="statements"')[1] for row in titles)
