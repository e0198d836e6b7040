"""The SPARQL 1.1 Protocol's query operation over a real socket."""

from __future__ import annotations

import csv
import gzip
import io
import json
from urllib.parse import quote, urlencode

import pytest
from running import Service

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?p a <https://w3id.org/ecograph/ns#Participation> }"
GRAPH = "https://w3id.org/ecograph/graph/"
TYPES = "application/sparql-results+json"


def counted(body: bytes) -> int:
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", f"/sparql?query={quote(COUNT)}", None, {}, 200),
        ("GET", f"/sparql?query={quote(COUNT)}&unknown=1", None, {}, 200),
        ("HEAD", f"/sparql?query={quote(COUNT)}", None, {}, 200),
        ("POST", "/sparql", urlencode({"query": COUNT}), FORM, 200),
        ("POST", "/sparql", COUNT, DIRECT, 200),
        ("POST", "/sparql", COUNT, {"Content-Type": "application/sparql-query; charset=utf-8"}, 200),
        ("POST", "/sparql", COUNT, {"Content-Type": 'application/sparql-query;charset="UTF-8"'}, 200),
        ("OPTIONS", "/sparql", None, {}, 204),
        ("GET", f"/sparql?query={quote(COUNT)}&query={quote(COUNT)}", None, {}, 400),
        ("POST", "/sparql", urlencode([("query", COUNT), ("query", COUNT)]), FORM, 400),
        ("POST", f"/sparql?query={quote(COUNT)}", COUNT, DIRECT, 400),
        ("POST", "/sparql", "", FORM, 400),
        ("GET", "/sparql?default-graph-uri=http%3A%2F%2Fexample.org%2F", None, {}, 400),
        ("GET", "/sparql?query=SELECT", None, {}, 400),
        ("GET", "/sparql?query=%FF", None, {}, 400),
        ("GET", "/sparql?query=", None, {}, 400),
        ("POST", "/sparql", COUNT.encode() + b"#\xff", DIRECT, 400),
        ("POST", "/sparql", COUNT.encode("utf-16"), {"Content-Type": "application/sparql-query; charset=utf-16"}, 415),
        ("POST", "/sparql", COUNT, {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", COUNT, {}, 415),
        ("POST", "/sparql", urlencode({"update": "CLEAR ALL"}), FORM, 403),
        ("GET", "/sparql?update=CLEAR%20ALL", None, {}, 403),
        ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
        ("POST", "/sparql", "CLEAR ALL", DIRECT, 400),
        ("PUT", f"/sparql?query={quote(COUNT)}", COUNT, DIRECT, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("PATCH", "/sparql", COUNT, DIRECT, 405),
        ("POST", "/sparql", COUNT + "#" * 300_001, DIRECT, 413),
    ],
)  # fmt: skip
def test_every_request_is_answered_as_the_protocol_says(
    service: Service, method: str, path: str, body: bytes | str | None, headers: dict[str, str], status: int
) -> None:
    reply = service.ask(path, method, body, headers)
    assert reply.status == status
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.headers
    if status == 200 and method != "HEAD":
        assert counted(reply.body) == 1
    if status >= 400:
        assert reply.problem["detail"]
    if status == 405:
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_head_has_the_headers_of_get_and_no_body(service: Service) -> None:
    path = f"/sparql?query={quote(COUNT)}"
    head, get = service.ask(path, "HEAD"), service.ask(path)
    assert head.body == b""
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == get.headers[name]


def test_a_preflight_allows_what_clients_send(service: Service) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    reply = service.ask("/sparql", "OPTIONS", headers=asked)
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "Content-Type" in reply.headers["access-control-allow-headers"]


def test_the_default_graph_is_the_union_of_the_named_graphs(service: Service) -> None:
    assert counted(service.query("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }").body) == 6
    union = counted(service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body)
    quads = counted(service.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").body)
    assert union == quads > 2000


def test_from_narrows_the_default_graph(service: Service) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}vocabulary> {{ ?s ?p ?o }}"
    assert counted(service.query(query).body) == 7
    named = f"SELECT (COUNT(*) AS ?n) FROM NAMED <{GRAPH}vocabulary> {{ ?s ?p ?o }}"
    assert counted(service.query(named).body) == 0


def test_the_protocols_dataset_overrides_from(service: Service) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{GRAPH}numbers> {{ ?s ?p ?o }}"
    assert counted(service.query(query, **{"default-graph-uri": f"{GRAPH}vocabulary"}).body) == 7
    pairs = [
        ("query", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"),
        ("named-graph-uri", f"{GRAPH}vocabulary"),
        ("named-graph-uri", f"{GRAPH}ontology"),
    ]
    assert counted(service.ask(f"/sparql?{urlencode(pairs)}").body) == 7 + 5
    assert counted(service.ask("/sparql", "POST", urlencode(pairs), FORM).body) == 7 + 5
    direct = service.ask(f"/sparql?{urlencode(pairs[1:])}", "POST", pairs[0][1], DIRECT)
    assert counted(direct.body) == 7 + 5


@pytest.mark.parametrize("way", ["from", "protocol"])
def test_an_unknown_graph_is_an_error_with_a_hint_and_not_a_fetch(service: Service, way: str) -> None:
    graph = f"{GRAPH}vocabluary"
    if way == "from":
        reply = service.query(f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}")
    else:
        reply = service.query("SELECT * { ?s ?p ?o }", **{"default-graph-uri": graph})
    assert (reply.status, reply.kind) == (400, "unknown-graph")
    assert f"{GRAPH}vocabulary" in reply.problem["detail"]


SELECT = "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } ORDER BY ?s ?o"
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }"


@pytest.mark.parametrize(
    ("query", "accept", "sent"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json;charset=utf-8", "application/sparql-results+json"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/*", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (SELECT, "*/*;q=0.1, text/csv", "text/csv; charset=utf-8"),
        (SELECT, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        (SELECT, "text/turtle", None),
        (SELECT, "image/png", None),
        ("ASK { ?s ?p ?o }", "*/*", "application/sparql-results+json"),
        ("ASK { ?s ?p ?o }", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK { ?s ?p ?o }", "text/csv", None),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <https://w3id.org/ecograph/id/project/p-1>", "text/turtle", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/sparql-results+json", None),
    ],
)
def test_the_accept_header_decides_the_format(
    service: Service, query: str, accept: str, sent: str | None
) -> None:
    reply = service.query(query, accept)
    assert reply.headers["vary"].startswith("Accept")
    if sent is None:
        assert (reply.status, reply.kind) == (406, "not-acceptable")
        assert reply.problem["available"]
    else:
        assert (reply.status, reply.headers["content-type"]) == (200, sent)
        assert len(reply.body) == int(reply.headers["content-length"]) > 0


@pytest.mark.parametrize(
    ("query", "name", "sent"),
    [
        (SELECT, "csv", "text/csv; charset=utf-8"),
        (SELECT, "json", "application/sparql-results+json"),
        (CONSTRUCT, "json", "application/ld+json"),
        (CONSTRUCT, "turtle", "text/turtle; charset=utf-8"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (CONSTRUCT, "csv", None),
        (SELECT, "docx", None),
    ],
)
def test_format_is_a_convenience_that_overrides_accept(
    service: Service, query: str, name: str, sent: str | None
) -> None:
    reply = service.query(query, "application/sparql-results+xml", format=name)
    assert reply.headers.get("content-type") == sent if sent else reply.status == 406


def test_the_formats_say_the_same(service: Service) -> None:
    rows = json.loads(service.query(SELECT).body)["results"]["bindings"]
    table = list(csv.reader(io.StringIO(service.query(SELECT, "text/csv").body.decode())))
    assert table[0] == ["s", "o"]
    assert [[row["s"]["value"], row["o"]["value"]] for row in rows] == table[1:]
    assert len(service.query(CONSTRUCT, "application/n-triples").body.splitlines()) == len(rows)


def test_an_unchanged_answer_is_304_and_a_volatile_one_never(service: Service) -> None:
    first = service.query(SELECT, "text/csv")
    tag = first.headers["etag"]
    assert tag.startswith('"')
    again = service.query(SELECT, "text/csv", {"If-None-Match": f'"other", {tag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert service.query(SELECT, "", {"If-None-Match": tag}).status == 200
    assert service.query(SELECT + " ", "text/csv").headers["etag"] == tag
    volatile = service.query("SELECT (NOW() AS ?t) {}")
    assert "etag" not in volatile.headers
    assert volatile.headers["cache-control"] == "no-store"


def test_results_are_compressed_for_those_who_take_it(service: Service) -> None:
    query = "SELECT * { ?a <http://example.org/number> ?b } LIMIT 500"
    plain = service.query(query, "text/csv")
    packed = service.query(query, "text/csv", {"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) == int(packed.headers["content-length"]) < len(plain.body)
    assert packed.headers["etag"] != plain.headers["etag"]
    for reply in (plain, packed):
        assert service.query(query, "text/csv", {"If-None-Match": reply.headers["etag"]}).status == 304
    refused = service.query(query, "text/csv", {"Accept-Encoding": "gzip;q=0"})
    assert refused.body == plain.body


def test_a_result_asked_for_twice_is_the_same(service: Service) -> None:
    first, second = (service.query(SELECT + " # twice", "text/csv") for _ in range(2))
    assert (first.body, first.headers["etag"]) == (second.body, second.headers["etag"])


def test_a_syntax_error_names_line_and_column_and_the_missing_prefix(service: Service) -> None:
    reply = service.query("SELECT *\nWHERE { ?s a eco:Actor }")
    assert (reply.status, reply.kind) == (400, "syntax-error")
    assert (reply.problem["line"], reply.problem["column"]) == (2, 23)
    assert "PREFIX eco: <https://w3id.org/ecograph/ns#>" in reply.problem["detail"]
    assert reply.problem["undeclared_prefixes"] == ["eco"]


def test_the_bare_endpoint_describes_itself(service: Service) -> None:
    reply = service.ask("/sparql", headers={"Accept": "text/turtle"})
    assert reply.status == 200
    assert b"a sd:Service" in reply.body
    assert f"{service.address}/sparql".encode() in reply.body
    tag = reply.headers["etag"]
    same = service.ask("/sparql", headers={"Accept": "text/turtle", "If-None-Match": tag})
    assert same.status == 304
    assert service.ask("/sparql", headers={"Accept": "application/rdf+xml"}).body.startswith(b"<?xml")
    browser = service.ask("/sparql", headers={"Accept": "text/html"})
    seen = service.ask(browser.headers["location"]) if browser.status == 303 else browser
    assert (seen.status, b"<textarea" in seen.body or b"<script" in seen.body) == (200, True)
    assert service.ask("/sparql", headers={"Accept": "image/png"}).status == 406
    odd = service.ask("/sparql", headers={"Accept": "text/turtle", "Host": "a> <b"})
    assert odd.status in {200, 400}
    assert b"a> <b" not in odd.body
