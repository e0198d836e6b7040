"""Clients that others use, as they come."""

from __future__ import annotations

import codecs
import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import polars as pl
import pytest
from pyoxigraph import Store
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from running import Service

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
ACTOR = "https://w3id.org/ecograph/id/actor/se-2021004524"
LABELS = f"SELECT ?o {{ <{ACTOR}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }}"


def test_sparqlwrapper(service: Service) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{service.address}/sparql")
    for result_format, method in ((wrapper.JSON, "GET"), (wrapper.JSON, "POST")):
        client.setQuery(LABELS)
        client.setMethod(method)
        client.setReturnFormat(result_format)
        assert len(client.queryAndConvert()["results"]["bindings"]) == 2
    client.setQuery(f"CONSTRUCT WHERE {{ <{ACTOR}> ?p ?o }}")
    for graph_format in (wrapper.TURTLE, wrapper.JSONLD, wrapper.RDFXML):
        client.setReturnFormat(graph_format)
        client.setMethod("GET")
        answer = client.queryAndConvert()
        graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
        assert len(graph) == 5


def test_rdflib_sparqlstore(service: Service) -> None:
    graph = Graph(SPARQLStore(f"{service.address}/sparql"))
    assert len(list(graph.query(LABELS))) == 2
    assert len(list(graph.triples((URIRef(ACTOR), None, None)))) == 5


def test_polars_reads_csv(service: Service) -> None:
    reply = service.query(LABELS, "text/csv")
    assert pl.read_csv(reply.body).shape == (2, 1)


def test_another_oxigraph_by_service(service: Service) -> None:
    query = f"SELECT ?o {{ SERVICE <{service.address}/sparql> {{ {LABELS} }} }}"
    assert len(list(Store().query(query))) == 2


@pytest.mark.skipif(OXIGRAPH is None, reason="needs the program oxigraph (pip install oxigraph)")
def test_oxigraphs_command_line_by_service(service: Service, tmp_path: Path) -> None:
    assert OXIGRAPH is not None
    query = f"SELECT ?o {{ SERVICE <{service.address}/sparql> {{ {LABELS} }} }}"
    subprocess.run([OXIGRAPH, "load", "--location", str(tmp_path), "--format", "nt"], input=b"", check=True)
    command = [OXIGRAPH, "query", "--location", str(tmp_path), "--results-format", "csv", "--query", query]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert sorted(answer.stdout.splitlines()[1:]) == ["Mid Sweden University", "Mittuniversitetet"]


def test_polars_and_others_read_csv_from_the_address_alone(service: Service) -> None:
    address = f"{service.address}/sparql?{urlencode({'query': LABELS, 'format': 'csv'})}"
    assert pl.read_csv(address)["o"].sort().to_list() == ["Mid Sweden University", "Mittuniversitetet"]


def test_excels_web_query_gets_a_file_that_it_takes_for_utf_8(service: Service) -> None:
    asked = {"User-Agent": "Microsoft Office Excel", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    query = 'SELECT (COUNT(*) AS ?antal) ("Härnösand" AS ?ort) { ?s ?p ?o }'
    reply = service.query(query, headers=asked, format="excel")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline="")))
    assert reply.body.startswith(codecs.BOM_UTF8)
    assert (rows[0], rows[1][1]) == (["antal", "ort"], "Härnösand")
    plain = service.query(query, format="csv")
    assert plain.headers["etag"] != reply.headers["etag"]
    assert reply.body == codecs.BOM_UTF8 + plain.body


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl(service: Service) -> None:
    command = [
        "curl",
        "-s",
        "--compressed",
        f"{service.address}/sparql",
        "--data-urlencode",
        f"query={LABELS}",
    ]
    answer = subprocess.run([*command, "-H", "Accept: text/csv"], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[0] == "o"
    assert "Mittuniversitetet" in answer.stdout
    followed = subprocess.run(
        ["curl", "-sL", "-H", "Accept: application/n-triples", f"{service.address}/id/actor/pic-1"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"<{ACTOR}>" in followed.stdout
