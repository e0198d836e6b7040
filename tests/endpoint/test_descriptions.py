"""What the service says of itself and its data, for machines: service description, VoID, DCAT-AP-SE."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from running import Service
from small_build import publish, workspace

SH = Namespace("http://www.w3.org/ns/shacl#")
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
ECO = Namespace("https://w3id.org/ecograph/ns#")
DATASET = URIRef("https://w3id.org/ecograph/dataset")
SOURCE = URIRef("https://w3id.org/ecograph/graph/source/tables/2026-11-24")
SHAPES = Path(__file__).with_name("dcat-ap-se.ttl")
LINKS = """<https://w3id.org/ecograph/graph/identity> {
  <https://w3id.org/ecograph/id/actor/se-2021004524> <http://www.w3.org/2004/02/skos/core#exactMatch>
    <https://ror.org/019k1pd13> , <https://ror.org/05f0yaq80> , <http://www.wikidata.org/entity/Q1> .
}"""
CATALOGUE = """
[catalogue]
publisher = "Region Exempel"
publisher_uri = "https://example.org/region"
contact_name = "Öppna data"
contact_email = "data@example.org"
licence = "http://creativecommons.org/publicdomain/zero/1.0/"
"""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service whose publisher is configured and whose data have links."""
    root = workspace(tmp_path_factory.mktemp("described"))
    publish(root, "d0d0d0d0d0d0", LINKS)
    with (root / "ecograph.toml").open("a", encoding="utf-8") as file:
        file.write(CATALOGUE)
    service = Service(root)
    yield service
    assert service.stop() == 0


def graph_of(service: Service, path: str, media: str = "text/turtle") -> Graph:
    reply = service.ask(path, headers={"Accept": media})
    assert reply.status == 200
    return Graph().parse(data=reply.body, format=media)


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void", "/catalogue"])
def test_a_description_is_the_same_statements_in_every_format(service: Service, path: str) -> None:
    sizes = {
        media: len(graph_of(service, path, media))
        for media in ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
    }
    assert len(set(sizes.values())) == 1, sizes
    assert service.ask(path, headers={"Accept": "image/png"}).status == 406


def test_example_queries_are_listed_and_each_runs_as_it_stands(service: Service) -> None:
    graph = graph_of(service, "/sparql")
    examples = list(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(examples) > 20
    prologue = "".join(
        f"PREFIX {graph.value(each, SH.prefix)}: <{graph.value(each, SH.namespace)}>\n"
        for each in graph.objects(URIRef(f"{service.address}/sparql"), SH.declare)
    )
    for example in examples:
        labels = {
            label.language for label in graph.objects(example, RDFS.label) if isinstance(label, Literal)
        }
        assert labels == {"sv", "en"}
        reply = service.query(prologue + str(graph.value(example, SH.select)))
        assert reply.status == 200, (example, reply.body)
        json.loads(reply.body)


def test_void_counts_classes_properties_and_links(described: Service) -> None:
    graph = graph_of(described, "/.well-known/void")
    classes = {graph.value(part, VOID["class"]): graph.value(part, VOID.entities)
               for part in graph.objects(DATASET, VOID.classPartition)}  # fmt: skip
    assert classes[ECO.Project] == Literal(1)
    uses = {graph.value(part, VOID.property): graph.value(part, VOID.triples)
            for part in graph.objects(DATASET, VOID.propertyPartition)}  # fmt: skip
    assert uses[ECO.inProject] == Literal(1)
    total = int(str(graph.value(DATASET, VOID.triples)))
    assert sum(int(str(count)) for count in uses.values()) == total
    linksets = {(str(graph.value(graph.value(each, VOID.objectsTarget), VOID.uriSpace)), graph.value(each, VOID.triples))
                for each in graph.subjects(RDF.type, VOID.Linkset)}  # fmt: skip
    assert linksets == {("https://ror.org/", Literal(2))}
    assert (DATASET, VOID.subset, SOURCE) in graph
    assert (DATASET, VOID.sparqlEndpoint, URIRef(f"{described.address}/sparql")) in graph


def test_the_catalogue_has_what_dcat_ap_se_demands(described: Service) -> None:
    graph = graph_of(described, "/catalogue")
    conforms, _, text = validate(graph, shacl_graph=Graph().parse(SHAPES), inference="none")
    assert conforms, text
    catalogue = URIRef(f"{described.address}/catalogue")
    assert (catalogue, DCTERMS.publisher, URIRef("https://example.org/region")) in graph
    assert {DATASET, SOURCE} == set(graph.objects(catalogue, DCAT.dataset))
    assert (URIRef(f"{described.address}/sparql"), DCAT.servesDataset, DATASET) in graph


def test_every_download_of_the_catalogue_is_the_graph_it_says(described: Service) -> None:
    graph = graph_of(described, "/catalogue")
    addresses = [str(address) for address in graph.objects(None, DCAT.downloadURL)]
    assert len(addresses) == 2
    for address in addresses:
        parts = urlsplit(address)
        reply = described.ask(f"{parts.path}?{parts.query}")
        form = "turtle" if "turtle" in reply.headers["content-type"] else "nt"
        content = Graph().parse(data=reply.body, format=form)
        assert len(content) == 8
        assert (None, RDF.type, ECO.Participation) in content


def test_a_publisher_that_nobody_configured_is_said_to_be_unknown_and_none_is_invented(
    service: Service,
) -> None:
    graph = graph_of(service, "/catalogue")
    publisher = graph.value(URIRef(f"{service.address}/catalogue"), DCTERMS.publisher)
    names = {str(name) for name in graph.objects(publisher, URIRef("http://xmlns.com/foaf/0.1/name"))}
    assert names == {"Utgivare ej angiven", "Publisher not stated"}
    assert not list(graph.objects(None, DCAT.contactPoint))


def test_the_catalogue_has_addresses_by_format_for_harvesters(service: Service) -> None:
    for suffix, media in (("rdf", "application/rdf+xml"), ("ttl", "text/turtle; charset=utf-8")):
        reply = service.ask(f"/catalogue.{suffix}")
        assert (reply.status, reply.headers["content-type"]) == (200, media)
    assert service.ask("/catalogue.exe").status == 406
    assert service.ask("/dataset").headers["location"] == "/.well-known/void"
