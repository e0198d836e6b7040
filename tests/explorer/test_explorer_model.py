"""The model page: hierarchy, terms and the gate's shapes, each leading to the other."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from ecograph.validation.reference import shapes_by_class


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_link_within_the_page_has_its_place(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/{lang}/model").text
    places = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="(?:/(?:sv|en)/model)?#([^"]+)"', page)) <= places
    assert {"Actor", "activeIn", "shapes-Actor"} <= places


def test_the_hierarchy_is_drawn_with_the_labels_of_the_language(client: FlaskClient) -> None:
    page = client.get("/sv/model").text
    drawn = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    assert '<a href="#Municipality">kommun</a>' in drawn
    assert "org:Organization" in drawn


def test_each_class_tells_what_the_gate_asks_in_the_readers_language(client: FlaskClient) -> None:
    page = client.get("/sv/model").text
    assert page.count('<details id="shapes-') == len(shapes_by_class())
    assert "Rätta kolumnen orgnr" in page
    assert "Correct the column orgnr" not in page


def test_properties_tell_domain_range_and_what_they_follow_from(client: FlaskClient) -> None:
    page = client.get("/en/model").text
    row = page[page.index('<tr id="activeIn">') :].split("</tr>")[0]
    assert "follows from eco:collaboratesIn" in row
    assert 'href="/en/model#PriorityArea"' in row


def test_the_address_of_the_ontology_serves_page_and_data(client: FlaskClient) -> None:
    page = client.get("/ns", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (page.status_code, page.headers["Location"]) == (303, "/en/model")
    for media in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        answer = client.get("/ns", headers={"Accept": media})
        assert answer.status_code == 200
        assert answer.content_type.startswith(media)
