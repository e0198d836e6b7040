"""The SPARQL page as a client sees it: the plain form, permalinks, and what the editor is fed with."""

from __future__ import annotations

import base64
import zlib
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from ecograph.query.catalogue import load_catalogue
from ecograph.web.explorer.sparql import declared


def _packed(text: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.urlsafe_b64encode(packer.compress(text.encode()) + packer.flush()).decode().rstrip("=")


def test_a_query_stands_in_the_address_as_it_is_or_packed(client: FlaskClient) -> None:
    text = "SELECT ?å WHERE { ?å ?b <x> } # <script>"
    for address in (f"query={quote(text)}", f"z={_packed(text)}"):
        page = client.get(f"/sv/sparql?{address}&view=chart").get_data(as_text=True)
        assert "SELECT ?å WHERE { ?å ?b &lt;x&gt; } # &lt;script&gt;" in page
        assert 'data-view="chart"' in page
    question = client.get("/en/sparql?question=coverage-by-source").get_data(as_text=True)
    assert "What do we know, and from which sources?" in question
    assert "VALUES ?lang { &#34;en&#34; }" in question


@pytest.mark.parametrize(
    "address",
    ["z=%00", "z=" + "A" * 30_000, "z=åäö", f"z={_packed('x' * 5_000_000)}", "query=" + "x" * 50_000, "view=exe",
     "question=nope", "question=coverage-by-source&lang=xx"],
)  # fmt: skip
def test_a_damaged_or_hostile_address_gives_the_page(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/sv/sparql?{address}")
    assert answer.status_code == 200
    assert len(answer.get_data()) < 400_000


def test_prefixes_that_are_used_are_declared_and_nothing_else() -> None:
    text = 'SELECT * { ?eco:x a eco:B ; skos:y "dcterms:z" } # org:x\n'
    assert declared("PREFIX skos: <s>\n" + text) == (
        "PREFIX eco: <https://w3id.org/ecograph/ns#>\nPREFIX skos: <s>\n" + text
    )
    assert (
        declared("SELECT * { <http://eco:80/> ?p 'foaf:x' }") == "SELECT * { <http://eco:80/> ?p 'foaf:x' }"
    )


def test_every_example_runs_as_it_stands(client: FlaskClient, graph: Any) -> None:
    examples = client.get("/en/sparql/examples.json").get_json()
    assert set(load_catalogue()) <= set(examples)
    store = graph._store
    for slug in sorted(examples)[::7]:
        # Without the customary prefixes, as the endpoint reads it.
        store.query(examples[slug], use_default_graph_as_union=True)


def test_the_editor_is_fed_with_the_models_words_in_both_languages(client: FlaskClient) -> None:
    answer = client.get("/sv/sparql/terms.json")
    content = answer.get_json()
    by_name = {term["name"]: term for term in content["terms"]}
    assert by_name["eco:Project"]["kind"] == "class"
    assert by_name["eco:startYear"]["kind"] == "property"
    assert by_name["eco:startYear"]["sv"] == "startår"
    assert by_name["voc:role\\/coordinator"]["kind"] == "concept"
    assert content["prefixes"]["eco"] == "https://w3id.org/ecograph/ns#"
    assert all(term["name"] and term["iri"] for term in content["terms"])
    again = client.get("/sv/sparql/terms.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_map_is_fed_with_the_builds_own_borders(client: FlaskClient, graph: Any) -> None:
    places = client.get("/sv/sparql/places.json").get_json()
    known = graph.select("SELECT DISTINCT ?place { ?place geo:hasDefaultGeometry ?shape }").values()
    assert [place["iri"] for place in places] == sorted(row["place"] for row in known)


def test_without_script_the_form_goes_to_the_endpoint(client: FlaskClient) -> None:
    page = client.get("/sv/sparql").get_data(as_text=True)
    assert '<form action="/sparql" method="post"' in page
    assert '<button class="link" name="format" value="csv"' in page
    assert "style=" not in page
