"""The guards against misreading hold on the pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

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
    for kind in ("start", "areas", "area", "actor", "bridges", "data"):
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


def test_no_page_claims_a_gap_and_nothing_is_purple_untested(
    client: FlaskClient, page_types: dict[str, str]
) -> None:
    for kind, path in page_types.items():
        page = client.get(f"/sv/{path}").text
        assert not re.search(r'class="[^"]*\b(gap|mark-gap|less)\b', page)
        # The model page explains the word; no other page uses it.
        assert kind == "model" or "samarbetslucka" not in page
    styles = (ROOT / "src/ecograph/web/frontend/src/styles").glob("*.css")
    assert not any("var(--course)" in path.read_text(encoding="utf-8") for path in styles)


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
