"""What other endpoints get wrong, one sentence each, and how ours must behave."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from running import Service

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CROSSED = "SELECT * { ?a <http://example.org/number> ?b . ?c <http://example.org/number> ?d } LIMIT "


def test_a_truncated_result_is_never_sent_as_200(service: Service) -> None:
    """Virtuoso cuts at its row limit, `oxigraph serve --timeout-s` within a 200 already begun."""
    for accept in ("text/csv", "application/sparql-results+json", "application/sparql-results+xml"):
        cut = service.query(CROSSED + "400000", accept)
        assert (cut.status, cut.kind) == (503, "result-too-large")
        late = service.query(CROSSED.removesuffix("LIMIT ") + "ORDER BY ?d ?b ?c", accept, timeout="0.5")
        assert late.status == 503


def test_a_timeout_is_not_shown_as_no_results(service: Service) -> None:
    for query in (RUNAWAY, "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) > 99999) }",
                  "CONSTRUCT { ?a ?b ?n } { { SELECT ?a ?b (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?b } }"):  # fmt: skip
        reply = service.query(query, timeout="0.5")
        assert (reply.status, reply.kind) == (503, "query-timeout")
        assert "no empty result" in reply.problem["detail"]


def test_a_client_that_reads_the_service_description_first_is_not_kept_waiting(service: Service) -> None:
    reply = service.ask("/sparql", headers={"Accept": "text/turtle, application/rdf+xml;q=0.9"}, timeout=5)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/turtle; charset=utf-8")


def test_a_media_type_is_the_one_asked_for_and_said(service: Service) -> None:
    reply = service.query(
        "SELECT ?x {}", "text/plain;q=0.1, application/sparql-results+xml, application/xml;q=0.5"
    )
    assert reply.headers["content-type"] == "application/sparql-results+xml"
    assert (
        service.query("CONSTRUCT {} {}", "application/rdf+xml").headers["content-type"]
        == "application/rdf+xml"
    )


def test_head_is_not_refused(service: Service) -> None:
    reply = service.ask(f"/sparql?query={quote('ASK {}')}", "HEAD")
    assert (reply.status, reply.body) == (200, b"")


def test_a_query_is_decoded_once_and_not_twice(service: Service) -> None:
    for text in ("%41", "%2541", "a+b", "100 %", "å%C3%A5", "&amp;#"):
        query = f'SELECT ("{text}" AS ?x) {{}}'
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        direct = {"Content-Type": "application/sparql-query"}
        for reply in (
            service.ask(f"/sparql?query={quote(query, safe='')}"),
            service.ask("/sparql", "POST", f"query={quote(query, safe='')}", form),
            service.ask("/sparql", "POST", query.encode(), direct),
        ):
            assert json.loads(reply.body)["results"]["bindings"][0]["x"]["value"] == text


def test_scripts_of_every_site_may_ask_but_never_with_credentials(service: Service) -> None:
    asked = {"Origin": "https://evil.example", "Cookie": "session=1", "Authorization": "Basic eDp5"}
    for path in ("/sparql?query=ASK%7B%7D", "/sparql?query=x", "/data/actor/se-2021004524", "/catalogue"):
        reply = service.ask(path, headers=asked)
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in reply.headers
        assert "set-cookie" not in reply.headers


def test_a_query_in_the_address_is_no_update_whatever_it_is_called(service: Service) -> None:
    before = service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body
    for reply in (
        service.query("INSERT DATA { <a:b> <a:c> <a:d> }"),
        service.ask("/sparql", "POST", "DROP ALL", {"Content-Type": "application/sparql-query"}),
        service.ask("/sparql", "POST", "DROP ALL", {"Content-Type": "application/sparql-update"}),
        service.ask("/sparql?default", "PUT", "<a:b> <a:c> <a:d> .", {"Content-Type": "text/turtle"}),
    ):
        assert 400 <= reply.status < 500
    assert service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").body == before


def test_no_answer_shows_the_inside_of_the_service(own_service: Callable[..., Service]) -> None:
    service = own_service("--workers", "1")
    current = service.root / ".ecograph" / "current"
    target = current.readlink()
    for dangling in (True, False):
        current.unlink()
        if dangling:
            current.symlink_to(Path("builds") / "gone")
        else:
            current.touch()
        for path in ("/sparql?query=ASK%7B%7D", "/id/actor/x", "/catalogue", "/healthz"):
            reply = service.ask(path)
            assert reply.status == 503
            assert b"Traceback" not in reply.body
            assert b'File "' not in reply.body
    current.unlink()
    current.symlink_to(target)
    assert service.ask("/sparql?query=ASK%7B%7D").status == 200
