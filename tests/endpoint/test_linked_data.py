"""Every IRI leads to a page or to data, in one hop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from running import Service
from small_build import publish, workspace

from ecograph.config import Workspace
from ecograph.store.builds import Build

ECO = Namespace("https://w3id.org/ecograph/ns#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
ACTOR = URIRef("https://w3id.org/ecograph/id/actor/se-2021004524")
FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
}


@pytest.mark.parametrize(("suffix", "media", "parser"), [(key, *value) for key, value in FORMATS.items()])
def test_an_actor_leads_to_its_data_in_every_format(
    service: Service, suffix: str, media: str, parser: str
) -> None:
    seen = service.ask("/id/actor/se-2021004524", headers={"Accept": media})
    assert (seen.status, seen.headers["location"]) == (303, f"/data/actor/se-2021004524.{suffix}")
    assert "Accept" in seen.headers["vary"]
    assert f'</data/actor/se-2021004524.{suffix}>; rel="alternate"; type="{media}"' in seen.headers["link"]
    reply = service.ask(seen.headers["location"])
    assert reply.status == 200
    assert reply.headers["content-type"].startswith(media)
    graph = Graph().parse(data=reply.body, format=parser)
    assert (ACTOR, RDF.type, ECO.Actor) in graph
    assert (ACTOR, SKOS.prefLabel, Literal("Mid Sweden University", "en")) in graph
    participation = URIRef("https://w3id.org/ecograph/id/participation/1")
    assert (participation, ECO.byActor, ACTOR) in graph


def test_neighbours_come_with_their_labels(service: Service) -> None:
    reply = service.ask("/data/participation/1", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=reply.body, format="turtle")
    assert (ACTOR, SKOS.prefLabel, Literal("Mittuniversitetet", "sv")) in graph


def test_data_are_negotiated_and_conditional(service: Service) -> None:
    reply = service.ask("/data/actor/se-2021004524", headers={"Accept": "application/rdf+xml"})
    assert reply.headers["content-type"] == "application/rdf+xml"
    tag = {"Accept": "application/rdf+xml", "If-None-Match": reply.headers["etag"]}
    assert service.ask("/data/actor/se-2021004524", headers=tag).status == 304
    head = service.ask("/data/actor/se-2021004524", "HEAD", headers={"Accept": "application/rdf+xml"})
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", reply.headers["etag"])
    assert service.ask("/data/actor/se-2021004524", headers={"Accept": "image/png"}).status == 406
    assert reply.headers["access-control-allow-origin"] == "*"


def test_the_same_resource_gives_the_same_bytes(service: Service) -> None:
    for suffix in FORMATS:
        first, second = (service.ask(f"/data/actor/se-2021004524.{suffix}") for _ in range(2))
        assert first.body == second.body


def test_a_browser_is_led_to_a_page_in_its_language(service: Service) -> None:
    for asked, lang in (("sv", "sv"), ("en-GB,en;q=0.9", "en"), ("fi", "sv"), ("", "sv")):
        headers = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": asked}
        reply = service.ask("/id/actor/se-2021004524", headers=headers)
        assert reply.status == 303
        assert reply.headers["location"] == f"/{lang}/actor/se-2021004524"


@pytest.mark.parametrize(
    ("path", "page"),
    [("/ns", "/en/model"), ("/vocabulary/role/coordinator", "/en/vocabulary/role/coordinator")],
)
def test_a_browser_sees_the_model_as_pages(service: Service, path: str, page: str) -> None:
    reply = service.ask(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (reply.status, reply.headers["location"]) == (303, page)
    assert service.ask(page).status == 200


def test_an_actor_merged_away_leads_to_its_survivor(service: Service) -> None:
    reply = service.ask("/id/actor/pic-1")
    assert (reply.status, reply.headers["location"]) == (301, "/id/actor/se-2021004524")


@pytest.mark.parametrize(
    "path", ["/id/actor/nobody", "/data/actor/nobody", "/graph/none", "/vocabulary/none"]
)
def test_what_is_unknown_is_404_for_programs(service: Service, path: str) -> None:
    reply = service.ask(path)
    assert (reply.status, reply.kind) == (404, "not-found")
    assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "subject"),
    [
        ("/ns", "https://w3id.org/ecograph/ns#Actor"),
        ("/vocabulary/role", "https://w3id.org/ecograph/vocabulary/role/coordinator"),
        ("/vocabulary/role/coordinator", "https://w3id.org/ecograph/vocabulary/role/coordinator"),
        ("/graph/numbers", "https://w3id.org/ecograph/graph/numbers"),
        ("/graph/source/tables/2026-11-24", "https://w3id.org/ecograph/graph/source/tables/2026-11-24"),
        ("/.well-known/void", "https://w3id.org/ecograph/graph/source/tables/2026-11-24"),
    ],
)
def test_model_vocabularies_and_sources_are_served(service: Service, path: str, subject: str) -> None:
    for media, parser in FORMATS.values():
        reply = service.ask(path, headers={"Accept": media})
        assert reply.status == 200
        graph = Graph().parse(data=reply.body, format=parser)
        assert (URIRef(subject), None, None) in graph


def test_health_names_the_build(service: Service) -> None:
    assert service.health()["build"] == "a1b2c3d4e5f6"
    assert service.ask("/healthz", "HEAD").body == b""


@pytest.mark.parametrize(
    ("path", "page"),
    [("/ns/Actor", "/en/model#Actor"), ("/ns/Actor.ttl", None)],
)
def test_a_term_of_the_ontology_is_served_by_itself(service: Service, path: str, page: str | None) -> None:
    html = service.ask(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (html.status, html.headers.get("location")) == ((303, page) if page else (200, None))
    reply = service.ask(path, headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=reply.body, format="turtle")
    assert (ECO.Actor, RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class")) in graph
    assert service.ask("/ns/Actro").status == 404


def test_the_data_of_an_actor_merged_away_lead_to_its_survivors_in_one_hop(service: Service) -> None:
    reply = service.ask("/data/actor/pic-1.rdf")
    assert (reply.status, reply.headers["location"]) == (301, "/data/actor/se-2021004524.rdf")


def test_what_an_earlier_build_had_is_410_and_what_none_had_is_404(
    own_service: Callable[..., Service],
) -> None:
    service = own_service()
    gone = "<https://w3id.org/ecograph/id/actor/closed-down> a <https://w3id.org/ecograph/ns#Actor> ."
    publish(service.root, "111111111111", f"<https://w3id.org/ecograph/graph/identity> {{ {gone} }}")
    assert service.ask("/data/actor/closed-down").status == 200
    publish(service.root, "222222222222")
    for path in ("/id/actor/closed-down", "/data/actor/closed-down.ttl"):
        reply = service.ask(path)
        assert (reply.status, reply.kind) == (410, "gone")
        assert reply.problem["build"] == "111111111111"
        assert service.ask(path.replace("closed-down", "never-was")).status == 404


def test_another_base_address_is_served_at_the_same_paths(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    with (root / "ecograph.toml").open("a", encoding="utf-8") as file:
        file.write('\n[workspace]\nbase = "https://data.example.org/"\n')
    thing = "<https://data.example.org/id/actor/x> a <https://w3id.org/ecograph/ns#Actor> ."
    publish(root, "abababababab", f"<https://data.example.org/graph/identity> {{ {thing} }}")
    service = Service(root, "--workers", "1")
    try:
        seen = service.ask("/id/actor/x", headers={"Accept": "text/turtle"})
        assert (seen.status, seen.headers["location"]) == (303, "/data/actor/x.ttl")
        graph = Graph().parse(data=service.ask("/data/actor/x.ttl").body, format="turtle")
        assert (URIRef("https://data.example.org/id/actor/x"), RDF.type, ECO.Actor) in graph
        assert '<https://data.example.org/id/actor/x>; rel="describes"' in seen.headers["link"]
        assert b"<https://data.example.org/dataset>" in service.ask("/.well-known/void").body
    finally:
        assert service.stop() == 0


def test_every_kind_of_thing_in_a_build_is_served(fixture_workspace: Workspace, fixture_build: Build) -> None:
    """One thing of each class in each namespace of ours: participations, measurements, runs, concepts, terms."""
    rows = (
        fixture_build.graph()
        .select("SELECT ?class (SAMPLE(?s) AS ?thing) { ?s a ?class FILTER(ISIRI(?s)) } GROUP BY ?class")
        .rows
    )
    service = Service(fixture_workspace.root, "--workers", "1")
    own, seen = "https://w3id.org/ecograph/", 0
    try:
        for _, thing in rows:
            iri = str(getattr(thing, "value", ""))
            if not iri.startswith(own):
                continue
            path = quote("/" + iri[len(own) :].replace("ns#", "ns/").rstrip("/"), safe="/%")
            reply = service.ask(path, headers={"Accept": "text/turtle"})
            if reply.status == 303:
                reply = service.ask(reply.headers["location"])
            assert reply.status == 200, (iri, reply.body)
            assert f"<{iri}>".encode() in reply.body or b"eco:" in reply.body or b"voc:" in reply.body
            html = service.ask(path, headers={"Accept": "text/html"})
            assert html.status in {200, 303}, iri
            seen += 1
        replaced = (
            fixture_build.graph().select("SELECT ?old ?new { ?old dcterms:isReplacedBy ?new }").values()
        )
        for row in replaced[:5]:
            old, new = (row[name].removeprefix(f"{own}id/") for name in ("old", "new"))
            for path in ("/id/", "/data/"):
                reply = service.ask(f"{path}{quote(old)}", headers={"Accept": "text/turtle"})
                assert (reply.status, reply.headers["location"]) == (301, f"{path}{new}")
            assert service.ask(f"/id/{new}", headers={"Accept": "text/turtle"}).status == 303
    finally:
        assert service.stop() == 0
    assert replaced
    assert seen > 25
