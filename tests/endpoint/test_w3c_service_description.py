"""The W3C's SPARQL 1.1 service-description tests against the bare endpoint."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from running import Service, say

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FOLDER = "sparql/sparql11/service-description/"
RANGES = {
    SD.availableGraphs: SD.GraphCollection, SD.defaultDataset: SD.Dataset, SD.defaultGraph: SD.Graph,
    SD.namedGraph: SD.NamedGraph, SD.graph: SD.Graph, SD.feature: SD.Feature, SD.supportedLanguage: SD.Language,
}  # fmt: skip
"""Property → class of its values, from the vocabulary's schema (section 3 of the recommendation)."""
DOMAINS = {
    SD.endpoint: SD.Service, SD.feature: SD.Service, SD.defaultDataset: SD.Service, SD.availableGraphs: SD.Service,
    SD.resultFormat: SD.Service, SD.supportedLanguage: SD.Service, SD.languageExtension: SD.Service,
    SD.defaultGraph: SD.Dataset, SD.name: SD.NamedGraph, SD.graph: SD.NamedGraph,
}  # fmt: skip
INDIVIDUALS = {
    SD.SPARQL11Query, SD.SPARQL10Query, SD.SPARQL11Update, SD.UnionDefaultGraph, SD.RequiresDataset,
    SD.DereferencesURIs, SD.EmptyGraphs, SD.BasicFederatedQuery,
}  # fmt: skip


def description(service: Service) -> tuple[str, Graph]:
    reply = service.ask("/sparql", headers={"Accept": "text/turtle, application/rdf+xml;q=0.5"})
    assert reply.status == 200
    media = reply.headers["content-type"].partition(";")[0]
    return media, Graph().parse(data=reply.body, format=media)


def returns_rdf(service: Service) -> bool:
    media, graph = description(service)
    return media == "text/turtle" and len(graph) > 0


def has_endpoint_triple(service: Service) -> bool:
    _, graph = description(service)
    return (None, SD.endpoint, URIRef(f"{service.address}/sparql")) in graph


def conforms_to_schema(service: Service) -> bool:
    """Values and subjects have the classes that the schema gives; terms of the vocabulary exist."""
    _, graph = description(service)
    classes = {SD.Service, SD.Dataset, SD.Graph, SD.NamedGraph, SD.GraphCollection, SD.Feature, SD.Language}
    for subject, property_, value in graph:
        if str(property_).startswith(str(SD)) and property_ not in {*RANGES, *DOMAINS}:
            return False
        if property_ in DOMAINS and (subject, RDF.type, DOMAINS[property_]) not in graph:
            return False
        known = value in INDIVIDUALS if isinstance(value, URIRef) and str(value).startswith(str(SD)) else None
        if property_ in RANGES and not (known or (value, RDF.type, RANGES[property_]) in graph):
            return False
        if property_ == RDF.type and str(value).startswith(str(SD)) and value not in classes:
            return False
    return len(set(graph.subjects(RDF.type, SD.Service))) == 1


CHECKS = {
    "returns-rdf": returns_rdf,
    "has-endpoint-triple": has_endpoint_triple,
    "conforms-to-schema": conforms_to_schema,
}


@pytest.mark.shared
def test_every_service_description_test_passes(service: Service, shared: Path) -> None:
    with tarfile.open(shared / "w3c-tests" / "w3c-rdf-tests-sparql.tar.gz") as archive:
        member = next(each for each in archive if each.name.lstrip("./") == f"{FOLDER}manifest.ttl")
        content = archive.extractfile(member)
        assert content is not None
        manifest = Graph().parse(data=content.read(), format="turtle")
    entries = Collection(manifest, next(manifest.objects(None, MF.entries)))
    names = [str(test).rpartition("#")[2] for test in entries]
    passed = [name for name in names if CHECKS[name](service)]
    say(f"W3C service description: {len(passed)}/{len(names)}")
    assert passed == names


def test_the_description_counts_what_the_graphs_hold(service: Service) -> None:
    _, graph = description(service)
    void = Namespace("http://rdfs.org/ns/void#")
    name = next(graph.subjects(SD.name, URIRef("https://w3id.org/ecograph/graph/vocabulary")))
    assert graph.value(graph.value(name, SD.graph), void.triples) == Literal(7)
