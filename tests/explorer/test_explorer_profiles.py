"""The pages of an actor and of an area tell the whole of it, each in sentences made from the data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from markupsafe import Markup

from ecograph.model.namespaces import VOCABULARY
from ecograph.web.explorer.events import events

ACTOR = "actor/se-2021004524"


@pytest.fixture
def page(client: FlaskClient) -> str:
    """The page of the university that stands in the middle of the small workspace."""
    return client.get(f"/sv/{ACTOR}").text


def _rows(client: FlaskClient, slug: str) -> list[dict[str, Any]]:
    answer = client.get(f"/sv/questions/{slug}/download?format=json&actor={ACTOR}")
    found: list[dict[str, Any]] = answer.get_json()["results"]
    return found


def test_the_sentence_says_which_areas_hang_on_the_actor(client: FlaskClient, page: str) -> None:
    sentence = re.search(r"<h1>(.*?)</h1>", page, re.S)
    assert sentence is not None
    assert re.search(r"Mittuniversitetet binder ihop (två|tre|fyra|fem) av fem områden", sentence[1])
    assert "i de projekt vi känner till" in sentence[1]
    most = max(_rows(client, "actor-bridges"), key=lambda row: row["cutOff"])
    assert f"{most['cutOff']} aktörspar" in sentence[1].replace("\u202f", "")


def test_each_rank_as_a_bridge_stands_with_its_interval(client: FlaskClient, page: str) -> None:
    table = page.split('id="bridge-table"')[1].split("</table>", maxsplit=1)[0]
    for row in _rows(client, "actor-bridges"):
        assert f"{row['areaALabel']} – {row['areaBLabel']}" in table
        if row["rankLow"] is not None:
            assert f"({row['rankLow']}–{row['rankHigh']})" in table
    assert "z jämför med nätverk som dragits om" in page


def test_introductions_are_shown_with_their_reason_and_as_suggestions(client: FlaskClient) -> None:
    graph = client.application.extensions["ecograph"].graph
    found = graph.select("SELECT ?a ?r WHERE { ?i eco:collaborator ?a ; eco:reason ?r ; a eco:Introduction "
                         'FILTER(LANG(?r) = "sv") } LIMIT 1').values()  # fmt: skip
    assert found
    page = client.get("/sv/" + found[0]["a"].split("/id/")[1]).text
    part = page.split('id="introductions"')[1].split("</section>")[0]
    assert str(Markup.escape(found[0]["r"])) in part
    assert "ingen rekommendation om stöd" in part


def test_what_happened_to_an_organisation_is_told_from_either_side(client: FlaskClient) -> None:
    graph = client.application.extensions["ecograph"].graph
    found = graph.select("SELECT ?buyer ?bought WHERE { ?e eco:changeKind voc:change-kind\\/acquisition ; "
                         "org:originalOrganization ?buyer ; org:resultingOrganization ?bought } LIMIT 1").values()  # fmt: skip
    assert found
    buyer, bought = (found[0][name].split("/id/")[1] for name in ("buyer", "bought"))
    assert re.search(rf'köptes helt eller delvis av <a href="/sv/{buyer}">', client.get(f"/sv/{bought}").text)
    assert re.search(rf'köpte hela eller en del av <a href="/sv/{bought}">', client.get(f"/sv/{buyer}").text)


@pytest.mark.parametrize(
    ("kind", "before", "after", "sentence"),
    [
        ("founding", {}, {"a": "A"}, "bildades"),
        ("merger", {"b": "B", "c": "C"}, {"a": "A"}, "bildades av B och C"),
        ("merger", {"a": "A", "b": "B"}, {"a": "A"}, "gick samman med B"),
        ("merger", {"a": "A", "b": "B"}, {"c": "C"}, "gick upp i C, tillsammans med B"),
        ("merger", {}, {"a": "A"}, "bildades genom en sammanslagning"),
        ("renaming", {"a": "A"}, {"a": "A"}, "bytte namn; det tidigare namnet står bland de andra namnen"),
        ("renaming", {"a": "A"}, {"b": "B"}, "fick namnet B"),
        ("renaming", {"b": "B"}, {"a": "A"}, "hette tidigare B"),
        ("succession", {"a": "A"}, {"b": "B"}, "lämnade över uppgifter till B"),
        ("acquisition", {"b": "B"}, {"a": "A"}, "köptes helt eller delvis av B"),
        ("acquisition", {"a": "A"}, {"b": "B"}, "köpte hela eller en del av B"),
        ("acquisition", {}, {"a": "A"}, "fick ny ägare"),
        ("dissolution", {"a": "A"}, {}, "upphörde"),
        ("something", {"a": "A"}, {}, "ordet för det"),
    ],
)
def test_every_kind_of_event_has_its_sentence(
    app: Flask, kind: str, before: dict[str, str], after: dict[str, str], sentence: str
) -> None:
    pairs = [(b, a) for b in before or [None] for a in after or [None]]
    rows = [
        {"event": "e", "kind": f"{VOCABULARY}change-kind/{kind}", "kindLabel": "ordet för det", "date": "2020",
         "from": b, "fromLabel": before.get(b or ""), "to": a, "toLabel": after.get(a or "")}
        for b, a in pairs
    ]  # fmt: skip
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        (event,) = events(rows, "a")
    assert event.sentence.striptags() == sentence


def test_a_name_in_a_sentence_cannot_carry_markup(app: Flask) -> None:
    row = {"event": "e", "kind": f"{VOCABULARY}change-kind/merger", "kindLabel": "", "date": None,
           "from": "b", "fromLabel": "<b>%s</b>", "to": "a", "toLabel": "A"}  # fmt: skip
    with app.test_request_context("/sv/"):
        g.lang = "sv"
        assert "<b>" not in events([row], "a")[0].sentence


def test_the_years_of_money_add_up_to_the_whole(client: FlaskClient) -> None:
    whole = {(r["kind"], r["currency"]): r["amount"] for r in _rows(client, "actor-money")}
    years: dict[tuple[str, str], float] = {}
    for row in _rows(client, "actor-money-years"):
        key = (row["kind"], row["currency"])
        years[key] = years.get(key, 0) + float(row["amount"])
    assert years.keys() == whole.keys()
    for key, amount in whole.items():
        assert years[key] == pytest.approx(float(amount))


def test_an_area_names_the_helices_that_are_not_found_in_it(
    client: FlaskClient, things: dict[str, str]
) -> None:
    page = client.get(f"/sv/{things['area']}").text
    helices = re.search(r"Aktörer per aktörsgrupp.*?</table>", page, re.S)
    assert helices is not None
    rows = re.findall(r'<th scope="row">([^<]*)</th><td class="num">(\d+)</td>', helices[0])
    assert {"näringsliv", "akademi", "offentlig sektor", "civilsamhälle"} <= {name for name, _ in rows}
    missing = [name for name, count in rows if count == "0"]
    assert all(name in page.split("</h1>")[1].split("</section>")[0] for name in missing)


def test_the_start_page_leads_to_what_people_want_to_know(client: FlaskClient) -> None:
    page = client.get("/sv/").text
    asks = re.findall(
        r'<li><a href="([^"]*)">([^<]*)</a></li>', page.split("Vad vill du veta?")[1].split("</ul>")[0]
    )
    assert len(asks) >= 6
    assert asks[0][1].startswith("Vem binder ihop")
    for address, text in asks:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, text
    fresh = page.split("Hur färska är uppgifterna?")[1]
    assert fresh.count('class="years"') >= 5
