"""What the endpoint tells of a query: its algebra, what it took, and what is wrong with it."""

from __future__ import annotations

import json

from running import Service

PREFIX = "PREFIX eco: <https://w3id.org/ecograph/ns#> "


def explained(service: Service, query: str) -> dict[str, object]:
    reply = service.query(query, explain="1")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert reply.headers["cache-control"] == "no-store"
    content: dict[str, object] = json.loads(reply.body)
    return content


def test_explain_shows_algebra_times_worker_and_cache(service: Service) -> None:
    query = (
        PREFIX
        + "SELECT ?p (COUNT(*) AS ?n) { ?p a eco:Project OPTIONAL { ?x eco:inProject ?p } } GROUP BY ?p"
    )
    first = explained(service, query)
    assert "LeftJoin" in json.dumps(first["algebra"])
    assert "?p rdf:type eco:Project" in json.dumps(first["algebra"])
    assert (first["form"], first["rows"], first["cache"]) == ("select", 1, "miss")
    assert set(first["milliseconds"]) == {"scan", "parse and plan", "run", "hand-over and waiting"}  # type: ignore[call-overload]
    assert first["build"] == "a1b2c3d4e5f6"
    service.query(query)
    assert explained(service, query)["cache"] == "hit"
    assert "never" in str(explained(service, "SELECT (NOW() AS ?n) {}")["cache"])


def test_explain_does_not_change_what_the_query_gives(service: Service) -> None:
    query = PREFIX + "SELECT * { ?p a eco:Project } # explained"
    explained(service, query)
    assert json.loads(service.query(query).body)["results"]["bindings"]
    assert json.loads(service.query(query, explain="0").body)["results"]["bindings"]


def test_a_misspelt_term_of_the_ontology_is_named_with_what_was_meant(service: Service) -> None:
    reply = service.query(PREFIX + "\nSELECT * { ?x a eco:Actors }")
    assert reply.status == 200
    assert json.loads(reply.body)["results"]["bindings"] == []
    assert reply.headers["warning"] == (
        '199 - "line 2, column 17: the ontology has no eco:Actors; did you mean eco:Actor?"'
    )
    assert "did you mean eco:Actor" in str(explained(service, PREFIX + "ASK { ?x a eco:Akctor }")["warnings"])
    assert "warning" not in service.query(PREFIX + "SELECT * { ?x a eco:Actor }").headers


def test_a_syntax_error_points_at_its_place_and_names_prefixes_and_terms(service: Service) -> None:
    reply = service.query(
        "PREFIX ecco: <https://w3id.org/ecograph/ns#>\nSELECT * { ?x a skoss:Concept , ecco:Acter }"
    )
    assert (reply.status, reply.kind) == (400, "syntax-error")
    problem = reply.problem
    assert problem["line"] == 2
    text, caret = problem["detail"].splitlines()[-2:]
    assert caret.strip() == "^"
    assert text[caret.index("^") :].startswith((":Concept", "skoss", " ,", "Concept"))
    assert "did you mean skos: <http://www.w3.org/2004/02/skos/core#>" in problem["detail"]
    assert problem["unknown_terms"][0]["suggestions"] == ["eco:Actor"]


def test_a_query_that_the_engine_itself_stumbles_over_is_told_so_and_harms_nobody(service: Service) -> None:
    reply = service.query("PREFIX : <http://example/> SELECT (:function(?x +?y) AS ?F) ?z {}")
    assert (reply.status, reply.kind) == (400, "not-supported")
    service.wait_for(lambda state: state["workers"] == state["idle"] == 4)
