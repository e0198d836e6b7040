"""The W3C's SPARQL 1.1 protocol tests: the query side passes, the update side is refused properly."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from running import Service, say
from small_build import publish, workspace

HT = Namespace("http://www.w3.org/2011/http#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CNT = Namespace("http://www.w3.org/2011/content#")
FOLDER = "sparql/sparql11/protocol"
DATA = "http://kasei.us/2009/09/sparql/data/"


@pytest.fixture(scope="module")
def manifest(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Graph, Service]]:
    """The manifest, and a service on a build with its data."""
    place = tmp_path_factory.mktemp("w3c")
    with tarfile.open(shared / "w3c-tests" / "w3c-rdf-tests-sparql.tar.gz") as archive:
        members = [member for member in archive if member.name.lstrip("./").startswith(FOLDER)]
        archive.extractall(place, members)
    folder = place / FOLDER
    graph = Graph().parse(folder / "manifest.ttl", format="turtle")
    data = "".join(f"<{DATA}data{n}.rdf> {{ {(folder / f'data{n}.nt').read_text()} }}\n" for n in (1, 2, 3))
    # The manifest asks of data0.rdf too but gives no content for it; that it exists is all that is asked.
    data += f"<{DATA}data0.rdf> {{ <{DATA}data0.rdf> <{DATA}is> <{DATA}here> }}"
    root = workspace(place / "workspace")
    publish(root, "abcdefabcdef", data)
    service = Service(root)
    yield graph, service
    assert service.stop() == 0


def requests(graph: Graph, test: URIRef) -> Iterator[dict[str, Any]]:
    """The requests of a test: method, path, body, headers, and what is expected."""
    action = graph.value(test, MF.action)
    for request in Collection(graph, graph.value(action, HT.requests)):
        headers = {}
        if (listed := graph.value(request, HT.headers)) is not None:
            for header in Collection(graph, listed):
                headers[str(graph.value(header, HT.fieldName))] = str(graph.value(header, HT.fieldValue))
        body, content = None, graph.value(request, HT.body)
        if content is not None:
            coding = str(graph.value(content, CNT.characterEncoding) or "utf-8")
            body = str(graph.value(content, CNT.chars)).encode(coding)
        response = graph.value(request, HT.resp)
        yield {
            "method": str(graph.value(request, HT.methodName)),
            "path": str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql"),
            "body": body,
            "headers": headers,
            "status": {str(s).rpartition("#")[2] for s in graph.objects(response, MF.expectedStatus)},
            "boolean": graph.value(response, MF.expectedBoolean),
            "format": str(graph.value(response, MF.expectedFormat) or ""),
        }


@pytest.mark.shared
def test_every_protocol_test_of_the_query_side_passes(manifest: tuple[Graph, Service]) -> None:
    graph, service = manifest
    passed, failed = [], []
    for test in Collection(graph, next(graph.objects(None, MF.entries))):
        name = str(test).rpartition("#")[2]
        if "query" in name or "queries" in name:
            good = all(fits(service, request) for request in requests(graph, test))
            (passed if good else failed).append(name)
    say(f"W3C protocol (query): {len(passed)}/{len(passed) + len(failed)}")
    assert not failed
    assert len(passed) == 20


@pytest.mark.shared
def test_every_update_of_the_protocol_tests_is_refused(manifest: tuple[Graph, Service]) -> None:
    graph, service = manifest
    before = service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    for test in Collection(graph, next(graph.objects(None, MF.entries))):
        if "update" in str(test).rpartition("#")[2]:
            first = next(requests(graph, test))
            reply = service.ask(first["path"], first["method"], first["body"], first["headers"])
            assert 400 <= reply.status < 500
    assert service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body == before


def fits(service: Service, request: dict[str, Any]) -> bool:
    reply = service.ask(request["path"], request["method"], request["body"], request["headers"])
    if f"StatusCode{reply.status // 100}xx" not in request["status"]:
        return False
    checks: dict[str, Callable[[], bool]] = {
        "boolean": lambda: reply.headers["content-type"] == "application/sparql-results+json",
        "tabular": lambda: reply.headers["content-type"] == "application/sparql-results+json",
        "RDF": lambda: reply.headers["content-type"].startswith("text/turtle"),
    }
    if request["format"] in checks and not checks[request["format"]]():
        return False
    expected = request["boolean"]
    return expected is None or f'"boolean":{str(expected).lower()}'.encode() in reply.body
