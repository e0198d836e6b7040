"""The VoID description of the build: counts, partitions by class and property, links to other datasets."""

from __future__ import annotations

from ecograph.model.namespaces import PREFIXES, expand
from ecograph.store.graph import NamedNode, Triple
from ecograph.web.context import Served, Site
from ecograph.web.endpoint import description
from ecograph.web.endpoint.description import Document, iri, texts


def triples(site: Site, served: Served, address: str) -> list[Triple]:
    """Return the description of the dataset as a whole and of its source graphs."""
    counts, said, base = description.statistics(served), Document(), site.base
    dataset = f"{base.address}dataset"
    region = site.workspace.region
    sources = _sources(site, served)
    used = {space for space in PREFIXES.values() for name, _ in counts.properties + counts.classes
            if name.startswith(space)}  # fmt: skip
    said.say(
        dataset,
        rdf_type=[iri("void:Dataset"), iri("dcat:Dataset")],
        dcterms_title=texts(f"Ecograph {region.name_sv}", f"Ecograph {region.name_en}"),
        dcterms_identifier=served.build.id,
        void_triples=counts.triples,
        void_distinctSubjects=counts.subjects,
        void_classes=len(counts.classes),
        void_properties=len(counts.properties),
        void_uriSpace=f"{base.address}id/",
        void_sparqlEndpoint=NamedNode(f"{address}/sparql"),
        void_feature=[iri(f"formats:{name}") for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")],
        void_vocabulary=[NamedNode(space) for space in sorted(used)],
        void_subset=[
            *sources,
            *(NamedNode(f"{dataset}#links-{n}") for n in range(1, len(counts.linksets) + 1)),
        ],
        void_classPartition=[NamedNode(f"{dataset}#class-{n}") for n in range(1, len(counts.classes) + 1)],
        void_propertyPartition=[
            NamedNode(f"{dataset}#property-{n}") for n in range(1, len(counts.properties) + 1)
        ],
        foaf_homepage=NamedNode(f"{address}/"),
    )
    for number, (name, count) in enumerate(counts.classes, 1):
        said.say(f"{dataset}#class-{number}", void_class=NamedNode(name), void_entities=count)
    for number, (name, count) in enumerate(counts.properties, 1):
        said.say(f"{dataset}#property-{number}", void_property=NamedNode(name), void_triples=count)
    for number, (name, target, count) in enumerate(counts.linksets, 1):
        said.say(
            f"{dataset}#links-{number}",
            rdf_type=iri("void:Linkset"),
            void_linkPredicate=NamedNode(name),
            void_subjectsTarget=NamedNode(dataset),
            void_objectsTarget=NamedNode(f"{dataset}#target-{number}"),
            void_triples=count,
        )
        said.say(f"{dataset}#target-{number}", rdf_type=iri("void:Dataset"), void_uriSpace=target)
    sizes = dict(counts.graphs)
    provenance = NamedNode(base.graph("provenance"))
    for source in sources:
        said.say(source.value, rdf_type=iri("void:Dataset"), void_triples=sizes.get(source.value))
        said.triples += [quad.triple for quad in served.graph.quads(source, None, None, provenance)]
    return said.triples


def _sources(site: Site, served: Served) -> list[NamedNode]:
    """The source graphs, which the provenance graph describes as datasets."""
    kind, dataset = NamedNode(expand("rdf:type")), NamedNode(expand("dcat:Dataset"))
    found = served.graph.quads(None, kind, dataset, NamedNode(site.base.graph("provenance")))
    names = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
    return [NamedNode(name) for name in sorted(names)]


def sources(site: Site, served: Served) -> list[str]:
    """Return the IRIs of the source graphs that the provenance graph describes."""
    return [node.value for node in _sources(site, served)]
